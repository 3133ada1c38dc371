"""Subscriptions: kept in step with the configuration; what people made is left alone."""

import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime, time
from typing import Any, Final

from sqlalchemy import Row, Select, insert, or_, select, update
from sqlalchemy.orm import Session

from bot.core.subscription import Plan, Subscription
from bot.core.words import Tier
from bot.errors import UserError
from bot.store import deliveries
from bot.store.sql import table, typed_id
from models import Subscription as SubscriptionRow

_TABLE: Final = table(SubscriptionRow)
_COLUMNS: Final = tuple(_TABLE.columns[field.name] for field in fields(Subscription))
Synced = tuple[Subscription | None, Subscription | None]
"""A subscription as it was and as it is; None: it was not there."""

_TIMETABLE: Final = ("times", "timezone", "weekdays", "holidays", "alerts")


def add(session: Session, plan: Plan, now: datetime, *, origin: str = "user") -> Subscription:
    """Keep a new subscription; its first window starts now.

    One that was removed from this channel under this name comes back in its place: it begins anew,
    and knows what it told.
    Raises UserError when the name is taken.
    """
    if find(session, plan.name) is not None:
        raise UserError(f"there is a subscription called {plan.name} already")
    values = _written(plan) | {"origin": origin, "created_at": now, "changed_at": now, "told_until": now}
    before = session.scalar(
        select(SubscriptionRow.id)
        .where(SubscriptionRow.name == plan.name, SubscriptionRow.channel == plan.channel)
        .order_by(SubscriptionRow.removed_at.desc())
        .limit(1)
    )
    if before is None:
        session.execute(insert(_TABLE).values(**values))
    else:
        back = {"removed_at": None, "paused": None}
        session.execute(update(_TABLE).where(_TABLE.c.id == before).values(**values, **back))
    return _kept(session.execute(_there().where(SubscriptionRow.name == plan.name)).one())


def restore(
    session: Session, subscription: int, plan: Plan, now: datetime, *, paused: str | None
) -> Subscription:
    """Bring a removed subscription back as people's own: it goes on where it was, without a hole.

    Raises UserError when its name was taken meanwhile, LookupError when it never was.
    """
    if find(session, plan.name) is not None:
        raise UserError(f"there is a subscription called {plan.name} already")
    values = _written(plan) | {"origin": "user", "paused": paused, "changed_at": now, "removed_at": None}
    back = (
        update(_TABLE).where(_TABLE.c.id == subscription, _TABLE.c.removed_at.is_not(None)).values(**values)
    )
    if session.execute(back.returning(_TABLE.c.id)).one_or_none() is None:
        raise LookupError(f"there is no removed subscription {subscription}")
    return _kept(session.execute(_there().where(SubscriptionRow.id == subscription)).one())


def change(session: Session, subscription: Subscription, plan: Plan, now: datetime) -> Subscription:
    """Give a subscription another plan. A new timetable does not make up for slots of the past.

    Raises UserError when the new name is taken by another.
    """
    other = find(session, plan.name)
    if other is not None and other.id != subscription.id:
        raise UserError(f"there is a subscription called {plan.name} already")
    values = _written(plan)
    if any(getattr(plan, name) != getattr(subscription, name) for name in _TIMETABLE):
        values["changed_at"] = now
    session.execute(update(_TABLE).where(_TABLE.c.id == subscription.id).values(**values))
    return _kept(session.execute(_there().where(SubscriptionRow.id == subscription.id)).one())


def sync(session: Session, plans: Sequence[Plan], now: datetime) -> list[Synced]:
    """Make the subscriptions of the configuration those in `plans`; people's own are left alone.

    One that people made under a name of the configuration stays theirs. One that is gone from the
    configuration is removed. Gives what changed: as it was, and as it is.
    """
    there = {kept.name: kept for kept in listing(session)}
    changed: list[Synced] = []
    for plan in plans:
        kept = there.get(plan.name)
        if kept is None:
            changed.append((None, add(session, plan, now, origin="config")))
        elif kept.origin == "config" and _written(kept) != _written(plan):
            changed.append((kept, change(session, kept, plan, now)))
    wanted = {plan.name for plan in plans}
    for kept in there.values():
        if kept.origin == "config" and kept.name not in wanted:
            remove(session, kept.id, now)
            changed.append((kept, None))
    return changed


def remove(session: Session, subscription: int, now: datetime) -> None:
    """Send it no more, and let nobody find it. What it told stays known, for when it comes back.

    What it was about to post counts as not told.
    """
    for waiting in deliveries.pending(session, subscription):
        if deliveries.move(session, waiting, "failed", now=now, error="the subscription was removed"):
            deliveries.untell(session, waiting.id)
            if waiting.kind == "digest":
                untold(session, subscription, since=waiting.window_start)
    session.execute(update(_TABLE).where(_TABLE.c.id == subscription).values(removed_at=now))


def pause(session: Session, subscription: int, why: str) -> bool:
    """Stop sending, with the reason that people are shown. False: it was paused before, and is still."""
    running = update(_TABLE).where(_TABLE.c.id == subscription, _TABLE.c.paused.is_(None))
    paused = session.execute(running.values(paused=why).returning(_TABLE.c.id))
    return paused.one_or_none() is not None


def resume(session: Session, subscription: int) -> None:
    """Go on sending."""
    session.execute(update(_TABLE).where(_TABLE.c.id == subscription).values(paused=None))


def told(session: Session, subscription: int, *, since: datetime, until: datetime) -> bool:
    """The window (since, until] is taken: the next one starts at `until`.

    False, and nothing is done: it is no longer `since` that the next window starts at.
    """
    taken = session.execute(
        update(_TABLE)
        .where(_TABLE.c.id == subscription, _TABLE.c.told_until == since)
        .values(told_until=until)
        .returning(_TABLE.c.id)
    )
    return taken.one_or_none() is not None


def untold(session: Session, subscription: int, *, since: datetime) -> None:
    """The next window starts at `since` again, when it would start later: what was taken never arrived."""
    session.execute(
        update(_TABLE)
        .where(_TABLE.c.id == subscription, _TABLE.c.told_until > since)
        .values(told_until=since)
    )


def listing(
    session: Session, *, channel: str | None = None, active: bool = False, watches: bool | None = False
) -> list[Subscription]:
    """Subscriptions by name: all, those of one channel, or those that are sent.

    Watches are what is listed when `watches` is True, and are listed too when it is None.
    """
    wanted = _there().order_by(SubscriptionRow.name)
    if watches is not None:
        wanted = wanted.where(SubscriptionRow.watch.is_(watches))
    if channel is not None:
        wanted = wanted.where(SubscriptionRow.channel == channel)
    if active:
        wanted = wanted.where(SubscriptionRow.paused.is_(None))
    return [_kept(row) for row in session.execute(wanted).all()]


def hold(session: Session, subscription: int) -> Subscription | None:
    """The subscription as it is; who else holds it waits until this transaction ends. None: it is gone."""
    wanted = _there().where(SubscriptionRow.id == subscription).with_for_update()
    row = session.execute(wanted).one_or_none()
    return None if row is None else _kept(row)


def get(session: Session, subscription: int) -> Subscription | None:
    """The subscription as it is. None: it is gone."""
    row = session.execute(_there().where(SubscriptionRow.id == subscription)).one_or_none()
    return None if row is None else _kept(row)


def find(session: Session, named: str) -> Subscription | None:
    """The subscription with this name or id; a name goes before an id."""
    meant = or_(SubscriptionRow.name == named, SubscriptionRow.id == typed_id(named))
    rows = session.execute(_there().where(meant)).all()
    found = sorted((_kept(row) for row in rows), key=lambda kept: kept.name != named)
    return found[0] if found else None


def _there() -> Select[Any]:
    """Those that are not removed."""
    return select(*_COLUMNS).where(SubscriptionRow.removed_at.is_(None))


def _written(plan: Plan) -> dict[str, Any]:
    values = {field.name: getattr(plan, field.name) for field in fields(Plan)}
    values["times"] = json.dumps([each.isoformat("minutes") for each in plan.times])
    values["weekdays"] = json.dumps(list(plan.weekdays))
    values["tiers"] = json.dumps([tier.value for tier in plan.tiers])
    return values


def _kept(row: Row[Any]) -> Subscription:
    values = dict(row._mapping)
    values["times"] = tuple(time.fromisoformat(each) for each in json.loads(values["times"]))
    values["weekdays"] = tuple(json.loads(values["weekdays"]))
    values["tiers"] = tuple(Tier(each) for each in json.loads(values["tiers"]))
    return Subscription(**values)
