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

from bot.core.asking.loose import DEALS, FIELD_OF, near_to, straight, values
from bot.core.asking.mistakes import Mistake, error, moment_of
from bot.core.asking.periods import last_named, period
from bot.core.countries import NAMES
from bot.core.words import TOPICS, FeedKind, Instrument, Stage, Tier

LONGEST: Final = 4000  # Slack's own limit of a command text, in characters
DEEPEST: Final = 30  # parentheses in parentheses
MISTAKES_TOLD: Final = 5  # of one query, at once


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
    "since": "not older than: since:7d, since:friday, since:2026-02-01",
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
    there too. Raises UserError, with `at` the offset of the first mistake in what was typed; of names
    that mean nothing it tells the others too.

    >>> str(parse('tungsten OR  "rare earths"  country:KZ,uz -opinion'))
    'tungsten OR "rare earths" country:kz,uz -opinion'
    >>> parse("contry:kz")
    Traceback (most recent call last):
    bot.errors.UserError: no field is called contry; did you mean country? (at character 1)
    """
    mistakes: list[Mistake] = []
    while len(mistakes) < MISTAKES_TOLD:
        try:
            query = _Parser(text, vocabulary, beside, {each.at for each in mistakes}).whole()
        except Mistake as mistake:
            mistakes.append(mistake)
            if not mistake.long:
                break  # from there on it cannot be read
        else:
            if not mistakes:
                return query
            break
    raise error(mistakes, begins)


def moment(value: str, now: datetime) -> datetime:
    """The moment that a value of since: or before: names, counted back from `now`.

    A date means its first moment in UTC, and so does a day of the week or a month by its name: the last
    one before today, the last one that has begun.
    """
    if (length := period(value)) is not None:
        try:
            return now - length
        except OverflowError:
            return datetime.min.replace(tzinfo=UTC)
    named = last_named(value, now.date())
    return datetime.fromisoformat(named.isoformat() if named else value).replace(tzinfo=UTC)


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

    def __init__(
        self, text: str, vocabulary: Vocabulary | None, beside: Collection[str], known: Collection[int]
    ) -> None:
        self.text = straight(text)
        self.vocabulary = vocabulary
        self.beside = beside
        self.known = known  # where names stand that mean nothing, as is known already
        self.at = 0
        self.depth = 0

    def whole(self) -> Query:
        if (long := len(self.text)) > LONGEST:
            raise Mistake(f"a query may have {LONGEST:,} characters; this one has {long:,}", LONGEST)
        if self.text.strip() and not re.search(r"""[\w()":-]""", self.text):
            raise Mistake("there is no letter or digit in it to look for", 0)
        query = self.alternatives()
        if self.at < len(self.text):
            raise Mistake("this ) closes nothing", self.at)
        return query

    def alternatives(self) -> Query:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Mistake(f"parentheses may be {DEEPEST} deep", self.at)
        parts = [self.conjunction()]
        while or_at := self.accept_or():
            part = self.conjunction()
            if EVERYTHING in (part, parts[-1]):
                raise Mistake("OR stands between two things to look for", or_at - 1)
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
                raise Mistake("- stands right before what must not be there", start)
            part = self.atom()
            return Not(part) if dashes % 2 else part
        if not self.next_is("NOT"):
            return self.atom()
        self.at += len("NOT")
        self.skip_space()
        if self.at >= len(self.text) or self.text[self.at] == ")":
            raise Mistake("NOT stands before what must not be there", start)
        return Not(self.atom())

    def atom(self) -> Query:
        start, char = self.at, self.text[self.at]
        if char == "(":
            self.at += 1
            inner = self.alternatives()
            if self.at >= len(self.text):
                raise Mistake("this ( is not closed", start)
            self.at += 1
            if inner == EVERYTHING:
                raise Mistake("there is nothing between these ( )", start)
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
            raise Mistake('this " is not closed', start)
        phrase = " ".join(self.text[start + 1 : end].split())
        if not phrase:
            raise Mistake("there is nothing between these quotes", start)
        self.at = end + 1
        return phrase

    def field(self, typed: str, start: int) -> Field:
        name = typed.casefold()
        if name not in FIELDS and start not in self.known:
            right = FIELD_OF.get(name) or near_to(name, (*FIELDS, *self.beside))
            options = f"; options are {', '.join(self.beside)}" if self.beside else ""
            listed = "" if self.known else f"; fields are {', '.join(FIELDS)}{options}"
            near = f"; did you mean {right}?" if right else listed
            raise Mistake(f"no field is called {typed}{near}", start, right=right, long=len(typed))
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
        if name in FIELDS and (not found or self.text.startswith(",", self.at - 1)):
            raise Mistake(f"{name}: wants {FIELDS[name]}", self.at)
        return Field(name, tuple(dict.fromkeys(found)))

    def value(self, name: str, folded: str, at: int, long: int) -> str:
        if name in ("since", "before"):
            return moment_of(name, folded, at)
        if at in self.known or name not in FIELDS:
            return folded
        if not folded:
            raise Mistake(f"{name}: wants {FIELDS[name]}", at)
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


def _unknown(name: str, typed: str, near: str, at: int, *, long: int, known: str = "") -> Mistake:
    called = f" ({NAMES[near.upper()]})" if name == "country" and near.upper() in NAMES else ""
    hint = f"; did you mean {near}{called}?" if near else known or f"; it wants {FIELDS[name]}"
    right = _quoted(near) if near else ""
    return Mistake(f"{name}: does not know {typed}{hint}", at, right=right, long=long)
