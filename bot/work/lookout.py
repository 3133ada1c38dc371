"""What changed since this process last looked, so that a watch is looked at for nothing else.

Nothing hangs on it: a watch that was not settled in this process, or had something left to tell, is
looked at whole. Without it 200 watches would cost seconds at each look, with it next to nothing.
"""

from datetime import datetime, timedelta
from typing import Final

from bot.core.subscription import Subscription
from bot.store import alerts, happenings
from bot.store.database import Session

LATE: Final = timedelta(hours=1)
"""A change is stamped when its poll begins and seen when that ends; so far back is looked for it."""

MOST: Final = 200
"""More changes than this concern every watch."""


class Lookout:
    """Begin a round, ask for the scope of each watch, and settle those that have nothing left to tell."""

    def __init__(self) -> None:
        self._seen: dict[int, datetime] = {}
        self._settled: dict[int, int] = {}  # watches, each with the event that it follows; 0: none
        self._before: dict[int, int] = {}
        self._changed: frozenset[int] = frozenset()
        self._threads: frozenset[int] = frozenset()

    def begin(self, session: Session, now: datetime) -> None:
        """Find what changed. What is not settled again in this round is looked at whole in the next."""
        latest = alerts.changed(session, now - LATE)
        self._changed = frozenset(event for event, at in latest.items() if self._seen.get(event) != at)
        self._before, self._settled, self._seen = self._settled, {}, latest
        if len(self._changed) > MOST:
            self._before = {}
        threads = (happenings.thread(session, event) for event in self._changed) if self._before else ()
        self._threads = self._changed.union(*threads)

    def scope(self, watch: Subscription) -> frozenset[int] | None:
        """The events that a watch is to be looked at for; None: for all that may concern it."""
        followed = self._before.get(watch.id)
        if followed is None or followed in self._threads:
            return None
        return frozenset() if followed else self._changed

    def settle(self, session: Session, watch: Subscription) -> None:
        """It has nothing left to tell of what there is now."""
        if alerts.unfinished(session, watch.id):
            return
        event = happenings.named(session, watch.follows) if watch.follows else None
        self._settled[watch.id] = event.id if event else 0

    def skip(self, watch: Subscription) -> None:
        """Nothing that changed concerns it."""
        self._settled[watch.id] = self._before[watch.id]
