"""Where questions are taken in and answered: at once in, one effect each, a few at a time.

Slack waits three seconds for an acknowledgement and sends a request again when
it did not hear one. So taking in does no work: it looks whether the request
came before, finds a place in the queue or says that there is none, and returns.
"""

import logging
import queue
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Protocol

log = logging.getLogger(__name__)

AT_ONCE: Final = 6
"""Questions answered at the same time. Some wait for the database or for Slack; of those that compute, more
at once answer nobody sooner, and keep the acknowledgements of others waiting for their turns."""

QUEUED_MOST: Final = 200
REMEMBERED_FOR: Final = timedelta(minutes=15)
"""Slack repeats within the hour but nearly always within minutes; a signature is good for five."""

REMEMBERED_MOST: Final = 20_000
WINDOWS_MOST: Final = 5_000


class Job(Protocol):
    """Something to be done for one request, and what to do when it fails."""

    def run(self) -> None:
        """Do it."""

    def failed(self, reference: str) -> None:
        """Tell whoever waits for it that it failed, with the reference to quote."""


class Desk:
    """A queue with a few workers, and a memory of what was taken in."""

    def __init__(self, now: Callable[[], datetime], *, at_once: int = AT_ONCE) -> None:
        self._now = now
        self._jobs: queue.Queue[Job | None] = queue.Queue(QUEUED_MOST)
        self._seen: OrderedDict[str, datetime] = OrderedDict()
        self._lock = threading.Lock()
        self._open = True
        self._workers = [
            threading.Thread(target=self._work, name=f"slack-answer-{n}", daemon=True) for n in range(at_once)
        ]
        for worker in self._workers:
            worker.start()

    def is_new(self, request: str) -> bool:
        """Whether `request` was not taken in before. From now on it was."""
        now = self._now()
        with self._lock:
            while self._seen:
                oldest, at = next(iter(self._seen.items()))
                if now - at < REMEMBERED_FOR and len(self._seen) < REMEMBERED_MOST:
                    break
                del self._seen[oldest]
            if request in self._seen:
                return False
            self._seen[request] = now
            return True

    def take(self, job: Job) -> bool:
        """Queue a job; False when the queue is full or the desk is closing."""
        with self._lock:
            if not self._open:
                return False
            try:
                self._jobs.put_nowait(job)
            except queue.Full:
                return False
        return True

    def close(self, timeout: float) -> None:
        """Take nothing more in, finish what was taken in, for at most `timeout` seconds."""
        with self._lock:
            self._open = False
        closer = threading.Thread(target=self._finish, daemon=True)
        closer.start()
        closer.join(timeout)

    def _finish(self) -> None:
        for _ in self._workers:
            self._jobs.put(None)
        for worker in self._workers:
            worker.join()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            self._do(job)

    def _do(self, job: Job) -> None:
        """The last place that an error can reach: here it gets a reference, for the log and the person."""
        try:
            job.run()
        except Exception:
            reference = secrets.token_hex(4)
            log.exception("slack.failed", extra={"reference": reference})
            try:
                job.failed(reference)
            except Exception:
                log.exception("slack.untold", extra={"reference": reference})


class Latest:
    """The last change of each window that was taken in: what came before it needs no answer."""

    def __init__(self) -> None:
        self._last: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def note(self, window: str, change: str) -> None:
        """A window was changed."""
        with self._lock:
            self._last[window] = change
            self._last.move_to_end(window)
            while len(self._last) > WINDOWS_MOST:
                self._last.popitem(last=False)

    def holds(self, window: str, change: str) -> bool:
        """Whether nothing was changed in the window since."""
        with self._lock:
            return self._last.get(window, change) == change
