"""`export`: what matches, as a table for a spreadsheet or as references to cite."""

import csv
import io
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Final

from bot.commands.answer import Answer, Ask, Attachment
from bot.commands.room import Room
from bot.core.asking.options import take
from bot.core.asking.query import parse
from bot.core.documents import Document, Facts, Line, Notice, Part, Span, plain
from bot.core.wording import many
from bot.errors import UserError
from bot.work.citation import reference
from bot.work.export import COLUMNS, Record, row
from bot.work.export import export as records

MOST: Final = 5_000
"""Lines of a file; `steppewatch export` knows no such bound."""

FORMS: Final[Mapping[str, tuple[str, Line] | None]] = {
    "csv": None,
    "ris": ("Form", plain("RIS, for Zotero, EndNote and Mendeley")),
}
"""What a file can be, and what is said of it in the place of its columns."""


def export(room: Room, ask: Ask) -> Answer:
    """Events, stories or actions that match, as a file: CSV, or with as:ris references."""
    options = take(ask.words, ["as"], begins=ask.begins)
    form = options.values.get("as", "csv").casefold()
    if form not in FORMS:
        raise UserError(f"as: is one of {', '.join(FORMS)}", at=options.places["as"])
    typed = options.rest.rstrip()
    first, _, rest = typed.partition(" ")
    what = first.casefold() if first.casefold() in COLUMNS else "events"
    words = rest.lstrip() if first.casefold() == what else typed
    begins = ask.begins + len(typed) - len(words)
    packs = room.understander.packs
    query = parse(words, packs, begins=begins)
    found = records(room.database, what, query, now=ask.now, expand=packs.labels)
    lines = list(islice(found, MOST + 1))
    if not lines:
        raise UserError(f"nothing to export: no {what} match {str(query) or 'it'}", at=begins)
    written = _table(what, lines[:MOST]) if form == "csv" else "\n".join(map(reference, lines[:MOST]))
    number = min(len(lines), MOST)
    title = f"{many(number, *_NOUNS[what])} exported"
    parts: list[Part] = [
        Facts(
            (
                ("Query", (Span(str(query), style="code"),) if str(query) else plain("everything")),
                FORMS[form] or ("Columns", plain(", ".join(COLUMNS[what]))),
            )
        )
    ]
    if len(lines) > MOST:
        parts.append(Notice(f"A file holds {MOST:,} of them at most; since: and before: part them."))
    name = f"{what}-{ask.now:%Y-%m-%d}.{form}"
    # Without a mark at its start spreadsheets take the file for one of their own old encodings.
    mark = "\ufeff" if form == "csv" else ""
    attached = Attachment(name=name, title=f"{title}: {query}"[:200], body=mark + written)
    return Answer(
        Document(title=title, parts=tuple(parts), gist=title),
        {"what": what, "query": str(query), "lines": number, form: written},
        file=attached,
    )


def _table(what: str, lines: Sequence[Record]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")  # RFC 4180
    writer.writerow(COLUMNS[what])
    writer.writerows(row(what, record) for record in lines)
    return written.getvalue()


_NOUNS: Final = {
    "events": ("event", "events"),
    "stories": ("story", "stories"),
    "actions": ("action", "actions"),
}
