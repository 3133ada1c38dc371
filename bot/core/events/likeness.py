"""How sure it is that two stories report one happening, with the parts that say so.

The parts are added up like the log of odds: each says how much likelier one event is than two, and
`_LINE` how unlikely it is beforehand. The weights were fitted by logistic regression to the pairs of labelled
real stories (42 events in 12 languages), with whole events left out to see that they hold for others, and
rounded; docs/decisions/0030 has the numbers. Leaders and stock phrases weigh little in the terms already.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.core.events import common
from bot.core.events.copies import COPY_FROM, overlap
from bot.core.events.features import WINDOW_DAYS, Features
from bot.core.events.terms import WORD
from bot.core.words import Instrument, Stage

FARTHEST: Final = -4.5
LIKEST: Final = 6.0
"""The bounds of likeness: one odd pair must not outweigh a whole group."""

_LINE: Final = -2.4
_TERMS: Final = 3.0  # same names, numbers, days and words
_WORDS: Final = 4.0  # same words, in one language
_CONCEPTS: Final = 4.5  # same countries, minerals, bodies, people, kinds of act
_CONCEPTS_ACROSS: Final = 2.3  # more, where words cannot be compared
_TITLES: Final = 3.3  # same names and words in the titles
_SAME_ACT: Final = 1.5
_OPPOSED: Final = -2.5  # of one act, one story tells the making and the other the end
_OTHER_STEP: Final = -1.2  # one tells of a plan, the other of the thing done
_PARTIES: Final = 1.7  # the states that act: the same, or others too
_OTHER_NAMES: Final = -1.3  # each has names of its own, and none of the other's
_OTHER_CONCEPTS: Final = -0.9  # so with heads of state, others, bodies, minerals
_BARE: Final = -0.9  # in one language, yet nothing shared but what all stories of a field share
_SAME_TIME: Final = 1.2  # both came within two days
_OTHER_TIME: Final = -2.5
_NO_TIME: Final = -2.0  # nothing says when: then all the rest must agree

_NEAR_DAYS: Final = 2
_FAR_DAYS: Final = 6
_NAMES_ENOUGH: Final = 3
_OWN_ENOUGH: Final = 2.0  # a name, or two rare words
_SAME_TITLE_DAYS: Final = 3
_SMOOTH_TERMS: Final = 2.0  # added to the product of norms: a few shared terms of short texts are no proof
_SMOOTH_CONCEPTS: Final = 1.0
_TALK: Final = frozenset({Instrument.STATEMENT, Instrument.OTHER})  # two statements are not one act
_BEFORE: Final = frozenset[str]({Stage.PROPOSED, Stage.NEGOTIATED})
_DONE: Final = frozenset[str]({Stage.SIGNED, Stage.RATIFIED, Stage.IN_FORCE})
_OVER: Final = frozenset({Stage.SUSPENDED, Stage.ENDED})


@dataclass(frozen=True, slots=True)
class Likeness:
    """Above zero: one event. `parts` add up to `score` within its bounds; see `shared` for what both hold."""

    score: float  # FARTHEST..LIKEST
    parts: Mapping[str, float]
    copy: bool = False  # one text, not two


def likeness(one: Features, other: Features) -> Likeness:
    """Compare two stories; the same whichever is named first."""
    if one.when and other.when and abs((one.when - other.when).days) > WINDOW_DAYS:
        return Likeness(FARTHEST, {"apart in time": FARTHEST})
    if _one_text(one, other):
        return Likeness(LIKEST, {"same text": LIKEST}, copy=True)
    about = (_told, _apart, _done, _timed)
    parts = {"before": _LINE} | {
        name: part for look in about for name, part in look(one, other).items() if part
    }
    return Likeness(round(min(LIKEST, max(FARTHEST, math.fsum(parts.values()))), 6), parts)


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
    if one.title and one.title == other.title and _gap(one, other, unknown=0) <= _SAME_TITLE_DAYS:
        return True
    return overlap(one.shingles, other.shingles) >= COPY_FROM


def _told(one: Features, other: Features) -> dict[str, float]:
    """What the two texts share; words are compared within one language."""
    left, right = one.sketch, other.sketch
    same = one.lang == other.lang
    terms, words, titles, own = _shared_weights(one, other, same=same)
    both = one.concepts.keys() & other.concepts.keys()
    concepts = math.fsum(one.concepts[name] * other.concepts[name] for name in both)
    concepts /= left.norm_of_concepts * right.norm_of_concepts + _SMOOTH_CONCEPTS
    if not same:
        title_norms = left.norm_of_title_without_words * right.norm_of_title_without_words
        return {
            "concepts": (_CONCEPTS + _CONCEPTS_ACROSS) * concepts,
            "terms": _TERMS * terms / (left.norm_without_words * right.norm_without_words + _SMOOTH_TERMS),
            "titles": _TITLES * titles / (title_norms + _SMOOTH_TERMS),
        }
    return {
        "concepts": _CONCEPTS * concepts,
        "words": _WORDS * words / (left.norm_of_words * right.norm_of_words + _SMOOTH_TERMS),
        "terms": _TERMS * terms / (left.norm * right.norm + _SMOOTH_TERMS),
        "titles": _TITLES * titles / (left.norm_of_title * right.norm_of_title + _SMOOTH_TERMS),
        "nothing of their own": _BARE if own < _OWN_ENOUGH else 0.0,
    }


def _shared_weights(one: Features, other: Features, *, same: bool) -> tuple[float, float, float, float]:
    """Of all terms, of words, of the titles: the dot product; and the weight of what is not everybody's."""
    terms, words, titles, own = [], [], [], []
    for term in one.terms.keys() & other.terms.keys():
        if term[0] == WORD and not same:
            continue
        mine, others = one.terms[term], other.terms[term]
        terms.append(mine * others)
        if term[0] == WORD:
            words.append(mine * others)
        if term in one.titled and term in other.titled:
            titles.append(mine * others)
        if mine >= common.WORD and others >= common.WORD:
            own.append(math.sqrt(mine * others))
    for kind in ("person", "body"):
        both = one.sketch.named[kind] & other.sketch.named[kind]
        own += [math.sqrt(one.concepts[name] * other.concepts[name]) for name in both]
    return math.fsum(terms), math.fsum(words), math.fsum(titles), math.fsum(own)


def _apart(one: Features, other: Features) -> dict[str, float]:
    """What each names and the other does not: two happenings of one kind differ in just that."""
    left, right = one.sketch, other.sketch
    parts: dict[str, float] = {}
    if min(len(left.names), len(right.names)) >= _NAMES_ENOUGH and not left.names & right.names:
        parts["other names"] = _OTHER_NAMES
    for kind in ("head", "person", "body", "mineral"):
        if left.named[kind] and right.named[kind] and not left.named[kind] & right.named[kind]:
            parts[f"other {kind}"] = _OTHER_CONCEPTS
    return parts


def _done(one: Features, other: Features) -> dict[str, float]:
    """What was done, by whom: nothing where a story does not say."""
    parts: dict[str, float] = {}
    if one.act and other.act:
        if one.act == other.act and one.act not in _TALK:
            parts["act"] = _SAME_ACT
        if (one.stage in _OVER) != (other.stage in _OVER):
            parts["opposed"] = _OPPOSED
        stages = {one.stage, other.stage}
        if stages & _BEFORE and stages & _DONE:
            parts["another step"] = _OTHER_STEP
    left, right = set(one.parties), set(other.parties)
    if left and right:
        alike = 0.5 if left == right else len(left & right) / len(left | right) - 1.0
        parts["parties"] = _PARTIES * alike
    return parts


def _timed(one: Features, other: Features) -> dict[str, float]:
    """Whether the two came, or tell of days, close together."""
    gap = _gap(one, other)
    if gap < 0:
        return {"no time": _NO_TIME}
    if gap > _FAR_DAYS:
        return {"other time": _OTHER_TIME}
    return {"same time": _SAME_TIME} if one.when and other.when and gap <= _NEAR_DAYS else {}


def _gap(one: Features, other: Features, *, unknown: int = -1) -> int:
    """Days between two stories, as far as can be told; `unknown` where it cannot.

    Between the moments they came where both are known, else between the nearest two days that they name,
    where a moment known counts as a day named.
    """
    left, right = one.sketch.days, other.sketch.days
    if not left or not right:
        return unknown
    if all(isinstance(day, date) for day in left | right):
        return min(
            abs((a - b).days) for a in left for b in right if isinstance(a, date) and isinstance(b, date)
        )
    return min(_round_the_year(a, b) for a in left for b in right)


def _round_the_year(one: date | str, other: date | str) -> int:
    """Days between two days of the year, whatever the years."""
    places = [
        date.fromisoformat(f"2024-{day}" if isinstance(day, str) else f"2024-{day:%m-%d}").timetuple().tm_yday
        for day in (one, other)
    ]
    apart = abs(places[0] - places[1])
    return min(apart, 366 - apart)
