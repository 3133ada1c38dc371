"""An HTTP server in a thread of its own that ends when it is told to.

waitress's `run` has no way out but an exception in its own thread, and closing
its sockets from another is a race; so its loop is turned here.
"""

import socket
import threading
from collections.abc import Callable
from typing import Any, Final

import waitress
from waitress import wasyncore

THREADS: Final = 16
TURN: Final = 1.0  # seconds; a request or the end of it all interrupts the wait
SILENT_MOST: Final = 30  # seconds of silence after which a connection is closed


class Listener:
    """Serves one WSGI application until `stop`."""

    def __init__(self, application: Callable[..., Any], host: str, port: int, *, largest_body: int) -> None:
        """Listen from now on; answer from `start` on. Raises OSError when the port cannot be had."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family)
        self.port: int = listening.getsockname()[1]
        self._map: dict[int, Any] = {}
        self._server = waitress.create_server(
            application,
            map=self._map,
            sockets=[listening],
            threads=THREADS,
            ident=None,
            max_request_body_size=largest_body,
            channel_timeout=SILENT_MOST,
        )
        self._ending = threading.Event()
        self._waking = threading.Lock()  # held while the loop is woken, which needs its trigger open
        self._thread = threading.Thread(target=self._run, name="slack-http", daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self, timeout: float) -> None:
        """Answer what has come in, then close; at most `timeout` seconds."""
        with self._waking:
            if not self._ending.is_set():
                self._ending.set()
                self._server.pull_trigger()
        self._thread.join(timeout)

    def _run(self) -> None:
        while not self._ending.is_set():
            wasyncore.loop(timeout=TURN, use_poll=True, map=self._map, count=1)
        with self._waking:  # who ends it has let go of the trigger now
            self._server.task_dispatcher.shutdown(cancel_pending=False)
        wasyncore.loop(timeout=0, use_poll=True, map=self._map, count=1)  # the last bytes of answers
        wasyncore.close_all(self._map, ignore_all=True)
