"""What bounds the work where very many stories are alike: a site that repeats itself, a hostile feed.

Three rules, none of which is met on an ordinary day. A key that very many stories have leads only to the
`NEAREST` of them. Of one text `OF_ONE_TEXT` stories are looked at, and more are put with them. And stories
that hang together past `MOST_TOGETHER` are taken apart, step by step. So a story costs a bounded number of
comparisons, however many there are and whatever they say.

All of them follow from the stories alone: their order is that of time, then of keys. (A store that is given
them one by one lets those of one second stand in the order they came in, and looks at those of a text that
came first; and two stories between which others come to stand are not parted for that.)
"""

import math
import zlib
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from bot.core.events.features import SHARED_KEYS, Features, block_keys
from bot.core.events.joining import Pair, Rulings, pair
from bot.core.events.likeness import Likeness

NEAREST: Final = 60
"""Of the holders of a block key so many before a story and so many after it, by time, find it by that key.
The others find it by the rarer keys that they share."""

OF_ONE_TEXT: Final = 20
"""So many stories of one text are compared with others. What comes to more is put with them, unlooked at."""

LINKED: Final = 0.5
"""Two stories as like as this may be of one event; only stories that such pairs connect are."""

MOST_TOGETHER: Final = 100
"""A component of more stories than this is taken apart: only pairs that are the liker connect, by as many
`STEPS` as it takes; and where nothing is liker, as with a chain of copies, only those that fall into one of
two parts, of four, of eight. So news of one subject without end cannot make a component that takes seconds to
group. Which stories a component holds still follows from the stories alone; where one grows past this with a
new story, all of its parts are grouped anew (`Reach.shaken`)."""

_NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)
_MOST_PARTS: Final = 20  # in powers of two

Compare = Callable[[Features, Features], Likeness]
"""How like two stories are; the same whichever is named first."""


@dataclass(frozen=True, slots=True)
class Step:
    """What connects two stories: they are liker than `line`, and fall into one of `2 ** halved` parts."""

    line: float
    halved: int = 0

    def joins(self, one: str, other: str, score: float) -> bool:
        """Whether two stories, by their keys, are connected; infinitely like are those that people joined."""
        return score > self.line and (score == math.inf or self._part(one) == self._part(other))

    def _part(self, key: str) -> int:
        return zlib.crc32(key.encode("utf-8", "replace")) & ((1 << self.halved) - 1) if self.halved else 0


STEPS: Final = (
    *(Step(LINKED + liker) for liker in range(6)),  # the last line is below what copies come to
    *(Step(LINKED + 5, halved) for halved in range(1, _MOST_PARTS)),
)


@dataclass(frozen=True, slots=True)
class Met:
    """Stories that were looked at, as far as any shares enough with another."""

    compared: Mapping[Pair, Likeness]
    more: Mapping[str, str]  # key -> key of the story whose text it has, like `OF_ONE_TEXT` others


def in_order(stories: Iterable[Features]) -> list[Features]:
    """Stories by the moment they count for, those without one last; then by key."""
    return sorted(stories, key=lambda story: (story.when is None, story.when or _NEVER, story.key))


def meet(stories: Iterable[Features], compare: Compare, ruled: Rulings, *, put_aside: bool = True) -> Met:
    """Compare the stories that share `SHARED_KEYS` block keys, near enough among the holders of these.

    `put_aside`: those that are more of one text.
    """
    known = {story.key: story for story in in_order(stories)}
    holders: defaultdict[str, deque[str]] = defaultdict(lambda: deque(maxlen=NEAREST))
    compared: dict[Pair, Likeness] = {}
    more: dict[str, str] = {}
    joined = ruled.joined
    for story in known.values():
        shared = Counter(other for key in block_keys(story) for other in holders[key])
        found = {other: compare(known[other], story) for other in shared if shared[other] >= SHARED_KEYS}
        copies = [known[other] for other, likeness in found.items() if likeness.copy]
        wanted = not put_aside or story.key in joined
        text = None if wanted else put_with(story, copies, ruled.apart)
        if text is not None:
            more[story.key] = text.key
            continue
        compared.update((pair(other, story.key), likeness) for other, likeness in found.items())
        for key in block_keys(story):
            holders[key].append(story.key)
    return Met(compared, more)


def put_with(story: Features, copies: Iterable[Features], apart: Collection[Pair]) -> Features | None:
    """The earliest of these, which say what a story says; None: they are so few that it is looked at too.

    `apart` are pairs that people ruled to be two events: one that they took out of the others is not the one.
    """
    same = in_order(other for other in copies if pair(story.key, other.key) not in apart)
    if len(same) < OF_ONE_TEXT:
        return None
    return min(same, key=lambda one: sum(pair(one.key, other.key) in apart for other in same))


def components(keys: Collection[str], links: Mapping[Pair, float]) -> list[list[str]]:
    """The keys that are linked, directly or through others, `MOST_TOGETHER` at most; both levels sorted."""
    found: list[list[str]] = []
    waiting = [(0, sorted(keys), links)]
    while waiting:
        step, part, inside = waiting.pop()
        joined = {link: score for link, score in inside.items() if STEPS[step].joins(*link, score)}
        of_part: dict[str, dict[Pair, float]] = defaultdict(dict)
        parts = _connected(part, joined)
        home = {key: keys[0] for keys in parts for key in keys}
        for link, score in joined.items():
            of_part[home[link[0]]][link] = score
        for less in parts:
            if len(less) <= MOST_TOGETHER or step + 1 == len(STEPS):
                found.append(less)
            else:
                waiting.append((step + 1, less, of_part[less[0]]))
    return sorted(found)


def _connected(keys: Iterable[str], links: Iterable[Pair]) -> list[list[str]]:
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
    for key in sorted(root):
        members[find(key)].append(key)
    return sorted(members.values())
