"""What is fitted to labelled stories, printed for a person to take over: `python -m bot.cli.fitting --help`.

For whoever keeps the packs and the weights; the bot itself fits nothing.
"""

import csv
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.frame import in_words, say

app = typer.Typer(
    help="Fit numbers to labelled stories, and print them for a person to take over.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Stories = Annotated[
    str, typer.Argument(metavar="STORIES", help='JSON Lines: {"id", "title", "text", "tier", "labels"}.')
]


@app.command("events")
def events(
    files: Annotated[
        list[str],
        typer.Argument(metavar="STORIES...", help='JSON Lines: {"id", "title", "text", "tier", "event"}.'),
    ],
) -> None:
    """The weights of events, and how well stories group with their events left out of the fit."""
    with in_words():
        from bot.core.understand import Understander
        from bot.packs.reader import load
        from bot.work.fit_events import labelled, told

        decides = Understander(load())
        read = [one for file in files for one in labelled(Path(file).name, _rows(file), decides)]
        for line in told(read):
            say(line)


@app.command("scores")
def scores(
    file: Annotated[str, typer.Argument(metavar="SEEN", help="Counts as CSV: docs/first-sight.csv.")],
) -> None:
    """The slope of each topic's score, and how often scores were right with a set left out of the fit."""
    with in_words():
        from bot.work.calibrate import read, told

        for line in told(read(Path(file))):
            say(line)


@app.command("seen")
def seen(name: Annotated[str, typer.Argument(metavar="SET")], file: Stories) -> None:
    """The counts that a set adds for `scores`; they say something only before its stories taught anything."""
    with in_words():
        from bot.core.understand import Understander
        from bot.packs.reader import load
        from bot.work.calibrate import tally

        counts = tally(name, _rows(file), Understander(load()))
        csv.writer(sys.stdout, lineterminator="\n").writerows(counts)


def _rows(file: str) -> list[dict[str, Any]]:
    """The labelled stories of a file. Raises InputError that names the line, and what would be right."""
    from bot.cli.lines import opened, stories
    from bot.errors import InputError
    from bot.work.evaluate import label_of

    with opened(file) as lines:
        found = stories(lines, label_of)
        if not found:
            raise InputError("no labelled story is in it, and nothing can be fitted to nothing")
        return found


if __name__ == "__main__":
    app()
