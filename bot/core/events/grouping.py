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

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from bot.core.events.features import SHARED_KEYS, Features, block_keys
from bot.core.events.joining import Join, Joining, Pair, pair
from bot.core.events.likeness import Likeness, likeness

LINKED: Final = 0.5
"""Two stories as like as this may be of one event; only stories that such pairs connect are."""

MOST_TOGETHER: Final = 300
"""A component of more stories than this is taken apart: only pairs that are the liker connect, by as many
`_STEPS` as it takes. So news of one subject without end cannot make a component that takes seconds to group.
Which stories a component holds still follows from the stories alone; but where a component grows past this
with a new story, the events of stories that are no longer connected to it stay as they were."""

_STEPS: Final = tuple(LINKED + step for step in range(6))  # the last is below what copies come to: they stay

_NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Rulings:
    """What people said of pairs of stories: it stands above every score. "Not the same" beats "the same"."""

    same: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()


NO_RULINGS: Final = Rulings()

Compare = Callable[[Features, Features], Likeness]
"""How like two stories are; the same whichever is named first."""


@dataclass(frozen=True, slots=True)
class Group:
    """The stories of one event."""

    keys: tuple[str, ...]  # sorted
    component: str  # the smallest key of the stories that could have been joined
    copies: Mapping[str, str] = field(default_factory=dict)  # key -> key of the story whose text it repeats
    joins: tuple[Join, ...] = ()


def group(
    stories: Iterable[Features],
    ruled: Rulings = NO_RULINGS,
    *,
    compare: Compare = likeness,
) -> tuple[Group, ...]:
    """Group stories by the happening they report; sorted by their smallest key.

    `compare` is another where weights are tried out, or where it is known already how like some of the
    stories are (`comparing_once`). Raises ValueError when two stories have one key.
    """
    known: dict[str, Features] = {}
    for story in stories:
        if story.key in known:
            raise ValueError(f"two stories have the key {story.key!r}")
        known[story.key] = story
    compared = _candidates(known, compare)
    asked = [link for link in sorted(ruled.same) if link[0] in known and link[1] in known]
    for one, other in asked:
        compared[one, other] = compare(known[one], known[other])
    inside: dict[str, dict[Pair, Likeness]] = defaultdict(dict)
    links = {link: found.score for link, found in compared.items() if found.score > LINKED}
    components = _components(sorted(known), links | dict.fromkeys(asked, math.inf))
    home = {key: component[0] for component in components for key in component}
    for link, found in compared.items():
        if home[link[0]] == home[link[1]]:
            inside[home[link[0]]][link] = found
    groups: list[Group] = []
    for component in components:
        members = [known[key] for key in component]
        joined = Joining(members, inside[component[0]], apart=ruled.apart, same=ruled.same).run()
        for keys, joins in joined:
            copies = _copies([known[key] for key in keys], compared)
            groups.append(Group(keys, component[0], copies, joins))
    return tuple(sorted(groups, key=lambda made: made.keys))


def _copies(stories: Sequence[Features], compared: Mapping[Pair, Likeness]) -> dict[str, str]:
    """Which story repeats which: every copy names the earliest of its text (then the smallest key)."""
    order = sorted(stories, key=lambda story: (story.when is None, story.when or _NEVER, story.key))
    original: dict[str, str] = {}
    for at, story in enumerate(order):
        for before in order[:at]:
            found = compared.get(pair(before.key, story.key))
            if before.key not in original and found is not None and found.copy:
                original[story.key] = before.key
                break
    return original


def comparing_once() -> Compare:
    """`likeness` for stories that are compared again and again: each pair of keys is looked at once."""
    known: dict[Pair, Likeness] = {}

    def compare(one: Features, other: Features) -> Likeness:
        link = pair(one.key, other.key)
        found = known.get(link)
        if found is None:
            found = known[link] = likeness(one, other)
        return found

    return compare


def component_of(
    story: Features,
    neighbours: Callable[[Features], Iterable[Features]],
    ruled: Rulings = NO_RULINGS,
    *,
    compare: Compare = likeness,
) -> tuple[Features, ...]:
    """The stories that must be grouped anew when `story` comes: its component, itself included, by key.

    `neighbours` gives the stored stories that share at least `SHARED_KEYS` block keys with a story and came
    within `WINDOW_DAYS` of it, and those that people ruled to be one with it; more do no harm. It is asked
    once for every story of the component.
    """
    near: dict[str, list[tuple[float, Features]]] = {}

    def linked(one: Features) -> list[tuple[float, Features]]:
        if one.key not in near:
            near[one.key] = [(_link(one, other, ruled, compare), other) for other in neighbours(one)]
        return near[one.key]

    reached = {story.key: story}
    for step in _STEPS:
        reached = {story.key: story}
        waiting = [story]
        while waiting and (len(reached) <= MOST_TOGETHER or step == _STEPS[-1]):
            for score, other in linked(waiting.pop()):
                if other.key not in reached and score > step:
                    reached[other.key] = other
                    waiting.append(other)
        if len(reached) <= MOST_TOGETHER:
            break
    return tuple(reached[key] for key in sorted(reached))


def _link(one: Features, other: Features, ruled: Rulings, compare: Compare) -> float:
    """How strongly two stories are connected; -inf: they are not to be compared."""
    if pair(one.key, other.key) in ruled.same:
        return math.inf
    return compare(one, other).score if _near(one, other) else -math.inf


def _near(one: Features, other: Features) -> bool:
    return len(block_keys(one) & block_keys(other)) >= SHARED_KEYS


def _candidates(known: Mapping[str, Features], compare: Compare) -> dict[Pair, Likeness]:
    """The pairs that share `SHARED_KEYS` of their block keys, compared."""
    holders: dict[str, list[str]] = defaultdict(list)
    for key in sorted(known):
        for term in block_keys(known[key]):
            holders[term].append(key)
    compared: dict[Pair, Likeness] = {}
    for key in sorted(known):
        shared = Counter(other for term in block_keys(known[key]) for other in holders[term] if other > key)
        for other in sorted(other for other, count in shared.items() if count >= SHARED_KEYS):
            compared[key, other] = compare(known[key], known[other])
    return compared


def _components(keys: Sequence[str], links: Mapping[Pair, float]) -> list[list[str]]:
    """The keys that are linked, directly or through others, `MOST_TOGETHER` at most; both levels sorted."""
    found: list[list[str]] = []
    waiting = [(0, part) for part in _connected(keys, links)]
    while waiting:
        step, part = waiting.pop()
        if len(part) <= MOST_TOGETHER or step + 1 == len(_STEPS):
            found.append(part)
            continue
        held = set(part)
        liker = [link for link, score in links.items() if score > _STEPS[step + 1] and link[0] in held]
        waiting += [(step + 1, less) for less in _connected(part, liker)]
    return sorted(found)


def _connected(keys: Sequence[str], links: Iterable[Pair]) -> list[list[str]]:
    root = {key: key for key in keys}

    def find(key: str) -> str:
        while root[key] != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    for one, other in links:
        low, high = sorted((find(one), find(other)))
        root[high] = low
    members = defaultdict(list)
    for key in sorted(keys):
        members[find(key)].append(key)
    return sorted(members.values())
