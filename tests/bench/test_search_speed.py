"""How long a person waits for the first page of a search, beside the database's own ranking of all matches.

STEPPEWATCH_BENCH_STORIES says over how many stories (20,000 when it is not set). What is timed
is the whole answer: stories, their events, snippets and facets, as the blocks that Slack is sent.
The first of a kind is told apart: after a fill, it reads from the disk.
"""

import os
import time
from statistics import median, quantiles

import pytest
from sqlalchemy import text

from bot.commands.answer import Asker
from bot.commands.registry import answer
from bot.store.database import Database
from bot.surfaces.slack.render import render
from tests.bench.newsstand import fill, gather_events, word
from tests.commands.newsroom import Newsroom
from tests.conftest import Listen
from tests.store.given import NOON

pytestmark = pytest.mark.bench

STORIES = int(os.environ.get("STEPPEWATCH_BENCH_STORIES", "20000"))
TIMES = 20
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
    "a year": "since:1y",
    "a date range": f"{word(1)} since:90d before:2026-02-01",
}
YARDSTICK = {
    "sqlite": text("SELECT rowid FROM story_search WHERE story_search MATCH :word ORDER BY rank LIMIT 20"),
    "postgresql": text(
        "SELECT moment FROM story_search WHERE words @@ CAST(:word AS tsquery) "
        "ORDER BY ts_rank(words, CAST(:word AS tsquery)) DESC LIMIT 20"
    ),
}
STATEMENTS_MOST = 16


def test_the_first_page_of_a_search(database: Database, listen: Listen) -> None:
    fill(database, STORIES)
    gather_events(database)
    room, said = Newsroom(database), list[str]()
    assert room.understander.packs.version  # read once for a process
    listen(database.engine, "before_cursor_execute", lambda *call: said.append(call[2]))

    def waited(typed: str) -> float:
        began = time.perf_counter()
        render(answer(room, typed, Asker(user="U1", channel="C1"), NOON).document)
        return (time.perf_counter() - began) * 1000

    print(f"\n{database.engine.dialect.name}, {STORIES:,} stories: ms for the first page, {TIMES} times each")
    spent, firsts = list[float](), list[float]()
    for name, query in QUERIES.items():
        said.clear()
        firsts.append(waited(f"search {query}"))
        statements = len([each for each in said if each.startswith(("SELECT", "WITH"))])
        here = [waited(f"search {query}") for _ in range(TIMES)]
        spent += here
        print(
            f"  {name:20} first {firsts[-1]:8.1f}   then median {median(here):8.1f}   most {max(here):8.1f}"
            f"   {statements} statements"
        )
        assert statements <= STATEMENTS_MOST  # however many stories there are
    middle, slow = median(spent), quantiles(spent, n=20)[-1]
    print(f"  all of them          median {middle:8.1f}   95th percentile {slow:.1f}")
    print(f"  the first of a kind  median {median(firsts):8.1f}   most {max(firsts):8.1f}")

    ranked, took = YARDSTICK[database.engine.dialect.name], list[float]()
    for _ in range(3):
        began = time.perf_counter()
        with database.reading() as session:
            session.execute(ranked, {"word": word(0)}).all()
        took.append((time.perf_counter() - began) * 1000)
    print(f"  the database's own ranking of a very common word: {median(took):.1f}")
    print(f"  that is {median(took) / slow:.1f} times the 95th percentile of ours")
