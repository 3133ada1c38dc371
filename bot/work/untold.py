"""Why a subscription did not tell an event: the first thing that kept it from being told."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.asking.query import EVERYTHING, parse
from bot.core.event import Event
from bot.core.reading.concepts import Packs
from bot.core.subscribing import holidays
from bot.core.subscribing.muting import hiding
from bot.core.subscribing.slots import next_slot
from bot.core.subscription import Subscription
from bot.core.wording import minute, until
from bot.store import search
from bot.store.database import Database, Session
from bot.work import muting


def untold(
    database: Database, packs: Packs, event: Event, among: Sequence[Subscription], now: datetime
) -> Iterator[tuple[Subscription, str]]:
    """Each of these subscriptions with the reason why it has not told this event, in a line for people."""
    with database.reading() as session:
        for subscription in among:
            yield subscription, _reason(session, packs, event, subscription, now)


def _reason(session: Session, packs: Packs, event: Event, subscription: Subscription, now: datetime) -> str:
    if event.tier not in subscription.tiers:
        return f"it tells {', '.join(subscription.tiers)}, and this is {event.tier}"
    if not _matches(session, packs, event, subscription, now):
        return f"it asks for {subscription.query}, which no story of this event matches"
    if hidden := hiding(event, muting.in_force(session, subscription.channel, now)):
        return f"its channel muted {', '.join(f'{each.thing} {until(each.until)}' for each in hidden)}"
    return _by_time(event, subscription, now)


def _by_time(event: Event, subscription: Subscription, now: datetime) -> str:
    if subscription.paused:
        return f"it is paused: {subscription.paused}"
    if event.last_at <= subscription.created_at:
        return f"it was made on {minute(subscription.created_at)}, and this was reported before"
    if event.last_at > subscription.told_until:
        return _coming(subscription, now)
    return f"this counts for {minute(event.last_at)}, and its digest of that time was composed without it"


def _matches(session: Session, packs: Packs, event: Event, subscription: Subscription, now: datetime) -> bool:
    query = parse(subscription.query, packs)
    if query == EVERYTHING:
        return True
    told = {report.story for report in event.stories}
    start = event.first_at - timedelta(seconds=1)
    found = search.matching(session, query, now=now, expand=packs.labels, start=start, end=event.last_at)
    return not told.isdisjoint(found)


def _coming(plan: Subscription, now: datetime) -> str:
    skip = holidays.of(plan.holidays)
    slot = next_slot(plan.times, ZoneInfo(plan.timezone), plan.weekdays, now, skip=skip)
    return f"its next digest tells it, on {minute(slot)}" if slot else "its timetable has no day"
