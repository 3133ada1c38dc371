"""Threads: which earlier event an event follows, and what it takes to find out."""

from collections import defaultdict
from collections.abc import Collection
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, aliased

from bot.core.event import Event
from bot.core.events import SHARED_KEYS, Features, unpack
from bot.core.events.threads import LONGEST, Follows, Knot, knot_terms
from bot.core.words import Stage, Tier
from bot.store import happenings
from bot.store.sql import chunks, moments, put_rows, table
from models import Event as EventRow
from models import EventFeature, EventKey, EventStory, ThreadLink

_NEAR: Final = 40
"""Events that are looked at as what an event may follow: those that share most with it."""


def around(session: Session, event: int) -> list[int]:
    """The flagged events near enough in time to be on one thread that share block keys; most shared first."""
    times = session.execute(select(EventRow.first_at, EventRow.last_at).where(EventRow.id == event)).first()
    if times is None:
        return []
    mine, theirs = aliased(EventKey), aliased(EventKey)
    own = aliased(EventStory)
    shared = func.count(theirs.key.distinct())
    rows = session.execute(
        select(EventStory.event_id, shared.label("shared"))
        .join(theirs, theirs.story_id == EventStory.story_id)
        .join(mine, mine.key == theirs.key)
        .join(own, own.story_id == mine.story_id)
        .join(EventRow, EventRow.id == EventStory.event_id)
        .where(theirs.moment.between(*moments(times.first_at - LONGEST, times.last_at + LONGEST)))
        .where(own.event_id == event, EventStory.event_id != event, EventRow.tier != Tier.NONE.value)
        .group_by(EventStory.event_id)
        .having(shared >= SHARED_KEYS)
        .order_by(shared.desc(), EventStory.event_id)
        .limit(_NEAR)
    )
    return [row.event_id for row in rows]


def knots(session: Session, events: Collection[int]) -> dict[int, Knot]:
    """These events as threads see them."""
    features: dict[int, list[Features]] = defaultdict(list)
    for chunk in chunks(dict.fromkeys(events)):
        rows = session.execute(
            select(EventStory.event_id, EventFeature.body)
            .join(EventFeature, EventFeature.story_id == EventStory.story_id)
            .where(EventStory.event_id.in_(chunk))
        )
        for row in rows:
            known = unpack(row.body)
            if known is not None:
                features[row.event_id].append(known)
    return {event.id: _knot(event, features[event.id]) for event in happenings.get(session, list(events))}


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
    found: dict[int, tuple[int, str]] = {}
    for chunk in chunks(events):
        rows = session.execute(
            select(ThreadLink.event_id, ThreadLink.earlier_id, ThreadLink.why)
            .where(ThreadLink.event_id.in_(chunk))
            .order_by(ThreadLink.event_id, ThreadLink.earlier_id)
        )
        found |= {row.event_id: (row.earlier_id, row.why) for row in rows}
    return found


def _knot(event: Event, features: list[Features]) -> Knot:
    act = event.actions[0] if event.actions else None
    return Knot(
        id=event.id,
        at=event.first_at,
        countries=event.countries,
        minerals=event.minerals,
        instrument=act.instrument if act else None,
        stage=act.stage if act else Stage.NONE,
        terms=knot_terms(sorted(features, key=lambda story: story.key)),
    )
