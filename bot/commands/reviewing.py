"""`review`: the last seven days at a glance, or up to three weeks of them."""

from dataclasses import replace
from datetime import datetime

from bot.commands.answer import Answer, Ask
from bot.commands.room import Room
from bot.core.asking.options import Options, take
from bot.core.asking.query import fields_of, moment, parse
from bot.core.telling import weekly as rendering
from bot.core.telling.phrases import phrases
from bot.errors import UserError
from bot.work import weekly


def review(room: Room, ask: Ask) -> Answer:
    """What was done in the last seven days or since `since:`, what moved on, what is told more than usual."""
    packs = room.understander.packs
    options = take(ask.words, ["since", "before"], begins=ask.begins)
    start = _start(options, ask)
    query = parse(options.rest, packs, begins=ask.begins)
    if any(True for name in ("since", "before") for _ in fields_of(query, name)):
        told = "a review is of one stretch of time: since: stands by itself, without -, OR and parentheses"
        raise UserError(told, at=ask.begins)
    said = str(query)
    plan = replace(room.usual_plan, name=said or "Review", query=said, channel=ask.asker.channel)
    week = weekly.gather(room.database, packs, plan, start=start, end=ask.now, lines=room.understander.lines)
    made = weekly.drawn(week, timezone=plan.timezone, words=phrases(plan.language))
    return Answer(made, rendering.as_json(week))


def _start(options: Options, ask: Ask) -> datetime | None:
    """Where it begins; None: where nothing was said. Raises UserError for what no review tells of."""
    if "before" in options.values:
        told = "a review ends now; search and export take before:"
        raise UserError(told, at=options.places["before"])
    if "since" not in options.values:
        return None
    at = options.places["since"]
    asked = parse(f'since:"{options.values["since"]}"', begins=at - len('since:"'))
    start = max(moment(value, ask.now) for field in fields_of(asked, "since") for value in field.values)
    if start >= ask.now:
        raise UserError("since: is not in the past", at=at)
    if start < ask.now - weekly.LONGEST:
        raise UserError("a review looks back 21 days at most; trend and search look further", at=at)
    return start
