"""A child process: does one piece of work after another, and is killed by the kernel when one takes too long.

The alarm's action is the default one, so it needs no turn of the interpreter: a
regular expression that holds the interpreter's lock for minutes is ended all the
same, and so is a child whose parent was killed. A child that nobody asks for a
minute ends by itself; one whose parent is gone reads the end of its pipe.
"""

import pickle
import resource
import signal
from multiprocessing.connection import Connection
from pathlib import Path

from bot.errors import FetchError

IDLE_SECONDS = 60.0
_GROWTH = 160_000_000  # bytes that one piece of work may take


def main(descriptor: int) -> None:
    """Serve requests that come over a socket until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    from bot.fetch import labour  # heavy, and wanted before the memory is measured

    _limit_memory()
    with Connection(descriptor) as pipe:
        while pipe.poll(IDLE_SECONDS):
            try:
                name, arguments, seconds = pickle.loads(pipe.recv_bytes())  # noqa: S301 - from our parent
            except EOFError:
                return
            signal.setitimer(signal.ITIMER_PROF, seconds)  # of work
            signal.setitimer(signal.ITIMER_REAL, seconds * 10)  # of time, should it ever sleep
            try:
                answer: object = labour.DOORS[name](*arguments)
            except FetchError as error:
                answer = error
            except Exception as error:  # noqa: BLE001 - whatever a hostile text provokes is an answer too
                answer = FetchError(f"the reader gave up ({type(error).__name__})")
            reply = pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL)
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.setitimer(signal.ITIMER_REAL, 0)
            pipe.send_bytes(reply)


def _limit_memory() -> None:
    """A text that wants more gets a MemoryError, which is an answer like any other."""
    status = Path("/proc/self/status")
    lines = status.read_text("ascii", "replace").splitlines() if status.exists() else []
    sizes = [line.split()[1] for line in lines if line.startswith("VmData:")]
    if sizes:
        limit = int(sizes[0]) * 1024 + _GROWTH
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
