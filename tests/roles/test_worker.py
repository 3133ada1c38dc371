"""The alarm clock: it rings, it survives, it stops."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import StoreError
from bot.roles.worker import Bell, Worker

SOON = timedelta(seconds=10)
NEVER_AGAIN = timedelta(days=1)


class SetClock:
    """A clock that can be set."""

    def __init__(self) -> None:
        self.by = timedelta(0)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.by


class Counter:
    """Counts rings and can be waited for; fails while it has `errors` to raise."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.rings = 0
        self._rung = threading.Condition()

    def __call__(self) -> None:
        with self._rung:
            self.rings += 1
            self._rung.notify_all()
            if self.errors:
                raise self.errors.pop(0)

    def has_rung(self, times: int) -> bool:
        with self._rung:
            return self._rung.wait_for(lambda: self.rings >= times, SOON.total_seconds())


def test_every_bell_rings_at_once_and_then_again_and_again() -> None:
    often, seldom = Counter(), Counter()
    worker = Worker(
        [Bell("often", timedelta(milliseconds=50), often), Bell("seldom", NEVER_AGAIN, seldom)], SetClock()
    )

    worker.start()

    assert often.has_rung(3)
    assert seldom.has_rung(1)
    assert worker.stop(SOON)
    assert seldom.rings == 1


def test_a_bell_that_fails_rings_again_and_its_trouble_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    down = StoreError("news.db: disk is full")
    counter = Counter(down, down, ValueError("a mistake of ours"))
    worker = Worker([Bell("refresh", timedelta(milliseconds=20), counter)], SetClock())

    worker.start()

    assert counter.has_rung(5)
    assert worker.stop(SOON)
    told = [record.message for record in caplog.records if record.name == "bot.roles.worker"]
    assert told == ["worker.started", "worker.trouble", "worker.failed", "worker.recovered", "worker.stopped"]


def test_stopping_waits_for_what_is_ringing() -> None:
    begun, go_on, done = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        go_on.wait(SOON.total_seconds())
        done.set()

    worker = Worker([Bell("refresh", NEVER_AGAIN, work)], SetClock())
    worker.start()
    assert begun.wait(SOON.total_seconds())

    assert not worker.stop(timedelta(milliseconds=20)), "it was still ringing"
    go_on.set()
    assert worker.stop(SOON)

    assert done.is_set()


@pytest.mark.parametrize("jump", [timedelta(days=1), timedelta(days=-1)])
def test_when_the_clock_is_set_the_bells_ring_and_go_on(jump: timedelta) -> None:
    clock, counter = SetClock(), Counter()
    worker = Worker([Bell("refresh", NEVER_AGAIN, counter)], clock)
    worker.start()
    assert counter.has_rung(1)
    assert not worker.mind_the_clock(), "nothing was set yet"

    clock.by = jump

    assert worker.mind_the_clock()
    assert not worker.mind_the_clock(), "it was told once"
    assert worker.stop(SOON)


def test_a_worker_that_never_started_stops() -> None:
    assert Worker([], SetClock()).stop(SOON)
