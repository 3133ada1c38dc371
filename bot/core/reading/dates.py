"""Days named in a text, absolute ("12 қараша 2025", "Feb. 4") and relative ("on Tuesday").

Every number and every day word is looked at once, with windows of fixed
size, so the time grows with the length of the text whatever the text is.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

import ahocorasick

from bot.core.reading.money import FIGURES_END
from bot.core.story import Article

_MONTHS: Final = (
    # stems that take endings (Slavic, Turkic, Tajik), one line a month
    "январ yanvar қаңтар ýanwar",
    "феврал fevral ақпан fewral",
    "март наурыз mart nawryz",
    "апрел aprel сәуір",
    "май мая may maý мамыр",
    "июн iyun iýun маусым",
    "июл iyul iýul шілде",
    "август avgust awgust тамыз",
    "сентябр sentabr sentyabr sentýabr қыркүйек",
    "октябр oktabr oktyabr oktýabr қазан",
    "ноябр noyabr noýabr қараша",
    "декабр dekabr желтоқсан",
)
_EXACT_MONTHS: Final = (
    # whole words: English, German, French, Turkish; abbreviations
    "january jan januar jänner janvier ocak янв",
    "february feb februar février fevrier şubat фев февр",
    "march mar märz mars мар",
    "april apr avril nisan апр",
    "may mai mayıs",
    "june jun juni juin haziran",
    "july jul juli juillet temmuz",
    "august aug août aout ağustos авг",
    "september sep sept septembre eylül сен сент",
    "october oct oktober okt octobre ekim окт",
    "november nov novembre kasım ноя нояб",
    "december dec dezember dez décembre decembre aralık дек",
)
_STEM: Final = {stem: n for n, stems in enumerate(_MONTHS, 1) for stem in stems.split()}
_WHOLE: Final = {word: n for n, words in enumerate(_EXACT_MONTHS, 1) for word in words.split()}
_SHORT_STEMS: Final = frozenset({"май", "мая", "may", "maý"})  # "майор", "mayor" are not May
_SHORT_ENDINGS: Final = {
    "", "я", "га", "ға", "да", "дан", "дын", "дың", "ем", "ю", "е", "ынан", "ында", "ning", "gacha", "i",
    "ida", "idan", "ga", "yň", "da", "dan", "ýň", "ýa",
}  # fmt: skip
_LONGEST_ENDING: Final = 7

# Stems, Monday first. Left out: words that are everyday words or names too ("среды", "Anna", "hier", "dün").
_DAY_WORDS: Final = (
    "monday понедельник dushanba душанба дүйсенбі дүйшөмбү duşenbe montag lundi pazartesi",
    "tuesday вторник seshanba сешанба сейсенбі шейшемби сешанбе sişenbe dienstag mardi salı",
    "wednesday среду chorshanba чоршанба сәрсенбі шаршемби чоршанбе çarşenbe mittwoch mercredi çarşamba",
    "thursday четверг payshanba пайшанба бейсенбі бейшемби панҷшанбе penşenbe donnerstag jeudi perşembe",
    "friday пятниц juma жума ҷумъа жұма freitag vendredi cuma",
    "saturday суббот shanba шанба шанбе сенбі ишемби şenbe samstag samedi cumartesi",
    "sunday воскресень yakshanba якшанба жексенбі жекшемби якшанбе ýekşenbe sonntag dimanche",
)
_WEEKDAY: Final = {word: day for day, words in enumerate(_DAY_WORDS) for word in words.split()}
_DAYS_AGO: Final = (
    "tomorrow завтра ertaga эртага ертең эртең пагоҳ yarın demain",
    "today сегодня bugun бугун бүгін бүгүн имрӯз heute bugün",
    "yesterday вчера kecha кеча кеше кечээ düýn дирӯз gestern",
    "позавчера",
)
_AGO: Final = {word: days for days, words in enumerate(_DAYS_AGO, -1) for word in words.split()}
# Words that are days only beside another: a capital, a market, a name.
_PAIRS: Final = {"рӯзи душанбе": 0, "pazar günü": 6, "anna güni": 4}
_NEXT: Final = frozenset(
    word
    for words in (
        "next следующий следующую следующее keyingi kelasi келесі",
        "келерки кийинки nächsten önümüzdeki",
    )
    for word in words.split()
)
_FIRST_OF_TWO: Final = frozenset(pair.split()[0] for pair in _PAIRS)
_BEFORE_YESTERDAY: Final = frozenset({"yesterday", "gestern"})
_WORD_BEFORE: Final = re.compile(r"([^\W\d_]{3,12})[ \u00a0]$")
_BEGINNING: Final = 4  # letters by which a day word is looked for
_HAN_WEEKDAY: Final = {c: n for n, c in enumerate("一二三四五六日")}

# Begins with the digit itself, and looks back from there: so the engine skips to the digits.
_NUMBER: Final = re.compile(r"\d(?<![\d.,].)\d{0,3}(?!\d)")
_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_POINTS: Final = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?!\d)")
_HAN: Final = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]")
_THEN_MONTH: Final = re.compile(
    r"(?:st|nd|rd|th|-?(?:го|е|ого|чи|чы|ші|шы|нчи|инчи)|-?nj[iy]|er|\.)?"
    r"(?:[–—-]\d{1,2}\.?)?[ \u00a0-]{0,2}(?:of |de )?([^\W\d_]{3,16})"
)
_MONTH_BEFORE: Final = re.compile(r"([^\W\d_]{3,9})\.?[ \u00a0]{1,2}$")
_JOINING: Final = frozenset("-/.年月")
_SPACES: Final = frozenset(" \u00a0")
_THEN_DAY: Final = re.compile(r"\.?[ \u00a0]{1,2}(\d{1,2})(?:st|nd|rd|th)?(?![\d:.]\d|\d)")
_THEN_YEAR: Final = re.compile(r"\.?,?[ \u00a0]{0,2}((?:19|20)\d{2})(?!\d)")
# "2025 жылғы 12 қараша", "2026-yil 4-fevral", "2025-nji ýylyň 12-nji"
_YEAR_BEFORE: Final = re.compile(
    r"((?:19|20)\d{2})(?:-?nj[iy])?[ -]?(?:жыл|йил|yil|ýyl|сол|год|г\.)[^\W\d_]{0,6},?[ ]{1,2}$"
)
_DAY_WORD: Final = re.compile(r"[^\W\d_]{4,16}")
# Begins with its first sign, and looks back: so the engine skips to those.
_HAN_DAY: Final = re.compile(
    r"[星周今昨明](?:(?:(?<=周)|(?<=星)期)([一二三四五六日])|(?<=今)([天日])|(?<=昨)([天日])|(?<=明)([天日]))"
)
_HAN_SIGNS: Final = "星周今昨明"  # one is in each of those: quickly seen not to be there
_WINDOW: Final = 40
_AHEAD: Final = timedelta(days=92)  # a month without a year is at most this far in the future


def _automaton(words: Iterable[str]) -> ahocorasick.Automaton:
    """Finds where words of these may begin, far quicker than looking at each word of a text."""
    automaton = ahocorasick.Automaton(ahocorasick.STORE_LENGTH)
    for word in words:
        automaton.add_word(word[:_BEGINNING])
    automaton.make_automaton()
    return automaton


_BEGINNINGS: Final = _automaton((*_WEEKDAY, *_AGO, *_PAIRS))


class Dated(NamedTuple):
    """A day and the place in the text that names it."""

    day: date
    start: int
    end: int
    weekday: bool = False  # named by its day of the week alone: the last one, as far as this can tell


class Days(NamedTuple):
    """The days that an article names in its title and at the top of its text, each in order."""

    title: tuple[Dated, ...]
    text: tuple[Dated, ...]

    def once(self) -> tuple[date, ...]:
        """Each day once, in the order of their first mention."""
        return tuple(dict.fromkeys(found.day for found in self.title + self.text))


NO_DAYS: Final = Days((), ())


def days_of(article: Article) -> Days:
    """The days of an article; see `dated`.

    >>> days_of(Article("Signed on 4 February 2026", "On 4 February 2026 both sat down.")).once()
    (datetime.date(2026, 2, 4),)
    """
    published = article.published
    return Days(
        dated(article.title, published=published), dated(article.text[:FIGURES_END], published=published)
    )


def dated(text: str, *, published: datetime | None) -> tuple[Dated, ...]:
    """The days that `text` names, with their places, in order.

    Without `published`, only days named with their year are found; with it,
    also "4 февраля", "on Tuesday" and "yesterday", read from that moment:
    the nearest such day that is not more than three months ahead; a weekday
    is the last one up to that day.
    """
    today = published.date() if published else None
    found: list[Dated] = []
    for number in _NUMBER.finditer(text):
        if found and number.start() < found[-1].end:
            continue
        if day := _at_number(text, number, today):
            found.append(day)
    if today is not None:
        found += _relative(text, today)
    return tuple(sorted(found, key=lambda day: (day.start, day.end)))


def _at_number(text: str, number: re.Match[str], today: date | None) -> Dated | None:
    start, end = number.span()
    until = min(len(text), end + _WINDOW)
    following = text[end : end + 1]
    if following in _JOINING:
        if iso := _ISO.match(text, start, until):
            return _dated(iso, int(iso[1]), int(iso[2]), int(iso[3]))
        if points := _POINTS.match(text, start, until):
            return _dated(points, int(points[3]), int(points[2]), int(points[1]))
        if han := _HAN.match(text, start, until):
            year = int(han[1]) if han[1] else _year(int(han[2]), int(han[3]), today)
            return _dated(han, year, int(han[2]), int(han[3]))
    if end - start > 2:
        return None
    return _day_month(text, start, end, today) or _month_day(text, start, end, today)


def _day_month(text: str, start: int, end: int, today: date | None) -> Dated | None:
    """ "4 февраля 2026", "13th of March", "2025 жылғы 12 қараша"."""
    then = _THEN_MONTH.match(text, end, end + _WINDOW)
    month = _month(then[1]) if then else 0
    if then is None or not month:
        return None
    day = int(text[start:end])
    if after := _THEN_YEAR.match(text, then.end(), then.end() + 8):
        return _place(int(after[1]), month, day, start, after.end())
    if before := _YEAR_BEFORE.search(text, max(0, start - _WINDOW), start):
        return _place(int(before[1]), month, day, before.start(), then.end())
    return _place(_year(month, day, today), month, day, start, then.end())


def _month_day(text: str, start: int, end: int, today: date | None) -> Dated | None:
    """ "Feb. 4", "November 6, 2025"; the month with a capital, so that "may 12" is none."""
    if text[start - 1 : start] not in _SPACES:
        return None
    words = _MONTH_BEFORE.search(text, max(0, start - 12), start)
    month = _WHOLE.get(words[1].lower(), 0) if words and words[1][0].isupper() else 0
    if not words or not month:
        return None
    first = words.start()
    day = _THEN_DAY.match(text, first + len(words[1]), end + 4)
    if day is None:
        return None
    if after := _THEN_YEAR.match(text, day.end(), day.end() + 8):
        return _place(int(after[1]), month, int(day[1]), first, after.end())
    return _place(_year(month, int(day[1]), today), month, int(day[1]), first, day.end())


@lru_cache(maxsize=2048)
def _month(word: str) -> int:
    """The number of the month that `word` names in any form; 0: none."""
    form = word.lower()
    if form in _WHOLE:
        return _WHOLE[form]
    for length in range(len(form), max(2, len(form) - _LONGEST_ENDING) - 1, -1):
        stem = form[:length]
        if stem in _STEM:
            ending = form[length:]
            return _STEM[stem] if stem not in _SHORT_STEMS or ending in _SHORT_ENDINGS else 0
    return 0


def _year(month: int, day: int, today: date | None) -> int:
    """The year of a day named without one; 0: cannot be told."""
    if today is None:
        return 0
    try:
        ahead = date(today.year, month, day) - today
    except ValueError:
        return 0
    if ahead > _AHEAD:
        return today.year - 1
    return today.year + 1 if ahead < _AHEAD - timedelta(days=395) else today.year


def _dated(match: re.Match[str], year: int, month: int, day: int) -> Dated | None:
    return _place(year, month, day, match.start(), match.end())


def _place(year: int, month: int, day: int, start: int, end: int) -> Dated | None:
    if not 1900 <= year <= 2100:
        return None
    try:
        return Dated(date(year, month, day), start, end)
    except ValueError:  # 31 February, month 13: a number that looked like a date
        return None


def _relative(text: str, today: date) -> list[Dated]:
    found: list[Dated] = []
    low = text.replace("İ", "i").lower()  # the one letter whose lower case is longer than itself
    for last, _ in _BEGINNINGS.iter(low):
        start = last + 1 - _BEGINNING
        if start and low[start - 1].isalpha():
            continue
        word = _DAY_WORD.match(low, start)
        if word is None:
            continue
        back = _days_back(low, word, today)
        if back is not None:
            weekday = word.group() not in _AGO
            found.append(Dated(today - timedelta(days=back), word.start(), word.end(), weekday))
    for han in _HAN_DAY.finditer(text) if any(sign in text for sign in _HAN_SIGNS) else ():
        back = (
            (today.weekday() - _HAN_WEEKDAY[han[1]]) % 7 if han[1] else (0 if han[2] else 1 if han[3] else -1)
        )
        found.append(Dated(today - timedelta(days=back), han.start(), han.end(), bool(han[1])))
    return found


def _days_back(low: str, word: re.Match[str], today: date) -> int | None:
    """How many days before `today` is the day that a word names; None: it names none."""
    form = word.group()
    weekday = _weekday(form)
    if weekday is None:
        second = _DAY_WORD.match(low, word.end() + 1) if form in _FIRST_OF_TWO else None
        weekday = _PAIRS.get(f"{form} {second.group()}") if second else None
    if weekday is None and form not in _AGO:
        return None
    before = _WORD_BEFORE.search(low, max(0, word.start() - 14), word.start())
    if weekday is None:
        twice = before is not None and before[1] in {"before", "vor"} and form in _BEFORE_YESTERDAY
        return _AGO[form] + twice
    return (today.weekday() - weekday) % 7 - (7 if before is not None and before[1] in _NEXT else 0)


def _weekday(form: str) -> int | None:
    for length in range(len(form), max(4, len(form) - 4) - 1, -1):
        if form[:length] in _WEEKDAY:
            return _WEEKDAY[form[:length]]
    return None
