"""A month of a real stream, day by day: no event is told twice, and told again it is the same to the letter.

STEPPEWATCH_STREAM names the stream: JSON Lines (plain or .gz), an entry a line with `url`, `title`, `text`,
`source`, `lang` and `published`. The month with most days that have entries (then with most entries) is
replayed. Without it nothing is measured.
"""

import gzip
import json
import os
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.core.event import Digest
from bot.core.identity import Identified, identify
from bot.core.new_story import Fresh, Origin, article_of, fresh
from bot.core.story import Article, Decision, Entry
from bot.core.understand import Understander
from bot.fetch.document import FeedDocument, Reading
from bot.packs.reader import load
from bot.store import feeds
from bot.store.database import Database
from bot.work.intake import find, keep
from tests.conftest import sqlite_database
from tests.work.replaying import letters, replayed

pytestmark = pytest.mark.bench

STREAM = os.environ.get("STEPPEWATCH_STREAM", "")


def entries() -> dict[datetime, list[Entry]]:
    """The entries of each day of the fullest month."""
    found: dict[datetime, list[Entry]] = defaultdict(list)
    for row in rows(Path(STREAM)):
        published = datetime.fromisoformat(row["published"])
        published = published if published.tzinfo else published.replace(tzinfo=UTC)
        day = published.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        found[day].append(
            Entry("", row["url"], row["title"], row["text"], published, row.get("lang", ""), row["source"])
        )
    months: dict[tuple[int, int], list[int]] = defaultdict(list)
    for day, told in found.items():
        months[day.year, day.month].append(len(told))
    most = max(months, key=lambda month: (len(months[month]), sum(months[month])))
    return {day: told for day, told in sorted(found.items()) if (day.year, day.month) == most}


def rows(path: Path) -> Iterator[Mapping[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open() as lines:
        yield from (json.loads(line) for line in lines if line.strip())


class Mind:
    """Decides without children; nothing is fetched."""

    def __init__(self, decides: Understander) -> None:
        self.decide_one = decides.decide

    def make(self, items: Sequence[Identified], origin: Origin) -> list[Fresh]:
        articles = [article_of(item.entry, origin) for item in items]
        return [
            fresh(item, origin, article, self.decide_one(article))
            for item, article in zip(items, articles, strict=True)
        ]

    def decide(self, articles: Sequence[Article]) -> list[Decision]:
        return [self.decide_one(article) for article in articles]


def month(database: Database, news: Mapping[datetime, list[Entry]], decides: Understander) -> list[Digest]:
    """Its digests; what comes on a day is taken in at its end, as from one feed of all outlets."""
    start = min(news)
    mind = Mind(decides)

    def bring(day: int, end: datetime) -> None:
        with database.writing() as session:
            (due,) = feeds.claim_due(session, end, limit=1, lease=timedelta(hours=1))
        told = news.get(start + timedelta(days=day), ())
        dates = tuple(entry.published for entry in told if entry.published)
        reading = Reading(FeedDocument("made up"), dates, tuple(identify(told, feed=f"f{due.feed.id}")))
        state = replace(due.feed.state, next_fetch_at=end, backlog_done=True)
        found = find(database, due, reading, end, after=lambda _: state, move_to=None, mind=mind)
        with database.writing() as session:
            keep(session, [found])

    with database.writing() as session:
        feeds.add(session, feeds.NewFeed("https://stream.example/feed", "stream"), start)
    bring(-1, start)  # the backlog of a feed that is new is no news
    days = (max(news) - start).days + 1
    return replayed(database, decides.packs, start=start, days=days, bring=bring)


@pytest.mark.skipif(not STREAM, reason="STEPPEWATCH_STREAM names no stream")
def test_a_month_of_the_stream_tells_no_event_twice(sqlite_template: Path, tmp_path: Path) -> None:
    news, decides = entries(), Understander(load())
    runs = []
    for run in ("once", "again"):
        (tmp_path / run).mkdir()
        with sqlite_database(sqlite_template) as database:
            began = time.perf_counter()
            runs.append(month(database, news, decides))
            print(f"\n{run}: {time.perf_counter() - began:.0f} s", end="")
    digests, again = runs

    told = [event.id for digest in digests for event in digest.events]
    addresses = [report.url for digest in digests for event in digest.events for report in event.stories]
    read = sum(map(len, news.values()))
    print(f"\n{read:,} entries of {len(digests)} days: {len(told)} events of {len(addresses)} reports told")
    for digest in digests:
        for event in digest.events:
            print(f"{digest.end:%m-%d} {event.ref} {event.tier} {len(event.stories)}: {event.headline}")
    assert len(told) == len(set(told))
    assert len(addresses) == len(set(addresses))
    assert letters(again) == letters(digests)
