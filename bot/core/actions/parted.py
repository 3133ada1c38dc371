"""Verbs in two parts: "setzt die Kontrollen für ein Jahr aus" is a deed, and its last word stands at the end.

A pack names the first part as a `half`, with the deed and the last word in its id: "half.suspend_aus" is
"setzt", "setzte". Without its last word it is none.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from operator import attrgetter
from typing import Final

from bot.core.reading.concepts import Concept
from bot.core.reading.lexicon import Mention
from bot.core.story import Article

HALF: Final = "half"
_VERBS: Final = frozenset({HALF, "act"})
_KIND: Final = attrgetter("concept.kind")
REACH: Final = 160  # characters between the two parts
MOST: Final = 200  # halves that are looked at; a story has a dozen, and its deeds are told at its top
_CLOSES: Final = frozenset(".,;:!?–—)»“\"'\n")
_GOES_ON: Final = (" und ", " oder ", " – ", " — ", " - ")


def joined(article: Article, mentions: Sequence[Mention]) -> Sequence[Mention]:
    """The mentions with the halves that find their last word as deeds, standing where that one stands.

    What else is named by a half that is joined is not named: "kündigt" ends a treaty, "kündigt ... an" none.
    """
    if HALF not in map(_KIND, mentions):
        return mentions
    halves = [m for m in mentions if m.concept.kind == HALF][:MOST]
    deeds = {m: deed for m in halves if (deed := _deed(article, m)) is not None}
    begun = {(m.field, m.start) for m in deeds}
    kept = [m for m in mentions if m.concept.kind not in _VERBS or (m.field, m.start) not in begun]
    return sorted([*kept, *deeds.values()], key=lambda m: (m.field != "title", m.start))


def _deed(article: Article, half: Mention) -> Mention | None:
    """The deed of a half whose last word closes its clause; None: it does not stand there."""
    text = article.title if half.field == "title" else article.text
    deed, _, last = half.concept.word.partition("_")
    last, at = f" {last}", half.end
    while (at := text.find(last, at, half.end + REACH)) >= 0:
        end = at + len(last)
        if not _same_sentence(text[half.end : at]):
            return None
        if end == len(text) or text[end] in _CLOSES or text.startswith(_GOES_ON, end):
            return half._replace(concept=_act(half.concept, deed), start=at + 1, end=end)
        at = end
    return None


def _same_sentence(between: str) -> bool:
    """Whether no sentence ends in between; "am 4. April" ends none."""
    at = between.find(". ")
    while at >= 0:
        if not between[:at][-1:].isdigit():
            return False
        at = between.find(". ", at + 1)
    return not any(mark in between for mark in "!?\n")


@lru_cache(maxsize=128)
def _act(half: Concept, deed: str) -> Concept:
    return replace(half, id=f"act.{deed}")
