"""`ask` and `export`: what is known, for people and for programs."""

import csv
import sys
from enum import StrEnum
from typing import Annotated

import typer

from bot.cli.frame import Context, Format, FormatOption, command, say, say_lines, show


class What(StrEnum):
    """What can be exported."""

    STORIES = "stories"
    EVENTS = "events"
    ACTIONS = "actions"


class Lines(StrEnum):
    """What records are written as: a line each, one array of the same, references, or a feed."""

    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"
    RIS = "ris"
    ATOM = "atom"


def register(app: typer.Typer) -> None:
    """Put the commands of this file under `app`."""
    # In a query "-word" is "not this word", and no option.
    a_query = {"ignore_unknown_options": True}
    app.command("ask", context_settings=a_query)(ask)
    app.command("export", context_settings=a_query)(export)


def ask(
    context: Context,
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS", help='As after /policy: "search tungsten country:kz".')
    ],
    form: FormatOption = Format.TEXT,
) -> None:
    """Answer a slash command here in the terminal; `ask help` lists them."""
    with command(context) as world:
        from bot.commands.answer import Asker
        from bot.commands.registry import answer

        found = answer(world, " ".join(words), Asker(), world.clock.now())
        if found.file is not None and form is Format.TEXT:
            say(found.file.body.removeprefix("\ufeff").replace("\r\n", "\n").rstrip("\n"))
            return
        show(found.document, found.data, form)


def export(
    context: Context,
    what: Annotated[What, typer.Argument(help="What to write out.")],
    query: Annotated[list[str] | None, typer.Argument(metavar="QUERY", help="As in `ask search`.")] = None,
    form: Annotated[
        Lines,
        typer.Option(
            "--format", help="JSON Lines; CSV for a spreadsheet; RIS for citing; Atom to be followed."
        ),
    ] = Lines.JSONL,
) -> None:
    """Write out what is stored, one record a line, with ids that stay."""
    with command(context) as world:
        from bot.core.asking.query import parse
        from bot.work.atom import feed
        from bot.work.citation import reference
        from bot.work.export import COLUMNS, row
        from bot.work.export import export as records

        wanted = parse(" ".join(query or []), world.understander.packs)
        found = records(
            world.database, what.value, wanted, now=world.clock.now(), expand=world.understander.packs.labels
        )
        if form is Lines.RIS:
            for record in found:
                say(reference(record))
            return
        if form is Lines.ATOM:
            for line in feed(found, f"Steppewatch: {what.value} {wanted}".rstrip()):
                say(line)
            return
        if form is not Lines.CSV:
            say_lines(found, as_array=form is Lines.JSON)
            return
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(COLUMNS[what.value])
        writer.writerows(row(what.value, record) for record in found)
