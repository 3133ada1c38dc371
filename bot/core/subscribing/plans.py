"""Reading a subscription from what was typed: a query, and when and where to tell it.

    country:kz mineral:tungsten at:08:30 zone:Tashkent on:weekdays name:"Tungsten desk"

The options look like fields of the query language and stand anywhere; what is
left of the text without them is the query.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final
from zoneinfo import available_timezones

from bot.core.asking import spoken
from bot.core.asking.options import take, unwrapped
from bot.core.asking.query import EVERYTHING, Query, Vocabulary, parse, suggestion
from bot.core.asking.spoken import DAYS
from bot.core.subscribing import holidays
from bot.core.subscription import Plan
from bot.core.telling.phrases import LANGUAGES
from bot.core.words import Tier
from bot.errors import UserError

OPTIONS: Final[Mapping[str, str]] = {
    "at": "times of day: at:08:30 or at:08:30,17:00",
    "zone": "a time zone or its city: zone:Tashkent",
    "on": "days: on:weekdays, on:daily or on:mon,wed,fri",
    "name": 'what it is called: name:"Tungsten desk"',
    "in": "a channel's id: in:C0123456789",
    "tiers": "which tiers: tiers:core,region",
    "most": "events in the main message: most:10",
    "quiet": "whether a quiet day says so: quiet:yes or quiet:no",
    "skip": "a country whose holidays are skipped: skip:uz or skip:no",
    "alerts": "whether what cannot wait is told at once: alerts:yes or alerts:no",
    "review": "the day of a review of the week: review:mon or review:no",
    "headings": "the language of the headings: headings:ru or headings:en",
}
ALSO: Final[Mapping[str, str]] = {
    **dict.fromkeys(("time", "times"), "at"),
    **dict.fromkeys(("tz", "timezone", "city"), "zone"),
    **dict.fromkeys(("days", "day", "weekdays"), "on"),
    **dict.fromkeys(("holidays", "holiday"), "skip"),
}
"""What people call the options otherwise."""

_BARE_TIME: Final = re.compile(r"(?<!\S)([01]?\d|2[0-3]):[0-5]\d(?!\S)")
_OFFSET: Final = re.compile(r"(?:utc|gmt)?([+-])0?(\d{1,2})(?::?00)?")
_NAME: Final = 80  # characters of a name
_MOST: Final = 40  # events that a message holds
_ANY: Final = Plan(name="", channel="", times=())  # over which an option can be tried


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed, before it is known over which plan it goes."""

    query: str  # in its canonical form
    options: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)  # offsets of the options' values

    @property
    def name(self) -> str:
        """What it is to be called; "": nothing was said."""
        return " ".join(self.options.get("name", "").split())

    def over(self, plan: Plan) -> Plan:
        """The plan with what was typed in place of what it said."""
        for option, value in self.options.items():
            plan = _READERS[option](plan, value, self.places[option])
        return replace(plan, query=self.query)


def read(text: str, vocabulary: Vocabulary | None = None, *, begins: int = 0) -> Wanted:
    """Take the options out of what was typed and read the rest as a query.

    `begins` is where `text` begins in what was typed. Raises UserError with
    the places of all that makes no sense.
    """
    mistakes: list[UserError] = []
    options = take(text, OPTIONS, also=ALSO, begins=begins, mistakes=mistakes)
    if bare := _BARE_TIME.search(options.rest):
        # Kept as a word of the query it would find nothing, every day, without a sound.
        told = f"{bare[0]} would be looked for as a word; a time of day is told with at:{bare[0]}"
        at = begins + bare.start()
        mistakes.append(UserError(f"{told} (at character {at + 1})", at=at))
    query: Query = EVERYTHING
    try:
        query = parse(options.rest, vocabulary, begins=begins, beside=OPTIONS)
    except UserError as error:
        mistakes += error.each
    for option, value in options.values.items():
        try:
            _READERS[option](_ANY, value, options.places[option])
        except UserError as error:
            mistakes.append(error)
    if mistakes:
        raise UserError.together(mistakes)
    return Wanted(str(query), options.values, options.places)


def written(plan: Plan) -> str:
    """The options of a plan as they are typed, without its name and channel."""
    options = {
        "at": ",".join(each.isoformat("minutes") for each in plan.times),
        "zone": plan.timezone,
        "on": ",".join(DAYS[day] for day in plan.weekdays),
        "tiers": ",".join(plan.tiers),
        "most": str(plan.most),
        "quiet": "yes" if plan.on_quiet_days else "no",
        "skip": plan.holidays.lower() or "no",
        "alerts": "yes" if plan.alerts else "no",
        "review": "no" if plan.review is None else DAYS[plan.review],
        "headings": plan.language,
    }
    return " ".join(f"{option}:{value}" for option, value in options.items())


def zone(typed: str) -> str | None:
    """The IANA name of a time zone that was typed in full or by its city; None: there is none.

    >>> zone("tashkent"), zone("Tashkent time"), zone("UTC+5"), zone("Nowhere")
    ('Asia/Tashkent', 'Asia/Tashkent', 'Etc/GMT-5', None)
    """
    wanted = " ".join(typed.split()).casefold().removesuffix(" time").replace(" ", "_")
    if offset := _OFFSET.fullmatch(wanted.replace("_", "")):
        # Names of the kind "Etc/GMT-5" count from the other side.
        wanted = f"etc/gmt{'-' if offset[1] == '+' else '+'}{offset[2]}"
    known = _zones()
    for name in known:
        if name.casefold() == wanted:
            return name
    cities = {_city(name): name for name in reversed(known) if "/" in name}
    return _MOVED.get(wanted) or cities.get(wanted)


def zones(typed: str, *, most: int) -> list[str]:
    """Time zones whose name holds what was typed, those first whose city begins with it.

    >>> zones("tash", most=1)
    ['Asia/Tashkent']
    """
    wanted = typed.strip().replace(" ", "_").casefold()
    known = [name for name in _zones() if "/" in name or name == "UTC"]
    found = {name for name in known if wanted in name.casefold()}
    if moved := _MOVED.get(wanted):
        found.add(moved)
    return sorted(found, key=lambda name: (not _city(name).startswith(wanted), name))[:most]


@cache
def _zones() -> list[str]:
    """All names, in order. Asked of the machine it takes a tenth of a second."""
    return sorted(available_timezones())


def _city(name: str) -> str:
    return name.rpartition("/")[2].casefold()


_MOVED: Final = {
    **dict.fromkeys(("astana", "nur-sultan", "kazakhstan", "алматы"), "Asia/Almaty"),
    **dict.fromkeys(("астана", "астаны", "астане", "астану", "астанинскому"), "Asia/Almaty"),
    **dict.fromkeys(("uzbekistan", "ташкент", "ташкента", "ташкенту", "ташкенте"), "Asia/Tashkent"),
    **dict.fromkeys(("ташкентское", "ташкентскому", "самарканд"), "Asia/Tashkent"),
    **dict.fromkeys(("kyrgyzstan", "бишкек", "бишкека", "бишкеку", "бишкеке"), "Asia/Bishkek"),
    **dict.fromkeys(("tajikistan", "душанбе"), "Asia/Dushanbe"),
    **dict.fromkeys(("turkmenistan", "ашхабад", "ашхабада", "ашхабаду", "ашхабаде"), "Asia/Ashgabat"),
    **dict.fromkeys(("washington", "washington_dc"), "America/New_York"),
    **dict.fromkeys(("beijing", "peking"), "Asia/Shanghai"),
    **dict.fromkeys(("москва", "москвы", "москве", "мск", "московское", "московскому"), "Europe/Moscow"),
    "geneva": "Europe/Zurich",
}
"""Places that people name and the database of zones does not."""


def _wrong(option: str, value: str, at: int, hint: str = "") -> UserError:
    said = f"{option}: does not know {value[:40]!r}{hint or f'; it wants {OPTIONS[option]}'}"
    return UserError(f"{said} (at character {at + 1})", at=at)


def _at(plan: Plan, value: str, at: int) -> Plan:
    times = [spoken.clock(each) for each in value.split(",")]
    found = {each for each in times if each is not None}
    if None in times or not found:
        raise _wrong("at", value, at)
    return replace(plan, times=tuple(sorted(found)))


def _zone(plan: Plan, value: str, at: int) -> Plan:
    found = zone(value)
    if found is None:
        raise _wrong("zone", value, at, suggestion(value, _zones()))
    return replace(plan, timezone=found)


def _on(plan: Plan, value: str, at: int) -> Plan:
    days = spoken.weekdays(value)
    if days is None:
        raise _wrong("on", value, at)
    return replace(plan, weekdays=days)


def _name(plan: Plan, value: str, at: int) -> Plan:
    name = " ".join(value.split())
    if not 0 < len(name) <= _NAME:
        raise _wrong("name", value, at)
    return replace(plan, name=name)


def _in(plan: Plan, value: str, at: int) -> Plan:
    channel = unwrapped(value)
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,80}", channel):
        raise _wrong("in", value, at)
    return replace(plan, channel=channel)


def _tiers(plan: Plan, value: str, at: int) -> Plan:
    wanted = {each.strip().casefold() for each in value.split(",")}
    tiers = tuple(tier for tier in Tier if tier.flagged and tier.value in wanted)
    if len(tiers) != len(wanted):
        raise _wrong("tiers", value, at)
    return replace(plan, tiers=tiers)


def _most(plan: Plan, value: str, at: int) -> Plan:
    if not (value.isascii() and value.isdigit() and 0 < int(value) <= _MOST):
        raise _wrong("most", value, at, f"; it is a number from 1 to {_MOST}")
    return replace(plan, most=int(value))


def _quiet(plan: Plan, value: str, at: int) -> Plan:
    return replace(plan, on_quiet_days=_yes("quiet", value, at))


def _alerts(plan: Plan, value: str, at: int) -> Plan:
    return replace(plan, alerts=_yes("alerts", value, at))


def _yes(option: str, value: str, at: int) -> bool:
    told = {"on": "yes", "true": "yes", "off": "no", "false": "no"}.get(value.casefold(), value.casefold())
    if told not in ("yes", "no"):
        raise _wrong(option, value, at)
    return told == "yes"


def _skip(plan: Plan, value: str, at: int) -> Plan:
    if value.casefold() == "no":
        return replace(plan, holidays="")
    if value.upper() not in holidays.known():
        raise _wrong("skip", value, at)
    return replace(plan, holidays=value.upper())


def _review(plan: Plan, value: str, at: int) -> Plan:
    day = value.casefold()[:3]
    if day not in (*DAYS, "no"):
        raise _wrong("review", value, at)
    return replace(plan, review=None if day == "no" else DAYS.index(day))


def _headings(plan: Plan, value: str, at: int) -> Plan:
    if value.casefold() not in LANGUAGES:
        raise _wrong("headings", value, at)
    return replace(plan, language=value.casefold())


_READERS: Final[Mapping[str, Callable[[Plan, str, int], Plan]]] = {
    "at": _at,
    "zone": _zone,
    "on": _on,
    "name": _name,
    "in": _in,
    "tiers": _tiers,
    "most": _most,
    "quiet": _quiet,
    "skip": _skip,
    "alerts": _alerts,
    "review": _review,
    "headings": _headings,
}
