"""`export`: what matches, as a table for a spreadsheet."""

import csv
import io
from itertools import islice
from typing import Final

from bot.commands.answer import Answer, Ask, Attachment
from bot.commands.room import Room
from bot.core.documents import Document, Facts, Notice, Part, Span, plain
from bot.core.query import parse
from bot.core.wording import many
from bot.errors import UserError
from bot.work.export import COLUMNS, row
from bot.work.export import export as records

MOST: Final = 5_000
"""Lines of a file; `steppewatch export` knows no such bound."""


def export(room: Room, ask: Ask) -> Answer:
    """Events, stories or actions that match, as a CSV file."""
    first, _, rest = ask.words.partition(" ")
    what = first.casefold() if first.casefold() in COLUMNS else "events"
    words = rest.lstrip() if first.casefold() == what else ask.words
    begins = ask.begins + len(ask.words) - len(words)
    packs = room.understander.packs
    query = parse(words, packs, begins=begins)
    found = records(room.database, what, query, now=ask.now, expand=packs.labels)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")  # RFC 4180
    writer.writerow(COLUMNS[what])
    lines = [row(what, record) for record in islice(found, MOST + 1)]
    if not lines:
        raise UserError(f"nothing to export: no {what} match {str(query) or 'it'}", at=begins)
    writer.writerows(lines[:MOST])
    number = min(len(lines), MOST)
    title = f"{many(number, *_NOUNS[what])} exported"
    parts: list[Part] = [
        Facts(
            (
                ("Query", (Span(str(query), style="code"),) if str(query) else plain("everything")),
                ("Columns", plain(", ".join(COLUMNS[what]))),
            )
        )
    ]
    if len(lines) > MOST:
        parts.append(Notice(f"A file holds {MOST:,} of them at most; since: and before: part them."))
    name = f"{what}-{ask.now:%Y-%m-%d}.csv"
    # Without a mark at its start spreadsheets take the file for one of their own old encodings.
    attached = Attachment(name=name, title=f"{title}: {query}"[:200], body="\ufeff" + written.getvalue())
    return Answer(
        Document(title=title, parts=tuple(parts), gist=title),
        {"what": what, "query": str(query), "lines": number, "csv": written.getvalue()},
        file=attached,
    )


_NOUNS: Final = {
    "events": ("event", "events"),
    "stories": ("story", "stories"),
    "actions": ("action", "actions"),
}
