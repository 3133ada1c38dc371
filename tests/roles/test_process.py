"""One process: what was started is stopped, in time, whatever happens."""

import os
import signal
import threading
import time
from datetime import timedelta

import pytest

from bot.errors import ConfigError
from bot.roles.process import serve, stopped_by_signals

SOON = timedelta(seconds=5)


class FakeRole:
    """Remembers what was asked of it; may refuse to start, or be slow to stop."""

    def __init__(
        self, *, refuses: bool = False, stops_after: float = 0, when_started: threading.Event | None = None
    ) -> None:
        self.refuses, self.stops_after, self.when_started = refuses, stops_after, when_started
        self.said: list[str] = []

    def start(self) -> None:
        if self.refuses:
            raise ConfigError(["no token"])
        self.said.append("started")
        if self.when_started:
            self.when_started.set()

    def tend(self) -> None:
        self.said.append("tended")

    def stop(self, within: timedelta) -> bool:
        time.sleep(min(self.stops_after, within.total_seconds()))
        self.said.append("stopped")
        return self.stops_after <= within.total_seconds()


def test_roles_are_started_in_order_and_all_stopped() -> None:
    stop = threading.Event()
    slack, worker = FakeRole(), FakeRole(when_started=stop)

    assert serve([slack, worker], stop, within=SOON)

    assert slack.said == worker.said == ["started", "stopped"]


def test_who_is_told_to_stop_while_it_starts_starts_no_more() -> None:
    stop = threading.Event()
    slack, worker = FakeRole(when_started=stop), FakeRole()

    assert serve([slack, worker], stop, within=SOON)

    assert (slack.said, worker.said) == (["started", "stopped"], [])


def test_a_role_that_cannot_start_stops_those_that_did() -> None:
    worker, slack = FakeRole(), FakeRole(refuses=True)

    with pytest.raises(ConfigError):
        serve([worker, slack], threading.Event(), within=SOON)

    assert worker.said == ["started", "stopped"]
    assert slack.said == []


def test_a_role_that_is_too_slow_is_not_waited_for() -> None:
    stop = threading.Event()
    slow, quick = FakeRole(stops_after=60), FakeRole(when_started=stop)

    assert not serve([slow, quick], stop, within=timedelta(milliseconds=50))

    assert "stopped" in quick.said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_asks_for_the_end_and_the_old_ways_come_back(number: signal.Signals) -> None:
    before = signal.getsignal(number)

    with stopped_by_signals() as stop:
        os.kill(os.getpid(), number)
        assert stop.wait(SOON.total_seconds())

    assert signal.getsignal(number) is before
