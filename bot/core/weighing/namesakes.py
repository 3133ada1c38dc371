"""Firms, places and shows that are called by a metal: "Gallium Ventures", "Tungsten Vale’s shop", ‘Cobalt’.

English writes metals small. A title that writes only names large, and a metal as one of them, tells of a
namesake; the story is about the metal where its text says so in small letters.
"""

import re
from collections.abc import Sequence
from typing import Final

from bot.core.reading.concepts import Concept
from bot.core.reading.lexicon import Hit
from bot.core.text import Folded
from bot.core.weighing.beside import MINERAL

LANGUAGE: Final = "en"
REASON: Final = "a name that borrows it"
PLAIN: Final = 0.4  # of such words, from which on a title writes only names large
_WORD: Final = re.compile(r"[^\W\d_]{4,}")  # shorter ones are small in any title
_OPENS: Final = "‘“\"'«"
_CLOSES: Final = "’”\"'»"
_NAMED: Final = re.compile(r" [A-Z][a-z]|['’]s\b|, (?:an?|the|who) ")


def namesakes(
    title: Folded, titled: Sequence[Hit], text: Folded, hits: Sequence[Hit], lang: str
) -> tuple[dict[int, str], dict[int, str]]:
    """Why hits of a title and a text are set aside that only name something by a metal, by their numbers."""
    if lang != LANGUAGE:
        return {}, {}
    large = [
        n
        for n, (start, end, one) in enumerate(titled)
        if _metal(title, start, end, one) and _large(title, start)
    ]
    plain = _is_plain(title.original) if large else False
    names = [n for n in large if _is_name(title, *titled[n][:2], plain=plain)]
    if not names:
        return {}, {}
    borrowed = {titled[n][2].id for n in names}
    again = [n for n, (start, _, one) in enumerate(hits) if one.id in borrowed and _large(text, start)]
    return dict.fromkeys(names, REASON), dict.fromkeys(again, REASON)


def _metal(folded: Folded, start: int, end: int, one: Concept) -> bool:
    """Whether a hit is the metal's own word, and no mine or maker that stands for it."""
    return one.kind == MINERAL and one.value.startswith(folded.text[start:end])


def _large(folded: Folded, at: int) -> bool:
    place = folded.span(at, at + 1)[0]
    letter: str = folded.original[place : place + 1]
    return letter.isupper()


def _is_plain(title: str) -> bool:
    """Whether a title writes most words small."""
    words: list[str] = _WORD.findall(title)
    return sum(word[0].islower() for word in words) >= PLAIN * len(words)


def _is_name(folded: Folded, start: int, end: int, *, plain: bool) -> bool:
    """Whether a metal that is written large stands in a title as a name does."""
    opens, closes = folded.span(start, end)
    told = folded.original
    if opens and told[opens - 1] in _OPENS and told[closes : closes + 1] in _CLOSES:
        return closes < len(told) and not told[closes + 1 : closes + 2].isalpha()
    return plain and bool(_NAMED.match(told, closes))
