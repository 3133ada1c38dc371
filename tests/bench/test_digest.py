"""How long composing a digest of 40 events takes, by how much is stored.

STEPPEWATCH_BENCH_LARGE, set to anything, adds a million stories.
"""

import os
import statistics
import time
from datetime import UTC, timedelta

import pytest
from sqlalchemy import text

from bot.core.subscription import Plan
from bot.core.telling.digest import document
from bot.packs.reader import load
from bot.store import subscriptions
from bot.store.database import Database
from bot.work.compose import compose
from bot.work.weekly import gather
from tests.bench.newsstand import fill, gather_events
from tests.conftest import Listen
from tests.store.given import NOON

pytestmark = pytest.mark.bench

SIZES = [10_000, 100_000] + [1_000_000] * bool(os.environ.get("STEPPEWATCH_BENCH_LARGE"))
EVENTS = 40
QUERIES = ("", "country:kz,uz,kg,tj,tm")


@pytest.mark.parametrize("stories", SIZES)
def test_composing_a_digest_of_40_events(database: Database, stories: int, listen: Listen) -> None:
    packs = load()
    fill(database, stories)
    gather_events(database)
    with database.writing() as session:
        kept = subscriptions.add(session, Plan(name="bench", channel="C1"), NOON - timedelta(days=1))
        since = session.execute(
            text("SELECT id FROM event ORDER BY id DESC LIMIT 1 OFFSET :n"), {"n": EVENTS}
        )
        start = NOON - timedelta(minutes=stories - since.scalar_one())
    said: list[str] = []
    listen(database.engine, "before_cursor_execute", lambda *call: said.append(call[2]))

    for query in QUERIES:
        spent = []
        for _ in range(5):
            said.clear()
            started = time.perf_counter()
            plan = Plan(name="bench", channel="", query=query)
            made = compose(database, packs, plan, start=start, end=NOON, told_to=kept.id)
            document(made, zone=UTC)
            spent.append(time.perf_counter() - started)
        assert EVENTS <= len(made.events) <= 2 * EVENTS  # and what came in the hour before, which is told now
        statements = len([each for each in said if each.startswith(("SELECT", "WITH"))])
        assert statements < 25, "as many however much is stored"
        told = f"{statements} statements, {len(made.events)} events"
        print(
            f"\n{database.engine.dialect.name} {stories:>9,} stories, query of {len(query):2} letters: "
            f"{statistics.median(spent) * 1000:6.1f} ms, {told}"
        )
    started = time.perf_counter()
    week = gather(database, packs, Plan(name="bench", channel=""), end=NOON)
    spent_on_it = (time.perf_counter() - started) * 1000
    print(f"the review of a week with {len(week.events):,} events: {spent_on_it:.0f} ms")
