"""Threads: which earlier event an event follows, and what it takes to find out."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache
from operator import itemgetter
from typing import Final

from sqlalchemy import Select, bindparam, delete, func, select
from sqlalchemy.orm import Session

from bot.core.events import SHARED_KEYS
from bot.core.events.features import terms_in
from bot.core.events.threads import LONGEST, Follows, Knot, knot_terms
from bot.core.words import Stage, Tier
from bot.store.codec import load
from bot.store.events import MORE, Record
from bot.store.holders import asked, holders
from bot.store.sql import moments, put_rows, table, those
from models import Event as EventRow
from models import EventFeature, EventKey, EventStory, ThreadLink

_Terms = tuple[str, Mapping[str, float]]  # the key of a story, and what it says

_NEAR: Final = 40
"""Events that are looked at as what an event may follow: those that share most with it."""


def around(session: Session, event: int) -> list[int]:
    """The flagged events near enough in time to be on one thread that share block keys; most shared first.

    A key that very many stories have leads to the nearest only (`holders`).
    """
    times = session.execute(select(EventRow.first_at, EventRow.last_at).where(EventRow.id == event)).first()
    if times is None:
        return []
    own = session.scalars(
        select(EventKey.key).join(EventStory, EventStory.story_id == EventKey.story_id)
        .where(EventStory.event_id == event).distinct()
    ).all()  # fmt: skip
    within = moments(times.first_at - LONGEST, times.last_at + LONGEST)
    at = moments(times.first_at, times.first_at)[0]
    sharing = _sharing(session.get_bind().dialect.name)
    return list(session.scalars(sharing, asked(session, own, at, within) | {"event": event}))


@cache
def _sharing(dialect: str) -> Select[int]:
    keys, theirs, near = holders(dialect)
    shared = func.count(keys.c.value.distinct())
    return (
        select(EventStory.event_id)
        .select_from(keys)
        .join(theirs, near)
        .join(EventStory, EventStory.story_id == theirs.story_id)
        .join(EventRow, EventRow.id == EventStory.event_id)
        .where(EventStory.event_id != bindparam("event"), EventRow.tier != Tier.NONE.value)
        .group_by(EventStory.event_id)
        .having(shared >= SHARED_KEYS)
        .order_by(shared.desc(), EventStory.event_id)
        .limit(_NEAR)
    )


def knots(session: Session, events: Collection[int]) -> dict[int, Knot]:
    """These events as threads see them; those that were folded into others are left out."""
    terms: dict[int, list[_Terms]] = defaultdict(list)
    said = (
        select(EventStory.event_id, EventFeature.body)
        .join(EventFeature, EventFeature.story_id == EventStory.story_id)
        .where(EventStory.place < MORE)
    )
    for row in those(session, said, EventStory.event_id, events):
        known = terms_in(row.body)
        if known is not None:
            terms[row.event_id].append(known)
    kept = select(EventRow.id, EventRow.first_at, EventRow.record).where(EventRow.folded_into.is_(None))
    return {
        event: _knot(event, first_at, load(record, Record), terms[event])
        for event, first_at, record in those(session, kept, EventRow.id, events)
    }


def follow(session: Session, event: int, link: Follows | None) -> None:
    """Note what an event follows, in place of what was noted; None: it begins a thread of its own."""
    links = table(ThreadLink)
    session.execute(delete(links).where(links.c.event_id == event))
    if link is not None:
        put_rows(
            session,
            ThreadLink,
            [{"event_id": event, "earlier_id": link.earlier, "why": link.why}],
            renew=["why"],
        )


def earlier(session: Session, events: Collection[int]) -> dict[int, tuple[int, str]]:
    """What each of these events follows, and why; those that follow nothing are left out."""
    links = select(ThreadLink.event_id, ThreadLink.earlier_id, ThreadLink.why)
    rows = those(
        session, links.order_by(ThreadLink.event_id, ThreadLink.earlier_id), ThreadLink.event_id, events
    )
    return {row.event_id: (row.earlier_id, row.why) for row in rows}


def _knot(event: int, at: datetime, record: Record, stories: list[_Terms]) -> Knot:
    act = record.actions[0] if record.actions else None
    return Knot(
        id=event,
        at=at,
        countries=record.countries,
        minerals=record.minerals,
        instrument=act.instrument if act else None,
        stage=act.stage if act else Stage.NONE,
        terms=knot_terms(terms for _, terms in sorted(stories, key=itemgetter(0))),
    )
