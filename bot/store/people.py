"""What people told the bot: mutes, and the record of every change."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, insert, or_, select, true
from sqlalchemy.orm import Session

from bot.core.subscribing.muting import Kind, Muted
from bot.store.sql import table
from models import Change, Mute


@dataclass(frozen=True, slots=True)
class Changed:
    """One entry of the audit log; `before` and `after` are JSON, None where it was not there."""

    id: int
    at: datetime
    person: str
    what: str
    thing: str
    before: str | None
    after: str | None
    channel: str  # whose it is; "": the whole bot's
    undoes: int | None  # the change that it took back

    @property
    def ref(self) -> str:
        """As people call it: "c17"."""
        return f"c{self.id}"


_CHANGED: Final = (
    Change.id, Change.changed_at, Change.person, Change.what, Change.thing, Change.before, Change.after,
    Change.channel, Change.undoes,
)  # fmt: skip


def mute(
    session: Session,
    *,
    channel: str,
    kind: Kind,
    value: str,
    until: datetime | None,
    person: str,
    now: datetime,
) -> None:
    """Hide something from a channel; said again, the new end counts."""
    rows = table(Mute)
    session.execute(delete(rows).where(rows.c.channel == channel, rows.c.kind == kind, rows.c.value == value))
    values = {"channel": channel, "kind": kind, "value": value, "until": until, "person": person}
    session.execute(insert(rows).values(**values, made_at=now))


def unmute(session: Session, mute_id: int) -> None:
    """Show it again."""
    session.execute(delete(table(Mute)).where(table(Mute).c.id == mute_id))


def muted(session: Session, channel: str | None, now: datetime) -> list[Muted]:
    """What a channel does not see at present; without a channel, what any does not."""
    rows = session.execute(
        select(Mute.id, Mute.channel, Mute.kind, Mute.value, Mute.until, Mute.person, Mute.made_at)
        .where(true() if channel is None else Mute.channel == channel)
        .where(or_(Mute.until.is_(None), Mute.until > now))
        .order_by(Mute.id)
    )
    return [Muted(*row) for row in rows]


def note_change(
    session: Session,
    *,
    person: str,
    what: str,
    thing: str,
    before: str | None,
    after: str | None,
    now: datetime,
    channel: str = "",
    undoes: int | None = None,
) -> int:
    """Write down who changed what; the number of the entry. `channel` is whose it is, "" the whole bot's."""
    row = {"person": person, "what": what, "thing": thing, "before": before, "after": after}
    made = insert(table(Change)).values(**row, changed_at=now, channel=channel, undoes=undoes)
    number: int = session.execute(made.returning(table(Change).c.id)).scalar_one()
    return number


def changes(
    session: Session,
    *,
    what: str = "",
    thing: str = "",
    channels: Collection[str] = (),
    after: int = 0,
    limit: int = 50,
) -> list[Changed]:
    """The last changes, the latest first; of one kind, of one thing, or of all.

    With `channels`, theirs and the whole bot's; with `after`, those noted after that one.
    """
    wanted = select(*_CHANGED).where(Change.id > after).order_by(Change.id.desc())
    if what:
        wanted = wanted.where(Change.what == what)
    if thing:
        wanted = wanted.where(Change.thing == thing)
    if channels:
        wanted = wanted.where(Change.channel.in_(("", *channels)))
    return [Changed(*row) for row in session.execute(wanted.limit(limit))]


def change(session: Session, number: int) -> Changed | None:
    """One change."""
    row = session.execute(select(*_CHANGED).where(Change.id == number)).one_or_none()
    return None if row is None else Changed(*row)
