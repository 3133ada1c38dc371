"""Subscriptions in words: what they tell, when, and when next."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.asking.spoken import DAYS
from bot.core.documents import Bullets, Button, Buttons, Heading, Line, Part, Span, plain
from bot.core.event import Event
from bot.core.subscribing import holidays
from bot.core.subscribing.slots import next_slot
from bot.core.subscription import EVERY_DAY, WORKING_DAYS, Plan, Subscription
from bot.core.wording import country_name, minute, short_day

SHOWN: Final = 5
"""Events that are named."""


def facts(plan: Subscription, now: datetime) -> tuple[tuple[str, Line], ...]:
    """All that there is to say of a subscription, by names."""
    coming = next_time(plan, now)
    away = f", not on holidays of {country_name(plan.holidays)}" if plan.holidays else ""
    told: list[tuple[str, Line]] = [
        ("Query", asked_for(plan)),
        ("Tells", plain(", ".join(plan.tiers))),
        ("When", plain(f"{when(plan)}{away}")),
        ("Channel", (Span(plan.channel, style="channel"),)),
    ]
    if plan.alerts:
        told.append(("Alerts", plain("at once what is core and done, by an official word or two others")))
    if plan.review is not None:
        told.append(("Review", plain(f"of the week, on {DAYS[plan.review]}")))
    if plan.paused:
        told.append(("Paused", plain(plan.paused)))
    elif coming:
        told.append(("Next", plain(f"{there(plan, coming)} there, {minute(coming)}")))
    return tuple(told)


def listed(title: str, events: Sequence[Event]) -> list[Part]:
    """Events under a heading, the first of them by name; nothing where there are none."""
    if not events:
        return []
    lines = tuple(
        (Span(each.headline, url=each.stories[0].url), Span(f" {each.ref} · {each.tier}", style="soft"))
        for each in events[:SHOWN]
    )
    more = (plain(f"and {len(events) - SHOWN} more"),) if len(events) > SHOWN else ()
    return [Heading(title, level=3), Bullets((*lines, *more))]


def doing(plan: Subscription) -> Buttons:
    """What can be done with a subscription. Each takes effect where it stands, but for the form."""
    row = [Button("Resume", f"resume {plan.name}", "more")]
    if not plan.paused:
        row = [Button("Pause", f"pause {plan.name}", "more")]
    if plan.origin == "user":
        row.append(Button("Change", f"change {plan.name}"))
        row.append(Button("Unsubscribe", f"unsubscribe {plan.name}", "more"))
    return Buttons((*row, Button("What it would say now", f"digest {plan.name}")))


def next_time(plan: Plan, now: datetime) -> datetime | None:
    """When it is told next; None: never."""
    skip = holidays.of(plan.holidays)
    return next_slot(plan.times, ZoneInfo(plan.timezone), plan.weekdays, now, skip=skip)


def there(plan: Plan, moment: datetime) -> str:
    """A moment on the clocks of a plan: "Mon 9 Feb 08:30"."""
    clock = moment.astimezone(ZoneInfo(plan.timezone))
    return f"{clock:%a} {short_day(clock)} {clock:%H:%M}"


def when(plan: Plan) -> str:
    """The timetable of a plan in a line."""
    times = ",".join(each.isoformat("minutes") for each in plan.times)
    return f"{times} {days(plan.weekdays)}, {plan.timezone}"


def asked_for(plan: Plan) -> Line:
    """What a plan asks for."""
    return (Span(plan.query, style="code"),) if plan.query else plain("everything that is flagged")


def days(weekdays: Sequence[int]) -> str:
    """Days of the week, Monday is 0, as one says them."""
    known = {WORKING_DAYS: "on weekdays", EVERY_DAY: "every day"}
    return known.get(tuple(weekdays)) or "on " + ", ".join(DAYS[day] for day in weekdays)
