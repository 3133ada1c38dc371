"""What people tell the bot: useful or not, not this; and who changed what."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Vote(Base):
    """One person's word on one story, or on the event that it headed, in one channel; the last one counts."""

    __tablename__ = "vote"
    __table_args__ = (
        CheckConstraint("useful IN (-1, 1)", name="useful"),
        Index("ix_vote_channel_voted_at", "channel", "voted_at"),  # what a channel's votes teach
    )

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id", ondelete="CASCADE"), primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    useful: Mapped[int]
    voted_at: Mapped[datetime]


class Unlearned(Base):
    """Votes up to then teach a channel nothing of a feature."""

    __tablename__ = "unlearned"

    channel: Mapped[str] = mapped_column(primary_key=True)
    feature: Mapped[str] = mapped_column(primary_key=True)  # "source:gazeta.uz"; "": any
    unlearned_at: Mapped[datetime]


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
    channel: Mapped[str] = mapped_column(default="", server_default="")  # whose it is; "": the whole bot's
    undoes: Mapped[int | None]  # the change that this one took back


class Proposal(Base):
    """What somebody would change who may not: it waits for one who may."""

    __tablename__ = "proposal"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'approved', 'declined')", name="state"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    person: Mapped[str]
    channel: Mapped[str]  # where it was said
    changes: Mapped[str]  # the right that it takes
    words: Mapped[str]  # the command, as typed after /policy
    state: Mapped[str]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(default="", server_default="")
    because: Mapped[str] = mapped_column(default="", server_default="")
