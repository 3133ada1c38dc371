"""Joining the stories of one component, two groups at a time, as long as they are alike on average."""

import heapq
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.events.features import Features
from bot.core.events.likeness import Likeness, shared

Pair = tuple[str, str]  # of keys, the smaller first

_STRANGERS: Final = -1.5
"""The likeness of two stories that share too little to be compared: what such pairs come to on average."""


_PER_STORY: Final = 0.2
_MANY: Final = 6
"""A group of more stories than this must be the denser for every story more: what draws in story after
story by what they all share (a country, a mineral, a kind of act) is a subject, and no happening."""


def pair(one: str, other: str) -> Pair:
    """Two keys in their one order."""
    return (one, other) if one <= other else (other, one)


@dataclass(frozen=True, slots=True)
class Join:
    """Why two stories stand in one event: the likest pair of the two groups that were joined."""

    one: str
    other: str
    score: float  # of the groups on average; above zero unless ruled
    shared: tuple[str, ...]  # terms, heaviest first
    ruled: bool = False  # a person said so


class Joining:
    """Average-link joining. A group is named by its smallest key; ties go to the smaller names.

    Only groups between which at least one pair was compared are looked at, so the cost grows with the pairs
    that share something and not with all of them.
    """

    def __init__(
        self,
        stories: Sequence[Features],
        compared: Mapping[Pair, Likeness],
        *,
        apart: Collection[Pair],
        same: Collection[Pair],
    ) -> None:
        self._stories = {story.key: story for story in stories}
        keys = sorted(self._stories)
        self._compared = compared
        self._same = sorted(same)
        self._members: dict[str, tuple[str, ...]] = {key: (key,) for key in keys}
        self._joins: dict[str, tuple[Join, ...]] = dict.fromkeys(keys, ())
        # group -> group -> (sum of the likeness of the pairs compared, how many those are)
        self._sums: dict[str, dict[str, tuple[float, int]]] = defaultdict(dict)
        for (one, other), found in sorted(compared.items()):
            self._sums[one][other] = self._sums[other][one] = (found.score, 1)
        self._apart: dict[str, set[str]] = defaultdict(set)
        for one, other in apart:
            if one in self._members and other in self._members:
                self._apart[one].add(other)
                self._apart[other].add(one)
        self._heap: list[tuple[float, str, str]] = []

    def run(self) -> list[tuple[tuple[str, ...], tuple[Join, ...]]]:
        """The groups: their keys, sorted, and the joins that made them."""
        self._join_as_ruled()
        for one in self._members:
            for other in self._sums[one]:
                if one < other:
                    self._offer(one, other)
        while self._heap:
            cost, one, other = heapq.heappop(self._heap)
            if one not in self._members or other not in self._sums[one] or other in self._apart[one]:
                continue  # one of them is part of another group by now
            if cost == -self._mean(one, other):
                self._join(one, other, ruled=False)
        return [(keys, self._joins[name]) for name, keys in self._members.items()]

    def _join_as_ruled(self) -> None:
        for link in self._same:
            names = sorted({name for name, keys in self._members.items() if set(link) & set(keys)})
            if len(names) == 2 and names[1] not in self._apart[names[0]]:
                self._join(names[0], names[1], ruled=True)

    def _offer(self, one: str, other: str) -> None:
        mean = self._mean(one, other)
        size = len(self._members[one]) + len(self._members[other])
        if mean > _PER_STORY * max(0, size - _MANY) and other not in self._apart[one]:
            heapq.heappush(self._heap, (-mean, *pair(one, other)))

    def _mean(self, one: str, other: str) -> float:
        """Average likeness of the pairs between two groups; rounded, for sums depend on their order."""
        total, count = self._sums[one][other]
        size = len(self._members[one]) * len(self._members[other])
        return round((total + _STRANGERS * (size - count)) / size, 6)

    def _join(self, name: str, other: str, *, ruled: bool) -> None:
        self._joins[name] += (*self._joins.pop(other), self._why(name, other, ruled=ruled))
        self._members[name] = tuple(sorted(self._members[name] + self._members.pop(other)))
        for third, (total, count) in self._sums.pop(other).items():
            del self._sums[third][other]
            if third != name:
                before, known = self._sums[name].get(third, (0.0, 0))
                self._sums[name][third] = self._sums[third][name] = (before + total, known + count)
        for third in self._apart.pop(other, set()):
            self._apart[third].discard(other)
            self._apart[third].add(name)
            self._apart[name].add(third)
        if not ruled:  # what is ruled comes first, before anything is offered
            for third in self._sums[name]:
                self._offer(name, third)

    def _why(self, name: str, other: str, *, ruled: bool) -> Join:
        between = [
            (found.score, link)
            for one in self._members[name]
            for two in self._members[other]
            if (found := self._compared.get(link := pair(one, two))) is not None
        ]
        _, likest = max(between, key=lambda scored: (scored[0], scored[1]))
        both = shared(self._stories[likest[0]], self._stories[likest[1]])
        return Join(*likest, round(self._mean(name, other), 3), both, ruled)
