"""What was decided of the stories of a time, as scores alone: thousands are looked at to find five."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from bot.core.telling.near import Scored
from bot.core.words import CENTRAL_ASIA, CRITICAL_MINERALS, POLICY, Tier
from bot.store.sql import moments
from models import Decision, EventStory, Story, Vote
from models import Event as EventRow


def scored(
    session: Session, start: datetime, end: datetime, *, tiers: Collection[Tier], channel: str
) -> list[Scored]:
    """Stories of (start, end] of none of these tiers, nor their event; no copies, none voted on here."""
    told = [tier.value for tier in tiers]
    rows = session.execute(
        select(
            Story.id,
            Story.reported_at,
            Decision.central_asia,
            Decision.critical_minerals,
            Decision.policy,
            case((Decision.review, 1), else_=0).label("grey"),
        )
        .join(Decision, Decision.story_id == Story.id)
        .outerjoin(EventStory, EventStory.story_id == Story.id)
        .outerjoin(EventRow, EventRow.id == EventStory.event_id)
        .where(
            Story.moment.between(*moments(start, end)), Story.reported_at > start, Story.reported_at <= end
        )
        .where(Story.held.is_(False), Story.backlog.is_(False), Decision.tier.not_in(told))
        .where(EventRow.id.is_(None) | EventRow.tier.not_in(told), EventStory.copy_of.is_(None))
        .where(Story.id.not_in(select(Vote.story_id).where(Vote.channel == channel)))
        .order_by(Story.id)
    )
    return [
        Scored(
            row.id,
            {CENTRAL_ASIA: row.central_asia, CRITICAL_MINERALS: row.critical_minerals, POLICY: row.policy},
            bool(row.grey),
            row.reported_at,
        )
        for row in rows
    ]
