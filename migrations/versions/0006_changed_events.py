"""An index by which events are found that changed of late: what is watched is looked at for no others."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_index("ix_event_updated_at", "event", ["updated_at"])


def downgrade() -> None:
    op.drop_index("ix_event_updated_at", "event")
