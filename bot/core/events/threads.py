"""Threads: which earlier event an event follows, over months.

A memorandum is announced, signed, ratified and then financed; a visit brings agreements. Each is an event
of its own. An event follows an earlier one when both are of the same states and minerals, when they share
what is rare (names, bodies, places, numbers), and when the one act comes after the other in the way of such
things.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.core.events.cities import cities_of
from bot.core.events.terms import DAY, REMARK, ROUND, TURN, WORD
from bot.core.words import Instrument, Stage

LONGEST: Final = timedelta(days=550)
"""An event that comes later than this after another begins a thread of its own."""

_LINE: Final = 0.18  # of likeness by rare terms: below it two events are of one kind, not of one thread
_SAME_ACT: Final = 0.6  # the line for events whose acts follow each other is lower by this factor
_MOST_TERMS: Final = 40
_NOBODYS: Final = (WORD, REMARK, ROUND, TURN)  # terms of these kinds are of many events
_ENOUGH: Final = 2  # terms that two events share; one alone must be a day, or what both are about,
_ABOUT: Final = 2.0  # by its weight in each

# The way from a word to a deed; acts further on follow acts before.
_WAY: Final = (
    (Instrument.STATEMENT, Instrument.APPOINTMENT, Instrument.OTHER),
    (Instrument.VISIT, Instrument.SUMMIT, Instrument.LIST, Instrument.STRATEGY, Instrument.DISCOVERY),
    (Instrument.MOU, Instrument.TENDER),
    (Instrument.AGREEMENT, Instrument.TREATY, Instrument.LAW, Instrument.JOINT_VENTURE, Instrument.LICENCE,
     Instrument.STAKE_SALE, Instrument.NATIONALISATION, Instrument.TARIFF, Instrument.EXPORT_CONTROL,
     Instrument.SANCTIONS),
    (Instrument.FINANCING, Instrument.INVESTMENT, Instrument.OFFTAKE, Instrument.SUBSIDY,
     Instrument.STOCKPILE, Instrument.COURT),
    (Instrument.INFRASTRUCTURE, Instrument.PRODUCTION),
)  # fmt: skip
_STEP: Final = {act: step for step, acts in enumerate(_WAY) for act in acts}
_STAGES: Final = (
    Stage.NONE, Stage.PROPOSED, Stage.NEGOTIATED, Stage.ANNOUNCED, Stage.SIGNED, Stage.RATIFIED,
    Stage.IN_FORCE, Stage.SUSPENDED, Stage.ENDED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Knot:
    """An event as threads see it."""

    id: int
    at: datetime  # when it was first reported; aware
    countries: tuple[str, ...]
    minerals: tuple[str, ...]
    instrument: Instrument | None
    stage: Stage
    terms: Mapping[str, float]  # see `knot_terms`


@dataclass(frozen=True, slots=True)
class Follows:
    """`later` follows `earlier`, and why."""

    earlier: int
    later: int
    score: float
    why: str


def knot_terms(stories: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """What an event is known by: the heaviest terms of its stories, those of several stories heavier.

    A city of meetings is not among them: what was signed in Samarkand follows no summit held there. `stories`
    are the terms of each. Sums depend on their order.
    """
    total: dict[str, float] = {}
    count = 0
    for story in stories:
        count += 1
        for term, weight in story.items():
            if term[0] not in _NOBODYS and not cities_of((term,)):
                total[term] = total.get(term, 0.0) + weight
    heaviest = sorted(total.items(), key=lambda item: (-item[1], item[0]))[:_MOST_TERMS]
    return {term: round(weight / max(count, 1), 3) for term, weight in heaviest}


def threads(events: Iterable[Knot]) -> tuple[Follows, ...]:
    """Link each event to the one that it follows, at most one; sorted by the later."""
    ordered = sorted(events, key=lambda event: (event.at, event.id))
    found = (follows(event, ordered[:place]) for place, event in enumerate(ordered))
    return tuple(sorted((link for link in found if link), key=lambda link: link.later))


def follows(event: Knot, earlier: Iterable[Knot]) -> Follows | None:
    """The event that `event` follows, of those before it; None: it begins something.

    Of events of one moment none follows another: nothing says which was first.
    """
    best: Follows | None = None
    for before in sorted(earlier, key=lambda knot: (-knot.at.timestamp(), knot.id)):
        if before.id == event.id or not timedelta(0) < event.at - before.at <= LONGEST:
            continue
        score, why = _follows(before, event)
        if score > 0 and (best is None or score > best.score):
            best = Follows(before.id, event.id, round(score, 3), why)
    return best


def _follows(before: Knot, event: Knot) -> tuple[float, str]:
    """How surely one event follows another (above zero: it does), and what says so."""
    if not set(before.countries) & set(event.countries) and (before.countries or event.countries):
        return 0.0, ""
    minerals = set(before.minerals) & set(event.minerals)
    if before.minerals and event.minerals and not minerals:
        return 0.0, ""
    shared = sorted(
        before.terms.keys() & event.terms.keys(), key=lambda t: (-before.terms[t] * event.terms[t], t)
    )
    if len(shared) < _ENOUGH and not any(
        term[0] == DAY or min(before.terms[term], event.terms[term]) >= _ABOUT for term in shared
    ):
        return 0.0, ""
    like = sum(before.terms[term] * event.terms[term] for term in shared)
    like /= _norm(before.terms) * _norm(event.terms) or 1.0
    onward = _onward(before, event)
    if onward < 0:
        return 0.0, ""
    line = _LINE * (_SAME_ACT if onward else 1.0)
    acts = f"{_said(before)}, then {_said(event)}"
    return like - line, acts


def _onward(before: Knot, event: Knot) -> int:
    """1: the later act is the next step of the earlier; 0: it need not be; -1: it cannot be."""
    if before.instrument is None or event.instrument is None:
        return 0
    if before.instrument is event.instrument:
        step = _STAGES.index(event.stage) - _STAGES.index(before.stage)
        return 1 if step > 0 else 0
    return 1 if _STEP[event.instrument] > _STEP[before.instrument] else 0


def _said(knot: Knot) -> str:
    if knot.instrument is None:
        return "an event"
    return f"{knot.instrument} {knot.stage}" if knot.stage is not Stage.NONE else str(knot.instrument)


def _norm(terms: Mapping[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in terms.values()))


def chains(links: Iterable[Follows]) -> tuple[tuple[int, ...], ...]:
    """The threads that the links make, each the ids of its events, sorted.

    >>> chains([Follows(1, 4, 0.3, ""), Follows(4, 9, 0.2, "")])
    ((1, 4, 9),)
    """
    root: dict[int, int] = {}

    def find(event: int) -> int:
        while root.setdefault(event, event) != event:
            event = root[event]
        return event

    for link in links:
        low, high = sorted((find(link.earlier), find(link.later)))
        root[high] = low
    members: dict[int, list[int]] = {}
    for event in sorted(root):
        members.setdefault(find(event), []).append(event)
    return tuple(tuple(thread) for thread in members.values())
