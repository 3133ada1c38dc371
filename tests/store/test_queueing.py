"""SQLite's one writer is handed on in order, and nobody waits for ever."""

import threading
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store.database import Database
from bot.store.queueing import Queue


def test_it_is_handed_on_in_the_order_of_asking() -> None:
    queue, order, waiting = Queue(), list[int](), list[threading.Thread]()
    assert queue.acquire(1)

    def take(name: int) -> None:
        queue.acquire(10)
        order.append(name)
        queue.release()

    for name in range(5):
        waiting.append(threading.Thread(target=take, args=(name,)))
        waiting[-1].start()
        while len(queue._waiting) <= name:
            waiting[-1].join(0.001)
    queue.release()
    for thread in waiting:
        thread.join(10)

    assert order == [0, 1, 2, 3, 4]
    assert queue.acquire(0)


def test_who_comes_in_bulk_waits_for_all_others() -> None:
    queue, order, waiting = Queue(), list[str](), list[threading.Thread]()
    assert queue.acquire(1)

    def take(name: str) -> None:
        queue.acquire(10, in_bulk=name.startswith("feed"))
        order.append(name)
        queue.release()

    for number, name in enumerate(("feed 1", "feed 2", "digest", "command"), 1):
        waiting.append(threading.Thread(target=take, args=(name,)))
        waiting[-1].start()
        while len(queue._waiting) + len(queue._in_bulk) < number:
            waiting[-1].join(0.001)
    queue.release()
    for thread in waiting:
        thread.join(10)

    assert order == ["digest", "command", "feed 1", "feed 2"]


def test_who_gives_up_is_passed_over() -> None:
    queue = Queue()
    queue.acquire(1)

    assert not queue.acquire(0.01)
    queue.release()
    assert queue.acquire(0.01)


def test_a_writer_that_never_ends_is_said(sqlite_template: Path) -> None:
    database = Database.open(f"sqlite:///{sqlite_template}", lock_wait=0.05)
    try:
        with database.writing(), pytest.raises(StoreError, match="held it for too long"), database.writing():
            pass
    finally:
        database.close()
