"""How sure it is that two stories report one happening, with the parts that say so."""

import math
from dataclasses import dataclass
from typing import Final

from bot.core.events.copies import COPY_FROM, overlap
from bot.core.events.features import WINDOW_DAYS, Features

FARTHEST: Final = -1.0
"""The likeness of two stories that cannot be one event."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Above zero: one event. `parts` add up to `score`; `shared` are the heaviest terms of both."""

    score: float  # FARTHEST..1
    parts: tuple[tuple[str, float], ...] = ()
    shared: tuple[str, ...] = ()
    copy: bool = False  # one text, not two


def likeness(one: Features, other: Features) -> Likeness:
    """Compare two stories; the same whichever is named first."""
    if one.when and other.when and abs((one.when - other.when).total_seconds()) > WINDOW_DAYS * 86_400:
        return Likeness(FARTHEST, (("apart in time", FARTHEST),))
    if overlap(one.shingles, other.shingles) >= COPY_FROM or (one.title and one.title == other.title):
        return Likeness(1.0, (("same text", 1.0),), copy=True)
    shared = sorted(one.terms.keys() & other.terms.keys(), key=lambda t: (-one.terms[t] * other.terms[t], t))
    dot = sum(one.terms[term] * other.terms[term] for term in shared)
    words = dot / (_norm(one) * _norm(other)) if dot else 0.0
    parts = (("terms", words), ("line", -0.2))
    return Likeness(sum(part for _, part in parts), parts, tuple(shared[:6]))


def _norm(story: Features) -> float:
    return math.sqrt(sum(weight * weight for weight in story.terms.values()))
