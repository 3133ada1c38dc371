"""Which mutes of a channel are in force, and what they leave of a row of events."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.event import Event
from bot.core.subscribing.muting import Muted, hiding
from bot.store import happenings, people
from bot.store.database import Session


@dataclass(frozen=True, slots=True)
class Left:
    """What is shown, and what is not."""

    shown: tuple[Event, ...]
    hidden: tuple[Event, ...]


def in_force(session: Session, channel: str, at: datetime) -> list[Muted]:
    """A channel's mutes at a moment. An event that became part of another is muted as that one."""
    if not channel:
        return []
    known = [each for each in people.muted(session, channel, at) if each.made_at <= at]
    return [_followed(session, each) if each.kind == "event" else each for each in known]


def left(events: Sequence[Event], mutes: Sequence[Muted]) -> Left:
    """The events that are seen in spite of these mutes, and those that are not, in their order."""
    hidden = {event.id for event in events if hiding(event, mutes)}
    return Left(
        shown=tuple(event for event in events if event.id not in hidden),
        hidden=tuple(event for event in events if event.id in hidden),
    )


def counted(hidden: Iterable[Event], mutes: Sequence[Muted]) -> Counter[int]:
    """How many of the events that are not seen each mute hides, by its id."""
    return Counter(mute.id for event in hidden for mute in hiding(event, mutes))


def _followed(session: Session, mute: Muted) -> Muted:
    found = happenings.named(session, mute.value)
    return mute if found is None else replace(mute, value=str(found.id))
