"""The query language: one grammar for slash commands, subscriptions and `ask`.

    query  = { and "OR" } and            words side by side are ANDed, OR binds less
    and    = { term }
    term   = [ "-" | "NOT" ] ( "(" query ")" | phrase | field | word )
    phrase = '"' text '"'
    field  = name ":" value { "," value }   values are alternatives

A parsed query prints back to itself: `parse(str(q)) == q`. Everything that
cannot be parsed raises `UserError` with the place and what would be right.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Protocol

from bot.core.countries import NAMES
from bot.core.loose import DEALS, FIELD_OF, near_to, straight, values, when
from bot.core.periods import period
from bot.core.words import TOPICS, FeedKind, Instrument, Stage, Tier
from bot.errors import Fix, UserError

LONGEST: Final = 4000  # Slack's own limit of a command text, in characters
DEEPEST: Final = 30  # parentheses in parentheses


@dataclass(frozen=True, slots=True)
class Word:
    """A word, looked for in title and text, and as a concept where the packs know it."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand side by side, in this order."""

    text: str

    def __str__(self) -> str:
        return f'"{self.text}"'


@dataclass(frozen=True, slots=True)
class Field:
    """A label the story must bear; several values are alternatives."""

    name: str
    values: tuple[str, ...]

    def __str__(self) -> str:
        if self.name == "type" and self.values == DEALS:
            return "type:deal"
        return f"{self.name}:{','.join(_quoted(value) for value in self.values)}"


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    part: Query

    def __str__(self) -> str:
        return f"-({self.part})" if isinstance(self.part, And | Or) else f"-{self.part}"


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts; with no parts it holds for every story."""

    parts: tuple[Query, ...] = ()

    def __str__(self) -> str:
        return " ".join(f"({part})" if isinstance(part, Or) else str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the parts."""

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " OR ".join(map(str, self.parts))


Query = Word | Phrase | Field | Not | And | Or

EVERYTHING: Final = And()

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class Vocabulary(Protocol):
    """Who knows the names of countries and minerals, in any language: the packs."""

    def resolve(self, kind: str, word: str) -> str | None:
        """The value that a word names for a kind ("country": "KZ"); None: none."""

    def suggest(self, kind: str, word: str) -> str | None:
        """The value whose name looks most like a mistyped word; None: none is near."""


FIELDS: Final[Mapping[str, str]] = {
    "country": "a country: country:kz,uz",
    "mineral": "a mineral: mineral:antimony",
    "type": "a kind of action: type:mou, type:deal",
    "stage": "how far it has come: stage:signed",
    "tier": "core, region or minerals: tier:core",
    "topic": "central_asia, critical_minerals or policy: topic:policy",
    "source": "an outlet's host: source:gazeta.uz",
    "lang": "a language: lang:ru",
    "since": "not older than: since:7d, since:2026-02-01",
    "before": "older than: before:2026-02-01",
    "is": "official, agency, independent, state, trade, think_tank, review: is:official",
}

_CLOSED: Final[Mapping[str, tuple[str, ...]]] = {
    "type": tuple(Instrument),
    "stage": tuple(Stage),
    "tier": tuple(Tier),
    "topic": TOPICS,
    "is": (*FeedKind, "review"),
}


def parse(
    text: str, vocabulary: Vocabulary | None = None, *, begins: int = 0, beside: Collection[str] = ()
) -> Query:
    """Read a query.

    Without a vocabulary any country and any mineral passes. `begins` is where
    the query begins in what was typed; `beside` are the options that may stand
    there too. Raises UserError, with `at` the offset of the mistake in what was typed.

    >>> str(parse('tungsten OR  "rare earths"  country:KZ,uz -opinion'))
    'tungsten OR "rare earths" country:kz,uz -opinion'
    >>> parse("contry:kz")
    Traceback (most recent call last):
    bot.errors.UserError: no field is called contry; did you mean country? (at character 1)
    """
    try:
        return _Parser(text, vocabulary, beside).whole()
    except _Mistake as mistake:
        at = begins + mistake.at
        fix = Fix(at, at + mistake.long, mistake.right) if mistake.right else None
        raise UserError(f"{mistake} (at character {at + 1})", at=at, fix=fix) from None


def moment(value: str, now: datetime) -> datetime:
    """The moment that a value of since: or before: names, counted back from `now`.

    A date means its first moment in UTC.
    """
    if (length := period(value)) is not None:
        try:
            return now - length
        except OverflowError:
            return datetime.min.replace(tzinfo=UTC)
    return datetime.fromisoformat(value).replace(tzinfo=UTC)


def fields_of(query: Query, name: str) -> Iterator[Field]:
    """Every field of this name, wherever it stands."""
    match query:
        case Field() if query.name == name:
            yield query
        case And(parts) | Or(parts):
            for part in parts:
                yield from fields_of(part, name)
        case Not(part):
            yield from fields_of(part, name)
        case _:
            return


def both(one: Query, other: Query) -> Query:
    """Both queries at once."""
    return _and([one, other])


def suggestion(word: str, known: Iterable[str]) -> str:
    """ "; did you mean X?" for the nearest known word, or "" when none is near."""
    near = near_to(word, known)
    return f"; did you mean {near}?" if near else ""


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r'[\s,()"]', value) else value


class _Mistake(Exception):  # noqa: N818  (it becomes a UserError before anybody sees it)
    """What is wrong, at which offset of the query, and what would be right for how many letters there."""

    def __init__(self, message: str, at: int, *, right: str = "", long: int = 0) -> None:
        self.at, self.right, self.long = at, right, long
        super().__init__(message)


def _and(parts: list[Query]) -> Query:
    flat: list[Query] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, And) else [part])
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def _or(parts: list[Query]) -> Query:
    flat: list[Query] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, Or) else [part])
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


_FIELD_NAME = re.compile(r"[^\W\d_]+(?=:)")
_WORD = re.compile(r'[^\s()"]+')
_VALUE = re.compile(r'"[^"]*"|[^\s(),"]+')


class _Parser:
    """Recursive descent over tokens; one instance reads one query."""

    def __init__(self, text: str, vocabulary: Vocabulary | None, beside: Collection[str]) -> None:
        self.text = straight(text)
        self.vocabulary = vocabulary
        self.beside = beside
        self.at = 0
        self.depth = 0

    def whole(self) -> Query:
        if (long := len(self.text)) > LONGEST:
            raise _Mistake(f"a query may have {LONGEST:,} characters; this one has {long:,}", LONGEST)
        query = self.alternatives()
        if self.at < len(self.text):
            raise _Mistake("this ) closes nothing", self.at)
        return query

    def alternatives(self) -> Query:
        self.depth += 1
        if self.depth > DEEPEST:
            raise _Mistake(f"parentheses may be {DEEPEST} deep", self.at)
        parts = [self.conjunction()]
        while or_at := self.accept_or():
            part = self.conjunction()
            if EVERYTHING in (part, parts[-1]):
                raise _Mistake("OR stands between two things to look for", or_at - 1)
            parts.append(part)
        self.depth -= 1
        return _or(parts)

    def conjunction(self) -> Query:
        parts: list[Query] = []
        while True:
            self.skip_space()
            if self.at >= len(self.text) or self.text[self.at] == ")" or self.next_is("OR"):
                return _and(parts)
            if self.next_is("AND"):  # people write it; side by side means the same
                self.at += len("AND")
                continue
            if self.next_is("-"):  # a dash between words, as in a pasted headline
                self.at += 1
                continue
            parts.append(self.term())

    def term(self) -> Query:
        start = self.at
        if self.text[self.at] == "-":
            dashes = len(self.text[self.at :]) - len(self.text[self.at :].lstrip("-"))
            self.at += dashes
            if self.at >= len(self.text) or self.text[self.at].isspace() or self.text[self.at] == ")":
                raise _Mistake("- stands right before what must not be there", start)
            part = self.atom()
            return Not(part) if dashes % 2 else part
        if not self.next_is("NOT"):
            return self.atom()
        self.at += len("NOT")
        self.skip_space()
        if self.at >= len(self.text) or self.text[self.at] == ")":
            raise _Mistake("NOT stands before what must not be there", start)
        return Not(self.atom())

    def atom(self) -> Query:
        start, char = self.at, self.text[self.at]
        if char == "(":
            self.at += 1
            inner = self.alternatives()
            if self.at >= len(self.text):
                raise _Mistake("this ( is not closed", start)
            self.at += 1
            if inner == EVERYTHING:
                raise _Mistake("there is nothing between these ( )", start)
            return inner
        if char == '"':
            return Phrase(self.quoted())
        if (name := _FIELD_NAME.match(self.text, self.at)) and not self.text.startswith("//", name.end() + 1):
            self.at = name.end() + 1
            return self.field(name[0], start)
        word = _WORD.match(self.text, self.at)
        assert word is not None, "space, parentheses and quotes were handled above"
        self.at = word.end()
        return Word(word[0])

    def quoted(self) -> str:
        start = self.at
        end = self.text.find('"', start + 1)
        if end < 0:
            raise _Mistake('this " is not closed', start)
        phrase = " ".join(self.text[start + 1 : end].split())
        if not phrase:
            raise _Mistake("there is nothing between these quotes", start)
        self.at = end + 1
        return phrase

    def field(self, typed: str, start: int) -> Field:
        name = typed.casefold()
        if name not in FIELDS:
            right = FIELD_OF.get(name) or near_to(name, (*FIELDS, *self.beside))
            options = f"; options are {', '.join(self.beside)}" if self.beside else ""
            near = f"; did you mean {right}?" if right else f"; fields are {', '.join(FIELDS)}{options}"
            raise _Mistake(f"no field is called {typed}{near}", start, right=right, long=len(typed))
        found: list[str] = []
        self.skip_space()
        while value := _VALUE.match(self.text, self.at):
            told = values(name, value[0].strip('"').strip().casefold())
            found += [self.value(name, each, self.at, len(value[0])) for each in told]
            self.at = value.end()
            if not self.text.startswith(",", self.at):
                break
            self.at += 1
            self.skip_space()
        if not found or self.text.startswith(",", self.at - 1):
            raise _Mistake(f"{name}: wants {FIELDS[name]}", self.at)
        return Field(name, tuple(dict.fromkeys(found)))

    def value(self, name: str, folded: str, at: int, long: int) -> str:
        if name in ("since", "before"):
            return _time(name, folded, at)
        if not folded:
            raise _Mistake(f"{name}: wants {FIELDS[name]}", at)
        if name in _CLOSED:
            word = folded.replace("-", "_")
            if word in _CLOSED[name]:
                return word
            known = f"; it is one of {', '.join(_CLOSED[name])}"
            raise _unknown(name, folded, near_to(word, _CLOSED[name]), at, long=long, known=known)
        if name in ("country", "mineral") and self.vocabulary is not None:
            found = self.vocabulary.resolve(name, folded.replace("_", " "))
            if found is not None:
                return found.casefold()
            near = self.vocabulary.suggest(name, folded)
            raise _unknown(name, folded, near.casefold() if near else "", at, long=long)
        if name == "lang" and not re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]+)*", folded):
            raise _unknown(name, folded, "", at, long=long)
        return folded

    def accept_or(self) -> int:
        """One more than the place of an OR that stands here and is passed over; 0: none does."""
        if not self.next_is("OR"):
            return 0
        self.at += len("OR")
        return self.at - 1

    def next_is(self, word: str) -> bool:
        end = self.at + len(word)
        return self.text.startswith(word, self.at) and (
            end >= len(self.text) or self.text[end].isspace() or (self.text[end] in "()" and word != "-")
        )

    def skip_space(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1


def _unknown(name: str, typed: str, near: str, at: int, *, long: int, known: str = "") -> _Mistake:
    called = f" ({NAMES[near.upper()]})" if name == "country" and near.upper() in NAMES else ""
    hint = f"; did you mean {near}{called}?" if near else known or f"; it wants {FIELDS[name]}"
    right = _quoted(near) if near else ""
    return _Mistake(f"{name}: does not know {typed}{hint}", at, right=right, long=long)


def _time(name: str, value: str, at: int) -> str:
    if period(value) is not None:
        return value
    if _DATE.fullmatch(value):
        try:
            datetime.fromisoformat(value)
        except ValueError:
            raise _Mistake(f"{value} is not a day of the calendar", at) from None
        return value
    if said := when(value):
        return _time(name, said, at)
    raise _Mistake(f"{name}: wants a period such as 12h, 7d, 4w, 3m, or a day such as 2026-02-01", at)
