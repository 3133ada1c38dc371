"""A query as a question to the search index, in the words of either database.

Dates are not in the index: a story's place in time is the number of its row. A query with
`since:` or `before:` somewhere inside is therefore cut into spans of time, within each of
which every date in it is simply true or false, and what is left is a question of tokens.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final

from bot.core.asking.query import And, Field, Not, Or, Phrase, Query, Word, fields_of, moment
from bot.core.tokens import EVERY, FLAGGED, Expand, label, words
from bot.store.sql import LAST_MOMENT, moments


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens side by side, in this order."""

    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Every:
    """All parts; with none: any story."""

    parts: tuple["Match", ...] = ()


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part; with none: no story."""

    parts: tuple["Match", ...] = ()


@dataclass(frozen=True, slots=True)
class Without:
    """Not this."""

    part: "Match"


Match = Tokens | Every | Some | Without

ANY: Final = Every()
NONE: Final = Some()


@dataclass(frozen=True, slots=True)
class Slice:
    """A span of moments, both ends included, and what is asked of the stories in it."""

    low: int
    high: int
    match: Match


def nothing(word: str) -> Iterable[tuple[str, str]]:
    """For a caller without packs: a word means only itself."""
    del word
    return ()


def slices(
    query: Query,
    now: datetime,
    *,
    expand: Expand,
    flagged: bool,
    start: datetime | None,
    end: datetime | None,
) -> list[Slice]:
    """What to ask, the newest span first; spans in which nothing can match are left out.

    With `flagged`, only stories whose tier is shown to people, unless the query names tier:none itself.
    `start` and `end` are whole seconds here: the caller looks at the fractions.
    """
    shown = flagged and not any("none" in field.values for field in fields_of(query, "tier"))
    low = 0 if start is None else moments(start, start)[0]
    high = LAST_MOMENT if end is None else moments(end, end)[1]
    cuts = {low, high + 1} | {cut for cut in _cuts(query, now) if low < cut <= high}
    edges = sorted(cuts, reverse=True)
    found: list[Slice] = []
    for above, at in pairwise(edges):
        match = _match(query, now, at, expand)
        if shown:
            match = _every([Tokens((FLAGGED,)), match])
        if match == NONE:
            continue
        if found and found[-1].match == match and found[-1].low == above:
            found[-1] = Slice(at, found[-1].high, match)
        else:
            found.append(Slice(at, above - 1, match))
    return found


def wanted_words(query: Query) -> list[tuple[str, ...]]:
    """The words and phrases a story is liked for, as tokens; what stands under a minus is left out."""
    match query:
        case Word(text) | Phrase(text):
            return [found] if (found := tuple(words(text))) else []
        case And(parts) | Or(parts):
            return list(dict.fromkeys(each for part in parts for each in wanted_words(part)))
        case _:
            return []


def fts5(match: Match) -> str:
    """As an expression of SQLite's FTS5, whose NOT needs something on its left."""
    match match:
        case Tokens(tokens):
            return f'"{" ".join(tokens)}"'
        case Some(parts) if parts:
            return f"({' OR '.join(map(fts5, parts))})"
        case Every(parts):
            yes = [fts5(part) for part in parts if not isinstance(part, Without)] or [f'"{EVERY}"']
            no = [f" NOT {fts5(part.part)}" for part in parts if isinstance(part, Without)]
            return (
                f"({' AND '.join(yes)}{''.join(no)})"
                if len(yes) == 1
                else f"(({' AND '.join(yes)}){''.join(no)})"
            )
        case Without(part):
            return f'("{EVERY}" NOT {fts5(part)})'
    raise AssertionError("an empty Some never gets here: its slice is left out")


def tsquery(match: Match) -> str:
    """As the text of a PostgreSQL tsquery."""
    match match:
        case Tokens(tokens):
            return "(" + " <-> ".join(f"'{token}'" for token in tokens) + ")"
        case Some(parts) if parts:
            return f"({' | '.join(map(tsquery, parts))})"
        case Every(parts):
            # GIN cannot walk by what is not there.
            base = (
                parts if any(not isinstance(part, Without) for part in parts) else (Tokens((EVERY,)), *parts)
            )
            return f"({' & '.join(map(tsquery, base))})"
        case Without(part):
            return f"!{tsquery(part)}"
    raise AssertionError("an empty Some never gets here: its slice is left out")


def _cuts(query: Query, now: datetime) -> set[int]:
    match query:
        case Field("since" | "before", values):
            return {_at(value, now) for value in values}
        case And(parts) | Or(parts):
            return {cut for part in parts for cut in _cuts(part, now)}
        case Not(part):
            return _cuts(part, now)
        case _:
            return set()


def _at(value: str, now: datetime) -> int:
    """The first moment of the second that a date or period names."""
    when = max(moment(value, now), datetime(1970, 1, 1, tzinfo=UTC))
    return moments(when, when)[0]


def _match(query: Query, now: datetime, at: int, expand: Expand) -> Match:
    """What `query` asks of the stories right from `at` on, until the next cut."""
    found: Match
    match query:
        case Field("since", values):
            found = ANY if any(at >= _at(value, now) for value in values) else NONE
        case Field("before", values):
            found = ANY if any(at < _at(value, now) for value in values) else NONE
        case Field(name, values):
            found = _some([Tokens((label(name, value),)) for value in values])
        case Word(text) | Phrase(text):
            found = _word(text, expand)
        case Not(part):
            found = _without(_match(part, now, at, expand))
        case And(parts):
            found = _every([_match(part, now, at, expand) for part in parts])
        case Or(parts):
            found = _some([_match(part, now, at, expand) for part in parts])
    return found


def _word(text: str, expand: Expand) -> Match:
    """The word itself, or any label it means. What has no letter or digit ("&") asks nothing."""
    own = tuple(words(text))
    return _some([Tokens(own), *(Tokens((label(*meant),)) for meant in expand(text))]) if own else ANY


def _every(parts: Sequence[Match]) -> Match:
    flat = [each for part in parts for each in (part.parts if isinstance(part, Every) else (part,))]
    if NONE in flat:
        return NONE
    kept = tuple(dict.fromkeys(flat))
    return kept[0] if len(kept) == 1 else Every(kept)


def _some(parts: Sequence[Match]) -> Match:
    flat = [each for part in parts for each in (part.parts if isinstance(part, Some) else (part,))]
    if ANY in flat:
        return ANY
    kept = tuple(dict.fromkeys(flat))
    return kept[0] if len(kept) == 1 else Some(kept)


def _without(part: Match) -> Match:
    if part == ANY:
        return NONE
    if part == NONE:
        return ANY
    return part.part if isinstance(part, Without) else Without(part)
