"""`classify`, `cluster`, `eval`: stories from a file, without a database."""

import sys
from typing import Annotated

import typer

from bot.cli.frame import Context, Format, FormatOption, command, json_line, progress, say, show, waiting

LinesArgument = Annotated[
    str, typer.Argument(metavar="FILE|-", help='JSON Lines: {"id", "title", "text"}; - is stdin.')
]


def register(app: typer.Typer) -> None:
    """Put the commands of this file under `app`."""
    app.command("classify")(classify)
    app.command("cluster")(cluster)
    app.command("eval")(evaluate)


def classify(context: Context, file: LinesArgument = "-") -> None:
    """Decide stories: JSON Lines in, JSON Lines out in the same order, with the words that decided."""
    with command(context) as world:
        from bot.cli.lines import count, items, opened
        from bot.core.as_json import decision_json

        with opened(file) as lines:
            # All of it is found good before the first answer: nothing is ever half written.
            total = count(lines)
            understander = world.understander
            # Where the answers scroll by, a bar would only be in their way.
            with progress(of="Deciding", total=total, unless=sys.stdout.isatty()) as step:
                for item in items(lines):
                    decision = understander.decide(item.article)
                    say(json_line({"id": item.id} | decision_json(decision)))
                    step()


def cluster(context: Context, file: LinesArgument = "-") -> None:
    """Gather stories into events: a set of stories in, the event of each out."""
    with command(context) as world:
        from bot.cli.lines import opened, stories
        from bot.work.cluster import cluster as events_of

        with opened(file) as lines:
            found = stories(lines)
        with waiting("Gathering events"):
            events = events_of(found, world.understander)
        for record, told in zip(found, events, strict=True):
            say(json_line({"id": record["id"], "event": told["event"]}))


def evaluate(
    context: Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="Labelled stories as JSON Lines; - is stdin.")],
    actions: Annotated[
        str,
        typer.Option(
            metavar="FILE", help='Labelled actions: {"key" (an event or id), "instrument", "stage"}.'
        ),
    ] = "",
    form: FormatOption = Format.TEXT,
) -> None:
    """Measure decisions and events against labels: precision, recall, F1, and the wrong ones with reasons."""
    with command(context) as world:
        from bot.cli.lines import labelled, opened, stories
        from bot.core.actions.scores import label_of as action_of
        from bot.errors import InputError
        from bot.work.evaluate import evaluate as measure
        from bot.work.evaluate import label_of

        with opened(file) as lines:
            found = stories(lines, label_of)
        if not found:
            raise InputError(f"{file}: no labelled story is in it, and of nothing everything is right")
        told = []
        if actions:
            with opened(actions) as lines:
                told = labelled(lines, action_of)
        answer = measure(found, world.understander)
        if actions:
            from bot.work.evaluate_actions import with_actions

            answer = with_actions(answer, found, told, world.understander)
        show(answer.document, answer.data, form)
