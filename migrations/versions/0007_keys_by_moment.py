"""What a story may be grouped with is found by key and moment: however much is stored, two weeks are read.

The keys are laid down anew with the moment of their story. A program of before writes no moment, so it is
stopped while this runs; a table of a million stories takes some minutes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.execute("CREATE TABLE event_key_before AS SELECT key, story_id FROM event_key")
    op.drop_table("event_key")
    op.create_table(
        "event_key",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("moment", ID, nullable=False),
        sa.Column("story_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name="fk_event_key_story_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", "moment", name="pk_event_key"),
    )
    op.execute(
        "INSERT INTO event_key (key, moment, story_id) SELECT k.key, s.moment, k.story_id"
        " FROM event_key_before k JOIN story s ON s.id = k.story_id"
    )
    op.create_index("ix_event_key_story_id", "event_key", ["story_id"])
    op.drop_table("event_key_before")


def downgrade() -> None:
    op.execute("CREATE TABLE event_key_after AS SELECT key, story_id FROM event_key")
    op.drop_table("event_key")
    op.create_table(
        "event_key",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("story_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name="fk_event_key_story_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", "story_id", name="pk_event_key"),
    )
    op.execute("INSERT INTO event_key (key, story_id) SELECT key, story_id FROM event_key_after")
    op.create_index("ix_event_key_story_id", "event_key", ["story_id"])
    op.drop_table("event_key_after")
