"""`slack`: what Slack has to be told about the bot."""

from typing import Annotated
from urllib.parse import urlsplit

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
    if url and not _reachable(url):
        raise typer.BadParameter(
            f"{url!r} is no address that Slack reaches; https://HOST/slack/events would be",
            param_hint="--url",
        )
    with command(context) as world:
        from bot.surfaces.slack.manifest import manifest as text

        mode = "http" if url else world.settings.slack.mode
        say(text(mode=mode, url=url).rstrip("\n"))


def _reachable(url: str) -> bool:
    """Whether Slack sends anything there: it asks for https."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and not any(map(str.isspace, url))
