"""A state that opens a title and does something: "Kazakhstan wants", whatever it is that it wants.

No list of deeds is ever long enough for headlines. But what a title says its first
word does, that state does: grammar says so where the word itself is not known.
"""

from collections.abc import Sequence
from typing import Final

from bot.core.concepts import Concept, Language
from bot.core.lexicon import Hit
from bot.core.text import Folded

OPENS: Final = 1  # characters before a name that opens a title: a quotation mark
STATES: Final = frozenset({"country", "region"})
SHORTEST: Final = 4  # letters of a word that is a deed by its ending


def deed_of(title: Folded, hits: Sequence[Hit], language: Language | None, deed: Concept | None) -> list[Hit]:
    """The name and the deed of the state that opens a title, as one hit; none where none does."""
    if language is None or deed is None or not language.deeds:
        return []
    opening = [end for start, end, one in hits if start <= OPENS and one.kind in STATES]
    if not opening or title.text[opening[0] : opening[0] + 1] != " ":
        return []
    word = title.text[opening[0] :].split(maxsplit=1)[:1]
    return [(0, opening[0] + 1 + len(word[0]), deed)] if word and _is_deed(word[0], language) else []


def _is_deed(word: str, language: Language) -> bool:
    """Whether a word after a name is a deed of its bearer: "to", "will", or by its ending "wants"."""
    if word in language.deeds:
        return True
    endings = tuple(one[1:] for one in language.deeds if one.startswith("~"))
    things = tuple(one.lstrip("~") for one in language.things)
    return len(word) >= SHORTEST and word.isalpha() and word.endswith(endings) and not word.endswith(things)
