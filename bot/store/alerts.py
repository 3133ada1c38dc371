"""Alerts: what may be told at once, what was, and how far it has been told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from bot.core.words import Tier
from bot.store import deliveries
from bot.store.deliveries import Delivery
from bot.store.sql import among, those
from models import Delivery as DeliveryRow
from models import DeliveryEvent
from models import Event as EventRow

_UNFINISHED: Final = ("pending", "sending", "unknown")


@dataclass(frozen=True, slots=True)
class Standing:
    """An alert that stands in its channel, and how its event was told so far."""

    alert: Delivery
    event: int  # where it is now: an event may have been folded into another
    seen: tuple[str, ...]  # of the alert and of each growth, the oldest first; JSON
    busy: bool  # a growth of it is on its way


def candidates(
    session: Session,
    subscription: int,
    since: datetime,
    *,
    tiers: Collection[Tier] = (Tier.CORE,),
    of: Collection[int] | None = None,
) -> list[int]:
    """Events first reported after `since` that this subscription was told in no way, the oldest first.

    Of all events, or of those in `of`.
    """
    wanted = (
        select(EventRow.id)
        .where(EventRow.last_at > since, EventRow.first_at > since)
        .where(EventRow.tier.in_([tier.value for tier in tiers]), EventRow.folded_into.is_(None))
        .order_by(EventRow.first_at, EventRow.id)
    )
    found = session.scalars(wanted if of is None else wanted.where(among(session, EventRow.id, of))).all()
    told = told_of(session, subscription, found)
    return [event for event in found if event not in told]


def changed(session: Session, since: datetime) -> dict[int, datetime]:
    """The events that changed after then, each with when it did."""
    rows = session.execute(select(EventRow.id, EventRow.updated_at).where(EventRow.updated_at > since))
    return {row.id: row.updated_at for row in rows}


def unfinished(session: Session, subscription: int) -> bool:
    """Whether something of a subscription is on its way."""
    under_way = select(DeliveryRow.id).where(
        DeliveryRow.subscription_id == subscription, DeliveryRow.state.in_(_UNFINISHED)
    )
    return session.scalar(under_way.limit(1)) is not None


def told_of(session: Session, subscription: int, events: Collection[int]) -> set[int]:
    """Which of these events a subscription was told, at once or in a digest."""
    kinds: tuple[deliveries.Kind, ...] = ("alert", "digest")
    return {
        event for kind in kinds for event in deliveries.told(session, subscription, list(events), kind=kind)
    }


def count(session: Session, subscription: int, since: datetime) -> int:
    """How many alerts were posted since then, or may still be. One that Slack refused is none.

    So count growths that stand under no alert, but for themselves.
    """
    when = func.coalesce(DeliveryRow.sent_at, DeliveryRow.slot)
    alone = (DeliveryRow.kind == "growth") & (DeliveryRow.under == "")
    posted = (
        select(func.count())
        .select_from(DeliveryRow)
        .where(DeliveryRow.subscription_id == subscription, or_(DeliveryRow.kind == "alert", alone))
        .where(
            or_(
                DeliveryRow.state.in_(_UNFINISHED),
                (DeliveryRow.state == "sent") & (when >= since),
            )
        )
    )
    return session.scalar(posted) or 0


def told_at(
    session: Session, subscription: int, events: Collection[int], *, until: datetime
) -> dict[int, datetime]:
    """When those of these events that an alert told were posted, up to `until`."""
    of = deliveries.told(session, subscription, list(events), kind="alert")
    wanted = select(DeliveryRow.id, DeliveryRow.sent_at).where(DeliveryRow.sent_at <= until)
    sent = {row.id: row.sent_at for row in those(session, wanted, DeliveryRow.id, set(of.values()))}
    return {event: sent[delivery] for event, delivery in of.items() if delivery in sent}


def standing(
    session: Session, since: datetime, *, subscription: int | None = None, unposted: bool = False
) -> list[Standing]:
    """The alerts posted after `since`, the oldest first: of all subscriptions, or of one.

    With `unposted`, those too that only note how far an event was known when a watch of it began.
    """
    posted = (DeliveryRow.state == "sent") & DeliveryRow.ts.is_not(None)
    noted = (DeliveryRow.state == "skipped") & DeliveryRow.seen.is_not(None)
    wanted = (
        select(DeliveryRow.id, func.coalesce(EventRow.folded_into, EventRow.id).label("event"))
        .join(DeliveryEvent, DeliveryEvent.delivery_id == DeliveryRow.id)
        .join(EventRow, EventRow.id == DeliveryEvent.event_id)
        .where(DeliveryRow.kind == "alert", DeliveryRow.slot > since)
        .where(or_(posted, noted) if unposted else posted)
        .order_by(DeliveryRow.slot, DeliveryRow.id)
    )
    if subscription is not None:
        wanted = wanted.where(DeliveryRow.subscription_id == subscription)
    events = {row.id: row.event for row in session.execute(wanted)}
    busy = func.max(case((DeliveryRow.state.in_(_UNFINISHED), 1), else_=0))
    seen: dict[int, list[str]] = {alert: [] for alert in events}
    if not events:
        return []
    own = or_(*(among(session, one, events) for one in (DeliveryRow.id, DeliveryRow.of_id)))
    of = func.coalesce(DeliveryRow.of_id, DeliveryRow.id).label("of")
    in_order = select(of, DeliveryRow.seen).where(own).order_by(DeliveryRow.slot, DeliveryRow.id)
    for row in session.execute(in_order):
        seen[row.of] += [row.seen] if row.seen else []
    unfinished = select(DeliveryRow.of_id).group_by(DeliveryRow.of_id).having(busy == 1)
    held = {row.of_id for row in those(session, unfinished, DeliveryRow.of_id, events)}
    known = {each.id: each for each in deliveries.several(session, events)}
    return [
        Standing(known[alert], event, tuple(seen[alert]), alert in held)
        for alert, event in events.items()
        if alert in known
    ]
