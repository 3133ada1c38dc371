"""A story, the names it goes by, where it was seen, and what it said before."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Story(Base):
    """One news item, however often it was seen.

    `moment` orders stories by the time they count for and is unique: seconds of
    `reported_at` and the low bits of `id` in one number, so that a range of time
    is a range of numbers, in this table and in the search index alike.
    """

    __tablename__ = "story"
    __table_args__ = (
        Index("ix_story_first_seen_at", "first_seen_at"),  # pruning, and "the newest story"
        Index("ix_story_held", "feed_id", sqlite_where=text("held = 1"), postgresql_where=text("held")),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    moment: Mapped[int] = mapped_column(unique=True)
    feed_id: Mapped[int | None] = mapped_column(ForeignKey("feed.id", ondelete="SET NULL"), index=True)
    guid: Mapped[str]
    url: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    source: Mapped[str]  # host of the outlet
    lang: Mapped[str]  # detected; "und": not known
    published: Mapped[datetime | None]  # as claimed, when believable
    first_seen_at: Mapped[datetime]
    reported_at: Mapped[datetime]  # the moment it counts for
    digest: Mapped[str]  # of the wording that was decided
    backlog: Mapped[bool] = mapped_column(default=False)  # from the first poll of its feed
    held: Mapped[bool] = mapped_column(default=False)  # kept back: its site seems to have changed all ids


class StoryKey(Base):
    """A name that a story goes by (canonical address, guid within a feed, ...); each leads to one story."""

    __tablename__ = "story_key"

    key: Mapped[str] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)


class Sighting(Base):
    """An entry of a feed as last seen; the same digest again needs no second look."""

    __tablename__ = "sighting"
    __table_args__ = (Index("ix_sighting_feed_id_seen_at", "feed_id", "seen_at"),)  # what a feed still shows

    feed_id: Mapped[int] = mapped_column(ForeignKey("feed.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)
    seen_at: Mapped[datetime]  # when it came, last changed, or was met again; the last only once a week


class StoryVersion(Base):
    """What a story said before it was edited."""

    __tablename__ = "story_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    text: Mapped[str]
    digest: Mapped[str]
    replaced_at: Mapped[datetime]
