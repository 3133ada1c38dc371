"""One process: its roles started, a signal waited for, its roles stopped, in time."""

import logging
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Final, Protocol

log = logging.getLogger(__name__)

STOPS_WITHIN: Final = timedelta(seconds=7)
"""For everything together; who sends SIGTERM often waits ten seconds and then kills."""

TURN: Final = 0.002
"""Seconds that a thread computes before it lets another. An acknowledgement takes a few turns, and each time
waits for one of every thread that computes. With Python's own 5 ms a dozen questions keep it half a second;
with less than this, changing hands costs the answers more than it gives."""

LOOKS_EVERY: Final = 5.0  # seconds between two looks at the clock


class Role(Protocol):
    """Something that runs in threads of its own."""

    def start(self) -> None:
        """Begin, and return."""

    def tend(self) -> None:
        """Look after itself; called every few seconds."""

    def stop(self, within: timedelta) -> bool:
        """Take nothing more on, and finish what was begun. False: something was not finished in time."""


@contextmanager
def stopped_by_signals() -> Iterator[threading.Event]:
    """Gives the event that SIGTERM and SIGINT set, instead of ending the process where it stands.

    A second SIGINT ends it there: whoever presses Ctrl-C twice means it.
    """
    stop = threading.Event()

    def on_signal(number: int, _frame: object) -> None:
        if stop.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def serve(roles: Sequence[Role], stop: threading.Event, *, within: timedelta = STOPS_WITHIN) -> bool:
    """Start the roles in order, run until `stop` is set, and stop them all at the same time.

    Roles that run are stopped also when a later one cannot start. False:
    something was not finished `within`; what it had not committed is undone by
    the database, and done again after the restart.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    running: list[Role] = []
    try:
        for role in roles:
            if stop.is_set():
                break
            role.start()
            running.append(role)
        while not stop.wait(LOOKS_EVERY):
            for role in running:
                role.tend()
    finally:
        finished = _stop_all(running, within)
        sys.setswitchinterval(usual)
    return finished


def _stop_all(roles: Sequence[Role], within: timedelta) -> bool:
    began = time.monotonic()
    finished: list[bool] = []

    def stop(role: Role) -> None:
        finished.append(role.stop(within))

    threads = [threading.Thread(target=stop, args=(role,), daemon=True) for role in roles]
    for thread in threads:
        thread.start()
    for thread in threads:
        left = within.total_seconds() - (time.monotonic() - began)
        thread.join(max(left, 0) + 0.5)
    well = len(finished) == len(roles) and all(finished)
    log.info("process.stopped", extra={"seconds": round(time.monotonic() - began, 1), "finished": well})
    return well
