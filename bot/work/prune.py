"""Pruning: what nobody was shown is kept for a while, so that `why` can say why not, and then let go.

In many small transactions: others want to write too.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from threading import Event
from typing import Final

from bot.store import prune as store
from bot.store import stories
from bot.store.database import Database, Session

log = logging.getLogger(__name__)

SHORTEST: Final = 2 * stories.NOTED_FOR
"""Shorter than this no story is kept: what a feed shows on is noted only every so often."""

GROUPED_FOR: Final = timedelta(days=800)
"""What grouping knows of a story is kept so long: a thread may go on after two years."""

TOLD_FOR: Final = timedelta(days=400)
"""What a digest looked like, and the mutes that had ended by then, can be seen again for so long."""

_AT_MOST: Final = 100  # transactions of one kind in one go; the rest waits for the next


def prune(database: Database, now: datetime, *, keep: timedelta, stop: Event | None = None) -> int:
    """Forget stories without a tier that no feed has shown for `keep`; how many that were.

    Forgets what is past use as well: what grouping kept of old stories, what old digests looked like, old
    mutes. Raises StoreError.
    """
    gone = sum(_stories(database, now - max(keep, SHORTEST), stop))
    for forget, before in (
        (store.features, now - GROUPED_FOR),
        (store.documents, now - TOLD_FOR),
        (store.mutes, now - TOLD_FOR),
    ):
        _all(database, forget, before, stop)
    if gone:
        log.info("stories.forgotten", extra={"stories": gone})
    return gone


def _stories(database: Database, before: datetime, stop: Event | None) -> Iterator[int]:
    """Forget old stories piece by piece; gives how many each time."""
    with database.reading() as session:
        # What is noted meanwhile is newer than this: looking once errs on the side of keeping.
        shown = store.shown_since(session)
    reached: store.Reached | None = None
    for _ in range(_AT_MOST):
        if stop and stop.is_set():
            return
        with database.writing() as session:
            gone, reached = store.unflagged(session, before, shown, after=reached)
        yield gone
        if reached is None:
            return


def _all(
    database: Database, forget: Callable[[Session, datetime], int], before: datetime, stop: Event | None
) -> None:
    """Forget rows of one kind, piece by piece."""
    for _ in range(_AT_MOST):
        if stop and stop.is_set():
            return
        with database.writing() as session:
            if forget(session, before) < store.PIECE:
                return
