"""`trend`: how much was reported week by week, and which weeks stand out."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from bot.commands.answer import Answer, Ask
from bot.commands.room import Room
from bot.core.asking.query import And, Field, Query, both, fields_of, moment, parse
from bot.core.documents import Button, Buttons, Document, Image, Notice, Part, Table
from bot.core.telling.spikes import BEFORE, spikes
from bot.core.wording import date_said, many, short_day
from bot.store import search
from bot.work import chart

USUAL: Final = timedelta(weeks=12)
LONGEST: Final = timedelta(weeks=104)
_WEEK: Final = timedelta(days=7)
_BAR: Final = 24  # blocks of the longest bar


def trend(room: Room, ask: Ask) -> Answer:
    """Flagged stories that match, counted by week, the spikes marked."""
    packs = room.understander.packs
    query = parse(ask.words, packs, begins=ask.begins)
    asked = [moment(value, ask.now) for field in fields_of(query, "since") for value in field.values]
    since = max(min([*asked, ask.now - _WEEK]) if asked else ask.now - USUAL, ask.now - LONGEST)
    plain = _whenever(query)
    with room.database.reading() as session:
        # Read from before the first week shown: a week is compared with those before it.
        weeks = search.by_week(session, plain, now=ask.now, since=since - BEFORE * _WEEK, expand=packs.labels)
    marks = _spikes(weeks)
    shown = [monday for monday in sorted(weeks) if _at(monday) > since - _WEEK]
    most = max((weeks[monday] for monday in shown), default=0)
    rows = tuple(
        (
            date_said(monday),
            str(weeks[monday]),
            "█" * -(-weeks[monday] * _BAR // most) if most else "",
            _mark(monday, marked=marks[monday], now=ask.now),
        )
        for monday in shown
    )
    total = sum(weeks[monday] for monday in shown)
    of = str(query) or "everything that is flagged"
    title = f"Trend of {of}: {many(total, 'story', 'stories')} in {many(len(shown), 'week')}"
    parts: list[Part] = [Table(("week of", "stories", "as a bar", "mark"), rows)]
    standing_out = [monday for monday in shown if marks[monday]]
    told = ", ".join(f"{short_day(monday)} with {weeks[monday]}" for monday in standing_out)
    spiked = f"Weeks that stand out: {told}." if told else "No week stands out."
    if ask.asker.user and total:  # a terminal shows no picture: its table has bars
        parts.insert(0, _picture(f"{title}. {spiked}", shown, weeks, standing_out))
    if standing_out:
        parts.append(
            Buttons(
                tuple(
                    Button(f"What was in {short_day(monday)}", f"search {_week_of(plain, monday)}")
                    for monday in standing_out[-4:]
                )
            )
        )
    parts.append(Notice(f"{spiked} A week is compared with the {BEFORE} before it."))
    data = {
        "query": str(query),
        "total": total,
        "weeks": [
            {"week": monday.isoformat(), "stories": weeks[monday], "spike": marks[monday]} for monday in shown
        ],
    }
    return Answer(Document(title=title, parts=tuple(parts), gist=f"{title}. {spiked}"), data)


def _picture(
    alt: str, shown: Sequence[date], weeks: Mapping[date, int], standing_out: Sequence[date]
) -> Image:
    """The weeks as bars, those that stand out dark. The numbers are in the table below it."""
    png = chart.bars(
        [short_day(monday) for monday in shown],
        [weeks[monday] for monday in shown],
        title="Stories a week; dark: it stands out" if standing_out else "Stories a week",
        standing_out=[shown.index(monday) for monday in standing_out],
    )
    return Image(png, alt, "Stories by week", None)


def _at(monday: date) -> datetime:
    return datetime(monday.year, monday.month, monday.day, tzinfo=UTC)


def _mark(monday: date, *, marked: bool, now: datetime) -> str:
    unfinished = "so far" if now < _at(monday) + _WEEK else ""
    return ", ".join(filter(None, ("spike" if marked else "", unfinished)))


def _spikes(weeks: Mapping[date, int]) -> dict[date, bool]:
    """The weeks before the first story say nothing of what is usual: nothing was polled yet."""
    order = sorted(weeks)
    first = next((at for at, monday in enumerate(order) if weeks[monday]), len(order))
    told = spikes([weeks[monday] for monday in order[first:]])
    return dict.fromkeys(order[:first], False) | dict(zip(order[first:], told, strict=True))


def _whenever(query: Query) -> Query:
    """The query without the since: that bounds all of it; what is older is looked at to compare with."""
    if isinstance(query, And):
        return And(tuple(part for part in query.parts if not _is_since(part)))
    return And() if _is_since(query) else query


def _is_since(query: Query) -> bool:
    return isinstance(query, Field) and query.name == "since"


def _week_of(query: Query, monday: date) -> Query:
    begun = both(query, Field("since", (monday.isoformat(),)))
    return both(begun, Field("before", ((monday + _WEEK).isoformat(),)))
