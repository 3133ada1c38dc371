"""What a poll costs, beside `reader` (PyPI), in one run: `pip install -r requirements-bench.txt` brings it.

Measured on a thousand feeds of 25 entries on loopback, 53 to 57 kB each, with the markup of pages and
without (`feed_bodies`), every guarantee switched on; our side decides every story, indexes it for search
and gathers events, which `reader` does not.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from bot.store.database import Database
from tests.bench.feed_bodies import ENTRIES, ITEMS
from tests.bench.feed_farm import FEEDS, STEPS, farm, tell


def ours(address: str, folder: Path) -> dict[str, Any]:
    """Our side, in a process of its own: what `tests.bench.poller` prints."""
    file = folder / "ours.db"
    database = Database.open(f"sqlite:///{file}")
    database.upgrade()
    database.close()
    command = [sys.executable, "-m", "tests.bench.poller", address, str(file)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def theirs(address: str, folder: Path) -> dict[str, float]:
    """Seconds of each step by `reader` with its ten workers."""
    reader = pytest.importorskip("reader").make_reader(str(folder / "theirs.db"))
    for number in range(FEEDS):
        reader.add_feed(f"{address}/feed/{number}")
    spent = {}
    for name, mode in STEPS:
        tell(address, mode)
        began = time.perf_counter()
        reader.update_feeds(workers=10, scheduled=False)
        spent[name] = time.perf_counter() - began
    reader.close()
    return spent


@pytest.mark.bench
@pytest.mark.parametrize("kind", ITEMS)
def test_a_poll_of_a_thousand_feeds(kind: str, tmp_path: Path) -> None:
    with farm(kind) as address:
        mine = ours(address, tmp_path)
    print(f"\n{FEEDS} feeds of the kind {kind!r}")
    for name, seconds in mine["spent"].items():
        print(f"{name:30} {seconds:7.2f} s")
    print(f"memory with children: {mine['peak']:.0f} MB at most, {mine['later']:.0f} MB in 50 more rounds")
    with farm(kind) as address:
        other = theirs(address, tmp_path)
    for name, seconds in mine["spent"].items():
        print(
            f"{name:30} {seconds:7.2f} s   reader {other[name]:7.2f} s   {other[name] / seconds:5.1f} times"
        )

    assert mine["brought"] == [FEEDS * ENTRIES, 0, FEEDS // 20, 0, 0]
    assert mine["later"] < mine["peak"] + 20
