"""Our side of the measure of polling, in its own process: `python -m tests.bench.poller ADDRESS DATABASE`.

Prints JSON: seconds by step, stories that each step brought, and the memory of the process and
its children together, at most in the first polls and in those after them.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.fetch.isolation import Children
from bot.fetch.web import Web
from bot.store import feeds
from bot.store.database import Database
from bot.work.polling import Polling
from bot.work.refresh import refresh
from tests.bench.feed_farm import FEEDS, STEPS, tell
from tests.fetch.server import LOOPBACK

ROUNDS = 50  # of unchanged feeds, to see that memory stays flat
LOOKS = 1.0  # seconds between two looks at the memory; each costs a hundredth of one


def main(address: str, file: str) -> None:
    """Poll the farm at this address into this database, whose schema is there."""
    database = Database.open(f"sqlite:///{file}")
    with database.writing() as session:
        for number in range(FEEDS):
            feeds.add(session, feeds.NewFeed(f"{address}/feed/{number}"), datetime.now(UTC))
    spent, brought = {}, []
    with Children() as children, watched(children) as memory:
        polling = Polling(database, Web(user_agent="bench", private_networks=LOOPBACK), children)
        for name, mode in STEPS:
            tell(address, mode)
            began = time.perf_counter()
            outcomes = refresh(polling, datetime.now(UTC), everything=True)
            spent[name] = time.perf_counter() - began
            assert len(outcomes) == FEEDS
            assert not [one for one in outcomes if one.status == "failed"]
            brought.append(sum(one.new for one in outcomes))
        peak = max(memory)
        memory.clear()
        for _ in range(ROUNDS):
            refresh(polling, datetime.now(UTC), everything=True)
        print(json.dumps({"spent": spent, "brought": brought, "peak": peak, "later": max(memory, default=0)}))
    database.close()


@contextmanager
def watched(children: Children) -> Iterator[list[float]]:
    """The memory of this process and its children in MB, looked at again and again."""
    seen: list[float] = []
    ending = threading.Event()

    def look() -> None:
        while not ending.wait(LOOKS):
            mother = [children.mother] if children.mother else []
            seen.append(sum(map(_own, [os.getpid(), *mother, *children.pids])))

    watching = threading.Thread(target=look, daemon=True)
    watching.start()
    try:
        yield seen
    finally:
        ending.set()
        watching.join()


def _own(pid: int) -> float:
    """What a process holds, shared pages divided by those who share them (PSS); 0: it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    main(*sys.argv[1:])
