"""`kill -9` at random moments of polling: every item is there exactly once afterwards.

Each process polls all feeds, and each time there is something new in some of them. It is killed
after a random time, wherever it then is: asking, parsing, deciding, storing. The last one is left alone.
"""

import multiprocessing
import random
import time
from datetime import UTC, datetime
from multiprocessing.context import ForkServerProcess

import pytest
from sqlalchemy import func, select

from bot.core.asking.query import parse
from bot.store import feeds, search
from bot.store.database import Database
from models import Decision, Feed, Sighting, Story
from tests.bench import one_poll
from tests.bench.feed_bodies import ENTRIES
from tests.bench.feed_farm import farm, tell

KILLS = 50
POLLED = 100  # feeds of the farm; every twentieth has something new each time
LONGEST = 4.0  # seconds until a process is killed, at first: who is done before shows how long a poll takes

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.bench.one_poll"])


def begin(database: Database) -> ForkServerProcess:
    url = database.engine.url.render_as_string(hide_password=False)
    process = PROCESSES.Process(target=one_poll.main, args=(url,))
    process.start()
    return process


@pytest.mark.bench
def test_killed_at_50_random_moments_every_item_is_there_once(database: Database) -> None:
    chance = random.Random(9)
    cut_short, longest = 0, LONGEST
    with farm() as address:
        with database.writing() as session:
            for number in range(POLLED):
                feeds.add(session, feeds.NewFeed(f"{address}/feed/{number}"), datetime.now(UTC))
        for _ in range(KILLS):
            tell(address, "more")
            began = time.monotonic()
            process = begin(database)
            process.join(chance.uniform(0.0, longest))
            if process.is_alive():
                cut_short += 1
            else:
                longest = time.monotonic() - began
            process.kill()
            process.join()
        process = begin(database)
        process.join()
        assert process.exitcode == 0

    items = POLLED * ENTRIES + POLLED // 20 * KILLS
    with database.reading() as session:
        kept = session.scalar(select(func.count()).select_from(Story))
        different = session.execute(select(Story.feed_id, Story.guid).distinct()).all()
        seen = session.scalar(select(func.count()).select_from(Sighting))
        decided = session.scalar(select(func.count()).select_from(Decision))
        leased = session.scalar(select(func.count()).where(Feed.lease.is_not(None)))
        found = len(search.matching(session, parse("story"), now=datetime.now(UTC), flagged=False))
    print(f"\n{cut_short} of {KILLS} polls cut short: {kept} stories, {len(different)} different, of {items}")
    assert (kept, len(different), seen, decided, leased) == (items, items, items, items, 0)
    assert found == items
