"""What people told the bot: votes, mutes, watches, and the record of every change."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, or_, select, true
from sqlalchemy.orm import Session

from bot.core.muting import Kind, Muted
from bot.store.sql import add_rows, chunks, put_rows, table
from models import Change, Mute, Vote, Watch


@dataclass(frozen=True, slots=True)
class Watched:
    """A query whose events a person wants at once."""

    id: int
    person: str
    channel: str  # "": a direct message
    query: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One entry of the audit log; `before` and `after` are JSON, None where it was not there."""

    at: datetime
    person: str
    what: str
    thing: str
    before: str | None
    after: str | None


def vote(session: Session, event: int, *, channel: str, person: str, useful: bool, now: datetime) -> None:
    """One person's word on an event; the last one counts."""
    row = {"event_id": event, "channel": channel, "person": person, "voted_at": now}
    put_rows(session, Vote, [{**row, "useful": 1 if useful else -1}], renew=["useful", "voted_at"])


def votes(session: Session, channel: str, events: Collection[int]) -> dict[int, int]:
    """The sum of a channel's votes on these events; those without a vote are left out."""
    found: dict[int, int] = {}
    for chunk in chunks(events):
        rows = session.execute(
            select(Vote.event_id, func.sum(Vote.useful))
            .where(Vote.channel == channel, Vote.event_id.in_(chunk))
            .group_by(Vote.event_id)
        )
        found |= {event: int(total) for event, total in rows}
    return found


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


def watch(session: Session, *, person: str, channel: str, query: str, now: datetime) -> None:
    """Tell a person at once; watching the same twice is watching once."""
    rows = table(Watch)
    session.execute(delete(rows).where(rows.c.person == person, rows.c.query == query))
    session.execute(insert(rows).values(person=person, channel=channel, query=query, made_at=now))


def unwatch(session: Session, watch_id: int) -> None:
    """Watch it no more."""
    session.execute(delete(table(Watch)).where(table(Watch).c.id == watch_id))


def watches(session: Session, person: str | None = None) -> list[Watched]:
    """What one person, or everybody, watches."""
    wanted = select(Watch.id, Watch.person, Watch.channel, Watch.query).order_by(Watch.id)
    if person is not None:
        wanted = wanted.where(Watch.person == person)
    return [Watched(*row) for row in session.execute(wanted)]


def note_change(
    session: Session,
    *,
    person: str,
    what: str,
    thing: str,
    before: str | None,
    after: str | None,
    now: datetime,
) -> None:
    """Write down who changed what."""
    row = {"person": person, "what": what, "thing": thing, "before": before, "after": after}
    add_rows(session, Change, [{**row, "changed_at": now}])


def changes(session: Session, *, what: str = "", thing: str = "", limit: int = 50) -> list[Changed]:
    """The last changes, the latest first; of one kind, of one thing, or of all."""
    wanted = select(
        Change.changed_at, Change.person, Change.what, Change.thing, Change.before, Change.after
    ).order_by(Change.id.desc())
    if what:
        wanted = wanted.where(Change.what == what)
    if thing:
        wanted = wanted.where(Change.thing == thing)
    return [Changed(*row) for row in session.execute(wanted.limit(limit))]
