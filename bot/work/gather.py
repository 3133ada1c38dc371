"""Gathering: the events of stories that are new or say something else now."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.core.actions_merge import accounts
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
    record,
)
from bot.store import events, neighbours
from bot.store.database import Session
from bot.store.events import Gathered, Record
from bot.store.neighbours import Neighbour
from bot.work import novelty, threads

_AROUND: Final = timedelta(days=3 * WINDOW_DAYS)
"""A component may reach further than one window, story by story; rulings on it are wanted whole."""

Pair = tuple[Neighbour, Neighbour, bool]


def gather(session: Session, fresh: Mapping[int, Features], now: datetime, *, lang: str = "en") -> None:
    """Find the events of these stories anew, and of those that they touch; others are left alone.

    `fresh` are stories that are stored already, in this writing session.
    """
    if not fresh:
        return
    events.take_turns(session)
    room = _Room(session, fresh, _ruled(session, fresh.values(), now))
    more = room.put_aside()
    events.put_features(session, fresh, unlooked_at=more)
    ids, told_anew = room.ids, [each for world in room.worlds(more) for each in world]
    copies = {ids[one]: ids[other] for each in told_anew for one, other in each.copies.items()}
    told = neighbours.told(session, {ids[key]: key for each in told_anew for key in each.keys}, copies)
    found = [
        _gathered(session, ids, told_of, copies, lang)
        for each in told_anew
        if (told_of := _of(each, ids, told))
    ]
    ids_of = events.regroup(session, found, now)
    events.more_of_one_text(session, more)
    threads.link(
        session, [event for event, made_of in zip(ids_of, found, strict=True) if made_of.tier.flagged]
    )


class _Room:
    """The stories that are gathered, and those that they meet. Each is read once, each pair compared once."""

    def __init__(self, session: Session, fresh: Mapping[int, Features], pairs: Sequence[Pair]) -> None:
        self._session = session
        self._fresh = fresh
        self._pairs = pairs
        self._ruled = _rulings(pairs)
        self._joined = self._ruled.joined
        self._read = dict(fresh)
        self._compare = comparing_once()
        self.ids = {kept.key: story for story, kept in fresh.items()}

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
        """The components of all others, and those that their coming shakes, each grouped anew."""
        reach = Reach(self._near, self._ruled, compare=self._compare)
        stories = [kept for story, kept in sorted(self._fresh.items()) if story not in more]
        new = {kept.key for kept in stories}
        touched: set[str] = set()
        for shaken in (False, True):
            for kept in stories:
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


def leave(session: Session, stories: Collection[int]) -> None:
    """Take stories out of their events: what they say now is of no tier."""
    if stories:
        events.take_turns(session)
        events.leave(session, stories)


def _of(made: Group, ids: Mapping[str, int], told: Mapping[int, Told]) -> list[Told]:
    return [told[ids[key]] for key in made.keys if ids[key] in told]


def _gathered(
    session: Session, ids: Mapping[str, int], told: Sequence[Told], copies: Mapping[int, int], lang: str
) -> Gathered:
    kept = record(told, lang=lang)
    stories = tuple(ids[key] for key in kept.order)
    return Gathered(
        stories=stories,
        headline=kept.headline,
        summary=kept.summary.text,
        tier=kept.tier,
        score=novelty.weighed(session, told, kept),
        record=Record(kept.countries, kept.minerals, kept.actions, accounts(kept.acts, ids)),
        review=kept.review,
        copies={story: copies[story] for story in stories if story in copies},
    )


def _ruled(session: Session, fresh: Collection[Features], now: datetime) -> list[Pair]:
    """What people ruled of stories about as old as these."""
    times = [story.when or now for story in fresh]
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
