"""Letting go of what is no longer needed, a bounded piece at a time."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.core.events.features import WINDOW_DAYS
from bot.core.words import Tier
from bot.store import stories
from bot.store.sql import moments, table
from models import Decision, Delivery, EventFeature, EventKey, EventStory, Mute, Sighting, Story

PIECE: Final = 500
"""Stories deleted in one transaction: a writer of SQLite keeps all others waiting."""

_GROUPED_FOR: Final = timedelta(days=4 * WINDOW_DAYS)  # features of older stories join nothing any more
_DOCUMENTS_FOR: Final = timedelta(days=400)


def piece(session: Session, now: datetime, *, flagged_for: timedelta, others_for: timedelta) -> int:
    """Delete the oldest stories past their time, at most PIECE; gives how many. Call again until it gives 0.

    A story that its feed still shows stays: deleted, it would come back as new.
    """
    gone = _past(session, now, flagged_for, flagged=True) + _past(session, now, others_for, flagged=False)
    stories.remove(session, gone[:PIECE])
    return len(gone[:PIECE])


def rest(session: Session, now: datetime) -> None:
    """Delete what hangs on nothing: mutes that ended, features past use, texts of deliveries long sent."""
    session.execute(delete(table(Mute)).where(table(Mute).c.until < now))
    old = moments(now - _GROUPED_FOR, now - _GROUPED_FOR)[0]
    past = select(Story.id).where(Story.moment < old)
    for model in (EventKey, EventFeature):
        session.execute(delete(table(model)).where(table(model).c.story_id.in_(past)))
    deliveries = table(Delivery)
    session.execute(deliveries.update().where(deliveries.c.slot < now - _DOCUMENTS_FOR).values(document=None))


def _past(session: Session, now: datetime, kept_for: timedelta, *, flagged: bool) -> list[int]:
    still_shown = select(Sighting.story_id).where(Sighting.seen_at > now - kept_for)
    in_event = select(EventStory.story_id).where(EventStory.story_id == Story.id)
    tier = Decision.tier != Tier.NONE.value if flagged else Decision.tier == Tier.NONE.value
    wanted = (
        select(Story.id)
        .join(Decision, Decision.story_id == Story.id)
        .where(Story.first_seen_at < now - kept_for, tier, Story.id.not_in(still_shown))
        .order_by(Story.first_seen_at)
        .limit(PIECE)
    )
    if not flagged:
        wanted = wanted.where(~in_event.exists())
    return list(session.scalars(wanted))
