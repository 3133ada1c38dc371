"""Where sentences begin and end, in any of the languages we read.

One pass, no look-back longer than a word: the time grows with the length of
the text whatever the text is.
"""

import re
from collections.abc import Iterator
from typing import Final

# A run of closing marks, then whatever closes a quotation or a bracket after it. It begins with the marks
# themselves, and looks back: so the engine skips to them.
_STOP: Final = re.compile(
    r"[.!?…\n。！？；](?:(?<=[.!?…])[.!?…]*+[\"'”’»)\]]*+(?=\s|$)|(?<=[。！？；])[。！？；]*+[”’」』）]*+|(?<=\n))"
)
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
_LONGEST_SHORT: Final = max(map(len, _ABBREVIATIONS)) + 1  # a word of so many letters is none of them
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
    return tuple(each_sentence(text))


def each_sentence(text: str) -> Iterator[tuple[int, int]]:
    """The same, one by one: the text is read no further than they are asked for."""
    start = 0
    for stop in _STOP.finditer(text):
        after = _next(text, stop)
        if after < 0:
            continue
        if found := _trimmed(text, start, stop.end()):
            yield found
        start = after
    if found := _trimmed(text, start, len(text)):
        yield found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _next(text: str, stop: re.Match[str]) -> int:
    """Where the sentence after a mark begins, or the white space before it; -1: the mark ends none."""
    end = stop.end()
    first = text[stop.start()]
    after = end + 1 if text[end : end + 1] == " " else end
    if text[after : after + 1].isspace():
        after = _SPACE.match(text, end, end + 40).end()  # type: ignore[union-attr]
    following = text[after : after + 1]
    if first == "\n":
        return -1 if following.islower() else after
    if first in "。！？；" or after >= len(text):
        return after
    if following.islower():  # "тыс. тонн", "Inc. said", "“Really?” he asked"
        return -1
    if first == "." and end == stop.start() + 1 and _shortened(text, stop.start(), after):
        return -1
    return after


def _shortened(text: str, dot: int, after: int) -> bool:
    """Whether the word before the dot is one that is written with a dot."""
    before = text[max(0, dot - _LONGEST_WORD) : dot]
    if before[-_LONGEST_SHORT:].isalpha() and len(before) >= _LONGEST_SHORT:
        return False
    word = "" if before[-1:].isspace() or not before else before.split()[-1]
    for mark in _OPENING:
        if mark in word:
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
