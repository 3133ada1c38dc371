"""All commands under one name. What they need is imported when they run: `--help` is quick."""

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from bot.cli import (
    configuration,
    database,
    demo,
    digest,
    doctor,
    feeds,
    packs,
    reading,
    running,
    slack,
    stories,
)


class Commands(TyperGroup):
    """All of them. What an option wants is told without the name of the library's error."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = error.message.removeprefix("Value error, ")
            raise


app = typer.Typer(
    name="steppewatch",
    cls=Commands,
    help="Tracks policy on Central Asia and critical minerals, and tells Slack.",
    epilog="The configuration is --config FILE, else STEPPEWATCH_CONFIG, else ./steppewatch.toml if there is "
    "one. Exit codes: 0 done, 1 could not, 2 the words made no sense.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        from bot import __version__

        typer.echo(f"steppewatch {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    config: Annotated[
        str | None,
        typer.Option("--config", metavar="FILE", help="The TOML file to go by.", show_default=False),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Options that stand before the command; `frame.command` reads them."""


for _module in (running, demo, digest, reading, stories, doctor):
    _module.register(app)
app.add_typer(feeds.app, name="feeds")
app.add_typer(packs.app, name="packs")
app.add_typer(database.app, name="db")
app.add_typer(configuration.app, name="config")
app.add_typer(slack.app, name="slack")
