"""`digest`: what a digest would say now. Nothing is posted, and nothing counts as told."""

from dataclasses import replace
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.commands import place, subscribing
from bot.commands.answer import Answer, Ask
from bot.commands.room import Room
from bot.core.asking.options import take
from bot.core.asking.query import fields_of, moment, parse
from bot.core.documents import Button, Buttons, Notice, Part
from bot.core.subscription import Plan, Subscription
from bot.core.telling import digest as rendering
from bot.errors import Fix, UserError
from bot.store import subscriptions
from bot.work.compose import compose

USUAL: Final = timedelta(days=1)
LONGEST: Final = timedelta(days=31)

_LATELY: Final = {
    **dict.fromkeys(("now", "today", "latest", "all", "everything", "list"), ""),
    **dict.fromkeys(("yesterday", "of yesterday", "since yesterday"), "since:2d"),
    **dict.fromkeys(("week", "this week", "last week", "weekly"), "since:7d"),
}
"""What people call a digest of, and what says it."""


def digest(room: Room, ask: Ask) -> Answer:
    """The digest of a subscription here, or of everything, for the last day or `since:`."""
    ask = place.said_in(ask)
    options = take(ask.words, ["since"], begins=ask.begins)
    wanted = " ".join(options.rest.split()).strip('"')
    with room.database.reading() as session:
        here = subscriptions.listing(session, channel=ask.asker.within)
    plan = _chosen(room, ask, wanted, here)
    start = ask.now - USUAL
    if value := options.values.get("since"):
        said = f'since:"{value}"'
        asked = parse(said, begins=options.places["since"] - len("since:"))
        start = max(
            *(moment(each.values[0], ask.now) for each in fields_of(asked, "since")), ask.now - LONGEST
        )
    if start >= ask.now:
        raise UserError("since: is not in the past", at=options.places["since"])
    here_too = replace(plan, channel=plan.channel or ask.asker.channel)
    made = compose(room.database, room.understander.packs, here_too, start=start, end=ask.now)
    told = rendering.document(made, zone=ZoneInfo(plan.timezone), most=plan.most)
    others = [each for each in here if each.name != plan.name]
    parts: list[Part] = [*told.parts, Notice("Shown to you alone; nothing was posted.")]
    if others:
        parts.append(Buttons(tuple(Button(each.name, f"digest {each.name}") for each in others[:5])))
    return Answer(replace(told, parts=tuple(parts)), rendering.as_json(made))


def _chosen(room: Room, ask: Ask, wanted: str, here: list[Subscription]) -> Plan:
    """The subscription that was named; without a name the channel's first, or everything."""
    if not wanted:
        everything = replace(room.usual_plan, name="Digest")
        return here[0] if here and ask.asker.channel else everything
    if wanted.casefold() in _LATELY:
        right = f"digest {_LATELY[wanted.casefold()]}".strip()
        raise UserError(f"did you mean {right}?", at=ask.begins, fix=Fix(0, None, right))
    return subscribing.named(here, wanted, ask.begins)
