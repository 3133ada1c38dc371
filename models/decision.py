"""What was decided of a story, once, and the labels that come of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Decision(Base):
    """One decision a story. `body` is the whole of it as JSON; the columns are what is asked for."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("tier IN ('core', 'region', 'minerals', 'none')", name="tier"),
        Index("ix_decision_packs", "packs"),  # what is to be decided again after the packs changed
        Index("ix_decision_tier_story_id", "tier", "story_id"),
    )

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), primary_key=True)
    tier: Mapped[str]
    central_asia: Mapped[float]  # scores, 0..1
    critical_minerals: Mapped[float]
    policy: Mapped[float]
    review: Mapped[bool]
    packs: Mapped[str]  # version of the packs that decided
    decided_at: Mapped[datetime]
    body: Mapped[str]


class Label(Base):
    """A word of a closed vocabulary that a story carries: country, mineral, instrument, stage, ..."""

    __tablename__ = "label"
    __table_args__ = (Index("ix_label_kind_value_story_id", "kind", "value", "story_id"),)

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
