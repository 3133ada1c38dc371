"""Counts for the status: how much is there, how old the newest of it is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.core.event import FeedHealth
from bot.core.words import Tier
from bot.store import feeds, happenings
from models import Decision, Story


@dataclass(frozen=True, slots=True)
class Status:
    """What is stored."""

    stories: int
    flagged: int
    events: int
    feeds: FeedHealth
    newest_story: datetime | None  # when it was first seen; None: there is none
    last_fetch: datetime | None  # of any feed


def status(session: Session) -> Status:
    """What is stored now. Stories that are kept back count as stories."""
    tiers = session.execute(select(Decision.tier, func.count()).group_by(Decision.tier))
    counts: dict[str, int] = dict(tiers.all())
    fetched = [feed.state.last_fetched_at for feed in feeds.listing(session) if feed.state.last_fetched_at]
    return Status(
        stories=sum(counts.values()),
        flagged=sum(number for tier, number in counts.items() if Tier(tier).flagged),
        events=happenings.count(session),
        feeds=feeds.health(session),
        newest_story=session.scalar(
            select(Story.first_seen_at).order_by(Story.first_seen_at.desc()).limit(1)
        ),
        last_fetch=max(fetched, default=None),
    )
