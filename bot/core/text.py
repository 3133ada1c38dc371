"""Text as patterns are matched against it: folded, with the way back to the original.

Folding makes one spelling of what readers take for one: case, Latin
diacritics, ё and е, the many apostrophes of Uzbek, full-width letters, letters
written as a base and a combining mark, invisible characters. Most texts fold
character by character, so offsets stay as they are; only the rare rest needs a map.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

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
    return table | _OTHER_LETTERS


_FOLD: Final = _letters()
# What cannot be folded in place: invisible characters vanish, marks join their base,
# full-width, ligature and mathematical letters become other letters.
_HIDDEN: Final = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_INVISIBLE: Final = re.compile(f"[{_HIDDEN}]")
_IS_ODD: Final = re.compile(
    f"[{_HIDDEN}\\u0300-\\u036f\\ufb00-\\ufb06\\uff01-\\uff5e\\U0001d400-\\U0001d7ff]"
)
_FOLDABLE: Final = re.compile("[" + "".join(sorted(_FOLD)) + "]")


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
        return Folded(text.lower(), text)
    if _IS_ODD.search(text):
        return _fold_with_map(text)
    return Folded(_fold_letters(text), text)


def _fold_letters(text: str) -> str:
    # İ is the one letter whose lower case is longer than itself.
    low = text.replace("İ", "i").lower()
    for letter in set(_FOLDABLE.findall(low)):
        low = low.replace(letter, _FOLD[letter])
    return low


def _fold_with_map(text: str) -> Folded:
    """Fold what changes length, cluster by cluster: a base and the marks that follow it."""
    letters: list[str] = []
    places: list[int] = []
    at, size = 0, len(text)
    while at < size:
        end = at + 1
        # More than a few marks on a letter is mischief: they are dropped, not composed.
        while end < size and "\u0300" <= text[end] <= "\u036f":
            end += 1
        cluster = text[at : min(end, at + 4)]
        if not _INVISIBLE.match(cluster):
            composed = (
                cluster
                if len(cluster) == 1 and ord(cluster) < 0x300
                else unicodedata.normalize("NFKC", cluster)
            )
            folded = _fold_letters(composed)
            letters.append(folded)
            places.extend([at] * len(folded))
        at = end
    places.append(size)
    return Folded("".join(letters), text, tuple(places))
