"""Watches: what a person or a channel is told at once because they asked for it.

A watch is a subscription without a timetable. Of a query it tells new events that match; of an event,
what that gains and what goes on from it. What was there when it began counts as told.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.core.asking.query import EVERYTHING, parse
from bot.core.event import Event
from bot.core.reading.concepts import Packs
from bot.core.subscription import Plan, Subscription
from bot.core.telling.alerts import FRESH, Seen, seen
from bot.core.words import Tier
from bot.store import alerts, deliveries, events, happenings, search, subscriptions
from bot.store.codec import dump
from bot.store.database import Session

_TICK = timedelta(microseconds=1)


def begin(session: Session, packs: Packs, plan: Plan, now: datetime) -> Subscription:
    """Keep a watch, in a writing session, with a note of what is known already.

    Raises UserError for a query that makes no sense.
    """
    watch = subscriptions.add(session, plan, now)
    if watch.follows:
        for number, event in enumerate(_thread(session, watch)):
            _note(session, watch, [event.id], now + number * _TICK, told=dump(seen(event), Seen))
    else:
        there = candidates(session, watch, now)
        match = matching(session, packs, watch.query, now)
        _note(session, watch, [event for event in there if match is None or event in match], now)
    return watch


def candidates(
    session: Session, subscription: Subscription, now: datetime, *, among: Collection[int] | None = None
) -> list[int]:
    """Events that may have to be told at once, and were told in no way: of all, or of those in `among`."""
    if not subscription.follows:
        tiers = subscription.tiers if subscription.watch else {Tier.CORE}.intersection(subscription.tiers)
        if not tiers:
            return []
        return alerts.candidates(session, subscription.id, now - FRESH, tiers=tiers, of=among)
    thread = _thread(session, subscription)
    told = alerts.told_of(session, subscription.id, [event.id for event in thread])
    return [event.id for event in thread if event.id not in told and event.tier.flagged]


def matching(session: Session, packs: Packs, query: str, now: datetime) -> Collection[int] | None:
    """The events of late with a story that matches; None: any does."""
    if (wanted := parse(query, packs)) == EVERYTHING:
        return None
    stories = search.matching(session, wanted, now=now, expand=packs.labels, start=now - FRESH, end=now)
    return set(events.of_stories(session, stories).values())


def end_of(watch: Subscription) -> str:
    """The command that ends it."""
    return f"unwatch {watch.id}"


def _thread(session: Session, watch: Subscription) -> list[Event]:
    """The watched event and all that is on one thread with it; none when it is gone."""
    event = happenings.named(session, watch.follows)
    return [] if event is None else happenings.get(session, happenings.thread(session, event.id))


def _note(
    session: Session, watch: Subscription, known: Collection[int], slot: datetime, *, told: str | None = None
) -> None:
    deliveries.open_slot(
        session,
        watch.id,
        slot,
        start=slot,
        end=slot,
        channel=watch.channel,
        now=slot,
        kind="alert",
        events=known,
        state="skipped",
        seen=told,
    )
