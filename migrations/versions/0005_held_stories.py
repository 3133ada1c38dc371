"""What is held back is found at once: there is little of it among many stories."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_index(
        "ix_story_held",
        "story",
        ["feed_id"],
        sqlite_where=sa.text("held = 1"),
        postgresql_where=sa.text("held"),
    )


def downgrade() -> None:
    op.drop_index("ix_story_held", "story")
