"""`near`: what fell just short of being told in the last seven days, and whether it should have been."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.commands.answer import Answer, Ask
from bot.commands.room import Room
from bot.core.asking.query import parse
from bot.core.documents import Document, Notice
from bot.core.telling import near as rendering
from bot.core.wording import many
from bot.work import near as work

BACK: Final = timedelta(days=7)


def near(room: Room, ask: Ask) -> Answer:
    """Five near misses, each with what it lacked; votes on them teach this channel."""
    packs = room.understander.packs
    query = str(parse(ask.words, packs, begins=ask.begins))
    plan = replace(room.usual_plan, query=query, channel=ask.asker.channel)
    lines = room.understander.lines
    found = work.gather(room.database, packs, lines, plan, start=ask.now - BACK, end=ask.now)
    title = f"{many(len(found), 'near miss', 'near misses')} in 7 days" + (f" for {query}" if query else "")
    parts = rendering.section(found) or (Notice("Nothing fell just short of a line and was left untold."),)
    gist = " ".join([f"{title}.", *(f"{n}. {each.title}." for n, each in enumerate(found, 1))])
    data = {"query": query, "near": [rendering.as_json(each) for each in found]}
    return Answer(Document(title, parts, gist=gist), data)
