"""A story as the record of its event sees it, and how much its source's word weighs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.core.story import Decision
from bot.core.words import FeedKind

STANDING: Final = {
    FeedKind.OFFICIAL: 1.0,  # says what it did itself
    FeedKind.AGENCY: 0.9,
    FeedKind.INDEPENDENT: 0.8,
    FeedKind.TRADE: 0.7,
    FeedKind.THINK_TANK: 0.6,
    FeedKind.STATE: 0.6,
    FeedKind.OTHER: 0.4,
    FeedKind.AGGREGATOR: 0.2,  # says what others say
}
"""How much the word of a source weighs, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Told:
    """One story of an event."""

    key: str
    title: str
    text: str
    source: str  # host of the outlet
    lang: str
    when: datetime  # reported_at; aware
    decision: Decision
    kind: FeedKind = FeedKind.OTHER
    copy_of: str | None = None  # key of the story whose text this one repeats; None: a report of its own
    url: str = ""

    @property
    def standing(self) -> float:
        """How much its source's word weighs, 0 to 1."""
        return STANDING[self.kind]


def independent(stories: Iterable[Told]) -> tuple[str, ...]:
    """The sources that report in their own words, sorted: copies add none, nor does a second story of one."""
    return tuple(sorted({story.source for story in stories if story.copy_of is None}))
