"""Facets: what those that were found have in common, as buttons that narrow the question."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from bot.core.asking.query import Field, Query, both, fields_of
from bot.core.countries import NAMES
from bot.core.documents import Button, Buttons
from bot.core.wording import instrument_name
from bot.core.words import FIVE, Instrument
from bot.store import search as index
from bot.store.database import Session

SHOWN: Final = 4
"""Values of one kind that are buttons."""

KINDS: Final = ("country", "mineral", "type", "month")

Facets = Mapping[str, list[tuple[str, int]]]
"""How many events, and stories of none, have each value of a kind, most first; of months the latest."""


def of(session: Session, found: index.Found, events: Mapping[int, int]) -> Facets:
    """The facets of the stories that were found, each counted as its event of `events`, if it has one."""
    counted = {story: events.get(story, -story) for story in found.stories}
    borne = index.facets(session, counted, ["country", "place", "mineral", "type"])
    # Of the five a story bears what it is about; of the others, what it names (as the index has it).
    others = [(value, number) for value, number in borne["place"] if value not in FIVE]
    countries = sorted(borne["country"] + others, key=lambda each: (-each[1], each[0]))
    return {
        "country": countries,
        "mineral": borne["mineral"],
        "type": borne["type"],
        "month": index.by_month(zip(counted.values(), found.reported, strict=True)),
    }


def buttons(verb: str, query: Query, facets: Facets, *, among: int) -> list[Buttons]:
    """A row for each kind that would narrow the answer, which has `among` events and stories."""
    rows = []
    for kind in KINDS:
        if kind != "month" and any(fields_of(query, kind)):
            continue  # it was narrowed by this already
        telling = [(value, number) for value, number in facets[kind] if number < among]
        row = [
            Button(f"{_label(kind, value)} ({number})", f"{verb} {narrowed(query, kind, value)}", "more")
            for value, number in telling[:SHOWN]
        ]
        if row:
            rows.append(Buttons(tuple(row)))
    return rows


def narrowed(query: Query, kind: str, value: str) -> Query:
    """The query, of this value alone."""
    if kind != "month":
        return both(query, Field(kind, (value.casefold(),)))
    first = date.fromisoformat(f"{value}-01")
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return both(both(query, Field("since", (first.isoformat(),))), Field("before", (after.isoformat(),)))


def _label(kind: str, value: str) -> str:
    match kind:
        case "country":
            return NAMES.get(value, value)
        case "type":
            return instrument_name(Instrument(value)) if value in set(Instrument) else value
        case "month":
            return f"{date.fromisoformat(f'{value}-01'):%b %Y}"
        case _:
            return value
