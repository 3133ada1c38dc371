"""Near misses: what fell just short of being told, for people to say whether it should have been."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.core.documents import Button, Heading, Item, Paragraph, Part, Span
from bot.core.telling.phrases import ENGLISH, Phrases
from bot.core.words import CENTRAL_ASIA, CRITICAL_MINERALS, POLICY, Tier

MOST: Final = 5
FARTHEST: Final = 0.3
"""Short of its lines by more than this, a story was no near miss."""

NEEDS: Final[Mapping[Tier, tuple[str, ...]]] = {
    Tier.CORE: (CENTRAL_ASIA, CRITICAL_MINERALS, POLICY),
    Tier.REGION: (CENTRAL_ASIA, POLICY),
    Tier.MINERALS: (CRITICAL_MINERALS, POLICY),
}
"""The topics that make a tier; of core it is all."""


@dataclass(frozen=True, slots=True)
class Lack:
    """A topic that kept a story from a tier: its score, and the line that it did not reach."""

    topic: str
    score: float
    line: float


@dataclass(frozen=True, slots=True)
class Short:
    """How far a story is from the nearest tier that is told, and what it lacks."""

    tier: Tier
    lacks: tuple[Lack, ...]

    @property
    def by(self) -> float:
        """What is missing in all."""
        return sum(lack.line - lack.score for lack in self.lacks)


@dataclass(frozen=True, slots=True)
class Scored:
    """A story as it was scored; `grey` when a small change would have made it another tier."""

    story: int
    scores: Mapping[str, float]
    grey: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Near:
    """A near miss, as people are shown it."""

    story: int
    title: str
    url: str
    source: str
    countries: tuple[str, ...]
    minerals: tuple[str, ...]
    short: Short

    @property
    def ref(self) -> str:
        """As people call the story: "s12"."""
        return f"s{self.story}"


def short_of(scores: Mapping[str, float], lines: Mapping[str, float], tiers: Iterable[Tier]) -> Short | None:
    """The tier among these that a story came nearest to; None when it reached one, or there is none.

    >>> lines = dict.fromkeys((CENTRAL_ASIA, CRITICAL_MINERALS, POLICY), 0.5)
    >>> short_of({CENTRAL_ASIA: 0.9, POLICY: 0.4}, lines, [Tier.CORE, Tier.REGION]).lacks
    (Lack(topic='policy', score=0.4, line=0.5),)
    """
    found = []
    for tier in tiers:
        wanted = [Lack(topic, scores.get(topic, 0.0), lines[topic]) for topic in NEEDS.get(tier, ())]
        found.append(Short(tier, tuple(lack for lack in wanted if lack.score < lack.line)))
    if not found or any(not short.lacks for short in found):
        return None
    return min(found, key=lambda short: (short.by, list(Tier).index(short.tier)))


def nearest(
    scored: Iterable[Scored], lines: Mapping[str, float], tiers: Sequence[Tier]
) -> list[tuple[Scored, Short]]:
    """Those that fell just short: the grey ones first, then by how little was missing, then the newest."""
    found = [(each, short) for each in scored if (short := short_of(each.scores, lines, tiers))]
    close = [(each, short) for each, short in found if short.by <= FARTHEST]
    close.sort(key=lambda near: near[0].at, reverse=True)
    return sorted(close, key=lambda near: (not near[0].grey, round(near[1].by, 6)))


def section(near: Sequence[Near], words: Phrases = ENGLISH) -> tuple[Part, ...]:
    """Near misses with the question whether they should have been told; () when there are none."""
    if not near:
        return ()
    ask = Paragraph((Span(words.near_question, style="soft"),))
    return (Heading(words.near), ask, *(item(each, words) for each in near))


def item(near: Near, words: Phrases = ENGLISH) -> Item:
    """One near miss: what it lacked, and the two answers."""
    lacks = ", ".join(words.lack(lack.topic, lack.score, lack.line) for lack in near.short.lacks)
    return Item(
        headline=Span(near.title, url=near.url),
        tags=(*near.countries, *map(words.mineral, near.minerals)),
        sources=(Span(near.source, url=near.url),),
        note=words.short_of(words.tier(near.short.tier), lacks),
        ref=near.ref,
        menu=(
            Button(words.should_have, f"useful {near.ref}"),
            Button(words.rightly_not, f"useless {near.ref}"),
            Button(words.why, f"why {near.ref}"),
        ),
    )


def as_json(near: Near) -> dict[str, object]:
    """A near miss as data."""
    return {
        "story": near.ref,
        "title": near.title,
        "url": near.url,
        "source": near.source,
        "tier": str(near.short.tier),
        "short": round(near.short.by, 3),
        "lacks": [{"topic": each.topic, "score": each.score, "line": each.line} for each in near.short.lacks],
    }
