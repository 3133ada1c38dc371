"""`digest`: composed and printed as people or programs want it; posted only when that is said."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final
from zoneinfo import ZoneInfo

import typer

from bot.cli.frame import Context, Format, command, say, say_json, show
from bot.errors import UserError

if TYPE_CHECKING:
    from bot.core.event import Digest
    from bot.core.subscription import Plan, Subscription
    from bot.wiring import World

_USUAL_WINDOW: Final = timedelta(hours=24)


class Shape(StrEnum):
    """How a digest can be shown."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    BLOCKS = "blocks"


@dataclass(frozen=True, slots=True)
class Window:
    """The time that is told: (start, end]."""

    start: datetime
    end: datetime


def register(app: typer.Typer) -> None:
    """Put the command of this file under `app`."""
    app.command("digest")(digest)


def digest(
    context: Context,
    *,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="A subscription; without it, everything that is flagged.")
    ] = "",
    since: Annotated[
        str,
        typer.Option(
            metavar="TIME",
            help="How far back, as since: has it: 24h, 4d, 1m (a month); else to the slot before.",
        ),
    ] = "",
    at: Annotated[
        str,
        typer.Option(metavar="ISO", help="As of then: 2026-02-06T09:00Z; UTC without a zone."),
    ] = "",
    query: Annotated[str, typer.Option(metavar="QUERY", help="Without NAME: only what matches.")] = "",
    form: Annotated[Shape, typer.Option("--format", help="blocks are what Slack is sent.")] = Shape.TEXT,
    post: Annotated[bool, typer.Option("--post", help="Post NAME's last slot, unless it was.")] = False,
) -> None:
    """Compose a digest from what is stored, and print it; the same moment gives the same digest."""
    length = _length(since)
    end = _moment(at)
    if post and not name:
        raise typer.BadParameter("NAME says which subscription is posted", param_hint="--post")
    if query and name:
        raise typer.BadParameter("a subscription has a query of its own", param_hint="--query")
    with command(context) as world:
        world.keep_in_step(only_new=not post)
        subscription = _subscription(world, name) if name else None
        if post and subscription is not None:
            _post(world, subscription, end or world.clock.now(), length, form)
            return
        plan = subscription or replace(world.usual_plan, name="Digest", query=query)
        window = _window(plan, end or world.clock.now(), length, named=subscription is not None)
        from bot.work.compose import compose

        packs = world.understander.packs
        _print(compose(world.database, packs, plan, start=window.start, end=window.end), plan, form)


def _print(made: "Digest", plan: "Plan", form: Shape) -> None:
    from bot.core.telling.digest import as_json, document
    from bot.core.telling.phrases import phrases

    told = document(made, zone=ZoneInfo(plan.timezone), most=plan.most, words=phrases(plan.language))
    match form:
        case Shape.TEXT:
            show(told, {}, Format.TEXT)
        case Shape.JSON:
            say_json(as_json(made))
        case Shape.HTML:
            from bot.surfaces import html

            say(html.page(told).rstrip("\n"))
        case Shape.BLOCKS:
            from bot.surfaces.slack import render

            say(render.as_json(render.render(told)))


def _post(
    world: "World", subscription: "Subscription", now: datetime, length: timedelta | None, form: Shape
) -> None:
    """Post the last slot up to `now`, through the row that makes it happen once."""
    from bot.core.wording import minute
    from bot.store import deliveries
    from bot.work.deliver import deliver_slot

    poster = world.poster
    slot = _slot(subscription, now)
    with world.database.reading() as session:
        before = deliveries.of_slot(session, subscription.id, slot)
    start = slot - length if length is not None else None
    try:
        after = deliver_slot(
            world.database,
            poster,
            world.compose,
            world.clock,
            subscription=subscription,
            slot=slot,
            start=start,
        )
    except LookupError as error:
        raise UserError(f"{subscription.name}: {error}") from None
    was_there = before is not None and before.state in ("sent", "skipped")
    facts: Mapping[str, object] = {
        "subscription": subscription.name,
        "slot": slot.isoformat(),
        "channel": after.channel,
        "state": after.state,
        "ts": after.ts,
        "posted_now": after.state == "sent" and not was_there,
    }
    when = f"{subscription.name}, {minute(slot)}"
    if form is Shape.JSON:
        say_json(facts)
    elif after.state == "sent":
        said = "was posted already; it is not posted again" if was_there else "posted"
        say(f"{when}: {said} ({after.channel}, {after.ts})")
    elif after.state == "skipped":
        say(f"{when}: there is nothing to tell, and quiet days are not told")
    if after.state not in ("sent", "skipped"):
        raise UserError(
            f"{when}: not posted, it is {after.state} ({after.error or 'another process has it'})"
        )


def _subscription(world: "World", name: str) -> "Subscription":
    from bot.core.asking.query import suggestion
    from bot.store import subscriptions

    with world.database.reading() as session:
        found = subscriptions.find(session, name)
        known = [each.name for each in subscriptions.listing(session)]
    if found is None:
        near = suggestion(name, known) or (
            f"; there are {', '.join(known)}" if known else "; there is none yet"
        )
        raise UserError(f"there is no subscription called {name!r}{near}")
    return found


def _window(plan: "Plan", end: datetime, length: timedelta | None, *, named: bool) -> Window:
    from bot.core.subscribing import holidays
    from bot.core.subscribing.slots import slot_before

    if length is None and named:
        skip = holidays.of(plan.holidays)
        start = slot_before(plan.times, ZoneInfo(plan.timezone), plan.weekdays, end, skip=skip)
        return Window(start or end - _USUAL_WINDOW, end)
    return Window(end - (length or _USUAL_WINDOW), end)


def _slot(plan: "Plan", now: datetime) -> datetime:
    from bot.core.subscribing import holidays
    from bot.core.subscribing.slots import slot_before

    zone, skip = ZoneInfo(plan.timezone), holidays.of(plan.holidays)
    slot = slot_before(plan.times, zone, plan.weekdays, now + timedelta(microseconds=1), skip=skip)
    if slot is None:
        raise UserError(f"{plan.name} has had no slot for weeks")
    return slot


def _length(text: str) -> timedelta | None:
    from bot.core.asking.periods import period

    if not text:
        return None
    found = period(text.strip().lower())
    if found is None:
        raise typer.BadParameter(
            f"{text!r} is not a length of time: 24h, 7d, 2w, 1m (a month) and 1y are", param_hint="--since"
        )
    if not timedelta(0) < found <= timedelta(days=3650):
        raise typer.BadParameter("more than nothing and at most ten years", param_hint="--since")
    return found


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.strip())
        aware = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        _ = aware - timedelta(days=3660), aware + timedelta(days=3660)  # there must be room for any window
    except (ValueError, OverflowError):
        raise typer.BadParameter(
            f"{text!r} is not a moment as 2026-02-06T09:00Z", param_hint="--at"
        ) from None
    return aware
