"""Proposals; changes that can be undone; subscriptions that are removed without losing what they told.

A removed subscription keeps its row and its deliveries; its name is free again. Existing
changes are of the whole bot and undo none; existing subscriptions are not removed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
HERE = sa.text("removed_at IS NULL")
AS_IT_WAS = {"sqlite_autoincrement": True}  # SQLite rebuilds the table, and does not tell this of it


def upgrade() -> None:
    with op.batch_alter_table("change") as change:
        change.add_column(sa.Column("channel", sa.Text(), nullable=False, server_default=""))
        change.add_column(sa.Column("undoes", ID, nullable=True))
    with op.batch_alter_table("subscription", table_kwargs=AS_IT_WAS) as kept:
        kept.add_column(sa.Column("removed_at", MOMENT, nullable=True))
        kept.drop_constraint("uq_subscription_name", type_="unique")
    op.create_index(
        "uq_subscription_name",
        "subscription",
        ["name"],
        unique=True,
        sqlite_where=HERE,
        postgresql_where=HERE,
    )
    op.create_table(
        "proposal",
        sa.Column("id", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False, server_default=""),
        sa.Column("because", sa.Text(), nullable=False, server_default=""),
        sa.CheckConstraint("state IN ('open', 'approved', 'declined')", name=op.f("ck_proposal_state")),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("proposal")
    # By hand: SQLite's foreign keys are off meanwhile, and take nothing along.
    subscription = sa.table("subscription", sa.column("id"), sa.column("removed_at"))
    gone = sa.select(subscription.c.id).where(subscription.c.removed_at.is_not(None))
    for name in ("delivery_event", "delivery"):
        rows = sa.table(name, sa.column("subscription_id"))
        op.execute(sa.delete(rows).where(rows.c.subscription_id.in_(gone)))
    op.execute(sa.delete(subscription).where(subscription.c.removed_at.is_not(None)))
    op.drop_index("uq_subscription_name", "subscription")
    with op.batch_alter_table("subscription", table_kwargs=AS_IT_WAS) as kept:
        kept.create_unique_constraint("uq_subscription_name", ["name"])
        kept.drop_column("removed_at")
    with op.batch_alter_table("change") as change:
        change.drop_column("undoes")
        change.drop_column("channel")
