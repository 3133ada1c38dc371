"""Delivering digests: each slot posted once, whatever crashes, answers late or not at all.

The row of a delivery is the truth. It is written before anything is sent and
completed with Slack's `ts` after it. Between the two stands `sending`: a row
that is found there later, by this process or another, was interrupted, and the
channel is looked at for the message before anything is sent again. So does an
answer that was lost. Where the channel may not be looked at, the post stays
unknown: it is not repeated, and the owner is told.

    due ─▶ pending ─▶ sending ─▶ sent
              ▲          │  └──▶ failed: the subscription is paused, its owner told
              └─ not there ─ unknown: looked for, never repeated blindly
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from typing import Final

from bot.clock import Clock
from bot.core.subscription import Subscription
from bot.core.wording import minute
from bot.errors import UserError
from bot.ports import Poster
from bot.store import deliveries, subscriptions
from bot.store.database import Database
from bot.store.deliveries import Delivery
from bot.work import audit
from bot.work.alerts import Alerting, open_alerts
from bot.work.courier import NEVER_KNOWN, UNTIL_RESTART, Courier
from bot.work.issues import Compose, Opened, open_due, open_issue
from bot.work.weekly import open_reviews

log = logging.getLogger(__name__)

STALLED: Final = timedelta(seconds=30)
"""Longer than any post takes (connecting and answering have 10 s each): who was sending is gone."""

PATIENCE: Final = timedelta(minutes=2)
"""How long `deliver_slot` waits for what is in doubt or limited to be settled."""

CHANNELS_AT_ONCE: Final = 4
"""A slow channel keeps three others company, and not everybody waiting."""

UNFINISHED: Final = frozenset({"pending", "sending", "unknown"})


@dataclass(frozen=True, slots=True)
class Report:
    """What a round did: how many deliveries are in each state now, of those that were worked on."""

    opened: int = 0
    ended: Counter[str] = field(default_factory=Counter)


def deliver(
    database: Database,
    poster: Poster,
    compose: Compose,
    clock: Clock,
    *,
    alerting: Alerting | None = None,
    review: Compose | None = None,
) -> Report:
    """Open what is due and work off what is open. Safe in any number of threads and processes.

    Without `alerting` nothing is told at once, without `review` no week is reviewed.

    A digest that cannot be composed, or a fault of ours in one channel, keeps no other
    from being posted: it is raised when they are done.
    """
    clock_went_back(database, clock.now())
    courier = Courier(database, poster, clock)
    opened = _open_all(database, compose, clock.now(), alerting, review)
    for subscription, why in opened.unusable:
        with database.writing() as session:
            paused = audit.pause(session, subscription.id, why, by=audit.BOT, now=clock.now())
        if paused:
            log.warning("digest.unusable", extra={"subscription": subscription.id, "why": why})
            courier.tell(subscription, f"{subscription.name}: paused", why)
    now = clock.now()
    with database.reading() as session:
        ready = deliveries.unfinished(session, now, stalled=STALLED)
        known = {each.id: each for each in subscriptions.listing(session, watches=None)} if ready else {}
    channels = [
        [
            (each, known[each.subscription_id])
            for each in group
            if each.subscription_id in known and not _asleep(each, known[each.subscription_id], alerting, now)
        ]
        for group in _by_channel(ready)
    ]
    ended: Counter[str] = Counter()
    if channels:
        with ThreadPoolExecutor(min(CHANNELS_AT_ONCE, len(channels)), "deliver") as pool:
            for states in pool.map(courier.work_off, channels):
                ended.update(states)
    _raise(opened.failures)
    return Report(len(opened.deliveries), ended)


def _open_all(
    database: Database, compose: Compose, now: datetime, alerting: Alerting | None, review: Compose | None
) -> Opened:
    """Digests, alerts and reviews; a fault in the one kind keeps none of the others."""
    with database.reading() as session:
        active = subscriptions.listing(session, active=True, watches=None)
        last = deliveries.last_slots(session)
    timed = [each for each in active if not each.watch]
    looks = [partial(open_due, database, compose, timed, last, now)]
    looks += [partial(open_alerts, database, alerting, active, now)] if alerting is not None else []
    looks += [partial(open_reviews, database, review, timed, last, now)] if review is not None else []
    opened = Opened()
    for look in looks:
        try:
            opened += look()
        except Exception as error:  # noqa: BLE001 - raised when what is open is posted
            opened += Opened(failures=(error,))
    return opened


def _raise(failures: Iterable[Exception]) -> None:
    """What all tripped over is told once: a full disk is one fault, however many channels there are."""
    different = {(type(each), str(each)): each for each in failures}
    if len(different) > 1:
        raise ExceptionGroup("; ".join(text for _, text in different), list(different.values()))
    for failure in different.values():
        raise failure


def _asleep(delivery: Delivery, subscription: Subscription, alerting: Alerting | None, now: datetime) -> bool:
    """Whether it must wait for the end of the quiet hours: what was limited or in doubt when they began."""
    at_once = delivery.kind in ("alert", "growth")
    return at_once and alerting is not None and alerting.quiet(subscription, now)


def deliver_slot(
    database: Database,
    poster: Poster,
    compose: Compose,
    clock: Clock,
    *,
    subscription: Subscription,
    slot: datetime,
    start: datetime | None = None,
    pause: Callable[[float], object] = time.sleep,
) -> Delivery:
    """Post the digest of one slot, if it was not posted before; the delivery as it is after that.

    What another process has begun, or what is in doubt, is waited for and settled, for a
    while (`pause` waits for so many seconds). Raises UserError for a slot that is still to
    come, LookupError when the subscription is gone, and what `compose` raises.
    """
    if slot > clock.now():
        raise UserError(f"the slot {minute(slot)} is still to come")
    delivery = _opened(database, compose, clock, subscription, slot=slot, start=start)
    courier = Courier(database, poster, clock)
    patience = clock.now() + PATIENCE
    while delivery.state in UNFINISHED and (ready := _ready_at(delivery)) <= patience:
        if (wait := ready - clock.now()) > timedelta(0):
            pause(wait.total_seconds())
        courier.work_off([(delivery, subscription)])
        with database.reading() as session:
            delivery = deliveries.get(session, delivery.id) or delivery
        if subscription.paused is not None:
            break
    return delivery


def _opened(
    database: Database,
    compose: Compose,
    clock: Clock,
    subscription: Subscription,
    *,
    slot: datetime,
    start: datetime | None,
) -> Delivery:
    """The row of a slot, found or made. One that was refused is made anew once the channel is back."""
    while True:
        with database.reading() as session:
            delivery = deliveries.of_slot(session, subscription.id, slot)
            now = subscriptions.find(session, subscription.name)
        if now is None or now.id != subscription.id:
            raise LookupError(f"the subscription {subscription.name} is gone")
        if delivery is None:
            open_issue(database, compose, now, slot, clock.now(), start=start)
        elif _may_be_made_anew(delivery, now):
            with database.writing() as session:
                deliveries.forget(session, delivery.id)
        else:
            return delivery


def _may_be_made_anew(delivery: Delivery, subscription: Subscription) -> bool:
    """Whether it was refused, so that it is not in the channel, and somebody has seen to that."""
    refused = delivery.state == "failed" and not (delivery.error or "").startswith(NEVER_KNOWN)
    return refused and subscription.paused is None


def _ready_at(delivery: Delivery) -> datetime:
    """When it may be worked on."""
    if delivery.state == "sending" and delivery.attempt_started_at is not None:
        return delivery.attempt_started_at + STALLED
    return delivery.retry_at or delivery.created_at


def resume_after_token_trouble(database: Database, now: datetime) -> None:
    """Let go on what was paused because of the token: called at a start, when it may be another."""
    with database.writing() as session:
        for each in subscriptions.listing(session, watches=None):
            if (each.paused or "").startswith(UNTIL_RESTART):
                audit.resume(session, each.id, by=audit.BOT, now=now)
                log.info("subscription.resumed", extra={"subscription": each.id})


def clock_went_back(database: Database, now: datetime) -> None:
    """Put digests of the future into the present: a clock ran ahead, and was set right.

    Without this the slots until then would count as posted, and their windows as told.
    """
    with database.reading() as session:
        ahead = deliveries.ahead(session, now)
    if ahead:
        with database.writing() as session:
            for number, delivery in enumerate(ahead):
                deliveries.redate(session, delivery.id, now - timedelta(microseconds=number))
                subscriptions.untold(session, delivery.subscription_id, since=now)
        log.warning("digest.clock_went_back", extra={"deliveries": len(ahead)})


def _by_channel(ready: Iterable[Delivery]) -> Iterator[Iterable[Delivery]]:
    in_order = sorted(ready, key=lambda each: (each.channel, each.slot, each.id))
    return (group for _, group in groupby(in_order, key=lambda each: each.channel))
