"""Work that may never end, done where it can be ended: a pool of child processes.

Children start when they are wanted, are used again, and end when nobody asks
for a minute. One whose work takes longer than a moment stands aside, so that a
hostile text keeps nobody waiting who comes after it.
"""

import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from bot.errors import FetchError, SteppewatchError
from bot.fetch.document import FeedDocument, Problem, UnreadableError
from bot.fetch.page import Offer

_BOOT = "import sys; sys.path = sys.argv[2:]; from bot.fetch.child import main; main(int(sys.argv[1]))"
_NICENESS = 10
_LOADING = 2.0  # seconds that trafilatura may take to load
_LARGE = 1_000_000  # bytes: such a text takes much memory
_MOMENT = 0.5  # seconds after which a child at work stands aside


class StoppedError(SteppewatchError):
    """The program ends; what was being read is no fault of its feed's."""


@dataclass(eq=False, slots=True)
class _Child:
    """One process and the pipe to it."""

    process: subprocess.Popen[bytes]
    pipe: Connection
    since: float = 0.0  # at work since; monotonic
    nice: bool = False

    def make_way(self) -> None:
        """Let others have the processor first, while this piece of work lasts."""
        if not self.nice:
            self.nice = True
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.process.pid, _NICENESS)


class Children:
    """The pool. Safe to share between threads."""

    def __init__(
        self, *, at_once: int = 2, aside: int = 1, seconds: float = 1.0, per_megabyte: float = 4.0
    ) -> None:
        """`at_once` children work, `aside` more may finish what takes long.

        `seconds` of processor time for one piece of work, and `per_megabyte` more.
        """
        self._at_once = at_once
        self._aside = aside
        self._seconds = seconds
        self._per_megabyte = per_megabyte
        self._idle: list[_Child] = []
        self._busy: set[_Child] = set()
        self._changed = threading.Condition()
        self._closed = False
        self._large = threading.Lock()

    def read(self, body: bytes, *, url: str, content_type: str = "") -> FeedDocument:
        """`bot.fetch.reader.read` in a child. Raises UnreadableError; TOO_SLOW when the child was killed."""
        document: FeedDocument = self._call("read", (body, url, content_type), len(body))
        return document

    def offers(self, body: bytes, *, url: str) -> tuple[Offer, ...]:
        """The feeds that a page names."""
        found: tuple[Offer, ...] = self._call("offers", (body, url), len(body))
        return found

    def article(self, body: bytes, *, url: str) -> str:
        """The text of an article's page; "": none was found."""
        text: str = self._call("article", (body, url), len(body), more=_LOADING)
        return text

    def headline(self, body: bytes, *, url: str) -> str:
        """The headline of an article's page; "": none was found."""
        found: str = self._call("headline", (body, url), len(body))
        return found

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes that run at the moment."""
        with self._changed:
            return tuple(child.process.pid for child in (*self._idle, *self._busy))

    def close(self) -> None:
        """End all children, also those at work."""
        with self._changed:
            self._closed = True
            ending = [*self._idle, *self._busy]
            self._idle.clear()
            self._changed.notify_all()
        for child in ending:
            _end(child)

    def __enter__(self) -> "Children":
        """For `with`: closed at its end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def _call(self, name: str, arguments: tuple[Any, ...], size: int, *, more: float = 0.0) -> Any:
        """Have a child do it, and give its answer or raise what it raised. Of large texts one at a time."""
        seconds = self._seconds + more + self._per_megabyte * size / 1e6
        with self._large if size > _LARGE else nullcontext():
            return self._asked(name, arguments, seconds)

    def _asked(self, name: str, arguments: tuple[Any, ...], seconds: float) -> Any:
        request = pickle.dumps((name, arguments, seconds), protocol=pickle.HIGHEST_PROTOCOL)
        for attempt in range(2):
            child = self._take(fresh=attempt > 0)
            try:
                answer = _ask(child, request, patience=seconds * 10 + 5)
            except (EOFError, OSError):
                if self._retire(child) or attempt > 0:
                    raise UnreadableError(Problem.TOO_SLOW) from None
                continue  # it may have ended while it was idle: another shall try
            self._give_back(child)
            if isinstance(answer, FetchError):
                raise answer
            return answer
        raise AssertionError("unreachable")

    def _take(self, *, fresh: bool) -> _Child:
        """An idle child, or a new one as soon as one may be started."""
        with self._changed:
            while True:
                if self._closed:
                    raise StoppedError("stopped while reading")
                now = time.monotonic()
                if self._idle and not fresh:
                    child = self._idle.pop()
                    if child.process.poll() is not None:
                        child.pipe.close()
                        continue
                    break
                old = [child for child in self._busy if now - child.since >= _MOMENT]
                for child in old:
                    child.make_way()
                young = len(self._busy) - len(old)
                if young < self._at_once and len(self._busy) < self._at_once + self._aside:
                    child = _start()
                    break
                self._changed.wait(_MOMENT / 5)
            child.since = now
            self._busy.add(child)
            return child

    def _give_back(self, child: _Child) -> None:
        """Keep it for the next, unless there are enough, or it had to make way: that cannot be taken back."""
        with self._changed:
            self._busy.discard(child)
            keep = not (self._closed or child.nice) and len(self._idle) < self._at_once
            if keep:
                self._idle.append(child)
            self._changed.notify()
        if not keep:
            _end(child)

    def _retire(self, child: _Child) -> bool:
        """Bury a child that gave no answer; True: its alarm rang, or ours."""
        with self._changed:
            self._busy.discard(child)
            self._changed.notify()
        overdue = child.process.poll() is None and not _ends(child)
        _end(child)
        return overdue or child.process.returncode in {-signal.SIGPROF, -signal.SIGALRM}


def _start() -> _Child:
    """A new child with a pipe of its own."""
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(  # noqa: S603 - this very interpreter
            [sys.executable, "-I", "-c", _BOOT, str(theirs.fileno()), *sys.path],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={
                name: os.environ[name] for name in ("LANG", "LC_ALL", "PATH", "TMPDIR") if name in os.environ
            },
        )
    return _Child(process, Connection(ours.detach()))


def _ask(child: _Child, request: bytes, *, patience: float) -> Any:
    """Send and wait. Raises EOFError or OSError when the child ends without an answer."""
    child.pipe.send_bytes(request)
    if not child.pipe.poll(patience):
        raise EOFError
    return pickle.loads(child.pipe.recv_bytes())  # noqa: S301 - from our child


def _end(child: _Child) -> None:
    """Close its pipe, which ends an idle child; kill one that does not end at once."""
    child.pipe.close()
    if not _ends(child):
        child.process.kill()
        child.process.wait()


def _ends(child: _Child) -> bool:
    """Whether it ends within a moment."""
    try:
        child.process.wait(0.2)
    except subprocess.TimeoutExpired:
        return False
    return True
