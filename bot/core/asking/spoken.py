"""Lengths, times of day and days as people say them: "a week", "8.30 am", "mon-fri".

The languages of queries and subscriptions have one strict spelling of each; what is said
otherwise, and can mean one thing only, is brought to it here.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Final

from bot.core.subscription import EVERY_DAY, WORKING_DAYS

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVER: Final = "ever"

_NUMBERS: Final = {
    "": 1, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "ten": 10, "fourteen": 14, "thirty": 30, "две": 2, "два": 2, "три": 3, "семь": 7,
}  # fmt: skip
_UNITS: Final = {
    "h": "h hr hrs hour hours час часа часов", "d": "d day days день дня дней",
    "w": "w wk wks week weeks неделю недели недель", "m": "m mo month months месяц месяца месяцев",
    "y": "y yr yrs year years год года лет",
}  # fmt: skip
_UNIT_OF: Final = {name: unit for unit, names in _UNITS.items() for name in names.split()}
_EVER: Final = frozenset({"ever", "forever", "for ever", "good", "always", "навсегда"})
_LEADING: Final = re.compile(r"^(?:for |на |за )?(?:the )?(?:next |last |past )?")
_LENGTH: Final = re.compile(rf"(\d{{1,4}}|{'|'.join(filter(None, _NUMBERS))}|)[\s_-]*([^\W\d_]+)")

_CLOCK: Final = re.compile(r"(\d{1,2})(?:[:.h]?(\d\d))?\s*([ap]\.?m\.?)?")

_STEMS: Final = (
    r"mon(?:days?)?|понедельник(?:а|у|и|ов|ам)?|пн",
    r"tue(?:s(?:days?)?)?|вторник(?:а|у|и|ов|ам)?|вт",
    r"wed(?:nesdays?)?|сред(?:а|ы|у|е|ам)|ср",
    r"thu(?:rs?(?:days?)?)?|четверг(?:а|у|и|ов|ам)?|чт",
    r"fri(?:days?)?|пятниц(?:а|ы|у|е|ам)?|пт",
    r"sat(?:urdays?)?|суббот(?:а|ы|у|е|ам)?|сб",
    r"sun(?:days?)?|воскресень(?:е|я|ю|ям)|вс",
)
"""How each day of the week is called."""
_DAY: Final = rf"(?:{'|'.join(_STEMS)})"
_SETS: Final = (
    (
        re.compile(
            r"(?:(?:every|each|all) )?(?:week|work|working |business )days?"
            r"|будни(?:е дни)?|рабочие дни|(?:по )?(?:будням|рабочим дням)"
        ),
        WORKING_DAYS,
    ),
    (
        re.compile(
            r"daily|(?:every|each|all) ?(?:day|morning|evening)s?|ежедневно|кажд(?:ый|ое) (?:день|утро)"
        ),
        EVERY_DAY,
    ),
    (re.compile(r"(?:every |each )?weekends?|(?:по )?выходны[ем]"), (5, 6)),
)
_RANGE: Final = re.compile(rf"({_DAY})\s*(?:-|–|—|to|till|through|по|до)\s*({_DAY})")
_ONE: Final = re.compile(_DAY)
_BEFORE_DAYS: Final = re.compile(r"^(?:on|по|с|в|во) ")
_EACH: Final = re.compile(r"^(?:every|кажд(?:ый|ую|ое)) ")


def length(said: str) -> str | None:
    """A length of time as it is written; None: it is none.

    >>> length("a week"), length("7 days"), length("for two months"), length("forever"), length("soon")
    ('1w', '7d', '2m', 'ever', None)
    """
    told = _LEADING.sub("", " ".join(said.casefold().split()))
    if told in _EVER:
        return EVER
    found = _LENGTH.fullmatch(told)
    if found is None or found[2] not in _UNIT_OF:
        return None
    number = int(found[1]) if found[1].isdigit() else _NUMBERS[found[1]]
    return f"{number}{_UNIT_OF[found[2]]}"


def clock(said: str) -> time | None:
    """A time of day; None: it is none.

    >>> [str(clock(each)) for each in ("8:30", "8.30am", "0830", "8", "8 pm", "25:00")]
    ['08:30:00', '08:30:00', '08:30:00', '08:00:00', '20:00:00', 'None']
    """
    found = _CLOCK.fullmatch(said.strip().casefold())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    return time(hour, minute) if hour < 24 and minute < 60 else None


def weekdays(said: str) -> tuple[int, ...] | None:
    """Days of the week, Monday is 0; None: they are none.

    >>> weekdays("Mon-Fri"), weekdays("monday, thursday"), weekdays("every day"), weekdays("someday")
    ((0, 1, 2, 3, 4), (0, 3), (0, 1, 2, 3, 4, 5, 6), None)
    >>> weekdays("пн, ср"), weekdays("по понедельникам и пятницам"), weekdays("с понедельника по четверг")
    ((0, 2), (0, 4), (0, 1, 2, 3))
    """
    told = _BEFORE_DAYS.sub("", " ".join(said.casefold().replace("_", " ").split()))
    for pattern, days in _SETS:
        if pattern.fullmatch(told):
            return days
    found: set[int] = set()
    for part in re.split(r"\s*(?:,|;|&|\band\b|\bи\b)\s*", _EACH.sub("", told)):
        if between := _RANGE.fullmatch(part):
            first, last = map(_day, between.groups())
            found |= {day % 7 for day in range(first, last + 1 + 7 * (last < first))}
        elif _ONE.fullmatch(part):
            found.add(_day(part))
        else:
            return None
    return tuple(sorted(found)) or None


def _day(name: str) -> int:
    """The number of the day of the week that is called so."""
    return next(number for number, stem in enumerate(_STEMS) if re.fullmatch(stem, name))


@dataclass(frozen=True, slots=True)
class Timetable:
    """What was said of when, as options of a subscription, and the rest of what was said."""

    options: Mapping[str, str]
    rest: str


_QUOTED: Final = r'"[^"]*"|(?<!\S)[^\W\d_]+:(?:"[^"]*"|\S+)'
"""Phrases and fields: what stands in them is to be looked for."""

_TIME: Final = (
    r"(?:(?:at|by|around|в|к) )?(?P<time>\d{1,2}[:.h]\d\d\s?(?:[ap]\.?m\.?)?|\d{1,2}\s?[ap]\.?m\b\.?)"
    r"|(?:at|в) (?P<hour>\d{1,2})(?: o'clock)?(?![\w:.,%-])"
)
_WHEN: Final = rf"(?:on |по )?(?P<days>(?:{'|'.join(each.pattern for each, _ in _SETS)})(?!\w)"
_NAMED: Final = (
    rf"|(?:on |every |each |с )?{_RANGE.pattern.replace('(', '(?:').replace('(?:?:', '(?:')}(?!\w)"
    rf"|(?:on |every |each |по |кажд(?:ый|ую|ое) ){_DAY}(?:\s*(?:,|and|&|и)\s*{_DAY})*(?!\w))"
)
_SAID: Final = re.compile(rf"{_QUOTED}|(?<!\S)(?:{_TIME}|{_WHEN}{_NAMED})", re.IGNORECASE)
_ZONE: Final = re.compile(
    r"\s*(?:in |on |по |в |,)?\s*((?:UTC|GMT)\s?[+-]\s?\d{1,2}|[^\W\d_]+(?:/[^\W\d]+)?)( ?[^\W\d_]+)?",
    re.IGNORECASE,
)
_TIME_OF: Final = re.compile(r" (?:(?:local )?time(?: ?zone)?|времени)(?!\w)", re.IGNORECASE)

Zones = Callable[[str], str | None]
"""The time zone that a name means; None: it is none."""


def timetable(said: str, zones: Zones) -> Timetable:
    """Take times of day and days out of what was said, and the zone that stands right behind a time.

    >>> timetable("tungsten deals 8:30 utc weekdays", {"utc": "UTC"}.get)
    Timetable(options={'at': '08:30', 'zone': 'UTC', 'on': 'mon,tue,wed,thu,fri'}, rest='tungsten deals')
    >>> timetable('"at 8:30" uranium', {}.get).options
    {}
    """
    options: dict[str, str] = {}
    kept: list[str] = []
    at = 0
    for found in _SAID.finditer(said):
        if found.start() < at:
            continue
        told = found["time"] or found["hour"]
        if told and (when := clock(told)) and "at" not in options:
            options["at"] = when.isoformat("minutes")
        elif found["days"] and (days := weekdays(found["days"])) and "on" not in options:
            options["on"] = ",".join(DAYS[day] for day in days)
        else:
            continue
        kept.append(said[at : found.start()])
        at = found.end()
        if told and (found_zone := _zone_behind(said, at, zones)):
            options["zone"], at = found_zone
    kept.append(said[at:])
    return Timetable(options, " ".join(" ".join(kept).split()))


def _zone_behind(said: str, at: int, zones: Zones) -> tuple[str, int] | None:
    """The zone that stands behind a time, of one word or two, and where it ends."""
    found = _ZONE.match(said, at)
    if found is None:
        return None
    for name, end in (((found[1] + (found[2] or "")).strip(), found.end()), (found[1], found.end(1))):
        if zone := zones(name):
            behind = _TIME_OF.match(said, end)
            return zone, behind.end() if behind else end
    return None
