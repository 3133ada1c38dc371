"""Votes are of stories, so that what is in no event can be voted on; and what is not to be learned of them.

A vote on an event is kept of the story that heads it: it stays with what people saw when events
part or join. No release had a command that votes, so the table is made anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.drop_table("vote")
    _vote("story")
    op.create_table(
        "unlearned",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("feature", sa.Text(), nullable=False),
        sa.Column("unlearned_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("channel", "feature", name="pk_unlearned"),
    )


def downgrade() -> None:
    op.drop_table("unlearned")
    op.drop_table("vote")
    _vote("event")


def _vote(of: str) -> None:
    op.create_table(
        "vote",
        sa.Column(f"{of}_id", ID, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("useful", ID, nullable=False),
        sa.Column("voted_at", MOMENT, nullable=False),
        sa.CheckConstraint("useful IN (-1, 1)", name=op.f("ck_vote_useful")),
        sa.ForeignKeyConstraint([f"{of}_id"], [f"{of}.id"], name=f"fk_vote_{of}_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint(f"{of}_id", "channel", "person", name="pk_vote"),
    )
    if of == "story":
        op.create_index("ix_vote_channel_voted_at", "vote", ["channel", "voted_at"])
