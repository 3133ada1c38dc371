"""`config`: an example to begin with, and a look at the one there is."""

import os
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.frame import Context, Format, FormatOption, config_option, in_words, say, say_json
from bot.errors import ConfigError

app = typer.Typer(help="The configuration: an example of it, and whether it is right.", no_args_is_help=True)


@app.command("example")
def show_example(
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="A new file to write it to."),
    ] = None,
) -> None:
    """Print every setting with what it means and its default; it makes a good steppewatch.toml."""
    with in_words():
        from bot.config.example import example

        if output is None:
            say(example().rstrip("\n"))
        else:
            with output.open("x", encoding="utf-8") as file:
                try:
                    file.write(example())
                    file.flush()
                except OSError as error:
                    output.unlink()  # half of it is none
                    raise OSError(error.errno, error.strerror, str(output)) from error
            say(f"{output}: written")


@app.command("check")
def check_config(context: Context, form: FormatOption = Format.TEXT) -> None:
    """Say whether the configuration is right, or everything that is wrong with it."""
    with in_words():
        from bot.config import find
        from bot.core.wording import many
        from bot.wiring import World
        from bot.work.standing import check_queries

        option = config_option(context)
        path = find(option, os.environ)
        try:
            with World.of(option, os.environ) as world:
                settings = world.settings
                if settings.subscriptions:
                    check_queries(settings, world.understander.packs, path)
        except ConfigError as error:
            problems = [*error.problems, *_of_what_is_left(error, path)]
            if form is Format.JSON:
                say_json({"file": str(path) if path else None, "ok": False, "problems": problems})
            raise ConfigError(problems) from None
        if form is Format.JSON:
            say_json({"file": str(path) if path else None, "ok": True, "problems": []})
            return
        where = str(path) if path else "no file, the defaults"
        count = many(len(settings.feeds), "feed"), many(len(settings.subscriptions), "subscription")
        say(f"{where}: good ({', '.join(count)})")
        for notice in (*settings.lacking_for_slack(), *settings.called_by_name()):
            say(f"Slack: {notice}")


def _of_what_is_left(error: ConfigError, path: Path | None) -> tuple[str, ...]:
    """What else is wrong with the queries of a configuration that is not right: all is told at once."""
    from bot.clock import SystemClock
    from bot.config import SettingsError
    from bot.wiring import World
    from bot.work.standing import check_queries

    rest = error.rest if isinstance(error, SettingsError) else None
    if rest is None or not rest.subscriptions:
        return ()
    try:
        check_queries(rest, World(rest, SystemClock()).understander.packs, path)
    except ConfigError as more:
        return more.problems
    return ()
