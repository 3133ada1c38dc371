"""Bringing deliveries to their end: sent, refused, or in doubt. One step of a row at a time.

A row goes on only through `deliveries.move`, which succeeds for one of all that
try, and each step is on the disk before the next is taken. So whoever dies
between two steps leaves behind what was done and what was about to be.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock
from bot.core.documents import Document, Notice
from bot.core.subscription import Subscription
from bot.core.telling.alerts import FRESH
from bot.core.wording import minute
from bot.ports import Absent, Blind, Limited, Lost, Poster, Refused, Sent
from bot.store import deliveries, subscriptions
from bot.store.codec import load
from bot.store.database import Database, Session
from bot.store.deliveries import Delivery
from bot.work import audit

log = logging.getLogger(__name__)

LONGEST_WAIT: Final = timedelta(minutes=5)
BLIND_WAIT: Final = timedelta(days=1)
GIVEN_UP_AFTER: Final = timedelta(days=7)

UNTIL_RESTART: Final = "The token is not taken: "
"""How the reason of a pause begins that a restart with another token ends."""

STALE: Final = FRESH
"""An alert that could not be posted for so long is left to the digest."""

NEVER_KNOWN: Final = "never found out"
"""How the error of a failed delivery begins that may be in the channel after all."""


_A: Final = {"digest": "a digest", "alert": "an alert", "growth": "a line", "review": "a review"}


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
        if now.kind == "alert" and not now.parts and self._clock.now() - now.slot > STALE:
            return self._move(now, "skipped", error="stale")
        return self._send(now, subscription)

    def _send(self, was: Delivery, subscription: Subscription) -> Delivery | None:
        """Post what is not there yet of a pending delivery."""
        try:
            document = load(was.document or "", Document)
        except ValueError as error:
            return self._unreadable(was, error)
        document = self._poster.prepared(document)  # before the post is begun: uploads take their time
        mine = self._move(was, "sending")
        if mine is not None and mine.replaces and not mine.parts:
            mine = self._edit(mine, mine.replaces)
        total = self._poster.parts(document)
        while mine is not None and mine.state == "sending" and mine.parts < total:
            outcome = self._poster.post(
                mine.channel, document, key=_key(mine), part=mine.parts, under=_under(mine)
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

    def _edit(self, mine: Delivery, replaces: str) -> Delivery | None:
        """Bring the message that a growth stands under up to date. An edit may be made again and again."""
        with self._database.reading() as session:
            alert = deliveries.get(session, mine.of_id or 0)
        if alert is None or not alert.ts:
            return self._move(mine, "failed", error="the alert is gone")
        outcome = self._poster.edit(alert.channel, alert.ts, load(replaces, Document), key=_key(alert))
        match outcome:
            case Sent():
                return mine
            case Limited(wait, code):
                return self._later(mine, "pending", max(wait, _backoff(mine.attempts)), code)
            case Lost(why, settles):
                return self._later(mine, "pending", max(settles, _backoff(mine.attempts)), why)
            case Refused(code):
                log.info("alert.not_edited", extra=_about(mine) | {"code": code})
                return self._move(mine, "failed", error=code)

    def _unreadable(self, was: Delivery, error: ValueError) -> Delivery | None:
        """Written by another version of the program: the next digest tells what this one would have."""
        log.error("digest.unreadable", extra=_about(was) | {"error": str(error)})
        with self._database.writing(durable=True) as session:
            after = deliveries.move(session, was, "failed", now=self._clock.now(), error="unreadable")
            if after is not None:
                _give_back(session, was)
        return after

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
            was.channel, key=_key(was), since=since, part=was.parts, under=_under(was)
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
                    return self._move(was, "failed", error=f"{NEVER_KNOWN}: {code}")
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
            return self._move(was, "failed", error=f"{NEVER_KNOWN}: {code}")
        error = f"unknown: {code}"
        after = self._later(was, "unknown", BLIND_WAIT, error)
        if after is not None and was.error != error and was.kind != "growth":
            log.warning("digest.unknown", extra=_about(was) | {"code": code})
            told = (
                f"The answer to the {was.kind} of {minute(was.slot)} was lost. It may be in the channel or "
                f"not; it is not sent again, so that nobody gets it twice. {advice}"
            )
            self.tell(subscription, f"{subscription.name}: {_A[was.kind]} in doubt", told)
        return after

    def _refused(self, was: Delivery, subscription: Subscription, refused: Refused) -> Delivery | None:
        """The channel is lost: pause, tell the owner once, and keep the window for when it is back."""
        log.warning("digest.refused", extra=_about(was) | {"code": refused.code, "advice": refused.advice})
        if was.parts:
            return self._move(was, "sent")  # the digest is there, its thread is not whole
        if was.kind == "growth":
            return self._move(was, "failed", error=refused.code)  # a thread is no reason to pause a channel
        why = f"{UNTIL_RESTART * refused.token}Slack refused with {refused.code}. {refused.advice}"
        with self._database.writing(durable=True) as session:
            after = deliveries.move(session, was, "failed", now=self._clock.now(), error=refused.code)
            if after is None:
                return None
            _give_back(session, was)
            is_news = audit.pause(session, was.subscription_id, why, by=audit.BOT, now=self._clock.now())
        if is_news:
            self.tell(subscription, f"{subscription.name}: paused", why)
        return after

    def tell(self, subscription: Subscription, title: str, told: str) -> None:
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


def _key(delivery: Delivery) -> str:
    """What the message is marked with. Two databases that post to one channel differ in `created_at`."""
    return f"{delivery.id}-{delivery.created_at:%Y%m%dT%H%M%S.%f}"


def _under(delivery: Delivery) -> str:
    """The message in whose thread the next part goes; "": it goes into the channel."""
    return delivery.under or delivery.ts or ""


def _give_back(session: Session, was: Delivery) -> None:
    """What it was to tell counts as not told, and the time it was to tell of goes to the next digest."""
    deliveries.untell(session, was.id)
    if was.kind == "digest":
        subscriptions.untold(session, was.subscription_id, since=was.window_start)


def _backoff(attempts: int) -> timedelta:
    return min(timedelta(seconds=1 << min(attempts, 12)), LONGEST_WAIT)


def _about(delivery: Delivery) -> dict[str, object]:
    return {"delivery": delivery.id, "subscription": delivery.subscription_id, "channel": delivery.channel}
