"""Worker processes that are killed while they post: each slot has its one message all the same."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from multiprocessing.context import ForkServerProcess

from bot.store.database import Database
from tests.processes import PROCESSES
from tests.slack_standin import Drop, Error, Garbage, Limit, StandIn, Taken
from tests.slack_standin.faults import Fault
from tests.work import one_worker
from tests.work.posting import SLOT, all_deliveries, subscribe

CHANNELS = 20
KILLS = 10
SLOTS = 60


def prepare(database: Database, slack: StandIn, slots: int, chance: random.Random) -> None:
    """So many slots due at the same minute in 20 channels, and a Slack in trouble."""
    for number in range(CHANNELS):
        slack.add_channel(f"C{number}", f"channel-{number}")
    for number in range(slots):
        subscribe(database, f"digest {number}", channel=f"C{number % CHANNELS}")
    faults: list[Fault] = [Drop(), Drop(after_taking=False), Error("internal_error"), Garbage(), Limit(1)]
    faults += [Taken()] * 10
    slack.go_wrong("chat.postMessage", *(chance.choice(faults) for _ in range(slots)))


@contextmanager
def worker(database: Database, slack: StandIn, start: datetime) -> Iterator[ForkServerProcess]:
    url = database.engine.url.render_as_string(hide_password=False)
    process = PROCESSES.Process(target=one_worker.main, args=(url, slack.api_url, start))
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()


def ended(process: ForkServerProcess, within: float) -> int | None:
    """Its exit code; None when it goes on."""
    process.join(within)
    return process.exitcode


def assert_each_once(database: Database, slack: StandIn, slots: int) -> None:
    posted = slack.counts()
    assert len(posted) == slots, f"{slots - len(posted)} missing"
    assert set(posted.values()) == {1}, f"{sum(posted.values()) - len(posted)} double"
    assert [each.state for each in all_deliveries(database)] == ["sent"] * slots


def reached(slack: StandIn, enough: int) -> bool:
    return posts(slack) >= enough


def posts(slack: StandIn) -> int:
    return len(slack.called("chat.postMessage"))


def test_slots_under_kill_9_have_one_message_each(database: Database, slack: StandIn) -> None:
    chance = random.Random(1)
    prepare(database, slack, SLOTS, chance)
    start = SLOT

    for _ in range(KILLS):
        enough = posts(slack) + chance.randrange(1, SLOTS // KILLS)
        with worker(database, slack, start) as process:
            # Killed when it has posted a few, wherever it then is.
            assert slack.wait_for(partial(reached, slack, enough), 30)
            process.kill()
        start += timedelta(minutes=20)
    with worker(database, slack, start) as process:
        assert ended(process, 60) == 0

    assert_each_once(database, slack, SLOTS)


def test_four_processes_at_once_post_each_slot_once(database: Database, slack: StandIn) -> None:
    prepare(database, slack, 24, random.Random(4))

    with (
        worker(database, slack, SLOT) as one,
        worker(database, slack, SLOT) as two,
        worker(database, slack, SLOT) as three,
        worker(database, slack, SLOT) as four,
    ):
        codes = [ended(process, 90) for process in (one, two, three, four)]

    assert codes == [0, 0, 0, 0]
    assert_each_once(database, slack, 24)
