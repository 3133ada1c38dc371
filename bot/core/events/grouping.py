"""Stories into events: which stories report one happening.

Pairs that share rare terms are compared (`likeness`); the pairs that are alike make a graph, and inside
each of its components stories are joined two and two, the likest first, as long as the groups are alike
*on average*: a chain (A like B, B like C, A unlike C) does not hold together. Nothing depends on the
order of the stories, for every tie is broken by their keys.

A component is a world of its own: stories of different components never meet. So

    group(all) == group(stories of untouched components) + group(stories of touched ones, with the new)

where the touched component is what `component_of` reaches from a new story, asking only for the stories that
share `SHARED_KEYS` of its `block_keys` within `WINDOW_DAYS`. A new story costs a few look-ups and one small
regrouping, however many stories there are. (Stories whose time is not known are neighbours of all times.)
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from bot.core.events.features import SHARED_KEYS, Features, block_keys
from bot.core.events.likeness import Likeness, likeness

Pair = tuple[str, str]  # of keys, the smaller first


def pair(one: str, other: str) -> Pair:
    """Two keys in their one order."""
    return (one, other) if one <= other else (other, one)


@dataclass(frozen=True, slots=True)
class Rulings:
    """What people said of pairs of stories: it stands above every score. "Not the same" beats "the same"."""

    same: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()


NO_RULINGS: Final = Rulings()


@dataclass(frozen=True, slots=True)
class Join:
    """Why two stories stand in one event: the likest pair of the two groups that were joined."""

    one: str
    other: str
    score: float  # of the groups on average; above zero
    shared: tuple[str, ...]  # terms, heaviest first
    ruled: bool = False  # a person said so


@dataclass(frozen=True, slots=True)
class Group:
    """The stories of one event."""

    keys: tuple[str, ...]  # sorted
    component: str  # the smallest key of the stories that could have been joined
    copies: Mapping[str, str] = field(default_factory=dict)  # key -> key of the story whose text it repeats
    joins: tuple[Join, ...] = ()


def group(stories: Iterable[Features], ruled: Rulings = NO_RULINGS) -> tuple[Group, ...]:
    """Group stories by the happening they report; sorted by their smallest key.

    Raises ValueError when two stories have one key.
    """
    known: dict[str, Features] = {}
    for story in stories:
        if story.key in known:
            raise ValueError(f"two stories have the key {story.key!r}")
        known[story.key] = story
    groups: list[Group] = []
    for component in _components(known, ruled):
        groups += _Component([known[key] for key in component], ruled).groups()
    return tuple(sorted(groups, key=lambda made: made.keys))


def component_of(
    story: Features, neighbours: Callable[[Features], Iterable[Features]], ruled: Rulings = NO_RULINGS
) -> tuple[Features, ...]:
    """The stories that must be grouped anew when `story` comes: its component, itself included, by key.

    `neighbours` gives the stored stories that share at least `SHARED_KEYS` block keys with a story and came
    within `WINDOW_DAYS` of it, and those that people ruled to be one with it; more do no harm. It is asked
    once for every story of the component.
    """
    reached = {story.key: story}
    waiting = [story]
    while waiting:
        at = waiting.pop()
        for other in neighbours(at):
            if other.key not in reached and _linked(at, other, ruled):
                reached[other.key] = other
                waiting.append(other)
    return tuple(reached[key] for key in sorted(reached))


def _linked(one: Features, other: Features, ruled: Rulings) -> bool:
    """Whether two stories belong to one component."""
    if pair(one.key, other.key) in ruled.same:
        return True
    return len(block_keys(one) & block_keys(other)) >= SHARED_KEYS and likeness(one, other).score > 0


def _components(known: Mapping[str, Features], ruled: Rulings) -> list[list[str]]:
    """The keys of stories that are linked, directly or through others; both levels sorted."""
    root = {key: key for key in known}

    def find(key: str) -> str:
        while root[key] != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    links = [
        link
        for link in _candidates(known) | ruled.same
        if link[0] in known and link[1] in known and _linked(known[link[0]], known[link[1]], ruled)
    ]
    for one, other in links:
        low, high = sorted((find(one), find(other)))
        root[high] = low
    members = defaultdict(list)
    for key in sorted(known):
        members[find(key)].append(key)
    return sorted(members.values())


def _candidates(known: Mapping[str, Features]) -> set[Pair]:
    """The pairs that share `SHARED_KEYS` of their block keys."""
    holders: dict[str, list[str]] = defaultdict(list)
    for key in sorted(known):
        for term in block_keys(known[key]):
            holders[term].append(key)
    shared: dict[Pair, int] = defaultdict(int)
    for keys in holders.values():
        for together in combinations(keys, 2):
            shared[together] += 1
    return {together for together, count in shared.items() if count >= SHARED_KEYS}


class _Component:
    """Average-link joining inside one component."""

    def __init__(self, stories: list[Features], ruled: Rulings) -> None:
        self.stories = stories
        self.ruled = ruled
        self.likes: dict[Pair, Likeness] = {
            pair(one.key, other.key): likeness(one, other) for one, other in combinations(stories, 2)
        }
        self.members: dict[str, tuple[str, ...]] = {story.key: (story.key,) for story in stories}
        self.joins: dict[str, list[Join]] = {story.key: [] for story in stories}
        self.sums: dict[Pair, float] = {together: found.score for together, found in self.likes.items()}
        self.barred: set[Pair] = {together for together in ruled.apart if together in self.sums}

    def groups(self) -> list[Group]:
        """Join as long as two groups are alike on average, the likest first."""
        for together in sorted(self.ruled.same):
            heads = [head for key in together for head, keys in self.members.items() if key in keys]
            if len(set(heads)) == 2 and pair(*heads) not in self.barred:
                self._join(*pair(*heads), ruled=True)
        while (best := self._likest()) is not None:
            self._join(*best)
        component = self.stories[0].key
        return [
            Group(keys, component, self._copies(keys), tuple(self.joins[head]))
            for head, keys in self.members.items()
        ]

    def _likest(self) -> Pair | None:
        best, highest = None, 0.0
        for together in sorted(self.sums):
            mean = self._mean(together)
            if mean > highest and together not in self.barred:
                best, highest = together, mean
        return best

    def _mean(self, together: Pair) -> float:
        return self.sums[together] / (len(self.members[together[0]]) * len(self.members[together[1]]))

    def _join(self, head: str, other: str, *, ruled: bool = False) -> None:
        likest = max(
            (pair(one, two) for one in self.members[head] for two in self.members[other]),
            key=lambda together: (self.likes[together].score, together),
        )
        why = Join(*likest, round(self._mean((head, other)), 3), self.likes[likest].shared, ruled)
        self.joins[head] += [*self.joins.pop(other), why]
        self.members[head] = tuple(sorted(self.members[head] + self.members.pop(other)))
        del self.sums[head, other]
        for third in self.members:
            if third != head:
                self.sums[pair(head, third)] += self.sums.pop(pair(other, third))
                if pair(other, third) in self.barred:
                    self.barred.add(pair(head, third))

    def _copies(self, keys: tuple[str, ...]) -> dict[str, str]:
        """Which story repeats which: every copy names the earliest of its text (then the smallest key)."""
        order = sorted(keys, key=self._earliest)
        original: dict[str, str] = {}
        for at, key in enumerate(order):
            for before in order[:at]:
                if before not in original and self.likes[pair(before, key)].copy:
                    original[key] = before
                    break
        return original

    def _earliest(self, key: str) -> tuple[bool, str, str]:
        when = next(story.when for story in self.stories if story.key == key)
        return (when is None, when.isoformat() if when else "", key)
