"""Opening the digests that are due: a row for each, written once, with what it will say.

The window of a digest begins where the one before it ended, so there is no hole
between them. When several slots passed unseen (the machine slept, the process
was down) the last of them tells of all: one digest, and not a heap of them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.documents import Document
from bot.core.subscribing import holidays
from bot.core.subscribing.slots import due_slots, slot_before
from bot.core.subscription import Subscription
from bot.errors import UserError
from bot.store import deliveries, subscriptions
from bot.store.codec import dump
from bot.store.database import Database, Session
from bot.store.deliveries import Delivery, Kind

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

LastSlots = Mapping[tuple[int, Kind], datetime]
"""The latest slot of a subscription, by its id, and a kind."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of a look at what is due."""

    deliveries: tuple[Delivery, ...] = ()
    unusable: tuple[tuple[Subscription, str], ...] = ()  # cannot be composed, and why: their owner's move
    failures: tuple[Exception, ...] = ()  # ours

    def __add__(self, other: "Opened") -> "Opened":
        return Opened(
            self.deliveries + other.deliveries, self.unusable + other.unusable, self.failures + other.failures
        )


def open_each(
    wanted: Iterable[Subscription], open_one: Callable[[Subscription], Iterable[Delivery]]
) -> Opened:
    """Open what each subscription is due. What one of them trips over does not stop the others."""
    deliveries: list[Delivery] = []
    unusable: list[tuple[Subscription, str]] = []
    failures: list[Exception] = []
    for each in wanted:
        try:
            deliveries += open_one(each)
        except UserError as error:
            unusable.append((each, f"it cannot be composed: {error}"))
        except Exception as error:  # noqa: BLE001 - raised by the caller when the others are done
            failures.append(error)
    return Opened(tuple(deliveries), tuple(unusable), tuple(failures))


def open_due(
    database: Database, compose: Compose, active: Iterable[Subscription], last: LastSlots, now: datetime
) -> Opened:
    """Write the rows of all digests of these subscriptions that are due."""

    def newest(each: Subscription) -> tuple[Delivery, ...]:
        slots = _slots(each, last.get((each.id, "digest")), now)
        opened = open_issue(database, compose, each, slots[-1], now) if slots else None
        return () if opened is None else (opened,)

    return open_each(active, newest)


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
    try:
        with database.writing(durable=True) as session:
            opened = deliveries.open_slot(
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
            if opened is not None and slot > since:
                _take_window(session, subscription, slot)
            return opened
    except _OvertakenError:
        return None


class _OvertakenError(Exception):
    """Somebody took the window for another slot while this one was composed."""


def _take_window(session: Session, subscription: Subscription, slot: datetime) -> None:
    """The next window starts at `slot`. Raises _OvertakenError, which takes the row back."""
    if not subscriptions.told(session, subscription.id, since=subscription.told_until, until=slot):
        raise _OvertakenError


def _slots(subscription: Subscription, last: datetime | None, now: datetime) -> tuple[datetime, ...]:
    # Who subscribes for 08:30 at 08:30 means today: the minute that it was made in counts.
    made = subscription.changed_at.replace(second=0, microsecond=0) - timedelta(microseconds=1)
    seen = max(made, last) if last else made
    zone = ZoneInfo(subscription.timezone)
    skip = holidays.of(subscription.holidays)
    return due_slots(subscription.times, zone, subscription.weekdays, min(seen, now), now, skip=skip)


def _start(subscription: Subscription, slot: datetime) -> datetime:
    """Where the window of `slot` begins: where the last one ended; for a first, the slot before it.

    A slot of the past that is made up for by hand begins at the slot before it too.
    """
    if subscription.created_at != subscription.told_until < slot:
        return subscription.told_until
    zone = ZoneInfo(subscription.timezone)
    skip = holidays.of(subscription.holidays)
    before = slot_before(subscription.times, zone, subscription.weekdays, slot, skip=skip)
    return max(before or slot - LONGEST_FIRST, slot - LONGEST_FIRST)
