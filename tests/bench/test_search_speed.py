"""How long the first page of a search takes, beside the database's own ranking over all matches.

STEPPEWATCH_BENCH_STORIES says over how many stories (20,000 when it is not set).
"""

import os
import statistics
import time
from collections.abc import Callable

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from bot.core.query import parse
from bot.store import search
from bot.store.database import Database
from tests.bench.newsstand import fill, word
from tests.store.given import NOON

pytestmark = pytest.mark.bench

STORIES = int(os.environ.get("STEPPEWATCH_BENCH_STORIES", "20000"))
QUERIES = {
    "a very common word": word(0),
    "a common word": word(20),
    "a middling word": word(500),
    "a rare word": word(30_000),
    "two common words": f"{word(3)} {word(7)}",
    "common and rare": f"{word(0)} {word(9_000)}",
    "a phrase": f'"{word(0)} {word(1)}"',
    "labels": "country:kz mineral:tungsten",
    "word, label, not": f"{word(5)} country:uz -{word(8)}",
    "everything": "",
    "a date range": f"{word(1)} since:90d before:2026-02-01",
}
YARDSTICK = {
    "sqlite": text("SELECT rowid FROM story_search WHERE story_search MATCH :word ORDER BY rank LIMIT 20"),
    "postgresql": text(
        "SELECT moment FROM story_search WHERE words @@ CAST(:word AS tsquery) "
        "ORDER BY ts_rank(words, CAST(:word AS tsquery)) DESC LIMIT 20"
    ),
}


def median_ms(work: Callable[[Session], object], database: Database, times: int = 7) -> float:
    spent = []
    for _ in range(times):
        with database.reading() as session:
            started = time.perf_counter()
            work(session)
            spent.append(time.perf_counter() - started)
    return statistics.median(spent) * 1000


def test_the_first_page_of_a_search(database: Database) -> None:
    fill(database, STORIES)
    said: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *call: said.append(call[2]))

    print(f"\n{database.engine.dialect.name}, {STORIES:,} stories: median ms of the first page")
    for name, written in QUERIES.items():
        query = parse(written)
        said.clear()
        with database.reading() as session:
            search.search(session, query, now=NOON)
        statements = len([each for each in said if each.startswith(("SELECT", "WITH"))])
        ours = median_ms(lambda session, query=query: search.search(session, query, now=NOON), database)  # type: ignore[misc]
        print(f"  {name:20} {ours:8.1f}   {statements} statements")
        assert statements <= 12  # however many stories there are
    ranked = YARDSTICK[database.engine.dialect.name]
    yardstick = median_ms(lambda session: session.execute(ranked, {"word": word(0)}).all(), database, times=3)
    print(f"  the database's own ranking of a very common word: {yardstick:.1f}")
