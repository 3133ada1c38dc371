"""What one exchange may cost.

A timeout on a single read is not a deadline: a server that sends a byte a
second never meets it. So all that an exchange does with its sockets shares a budget:
their timeout is set to what is left of it before each read, and what was read is counted.
Slow headers, endless headers, drips and floods all end here, in one place.
"""

import time

from bot.errors import FetchError


class Budget:
    """Time and bytes left to one exchange, redirects included."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self.too_long = f"took longer than {seconds:g} s"
        self._bytes = 0
        self._most = ""

    def allow(self, count: int, what: str) -> None:
        """From now on, at most `count` bytes; `what` names the limit for the message."""
        self._bytes = count
        self._most = what

    def seconds(self) -> float:
        """Seconds left. Raises FetchError when there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise FetchError(self.too_long)
        return left

    def give(self, seconds: float) -> None:
        """Let time pass that is no fault of the other side's."""
        self._ends += seconds

    def take(self, count: int) -> None:
        """Count bytes that were read. Raises FetchError when there were too many."""
        self._bytes -= count
        if self._bytes < 0:
            raise FetchError(f"sent more than {self._most}")
