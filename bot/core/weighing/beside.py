"""Metals that a story names beside its own: what was banned before, what else a firm makes, the like of it.

The words that say so ("as it did with", "which also produces", "copper giant") are concepts of the kind
`passing`. A metal that only they name is set aside, where the story names another.
"""

import re
from collections.abc import Container, Sequence
from typing import Final

from bot.core.reading.lexicon import Hit
from bot.core.text import Folded

KIND: Final = "passing"
MINERAL: Final = "mineral"
BEFORE: Final = "passing.before"  # what stands before it is passing: "tariffs on copper stay as they are"
FIRM: Final = "passing.firm"  # it tells whose firm it is: "copper giant"
REASON: Final = "in passing, beside the story's own"
REACH: Final = 120  # characters from such words to the last metal that they name
BEHIND: Final = 60  # the same to the first that stands before them
JOINED: Final = 5  # characters between two metals of one firm: " and "
_STOP: Final = re.compile(r"[.;!?](?=\s|$)|[。；！？\n]")


def beside(
    text: Folded, hits: Sequence[Hit], aside: Container[int], titled: frozenset[str]
) -> dict[int, str]:
    """Why hits of metals are set aside that are named in passing, by their numbers.

    `titled` are the metals that the title names, where the text is asked. What is `aside` already does not
    count. A metal that is told elsewhere too is told, and so are all where there is no other.
    """
    counted = [n for n, (_, _, one) in enumerate(hits) if one.kind == MINERAL and n not in aside]
    found: set[int] = set()
    firms: set[int] = set()
    for start, end, one in hits:
        if one.kind != KIND:
            continue
        if one.id == FIRM:
            firms |= _of_firm(hits, counted, start, end)
        elif one.id == BEFORE:
            opens = max(0, start - BEHIND)
            opens = max([stop.end() for stop in _STOP.finditer(text.text, opens, start)], default=opens)
            found |= {n for n in counted if opens <= hits[n][0] and hits[n][1] <= start}
        else:
            stop = _STOP.search(text.text, end, end + REACH)
            closes = stop.start() if stop else end + REACH
            found |= {n for n in counted if end <= hits[n][0] < closes}
    told = {hits[n][2].value for n in counted if n not in found and n not in firms}
    others = titled or told  # whose firm it is, is in passing where the title tells of another metal
    passing = found if titled or told else set()
    passing |= {n for n in firms if others - {hits[n][2].value}}
    return dict.fromkeys(passing, REASON)


def metals(hits: Sequence[Hit], aside: Container[int]) -> frozenset[str]:
    """The metals that hits name, but for those `aside`."""
    return frozenset(
        [one.value for n, (_, _, one) in enumerate(hits) if one.kind == MINERAL and n not in aside]
    )


def _of_firm(hits: Sequence[Hit], metals: Sequence[int], start: int, end: int) -> set[int]:
    """The metals, by their numbers, of a firm that is named at `start` by what it makes."""
    found: set[int] = set()
    for n in reversed(metals):
        opens, closes, _ = hits[n]
        inside = start <= opens < end
        if inside or (found and 0 <= start - closes <= JOINED):
            found.add(n)
            start = opens
    return found
