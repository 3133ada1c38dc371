"""A form: what a command needs, as fields to fill in, and the words that they make.

A surface that can show fields shows them and sends the words that they make the way of
every command; one that cannot shows the words to type. So there is one way of doing a thing.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from bot.core.asking.query import FIELDS, And, Query
from bot.core.asking.query import Field as QueryField

WORDS: Final = "words"
"""The field of what is typed as it stands: a query, an address, a question."""

CHANNEL: Final = "channel"
"""The field of the channel that the command is said in."""

_QUOTES: Final = str.maketrans(dict.fromkeys('"“”„«»', "'"))

Values = Mapping[str, tuple[str, ...]]
"""What was filled in, by the names of the fields."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in. Its name is that of an option or of a field of the query language.

    `choices` stand under headings, which may be empty. `zone` and `time` are chosen from all
    that there are; "one" is one of a few, "boxes" are any of a few.
    """

    name: str
    label: str
    kind: Literal["text", "one", "list", "lists", "boxes", "time", "zone", "channel"] = "text"
    choices: tuple[tuple[str, tuple[Choice, ...]], ...] = ()
    value: tuple[str, ...] = ()
    hint: str = ""
    example: str = ""
    needed: bool = False
    tried: bool = False  # whether what it brings is shown as soon as it changes
    rare: bool = False  # whether it is shown only to who asks for more


@dataclass(frozen=True, slots=True)
class Form:
    """Fields, the command that they fill in, and the one that shows beforehand what would come of it."""

    title: str  # at most 24 letters
    command: str  # with what is not to be filled in: 'subscribe name:"Tungsten desk"'
    submit: str  # at most 24 letters
    fields: tuple[Field, ...]
    trial: str = ""  # a command that only reads; "": nothing is shown beforehand
    more: str = ""  # what asks for its rare fields


_PLACE: Final = re.compile(r" \(at character \d+\)(?=$|; and )")


def unplaced(mistake: str) -> str:
    """What is wrong, without places in words that nobody typed as they are."""
    return _PLACE.sub("", mistake)


@dataclass(frozen=True, slots=True)
class Written:
    """A command, and where in it each field stands: (begin, end, name)."""

    text: str
    places: tuple[tuple[int, int, str], ...]

    def field_at(self, at: int | None) -> str | None:
        """The field that a place of the command came from; None: none did."""
        if at is None:
            return None
        return next((name for begin, end, name in self.places if begin <= at < end), None)


def written(command: str, values: Values) -> Written:
    """The command with what was filled in. Words come last: what is wrong in them harms nothing else.

    >>> written("subscribe", {"country": ("kz", "uz"), "words": ("a OR b",), "at": ("08:30",)}).text
    'subscribe at:08:30 country:kz,uz (a OR b)'
    """
    given = {name: kept for name, value in values.items() if (kept := tuple(filter(None, value)))}
    fields = {name: str(QueryField(name, given[name])) for name in FIELDS if name in given}
    others = given.keys() - FIELDS.keys() - {WORDS, CHANNEL}
    options = {name: _option(name, given[name]) for name in values if name in others}
    words = " ".join(" ".join(given.get(WORDS, ())).split())
    if fields and " OR " in f" {words} ":
        words = f"({words})"  # as the person reads it: all of the fields, and one of these
    text = command
    places: list[tuple[int, int, str]] = []
    for name, told in (*options.items(), *fields.items(), (WORDS, words)):
        if told:
            places.append((len(text) + 1, len(text) + 1 + len(told) + 1, name))
            text = f"{text} {told}"
    return Written(text, tuple(places))


def parted(query: Query, known: Mapping[str, Collection[str]]) -> tuple[dict[str, tuple[str, ...]], str]:
    """A query as the values of pickers, and the rest of it as words. `known` is what can be picked.

    >>> from bot.core.asking.query import parse
    >>> parted(parse("country:kz (a OR b) country:uz"), {"country": {"kz", "uz"}})
    ({'country': ('kz',)}, '(a OR b) country:uz')
    """
    values: dict[str, tuple[str, ...]] = {}
    rest: list[Query] = []
    for part in query.parts if isinstance(query, And) else (query,):
        if _can_be_picked(part, known) and isinstance(part, QueryField) and part.name not in values:
            values[part.name] = part.values
        else:
            rest.append(part)
    return values, str(rest[0] if len(rest) == 1 else And(tuple(rest)))


def picked(groups: tuple[tuple[str, tuple[Choice, ...]], ...], values: Collection[str]) -> Iterator[Choice]:
    """The choices with these values, in the order in which they are offered."""
    return (choice for _, choices in groups for choice in choices if choice.value in values)


def _can_be_picked(part: Query, known: Mapping[str, Collection[str]]) -> bool:
    return isinstance(part, QueryField) and set(part.values) <= set(known.get(part.name, ()))


def _option(name: str, values: tuple[str, ...]) -> str:
    told = " ".join(",".join(values).translate(_QUOTES).split())
    return f'{name}:"{told}"' if " " in told else f"{name}:{told}"
