"""Where two processes meet, the row decides: each thing is done once.

Two engines on one database stand for two processes; a barrier lets them start together.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import TypeVar

import pytest
from sqlalchemy import func, select, text

from bot.core.asking.query import parse
from bot.core.subscription import Plan
from bot.store import deliveries, events, feeds, happenings, search, stories, subscriptions
from bot.store.database import Database
from bot.store.feeds import NewFeed
from models import Delivery, Story
from tests.processes import PROCESSES, upgrade
from tests.store.given import NOON, kept, minutes, story
from tests.store.test_events import gathered

T = TypeVar("T")
AT_ONCE = 4


@pytest.fixture
def processes(database: Database) -> Iterator[list[Database]]:
    """The same database, opened by as many processes."""
    url = database.engine.url.render_as_string(hide_password=False)
    opened = [Database.open(url) for _ in range(AT_ONCE)]
    yield opened
    for each in opened:
        each.close()


def together(processes: list[Database], work: Callable[[Database], T]) -> list[T]:
    """What each process gives, all started at the same moment."""
    barrier = Barrier(len(processes))

    def start(database: Database) -> T:
        barrier.wait(timeout=30)
        return work(database)

    with ThreadPoolExecutor(len(processes)) as pool:
        return list(pool.map(start, processes))


def test_each_due_feed_is_claimed_by_one(database: Database, processes: list[Database]) -> None:
    with database.writing() as session:
        for number in range(40):
            feeds.add(session, NewFeed(f"https://{number}.test/"), NOON)

    def claim(process: Database) -> list[int]:
        mine: list[int] = []
        while True:
            with process.writing() as session:
                due = feeds.claim_due(session, NOON, limit=3, lease=minutes(5))
            if not due:
                return mine
            mine += [each.feed.id for each in due]

    claimed = together(processes, claim)

    assert sorted(each for mine in claimed for each in mine) == list(range(1, 41))


def test_one_story_from_many_feeds_at_once_is_kept_once(processes: list[Database]) -> None:
    def keep(process: Database) -> list[int]:
        mine: list[int] = []
        for number in range(15):
            # The same stories in the same order, each feed with a name of its own for them.
            own = f"{id(process)}:{number}"
            mine += kept(process, [story(f"s{number}", keys=(f"url:{number}", own))])
        return mine

    ids = together(processes, keep)

    assert all(each == ids[0] for each in ids)
    with processes[0].reading() as session:
        assert session.scalar(select(func.count()).select_from(Story)) == 15
        assert search.count(session, parse("title"), now=NOON) == 15


def test_a_slot_is_opened_and_sent_by_one(database: Database, processes: list[Database]) -> None:
    with database.writing() as session:
        made = subscriptions.add(session, Plan(name="digest", channel="C1"), NOON)

    def deliver(process: Database) -> tuple[int, int]:
        opened = sent = 0
        for number in range(10):
            slot = NOON + minutes(number)
            with process.writing() as session:
                row = deliveries.open_slot(
                    session, made.id, slot, start=NOON, end=slot, channel="C1", now=NOON
                )
                opened += row is not None
            with process.reading() as session:
                seen = deliveries.of_slot(session, made.id, slot)
            assert seen is not None
            if seen.state == "pending":
                with process.writing() as session:
                    sent += deliveries.move(session, seen, "sending", now=NOON) is not None
        return opened, sent

    counts = together(processes, deliver)

    assert sum(opened for opened, _ in counts) == 10
    assert sum(sent for _, sent in counts) == 10
    with database.reading() as session:
        assert session.scalars(select(Delivery.attempts)).all() == [1] * 10


def test_a_window_is_taken_by_one(database: Database, processes: list[Database]) -> None:
    with database.writing() as session:
        made = subscriptions.add(session, Plan(name="digest", channel="C1"), NOON)

    def take(process: Database) -> bool:
        with process.writing() as session:
            return subscriptions.told(session, made.id, since=NOON, until=NOON + minutes(1))

    assert sorted(together(processes, take)) == [False] * (AT_ONCE - 1) + [True]


def test_events_grouped_by_many_at_once_are_one_each(database: Database, processes: list[Database]) -> None:
    ids = kept(database, [story(f"s{n}") for n in range(6)])

    def group(process: Database) -> int:
        made: list[int] = []
        for size in range(1, len(ids) + 1):
            with process.writing() as session:
                events.take_turns(session)
                made = events.regroup(session, [gathered(*ids[:size])], NOON)
        return made[0]

    numbers = together(processes, group)

    assert len(set(numbers)) == 1
    with database.reading() as session:
        assert happenings.count(session) == 1
        (event,) = happenings.latest(session, limit=5)
        assert sorted(report.story for report in event.stories) == ids


def test_edits_of_one_story_at_once_leave_one_wording_in_the_index(
    database: Database, processes: list[Database]
) -> None:
    (one,) = kept(database, [story("one")])
    names = ["alpha", "beta", "gamma", "delta"]
    mine = dict(zip(map(id, processes), names, strict=True))

    def edit(process: Database) -> None:
        for number in range(5):
            new = stories.Edit(one, mine[id(process)], f"{number}", f"d{number}", story("one").decision)
            with process.writing() as session:
                stories.edit(session, [new], NOON)

    together(processes, edit)

    with database.reading() as session:
        (found,) = stories.get(session, [one])
        for name in names:
            assert search.count(session, parse(name), now=NOON) == (found.title == name), name


def test_programs_that_find_a_new_file_at_once_all_get_in(tmp_path: Path) -> None:
    for number in range(60):  # in one of six rounds one was told that the file was locked
        found = [Database.open(f"sqlite:///{tmp_path / f'{number}.db'}") for _ in range(AT_ONCE)]

        def look(program: Database) -> int:
            with program.reading() as session:
                return session.scalar(text("SELECT 1")) or 0

        assert together(found, look) == [1] * AT_ONCE
        for each in found:
            each.close()


def test_programs_that_start_at_once_make_one_schema(bare_database: Database) -> None:
    url = bare_database.engine.url.render_as_string(hide_password=False)
    started = [PROCESSES.Process(target=upgrade, args=(url,)) for _ in range(3)]

    for each in started:
        each.start()
    for each in started:
        each.join(60)

    assert [each.exitcode for each in started] == [0, 0, 0]
    assert "schema" in bare_database.check()


def test_threads_that_upgrade_at_once_take_turns(bare_database: Database) -> None:
    together([bare_database] * 3, lambda database: database.upgrade())

    assert "schema" in bare_database.check()


def test_many_writers_of_sqlite_wait_for_each_other(processes: list[Database]) -> None:
    """Plain BEGIN gave "database is locked" here, whatever the timeout."""

    def write(process: Database) -> int:
        with process.reading() as session:  # a reader that goes on to write, as commands do
            before = session.scalar(select(func.count()).select_from(Story)) or 0
        for number in range(25):
            kept(process, [story(f"{id(process)}-{number}")])
        return before

    together(processes, write)

    with processes[0].reading() as session:
        assert session.scalar(select(func.count()).select_from(Story)) == 25 * AT_ONCE
