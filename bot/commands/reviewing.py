"""`review`: the last seven days at a glance."""

from dataclasses import replace

from bot.commands.answer import Answer, Ask
from bot.commands.room import Room
from bot.core.asking.query import parse
from bot.core.telling import weekly as rendering
from bot.core.telling.phrases import phrases
from bot.work import weekly


def review(room: Room, ask: Ask) -> Answer:
    """What was done in the last seven days, what moved on, and what is told more than usual."""
    packs = room.understander.packs
    query = str(parse(ask.words, packs, begins=ask.begins))
    plan = replace(room.usual_plan, name=query or "Review", query=query, channel=ask.asker.channel)
    week = weekly.gather(room.database, packs, plan, end=ask.now, lines=room.understander.lines)
    made = weekly.drawn(week, timezone=plan.timezone, words=phrases(plan.language))
    return Answer(made, rendering.as_json(week))
