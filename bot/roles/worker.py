"""The worker: an alarm clock whose bells ring the work.

APScheduler only wakes us. What is due is rows in the database, decided by
pure code, so a bell that is missed, doubled or late costs nothing, and there
is nothing to remember over a restart.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.clock import Clock
from bot.errors import SteppewatchError

log = logging.getLogger(__name__)

JUMP: Final = timedelta(seconds=30)
"""When the clock and the time that really passed differ by more, the clock was set."""


@dataclass(frozen=True, slots=True)
class Bell:
    """Rings `ring` at once, and then `every` so often, never while it still rings."""

    name: str
    every: timedelta
    ring: Callable[[], object]


class Worker:
    """Rings bells in threads until it is stopped."""

    def __init__(
        self, bells: Sequence[Bell], clock: Clock, *, finish: Sequence[Callable[[float], bool]] = ()
    ) -> None:
        """`finish` are called at the end with the seconds left, for what goes on after its bell has rung."""
        self._bells = tuple(bells)
        self._finish = tuple(finish)
        self._clock = clock
        self._ringing = {bell.name: _Ringing(bell) for bell in bells}
        self._scheduler = BackgroundScheduler(
            jobstores={"default": MemoryJobStore()},
            executors={"default": ThreadPoolExecutor(max_workers=max(len(self._bells), 1))},
            # A bell that was missed rings once, however late: the rows say what is due.
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone=UTC,
        )
        # "Skipped: maximum number of running instances" is how it should be, and no warning.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._monotonic_at = 0.0
        self._wall_at: datetime | None = None

    def start(self) -> None:
        """Ring every bell now, and from now on."""
        for bell in self._bells:
            self._scheduler.add_job(
                self._ringing[bell.name],
                IntervalTrigger(seconds=bell.every.total_seconds(), timezone=UTC),
                id=bell.name,
                next_run_time=self._clock.now(),
            )
        self._note_time()
        log.info("worker.started", extra={"bells": ",".join(bell.name for bell in self._bells)})
        self._scheduler.start()

    def tend(self) -> None:
        """What has to be looked at every few seconds."""
        self.mind_the_clock()

    def mind_the_clock(self) -> bool:
        """Ring all bells when the machine's clock was set.

        The scheduler waits for moments of the clock: were that set back by a
        day, it would sleep for a day. True: it was set.
        """
        if self._wall_at is None:
            return False
        passed = timedelta(seconds=time.monotonic() - self._monotonic_at)
        jumped = (self._clock.now() - self._wall_at) - passed
        self._note_time()
        if abs(jumped) < JUMP:
            return False
        log.warning("worker.clock_was_set", extra={"by_seconds": round(jumped.total_seconds())})
        for bell in self._bells:
            self._scheduler.modify_job(bell.name, next_run_time=self._clock.now())
        return True

    def stop(self, within: timedelta) -> bool:
        """Ring no more, and wait for what is ringing. False: something still does after `within`."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        until = time.monotonic() + within.total_seconds()
        waits = [ringing.wait for ringing in self._ringing.values()]
        quiet = True
        for wait in (*self._finish, *waits):
            quiet = wait(max(until - time.monotonic(), 0.0)) and quiet
        log.info("worker.stopped", extra={"finished": quiet})
        return quiet

    def _note_time(self) -> None:
        self._monotonic_at, self._wall_at = time.monotonic(), self._clock.now()


class _Ringing:
    """One bell at work: it survives every error, and says an error once and not at every ring."""

    def __init__(self, bell: Bell) -> None:
        self._bell = bell
        self._busy = threading.Lock()
        self._trouble = ""

    def __call__(self) -> None:
        with self._busy:
            trouble = self._rung()
        if self._trouble and not trouble:
            log.info("worker.recovered", extra={"bell": self._bell.name})
        self._trouble = trouble

    def _rung(self) -> str:
        """Do the work. Gives what went wrong, or ""."""
        try:
            self._bell.ring()
        except SteppewatchError as error:
            trouble = str(error)
            if trouble != self._trouble:
                log.warning("worker.trouble", extra={"bell": self._bell.name, "error": trouble})
            return trouble
        except Exception as error:
            trouble = f"{type(error).__name__}: {error}"
            if trouble != self._trouble:
                log.exception("worker.failed", extra={"bell": self._bell.name})
            return trouble
        return ""

    def wait(self, seconds: float) -> bool:
        """Wait until the work of this ring is done; False when it is not in time."""
        if not self._busy.acquire(timeout=max(seconds, 0)):
            return False
        self._busy.release()
        return True
