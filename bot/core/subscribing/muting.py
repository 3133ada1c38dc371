"""Mutes: what a channel does not want to see for a while, and which events that hides.

A mute never hides more than it says: an event that something else speaks for
stays. So an event goes only when all of its reports are of muted sources, when
all of the five countries it is about are muted (or, when it is about none of
them, all of its countries), or when all of its minerals are.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal

from bot.core.asking.options import Options, take
from bot.core.asking.periods import period
from bot.core.asking.query import And, Field, Phrase, Query, Vocabulary, Word, parse
from bot.core.asking.spoken import EVER, length, weekdays
from bot.core.event import Event
from bot.core.text import fold
from bot.core.words import FIVE
from bot.errors import UserError

Kind = Literal["source", "country", "mineral", "event", "words"]

USUAL: Final = timedelta(days=7)
LONGEST: Final = timedelta(days=3650)
_EVENT: Final = re.compile(r"(?:event )?e(\d{1,18})", re.IGNORECASE)
_HOST: Final = re.compile(
    r"(?:the )?(?:source |site |outlet )?(?:<?https?://)?((?:[\w-]+\.)+[^\W\d_]{2,})(?:[/|]\S*)?>?",
    re.IGNORECASE,
)
_AT_THE_END: Final = re.compile(r"(?<!\S)(?=((?:for\b|\d|one\b|an?\b|на\b).*)$)", re.IGNORECASE)
_KIND: Final = re.compile(r"^(?:the )?(?:source|site|outlet|feed) (?=\S)")
_UNTIL: Final = re.compile(r"(?<!\S)(?:until|till|before):?\s?(\S+)\s*$", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W_]+")
_MOST_WORDS: Final = 12

WANTS: Final = "a mute is of source:, country:, mineral:, an event such as e17, or words of a headline"


@dataclass(frozen=True, slots=True)
class Muted:
    """Something a channel does not want to see for a while."""

    id: int
    channel: str
    kind: str  # one of Kind
    value: str
    until: datetime | None  # None: for good
    person: str
    made_at: datetime

    @property
    def thing(self) -> str:
        """As people type it: "source:sputnik.kg", "e17"."""
        match self.kind:
            case "event":
                return f"e{self.value}"
            case "words":
                return f'"{self.value}"'
            case _:
                return str(Field(self.kind, (self.value,)))


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be muted, and for how long."""

    things: tuple[tuple[Kind, str], ...]
    length: timedelta | None  # None: for good


def read(text: str, now: datetime, vocabulary: Vocabulary | None = None, *, begins: int = 0) -> Wish:
    """Read what was typed after `mute`. Raises UserError with the place of what makes no sense.

    >>> noon = datetime(2026, 2, 6, 12, tzinfo=UTC)
    >>> read("source:sputnik.kg for:2w", noon) == read("sputnik.kg for two weeks", noon)
    True
    >>> read("sputnik.kg until 2026-02-20", noon)
    Wish(things=(('source', 'sputnik.kg'),), length=datetime.timedelta(days=13, seconds=43200))
    """
    options = take(text, ["for"], begins=begins)
    rest, said, at = _said(options, begins)
    long = USUAL if said is None else _length(said, at)
    if found := _UNTIL.search(options.rest):
        if "for" in options.values:
            raise UserError(f"for how long, or until when: one of them (at character {at + 1})", at=at)
        rest, long = options.rest[: found.start()], _left(found[1], now, begins + found.start())
    if found := _EVENT.fullmatch(rest.strip()):
        return Wish((("event", str(int(found[1]))),), long)
    if found := _HOST.fullmatch(rest.strip()):
        return Wish((("source", found[1].casefold()),), long)
    query = parse(rest, vocabulary, begins=begins)
    return Wish(tuple(_things(query, begins)), long)


def plain(name: str) -> str:
    """The words of a name as a mute of words has them; what kind of thing it is does not count."""
    return _KIND.sub("", " ".join(_WORD.findall(fold(name).text)))


def _said(options: Options, begins: int) -> tuple[str, str | None, int]:
    """What was typed without a length of time, that length, and its place: "sputnik.kg for a week"."""
    if "for" in options.values:
        return options.rest, options.values["for"], options.places["for"]
    for found in _AT_THE_END.finditer(options.rest):
        if length(found[1]) and options.rest[: found.start()].strip():
            return options.rest[: found.start()], found[1], begins + found.start()
    return options.rest, None, begins


def hiding(event: Event, mutes: Iterable[Muted]) -> Sequence[Muted]:
    """The mutes that hide an event together; () when it is seen."""
    by_kind: dict[str, list[Muted]] = {}
    for each in mutes:
        by_kind.setdefault(each.kind, []).append(each)
    for kind, of_kind in by_kind.items():
        if found := _hiding(event, kind, of_kind):
            return found
    return ()


def _hiding(event: Event, kind: str, mutes: Sequence[Muted]) -> Sequence[Muted]:
    match kind:
        case "event":
            return [each for each in mutes if each.value == str(event.id)]
        case "words":
            headline = _words(event.headline)
            return [each for each in mutes if f" {_words(each.value).strip()} " in headline]
        case "source":
            return _all_muted({report.source.casefold() for report in event.stories}, mutes, _is_of_host)
        case "country":
            five = {country for country in event.countries if country in FIVE}
            return _all_muted({country.casefold() for country in five or event.countries}, mutes, str.__eq__)
        case "mineral":
            return _all_muted({mineral.casefold() for mineral in event.minerals}, mutes, str.__eq__)
        case _:
            return ()


def _all_muted(
    has: Collection[str], mutes: Sequence[Muted], fits: Callable[[str, str], bool]
) -> Sequence[Muted]:
    found = {each: next((mute for mute in mutes if fits(mute.value, each)), None) for each in has}
    told = [mute for mute in found.values() if mute is not None]
    return sorted(set(told), key=lambda mute: mute.id) if has and len(told) == len(found) else ()


def _is_of_host(muted: str, host: str) -> bool:
    """A host is muted with all that is below it: sputnik.kg hides en.sputnik.kg."""
    muted, host = muted.removeprefix("www."), host.removeprefix("www.")
    return host == muted or host.endswith(f".{muted}")


def _things(query: Query, begins: int) -> Iterator[tuple[Kind, str]]:
    parts = query.parts if isinstance(query, And) else (query,)
    words = [part.text for part in parts if isinstance(part, Word | Phrase)]
    fields = [
        part for part in parts if isinstance(part, Field) and part.name in ("source", "country", "mineral")
    ]
    if not parts or len(words) + len(fields) < len(parts):
        raise UserError(f"{WANTS}; for:7d says how long", at=begins)
    if words and fields:
        raise UserError(f"mute one after the other: {WANTS}", at=begins)
    for field in fields:
        kind: Kind = (
            "source" if field.name == "source" else "country" if field.name == "country" else "mineral"
        )
        yield from ((kind, value) for value in field.values)
    if words:
        told = " ".join(_WORD.findall(fold(" ".join(words)).text)[:_MOST_WORDS])
        if not told:
            raise UserError(f"{WANTS}; for:7d says how long", at=begins)
        yield "words", told


def _length(said: str, at: int) -> timedelta | None:
    """A length that was said; None: for good."""
    told = length(said)
    if told == EVER:
        return None
    long = period(told or "") or timedelta(0)
    if not timedelta(0) < long <= LONGEST:
        raise UserError(f"for: wants 12h, 7d, 4w, 3m or ever (at character {at + 1})", at=at)
    return long


def _left(day: str, now: datetime, at: int) -> timedelta:
    """The time until a day begins, by the clock of UTC."""
    try:
        left = datetime.combine(_day(day, now.date()), time(), UTC) - now
    except ValueError:
        left = timedelta(0)
    if not timedelta(0) < left <= LONGEST:
        wants = "until wants a day to come: until friday, until 2026-03-01; for:12h and for:4w say how long"
        raise UserError(f"{wants} (at character {at + 1})", at=at)
    return left


def _day(said: str, today: date) -> date:
    """The day that is meant; of weekdays the next one. Raises ValueError when it is none."""
    if said.casefold() == "tomorrow":
        return today + timedelta(days=1)
    if len(named := weekdays(said) or ()) == 1:
        return today + timedelta(days=(named[0] - today.weekday() - 1) % 7 + 1)
    return date.fromisoformat(said)


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(fold(text).text))} "
