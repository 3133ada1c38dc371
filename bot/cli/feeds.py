"""`feeds`: who is polled."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.frame import Context, Format, FormatOption, command, say, show
from bot.errors import UserError

if TYPE_CHECKING:
    from bot.store.feeds import KnownFeed
    from bot.wiring import World

app = typer.Typer(help="The feeds that are polled.", no_args_is_help=True)

FeedArgument = Annotated[str, typer.Argument(metavar="FEED", help="Its number, address or name.")]


@app.command("list")
def list_feeds(
    context: Context,
    words: Annotated[
        str, typer.Argument(metavar="WORDS", help="Only those whose name or address holds this.")
    ] = "",
    form: FormatOption = Format.TEXT,
) -> None:
    """List the feeds with their state, those first that cannot be read."""
    with command(context) as world:
        from bot.commands.answer import Asker
        from bot.commands.registry import answer

        world.keep_in_step()
        found = answer(world, f"feeds {words}".strip(), Asker(), world.clock.now())
        show(found.document, found.data, form)


@app.command("remove")
def remove_feed(context: Context, feed: FeedArgument) -> None:
    """Poll FEED no more. Its stories stay."""
    with command(context) as world:
        from bot.store import feeds

        world.keep_in_step()
        found = _named(world, feed)
        if found.origin == "config":
            raise UserError(f"feed {found.id}, {found.url}, is in the configuration: take it out there")
        with world.database.writing() as session:
            feeds.stop(session, found.id, "removed from the terminal")
        say(f"feed {found.id}: {found.url} is not polled any more")


def _named(world: "World", named: str) -> "KnownFeed":
    from bot.core.query import suggestion
    from bot.store import feeds

    with world.database.reading() as session:
        found = feeds.find(session, named)
        known = [feed.name for feed in feeds.listing(session, stopped=True)]
    if found is None:
        raise UserError(
            f"there is no feed {named!r}{suggestion(named, known)}; `steppewatch feeds list` lists them"
        )
    if found.state.stopped is not None:
        raise UserError(f"feed {found.id}, {found.url}, is not polled already: {found.state.stopped}")
    return found
