"""`digest`: what a digest would say now. Nothing is posted, and nothing counts as told."""

from dataclasses import replace
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.commands.answer import Answer, Ask
from bot.commands.room import Room
from bot.core import digest as rendering
from bot.core.documents import Button, Buttons, Notice, Part
from bot.core.options import take
from bot.core.query import moment, parse, suggestion
from bot.core.subscription import Plan, Subscription
from bot.errors import UserError
from bot.store import subscriptions
from bot.work.compose import compose

USUAL: Final = timedelta(days=1)
LONGEST: Final = timedelta(days=31)


def digest(room: Room, ask: Ask) -> Answer:
    """The digest of a subscription here, or of everything, for the last day or `since:`."""
    options = take(ask.words, ["since"], begins=ask.begins)
    wanted = " ".join(options.rest.split()).strip('"')
    with room.database.reading() as session:
        here = subscriptions.listing(session, channel=ask.asker.within)
    plan = _chosen(room, ask, wanted, here)
    start = ask.now - USUAL
    if value := options.values.get("since"):
        parse(f"since:{value}", begins=options.places["since"] - len("since:"))
        start = max(moment(value.casefold(), ask.now), ask.now - LONGEST)
    if start >= ask.now:
        raise UserError("since: is not in the past", at=options.places["since"])
    made = compose(
        room.database,
        room.understander.packs,
        name=plan.name,
        start=start,
        end=ask.now,
        query=plan.query,
        tiers=plan.tiers,
        channel=plan.channel or ask.asker.channel,
        most=plan.most,
    )
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
    found = next((each for each in here if wanted in (each.name, str(each.id))), None)
    if found is None:
        names = [each.name for each in here]
        hint = suggestion(wanted, names) or (
            f"; there are {', '.join(names)}" if names else "; there is none yet"
        )
        raise UserError(f"no subscription here is called {wanted[:80]!r}{hint}", at=ask.begins)
    return found
