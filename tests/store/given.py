"""Situations that the tests of the store start from."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.core.new_story import NewStory, ready
from bot.core.story import Action, Decision, Reason
from bot.core.words import Instrument, Stage, Tier
from bot.store import stories
from bot.store.database import Database, Session
from bot.store.stories import Kept

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday


def decided(tier: Tier = Tier.CORE, **known: Any) -> Decision:
    """A decision of this tier; a signed memorandum, unless told otherwise."""
    shown = tier.flagged
    usual: dict[str, Any] = {
        "topics": ("central_asia", "policy") if shown else (),
        "scores": {"central_asia": 0.9, "critical_minerals": 0.8, "policy": 0.7},
        "lang": "en",
        "actions": (Action(Instrument.MOU, Stage.SIGNED),) if shown else (),
        "why": (Reason("policy", "instrument.mou", "memorandum", "title", 0, 10, 1.5),),
        "packs": "v1",
    }
    return Decision(tier=tier, **(usual | known))


def story(name: str, **known: Any) -> NewStory:
    """A new story called `name`, first seen and counting at NOON, unless told otherwise."""
    when = known.pop("at", NOON)
    usual: dict[str, Any] = {
        "url": f"https://news.test/{name}",
        "title": f"Title of {name}",
        "text": f"Text of {name}.",
        "source": "news.test",
        "published": when,
        "first_seen_at": when,
        "reported_at": when,
        "digest": f"digest of {name}",
        "keys": (f"https://news.test/{name}",),
        "decision": known.pop("decision", decided()),
    }
    return NewStory(**(usual | known))


def kept(database: Database, items: Sequence[NewStory], now: datetime = NOON, *, kind: str = "") -> list[int]:
    """Keep stories of feeds of a kind; their ids."""
    with database.writing() as session:
        return [each.story for each in add(session, items, now, kind=kind)]


def add(session: Session, items: Sequence[NewStory], now: datetime = NOON, *, kind: str = "") -> list[Kept]:
    """Keep stories in a session; what came of each."""
    return stories.add(session, [ready(item, kind) for item in items], now)


def minutes(number: float) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=number)
