"""A lock that is handed on in the order of asking. Python's own goes to whoever is quickest."""

from collections import deque
from threading import Lock


class Queue:
    """One at a time, first come first served. Not reentrant."""

    def __init__(self) -> None:
        self._mutex = Lock()
        self._taken = False
        self._waiting: deque[Lock] = deque()

    def acquire(self, timeout: float) -> bool:
        """Wait for one's turn, `timeout` seconds at most. False: it did not come."""
        with self._mutex:
            if not self._taken:
                self._taken = True
                return True
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=timeout):
            return True
        with self._mutex:
            if mine in self._waiting:
                self._waiting.remove(mine)
                return False
        return True  # it was handed to us just now

    def release(self) -> None:
        """Hand it on."""
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False
