"""`export`: what is stored, as records with stable ids, for other programs and for spreadsheets."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from bot.core.actions.accounts import disagreement
from bot.core.as_json import event_json, told_json
from bot.core.asking.asked_for import asked_for
from bot.core.asking.query import EVERYTHING, Query
from bot.core.event import Event
from bot.core.inert import one_line
from bot.core.story import Decision, Story
from bot.core.tokens import Expand
from bot.store import decisions, events, happenings, search, stories
from bot.store.database import Database, Session
from bot.store.sql import chunks

Record = dict[str, Any]

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "stories": (
        *("id", "guid", "feed", "url", "title", "source", "lang", "published"),
        *("tier", "topics", "countries", "minerals", "event"),
    ),
    "events": (
        *("id", "headline", "summary", "tier", "countries", "minerals", "score", "review"),
        *("first", "last", "instrument", "stage", "sources", "urls"),
    ),
    "actions": (
        *(
            "id",
            "event",
            "first",
            "instrument",
            "stage",
            "parties",
            "actors",
            "minerals",
            "amount",
            "currency",
        ),
        *("date", "sentence", "headline", "tier", "countries", "story", "source", "url", "differs"),
    ),
}
"""What can be exported, and the columns of its CSV."""

_AT_ONCE: Final = 400  # records read together
_NO_LIMIT: Final = 100_000_000
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def export(database: Database, what: str, query: Query, *, now: datetime, expand: Expand) -> Iterator[Record]:
    """The `what` ("stories", "events" or "actions") that match `query`, in the order of their ids.

    Stories are all that are kept, also those without a tier when the query is
    empty; events and actions are those of flagged stories.
    """
    with database.reading() as session:
        if what == "stories" and query == EVERYTHING:
            yield from _with_events(session, stories.every(session))
            return
        flagged = what != "stories"
        found = sorted(
            search.matching(session, query, now=now, expand=expand, flagged=flagged, most=_NO_LIMIT)
        )
        if what == "stories":
            yield from _with_events(session, _decided(session, found))
            return
        ids = sorted(set(events.of_stories(session, found).values()))
        for some in chunks(ids, _AT_ONCE):
            for event in happenings.get(session, some):
                yield from (_event(event),) if what == "events" else _actions(event, query)


def row(what: str, record: Record) -> list[str]:
    """A record as the cells of a line of CSV, in the order of COLUMNS; none of them can be a formula.

    >>> row("stories", {"id": 1, "title": "=HYPERLINK(...)", "countries": ["KZ", "UZ"]})[4]
    "'=HYPERLINK(...)"
    """
    return [_cell(record.get(column)) for column in COLUMNS[what]]


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case int() | float():
            return str(int(value)) if value == int(value) else repr(value)
        case list():
            return _inert("; ".join(map(str, value)))
        case _:
            return _inert(str(value))


def _inert(text: str) -> str:
    """A spreadsheet runs what begins like a formula, also when it came from a feed."""
    text = one_line(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _decided(session: Session, ids: Sequence[int]) -> Iterator[tuple[Story, Decision]]:
    for some in chunks(ids, _AT_ONCE):
        found = stories.get(session, some)
        decided = decisions.get(session, [story.id for story in found])
        yield from ((story, decided[story.id]) for story in found if story.id in decided)


def _with_events(session: Session, found: Iterable[tuple[Story, Decision]]) -> Iterator[Record]:
    for some in chunks(found, _AT_ONCE):
        event_of = events.of_stories(session, [story.id for story, _ in some])
        yield from (_story(story, decision, event_of.get(story.id)) for story, decision in some)


def _story(story: Story, decision: Decision, event: int | None) -> Record:
    return {
        "id": f"s{story.id}",
        "guid": story.guid,
        "feed": story.feed,
        "url": story.url,
        "title": story.title,
        "source": story.source,
        "lang": story.lang,
        "published": story.published.isoformat() if story.published else None,
        "tier": str(decision.tier),
        "topics": list(decision.topics),
        "countries": list(decision.countries),
        "minerals": list(decision.minerals),
        "event": f"e{event}" if event is not None else None,
    }


def _event(event: Event) -> Record:
    first = event.actions[0] if event.actions else None
    return event_json(event) | {
        "first": event.first_at.isoformat(),
        "last": event.last_at.isoformat(),
        "instrument": str(first.instrument) if first else None,
        "stage": str(first.stage) if first else None,
        "sources": len({report.source for report in event.stories}),
        "urls": [report.url for report in event.stories],
    }


def _actions(event: Event, query: Query) -> Iterator[Record]:
    for number in asked_for(event.actions, query):
        action, account = event.actions[number], event.account(number)
        amount = action.amount
        place = {"id": f"{event.ref}.{number + 1}", "event": event.ref, "first": event.first_at.isoformat()}
        yield (
            place
            | told_json(event, number)
            | {
                "amount": amount.amount if amount else None,
                "currency": amount.currency if amount else None,
                "differs": disagreement(account, event.sources, event.moments) if account else "",
                "headline": event.headline,
                "tier": str(event.tier),
                "countries": list(event.countries),
            }
        )
