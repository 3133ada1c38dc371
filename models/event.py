"""Events: which stories report one happening, and what people said about that."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Event(Base):
    """One happening. An id once given stays with it; one that was folded says into which."""

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("tier IN ('core', 'region', 'minerals', 'none')", name="tier"),
        Index("ix_event_last_at", "last_at", "id"),
        Index("ix_event_updated_at", "updated_at"),  # what those who watch may have to be told
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    headline: Mapped[str]
    summary: Mapped[str]
    tier: Mapped[str]
    score: Mapped[float]
    review: Mapped[bool]
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("story.id", ondelete="SET NULL"), index=True)
    first_at: Mapped[datetime]  # reported_at of its first and last story
    last_at: Mapped[datetime]
    record: Mapped[str]  # countries, minerals, actions as JSON
    updated_at: Mapped[datetime]
    folded_into: Mapped[int | None] = mapped_column(ForeignKey("event.id", ondelete="SET NULL"), index=True)


class EventStory(Base):
    """A story is in one event at most."""

    __tablename__ = "event_story"

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    place: Mapped[int]  # order of weight within the event; 0 gave the headline
    copy_of: Mapped[int | None] = mapped_column(ForeignKey("story.id", ondelete="SET NULL"), index=True)


class EventFeature(Base):
    """What grouping keeps of a story (`core.events.Features`)."""

    __tablename__ = "event_feature"

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), primary_key=True)
    body: Mapped[str]


class EventKey(Base):
    """A block key of a story: stories that share none of them cannot be one event."""

    __tablename__ = "event_key"

    key: Mapped[str] = mapped_column(primary_key=True)
    # The story's own: those that share keys are asked for by the time they came, and nothing else is read.
    moment: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)


class Ruling(Base):
    """A person's word that two stories are, or are not, one event. `story_a` is the smaller id."""

    __tablename__ = "ruling"
    __table_args__ = (CheckConstraint("story_a < story_b", name="order"),)

    story_a: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), primary_key=True)
    story_b: Mapped[int] = mapped_column(
        ForeignKey("story.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    same: Mapped[bool]
    ruled_by: Mapped[str]
    ruled_at: Mapped[datetime]


class ThreadLink(Base):
    """A later event goes on from an earlier one: proposed, then signed, then ratified."""

    __tablename__ = "thread_link"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    earlier_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    why: Mapped[str]
