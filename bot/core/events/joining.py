"""Joining the stories of one component, two groups at a time, as long as they are alike on average."""

import heapq
import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from itertools import combinations
from typing import Final

from bot.core.events.features import WINDOW_DAYS, Features
from bot.core.events.likeness import Likeness, shared

Pair = tuple[str, str]  # of keys, the smaller first
Came = tuple[datetime, datetime] | None  # when the first and the last of some stories came; None: not known

_STRANGERS: Final = -1.0
"""The likeness of two stories that share too little to be compared."""

_DRAWN: Final = 0.1
"""By so much a story must be liker to another group than to its own, on average, to go there."""

_ROUNDS: Final = 3
"""So often all stories are asked whether another group is liker; hardly any goes in the second round."""


_PER_STORY: Final = 0.35
_MANY: Final = 6
_DENSEST: Final = 1.6
"""A group of more than `_MANY` stories must be the denser for every story more: what draws in story after
story by what they all share (a country, a mineral, a kind of act) is a subject, and no happening. But what
the whole world tells is one happening all the same, so this ends somewhere."""


def pair(one: str, other: str) -> Pair:
    """Two keys in their one order."""
    return (one, other) if one <= other else (other, one)


@dataclass(frozen=True, slots=True)
class Rulings:
    """What people said of pairs of stories: it stands above every score. "Not the same" beats "the same"."""

    same: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()

    @property
    def joined(self) -> frozenset[str]:
        """The stories of which it was said that they are one with another, by key."""
        return frozenset(key for link in self.same for key in link)


NO_RULINGS: Final = Rulings()


@dataclass(frozen=True, slots=True)
class Join:
    """Why two stories stand in one event. The joins of an event tie all its stories, by the likest pairs."""

    one: str
    other: str
    score: float  # their likeness
    shared: tuple[str, ...]  # terms, heaviest first
    ruled: bool = False  # a person said so


def _both(one: Came, other: Came) -> Came:
    """When the stories of two groups came."""
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


def _too_wide(one: Came, other: Came) -> bool:
    """Whether two groups together would last longer than one event does, and than either does already."""
    both = _days(_both(one, other))
    return both > WINDOW_DAYS and both > max(_days(one), _days(other))


def _dense(size: int) -> float:
    """So like the stories of a group of this size must be, on average."""
    return min(_DENSEST, _PER_STORY * max(0, size - _MANY))


def _days(came: Came) -> int:
    return (came[1] - came[0]).days if came else 0


class Joining:
    """Average-link joining. A group is named by its smallest key; ties go to the smaller names.

    No join makes an event that lasts longer than `WINDOW_DAYS`, whatever undated stories stand between.

    What was joined early cannot see what is joined late: so at last each story is asked whether another group
    is liker than its own. What people ruled on stays where they put it.

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
        self._ruled_apart = sorted(apart)
        self._members: dict[str, tuple[str, ...]] = {key: (key,) for key in keys}
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
        self._alone: dict[str, Came] = {
            story.key: (story.when, story.when) if story.when else None for story in stories
        }
        self._came = dict(self._alone)  # of every group

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
        self._settle()
        return [(keys, self._tie(keys)) for keys in self._members.values()]

    def _join_as_ruled(self) -> None:
        for link in self._same:
            names = sorted({name for name, keys in self._members.items() if set(link) & set(keys)})
            if len(names) == 2 and names[1] not in self._apart[names[0]]:
                self._join(names[0], names[1], ruled=True)

    def _offer(self, one: str, other: str) -> None:
        mean = self._mean(one, other)
        size = len(self._members[one]) + len(self._members[other])
        if (
            mean > _dense(size)
            and other not in self._apart[one]
            and not _too_wide(self._came[one], self._came[other])
        ):
            heapq.heappush(self._heap, (-mean, *pair(one, other)))

    def _mean(self, one: str, other: str) -> float:
        """Average likeness of the pairs between two groups; rounded, for sums depend on their order."""
        total, count = self._sums[one][other]
        size = len(self._members[one]) * len(self._members[other])
        return round((total + _STRANGERS * (size - count)) / size, 6)

    def _join(self, name: str, other: str, *, ruled: bool) -> None:
        self._members[name] = tuple(sorted(self._members[name] + self._members.pop(other)))
        self._came[name] = _both(self._came[name], self._came[other])
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

    def _settle(self) -> None:
        """Let stories go to the group they are likest to, one by one in the order of their keys."""
        ruled = {key for link in (*self._same, *self._ruled_apart) for key in link}
        home = {key: name for name, keys in self._members.items() for key in keys}
        near: dict[str, list[str]] = defaultdict(list)
        for one, other in sorted(self._compared):
            near[one].append(other)
            near[other].append(one)
        for _ in range(_ROUNDS):
            went = [key for key in sorted(home) if key not in ruled and self._went(key, home, near[key])]
            if not went:
                break
        groups = defaultdict(list)
        for key in sorted(home):
            groups[home[key]].append(key)
        self._members = {keys[0]: tuple(keys) for keys in groups.values()}

    def _went(self, key: str, home: dict[str, str], near: Sequence[str]) -> bool:
        """Move a story to the group that it is likest to, if that is another; say whether it went."""
        own = home[key]
        names = {own, *(home[other] for other in near)}
        mean = {
            name: self._liking(key, name)
            for name in sorted(names)
            if name == own or not _too_wide(self._alone[key], self._came[name])
        }
        best = max(mean, key=lambda name: (mean[name], name == own, name))
        dense = _dense(len(self._members[best]) + 1)
        alone = self._members[own] == (key,)
        if best == own or alone or mean[best] <= max(max(mean[own], 0.0) + _DRAWN, dense):
            return False
        self._members[own] = tuple(other for other in self._members[own] if other != key)
        self._members[best] = tuple(sorted((*self._members[best], key)))
        self._came[best] = _both(self._came[best], self._alone[key])
        self._came[own] = reduce(_both, (self._alone[other] for other in self._members[own]), None)
        home[key] = best
        return True

    def _liking(self, key: str, name: str) -> float:
        """Average likeness of a story to the others of a group; rounded, for sums depend on their order."""
        others = [self._like(key, other) for other in self._members[name] if other != key]
        return round(math.fsum(others) / (len(others) or 1), 6)

    def _like(self, one: str, other: str) -> float:
        found = self._compared.get(pair(one, other))
        return _STRANGERS if found is None else found.score

    def _tie(self, keys: Sequence[str]) -> tuple[Join, ...]:
        """The pairs, ruled ones first and then the likest, that tie all stories of a group."""
        same = set(self._same)
        pairs = sorted(combinations(keys, 2), key=lambda link: (link not in same, -self._like(*link), link))
        part = {key: {key} for key in keys}
        ties = []
        for one, other in pairs:
            if other not in part[one]:
                both = shared(self._stories[one], self._stories[other])
                ties.append(Join(one, other, self._like(one, other), both, (one, other) in same))
                part[one] |= part[other]
                for key in part[other]:
                    part[key] = part[one]
        return tuple(ties)
