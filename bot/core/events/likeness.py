"""How sure it is that two stories report one happening, with the parts that say so.

The parts are added up like the log of odds: each is a kind of evidence (`evidence`) times its weight, and
`BEFORE_ALL` says how unlikely one happening is beforehand. The weights are fitted to the pairs of labelled
real stories by `bot.work.fit_events`, which also measures them on events that were left out; then rounded,
and a few moved by hand. docs/decisions/0030 has the numbers and says which.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.core.events.copies import one_text, translated
from bot.core.events.evidence import days_apart, evidence
from bot.core.events.features import WINDOW_DAYS, Features

FARTHEST: Final = -4.5
LIKEST: Final = 6.0
"""The bounds of likeness: one odd pair must not outweigh a whole group."""

BEFORE_ALL: Final = -2.75
WEIGHTS: Final[Mapping[str, float]] = {
    "numbers": 3.9,  # of those of the one that has fewer, 0 to 1
    "rare terms": 3.3,  # of the rarer names, numbers and words of the one that says less, 0 to 1
    "concepts": 3.0,  # same countries, minerals, bodies, people, kinds of act
    "amounts": 3.0,  # one sum of money
    "places": 2.1,  # of the states of the one that names fewer, 0 to 1
    "name in a title": 1.4,  # that the other story tells, where one is dated and no days lie between
    "people": 1.0,  # of those of the one that names fewer, 0 to 1
    "act": 1.0,
    "same day": 1.0,  # at one moment; less for more hours, nothing for a day
    "names": 0.8,  # how many, up to six
    "day": 0.8,
    "numbers in titles": 0.7,
    "partner in a day": 0.5,  # a state besides the five and the great powers, of which both told within a day
    "near days": 0.3,  # the undated one names a day about which the other came, or names
    "nothing rare": -0.3,  # no name, number or word in common that is not everybody's
    "other amounts": -0.7,
    "other year": -0.7,
    "other acts": -1.0,  # no act in common; papers of any kind are one
    "other people": -1.1,
    "other names": -1.1,  # each has names of its own, and none of the other's
    "mineral of one title": -1.2,  # the other story tells none of those it names
    "other parties": -1.2,
    "other partners": -1.2,  # each names countries besides the five, and none of the other's
    "other time": -1.3,  # where one is undated: a week from the days it names, and more; less for fewer days
    "one tells of no act": -1.3,
    "opposed": -1.5,  # one tells of an end, the other of a deed that is none; what is said is no deed
    "another step": -1.5,  # one tells of a plan, the other of the thing done
    "other names in titles": -1.7,
    "other minerals": -1.7,
    "act of other parties": -2.0,  # a treaty of two and one of three; a visit to another state
    "came apart": -2.5,  # three days and more; less for fewer, nothing for one
    "another round": -2.5,  # the first forum and the second
    "another city": -3.1,  # a meeting in Samarkand is none in Astana
    "other numbers in titles": -3.7,  # the guidance for 2025 and for 2026
    "other numbers": -4.0,  # three or more each, and none in common
    "turned": -5.0,  # one title tells of a ban, the other of its end
    "other goods": -5.0,  # a ban on scrap, and one on coal
    "another of the five": -6.0,  # one title names some of the five, the other story others of them
    "round of one title": -30.0,  # which the other story does not name, but others of its kind
}
_SAME_TITLE_DAYS: Final = 3
_OF_ONE_READING: Final = ("other acts", "other parties", "act of other parties", "one tells of no act")
"""What all speaks by how the main act was read: where that was read wrong, all of it is."""
_NEVER_ONE: Final = "round of one title"
_AGAIN: Final = 0.3  # so much of each of these counts beside the weightiest


@dataclass(frozen=True, slots=True)
class Likeness:
    """Above zero: one event. `parts` add up to `score` within its bounds; see `shared` for what both hold."""

    score: float  # FARTHEST..LIKEST, or far below where the two can never be one
    parts: Mapping[str, float]
    copy: bool = False  # one text, not two; or its translation by the same outlet


_APART_IN_TIME: Final = Likeness(FARTHEST, {"apart in time": FARTHEST})
_OF_A_SERIES: Final = Likeness(FARTHEST, {"of a series": FARTHEST})
_SAME_TEXT: Final = Likeness(LIKEST, {"same text": LIKEST}, copy=True)
_OWN_TRANSLATION: Final = Likeness(LIKEST, {"own translation": LIKEST}, copy=True)


def likeness(one: Features, other: Features) -> Likeness:
    """Compare two stories; the same whichever is named first."""
    return settled(one, other) or weighed(
        {"before": BEFORE_ALL}
        | {kind: WEIGHTS[kind] * amount for kind, amount in told_once(evidence(one, other)).items()}
    )


def told_once(found: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Evidence by kind, without what is nothing; what one reading says in several ways counts once.

    >>> told_once([("other acts", 1.0), ("other parties", 0.5), ("act", 0.0)])
    {'other acts': 1.0, 'other parties': 0.15}
    """
    amounts = {kind: amount for kind, amount in found if amount}
    said = [kind for kind in _OF_ONE_READING if kind in amounts]
    if len(said) > 1:
        said.sort(key=lambda kind: (WEIGHTS[kind] * amounts[kind], kind))
        amounts |= {kind: round(_AGAIN * amounts[kind], 6) for kind in said[1:]}
    return amounts


def settled(one: Features, other: Features) -> Likeness | None:
    """What needs no weighing: one text, if in two languages; one series; weeks apart. None: all else."""
    if one.when and other.when and abs((one.when - other.when).days) > WINDOW_DAYS:
        return _APART_IN_TIME
    if _of_a_series(one, other):
        return _OF_A_SERIES
    if _one_text(one, other):
        return _SAME_TEXT
    if translated(one, other):
        return _OWN_TRANSLATION
    return None


def weighed(parts: Mapping[str, float]) -> Likeness:
    """The sum of the parts, within its bounds; rounded and exact, for sums depend on their order.

    Two rounds are never one event, however like the other stories of a group are: they have no bound below.
    """
    farthest = -math.inf if _NEVER_ONE in parts else FARTHEST
    return Likeness(round(min(LIKEST, max(farthest, math.fsum(parts.values()))), 6), parts)


def shared(one: Features, other: Features) -> tuple[str, ...]:
    """What weighs most of what both hold: six terms and concepts."""
    both = {term: one.terms[term] * other.terms[term] for term in one.terms.keys() & other.terms.keys()}
    both |= {
        name: one.concepts[name] * other.concepts[name]
        for name in one.concepts.keys() & other.concepts.keys()
    }
    return tuple(sorted(both, key=lambda term: (-both[term], term))[:6])


def _one_text(one: Features, other: Features) -> bool:
    """Whether two stories are one text: by its words, or by a long title that comes again within days."""
    if one.title and one.title == other.title and (days_apart(one, other) or 0) <= _SAME_TITLE_DAYS:
        return True
    return one_text(one.shingles, other.shingles) and not _filled_anew(one, other)


def _of_a_series(one: Features, other: Features) -> bool:
    """Whether two stories say the same but for numbers, of which each has its own: two decrees, two lots.

    Those of the titles tell; where titles have none and are too short to be a story's own, all do.
    """
    left, right = one.sketch, other.sketch
    if left.form != right.form:
        return False
    if left.title_numbers or right.title_numbers:
        return _each_its_own(left.title_numbers, right.title_numbers)
    return not one.title and not other.title and _each_its_own(left.numbers, right.numbers)


def _each_its_own(one: frozenset[str], other: frozenset[str]) -> bool:
    return not one <= other and not other <= one


def _filled_anew(one: Features, other: Features) -> bool:
    """Whether two texts are one form filled in twice: of another year, with other figures or other people."""
    left, right = one.sketch, other.sketch
    return any(
        mine and others and mine.isdisjoint(others)
        for mine, others in (
            (left.title_numbers, right.title_numbers),
            (left.numbers, right.numbers),
            (left.people, right.people),
            (left.partners, right.partners),
        )
    )
