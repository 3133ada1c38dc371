"""Stretches of time as people name them in a question: "this month", "since Friday", "in March", "2025"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.core.asking.periods import MONTHS, WEEKDAYS


@dataclass(frozen=True, slots=True)
class Span:
    """From a day on, until before another (None: until now)."""

    since: date
    before: date | None = None


_UNITS: Final = {
    "day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30, "months": 30, "year": 365, "years": 365,
    "дня": 1, "дней": 1, "день": 1, "неделю": 7, "недели": 7, "недель": 7, "месяц": 30, "месяца": 30,
    "месяцев": 30, "месяце": 30, "неделе": 7, "году": 365, "год": 365, "года": 365, "лет": 365,
}  # fmt: skip
_NUMBERS: Final = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10, "fourteen": 14, "thirty": 30,
    "две": 2, "два": 2, "три": 3, "семь": 7,
}  # fmt: skip
_SATURDAY: Final = 5

_UNIT: Final = "|".join(_UNITS)
_MONTH: Final = "|".join(MONTHS)
_YEAR: Final = r"(?:19|20)\d\d"

Reader = Callable[["re.Match[str]", date], Span | None]


def when(folded: Sequence[str], words: Sequence[str], now: datetime) -> tuple[list[Span], list[str]]:
    """The stretches of time that the words name, and the words without those.

    `folded` are the words as they are compared, one for one.
    """
    text = " ".join(folded)
    starts: dict[int, int] = {}
    at = 0
    for number, word in enumerate(folded):
        starts[at] = number
        at += len(word) + 1
    spans: list[tuple[int, Span]] = []
    taken: set[int] = set()
    for pattern, read in _PATTERNS:
        for found in pattern.finditer(text):
            here = set(range(starts[found.start()], starts[found.start()] + found[0].count(" ") + 1))
            span = None if here & taken else read(found, now.date())
            if span is not None:
                taken |= here
                spans.append((found.start(), span))
    kept = [word for number, word in enumerate(words) if number not in taken]
    return [span for _, span in sorted(spans, key=lambda each: each[0])], kept


def _today(_: "re.Match[str]", today: date) -> Span:
    return Span(today)


def _yesterday(_: "re.Match[str]", today: date) -> Span:
    return Span(today - timedelta(days=1), today)


def _lately(found: "re.Match[str]", today: date) -> Span | None:
    typed = found["number"]
    number = 1 if typed is None else _NUMBERS[typed] if typed in _NUMBERS else int(typed)
    days = number * _UNITS[found["unit"]]
    return Span(today - timedelta(days=days)) if 0 < days <= 36_500 else None


def _this(found: "re.Match[str]", today: date) -> Span:
    match _UNITS[found["unit"]]:
        case 7:
            return Span(today - timedelta(days=today.weekday()))
        case 30:
            return Span(today.replace(day=1))
        case 365:
            return Span(today.replace(month=1, day=1))
        case _:
            return Span(today)


def _last(found: "re.Match[str]", today: date) -> Span:
    """The whole week, month or year before this one."""
    this = _this(found, today).since
    match _UNITS[found["unit"]]:
        case 7:
            return Span(this - timedelta(days=7), this)
        case 30:
            return Span((this - timedelta(days=1)).replace(day=1), this)
        case 365:
            return Span(this.replace(year=this.year - 1), this)
        case _:
            return Span(today - timedelta(days=1), today)


def _weekday(found: "re.Match[str]", today: date) -> Span:
    """The last day of that name; what was told since it, and the last one, are of a week ago on that day."""
    ago = (today.weekday() - WEEKDAYS[found["weekday"]]) % 7
    if found["since"]:
        return Span(today - timedelta(days=ago or 7))
    day = today - timedelta(days=(ago or 7) if found["last"] else ago)
    return Span(day, day + timedelta(days=1))


def _weekend(found: "re.Match[str]", today: date) -> Span:
    """Saturday and Sunday, of this weekend as far as it has come."""
    ago = (today.weekday() - _SATURDAY) % 7
    first = today - timedelta(days=ago + 7 if found["last"] and ago < 2 else ago)
    return Span(first) if found["since"] else Span(first, first + timedelta(days=2))


def _month(found: "re.Match[str]", today: date) -> Span | None:
    """A month of a named year, else the last one of that name that has begun; "may" alone may be a verb."""
    if not found["named"] and not found["year"]:
        return None
    number = MONTHS[found["month"]]
    year = int(found["year"]) if found["year"] else today.year - (number > today.month)
    first = date(year, number, 1)
    if found["since"]:
        return Span(first)
    return Span(first, date(year + number // 12, number % 12 + 1, 1))


def _year(found: "re.Match[str]", today: date) -> Span | None:
    year = int(found["year"])
    if year > today.year:
        return None
    return Span(date(year, 1, 1)) if found["since"] else Span(date(year, 1, 1), date(year + 1, 1, 1))


def _day(found: "re.Match[str]", _: date) -> Span | None:
    try:
        day = date.fromisoformat(found["day"])
    except ValueError:
        return None
    return Span(day) if found["since"] else Span(day, day + timedelta(days=1))


def _pattern(text: str) -> "re.Pattern[str]":
    return re.compile(rf"(?<!\S)(?:{text})(?!\S)")


_SINCE: Final = "(?P<since>since|from|after|с|со)"
_IN: Final = rf"(?P<named>{_SINCE} |in |during |for |в |за )?"
_NUMBER: Final = rf"(?P<number>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_LAST: Final = "last|прошлый|прошлую|прошлое|прошлого|прошлой|прошлые|прошлых"
_DAY: Final = "|".join(WEEKDAYS)
_WEEKEND: Final = "(?:weekend|выходные|выходных)"
_PATTERNS: Final[tuple[tuple["re.Pattern[str]", Reader], ...]] = (
    (_pattern(rf"(?:{_SINCE} |on )?(?P<day>\d{{4}}-\d\d-\d\d)"), _day),
    (_pattern(rf"(?:in |over |during |within |for |за )?(?:the )?(?:last|past|previous|последние|последних) "
              rf"{_NUMBER} (?P<unit>{_UNIT})"), _lately),
    (_pattern(rf"за (?:последнюю |последний )?(?:{_NUMBER} )?(?P<unit>{_UNIT})"), _lately),
    (_pattern(rf"(?:in |over |for )?(?:the )?past (?P<number>\d{{1,3}} )?(?P<unit>{_UNIT})"), _lately),
    (_pattern(rf"(?:in |на |в )?(?:this|эта|этой|этом|эту) (?P<unit>{_UNIT})"), _this),
    (_pattern(rf"(?:in |на |в )?(?:last|прошлой|прошлом|прошлую) (?P<unit>{_UNIT})"), _last),
    (_pattern(rf"(?:(?:{_SINCE}|on|в|во) )?(?P<last>{_LAST}) (?P<weekday>{_DAY})"), _weekday),
    (_pattern(rf"(?:{_SINCE}|on|в|во) (?P<weekday>{_DAY})(?P<last>)"), _weekday),
    (_pattern(rf"(?:(?:{_SINCE}|on|over|за|в|на) )?(?:the )?(?P<last>{_LAST}) {_WEEKEND}"), _weekend),
    (_pattern(rf"(?:(?:{_SINCE}|in|on|over|during) )?this {_WEEKEND}(?P<last>)"), _weekend),
    (_pattern(rf"(?:{_SINCE}|in|on|at|over|during|за|в|на) (?:the )?{_WEEKEND}(?P<last>)"), _weekend),
    (_pattern(rf"{_IN}(?P<month>{_MONTH})(?: (?:of )?(?P<year>{_YEAR}))?"), _month),
    (_pattern(rf"{_IN}(?P<year>{_YEAR})(?: году| года| год)?"), _year),
    (_pattern("since yesterday|from yesterday|со вчера"), lambda _, today: Span(today - timedelta(days=1))),
    (_pattern("today|сегодня"), _today),
    (_pattern("yesterday|вчера"), _yesterday),
)  # fmt: skip
