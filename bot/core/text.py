"""Text as patterns are matched against it: folded, with the way back to the original.

Folding makes one spelling of what readers take for one: case, Latin
diacritics, ё and е, the many apostrophes of Uzbek, traditional and simplified
Chinese, full-width letters, letters written as a base and a combining mark,
invisible characters. Most texts fold character by character, so offsets stay as
they are; only the rare rest needs a map.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.core.traditional import SIMPLIFIED

_APOSTROPHES: Final = "ʻʼʽˈʹ‘’‛`´′＇ʾʿ"
_OTHER_LETTERS: Final = {
    "ё": "е",
    "ı": "i",
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ß": "s",
    "æ": "a",
    "ӏ": "і",
}
# Latin-1 supplement to Latin Extended-B, and Latin Extended Additional (Vietnamese, ẽ).
_LATIN_WITH_MARKS: Final = (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00))


def _letters() -> dict[str, str]:
    table = dict.fromkeys(_APOSTROPHES, "'")
    for code in _LATIN_WITH_MARKS:
        letter = chr(code).lower()
        base = unicodedata.normalize("NFD", letter)[0]
        if len(letter) == 1 and base != letter and base.isascii():
            table[letter] = base
    return table | _OTHER_LETTERS | SIMPLIFIED


_FOLD: Final = _letters()
# What cannot be folded in place: invisible characters vanish, marks join their base,
# full-width, ligature and mathematical letters become other letters.
_HIDDEN: Final = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_MARKS: Final = r"\u0300-\u036f"
_SHAPES: Final = r"\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff"
_INVISIBLE: Final = re.compile(f"[{_HIDDEN}]")
# More than a few marks on a letter is mischief: the rest of them are dropped, not composed.
_CLUSTER: Final = re.compile(f"([^{_MARKS}]?[{_MARKS}]{{1,3}})[{_MARKS}]*|[{_HIDDEN}{_SHAPES}]")
_LONGEST_REMEMBERED: Final = 20_000  # characters
_FOLDABLE: Final = re.compile("[" + "".join(sorted(_FOLD)) + "]")
_FOLDABLE_OR_ODD: Final = re.compile(f"[{''.join(sorted(_FOLD))}{_HIDDEN}{_MARKS}{_SHAPES}]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text. `places[i]` is where folded character i came from; None: from i."""

    text: str
    original: str
    places: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the original of folded characters `start` to `end`."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end]


def fold(text: str) -> Folded:
    """Fold a text for matching; linear in its length, any string is good.

    >>> fold("O‘zbekiston").text
    "o'zbekiston"
    >>> cut = fold("ura\\u00adnium")
    >>> cut.text, cut.span(0, 7)
    ('uranium', (0, 8))
    """
    if text.isascii():
        return Folded(text.lower().replace("`", "'"), text)
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _folded(text)


def _folded(text: str) -> Folded:
    low = _lower(text)
    found = set(_FOLDABLE_OR_ODD.findall(low))  # one look for both: most texts hold a few of the one
    return Folded(_plainer(low, found), text) if found <= _FOLD.keys() else _fold_with_map(text)


# A story's words are found, and indexed a moment later.
_remembered: Final = lru_cache(maxsize=4)(_folded)


def _fold_letters(text: str) -> str:
    low = _lower(text)
    return _plainer(low, set(_FOLDABLE.findall(low)))


def _lower(text: str) -> str:
    # İ is the one letter whose lower case is longer than itself.
    return text.replace("İ", "i").lower()


def _plainer(low: str, letters: set[str]) -> str:
    for letter in letters:
        low = low.replace(letter, _FOLD[letter])
    return low


def _fold_with_map(text: str) -> Folded:
    """Fold what changes length: odd clusters one by one, the plain stretches between them whole."""
    letters: list[str] = []
    places: list[int] = []
    at = 0
    for cluster in _CLUSTER.finditer(text):
        start = cluster.start()
        letters.append(_fold_letters(text[at:start]))
        places.extend(range(at, start))
        if not _INVISIBLE.match(cluster[0]):
            folded = _fold_letters(unicodedata.normalize("NFKC", cluster[1] or cluster[0]))
            letters.append(folded)
            places.extend([start] * len(folded))
        at = cluster.end()
    letters.append(_fold_letters(text[at:]))
    places.extend(range(at, len(text) + 1))
    return Folded("".join(letters), text, tuple(places))


def storable(text: str) -> str:
    """`text` with NUL and lone surrogates, which no database can keep, replaced by U+FFFD.

    >>> storable("a\\x00b\\ud800")
    'a\ufffdb\ufffd'
    """
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in text)
    return text
