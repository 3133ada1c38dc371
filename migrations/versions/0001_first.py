"""The first schema: feeds, stories, decisions, events, subscriptions, deliveries, and the search index.

`story_search` is not among the models: it is an FTS5 table on SQLite and a tsvector on
PostgreSQL, and only `bot/store/index.py` and `bot/store/search.py` know it.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_tables()
    create_search()


def cascade(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """A foreign key whose rows go with what they point to."""
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}", ondelete="CASCADE")


def create_search() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # Contentless: the words are in `story` already. The tokens come cut and folded; the ascii
        # tokenizer takes every letter beyond ASCII as part of a token and cuts at the spaces.
        op.execute(
            "CREATE VIRTUAL TABLE story_search USING fts5("
            "words, content='', columnsize=0, tokenize=\"ascii tokenchars '=_'\")"
        )
        return
    op.create_table(
        "story_search",
        sa.Column("moment", sa.BigInteger(), nullable=False),
        sa.Column("words", postgresql.TSVECTOR(), nullable=False),
        sa.PrimaryKeyConstraint("moment", name="pk_story_search"),
    )
    op.create_index("ix_story_search_words", "story_search", ["words"], postgresql_using="gin")


def create_tables() -> None:
    op.create_table(
        "change",
        sa.Column("id", ID, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("thing", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_change"),
    )
    op.create_index("ix_change_what_thing", "change", ["what", "thing"])
    op.create_table(
        "feed",
        sa.Column("id", ID, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("stopped", sa.Text(), nullable=True),
        sa.Column("user_agent", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("body_digest", sa.Text(), nullable=True),
        sa.Column("next_fetch_at", MOMENT, nullable=False),
        sa.Column("leased_until", MOMENT, nullable=True),
        sa.Column("lease", sa.Text(), nullable=True),
        sa.Column("failures", ID, nullable=False),
        sa.Column("failing_since", MOMENT, nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("notice", sa.Text(), nullable=True),
        sa.Column("last_fetched_at", MOMENT, nullable=True),
        sa.Column("last_good_at", MOMENT, nullable=True),
        sa.Column("last_new_at", MOMENT, nullable=True),
        sa.Column("new_per_day", sa.Double(), nullable=True),
        sa.Column("wait_seconds", ID, nullable=True),
        sa.Column("backlog_done", sa.Boolean(), nullable=False),
        sa.Column("moved_to", sa.Text(), nullable=True),
        sa.Column("moved_seen", ID, nullable=False),
        sa.CheckConstraint("origin IN ('config', 'user')", name="ck_feed_origin"),
        sa.CheckConstraint("failures >= 0", name="ck_feed_failures"),
        sa.PrimaryKeyConstraint("id", name="pk_feed"),
        sa.UniqueConstraint("url", name="uq_feed_url"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feed_due", "feed", ["next_fetch_at", "id"])
    op.create_table(
        "meta",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_meta"),
    )
    op.create_table(
        "mute",
        sa.Column("id", ID, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("until", MOMENT, nullable=True),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mute"),
        sa.UniqueConstraint("channel", "kind", "value", name="uq_mute_channel_kind_value"),
    )
    op.create_table(
        "subscription",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("times", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("weekdays", sa.Text(), nullable=False),
        sa.Column("holidays", sa.Text(), nullable=False),
        sa.Column("tiers", sa.Text(), nullable=False),
        sa.Column("most", ID, nullable=False),
        sa.Column("on_quiet_days", sa.Boolean(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("alerts", sa.Boolean(), nullable=False),
        sa.Column("review", ID, nullable=True),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("paused", sa.Text(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("told_until", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.CheckConstraint("origin IN ('config', 'user')", name="ck_subscription_origin"),
        sa.CheckConstraint("most > 0", name="ck_subscription_most"),
        sa.CheckConstraint("review BETWEEN 0 AND 6", name="ck_subscription_review"),
        sa.PrimaryKeyConstraint("id", name="pk_subscription"),
        sa.UniqueConstraint("name", name="uq_subscription_name"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_subscription_channel", "subscription", ["channel"])
    op.create_table(
        "watch",
        sa.Column("id", ID, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_watch"),
        sa.UniqueConstraint("person", "query", name="uq_watch_person_query"),
    )
    op.create_table(
        "delivery",
        sa.Column("id", ID, nullable=False),
        sa.Column("subscription_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("slot", MOMENT, nullable=False),
        sa.Column("window_start", MOMENT, nullable=False),
        sa.Column("window_end", MOMENT, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("attempts", ID, nullable=False),
        sa.Column("attempt_started_at", MOMENT, nullable=True),
        sa.Column("retry_at", MOMENT, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("ts", sa.Text(), nullable=True),
        sa.Column("parts", ID, nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("of_id", ID, nullable=True),
        sa.Column("under", sa.Text(), nullable=True),
        sa.Column("replaces", sa.Text(), nullable=True),
        sa.Column("seen", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('digest', 'alert', 'growth', 'review')", name="ck_delivery_kind"),
        sa.CheckConstraint(
            "state IN ('pending', 'sending', 'sent', 'unknown', 'failed', 'skipped')",
            name="ck_delivery_state",
        ),
        sa.ForeignKeyConstraint(["of_id"], ["delivery.id"], name="fk_delivery_of_id", ondelete="CASCADE"),
        cascade("delivery", "subscription_id", "subscription.id"),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.UniqueConstraint("subscription_id", "kind", "slot", name="uq_delivery_subscription_id_kind_slot"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_delivery_state_slot", "delivery", ["state", "slot"])
    op.create_index("ix_delivery_of_id", "delivery", ["of_id"])
    op.create_table(
        "story",
        sa.Column("id", ID, nullable=False),
        sa.Column("moment", ID, nullable=False),
        sa.Column("feed_id", ID, nullable=True),
        sa.Column("guid", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("published", MOMENT, nullable=True),
        sa.Column("first_seen_at", MOMENT, nullable=False),
        sa.Column("reported_at", MOMENT, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("backlog", sa.Boolean(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name="fk_story_feed_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_story"),
        sa.UniqueConstraint("moment", name="uq_story_moment"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_story_feed_id", "story", ["feed_id"])
    op.create_index("ix_story_first_seen_at", "story", ["first_seen_at"])
    op.create_table(
        "decision",
        sa.Column("story_id", ID, nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("central_asia", sa.Double(), nullable=False),
        sa.Column("critical_minerals", sa.Double(), nullable=False),
        sa.Column("policy", sa.Double(), nullable=False),
        sa.Column("review", sa.Boolean(), nullable=False),
        sa.Column("packs", sa.Text(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("tier IN ('core', 'region', 'minerals', 'none')", name="ck_decision_tier"),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name="fk_decision_story_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story_id", name="pk_decision"),
    )
    op.create_index("ix_decision_packs", "decision", ["packs"])
    op.create_index("ix_decision_tier_story_id", "decision", ["tier", "story_id"])
    op.create_table(
        "event",
        sa.Column("id", ID, nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("review", sa.Boolean(), nullable=False),
        sa.Column("lead_id", ID, nullable=True),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("folded_into", ID, nullable=True),
        sa.CheckConstraint("tier IN ('core', 'region', 'minerals', 'none')", name="ck_event_tier"),
        sa.ForeignKeyConstraint(
            ["folded_into"], ["event.id"], name="fk_event_folded_into", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["story.id"], name="fk_event_lead_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_folded_into", "event", ["folded_into"])
    op.create_index("ix_event_last_at", "event", ["last_at", "id"])
    op.create_index("ix_event_lead_id", "event", ["lead_id"])
    op.create_table(
        "event_feature",
        sa.Column("story_id", ID, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        cascade("event_feature", "story_id", "story.id"),
        sa.PrimaryKeyConstraint("story_id", name="pk_event_feature"),
    )
    op.create_table(
        "event_key",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("story_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name="fk_event_key_story_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", "story_id", name="pk_event_key"),
    )
    op.create_index("ix_event_key_story_id", "event_key", ["story_id"])
    op.create_table(
        "label",
        sa.Column("story_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name="fk_label_story_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story_id", "kind", "value", name="pk_label"),
    )
    op.create_index("ix_label_kind_value_story_id", "label", ["kind", "value", "story_id"])
    op.create_table(
        "ruling",
        sa.Column("story_a", ID, nullable=False),
        sa.Column("story_b", ID, nullable=False),
        sa.Column("same", sa.Boolean(), nullable=False),
        sa.Column("ruled_by", sa.Text(), nullable=False),
        sa.Column("ruled_at", MOMENT, nullable=False),
        sa.CheckConstraint("story_a < story_b", name="ck_ruling_order"),
        sa.ForeignKeyConstraint(["story_a"], ["story.id"], name="fk_ruling_story_a", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story_b"], ["story.id"], name="fk_ruling_story_b", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story_a", "story_b", name="pk_ruling"),
    )
    op.create_index("ix_ruling_story_b", "ruling", ["story_b"])
    op.create_table(
        "sighting",
        sa.Column("feed_id", ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("story_id", ID, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name="fk_sighting_feed_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name="fk_sighting_story_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("feed_id", "key", name="pk_sighting"),
    )
    op.create_index("ix_sighting_feed_id_seen_at", "sighting", ["feed_id", "seen_at"])
    op.create_index("ix_sighting_story_id", "sighting", ["story_id"])
    op.create_table(
        "story_key",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("story_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name="fk_story_key_story_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_story_key"),
    )
    op.create_index("ix_story_key_story_id", "story_key", ["story_id"])
    op.create_table(
        "story_version",
        sa.Column("id", ID, nullable=False),
        sa.Column("story_id", ID, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("replaced_at", MOMENT, nullable=False),
        cascade("story_version", "story_id", "story.id"),
        sa.PrimaryKeyConstraint("id", name="pk_story_version"),
    )
    op.create_index("ix_story_version_story_id", "story_version", ["story_id"])
    op.create_table(
        "delivery_event",
        sa.Column("subscription_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("event_id", ID, nullable=False),
        sa.Column("delivery_id", ID, nullable=False),
        cascade("delivery_event", "delivery_id", "delivery.id"),
        cascade("delivery_event", "event_id", "event.id"),
        cascade("delivery_event", "subscription_id", "subscription.id"),
        sa.PrimaryKeyConstraint("subscription_id", "kind", "event_id", name="pk_delivery_event"),
    )
    op.create_index("ix_delivery_event_delivery_id", "delivery_event", ["delivery_id"])
    op.create_index("ix_delivery_event_event_id", "delivery_event", ["event_id"])
    op.create_table(
        "event_story",
        sa.Column("story_id", ID, nullable=False),
        sa.Column("event_id", ID, nullable=False),
        sa.Column("place", ID, nullable=False),
        sa.Column("copy_of", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["copy_of"], ["story.id"], name="fk_event_story_copy_of", ondelete="SET NULL"
        ),
        cascade("event_story", "event_id", "event.id"),
        cascade("event_story", "story_id", "story.id"),
        sa.PrimaryKeyConstraint("story_id", name="pk_event_story"),
    )
    op.create_index("ix_event_story_copy_of", "event_story", ["copy_of"])
    op.create_index("ix_event_story_event_id", "event_story", ["event_id"])
    op.create_table(
        "thread_link",
        sa.Column("event_id", ID, nullable=False),
        sa.Column("earlier_id", ID, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        cascade("thread_link", "earlier_id", "event.id"),
        cascade("thread_link", "event_id", "event.id"),
        sa.PrimaryKeyConstraint("event_id", "earlier_id", name="pk_thread_link"),
    )
    op.create_index("ix_thread_link_earlier_id", "thread_link", ["earlier_id"])
    op.create_table(
        "vote",
        sa.Column("event_id", ID, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("useful", ID, nullable=False),
        sa.Column("voted_at", MOMENT, nullable=False),
        sa.CheckConstraint("useful IN (-1, 1)", name="ck_vote_useful"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_vote_event_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "channel", "person", name="pk_vote"),
    )


def downgrade() -> None:
    for table in ("story_search", *reversed(ORDER.split())):
        op.drop_table(table)


ORDER = (
    "change feed meta mute subscription watch delivery story decision "
    "event event_feature event_key label ruling sighting story_key story_version delivery_event "
    "event_story thread_link vote"
)
