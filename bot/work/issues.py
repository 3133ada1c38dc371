"""Opening the digests that are due: a row for each, written once, with what it will say.

The window of a digest begins where the one before it ended, so there is no hole
between them. When several slots passed unseen (the machine slept, the process
was down) the last of them tells of all: one digest, and not a heap of them.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.documents import Document
from bot.core.slots import due_slots, slot_before
from bot.core.subscription import Subscription
from bot.errors import SteppewatchError
from bot.store import deliveries, subscriptions
from bot.store.codec import dump
from bot.store.database import Database
from bot.store.deliveries import Delivery

log = logging.getLogger(__name__)

LONGEST_FIRST: Final = timedelta(days=3)
"""A first digest tells of the time since the slot before it, and of no more than this: it is no archive."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One digest: what it says, and the ids of the events that it tells."""

    document: Document
    events: tuple[int, ...] = ()
    quiet: bool = False  # there is nothing to tell


Compose = Callable[[Subscription, datetime, datetime], Issue]
"""What a subscription is told of the window (start, end]."""


def open_due(database: Database, compose: Compose, now: datetime) -> list[Delivery]:
    """Write the rows of all digests that are due. What one of them trips over does not stop the others."""
    opened = []
    for subscription, slot in _due(database, now):
        try:
            delivery = open_issue(database, compose, subscription, slot, now)
        except SteppewatchError as error:
            log.warning("digest.uncomposed", extra={"subscription": subscription.id, "error": str(error)})
        except Exception:
            log.exception("digest.uncomposed", extra={"subscription": subscription.id})
        else:
            opened += [delivery] if delivery else []
    return opened


def open_issue(
    database: Database,
    compose: Compose,
    subscription: Subscription,
    slot: datetime,
    now: datetime,
    *,
    start: datetime | None = None,
) -> Delivery | None:
    """Compose the digest of `slot` and write its row; None when somebody else did.

    What it says is fixed here: however often it is tried, and by whom, it is the same.
    `start` is where its window begins when that is not where the last one ended.
    """
    since = subscription.told_until
    begins = start or _start(subscription, slot)
    issue = compose(subscription, begins, slot)
    keep_quiet = issue.quiet and not subscription.on_quiet_days
    with database.writing(durable=True) as session:
        if slot > since and not subscriptions.told(session, subscription.id, since=since, until=slot):
            return None
        return deliveries.open_slot(
            session,
            subscription.id,
            slot,
            start=begins,
            end=slot,
            channel=subscription.channel,
            now=now,
            document=dump(issue.document, Document),
            events=issue.events,
            state="skipped" if keep_quiet else "pending",
        )


def _due(database: Database, now: datetime) -> Iterator[tuple[Subscription, datetime]]:
    """Each subscription with something due, and the latest of its slots that passed."""
    with database.reading() as session:
        active = subscriptions.listing(session, active=True)
        last = deliveries.last_slots(session)
    for each in active:
        slots = _slots(each, last.get(each.id), now)
        if slots:
            yield each, slots[-1]


def _slots(subscription: Subscription, last: datetime | None, now: datetime) -> tuple[datetime, ...]:
    # Who subscribes for 08:30 at 08:30 means today: the minute that it was made in counts.
    made = subscription.changed_at.replace(second=0, microsecond=0) - timedelta(microseconds=1)
    seen = max(made, last) if last else made
    zone = ZoneInfo(subscription.timezone)
    return due_slots(subscription.times, zone, subscription.weekdays, min(seen, now), now)


def _start(subscription: Subscription, slot: datetime) -> datetime:
    """Where the window of `slot` begins: where the last one ended; for a first, the slot before it.

    A slot of the past that is made up for by hand begins at the slot before it too.
    """
    if subscription.created_at != subscription.told_until < slot:
        return subscription.told_until
    zone = ZoneInfo(subscription.timezone)
    before = slot_before(subscription.times, zone, subscription.weekdays, slot)
    return max(before or slot - LONGEST_FIRST, slot - LONGEST_FIRST)
