"""Where sentences begin and end, in any of the languages we read.

One pass, no look-back longer than a word: the time grows with the length of
the text whatever the text is.
"""

import re
from typing import Final

# A run of closing marks, then whatever closes a quotation or a bracket after it.
_STOP: Final = re.compile(r"[.!?…]++[\"'”’»)\]]*+(?=\s|$)|[。！？；]++[”’」』）]*+|\n")
_OPENING: Final = "([«“\"'"
_LONGEST_WORD: Final = 16
_SPACE: Final = re.compile(r"\s*+")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ABBREVIATIONS: Final = _set(
    # English
    "mr mrs ms dr prof gen sen rep gov st jr sr vs etc e.g i.e u.s u.k u.n no nos inc ltd co corp approx "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun a.m p.m "
    # Russian; Uzbek, Kazakh, Kyrgyz and Tajik in Cyrillic use the same ones
    "г гг в вв т тт тыс млн млрд трлн руб долл коп кв куб км м га ул стр стр-во см ст п пп им др пр "
    "т.е т.д т.п т.к т.н н.э напр акад проф обл р р-н пос с д гл ред изд мин макс ок экв янв фев февр "
    "мар апр авг сен сент окт ноя нояб дек б мл ж қ "
    # German, French, Turkish, Uzbek and Turkmen in Latin
    "z.b bzw usw ca mio mrd str nr abs d.h u.a m mme mlle av dr sn vb bkz örn mln mlrd ming t y sh v"
)
_MAY_END: Final = _set("г гг тыс млн млрд трлн руб долл км га т inc ltd co etc a.m p.m")
"""Abbreviations that a sentence often ends with: before a capital, the sentence is over."""
_MONTHS_AFTER_A_NUMBER: Final = _set(
    "januar februar märz april mai juni juli august september oktober november dezember "
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık"
)
_NEXT_WORD: Final = re.compile(r"[^\W_]{1,16}")


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """(start, end) of each sentence of `text`, in order, without the white space around it.

    No sentence is empty and none overlap; what lies between them is white
    space. Abbreviations, initials, decimals and ordinal numbers do not end a
    sentence. A line break does, unless the next line goes on in lower case.

    >>> [text[a:b] for text in ["The U.S. signed. Mr. Li left."] for a, b in sentences(text)]
    ['The U.S. signed.', 'Mr. Li left.']
    """
    found: list[tuple[int, int]] = []
    start = 0
    for stop in _STOP.finditer(text):
        if _ends(text, stop):
            _add(found, text, start, stop.end())
            start = stop.end()
    _add(found, text, start, len(text))
    return tuple(found)


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    if kept := piece.strip():
        found.append((start + lead, start + lead + len(kept)))


def _ends(text: str, stop: re.Match[str]) -> bool:
    mark = stop.group()
    space = _SPACE.match(text, stop.end(), stop.end() + 40)
    after = space.end() if space else stop.end()
    following = text[after : after + 1]
    if mark == "\n":
        return not following.islower()
    if mark[0] in "。！？；" or after >= len(text):
        return True
    if following.islower():  # "тыс. тонн", "Inc. said", "“Really?” he asked"
        return False
    if mark != ".":
        return True
    return not _shortened(text, stop.start(), after)


def _shortened(text: str, dot: int, after: int) -> bool:
    """Whether the word before the dot is one that is written with a dot."""
    before = text[max(0, dot - _LONGEST_WORD) : dot]
    word = "" if before[-1:].isspace() or not before else before.split()[-1]
    for mark in _OPENING:
        word = word.rpartition(mark)[2]
    if len(word) == 1 and word.isalpha():  # an initial: "J. Smith", "В. Путин"; also "2025 г."
        return word.isupper() or not _starts_plainly(text, after)
    if word.isdigit() and len(word) <= 2:  # "am 16. Dezember"
        following = _NEXT_WORD.match(text, after)
        return following is not None and following.group().lower() in _MONTHS_AFTER_A_NUMBER
    if word.lower() in _ABBREVIATIONS:
        return not (word.lower() in _MAY_END and _starts_plainly(text, after))
    # "U.S.", "Т.Д.": letters and dots in turn
    return len(word) > 2 and len(word) % 2 == 1 and all(c == "." for c in word[1::2]) and word[0].isalpha()


def _starts_plainly(text: str, at: int) -> bool:
    """Whether a capitalised word of three letters or more stands at `at`."""
    word = _NEXT_WORD.match(text, at)
    return word is not None and len(word.group()) > 2 and word.group()[0].isupper()
