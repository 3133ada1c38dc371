"""Deliveries: the row that makes a post happen once.

    pending ──▶ sending ──▶ sent
       ▲           │ └────▶ failed
       └──retry────┤
       └──absent── unknown ──▶ sent | failed

`open_slot` writes the row once for a subscription, kind and slot. Every later step is `move`:
it succeeds only for the worker whose picture of the row is still true, so two workers
never both go from `pending` to `sending`.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Final, Literal, cast

from sqlalchemy import Row, Select, and_, case, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.store.sql import among, put_rows, table, those
from models import Delivery as DeliveryRow
from models import DeliveryEvent, Event, Subscription

State = Literal["pending", "sending", "sent", "unknown", "failed", "skipped"]
Kind = Literal["digest", "alert", "growth", "review"]

STEPS: Final[dict[State, tuple[State, ...]]] = {
    "pending": ("sending", "failed", "skipped"),
    "sending": ("sending", "sent", "pending", "unknown", "failed"),  # sending again: the thread goes on
    "unknown": ("unknown", "sent", "pending", "failed"),
    "sent": (),
    "failed": (),
    "skipped": (),
}

CLOCKS_APART: Final = timedelta(minutes=10)
"""The clocks of two machines that share a database may differ by so much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One issue for one subscription, and how far it is."""

    id: int
    subscription_id: int
    kind: Kind
    slot: datetime
    window_start: datetime  # it tells (start, end]
    window_end: datetime
    channel: str
    state: State
    created_at: datetime
    attempts: int
    attempt_started_at: datetime | None
    retry_at: datetime | None  # not before; None: at once
    sent_at: datetime | None
    ts: str | None  # Slack's name of the message
    parts: int  # messages that are there: the main one, then its thread
    error: str | None
    document: str | None  # JSON
    of_id: int | None = None  # of a growth: the alert that it goes on from,
    under: str | None = None  # the message in whose thread it stands,
    replaces: str | None = None  # and the document that takes the place of that message's, as JSON
    seen: str | None = None  # what an alert or a growth told of its event, as JSON


@dataclass(frozen=True, slots=True)
class Result:
    """How far an issue is, without what it says."""

    slot: datetime
    state: State
    error: str | None


@dataclass(frozen=True, slots=True)
class GoesOn:
    """Where a growth stands."""

    of_id: int  # the alert
    under: str  # its message
    replaces: str  # what that says from now on: a document as JSON


_TABLE: Final = table(DeliveryRow)
_COLUMNS: Final = tuple(_TABLE.columns[field.name] for field in fields(Delivery))


def open_slot(
    session: Session,
    subscription: int,
    slot: datetime,
    *,
    start: datetime,
    end: datetime,
    channel: str,
    now: datetime,
    kind: Kind = "digest",
    document: str | None = None,
    events: Iterable[int] = (),
    state: Literal["pending", "skipped"] = "pending",
    seen: str | None = None,
    goes_on: "GoesOn | None" = None,
) -> Delivery | None:
    """Write the row of a slot, with the events it tells. None: it was there already."""
    make = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    opened = session.execute(
        make(_TABLE)
        .values(
            subscription_id=subscription,
            kind=kind,
            slot=slot,
            window_start=start,
            window_end=end,
            channel=channel,
            state=state,
            created_at=now,
            attempts=0,
            parts=0,
            document=document,
            seen=seen,
            **({} if goes_on is None else asdict(goes_on)),
        )
        .on_conflict_do_nothing(index_elements=["subscription_id", "kind", "slot"])
        .returning(*_COLUMNS)
    ).one_or_none()
    if opened is None:
        return None
    delivery = _delivery(opened)
    rows = [
        {"subscription_id": subscription, "kind": kind, "event_id": event, "delivery_id": delivery.id}
        for event in dict.fromkeys(events)
    ]
    put_rows(session, DeliveryEvent, rows)
    return delivery


def move(
    session: Session,
    was: Delivery,
    to: State,
    *,
    now: datetime,
    retry_at: datetime | None = None,
    ts: str | None = None,
    error: str | None = None,
    channel: str | None = None,
    parts: int | None = None,
) -> Delivery | None:
    """Take one step. None: somebody else took a step from `was` first, and nothing was done.

    `pending` to `sending` counts an attempt; `sending` starts `now`, also when it goes on with the
    thread; `ts`, `channel` and `parts`, once known, stay.
    Raises ValueError for a step that is not in STEPS.
    """
    if to not in STEPS[was.state]:
        raise ValueError(f"a delivery does not go from {was.state} to {to}")
    values: dict[str, Any] = {"state": to, "retry_at": retry_at, "error": error}
    known = (("ts", ts), ("channel", channel), ("parts", parts))
    values |= {name: value for name, value in known if value is not None}
    if to == "sending":
        values |= {"attempts": was.attempts + (was.state == "pending"), "attempt_started_at": now}
    if to == "sent":
        values["sent_at"] = now
    row = session.execute(
        update(_TABLE)
        .where(_TABLE.c.id == was.id, _TABLE.c.state == was.state, _TABLE.c.attempts == was.attempts)
        .where(_TABLE.c.retry_at == was.retry_at if was.retry_at else _TABLE.c.retry_at.is_(None))
        .where(_TABLE.c.ts == was.ts if was.ts else _TABLE.c.ts.is_(None), _TABLE.c.parts == was.parts)
        .values(**values)
        .returning(*_COLUMNS)
    ).one_or_none()
    return None if row is None else _delivery(row)


def unfinished(session: Session, now: datetime, *, stalled: timedelta) -> list[Delivery]:
    """What is to be worked on, the oldest slot first.

    Pending and unknown ones whose time has come, and those that have been `sending` for
    longer than `stalled`: whoever was sending them is gone. Where something waits to be sent to a
    channel, what comes after it waits too.
    """
    ready = and_(
        DeliveryRow.state.in_(("pending", "unknown")),
        or_(DeliveryRow.retry_at.is_(None), DeliveryRow.retry_at <= now),
    )
    gone = and_(DeliveryRow.state == "sending", DeliveryRow.attempt_started_at <= now - stalled)
    limited = select(DeliveryRow.channel).where(DeliveryRow.state == "pending", DeliveryRow.retry_at > now)
    wanted = _all().where(or_(ready, gone), DeliveryRow.channel.not_in(limited))
    rows = session.execute(wanted.order_by(DeliveryRow.slot, DeliveryRow.id))
    return [_delivery(row) for row in rows.all()]


def pending(session: Session, subscription: int) -> list[Delivery]:
    """What a subscription is about to post."""
    found = _all().where(DeliveryRow.subscription_id == subscription, DeliveryRow.state == "pending")
    return [_delivery(row) for row in session.execute(found.order_by(DeliveryRow.id)).all()]


def last_slots(session: Session) -> dict[tuple[int, Kind], datetime]:
    """The latest slot of each subscription that has one, by its id and the kind: of digests and reviews."""
    of, kind = DeliveryRow.subscription_id, DeliveryRow.kind
    in_slots = select(of, kind, func.max(DeliveryRow.slot)).where(kind.in_(("digest", "review")))
    found = session.execute(in_slots.group_by(of, kind))
    return {(row[0], cast("Kind", row[1])): row[2] for row in found}


def slots_after(session: Session, subscription: int, after: datetime) -> frozenset[datetime]:
    """The slots after then that a subscription has rows of, of any kind."""
    later = select(DeliveryRow.slot).where(
        DeliveryRow.subscription_id == subscription, DeliveryRow.slot > after
    )
    return frozenset(session.scalars(later))


def ahead(session: Session, now: datetime) -> list[Delivery]:
    """Digests of slots to come, by more than clocks differ: they were opened by a clock that ran ahead."""
    found = _all().where(DeliveryRow.kind == "digest", DeliveryRow.slot > now + CLOCKS_APART)
    return [_delivery(row) for row in session.execute(found.order_by(DeliveryRow.slot.desc())).all()]


def redate(session: Session, delivery: int, slot: datetime) -> None:
    """Give a digest another slot, and let its window end there or earlier."""
    session.execute(
        update(_TABLE)
        .where(_TABLE.c.id == delivery)
        .values(
            slot=slot,
            window_end=case((_TABLE.c.window_end < slot, _TABLE.c.window_end), else_=slot),
            window_start=case((_TABLE.c.window_start < slot, _TABLE.c.window_start), else_=slot),
        )
    )


def get(session: Session, delivery: int) -> Delivery | None:
    """The delivery as it is now."""
    row = session.execute(_all().where(DeliveryRow.id == delivery)).one_or_none()
    return None if row is None else _delivery(row)


def several(session: Session, wanted: Collection[int]) -> list[Delivery]:
    """These deliveries as they are now, by id."""
    return [_delivery(row) for row in those(session, _all().order_by(DeliveryRow.id), DeliveryRow.id, wanted)]


def of_slot(session: Session, subscription: int, slot: datetime) -> Delivery | None:
    """The delivery of the digest of a slot, if there is one."""
    found = _all().where(
        DeliveryRow.subscription_id == subscription, DeliveryRow.kind == "digest", DeliveryRow.slot == slot
    )
    row = session.execute(found).one_or_none()
    return None if row is None else _delivery(row)


def latest(session: Session, *, subscription: int | None = None, limit: int = 20) -> list[Delivery]:
    """The last deliveries, the latest slot first: of one subscription, or of all that are no watches."""
    wanted = _all().order_by(DeliveryRow.slot.desc(), DeliveryRow.id.desc()).limit(limit)
    watches = select(Subscription.id).where(Subscription.watch)
    of = DeliveryRow.subscription_id
    wanted = wanted.where(of.not_in(watches) if subscription is None else of == subscription)
    return [_delivery(row) for row in session.execute(wanted).all()]


def results(session: Session, subscriptions: Collection[int]) -> dict[int, Result]:
    """What came of the latest slot of each of these subscriptions that has one."""
    of, slot = DeliveryRow.subscription_id, DeliveryRow.slot
    theirs = select(of, func.max(slot).label("slot")).where(among(session, of, subscriptions))
    newest = theirs.group_by(of).subquery()
    rows = session.execute(
        select(of, slot, DeliveryRow.state, DeliveryRow.error)
        .join(newest, and_(of == newest.c.subscription_id, slot == newest.c.slot))
        .order_by(DeliveryRow.id)
    )
    return {row.subscription_id: Result(row.slot, row.state, row.error) for row in rows}


def told(
    session: Session, subscription: int, events: Sequence[int], *, kind: Kind = "digest"
) -> dict[int, int]:
    """Which of these events a subscription was told by this kind, each with the delivery that did so first.

    What was told of an event that was folded into another was told of that one.
    """
    found: dict[int, int] = {}
    folded = those(session, select(Event.id, Event.folded_into), Event.folded_into, events)
    now_in = {event: event for event in events} | {row.id: row.folded_into for row in folded}
    wanted = select(DeliveryEvent.event_id, DeliveryEvent.delivery_id).where(
        DeliveryEvent.subscription_id == subscription, DeliveryEvent.kind == kind
    )
    for event, delivery in those(session, wanted, DeliveryEvent.event_id, now_in):
        found[now_in[event]] = min(delivery, found.get(now_in[event], delivery))
    return found


def untell(session: Session, delivery: int) -> None:
    """Its events count as not told: it will never arrive."""
    session.execute(delete(table(DeliveryEvent)).where(table(DeliveryEvent).c.delivery_id == delivery))


def forget(session: Session, delivery: int) -> None:
    """Delete a delivery that failed, so that its slot can be opened anew."""
    session.execute(delete(_TABLE).where(_TABLE.c.id == delivery, _TABLE.c.state == "failed"))


def _all() -> Select[Any]:
    return select(*_COLUMNS)


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(**row._mapping)
