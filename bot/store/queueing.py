"""A lock that is handed on in the order of asking. Python's own goes to whoever is quickest.

Those who come in bulk, as the stories of a hundred feeds do, are let in when nobody else waits:
a digest and a person's command write little, and do not stand behind all of them.
"""

from collections import deque
from threading import Lock


class Queue:
    """One at a time, first come first served, those in bulk last. Not reentrant."""

    def __init__(self) -> None:
        self._mutex = Lock()
        self._taken = False
        self._waiting: deque[Lock] = deque()
        self._in_bulk: deque[Lock] = deque()

    def acquire(self, timeout: float, *, in_bulk: bool = False) -> bool:
        """Wait for one's turn, `timeout` seconds at most. False: it did not come."""
        line = self._in_bulk if in_bulk else self._waiting
        with self._mutex:
            if not self._taken:
                self._taken = True
                return True
            mine = Lock()
            mine.acquire()
            line.append(mine)
        if mine.acquire(timeout=timeout):
            return True
        with self._mutex:
            if mine in line:
                line.remove(mine)
                return False
        return True  # it was handed to us just now

    def release(self) -> None:
        """Hand it on."""
        with self._mutex:
            if line := self._waiting or self._in_bulk:
                line.popleft().release()
            else:
                self._taken = False
