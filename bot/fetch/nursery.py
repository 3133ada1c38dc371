"""Child processes that cost little: forked from one process that has loaded what all of them need.

Forking this very process would not be safe, for it has threads, and starting each
child anew takes half a second and its own copy of the packs. So there is a mother: a
process without threads that loads feedparser and the packs once, and forks. What her
children do not write to they share.
"""

import os
import pickle
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from multiprocessing.reduction import send_handle
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from bot.core.identity import Identified
from bot.fetch.body import Body
from bot.fetch.document import Reading
from bot.fetch.packed import PART, Packed, pack

if TYPE_CHECKING:
    from bot.core.understand import Lines

_BOOT: Final = "import sys; sys.path = sys.argv[2:]; from bot.fetch.child import main; main(int(sys.argv[1]))"
_KEPT: Final = ("LANG", "LC_ALL", "PATH", "TMPDIR")  # of the environment: secrets are none of their business
_PATIENCE: Final = 60.0  # seconds until a mother who gives no answer is given up; loading takes one
_NICENESS: Final = 10
_MOMENT: Final = 0.2  # seconds in which a child that was told to end does

_TICKS: Final = os.sysconf("SC_CLK_TCK")

# How mother and pool talk: an order and a process number there, a number back.
ORDER: Final = struct.Struct("<ci")
ANSWER: Final = struct.Struct("<i")
BEAR, BEAR_DECIDER, FATE = b"+", b"*", b"?"
BIRTHS: Final = (BEAR, BEAR_DECIDER)
RUNS: Final = 2**31 - 1
"""The answer to FATE while a child runs; else its exit code."""


@dataclass(frozen=True, slots=True)
class Mind:
    """What children decide stories by."""

    packs: tuple[Path, ...] = ()  # folders beside the packs that ship
    lines: "Lines | None" = None


Coming = Literal["", "bytes", "file"]
"""How the text of a piece of work comes, after it: not at all, as it is, or as a file that is open."""


def coming(body: Body | None) -> Coming:
    """How a body comes."""
    if body is None:
        return ""
    return "bytes" if isinstance(body, bytes) else "file"


@dataclass(frozen=True, slots=True)
class Request:
    """A piece of work for a child."""

    name: str  # of a door
    arguments: tuple[Any, ...]  # after the text
    size: int  # bytes of text
    seconds: float  # of the processor that it may take
    text: Coming = ""


@dataclass(frozen=True, slots=True)
class Parted:
    """An answer, and how many items of it follow in parts: whole it would be there several times at once."""

    result: Any
    items: int = 0


def parted(result: object) -> tuple[Parted, list[Identified]]:
    """An answer as it is sent, and the items that follow it."""
    if isinstance(result, Reading) and len(result.items) > PART:
        items = list(result.items)
        return Parted(replace(result, items=()), len(items)), items
    return Parted(result), []


def parts_of(items: list[Identified]) -> Iterator[bytes]:
    """Part by part, packed; each is let go as the next is asked for."""
    while items:
        yield pack(items[:PART])
        del items[:PART]


def dumps(value: object) -> bytes:
    """A value as it goes through the pipe."""
    return pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)


@dataclass(eq=False, slots=True)
class Child:
    """One process and the pipe to it."""

    mother: "Mother"
    pid: int
    pipe: Connection
    decider: bool  # it has the packs
    since: float = 0.0  # at work since; monotonic
    _worked: float = 0.0  # seconds of the processor until then
    nice: bool = False
    fate: int | None = None  # its exit code; None: it runs, as far as is known

    def begin(self, now: float) -> None:
        """Note that it is given work."""
        self.since, self._worked = now, _processor_time(self.pid) or 0.0

    def is_tiring(self, now: float, moment: float) -> bool:
        """Whether this piece of work has taken longer than a moment, on a busy machine as on an idle one."""
        if now - self.since < moment:
            return False
        worked = _processor_time(self.pid)
        return worked is None or worked - self._worked >= moment

    def make_way(self) -> None:
        """Let others have the processor first, while this piece of work lasts."""
        if not self.nice:
            self.nice = True
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.pid, _NICENESS)

    def is_idle(self) -> bool:
        """Whether it waits for work: one that has ended has closed its pipe."""
        return not self.pipe.poll()

    def ask(self, request: Request, body: Body | None) -> Any:
        """Send and wait. Raises EOFError or OSError when the child ends without an answer."""
        self.pipe.send_bytes(dumps(request))
        if isinstance(body, bytes):
            self.pipe.send_bytes(body)
        elif body is not None:
            send_handle(self.pipe, body.fileno(), self.pid)
        if not self.pipe.poll(request.seconds * 10 + 5):
            raise EOFError
        answer: Parted = pickle.loads(self.pipe.recv_bytes())  # noqa: S301 - from our child
        if not answer.items:
            return answer.result
        parts = tuple(self.pipe.recv_bytes() for _ in range(0, answer.items, PART))
        return replace(answer.result, items=Packed(parts, answer.items))

    def ends(self) -> bool:
        """Whether it ends within a moment."""
        until = time.monotonic() + _MOMENT
        while self.fate is None:
            self.fate = self.mother.fate(self.pid)
            if self.fate is None:
                if time.monotonic() > until:
                    return False
                time.sleep(_MOMENT / 50)
        return True

    def end(self) -> None:
        """Close its pipe, which ends an idle child; kill one that does not end at once."""
        self.pipe.close()
        if not self.ends():
            self.kill()
            self.ends()

    def kill(self) -> None:
        """Kill it, unless it has ended: whoever waits for its answer hears that there is none."""
        if self.fate is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)


@dataclass(eq=False, slots=True)
class Mother:
    """The process that children are forked from. Safe to share between threads."""

    mind: Mind
    _process: subprocess.Popen[bytes] = field(init=False)
    _control: socket.socket = field(init=False)
    _talking: threading.Lock = field(init=False, default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._control, theirs = socket.socketpair()
        self._control.settimeout(_PATIENCE)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - this very interpreter
                [sys.executable, "-I", "-c", _BOOT, str(theirs.fileno()), *sys.path],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={name: os.environ[name] for name in _KEPT if name in os.environ},
            )
        assert self._process.stdin is not None
        with suppress(BrokenPipeError), self._process.stdin as heard:  # if she is gone, the first order tells
            heard.write(pickle.dumps(self.mind))

    @property
    def pid(self) -> int:
        """Her process."""
        return self._process.pid

    def bear(self, *, decider: bool) -> Child:
        """A new child; a `decider` shares the packs with its mother, who loads them for the first.

        Raises OSError or EOFError when the mother is gone: one who is idle for long ends."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                pid = self._ask(BEAR_DECIDER if decider else BEAR, 0, theirs)
        except (OSError, EOFError):
            ours.close()
            raise
        return Child(self, pid, Connection(ours.detach()), decider)

    def fate(self, pid: int) -> int | None:
        """What became of a child: its exit code, None while it runs; 0 when nobody knows any more."""
        try:
            found = self._ask(FATE, pid)
        except (OSError, EOFError):
            return 0
        return None if found == RUNS else found

    def end(self) -> None:
        """Let her go."""
        self._control.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _ask(self, order: bytes, pid: int, handed: socket.socket | None = None) -> int:
        with self._talking:
            message = ORDER.pack(order, pid)
            if handed is None:
                self._control.sendall(message)
            else:
                socket.send_fds(self._control, [message], [handed.fileno()])
            answer = self._control.recv(ANSWER.size, socket.MSG_WAITALL)
        if len(answer) < ANSWER.size:
            raise EOFError
        found: int = ANSWER.unpack(answer)[0]
        return found


def _processor_time(pid: int) -> float | None:
    """Seconds of the processor that a process has had; None where no kernel tells."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:
        return None
    used, of_kernel = stat.rpartition(")")[2].split()[11:13]
    return (int(used) + int(of_kernel)) / _TICKS
