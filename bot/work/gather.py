"""Gathering: the events of stories that are new or say something else now."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.core.events import (
    WINDOW_DAYS,
    Features,
    Group,
    Reach,
    Rulings,
    Told,
    block_keys,
    comparing_once,
    group,
    in_order,
    pair,
    put_with,
)
from bot.store import events, neighbours
from bot.store.database import Session
from bot.store.neighbours import Neighbour
from bot.work import threads
from bot.work.telling import told_anew, told_by

_AROUND: Final = timedelta(days=3 * WINDOW_DAYS)
"""A component may reach further than one window, story by story; rulings on it are wanted whole."""

_FEW: Final = 20
"""Stories of an event that lost some; one that keeps more is told by them already."""

Pair = tuple[Neighbour, Neighbour, bool]


def gather(
    session: Session,
    fresh: Mapping[int, Features],
    now: datetime,
    *,
    leaving: Collection[int] = (),
) -> None:
    """Find the events of these stories anew, and of those that they touch; others are left alone.

    `fresh` are stories that are stored already, in this writing session; those that are `leaving` are in
    no event any more, for what they say now is of no tier. Whom either leaves behind is gathered anew too.
    """
    if not fresh and not leaving:
        return
    events.take_turns(session)
    fresh = {**_heirs(session, {*fresh, *leaving}), **fresh}
    left = events.beside(session, {*fresh, *leaving})
    events.leave(session, leaving)
    room = _Room(session, fresh, neighbours.of(session, left), now)
    more = room.put_aside()
    events.put_features(session, fresh, unlooked_at=more)
    ids, groups = room.ids, [each for world in room.worlds(more) for each in world]
    copies = {ids[one]: ids[other] for each in groups for one, other in each.copies.items()}
    told = neighbours.told(session, {ids[key]: key for each in groups for key in each.keys}, copies)
    found = [told_anew(session, ids, told_of, copies) for each in groups if (told_of := _of(each, ids, told))]
    before = set(events.of_stories(session, told).values())
    ids_of = events.regroup(session, found, now, changed=fresh)
    # Of those that lost stories to others and were not met whole; who keeps more is told by them already.
    shrunk = events.left_in(session, before.difference(ids_of)).values()
    left_behind = told_by(session, [stories for stories in shrunk if len(stories) <= _FEW])
    ids_of += events.regroup(session, left_behind, now) if left_behind else []
    found += left_behind
    events.more_of_one_text(session, more)
    threads.link(
        session, [event for event, made_of in zip(ids_of, found, strict=True) if made_of.tier.flagged]
    )


class _Room:
    """The stories that are gathered, and those that they meet. Each is read once, each pair compared once."""

    def __init__(
        self, session: Session, fresh: Mapping[int, Features], left: Sequence[Neighbour], now: datetime
    ) -> None:
        self._session = session
        self._fresh = fresh
        self._left = {one.story: one.features for one in left}
        self._read = {**self._left, **fresh}
        self._pairs = _ruled(session, self._read.values(), now)
        self._ruled = _rulings(self._pairs)
        self._joined = self._ruled.joined
        self._compare = comparing_once()
        self.ids = {kept.key: story for story, kept in self._read.items()}

    def put_aside(self) -> dict[int, int]:
        """The fresh stories of whose text there are enough, each with the one that it is put with.

        To be asked before they are stored: together they would hide those that were looked at before.
        """
        more: dict[int, int] = {}
        mine = {story.key for story in self._fresh.values()}
        looked_at: dict[str, dict[str, Features]] = defaultdict(dict)  # of the fresh ones, by block key
        for story in in_order(self._fresh.values()):
            near = {other.key: other for other in self._near(story) if other.key not in mine}
            near |= {key: other for held in block_keys(story) for key, other in looked_at[held].items()}
            copies = [other for other in near.values() if self._compare(story, other).copy]
            text = put_with(story, copies, self._ruled.apart) if story.key not in self._joined else None
            if text is None:
                for held in block_keys(story):
                    looked_at[held][story.key] = story
            else:
                more[self.ids[story.key]] = self.ids[text.key]
        return more

    def worlds(self, more: Collection[int]) -> Iterator[tuple[Group, ...]]:
        """The components of all others, of whom they left, and those that they shake; each grouped anew."""
        reach = Reach(self._near, self._ruled, compare=self._compare)
        stories = [kept for story, kept in sorted(self._fresh.items()) if story not in more]
        new = {kept.key for kept in stories}
        touched: set[str] = set()
        for shaken in (False, True):
            for kept in stories if shaken else (*stories, *self._left.values()):
                for story in reach.shaken(kept, new) if shaken else [kept]:
                    if story.key not in touched:
                        world = reach.component(story)
                        touched |= {each.key for each in world}
                        yield group(world, self._ruled, compare=self._compare)

    def _near(self, story: Features) -> list[Features]:
        number = self.ids[story.key]
        found = neighbours.neighbours(self._session, story, self._read, number=number)
        self._read.update({one.story: one.features for one in found})
        # People may have joined what shares no key.
        found += [
            b if a.features.key == story.key else a
            for a, b, same in self._pairs
            if same and story.key in _keys(a, b)
        ]
        self.ids.update({one.features.key: one.story for one in found})
        return [one.features for one in found]


def _heirs(session: Session, texts: Collection[int]) -> dict[int, Features]:
    """Of those that were put, unlooked at, with one of these stories the first: now it is looked at.

    The others are put with it, for nobody knows whether the story still says what they say.
    """
    put: dict[int, list[int]] = defaultdict(list)
    for story, text in events.put_with(session, texts).items():
        if story not in texts:
            put[text].append(story)
    found = {one.story: one.features for one in neighbours.of(session, [first for first, *_ in put.values()])}
    events.more_of_one_text(
        session, {story: first for first, *others in put.values() if first in found for story in others}
    )
    return found


def _of(made: Group, ids: Mapping[str, int], told: Mapping[int, Told]) -> list[Told]:
    return [told[ids[key]] for key in made.keys if ids[key] in told]


def _ruled(session: Session, stories: Collection[Features], now: datetime) -> list[Pair]:
    """What people ruled of stories about as old as these."""
    times = [story.when or now for story in stories] or [now]
    return neighbours.ruled(session, min(times) - _AROUND, max(times) + _AROUND)


def _rulings(pairs: Sequence[Pair]) -> Rulings:
    """What people ruled, by the keys that grouping knows."""
    ruled = [(pair(a.features.key, b.features.key), same) for a, b, same in pairs]
    return Rulings(
        same=frozenset(both for both, same in ruled if same),
        apart=frozenset(both for both, same in ruled if not same),
    )


def _keys(a: Neighbour, b: Neighbour) -> tuple[str, str]:
    return a.features.key, b.features.key
