"""Events as readers meet them: by id, by time, by thread."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import Session

from bot.core.event import Event, Report
from bot.core.words import FeedKind, Tier
from bot.store import decisions
from bot.store.codec import load
from bot.store.events import Record
from bot.store.sql import among, moments, those, typed_id
from models import Event as EventRow
from models import EventStory, Feed, Story, ThreadLink


def get(session: Session, events: Collection[int]) -> list[Event]:
    """These events in the order asked, each once.

    An id that was folded into another gives that one; ids that lead nowhere are left out.
    """
    into = _followed(session, events)
    wanted = list(dict.fromkeys(into[event] for event in events if event in into))
    found = _read(session, wanted)
    return [found[event] for event in wanted if event in found]


def named(session: Session, ref: str) -> Event | None:
    """The event that people call "e17"."""
    number = typed_id(ref.casefold().removeprefix("e"))
    found = [] if number is None else get(session, [number])
    return found[0] if found else None


def between(session: Session, start: datetime, end: datetime) -> list[Event]:
    """Events that a story of (start, end] reports, the latest first."""
    told = (
        select(EventStory.event_id)
        .join(Story, Story.id == EventStory.story_id)
        .where(Story.moment.between(*moments(start, end)))
        .where(Story.held.is_(False), Story.reported_at > start, Story.reported_at <= end)
        .distinct()
    )
    ids = session.scalars(
        select(EventRow.id)
        .where(EventRow.id.in_(told), EventRow.last_at > start, EventRow.first_at <= end)
        .order_by(EventRow.last_at.desc(), EventRow.id.desc())
    )
    return get(session, ids.all())


def latest(session: Session, *, limit: int, tiers: Collection[Tier] = ()) -> list[Event]:
    """The events last reported on, the latest first."""
    wanted = select(EventRow.id).where(EventRow.folded_into.is_(None))
    if tiers:
        wanted = wanted.where(EventRow.tier.in_([tier.value for tier in tiers]))
    wanted = wanted.order_by(EventRow.last_at.desc(), EventRow.id.desc()).limit(limit)
    return get(session, session.scalars(wanted).all())


def last_told(session: Session, events: Collection[int]) -> dict[int, datetime]:
    """When each of these events was last reported on."""
    rows = those(session, select(EventRow.id, EventRow.last_at), EventRow.id, events)
    return {row.id: row.last_at for row in rows}


def thread(session: Session, event: int) -> list[int]:
    """The ids of all events on one thread with this one, itself included, by time of their first report."""
    found, unread = {event}, [event]
    while unread:
        rows = session.execute(
            select(ThreadLink.event_id, ThreadLink.earlier_id).where(
                or_(*(among(session, end, unread) for end in (ThreadLink.event_id, ThreadLink.earlier_id)))
            )
        ).all()
        unread = sorted({each for row in rows for each in row} - found)
        found.update(unread)
    in_order = select(EventRow.id).order_by(EventRow.first_at, EventRow.id)
    return [row.id for row in those(session, in_order, EventRow.id, found)]


def count(session: Session) -> int:
    """How many events there are."""
    return (
        session.scalar(select(func.count()).select_from(EventRow).where(EventRow.folded_into.is_(None))) or 0
    )


def _followed(session: Session, events: Collection[int]) -> dict[int, int]:
    """Where each id leads. Pointers always lead to an event that was not folded itself."""
    rows = those(session, select(EventRow.id, EventRow.folded_into), EventRow.id, events)
    return {row.id: row.folded_into or row.id for row in rows}


def _read(session: Session, events: Sequence[int]) -> dict[int, Event]:
    rows = those(session, select(EventRow.__table__), EventRow.id, events)
    reports = _reports(session, events)
    leads = decisions.get(session, [row.lead_id for row in rows if row.lead_id is not None])
    return {row.id: _event(row, reports[row.id], leads) for row in rows if reports[row.id]}


def _event(row: Row[Any], reports: Sequence[Report], leads: Mapping[int, Any]) -> Event:
    record = load(row.record, Record)
    lead = leads.get(row.lead_id)
    return Event(
        id=row.id,
        headline=row.headline,
        summary=row.summary,
        tier=Tier(row.tier),
        countries=record.countries,
        minerals=record.minerals,
        actions=record.actions,
        accounts=record.accounts,
        score=row.score,
        stories=tuple(reports),
        why=() if lead is None else lead.why,
        first_at=row.first_at,
        last_at=row.last_at,
        review=row.review,
    )


def _reports(session: Session, events: Sequence[int]) -> dict[int, list[Report]]:
    wanted = (
        select(
            EventStory.event_id,
            EventStory.copy_of,
            Story.id,
            Story.url,
            Story.title,
            Story.source,
            Story.lang,
            Story.published,
            Story.reported_at,
            Story.backlog,
            func.coalesce(Feed.kind, FeedKind.OTHER.value).label("kind"),
        )
        .join(Story, Story.id == EventStory.story_id)
        .outerjoin(Feed, Feed.id == Story.feed_id)
        .where(Story.held.is_(False))
        .order_by(EventStory.event_id, EventStory.place, EventStory.story_id)
    )
    found: dict[int, list[Report]] = defaultdict(list)
    for row in those(session, wanted, EventStory.event_id, events):
        found[row.event_id].append(
            Report(
                story=row.id,
                url=row.url,
                title=row.title,
                source=row.source,
                lang=row.lang,
                published=row.published,
                reported_at=row.reported_at,
                kind=FeedKind(row.kind),
                copy_of=row.copy_of,
                backlog=row.backlog,
            )
        )
    return found
