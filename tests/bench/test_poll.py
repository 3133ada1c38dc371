"""What a poll costs, beside `reader` (PyPI), in one run: `pip install -r requirements-bench.txt` brings it.

Measured on a thousand feeds of 25 entries on loopback, 53 kB each, every guarantee switched on; our side
decides every story, indexes it for search and gathers events, which `reader` does not.
"""

import resource
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.fetch.isolation import Children
from bot.fetch.web import Web
from bot.store import feeds
from bot.store.database import Database
from bot.work.polling import Polling
from bot.work.refresh import refresh
from tests.bench.feed_farm import ENTRIES, FEEDS, farm, tell
from tests.fetch.server import LOOPBACK

STEPS = (
    ("cold", "etags"),
    ("unchanged, by 304", "etags"),
    ("new in 5 % of the feeds", "more"),
    ("other answers, same entries", "plain"),
    ("the same bytes again", "plain"),
)
ROUNDS = 10  # of unchanged feeds, to see that memory stays flat
Timed = dict[str, float]


def timed(address: str, poll: Callable[[], None]) -> Timed:
    """Seconds of each step."""
    spent: Timed = {}
    for name, mode in STEPS:
        tell(address, mode)
        began = time.perf_counter()
        poll()
        spent[name] = time.perf_counter() - began
    return spent


def ours(address: str, folder: Path) -> Timed:
    """Our side; asserts what can be counted."""
    database = Database.open(f"sqlite:///{folder / 'ours.db'}")
    database.upgrade()
    brought: list[int] = []
    with database.writing() as session:
        for number in range(FEEDS):
            feeds.add(session, feeds.NewFeed(f"{address}/feed/{number}"), datetime.now(UTC))
    with Children() as children:
        web = Web(user_agent="bench", private_networks=LOOPBACK)
        polling = Polling(database, web, children)

        def poll() -> None:
            outcomes = refresh(polling, datetime.now(UTC), everything=True)
            assert len(outcomes) == FEEDS
            assert not [one for one in outcomes if one.status == "failed"]
            brought.append(sum(one.new for one in outcomes))

        spent = timed(address, poll)
        assert brought == [FEEDS * ENTRIES, 0, FEEDS // 20, 0, 0]
        before = _peak()
        for _ in range(ROUNDS):
            poll()
        grown = _peak() - before
        largest = _peak(resource.RUSAGE_CHILDREN)
        print(
            f"\npeak {_peak():.0f} MB, of a child {largest:.0f} MB; {ROUNDS} more rounds added {grown:.0f} MB"
        )
        assert grown < 20
    database.close()
    return spent


def theirs(address: str, folder: Path) -> Timed:
    """`reader` with its ten workers."""
    reader = pytest.importorskip("reader").make_reader(str(folder / "theirs.db"))
    for number in range(FEEDS):
        reader.add_feed(f"{address}/feed/{number}")
    spent = timed(address, lambda: reader.update_feeds(workers=10, scheduled=False))
    reader.close()
    return spent


@pytest.mark.bench
def test_a_poll_of_a_thousand_feeds(tmp_path: Path) -> None:
    with farm() as address:
        mine = ours(address, tmp_path)
    for name, seconds in mine.items():
        print(f"{name:30} {seconds:7.2f} s")
    with farm() as address:
        other = theirs(address, tmp_path)
    for name, seconds in mine.items():
        print(
            f"{name:30} {seconds:7.2f} s   reader {other[name]:7.2f} s   {other[name] / seconds:5.1f} times"
        )


def _peak(who: int = resource.RUSAGE_SELF) -> float:
    """Megabytes at most so far."""
    return resource.getrusage(who).ru_maxrss / 1000
