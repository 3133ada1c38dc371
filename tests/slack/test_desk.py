"""The desk: full or closing it says so at once, and what it was told once it knows for a while."""

import threading
from collections.abc import Iterator

import pytest

from bot.surfaces.slack.desk import QUEUED_MOST, REMEMBERED_FOR, REMEMBERED_MOST, Desk
from tests.slack.rooms import HandClock


class Waits:
    """A job that waits until it is let go."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.go_on = threading.Event()
        self.done = threading.Event()

    def run(self) -> None:
        self.begun.set()
        self.go_on.wait(20)
        self.done.set()

    def failed(self, reference: str) -> None:
        raise AssertionError(reference)


class Fails:
    """A job that fails, and fails again when it is to say so."""

    def run(self) -> None:
        raise RuntimeError("first")

    def failed(self, reference: str) -> None:
        raise RuntimeError("second")


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def desk(clock: HandClock) -> Iterator[Desk]:
    desk = Desk(clock.now, at_once=1)
    yield desk
    desk.close(5)


def test_a_full_desk_says_so_at_once_and_serves_again_when_there_is_room(desk: Desk) -> None:
    first = Waits()
    assert desk.take(first)
    assert first.begun.wait(5)
    rest = [Waits() for _ in range(QUEUED_MOST)]
    for job in rest:
        job.go_on.set()
        assert desk.take(job)

    assert not desk.take(Waits())

    first.go_on.set()
    assert rest[-1].done.wait(5)
    last = Waits()
    last.go_on.set()
    assert desk.take(last)
    assert last.done.wait(5)


def test_a_closing_desk_finishes_what_it_took_and_takes_no_more(clock: HandClock) -> None:
    desk = Desk(clock.now, at_once=2)
    jobs = [Waits() for _ in range(5)]
    for job in jobs:
        job.go_on.set()
        assert desk.take(job)

    desk.close(5)

    assert all(job.done.is_set() for job in jobs)
    assert not desk.take(Waits())


def test_a_job_that_never_ends_does_not_keep_the_desk_from_closing(clock: HandClock) -> None:
    desk = Desk(clock.now, at_once=1)
    stuck = Waits()
    assert desk.take(stuck)

    desk.close(0.1)

    assert not stuck.done.is_set()
    stuck.go_on.set()


def test_a_job_that_fails_twice_leaves_the_worker_alive_and_both_causes_in_the_log(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    assert desk.take(Fails())
    after = Waits()
    after.go_on.set()
    assert desk.take(after)

    assert after.done.wait(5)

    failed, untold = caplog.records
    assert (failed.getMessage(), untold.getMessage()) == ("slack.failed", "slack.untold")
    assert vars(failed)["reference"] == vars(untold)["reference"]


def test_a_request_is_known_for_as_long_as_it_can_come_again(desk: Desk, clock: HandClock) -> None:
    assert desk.is_new("one")
    assert not desk.is_new("one")

    clock.advance(seconds=REMEMBERED_FOR.total_seconds() - 1)
    assert not desk.is_new("one")

    clock.advance(seconds=2)
    assert desk.is_new("one")


def test_the_memory_of_requests_is_bounded(desk: Desk) -> None:
    for number in range(REMEMBERED_MOST + 500):
        assert desk.is_new(str(number))

    assert desk.is_new("0"), "the oldest were forgotten"
    assert not desk.is_new(str(REMEMBERED_MOST + 499))
