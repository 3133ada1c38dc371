"""Opening alerts: what cannot wait gets a row at once, and what an alerted event gains gets one later.

Each decision is taken while the subscription's row is held, so however many
processes look at the same time, an event is alerted once and a day has no more
alerts than it may. Nothing is posted here: the rows are brought to their end
as those of digests are (`bot/work/courier.py`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Final
from zoneinfo import ZoneInfo

from bot.core import alerts as rule
from bot.core.alerts import FRESH, Hours, Seen
from bot.core.concepts import Packs
from bot.core.documents import Document
from bot.core.event import Event
from bot.core.muting import hiding
from bot.core.phrases import Phrases, phrases
from bot.core.query import EVERYTHING, parse
from bot.core.subscription import Subscription
from bot.core.words import Tier
from bot.errors import UserError
from bot.store import alerts, deliveries, events, happenings, search, subscriptions
from bot.store.alerts import Standing
from bot.store.codec import dump, load
from bot.store.database import Database, Session
from bot.store.deliveries import Delivery, GoesOn
from bot.work import muting

FOLLOWED: Final = timedelta(days=3)
"""How long an alert goes on: what comes later is another happening, or for the digest."""

_TICK: Final = timedelta(microseconds=1)  # between the slots of alerts that are opened at one moment


@dataclass(frozen=True, slots=True)
class Alerting:
    """What alerts go by."""

    packs: Packs
    hours: Hours = field(default_factory=Hours)

    def quiet(self, subscription: Subscription, now: datetime) -> bool:
        """Whether the subscription sleeps."""
        return self.hours.quiet(now, ZoneInfo(subscription.timezone))


def open_alerts(database: Database, alerting: Alerting, now: datetime) -> tuple[Delivery, ...]:
    """Write the rows of all alerts and growths that are due. A fault in one subscription is raised last."""
    with database.reading() as session:
        active = subscriptions.listing(session, active=True)
    awake = [each for each in active if each.alerts and not alerting.quiet(each, now)]
    opened: list[Delivery] = []
    failures: list[Exception] = []
    for each in awake:
        try:
            opened += _open_new(database, alerting, each, now)
            opened += _open_growths(database, each, now)
        except UserError:
            continue  # its digest cannot be composed either: that pauses it, and tells its owner
        except Exception as error:  # noqa: BLE001 - raised below when the others are done
            failures.append(error)
    for failure in failures:
        raise failure
    return tuple(opened)


def _open_new(
    database: Database, alerting: Alerting, subscription: Subscription, now: datetime
) -> list[Delivery]:
    if Tier.CORE not in subscription.tiers:
        return []
    with database.reading() as session:
        due = _due(session, alerting, subscription, now)
    if not due:
        return []
    with database.writing(durable=True) as session:
        held = subscriptions.hold(session, subscription.id)
        if held is None or held.paused is not None or not held.alerts:
            return []
        left = set(alerts.candidates(session, held.id, now - FRESH))
        began = rule.day_began(now, ZoneInfo(held.timezone))
        room = alerting.hours.per_day - alerts.count(session, held.id, began)
        chosen = [(event, why) for event, why in due if event.id in left][: max(room, 0)]
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
                document=dump(rule.document(event, why, phrases(held.language)), Document),
                events=[event.id],
                seen=dump(rule.seen(event), Seen),
            )
            for slot, (event, why) in zip(_slots(session, held.id, now), chosen, strict=False)
        )
        return [row for row in rows if row is not None]


def _due(
    session: Session, alerting: Alerting, subscription: Subscription, now: datetime
) -> list[tuple[Event, str]]:
    """What cannot wait and matches, the weightiest first, each with the reason."""
    words = phrases(subscription.language)
    new = happenings.get(session, alerts.candidates(session, subscription.id, now - FRESH))
    urgent = [
        (event, why)
        for event in new
        if (why := rule.cannot_wait(event, now, since=subscription.changed_at, words=words))
    ]
    mutes = muting.in_force(session, subscription.channel, now)
    urgent = [(event, why) for event, why in urgent if not hiding(event, mutes)]
    if urgent and (wanted := parse(subscription.query, alerting.packs)) != EVERYTHING:
        stories = search.matching(
            session, wanted, now=now, expand=alerting.packs.labels, start=now - FRESH, end=now
        )
        matching = set(events.of_stories(session, stories).values())
        urgent = [(event, why) for event, why in urgent if event.id in matching]
    return sorted(urgent, key=lambda each: (-each[0].score, each[0].id))


def _open_growths(database: Database, subscription: Subscription, now: datetime) -> list[Delivery]:
    with database.reading() as session:
        if not _grown(session, subscription, now):
            return []
    opened: list[Delivery] = []
    with database.writing(durable=True) as session:
        held = subscriptions.hold(session, subscription.id)
        if held is None or held.paused is not None:
            return []
        words = phrases(held.language)
        grown = _grown(session, held, now)
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
                document=dump(rule.growth_document(line, words), Document),
                seen=dump(rule.seen(event), Seen),
                goes_on=GoesOn(
                    told.alert.id, told.alert.ts or "", dump(_edited(told, event, words), Document)
                ),
            )
            opened += [] if row is None else [row]
    return opened


def _grown(session: Session, subscription: Subscription, now: datetime) -> list[tuple[Standing, Event, str]]:
    """The alerts whose event has gained something, each with the line that says what."""
    standing = alerts.standing(session, now - FOLLOWED, subscription=subscription.id)
    idle = [each for each in standing if not each.busy]
    known = {event.id: event for event in happenings.get(session, [each.event for each in idle])}
    words = phrases(subscription.language)
    found = [(each, known[each.event]) for each in idle if each.event in known]
    lines = ((each, event, rule.growth(_seen(each.seen), event, words)) for each, event in found)
    return [(each, event, line) for each, event, line in lines if line]


def _edited(told: Standing, event: Event, words: Phrases) -> Document:
    """What the alert says from now on: the event as it is, told at once for the reason that held then."""
    before = load(told.alert.document or "", Document)
    return rule.edited(before, event, words)


def _seen(told: Iterable[str]) -> Seen:
    return reduce(or_, (load(each, Seen) for each in told), Seen())


def _slots(session: Session, subscription: int, now: datetime) -> Sequence[datetime]:
    """Moments from `now` on that no alert of this subscription has."""
    taken = deliveries.slots_after(session, subscription, now - _TICK)
    free = (now + number * _TICK for number in range(1000))
    return [slot for slot in free if slot not in taken]
