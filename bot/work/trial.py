"""Trying a query on the past before it is saved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.core.event import Event
from bot.core.reading.concepts import Packs
from bot.core.subscription import Plan
from bot.store.database import Database
from bot.work.compose import compose

BACK: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Trial:
    """What a plan would have told, and how that differs from the plan it takes the place of."""

    events: tuple[Event, ...]
    gained: tuple[Event, ...]  # both empty when there is nothing to compare with
    lost: tuple[Event, ...]

    @property
    def a_day(self) -> float:
        """Events a day."""
        return len(self.events) / BACK.days


def run(
    database: Database, packs: Packs, plan: Plan, now: datetime, *, instead_of: Plan | None = None
) -> Trial:
    """What `plan` would have told in the last two weeks, from stored decisions; nothing is changed."""
    events = _told(database, packs, plan, now)
    if instead_of is None:
        return Trial(events, (), ())
    before = _told(database, packs, instead_of, now)
    return Trial(events, _without(events, before), _without(before, events))


def _told(database: Database, packs: Packs, plan: Plan, now: datetime) -> tuple[Event, ...]:
    # Of no channel: what its people muted or voted on since is another matter.
    return compose(database, packs, replace(plan, channel=""), start=now - BACK, end=now).events


def _without(events: Sequence[Event], others: Sequence[Event]) -> tuple[Event, ...]:
    known = {event.id for event in others}
    return tuple(event for event in events if event.id not in known)
