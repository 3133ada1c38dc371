"""Pruning: what nobody was shown is kept for a while, so that `why` can say why not, and then let go."""

import logging
from datetime import datetime, timedelta
from threading import Event
from typing import Final

from bot.store import stories
from bot.store.database import Database

log = logging.getLogger(__name__)

NOTED_FOR: Final = 2 * stories.NOTED_FOR
"""Shorter than this nothing is kept: what a feed shows on is noted only every so often."""

_TOGETHER: Final = 200  # stories in one transaction: others want to write too
_AT_MOST: Final = 20_000  # stories in one go; the rest waits for the next


def prune(database: Database, now: datetime, *, keep: timedelta, stop: Event | None = None) -> int:
    """Forget stories without a tier that no feed has shown for `keep`; how many that were."""
    before = now - max(keep, NOTED_FOR)
    gone = 0
    while gone < _AT_MOST and not (stop and stop.is_set()):
        with database.writing() as session:
            some = stories.forgettable(session, before, limit=_TOGETHER)
            stories.remove(session, some)
        gone += len(some)
        if len(some) < _TOGETHER:
            break
    if gone:
        log.info("stories.forgotten", extra={"stories": gone})
    return gone
