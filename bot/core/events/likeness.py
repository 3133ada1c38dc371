"""How sure it is that two stories report one happening, with the parts that say so.

The parts are added up like the log of odds: each is a kind of evidence (`evidence`) times its weight, and
`_BEFORE_ALL` says how unlikely one happening is beforehand. The weights were fitted to the pairs of labelled
real stories (42 events in 12 languages) three times at once: with the dates they have, with none, and all
dated within one week, as what a digest holds is. So the content must carry, not the date. They were tested
with whole events left out, and rounded; a few were then set by hand. docs/decisions/0030 has the
numbers and says which.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.core.events.copies import one_text
from bot.core.events.evidence import days_apart, evidence
from bot.core.events.features import WINDOW_DAYS, Features

FARTHEST: Final = -4.5
LIKEST: Final = 6.0
"""The bounds of likeness: one odd pair must not outweigh a whole group."""

_BEFORE_ALL: Final = -1.7
_WEIGHTS: Final[Mapping[str, float]] = {
    "rare terms": 3.5,  # of the rarer names, numbers and words of the one that says less, 0 to 1
    "concepts": 3.0,  # same countries, minerals, bodies, people, kinds of act
    "words": 2.6,  # same words, in one language
    "names in titles": 1.3,
    "numbers": 1.3,
    "near days": 1.2,  # the undated one names a day about which the other came, or names
    "act": 1.1,
    "amounts": 0.7,  # of a million and more
    "day": 0.5,
    "no time": -0.4,  # nothing says when
    "other year": -0.6,
    "another step": -0.7,  # one tells of a plan, the other of the thing done
    "other countries": -1.1,
    "other names in titles": -1.2,
    "other amounts": -1.2,
    "other parties": -1.5,
    "papers of other parties": -1.5,  # a treaty of two, and one of three
    "other time": -2.5,  # a week apart and more; less for fewer days
    "other names": -1.6,  # each has names of its own, and none of the other's
    "other minerals": -2.2,
    "one tells of no act": -2.6,
    "another act later": -3.0,  # what follows (signed, then financed) is an event of its own
    "opposed": -2.9,  # of one act, one story tells the making and the other the end
}
_SAME_TITLE_DAYS: Final = 3


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
    parts = {"before": _BEFORE_ALL} | {
        kind: _WEIGHTS[kind] * amount for kind, amount in evidence(one, other) if amount
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
    if one.title and one.title == other.title and (days_apart(one, other) or 0) <= _SAME_TITLE_DAYS:
        return True
    return one_text(one.shingles, other.shingles)
