"""Stories into events: which stories report one happening.

Pairs that share rare terms are compared (`likeness`); the pairs that are alike make a graph, and inside
each of its components stories are joined two and two, the likest first, as long as the groups are alike
*on average*: a chain (A like B, B like C, A unlike C) does not hold together. Nothing depends on the
order of the stories, for every tie is broken by their keys. What bounds the work is in `crowds`.

A component is a world of its own: stories of different components never meet. So

    group(all) == group(stories of untouched components) + group(stories of touched ones, with the new)

where the touched components are what `reach` finds from a new story, asking only for the stories that share
`SHARED_KEYS` of its `block_keys` within `WINDOW_DAYS`. A new story costs a few look-ups and one small
regrouping, however many stories there are. (Stories whose time is not known are neighbours of all times.)
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.events.crowds import LINKED, Compare, components, in_order, meet
from bot.core.events.features import Features
from bot.core.events.joining import NO_RULINGS, Join, Joining, Pair, Rulings, pair
from bot.core.events.likeness import LIKEST, Likeness, likeness, shared


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
    met = meet(known.values(), compare, ruled)
    asked = [link for link in sorted(ruled.same) if link[0] in known and link[1] in known]
    compared = dict(met.compared) | {(one, other): compare(known[one], known[other]) for one, other in asked}

    def known_already(one: Features, other: Features) -> Likeness:
        return compared.get(pair(one.key, other.key)) or compare(one, other)

    links = {link: found.score for link, found in compared.items() if found.score > LINKED}
    worlds = components(known.keys() - met.more.keys(), links | dict.fromkeys(asked, math.inf))
    home = {key: world[0] for world in worlds for key in world}
    same, apart = _by_home(ruled.same, home), _by_home(ruled.apart, home)
    more: dict[str, list[str]] = defaultdict(list)
    for key, text in sorted(met.more.items()):
        more[text].append(key)
    groups: list[Group] = []
    for first, *others in worlds:
        members = [known[key] for key in (first, *others)]
        # Nearest among themselves: what else stands between them has no part in it.
        near = meet(members, known_already, ruled, put_aside=False).compared if others else {}
        near = dict(near) | {link: compared[link] for link in same[first] if link in compared}
        for keys, joins in Joining(members, near, apart=apart[first], same=same[first]).run():
            made = Group(keys, first, _copies([known[key] for key in keys], near), joins)
            groups.append(_with(made, [(key, text) for text in keys for key in more[text]], known))
    return tuple(sorted(groups, key=lambda made: made.keys))


def _by_home(said: Iterable[Pair], home: Mapping[str, str]) -> defaultdict[str, set[Pair]]:
    """What was said of pairs, by the component that either story is in."""
    found: defaultdict[str, set[Pair]] = defaultdict(set)
    for link in said:
        for key in link:
            if key in home:
                found[home[key]].add(link)
    return found


def _with(made: Group, more: Sequence[tuple[str, str]], known: Mapping[str, Features]) -> Group:
    """A group with more stories of texts that it has already."""
    if not more:
        return made
    keys = tuple(sorted((*made.keys, *(key for key, _ in more))))
    copies = {**made.copies, **{key: made.copies.get(text, text) for key, text in more}}
    joins = [Join(*pair(key, text), LIKEST, shared(known[key], known[text])) for key, text in more]
    return Group(keys, min(made.component, keys[0]), copies, (*made.joins, *joins))


def _copies(stories: Iterable[Features], compared: Mapping[Pair, Likeness]) -> dict[str, str]:
    """Which story repeats which: every copy names the earliest of its text (then the smallest key)."""
    originals: list[str] = []
    repeats: dict[str, str] = {}
    for story in in_order(stories):
        for before in originals:
            found = compared.get(pair(before, story.key))
            if found is not None and found.copy:
                repeats[story.key] = before
                break
        else:
            originals.append(story.key)
    return repeats


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
