"""Releasing: stories that were kept back when their site seemed to change all its ids are news after all."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.core import new_story
from bot.core.story import Story
from bot.errors import UserError
from bot.store import decisions, stories
from bot.store.database import Database, Session
from bot.store.feeds import KnownFeed
from bot.store.sql import chunks
from bot.work import audit, gather
from bot.work.follow import named

log = logging.getLogger(__name__)

_TOGETHER: Final = 50  # stories in one transaction, a second if all are gathered: others want to write


@dataclass(frozen=True, slots=True)
class HeldBack:
    """What is kept back of a feed."""

    feed: KnownFeed
    stories: tuple[Story, ...]
    flagged: int  # of them


def held_back(database: Database, wanted: str) -> HeldBack:
    """What is kept back of a feed, by its number, address or name. Raises UserError when nothing is."""
    feed = named(database, wanted)
    with database.reading() as session:
        ids = stories.hold(session, feed.id)
        if not ids:
            raise UserError(f"nothing of {feed.name} is held back")
        decided = decisions.get(session, ids)
        flagged = sum(decision.tier.flagged for decision in decided.values())
        return HeldBack(feed, tuple(stories.get(session, ids)), flagged)


def release(database: Database, held: HeldBack, now: datetime, *, by: str) -> int:
    """Let what is kept back be found, gathered into events and told as of now; gives how many that were.

    Stories count for now, so that the next digest tells of them. A second time does nothing.
    What is let go is noted with it, part by part: who is broken off has noted as much as was done.
    """
    released = 0
    for some in chunks((story.id for story in held.stories), _TOGETHER):
        with database.writing() as session:
            free = stories.release(session, some, now)
            _gather(session, free, now)
            if free:
                audit.of_released(session, held.feed, len(free), by=by, now=now)
        released += len(free)
    log.info("feed.released", extra={"feed": held.feed.id, "stories": released, "by": by})
    return released


def _gather(session: Session, free: Sequence[int], now: datetime) -> None:
    """Find the events of stories that are free now."""
    decided = decisions.get(session, free)
    known = stories.get(session, free)
    made = {story.id: new_story.features_kept(story, decided[story.id]) for story in known}
    gather.gather(session, {story: found for story, found in made.items() if found is not None}, now)
