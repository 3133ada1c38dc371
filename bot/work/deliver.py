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
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from bot.clock import Clock
from bot.core.documents import Document, Notice
from bot.core.subscription import Subscription
from bot.core.wording import minute
from bot.ports import Absent, Blind, Limited, Lost, Poster, Refused, Sent
from bot.store import deliveries, subscriptions
from bot.store.codec import load
from bot.store.database import Database
from bot.store.deliveries import Delivery
from bot.work.issues import Compose, open_due, open_issue

log = logging.getLogger(__name__)

STALLED: Final = timedelta(seconds=30)
"""Longer than any post takes (connecting and answering have 10 s each): who was sending is gone."""

PATIENCE: Final = timedelta(minutes=2)
"""How long `deliver_slot` waits for what is in doubt or limited to be settled."""

CHANNELS_AT_ONCE: Final = 4
"""A slow channel keeps three others company, and not everybody waiting."""

LONGEST_WAIT: Final = timedelta(minutes=5)
BLIND_WAIT: Final = timedelta(days=1)
GIVEN_UP_AFTER: Final = timedelta(days=7)
UNFINISHED: Final = frozenset({"pending", "sending", "unknown"})


@dataclass(frozen=True, slots=True)
class Report:
    """What a round did: how many deliveries are in each state now, of those that were worked on."""

    opened: int = 0
    ended: Counter[str] = field(default_factory=Counter)


def deliver(database: Database, poster: Poster, compose: Compose, clock: Clock) -> Report:
    """Open what is due and work off what is open. Safe in any number of threads and processes."""
    clock_went_back(database, clock.now())
    opened = open_due(database, compose, clock.now())
    now = clock.now()
    with database.reading() as session:
        ready = deliveries.unfinished(session, now, stalled=STALLED)
        waiting = deliveries.held(session, now)
        known = {each.id: each for each in subscriptions.listing(session)}
    courier = Courier(database, poster, clock)
    channels = [
        [(each, known[each.subscription_id]) for each in group if each.subscription_id in known]
        for channel, group in _by_channel(ready)
        if channel not in waiting
    ]
    ended: Counter[str] = Counter()
    if channels:
        with ThreadPoolExecutor(min(CHANNELS_AT_ONCE, len(channels)), "deliver") as pool:
            for states in pool.map(courier.work_off, channels):
                ended.update(states)
    return Report(len(opened), ended)


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
    while (`pause` waits for so many seconds). Raises what `compose` raises.
    """
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
    """The row of a slot, found or made."""
    while True:
        with database.reading() as session:
            delivery = deliveries.of_slot(session, subscription.id, slot)
            now = subscriptions.find(session, subscription.name)
        if delivery is not None:
            return delivery
        if now is None or now.id != subscription.id:
            raise LookupError(f"the subscription {subscription.name} is gone")
        open_issue(database, compose, now, slot, clock.now(), start=start)


def _ready_at(delivery: Delivery) -> datetime:
    """When it may be worked on."""
    if delivery.state == "sending" and delivery.attempt_started_at is not None:
        return delivery.attempt_started_at + STALLED
    return delivery.retry_at or delivery.created_at


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


class Courier:
    """Takes deliveries through their states, one channel at a time, in the order of their slots."""

    def __init__(self, database: Database, poster: Poster, clock: Clock) -> None:
        self._database = database
        self._poster = poster
        self._clock = clock

    def work_off(self, channel: Sequence[tuple[Delivery, Subscription]]) -> list[str]:
        """Work off what is open in one channel, up to the first that has to wait; the states reached."""
        reached: list[str] = []
        for delivery, subscription in channel:
            after = self._bring(delivery, subscription)
            if after is None:
                continue
            reached.append(after.state)
            if after.state in ("pending", "failed"):
                break
        return reached

    def _bring(self, was: Delivery, subscription: Subscription) -> Delivery | None:
        """As far as it goes. None: somebody else has it, or it must not be sent."""
        now: Delivery | None = was
        if was.state == "sending":
            now = self._move(was, "unknown", error="interrupted")
        if now is not None and now.state == "unknown":
            now = self._look(now, subscription)
        if now is None or now.state != "pending":
            return now
        if subscription.paused is not None:
            return None
        return self._send(now, subscription)

    def _send(self, was: Delivery, subscription: Subscription) -> Delivery | None:
        """Post what is not there yet of a pending delivery."""
        document = load(was.document or "", Document)
        mine = self._move(was, "sending")
        total = self._poster.parts(document)
        while mine is not None and mine.state == "sending" and mine.parts < total:
            outcome = self._poster.post(
                mine.channel, document, key=_key(mine), part=mine.parts, under=mine.ts or ""
            )
            match outcome:
                case Sent():
                    mine = self._there(mine, outcome)
                case Limited(wait, code):
                    mine = self._later(mine, "pending", max(wait, _backoff(mine.attempts)), code)
                case Lost(why, settles):
                    mine = self._later(mine, "unknown", settles, why)
                case Refused():
                    mine = self._refused(mine, subscription, outcome)
        if mine is not None and mine.state == "sending":
            mine = self._move(mine, "sent")
        return mine

    def _there(self, was: Delivery, sent: Sent) -> Delivery | None:
        """One more part is there. The row says so before the next is sent."""
        if was.parts:
            return self._move(was, "sending", parts=was.parts + 1)
        log.info("digest.posted", extra=_about(was) | {"ts": sent.ts})
        return self._move(was, "sending", parts=1, ts=sent.ts, channel=sent.channel)

    def _look(self, was: Delivery, subscription: Subscription) -> Delivery | None:
        """Look in the channel for what may be there, and say what to do next."""
        since = was.attempt_started_at or was.created_at
        sighting = self._poster.find(
            was.channel, key=_key(was), since=since, part=was.parts, under=was.ts or ""
        )
        match sighting:
            case Sent(channel, ts):
                log.info("digest.found", extra=_about(was))
                if was.parts:
                    return self._move(was, "pending", parts=was.parts + 1)
                return self._move(was, "pending", parts=1, ts=ts, channel=channel)
            case Absent():
                return self._move(was, "pending")
            case Limited(wait, code):
                if self._clock.now() - since > GIVEN_UP_AFTER:
                    return self._move(was, "failed", error=f"never found out: {code}")
                return self._later(was, "unknown", max(wait, _backoff(was.attempts)), code)
            case Blind(code, advice):
                return self._blind(was, subscription, code, advice)

    def _blind(self, was: Delivery, subscription: Subscription, code: str, advice: str) -> Delivery | None:
        """Nobody can know. A thread is left as it is; a digest is not repeated, and its owner is told."""
        if was.parts:
            log.warning("digest.thread_unknown", extra=_about(was) | {"code": code})
            return self._move(was, "sent")
        since = was.attempt_started_at or was.created_at
        if self._clock.now() - since > GIVEN_UP_AFTER:
            return self._move(was, "failed", error=f"never found out: {code}")
        error = f"unknown: {code}"
        after = self._later(was, "unknown", BLIND_WAIT, error)
        if after is not None and was.error != error:
            log.warning("digest.unknown", extra=_about(was) | {"code": code})
            told = (
                f"The answer to the digest of {minute(was.slot)} was lost. It may be in the channel or "
                f"not; it is not sent again, so that nobody gets it twice. {advice}"
            )
            self._tell(subscription, f"{subscription.name}: a digest in doubt", told)
        return after

    def _refused(self, was: Delivery, subscription: Subscription, refused: Refused) -> Delivery | None:
        """The channel is lost: pause, tell the owner once, and keep the window for when it is back."""
        log.warning("digest.refused", extra=_about(was) | {"code": refused.code, "advice": refused.advice})
        if was.parts:
            return self._move(was, "sent")  # the digest is there, its thread is not whole
        why = f"Slack refused with {refused.code}. {refused.advice}"
        with self._database.writing(durable=True) as session:
            after = deliveries.move(session, was, "failed", now=self._clock.now(), error=refused.code)
            if after is None:
                return None
            deliveries.untell(session, was.id)
            subscriptions.untold(session, was.subscription_id, since=was.window_start)
            is_news = subscriptions.pause(session, was.subscription_id, why)
        if is_news:
            self._tell(subscription, f"{subscription.name}: paused", why)
        return after

    def _tell(self, subscription: Subscription, title: str, told: str) -> None:
        """A direct message to the owner. It is tried once: the status shows the same."""
        if not subscription.owner:
            return
        text = f"The digest {subscription.name} for {subscription.channel}: {told}"
        document = Document(title, (Notice(text, kind="warning"),), gist=text)
        outcome = self._poster.tell(subscription.owner, document)
        if not isinstance(outcome, Sent):
            log.warning("owner.untold", extra={"subscription": subscription.id, "outcome": str(outcome)})

    def _later(self, was: Delivery, to: deliveries.State, wait: timedelta, why: str) -> Delivery | None:
        log.info("digest.waits", extra=_about(was) | {"why": why, "seconds": int(wait.total_seconds())})
        return self._move(was, to, retry_at=self._clock.now() + wait, error=why)

    def _move(
        self,
        was: Delivery,
        to: deliveries.State,
        *,
        retry_at: datetime | None = None,
        error: str | None = None,
        ts: str | None = None,
        channel: str | None = None,
        parts: int | None = None,
    ) -> Delivery | None:
        """One step, on the disk before the next. None: somebody else took one first."""
        with self._database.writing(durable=True) as session:
            return deliveries.move(
                session,
                was,
                to,
                now=self._clock.now(),
                retry_at=retry_at,
                error=error,
                ts=ts,
                channel=channel,
                parts=parts,
            )


def _by_channel(ready: Iterable[Delivery]) -> Iterator[tuple[str, Iterable[Delivery]]]:
    in_order = sorted(ready, key=lambda each: (each.channel, each.slot, each.id))
    return ((channel, list(group)) for channel, group in groupby(in_order, key=lambda each: each.channel))


def _key(delivery: Delivery) -> str:
    """What the message is marked with. Two databases that post to one channel differ in `created_at`."""
    return f"{delivery.id}-{delivery.created_at:%Y%m%dT%H%M%S.%f}"


def _backoff(attempts: int) -> timedelta:
    return min(timedelta(seconds=1 << min(attempts, 12)), LONGEST_WAIT)


def _about(delivery: Delivery) -> dict[str, object]:
    return {"delivery": delivery.id, "subscription": delivery.subscription_id, "channel": delivery.channel}
