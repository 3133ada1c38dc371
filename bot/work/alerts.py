"""Opening alerts: what cannot wait, or is watched, gets a row at once; what such an event gains, one later.

Each decision is taken while the subscription's row is held, so however many
processes look at the same time, an event is alerted once and a day has no more
alerts than it may. Nothing is posted here: the rows are brought to their end
as those of digests are (`bot/work/courier.py`).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.documents import Document
from bot.core.event import Event
from bot.core.reading.concepts import Packs
from bot.core.subscribing.muting import hiding
from bot.core.subscription import Subscription
from bot.core.telling import alerts as rule
from bot.core.telling.alerts import FOLLOWED, Hours, Seen
from bot.core.telling.phrases import Phrases, phrases
from bot.store import alerts, deliveries, happenings, subscriptions
from bot.store.alerts import Standing
from bot.store.codec import dump, load
from bot.store.database import Database, Session
from bot.store.deliveries import Delivery, GoesOn
from bot.work import muting, watching
from bot.work.issues import Opened, open_each
from bot.work.lookout import Lookout

_TICK: Final = timedelta(microseconds=1)  # between the slots of alerts that are opened at one moment


@dataclass(frozen=True, slots=True)
class Alerting:
    """What alerts go by."""

    packs: Packs
    hours: Hours = field(default_factory=Hours)
    lookout: Lookout = field(default_factory=Lookout, compare=False)

    def quiet(self, subscription: Subscription, now: datetime) -> bool:
        """Whether the subscription sleeps."""
        return self.hours.quiet(now, ZoneInfo(subscription.timezone))


def open_alerts(
    database: Database, alerting: Alerting, active: Iterable[Subscription], now: datetime
) -> Opened:
    """Write the rows of all alerts and growths of these subscriptions that are due."""
    with database.reading() as session:
        alerting.lookout.begin(session, now)
    awake = [each for each in active if (each.alerts or each.watch) and not alerting.quiet(each, now)]
    return open_each(awake, lambda each: _open(database, alerting, each, now))


def _open(
    database: Database, alerting: Alerting, subscription: Subscription, now: datetime
) -> list[Delivery]:
    """Write the rows of one subscription, if it has something to tell."""
    among = alerting.lookout.scope(subscription) if subscription.watch else None
    if among is not None and not among:
        alerting.lookout.skip(subscription)
        return []
    with database.reading() as session:
        due = _due(session, alerting, subscription, now, among)
        grown = _grown(session, subscription, now)
        if not due and not grown:
            if subscription.watch:
                alerting.lookout.settle(session, subscription)
            return []
    opened = _open_new(database, alerting, subscription, due, now) if due else []
    return opened + (_open_growths(database, alerting, subscription, now) if grown else [])


def _open_new(
    database: Database,
    alerting: Alerting,
    subscription: Subscription,
    due: Sequence[tuple[Event, str]],
    now: datetime,
) -> list[Delivery]:
    with database.writing(durable=True) as session:
        held = subscriptions.hold(session, subscription.id)
        if held is None or held.paused is not None or not (held.alerts or held.watch):
            return []
        left = watching.candidates(session, held, now)
        chosen = [(event, why) for event, why in due if event.id in left]
        chosen = chosen[: _room(session, alerting, held, now)]
        last = _room(session, alerting, held, now) == len(chosen)
        rows = (
            deliveries.open_slot(
                session,
                held.id,
                slot,
                start=slot,
                end=slot,
                channel=held.channel,
                now=now,
                kind="alert",
                document=dump(_told(alerting, held, event, why, last=last), Document),
                events=[event.id],
                seen=dump(rule.seen(event), Seen),
            )
            for slot, (event, why) in zip(_slots(session, held.id, now), chosen, strict=False)
        )
        return [row for row in rows if row is not None]


def _told(alerting: Alerting, held: Subscription, event: Event, why: str, *, last: bool) -> Document:
    words = phrases(held.language)
    if not held.watch:
        return rule.document(event, why, words)
    bound = words.no_more_today(alerting.hours.per_day, held.query) if last and not held.follows else ""
    return rule.watched(event, why, watching.end_of(held), words, last=bound)


def _room(session: Session, alerting: Alerting, held: Subscription, now: datetime) -> int:
    """How many more may be told at once today."""
    began = rule.day_began(now, ZoneInfo(held.timezone))
    return max(alerting.hours.per_day - alerts.count(session, held.id, began), 0)


def _due(
    session: Session,
    alerting: Alerting,
    subscription: Subscription,
    now: datetime,
    among: Collection[int] | None,
) -> list[tuple[Event, str]]:
    """What cannot wait, or is watched, and matches: the weightiest first, each with the reason."""
    found: Sequence[int] = watching.candidates(session, subscription, now, among=among)
    if subscription.watch:  # any of it may be told; few events of few subscriptions are urgent
        found = _matching(session, alerting, subscription, found, now)
    if not found:
        return []
    words = phrases(subscription.language)
    new = happenings.get(session, found)
    wanted = [(event, why) for event in new if (why := _why(subscription, event, now, words))]
    mutes = muting.in_force(session, subscription.channel, now)
    wanted = [(event, why) for event, why in wanted if not hiding(event, mutes)]
    if not subscription.watch:
        match = _matching(session, alerting, subscription, [event.id for event, _ in wanted], now)
        wanted = [(event, why) for event, why in wanted if event.id in match]
    return sorted(wanted, key=lambda each: (-each[0].score, each[0].id))


def _matching(
    session: Session, alerting: Alerting, subscription: Subscription, found: Sequence[int], now: datetime
) -> Sequence[int]:
    """Those of these events that a subscription asks for; what comes of a watched event needs no query."""
    if not found or subscription.follows:
        return found
    match = watching.matching(session, alerting.packs, subscription.query, now)
    return found if match is None else [event for event in found if event in match]


def _why(subscription: Subscription, event: Event, now: datetime, words: Phrases) -> str:
    """Why an event is told at once; "": it is not."""
    if not subscription.watch:
        return rule.cannot_wait(event, now, since=subscription.changed_at, words=words)
    if subscription.follows:
        return words.follows(subscription.follows) if rule.goes_on(event, now) else ""
    return words.watched(subscription.query) if rule.is_new(event, now) else ""


def _open_growths(
    database: Database, alerting: Alerting, subscription: Subscription, now: datetime
) -> list[Delivery]:
    opened: list[Delivery] = []
    with database.writing(durable=True) as session:
        held = subscriptions.hold(session, subscription.id)
        if held is None or held.paused is not None:
            return []
        words = phrases(held.language)
        room = _room(session, alerting, held, now)
        grown = _grown(session, held, now)
        alone = [each for each in grown if not each[0].alert.ts][room:]  # a message of its own counts
        grown = [each for each in grown if each not in alone]
        for slot, (told, event, line) in zip(_slots(session, held.id, now), grown, strict=False):
            row = deliveries.open_slot(
                session,
                held.id,
                slot,
                start=slot,
                end=slot,
                channel=told.alert.channel,
                now=now,
                kind="growth",
                document=dump(_growth(held, told, event, line), Document),
                seen=dump(rule.seen(event), Seen),
                goes_on=GoesOn(told.alert.id, told.alert.ts or "", _replaces(told, event, words)),
            )
            opened += [] if row is None else [row]
    return opened


def _grown(session: Session, subscription: Subscription, now: datetime) -> list[tuple[Standing, Event, str]]:
    """The alerts whose event has gained something, each with the line that says what."""
    watched = bool(subscription.follows)
    since = subscription.created_at - _TICK if watched else now - FOLLOWED
    standing = alerts.standing(session, since, subscription=subscription.id, unposted=watched)
    idle = [each for each in standing if not each.busy]
    if not idle:
        return []
    known = {event.id: event for event in happenings.get(session, [each.event for each in idle])}
    words = phrases(subscription.language)
    mutes = muting.in_force(session, subscription.channel, now)
    found = [(each, known[each.event]) for each in idle if each.event in known]
    lines = ((each, event, rule.growth(_seen(each.seen), event, words)) for each, event in found)
    return [(each, event, line) for each, event, line in lines if line and not hiding(event, mutes)]


def _growth(held: Subscription, told: Standing, event: Event, line: str) -> Document:
    """A line under the alert; where there is none, all of the event."""
    words = phrases(held.language)
    if told.alert.ts:
        return rule.growth_document(line, words)
    return rule.watched(event, words.watched(held.query), watching.end_of(held), words, line=line)


def _replaces(told: Standing, event: Event, words: Phrases) -> str:
    """What the alert says from now on, as JSON: the event as it is, for the reason that held then."""
    if not told.alert.ts:
        return ""
    return dump(rule.edited(load(told.alert.document or "", Document), event, words), Document)


def _seen(told: Iterable[str]) -> Seen:
    return reduce(or_, (load(each, Seen) for each in told), Seen())


def _slots(session: Session, subscription: int, now: datetime) -> Sequence[datetime]:
    """Moments from `now` on that no alert of this subscription has."""
    taken = deliveries.slots_after(session, subscription, now - _TICK)
    free = (now + number * _TICK for number in range(1000))
    return [slot for slot in free if slot not in taken]
