"""Letting go of what is no longer needed, a bounded piece at a time."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from bot.core.words import Tier
from bot.store import events, stories
from bot.store.sql import moments, table
from models import Decision, Delivery, EventFeature, EventKey, Mute, Sighting, Story

PIECE: Final = 500
"""Stories deleted in one transaction: a writer of SQLite keeps all others waiting."""

_GROUPED_FOR: Final = timedelta(days=800)  # a thread may go on after two years; features of older stories go
_DOCUMENTS_FOR: Final = timedelta(days=400)


def piece(session: Session, now: datetime, *, flagged_for: timedelta, others_for: timedelta) -> int:
    """Delete the oldest stories past their time, at most PIECE; gives how many. Call again until it gives 0.

    Stories that their feed still shows stay: deleted, they would come back as new.
    """
    gone = list(islice(_past(session, now - others_for, flagged=False), PIECE))
    gone += islice(_past(session, now - flagged_for, flagged=True), PIECE - len(gone))
    events.leave(session, gone)
    stories.remove(session, gone)
    return len(gone)


def rest(session: Session, now: datetime) -> None:
    """Delete what is past use: mutes that ended, what grouping kept, documents of deliveries long sent."""
    mutes, deliveries = table(Mute), table(Delivery)
    session.execute(delete(mutes).where(mutes.c.until < now))
    session.execute(update(deliveries).where(deliveries.c.slot < now - _DOCUMENTS_FOR).values(document=None))
    past = select(Story.id).where(Story.moment < moments(now - _GROUPED_FOR, now)[0])
    for rows in (table(EventKey), table(EventFeature)):
        session.execute(delete(rows).where(rows.c.story_id.in_(past)))


def _past(session: Session, before: datetime, *, flagged: bool) -> Iterator[int]:
    """Stories first seen before then and shown by no feed any more, the oldest first."""
    tier = Decision.tier != Tier.NONE.value if flagged else Decision.tier == Tier.NONE.value
    oldest = (
        select(Story.id, Story.first_seen_at)
        .join(Decision, Decision.story_id == Story.id)
        .where(tier, Story.first_seen_at < before)
        .order_by(Story.first_seen_at, Story.id)
        .limit(PIECE)
    )
    read_at = session.execute(select(Sighting.feed_id, func.max(Sighting.seen_at)).group_by(Sighting.feed_id))
    # What a feed showed when it was last read was noted within NOTED_FOR before that.
    shown_since = {feed: last - stories.NOTED_FOR for feed, last in read_at}
    rows = session.execute(oldest).all()
    while rows:
        shown = _shown(session, [row.id for row in rows], shown_since)
        yield from (row.id for row in rows if row.id not in shown)
        last = rows[-1]
        later = or_(
            Story.first_seen_at > last.first_seen_at,
            and_(Story.first_seen_at == last.first_seen_at, Story.id > last.id),
        )
        rows = session.execute(oldest.where(later)).all()


def _shown(session: Session, some: Sequence[int], since: dict[int, datetime]) -> set[int]:
    rows = session.execute(
        select(Sighting.story_id, Sighting.feed_id, Sighting.seen_at).where(Sighting.story_id.in_(some))
    )
    return {story for story, feed, seen_at in rows if seen_at >= since[feed]}
