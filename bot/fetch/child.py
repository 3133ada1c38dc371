"""The mother of child processes, and a child: it does one piece of work after another.

A child is killed by the kernel when a piece takes too long. The alarm's action is the
default one, so it needs no turn of the interpreter: a regular expression that holds the
interpreter's lock for minutes is ended all the same, and so is a child whose parent was
killed. A child that nobody asks for a minute ends by itself, and so does the mother
when she has none left; whose parent is gone reads the end of its pipe.
"""

import gc
import os
import pickle
import resource
import select
import signal
import socket
import sys
from collections.abc import Callable, Iterable
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle
from pathlib import Path

from bot.errors import FetchError
from bot.fetch import labour
from bot.fetch.memory import give_back_large_blocks
from bot.fetch.nursery import (
    ANSWER,
    BEAR_DECIDER,
    BIRTHS,
    ORDER,
    RUNS,
    Parted,
    Request,
    dumps,
    parted,
    parts_of,
)

IDLE_SECONDS = 60.0
_GROWTH = 24_000_000  # bytes that one piece of work may take, and so many more for each byte of it
_PER_BYTE = 20
_MOST = 72_000_000
_REMEMBERED = (
    24_000_000  # bytes of what deciding keeps of words it has met, to read them faster: not the text's
)
_LOADED = {
    **dict.fromkeys(("article", "headline"), 30_000_000),
    **dict.fromkeys(("take", "make", "decide"), _REMEMBERED),
}  # bytes of what is loaded when it is first asked for


def main(descriptor: int) -> None:
    """Be a mother to whoever is at the other end of a socket."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    gc.disable()  # what she loads stays, and the collector would look at all of it again and again
    give_back_large_blocks()
    labour.warm_up(pickle.load(sys.stdin.buffer))  # noqa: S301 - from our parent
    with socket.socket(fileno=descriptor) as control:
        _bear(control)


def _bear(control: socket.socket) -> None:
    """Fork children, and tell what became of them, until nobody asks any more."""
    running: set[int] = set()
    while True:
        if not select.select([control], [], [], IDLE_SECONDS)[0]:
            running -= _ended(running).keys()
            if not running:
                return
            continue
        message, handed, _, _ = socket.recv_fds(control, ORDER.size, 1, socket.MSG_WAITALL)
        if len(message) < ORDER.size:
            return
        order, pid = ORDER.unpack(message)
        if order in BIRTHS:
            if order == BEAR_DECIDER:
                labour.learn_to_decide()
            gc.freeze()  # what the collector does not touch stays shared
            pid = os.fork()
            if not pid:
                control.close()
                gc.enable()
                _live(handed[0])
            os.close(handed[0])
            running.add(pid)
            answer = pid
        else:
            fate = _ended(running & {pid})
            running -= fate.keys()
            answer = RUNS if pid in running else fate.get(pid, 0)
        control.sendall(ANSWER.pack(answer))


def _ended(running: Iterable[int]) -> dict[int, int]:
    """The exit codes of those that have ended."""
    found = {}
    for pid in running:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            found[pid] = os.waitstatus_to_exitcode(status)
    return found


def _live(descriptor: int) -> None:
    """A child's life. It ends here, and never where its mother goes on."""
    try:
        serve(descriptor)
    finally:
        os._exit(0)


def serve(descriptor: int) -> None:
    """Do what comes over a socket until there is no more."""
    own, worked = _memory(), False
    with Connection(descriptor) as pipe:
        while pipe.poll(IDLE_SECONDS):
            try:
                request: Request = pickle.loads(pipe.recv_bytes())  # noqa: S301 - from our parent
                _limit_memory(own + _LOADED.get(request.name, 0) if own else 0, request.size)
            except EOFError:
                return
            signal.setitimer(signal.ITIMER_PROF, request.seconds)  # of work
            signal.setitimer(signal.ITIMER_REAL, request.seconds * 10)  # of time, should it ever sleep
            try:
                answer, items = parted(_done(request, partial(_text, request, pipe)))
                reply = dumps(answer)
            except MemoryError:
                if worked:
                    return  # what was done before takes room as well: another shall try, who has all of it
                too_much = FetchError("reading it takes too much memory and was given up")
                pipe.send_bytes(dumps(Parted(too_much)))
                return  # who knows what is half done in here
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.setitimer(signal.ITIMER_REAL, 0)
            pipe.send_bytes(reply)
            del answer, reply
            for part in parts_of(items):
                pipe.send_bytes(part)
            worked = True
            if own and _memory() > own + _GROWTH:
                return  # what it was given for one piece of work it has not given back


def _text(request: Request, pipe: Connection) -> bytes:
    """The text that a piece of work is about."""
    if request.text == "bytes":
        return pipe.recv_bytes()
    with open(recv_handle(pipe), "rb") as file:  # noqa: PTH123 - it has no name
        file.seek(0)
        return file.read()


def _done(request: Request, text: Callable[[], bytes]) -> object:
    """What came of the work: its result, or a FetchError."""
    try:
        if request.text:
            return labour.READING[request.name](text, *request.arguments)
        return labour.THINKING[request.name](*request.arguments)
    except MemoryError:
        raise
    except FetchError as error:
        return error
    except Exception as error:  # noqa: BLE001 - whatever a hostile text provokes is an answer too
        return FetchError(f"the reader gave up ({type(error).__name__})")


def _memory() -> int:
    """Bytes that this process holds of its own; 0 where no kernel tells."""
    status = Path("/proc/self/status")
    lines = status.read_text("ascii", "replace").splitlines() if status.exists() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmData:")), 0)


def _limit_memory(own: int, size: int) -> None:
    """A text that wants more gets a MemoryError, which is an answer like any other."""
    if own:
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (own + min(_GROWTH + _PER_BYTE * size, _MOST), hard))
