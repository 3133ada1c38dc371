"""`ask`: a question in a person's own words, answered as `search`, with what was understood of it."""

from dataclasses import replace

from bot.commands import lookup
from bot.commands.answer import Answer, Ask
from bot.commands.room import Room
from bot.core.asking.asked import understand
from bot.core.asking.query import And
from bot.core.documents import Button, Buttons, Notice, Paragraph, Part, Span
from bot.errors import UserError

EXAMPLE = "tungsten in Kazakhstan this month?"


def ask(room: Room, ask: Ask) -> Answer:
    """Events that a question is about. The query stands above them, for the asker to correct."""
    understood = understand(ask.words, room.understander.packs, ask.now)
    if understood.query == And():
        raise UserError(
            f"ask for a country, a mineral, a kind of action or other words: {EXAMPLE}", at=ask.begins
        )
    query = str(understood.query)
    found = lookup.search(room, replace(ask, words=query, begins=0))
    told: list[Part] = [Paragraph((Span("Understood as "), Span(f"search {query}", style="code")))]
    if not found.data.get("total"):
        told.append(Notice("Ask in fewer words, or for a longer time."))
    related = Buttons((Button("By week", f"trend {query}"), Button("The newest first", f"latest {query}")))
    document = replace(found.document, parts=(*told, *found.document.parts, related))
    return replace(
        found,
        document=replace(document, gist=f"Understood as {query}. {document.gist}"),
        data={**found.data, "dropped": list(understood.dropped)},
    )
