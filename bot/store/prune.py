"""Letting go of what is no longer needed: the statements, each of a bounded piece."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session

from bot.core.words import Tier
from bot.store import events, stories
from bot.store.sql import among, drop_those, moments, table, those
from models import Decision, Delivery, EventFeature, EventKey, Mute, Sighting, Story

PIECE: Final = 200
"""Rows looked at in one transaction: a writer of SQLite keeps all others waiting."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the stories were looked through, in the order in which they were first seen."""

    seen_at: datetime
    story: int


def shown_since(session: Session) -> dict[int, datetime]:
    """For each feed the moment since which everything that it shows still was noted.

    A feed that is silent for months shows what it showed when it was last read, and that was
    noted within NOTED_FOR before then.
    """
    last = session.execute(select(Sighting.feed_id, func.max(Sighting.seen_at)).group_by(Sighting.feed_id))
    return {feed: seen_at - stories.NOTED_FOR for feed, seen_at in last}


def unflagged(
    session: Session, before: datetime, shown: Mapping[int, datetime], *, after: Reached | None = None
) -> tuple[int, Reached | None]:
    """Forget stories that nobody is shown, first seen before then: of the next PIECE after `after`.

    One that a feed shows on (`shown_since`) stays: forgotten, it would come again as new. One
    that is for review stays too. Gives how many are gone, and how far it came; None: to the end.
    """
    wanted = (
        select(Story.id, Story.first_seen_at)
        .join(Decision, Decision.story_id == Story.id)
        .where(Story.first_seen_at < before, Decision.tier == Tier.NONE.value, Decision.review.is_(False))
        .order_by(Story.first_seen_at, Story.id)
        .limit(PIECE)
    )
    if after is not None:
        later = and_(Story.first_seen_at == after.seen_at, Story.id > after.story)
        wanted = wanted.where(or_(Story.first_seen_at > after.seen_at, later))
    old = session.execute(wanted).all()
    there = _shown(session, [row.id for row in old], shown)
    gone = [row.id for row in old if row.id not in there]
    events.leave(session, gone)
    stories.remove(session, gone)
    return len(gone), Reached(old[-1].first_seen_at, old[-1].id) if len(old) == PIECE else None


def features(session: Session, before: datetime) -> int:
    """Forget what grouping kept of stories reported before then; how many stories that were."""
    past = (
        select(EventFeature.story_id)
        .join(Story, Story.id == EventFeature.story_id)
        .where(Story.moment < moments(before, before)[0])
        .limit(PIECE)
    )
    gone = session.scalars(past).all()
    for theirs in (EventKey.story_id, EventFeature.story_id):
        drop_those(session, theirs, gone)
    return len(gone)


def documents(session: Session, before: datetime) -> int:
    """Forget what digests of before then looked like; that they were sent stays. Gives how many."""
    rows = table(Delivery)
    past = select(rows.c.id).where(rows.c.slot < before, rows.c.document.is_not(None)).limit(PIECE)
    gone = session.scalars(past).all()
    session.execute(update(rows).where(among(session, rows.c.id, gone)).values(document=None))
    return len(gone)


def mutes(session: Session, before: datetime) -> int:
    """Forget mutes that ended before then; how many."""
    gone = session.scalars(select(Mute.id).where(Mute.until < before).limit(PIECE)).all()
    drop_those(session, Mute.id, gone)
    return len(gone)


def _shown(session: Session, some: Collection[int], since: Mapping[int, datetime]) -> set[int]:
    wanted = select(Sighting.story_id, Sighting.feed_id, Sighting.seen_at)
    rows = those(session, wanted, Sighting.story_id, some)
    return {story for story, feed, seen_at in rows if feed not in since or seen_at >= since[feed]}
