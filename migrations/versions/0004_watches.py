"""A watch is a subscription without a timetable, which is told at once of all that matches.

So it has the deliveries, the pauses and the log of one. No release had a command that watches, so
the table of watches goes without a trace; existing subscriptions are no watches.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.drop_table("watch")
    op.add_column("subscription", sa.Column("watch", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    # By hand: SQLite's foreign keys are off meanwhile, and take nothing along.
    watches = "(SELECT id FROM subscription WHERE watch)"
    op.execute(f"DELETE FROM delivery_event WHERE subscription_id IN {watches}")  # noqa: S608 - our own words
    op.execute(f"DELETE FROM delivery WHERE subscription_id IN {watches}")  # noqa: S608 - our own words
    op.execute("DELETE FROM subscription WHERE watch")
    op.drop_column("subscription", "watch")
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
