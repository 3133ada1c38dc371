"""Search: one function for both databases, the same stories in the same order from each.

The newest matches are taken from the index, and only they are weighed: ranking every
match of a common word takes seconds on either database, walking back in time does not.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from bot.core.asking.query import Query
from bot.core.tokens import Expand, words
from bot.core.words import Tier
from bot.store.matching import Slice, fts5, nothing, slices, tsquery, wanted_words
from bot.store.sql import beginning_of, second_of, span_of, span_token, those
from models import Decision, Label, Story

CANDIDATES: Final = 100
"""The newest so many matches are put in order of weight; older ones follow in order of time."""
COUNTED: Final = 1000
"""Matches are counted so far; one more says that there are others."""

_HALF_LIFE: Final = timedelta(days=14)  # of a story's weight
_TITLE: Final = 2.0  # added to a weight of 1 when all that was asked for stands in the title
_TIER: Final = {Tier.CORE.value: 0.5, Tier.REGION.value: 0.25, Tier.MINERALS.value: 0.25}
_MONDAY: Final = 3 * 86_400  # 1970 began on a Thursday
_WEEK: Final = 7 * 86_400
_WALKED: Final = 1000  # rows that PostgreSQL looks at one by one to see how common a thing is
_TIMES_AS_FAR: Final = 16  # as it has looked so far it looks at once: a few hits may be chance
_SPANS: Final = 64  # spans of time that its index is asked for at once; what is rarer is asked for in all


@dataclass(frozen=True, slots=True)
class Found:
    """One page of stories, when each was reported, and whether there are others after it."""

    stories: tuple[int, ...]
    reported: tuple[datetime, ...]
    more: bool


def search(
    session: Session,
    query: Query,
    *,
    now: datetime,
    limit: int = 20,
    expand: Expand = nothing,
) -> Found:
    """Find stories that are shown to people, the best of the newest first.

    `expand` says which labels a word means. The weight of a story halves every two weeks before `now`.
    """
    asked = slices(query, now, expand=expand, flagged=True, start=None, end=None)
    # One more than is shown tells whether there are others: counting takes longer than finding.
    newest = _within(session, _newest(session, asked, max(limit + 1, CANDIDATES)))
    wanted = wanted_words(query)
    head = sorted(newest[:CANDIDATES], key=lambda row: (-_weight(row, wanted, now), -row.moment))
    page = [*head, *newest[CANDIDATES:]][:limit]
    return Found(
        stories=tuple(row.id for row in page),
        reported=tuple(row.reported_at for row in page),
        more=len(newest) > limit,
    )


def matching(
    session: Session,
    query: Query,
    *,
    now: datetime,
    expand: Expand = nothing,
    start: datetime | None = None,
    end: datetime | None = None,
    flagged: bool = True,
    most: int = 100_000,
) -> list[int]:
    """All matching stories of (`start`, `end`], the newest first, as a subscription wants them."""
    asked = slices(query, now, expand=expand, flagged=flagged, start=start, end=end)
    return [row.id for row in _within(session, _newest(session, asked, most), start, end)]


def by_week(
    session: Session,
    query: Query,
    *,
    now: datetime,
    since: datetime,
    expand: Expand = nothing,
) -> dict[date, int]:
    """How many matching stories each week has, by its Monday (UTC), from that of `since` to that of `now`."""
    first, last = (int(when.timestamp() + _MONDAY) // _WEEK for when in (since, now))
    counts = dict.fromkeys(range(first, last + 1), 0)
    asked = slices(query, now, expand=expand, flagged=True, start=_monday(first), end=now)
    for part in asked:
        for row in session.execute(_WEEKS[_dialect(session)], _values(session, part)):
            counts[row.week] += row.stories
    return {_monday(week).date(): number for week, number in counts.items()}


def count(
    session: Session,
    query: Query,
    *,
    now: datetime,
    expand: Expand = nothing,
    start: datetime | None = None,
    end: datetime | None = None,
    flagged: bool = True,
) -> int:
    """How many stories match from `start` to `end`, whole seconds; at most COUNTED + 1."""
    asked = slices(query, now, expand=expand, flagged=flagged, start=start, end=end)
    return len(_newest(session, asked, COUNTED + 1))


def facets(
    session: Session, stories: Mapping[int, Hashable], kinds: Sequence[str]
) -> dict[str, list[tuple[str, int]]]:
    """How many of what these stories are counted as bear each label of these kinds, the commonest first."""
    bearing: dict[str, dict[str, set[Hashable]]] = {kind: defaultdict(set) for kind in kinds}
    # Counted here: for a GROUP BY, SQLite reads every label of these kinds in the order of another index.
    borne = select(Label.story_id, Label.kind, Label.value).where(Label.kind.in_(kinds))
    for story, kind, value in those(session, borne, Label.story_id, stories):
        bearing[kind][value].add(stories[story])
    return {
        kind: sorted(
            ((value, len(those)) for value, those in bearing[kind].items()),
            key=lambda item: (-item[1], item[0]),
        )
        for kind in kinds
    }


def by_month(reported: Iterable[tuple[Hashable, datetime]]) -> list[tuple[str, int]]:
    """How many of those that were reported each month has (UTC), as "2026-02", the latest first."""
    months = Counter(
        month for _, month in {(each, f"{when.astimezone(UTC):%Y-%m}") for each, when in reported}
    )
    return sorted(months.items(), reverse=True)


# fmt: off
_SQLITE: Final = "FROM story_search WHERE story_search MATCH :match AND rowid BETWEEN :low AND :high"
_POSTGRESQL: Final = (
    "FROM story_search WHERE words @@ CAST(:match AS tsquery) AND moment BETWEEN :low AND :high"
)
_NEWEST: Final = text(f"SELECT rowid {_SQLITE} ORDER BY rowid DESC LIMIT :most")
_WALK: Final = text(f"SELECT moment {_POSTGRESQL} ORDER BY moment DESC LIMIT :most")
_WALKABLE: Final = text(
    "SELECT max(moment), min(moment), (SELECT min(moment) FROM story_search WHERE moment >= :low) "
    "FROM (SELECT moment FROM story_search "
    "WHERE moment BETWEEN :low AND :high ORDER BY moment DESC LIMIT :walked) AS newest"
)
# MATERIALIZED keeps the planner from walking back in time for words that are rare.
_ASK: Final = text(
    "WITH found AS MATERIALIZED "
    "(SELECT moment FROM story_search WHERE words @@ CAST(:match AS tsquery)) "
    "SELECT moment FROM found WHERE moment BETWEEN :low AND :high ORDER BY moment DESC LIMIT :most"
)
_WEEKS: Final = {
    "sqlite": text(
        f"SELECT ((rowid >> 22) + {_MONDAY}) / {_WEEK} AS week, count(*) AS stories {_SQLITE} GROUP BY 1"
    ),
    "postgresql": text(
        f"SELECT ((moment >> 22) + {_MONDAY}) / {_WEEK} AS week, count(*) AS stories {_POSTGRESQL} GROUP BY 1"
    ),
}
# fmt: on


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


def _values(session: Session, part: Slice) -> dict[str, Any]:
    written = fts5 if _dialect(session) == "sqlite" else tsquery
    return {"match": written(part.match), "low": part.low, "high": part.high}


def _newest(session: Session, asked: Sequence[Slice], most: int) -> list[int]:
    """The moments of the newest matches."""
    found: list[int] = []
    for part in asked:
        values = {**_values(session, part), "most": most - len(found)}
        if _dialect(session) == "sqlite":
            found += session.scalars(_NEWEST, values).all()
        else:
            found += _walk_then_ask(session, values)
        if len(found) >= most:
            break
    return found


def _walk_then_ask(session: Session, values: dict[str, Any]) -> list[int]:
    """PostgreSQL's newest matches.

    What is common is found by looking at the newest stories one by one. They tell how far back the
    others should be found, and for those the index is asked: by itself it knows no order, and would
    fetch every match there is, so it is asked for so many spans of time.
    """
    most = values["most"]
    newest, oldest, low = session.execute(_WALKABLE, {**values, "walked": _WALKED}).one()
    if newest is None:
        return []
    found = list(session.scalars(_WALK, {**values, "low": oldest}))
    while len(found) < most and low < oldest:
        missing = most - len(found)
        times = (
            2 * missing // max(len(found), 1)
        )  # as far again should hold the rest; twice: they may be rarer
        further = (newest - oldest) * min(max(times, 1), _TIMES_AS_FAR)
        first, last = span_of(max(low, oldest - further)), span_of(oldest - 1)
        here = {**values, "high": oldest - 1, "most": missing}
        if last - first < _SPANS:
            here["match"] = f"{values['match']} & ({' | '.join(map(span_token, range(first, last + 1)))})"
            oldest = max(low, beginning_of(first))
        else:
            oldest = low
        found += session.scalars(_ASK, {**here, "low": oldest})
    return found


def _within(
    session: Session, moments: Sequence[int], start: datetime | None = None, end: datetime | None = None
) -> list[Any]:
    """The stories of these moments, in their order; a moment is too coarse at the edges of a window."""
    wanted = select(Story.id, Story.moment, Story.title, Story.reported_at, Decision.tier)
    rows = those(session, wanted.join(Decision, Decision.story_id == Story.id), Story.moment, moments)
    found = {row.moment: row for row in rows}
    return [
        row
        for moment in moments
        if (row := found.get(moment)) is not None
        and (start is None or row.reported_at > start)
        and (end is None or row.reported_at <= end)
    ]


def _weight(row: Any, wanted: Sequence[tuple[str, ...]], now: datetime) -> float:
    title = f" {' '.join(words(row.title))} "
    hits = sum(f" {' '.join(each)} " in title for each in wanted)
    share = hits / len(wanted) if wanted else 0.0
    age = max(now.timestamp() - second_of(row.moment), 0) / _HALF_LIFE.total_seconds()
    weight: float = (1 + _TITLE * share + _TIER.get(row.tier, 0.0)) * 0.5**age
    return weight


def _monday(week: int) -> datetime:
    return datetime.fromtimestamp(week * _WEEK - _MONDAY, UTC)
