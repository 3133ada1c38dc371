"""`feeds`: who is polled."""

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.frame import (
    NO_FEED,
    Context,
    Format,
    FormatOption,
    command,
    complain,
    progress,
    say,
    say_json,
    show,
)
from bot.core.words import FeedKind
from bot.errors import InputError, UserError

if TYPE_CHECKING:
    from bot.wiring import World
    from bot.work.follow import Look

app = typer.Typer(help="The feeds that are polled.", no_args_is_help=True)

FeedArgument = Annotated[str, typer.Argument(metavar="FEED", help="Its number, address or name.")]


@app.command("add")
def add(
    context: Context,
    url: Annotated[str, typer.Argument(metavar="ADDRESS", help="Of a feed, or of a page that names feeds.")],
    *,
    name: Annotated[str, typer.Option(help="What to call it; else what it calls itself.")] = "",
    lang: Annotated[str, typer.Option(help="Its language, as ru; only a hint.")] = "",
    country: Annotated[str, typer.Option(help="Its country, as KZ.")] = "",
    kind: Annotated[str, typer.Option(help="Who speaks: official, agency, independent ...")] = "other",
    user_agent: Annotated[str, typer.Option(help="For a site that answers only to some.")] = "",
    unseen: Annotated[bool, typer.Option("--unseen", help="Without a look at it first.")] = False,
) -> None:
    """Poll ADDRESS from now on. A home page will do: its feeds are offered."""
    with command(context) as world:
        from bot.work.follow import described, follow

        said = {"name": name, "lang": lang, "country": country, "kind": kind, "user_agent": user_agent}
        new = described(url, said)
        world.keep_in_step()
        feed = follow(world.polling, new, world.clock.now(), by="terminal", unseen=unseen)
        say(f"feed {feed.id}: {_shown(feed.url)} ({feed.name})")


@app.command("list")
def list_feeds(
    context: Context,
    words: Annotated[
        str, typer.Argument(metavar="WORDS", help="Only those that have this in name or address.")
    ] = "",
    form: FormatOption = Format.TEXT,
) -> None:
    """List the feeds with their state, those first that cannot be read."""
    with command(context) as world:
        from bot.commands.answer import Asker
        from bot.commands.registry import answer

        world.keep_in_step()
        found = answer(world, f"feeds list {words}".rstrip(), Asker(), world.clock.now())
        show(found.document, found.data, form)


@app.command("remove")
def remove(context: Context, feed: FeedArgument) -> None:
    """Poll FEED no more. Its stories stay."""
    with command(context) as world:
        from bot.work.follow import unfollow

        world.keep_in_step()
        found, _ = unfollow(world.database, feed, by="terminal", now=world.clock.now())
        say(f"feed {found.id}: {_shown(found.url)} is not polled any more")


@app.command("release")
def release(
    context: Context,
    feed: FeedArgument,
    *,
    at_once: Annotated[bool, typer.Option("--now", help="Do it; else say what would be done.")] = False,
    form: FormatOption = Format.TEXT,
) -> None:
    """Let the stories be found and told that were held back when the site of FEED changed all its ids."""
    with command(context) as world:
        from bot.commands.answer import Asker
        from bot.commands.registry import answer

        said = f"feeds release {feed}{' now' if at_once else ''}"
        found = answer(world, said, Asker(), world.clock.now())
        show(found.document, found.data, form)


@app.command("check")
def check(
    context: Context,
    named: Annotated[
        list[str] | None,
        typer.Argument(metavar="FEED", help="Numbers, names or any addresses; else all that are polled."),
    ] = None,
    form: FormatOption = Format.TEXT,
) -> None:
    """Ask feeds now, and say what is wrong with each and what to do. Keeps nothing of it."""
    with command(context) as world:
        from bot.core.wording import held as held_back
        from bot.store import feeds
        from bot.work.follow import look

        world.keep_in_step()
        wanted = _wanted(world, named or [])
        if not wanted and form is Format.TEXT:
            say(NO_FEED)
        polling = world.polling
        with (
            progress(of="Asking", total=len(wanted)) as step,
            ThreadPoolExecutor(world.settings.poll.at_once) as pool,
        ):

            def one(asked: tuple[str, str, str]) -> "Look":
                found = look(polling, asked[1], user_agent=asked[2])
                step()
                return found

            looks = list(pool.map(one, wanted))
        if form is Format.JSON:
            say_json(
                {"feeds": [_as_json(name, seen) for (name, _, _), seen in zip(wanted, looks, strict=True)]}
            )
        else:
            with world.database.reading() as session:
                held = dict(feeds.health(session).held)
            for (name, _, _), seen in zip(wanted, looks, strict=True):
                _tell(name, seen)
                if name in held:
                    say(f"     {held_back(name, held[name])}")
        if not all(seen.readable for seen in looks):
            raise typer.Exit(1)


@app.command("starter")
def starter(
    context: Context,
    *,
    country: Annotated[list[str] | None, typer.Option(help="Only of this country, as KZ.")] = None,
    lang: Annotated[list[str] | None, typer.Option(help="Only in this language, as ru.")] = None,
    kind: Annotated[list[FeedKind] | None, typer.Option(help="Only of this kind.")] = None,
    follow: Annotated[bool, typer.Option("--follow", help="Poll them from now on.")] = False,
    form: FormatOption = Format.TEXT,
) -> None:
    """List the feeds that ship to begin with, or follow them."""
    with command(context) as world:
        from bot.packs.starter import chosen
        from bot.work.follow import follow_all, of_starter

        listed = chosen(countries=country or (), langs=lang or (), kinds=kind or ())
        if not listed:
            raise UserError("no feed of the starter list is like that; `steppewatch feeds starter` lists all")
        if follow:
            world.keep_in_step()
            added, _ = follow_all(world.polling, of_starter(listed), world.clock.now(), by="terminal")
            say(f"{len(added)} of {len(listed)} feeds are new and followed from now on")
        elif form is Format.JSON:
            say_json({"feeds": [asdict(one) for one in listed]})
        else:
            for one in listed:
                say(f"{one.country or '--'} {one.lang} {one.kind:12} {one.name}: {one.url}")


@app.command("import")
def import_list(
    context: Context, file: Annotated[str, typer.Argument(metavar="FILE|-", help="OPML; - is stdin.")] = "-"
) -> None:
    """Follow all feeds of an OPML list, without a look at them: the next poll shows which can be read."""
    with command(context) as world:
        from bot.fetch import opml
        from bot.work.follow import follow_all, of_list

        try:
            body = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
            wanted = of_list(opml.read(body))
        except InputError as error:
            raise InputError(f"{file}: {error}") from None
        world.keep_in_step()
        added, refused = follow_all(world.polling, wanted, world.clock.now(), by="terminal")
        for line in refused:
            complain(line)
        there = len(wanted) - len(added) - len(refused)
        say(f"{len(added)} feeds are followed from now on, {there} were already, {len(refused)} were refused")


@app.command("export")
def export_list(context: Context) -> None:
    """Print the feeds that are polled as OPML, for other readers or another Steppewatch."""
    with command(context) as world:
        from bot.fetch import opml
        from bot.store import feeds

        world.keep_in_step()
        with world.database.reading() as session:
            known = feeds.listing(session)
        outlines = [opml.Outline(f.url, f.name, f.lang, f.country, str(f.kind)) for f in known]
        say(opml.write(outlines, title="Feeds of Steppewatch").rstrip("\n"))


def _wanted(world: "World", named: list[str]) -> list[tuple[str, str, str]]:
    """What to ask, as name, address and user agent."""
    from bot.store import feeds
    from bot.work.follow import absolute
    from bot.work.follow import named as one_named

    if not named:
        with world.database.reading() as session:
            return [(feed.name, feed.url, feed.user_agent or "") for feed in feeds.listing(session)]
    found = []
    for each in named:
        with world.database.reading() as session:
            feed = feeds.find(session, each)
        if feed is None and "." not in each:
            feed = one_named(world.database, each)
        if feed is not None:
            found.append((feed.name, feed.url, feed.user_agent or ""))
        else:
            found.append((_shown(each), absolute(each), ""))
    return found


def _tell(name: str, seen: "Look") -> None:
    from bot.core.inert import one_line
    from bot.core.wording import many, minute

    if seen.readable:
        newest = f", the newest of {minute(seen.newest)}" if seen.newest else ""
        say(f"good {one_line(name)}: {seen.format}, {many(seen.entries, 'entry', 'entries')}{newest}")
    if seen.reason:
        mark = "" if seen.readable else "BAD  "
        say(f"{mark}{one_line(name)}: {one_line(seen.reason)}. {seen.advice}".rstrip())
    if seen.moved_to:
        say(f"     it has moved to {_shown(seen.moved_to)}")
    for offer in seen.offers[:10]:
        say(f"     the page names {_shown(offer.url)} {one_line(offer.title)}".rstrip())


def _as_json(name: str, seen: "Look") -> dict[str, object]:
    told = asdict(seen)
    told["newest"] = seen.newest.isoformat() if seen.newest else None
    told["url"], told["moved_to"] = _shown(seen.url), _shown(seen.moved_to)
    return {"feed": name, "readable": seen.readable} | told


def _shown(url: str) -> str:
    """An address on one line, without a password in it."""
    from bot.core.inert import one_line
    from bot.core.redact import redact

    return redact(one_line(url))
