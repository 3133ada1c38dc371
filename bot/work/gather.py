"""Gathering: the events of stories that are new or say something else now."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.core.actions_merge import accounts
from bot.core.events import (
    WINDOW_DAYS,
    Features,
    Group,
    Rulings,
    Told,
    comparing_once,
    component_of,
    group,
    pair,
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
    events.put_features(session, fresh)
    ids = {kept.key: story for story, kept in fresh.items()}
    read = dict(fresh)
    pairs = _ruled(session, fresh.values(), now)
    ruled = _rulings(pairs)

    def near(story: Features) -> list[Features]:
        found = neighbours.neighbours(session, story, read)
        read.update({one.story: one.features for one in found})
        # People may have joined what shares no key.
        found += [
            b if a.features.key == story.key else a
            for a, b, same in pairs
            if same and story.key in _keys(a, b)
        ]
        ids.update({one.features.key: one.story for one in found})
        return [one.features for one in found]

    compare = comparing_once()
    touched: dict[str, Features] = {}
    for key in sorted(kept.key for kept in fresh.values()):
        if key not in touched:
            touched |= {
                story.key: story for story in component_of(fresh[ids[key]], near, ruled, compare=compare)
            }
    made = group(touched.values(), ruled, compare=compare)
    copies = {ids[one]: ids[other] for each in made for one, other in each.copies.items()}
    told = neighbours.told(session, {ids[key]: key for key in touched}, copies)
    found = [
        _gathered(session, ids, told_of, copies, lang) for each in made if (told_of := _of(each, ids, told))
    ]
    ids_of = events.regroup(session, found, now)
    threads.link(
        session, [event for event, made_of in zip(ids_of, found, strict=True) if made_of.tier.flagged]
    )


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
