"""`slack`: what Slack has to be told about the bot."""

from typing import Annotated

import typer

from bot.cli.frame import Context, command, say

app = typer.Typer(help="Slack's side of it.", no_args_is_help=True)


@app.command("manifest")
def manifest(
    context: Context,
    url: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS", help="For http mode: where Slack reaches the bot, https://HOST/slack/events."
        ),
    ] = "",
) -> None:
    """Print the manifest of the app, to be pasted at api.slack.com/apps under From a manifest."""
    with command(context) as world:
        from bot.surfaces.slack.manifest import manifest as text

        mode = "http" if url else world.settings.slack.mode
        say(text(mode=mode, url=url).rstrip("\n"))
