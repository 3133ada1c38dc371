"""Whose turn it is: of one host at most two feeds are asked at the same time, and not in the same second."""

from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Final

from bot.store.feeds import DueFeed

AT_ONCE: Final = 2
SPACING: Final = 1.0  # seconds between two beginnings
_MOMENT: Final = 0.2


class Turns:
    """Feeds that wait for their turn. Not safe between threads: its owner locks.

    On the operator's own machines (`is_ours`) nothing is spaced, and who takes
    longer than a moment keeps nobody waiting.
    """

    def __init__(self, host_of: Callable[[DueFeed], str], is_ours: Callable[[str], bool]) -> None:
        self._host_of = host_of
        self._is_ours = is_ours
        self._waiting: OrderedDict[str, deque[DueFeed]] = OrderedDict()
        self._asked: dict[str, list[float]] = {}  # by host: when those under way began
        self._free_at: dict[str, float] = {}  # by host: not before this
        self.count = 0

    def add(self, due: DueFeed) -> None:
        """Let a feed wait."""
        self._waiting.setdefault(self._host_of(due), deque()).append(due)
        self.count += 1

    def take(self, now: float) -> tuple[DueFeed, float] | None:
        """The next whose turn it is, with the ticket that `done` wants; None: nobody yet."""
        for host, queue in self._waiting.items():
            if not self._is_free(host, now):
                continue
            due = queue.popleft()
            self.count -= 1
            if queue:
                self._waiting.move_to_end(host)
            else:
                del self._waiting[host]
            self._asked.setdefault(host, []).append(now)
            self._free_at[host] = now if self._is_ours(host) else now + SPACING
            return due, now
        return None

    def done(self, due: DueFeed, ticket: float) -> None:
        """A feed was asked."""
        host = self._host_of(due)
        under_way = self._asked[host]
        under_way.remove(ticket)
        if not under_way and host not in self._waiting:
            del self._asked[host]
            self._forget(ticket)

    def drain(self) -> list[DueFeed]:
        """All that wait; they wait no more."""
        waiting = [due for queue in self._waiting.values() for due in queue]
        self._waiting.clear()
        self.count = 0
        return waiting

    def _is_free(self, host: str, now: float) -> bool:
        if now < self._free_at.get(host, now):
            return False
        under_way = self._asked.get(host, [])
        if self._is_ours(host):
            under_way = [began for began in under_way if now - began < _MOMENT]
        return len(under_way) < AT_ONCE

    def _forget(self, now: float) -> None:
        """Keep no host longer than its spacing lasts."""
        if len(self._free_at) > 1000:
            self._free_at = {host: free for host, free in self._free_at.items() if free > now}
