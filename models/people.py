"""What people tell the bot: useful or not, not this, tell me at once; and who changed what."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Vote(Base):
    """One person's word on one event, in one channel; the last one counts."""

    __tablename__ = "vote"
    __table_args__ = (CheckConstraint("useful IN (-1, 1)", name="useful"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    useful: Mapped[int]
    voted_at: Mapped[datetime]


class Mute(Base):
    """Not this, for a while, in one channel."""

    __tablename__ = "mute"
    __table_args__ = (UniqueConstraint("channel", "kind", "value"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str]
    kind: Mapped[str]  # source, country, mineral, event, words
    value: Mapped[str]
    until: Mapped[datetime | None]  # None: for good
    person: Mapped[str]
    made_at: Mapped[datetime]


class Watch(Base):
    """Tell this person at once."""

    __tablename__ = "watch"
    __table_args__ = (UniqueConstraint("person", "query"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str]
    channel: Mapped[str]  # where; "": a direct message
    query: Mapped[str]
    made_at: Mapped[datetime]


class Change(Base):
    """The audit log: what was changed, by whom, and what it was before."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_what_thing", "what", "thing"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    changed_at: Mapped[datetime]
    person: Mapped[str]
    what: Mapped[str]  # feed, subscription, mute, ...
    thing: Mapped[str]  # its name or id
    before: Mapped[str | None]  # JSON; None: it was not there
    after: Mapped[str | None]  # JSON; None: it is gone
