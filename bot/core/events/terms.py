"""What a story is made of, for telling whether two report one happening: terms with weights.

A term is a short string that does not depend on the language where that can be had: names as skeletons
(`letters.skeleton`), numbers as values, days as month and day, and words as stems. Weights are static:
they come from what kind of term it is and from tables that ship, never from counting the stories at hand,
so that a story that arrives later changes nothing between those that are there.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from bot.core.events import common
from bot.core.events.common import LITTLE, is_common, name_weight, number_weight, word_weight
from bot.core.events.letters import fold, skeleton, stem
from bot.core.events.remarks import is_remark
from bot.core.events.rounds import rounds_of
from bot.core.events.turns import turn_of
from bot.core.reading.dates import Dated, dated

NAME, NUMBER, DAY, WORD, ROUND, TURN, REMARK, SEAT = "n", "#", "d", "w", "o", "t", "r", "s"
"""The kinds of terms, as their first character."""

MOST_WORDS: Final = 8192  # that are remembered
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’ʻ‘ʼ`-][^\W\d_]+)*")
_INITIALS: Final = re.compile(r"\b(?:[A-Z]\.){2,}")
_SUFFIX: Final = re.compile(r"(?<=\w\w)(?:['’‘ʼ`-][^\W\d_A-ZА-ЯҚҒ]{1,5})$")  # ABD'nin, АҚШ-тың, Ukraine's
_SENTENCE_END: Final = re.compile(r"[.!?…:»”\"|\n–—]\s*[«“\"(]*$")
_NUMBER: Final = re.compile(  # in Chinese no space stands before a number; the 1 of C5+1 counts nothing
    r"(?<![^\W\u3400-\u9fff])(?<![.,:])(?<!\d\+)"
    r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)*(?![:\d]))"
)
_SCALE_WORD: Final = re.compile(r"[\s -]?([^\W\d_]{1,14})")
_SCALES: Final = {  # whole words; "=" behind: and all that begins so (миллиардами, milliardga, milhões)
    1e3: "thousand= thous tys tsd тыс тысяч= ming минг мың миң bin tausend mille mil mila ribu müň ҳазор",
    1e5: "lakh=",
    1e6: "million= mln mn m млн мільйон= milyon= mio millon= milion= milhao= milhoe= miljo= juta",
    1e7: "crore=",
    1e9: "billion= bln bn b млрд мільярд= milliard= milyar= miliar= miljard= mlrd mrd mld",
    1e12: "trillion= tn trln трлн трильйон= trilyon= triliun= billionen",
}
_DOTS_GROUP: Final = frozenset({"de", "es", "id", "it", "nl", "pt", "tr"})  # 6.700 millones are no 6.7
_PEOPLE: Final = re.compile("ai?re|ari|ar$|d?er|nai|ner|nik")  # millionaires, миллионеры, миллионники
_BY_WORD: Final = {word: scale for scale, words in _SCALES.items() for word in words.split()}
_WHOLE: Final = {fold(word): scale for word, scale in _BY_WORD.items() if not word.endswith("=")}
_BEGUN: Final = {fold(word[:-1]): scale for word, scale in _BY_WORD.items() if word.endswith("=")}
# Longer ones first: 万亿 begins with 万.
_HAN_SCALES: Final = {"万亿": 1e12, "十亿": 1e9, "百万": 1e6, "万": 1e4, "亿": 1e8, "千": 1e3}
_HAN: Final = re.compile(r"[\u3400-\u9fff]{2,}")
_HAN_WEIGHT: Final = 0.4
_DAY_WEIGHT: Final = 1.5
_TITLE: Final = 1.5  # what a title says, counts more
_SHOUTED: Final = 0.6  # of a title's words with a capital: capitals tell nothing in such a title
_SOME_YEAR: Final = datetime(2024, 7, 1, tzinfo=UTC)  # leap; only month and day are read from it


def terms_of(title: str, text: str, lang: str, published: datetime | None) -> dict[str, float]:
    """The terms of a story with their weights; those of the title count half as much again.

    >>> sorted(terms_of("A visit", "On it Landau met Saidov, who signed 11 papers.", "en", None))
    ['#11', 'nlnd', 'nsdv', 'wa', 'wit', 'wmet', 'won', 'wpaper', 'wsign', 'wvisit', 'wwho']
    """
    names = _names(title, text)
    found: dict[str, float] = {}
    for body, boost in ((title, _TITLE), (text, 1.0)):
        for term, weight in _terms(body, lang, names, published):
            found[term] = max(found.get(term, 0.0), weight * boost)
        found |= {f"{ROUND}{which}": LITTLE for which in rounds_of(body)}
    if turn := turn_of(title, lang):
        found[f"{TURN}{turn}"] = LITTLE
    if is_remark(title, lang):
        found[REMARK] = LITTLE
    return found


def days_of(body: str, published: datetime | None) -> tuple[str, ...]:
    """The days that a text names, sorted: with the year as far as it can be told, else "02-04".

    A text that names one day with its year is taken to tell of the months around the last such day.
    """
    if published is not None:
        return tuple(sorted({day.day.isoformat() for day in dated(body, published=published)}))
    whole = dated(body, published=None)  # those with a year
    last = max((day.day for day in whole), default=None)
    anchor = datetime(last.year, last.month, last.day, tzinfo=UTC) if last else _SOME_YEAR
    named = {day.day for day in dated(body, published=anchor) if _has_digit(body, day)}
    return tuple(sorted(day.isoformat() if last else f"{day:%m-%d}" for day in named))


def _terms(
    body: str, lang: str, names: frozenset[str], published: datetime | None
) -> Iterator[tuple[str, float]]:
    days = [
        day for day in dated(body, published=published or _SOME_YEAR) if published or _has_digit(body, day)
    ]
    for day in days:
        yield f"{DAY}{day.day:%m-%d}", _DAY_WEIGHT
    taken = {place for day in days for place in range(day.start, day.end)}
    for match in _NUMBER.finditer(body):
        if match.start() not in taken:
            value = _value(body, match, lang)
            yield number_term(value), number_weight(value)
    body = _INITIALS.sub(lambda dotted: dotted.group().replace(".", "").ljust(len(dotted.group())), body)
    for run in _HAN.finditer(body):
        for at in range(run.start(), run.end() - 1):
            yield WORD + body[at : at + 2], _HAN_WEIGHT
    for word in _WORD.findall(body):
        read = _read(word, lang)
        if read is None:
            continue
        term, weight, name, full, common = read
        named = word in names
        if common or not named:  # "Joint Investment Framework" is words, whatever the capitals
            yield term, weight
        if name:
            yield name, full if named else min(full, weight)


@lru_cache(maxsize=MOST_WORDS)  # most words of a story were in another
def _read(word: str, lang: str) -> tuple[str, float, str, float, bool] | None:
    """A word as a term and as a name ("": it is none), with their weights, and whether it is a common one.

    None: it is of a script without spaces.
    """
    if _HAN.match(word):
        return None
    stemmed = stem(word, lang)
    weight = word_weight(stemmed, lang)
    common = is_common(stemmed, lang)
    if common or not word[0].isupper():
        return WORD + stemmed, weight, "", 0.0, common
    bones = skeleton(_SUFFIX.sub("", word), lang)
    return WORD + stemmed, weight, NAME + bones, name_weight(bones), common


def _names(title: str, text: str) -> frozenset[str]:
    """The words of a story that are proper names: written with a capital where no sentence begins."""
    names = set(_capitals(text))
    words = [match.group() for match in _WORD.finditer(title)]
    capitals = sum(word[0].isupper() for word in words)
    if capitals <= _SHOUTED * len(words) or len(words) <= 2:
        names |= set(_capitals(title))
    names |= {word for word in words if len(word) > 1 and word.isupper()} if not title.isupper() else set()
    return frozenset(names)


def _capitals(body: str) -> Iterator[str]:
    for match in _WORD.finditer(body):
        word = match.group()
        if not word[0].isupper():
            continue
        begins = match.start() == 0 or _SENTENCE_END.search(body, max(0, match.start() - 4), match.start())
        if not begins or (len(word) > 1 and word.isupper()):
            yield word


def _value(body: str, match: re.Match[str], lang: str) -> float:
    """The number at `match`, times the scale that follows it: 2,6 млрд is 2.6 billion."""
    written = re.sub(r"[ \u00a0\u202f]", "", match.group())
    followed = _SCALE_WORD.match(body, match.end())
    scale = _scale(fold(followed[1])) if followed else 0.0
    if not scale:
        scale = next((by for han, by in _HAN_SCALES.items() if body.startswith(han, match.end())), 0.0)
    parts = re.split(r"[.,]", written)
    if len(parts) == 1:
        return float(written) * (scale or 1.0)
    grouped = all(len(part) == 3 for part in parts[1:]) and parts[0] not in {"0", "00"}
    comma_groups = (
        "," in written if lang in {"en", "zh"} else "." in written and (not scale or lang in _DOTS_GROUP)
    )
    if grouped and (len(parts) > 2 or (comma_groups and len(parts[0]) <= 3)):
        return float("".join(parts)) * (scale or 1.0)
    whole, fraction = "".join(parts[:-1]), parts[-1]
    return float(f"{whole}.{fraction}") * (scale or 1.0)


@lru_cache(maxsize=1024)
def _scale(word: str) -> float:
    """What a folded word behind a number multiplies it by; 0: nothing.

    >>> _scale("milliardga"), _scale("mln"), _scale("millioner"), _scale("tonnes")
    (1000000000.0, 1000000.0, 0.0, 0.0)
    """
    if word in _WHOLE:
        return _WHOLE[word]
    begun = (
        scale
        for begins, scale in _BEGUN.items()
        if word.startswith(begins) and not _PEOPLE.match(word, len(begins))
    )
    return next(begun, 0.0)


def number_term(value: float) -> str:
    """A number as a term: as any report may tell it."""
    return f"{NUMBER}{_as_told(value):.6g}"


def _as_told(value: float) -> float:
    """A number as any report may tell it: 25,839 tonnes are 25.8 thousand; but a year is no other year.

    >>> _as_told(25_839.0), _as_told(2026.0), _as_told(18_125.0)
    (25800.0, 2026.0, 18100.0)
    """
    return value if common.is_year(value) else float(f"{value:.3g}")


def _has_digit(body: str, day: Dated) -> bool:
    """Whether a day is named by number, so that it can be read without knowing when the story came."""
    return any(letter.isdigit() for letter in body[day.start : day.end])
