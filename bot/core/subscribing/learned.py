"""What a channel's votes teach: which sources, countries, minerals and acts it wants more of, or less.

Votes order and never hide. A feature that was voted on often enough lifts or lowers the weight of what
has it, by at most a fifth, in that channel alone; and what is core keeps its place in the main message.
The same votes teach the same in whatever order they came, and each lesson names the votes it came of.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log2
from typing import Final

from bot.core.asking.query import Field
from bot.core.event import Event
from bot.core.story import Action
from bot.core.words import Tier

MOST: Final = 0.2
"""Of its weight, the most that votes add to an event or take from it."""

REMEMBERED: Final = timedelta(days=180)
"""Older votes count no more: what a desk wants changes."""

LEAST_VOTES: Final = 3
LEAST_THINGS: Final = 2  # that were voted on: three people who dislike one event say nothing of its source

_PER_DOUBLING: Final = 0.05  # of the odds that what has the feature is found useful

KINDS: Final = ("source", "country", "mineral", "type")


@dataclass(frozen=True, slots=True, order=True)
class Feature:
    """Something that events have in common."""

    kind: str  # one of KINDS
    value: str

    def __str__(self) -> str:
        """As it is typed: "source:gazeta.uz"."""
        return str(Field(self.kind, (self.value,)))


@dataclass(frozen=True, slots=True)
class Ballot:
    """One person's word on one event, or on a story that is in none."""

    thing: str  # the same for all votes on one event
    person: str
    useful: bool
    at: datetime
    features: frozenset[Feature]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learned of one feature, and of how many votes."""

    feature: Feature
    useful: int
    useless: int
    lift: float  # -MOST to MOST, as a part of the weight


def features(
    source: str, countries: Iterable[str], minerals: Iterable[str], actions: Iterable[Action]
) -> frozenset[Feature]:
    """The features of a report, or of an event by the report that heads it."""
    of = {
        "source": [source],
        "country": countries,
        "mineral": minerals,
        "type": [action.instrument.value for action in actions],
    }
    return frozenset(Feature(kind, value.casefold()) for kind in KINDS for value in of[kind] if value)


def features_of(event: Event) -> frozenset[Feature]:
    """The features of an event."""
    return features(event.stories[0].source, event.countries, event.minerals, event.actions)


def learn(
    ballots: Iterable[Ballot], forgotten: Mapping[Feature | None, datetime] | None = None
) -> tuple[Lesson, ...]:
    """What these votes teach, the strongest first; what is too little to go by is left out.

    Of a person's several words on one thing the last counts. `forgotten` says up to when votes count no
    more for a feature; under None, for any.

    >>> from datetime import UTC
    >>> noon, one = datetime(2026, 2, 6, 12, tzinfo=UTC), Feature("source", "gazeta.uz")
    >>> votes = [Ballot(f"e{n}", "U1", useful=True, at=noon, features=frozenset([one])) for n in range(3)]
    >>> [(str(each.feature), each.useful, each.lift) for each in learn(votes)]
    [('source:gazeta.uz', 3, 0.1)]
    """
    until = dict(forgotten or {})
    last: dict[tuple[str, str], Ballot] = {}
    for ballot in sorted(ballots, key=lambda each: (each.at, each.useful, sorted(each.features))):
        last[ballot.thing, ballot.person] = ballot
    by_feature: dict[Feature, list[Ballot]] = defaultdict(list)
    for ballot in last.values():
        for feature in ballot.features:
            if all(ballot.at > until[each] for each in (feature, None) if each in until):
                by_feature[feature].append(ballot)
    lessons = [_lesson(feature, cast) for feature, cast in by_feature.items()]
    told = [each for each in lessons if each is not None and each.lift]
    return tuple(sorted(told, key=lambda each: (-abs(each.lift), each.feature)))


def shift(of: Collection[Feature], lessons: Iterable[Lesson]) -> float:
    """By which part of it the weight of what has these features is changed: -MOST to MOST."""
    lifts = sorted(lesson.lift for lesson in lessons if lesson.feature in of)
    return max(-MOST, min(MOST, sum(lifts)))


def ordered(
    events: Iterable[Event], lessons: Sequence[Lesson] = (), *, most: int | None = None
) -> tuple[Event, ...]:
    """All of these events in order of weight, as the lessons shift it.

    Of the `most` that stand in the main message none that is core is pushed out by votes.
    """
    usual = sorted(events, key=lambda event: (-event.score, event.id))
    if not lessons:
        return tuple(usual)
    weight = {event.id: event.score * (1 + shift(features_of(event), lessons)) for event in usual}
    weighed = sorted(usual, key=lambda event: (-weight[event.id], event.id))
    if most is None:
        return tuple(weighed)
    head = {event.id for event in usual[:most] if event.tier is Tier.CORE}
    head |= {event.id for event in [each for each in weighed if each.id not in head][: most - len(head)]}
    return (
        *(event for event in weighed if event.id in head),
        *(event for event in weighed if event.id not in head),
    )


def _lesson(feature: Feature, cast: Sequence[Ballot]) -> Lesson | None:
    if len(cast) < LEAST_VOTES or len({ballot.thing for ballot in cast}) < LEAST_THINGS:
        return None
    useful = sum(ballot.useful for ballot in cast)
    useless = len(cast) - useful
    lift = _PER_DOUBLING * log2((useful + 1) / (useless + 1))
    return Lesson(feature, useful, useless, round(max(-MOST, min(MOST, lift)), 3))
