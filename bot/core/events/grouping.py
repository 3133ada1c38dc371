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

_NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Rulings:
    """What people said of pairs of stories: it stands above every score. "Not the same" beats "the same"."""

    same: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()


NO_RULINGS: Final = Rulings()


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
    compared = _candidates(known)
    asked = [link for link in sorted(ruled.same) if link[0] in known and link[1] in known]
    for one, other in asked:
        compared[one, other] = likeness(known[one], known[other])
    links = [link for link, found in compared.items() if found.score > LINKED]
    inside: dict[str, dict[Pair, Likeness]] = defaultdict(dict)
    components = _components(known, [*links, *asked])
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
    return _near(one, other) and likeness(one, other).score > LINKED


def _near(one: Features, other: Features) -> bool:
    return len(block_keys(one) & block_keys(other)) >= SHARED_KEYS


def _candidates(known: Mapping[str, Features]) -> dict[Pair, Likeness]:
    """The pairs that share `SHARED_KEYS` of their block keys, compared."""
    holders: dict[str, list[str]] = defaultdict(list)
    for key in sorted(known):
        for term in block_keys(known[key]):
            holders[term].append(key)
    compared: dict[Pair, Likeness] = {}
    for key in sorted(known):
        shared = Counter(other for term in block_keys(known[key]) for other in holders[term] if other > key)
        for other in sorted(other for other, count in shared.items() if count >= SHARED_KEYS):
            compared[key, other] = likeness(known[key], known[other])
    return compared


def _components(known: Mapping[str, Features], links: Iterable[Pair]) -> list[list[str]]:
    """The keys of stories that are linked, directly or through others; both levels sorted."""
    root = {key: key for key in known}

    def find(key: str) -> str:
        while root[key] != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    for one, other in links:
        low, high = sorted((find(one), find(other)))
        root[high] = low
    members = defaultdict(list)
    for key in sorted(known):
        members[find(key)].append(key)
    return sorted(members.values())
