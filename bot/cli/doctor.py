"""`doctor`: is everything there that the bot needs, and if not, what to do."""

import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from bot.cli.frame import Context, Format, FormatOption, command, config_option, say, say_json
from bot.errors import SteppewatchError, UserError

if TYPE_CHECKING:
    from bot.core.subscription import Subscription
    from bot.store.status import Status
    from bot.wiring import World

_ROOM: Final = 200_000_000  # bytes free on the disk; a busy year of stories needs less
_LATE: Final = timedelta(hours=1)  # after the longest that a feed may wait: then it should have been asked


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found. `ok` None: not needed for everything, and missing."""

    name: str
    ok: bool | None
    said: str


def register(app: typer.Typer) -> None:
    """Put the command of this file under `app`."""
    app.command("doctor")(doctor)


def doctor(context: Context, form: FormatOption = Format.TEXT) -> None:
    """Say what the bot needs and has not, and what to do. Changes nothing; asks Slack alone."""
    with command(context) as world:
        found = list(_findings(world, config_option(context)))
        well = all(finding.ok is not False for finding in found)
        if form is Format.JSON:
            say_json({"ok": well, "checks": [{"name": f.name, "ok": f.ok, "said": f.said} for f in found]})
        else:
            marks = {True: "good", False: "BAD ", None: "-   "}
            for finding in found:
                say(f"{marks[finding.ok]} {finding.name}: {finding.said}")
        if not well:
            raise typer.Exit(1)


def _findings(world: "World", config: str | None) -> Iterator[Finding]:
    from bot import __version__

    python = ".".join(map(str, sys.version_info[:3]))
    versions = f"steppewatch {__version__}, Python {python}, SQLite {sqlite3.sqlite_version}"
    yield Finding("program", True, versions)
    packs = _look("packs", lambda: _packs(world))
    # What the packs are needed for is looked at as far as that goes without them.
    readable = packs.ok is True or _look("packs", lambda: str(world.understander.packs.version)).ok is True
    yield _look("configuration", lambda: _configuration(world, config, readable=readable))
    yield packs
    yield _look("network", _way_out)
    database = _look("database", lambda: world.database_as_it_is().check())
    yield database
    yield _disk(world)
    if database.ok:
        yield from _contents(world, readable=readable)
    yield from _slack(world, kept=database.ok is True)


def _look(name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(name, ok=True, said=look())
    except SteppewatchError as error:
        return Finding(name, ok=False, said=str(error))


def _slack(world: "World", *, kept: bool) -> Iterator[Finding]:
    """What is set for Slack, and what Slack says of it."""
    lacking, settings = world.settings.lacking_for_slack(), world.settings.slack
    if lacking:
        told = f"{'; '.join(lacking)} ({settings.mode} mode); `run --only worker` does without"
        yield Finding("Slack", None, told)
    if settings.bot_token is None:
        return
    from bot.surfaces.slack.checkup import checkup

    app_token = settings.app_token if settings.mode == "socket" else None
    for each in checkup(
        bot_token=settings.bot_token.get_secret_value(),
        app_token=app_token.get_secret_value() if app_token else "",
        api_url=settings.api_url,
        channels=_channels(world, kept=kept),
        clock=world.clock,
    ):
        yield Finding(each.name, each.ok, each.said)


def _channels(world: "World", *, kept: bool) -> dict[str, list[str]]:
    """Where something is to be posted, each with what: by the configuration, and by what is kept."""
    from bot.store import subscriptions

    found: dict[str, list[str]] = {}
    wanted = [(one.channel, one.name) for one in world.settings.subscriptions]
    if world.settings.rights.channel:
        wanted.append((world.settings.rights.channel, "proposals"))
    if kept:
        with world.database_as_it_is().reading() as session:
            listed = subscriptions.listing(session)
        wanted += [(one.channel, one.name) for one in listed if not one.paused_by_hand]
    for channel, name in wanted:
        if name not in found.setdefault(channel, []):
            found[channel].append(name)
    return found


def _configuration(world: "World", config: str | None, *, readable: bool) -> str:
    import os

    from bot.config import find
    from bot.work.standing import check_queries

    path = find(config, os.environ)
    if readable:
        check_queries(world.settings, world.understander.packs, path)
    return str(path) if path else "no file; the defaults and the environment"


def _packs(world: "World") -> str:
    from bot.work.new_packs import broken_examples

    understander = world.understander
    broken = broken_examples(understander)
    packs = understander.packs
    if broken:
        raise SteppewatchError(f"{len(broken)} examples do not hold; `steppewatch packs check` lists them")
    return f"version {packs.version}, {len(packs.concepts)} concepts, {len(packs.examples)} examples hold"


def _way_out() -> str:
    from bot.fetch.proxies import Proxies

    named = Proxies.of_environment().names
    return f"out through the proxy {' and '.join(named)}" if named else "servers are asked straight"


def _disk(world: "World") -> Finding:
    url = world.settings.database.url
    place = Path(url.removeprefix("sqlite:///")).absolute().parent if url.startswith("sqlite") else Path.cwd()
    if not place.is_dir():
        return Finding("disk", ok=False, said=f"{place} is not there")
    free = shutil.disk_usage(place).free
    return Finding("disk", free > _ROOM, f"{free / 1e9:.1f} GB free in {place}")


def _contents(world: "World", *, readable: bool) -> Iterator[Finding]:
    """What the database holds; `readable` is whether there are packs to hold it against."""
    from bot.core.wording import feeds_read
    from bot.store import decisions, status, subscriptions

    with world.database_as_it_is().reading() as session:
        counts = status.status(session)
        health = counts.feeds
        kept = subscriptions.listing(session)
        older = readable and decisions.outdated(session, world.understander.packs.version, limit=1)
    if older:
        said = "some stories were looked at by other packs or another version"
        yield Finding("decisions", None, f"{said}; `steppewatch packs apply` looks at them anew")
    if not health.of:
        yield Finding("feeds", None, "none yet; `steppewatch feeds starter` lists some to begin with")
    else:
        failing = "; ".join(f"{feed.feed}: {feed.reason}" for feed in health.failing[:3])
        said = feeds_read(health.read, health.of, health.not_asked) + (f" ({failing})" if failing else "")
        yield Finding("feeds", None if health.not_asked == health.of else health.read > 0, said)
        yield _asked(counts, world.clock.now())
    if not kept:
        yield Finding("subscriptions", None, "none yet; [[subscriptions]] or /policy subscribe makes one")
    odd = [
        finding for subscription in kept for finding in _subscription(world, subscription, readable=readable)
    ]
    yield from odd
    if kept and not odd:
        yield Finding("subscriptions", ok=True, said=f"{len(kept)}")


def _asked(counts: "Status", now: datetime) -> Finding:
    """Whether anybody asks the feeds: a bot that was stopped says nothing of itself."""
    from bot.core.timetable import LONGEST_WAIT
    from bot.core.wording import span_of_time

    if counts.last_fetch is None:
        return Finding("polling", None, "no feed was asked yet; `steppewatch run` asks them")
    said = f"last asked {span_of_time(now - counts.last_fetch)} ago"
    if counts.newest_story:
        said += f", newest story {span_of_time(now - counts.newest_story)} ago"
    well = now - counts.last_fetch <= LONGEST_WAIT + _LATE
    return Finding("polling", well, said if well else f"{said}: is `steppewatch run` at work?")


def _subscription(world: "World", kept: "Subscription", *, readable: bool) -> Iterator[Finding]:
    """What keeps a subscription from telling: somebody's hand, Slack, or words that no pack knows now."""
    from bot.core.asking.query import parse

    if kept.paused:
        # Somebody who paused it knows; else Slack refused it.
        good = None if kept.paused_by_hand else False
        yield Finding("subscriptions", good, f"{kept.name} is paused: {kept.paused}")
    try:
        parse(kept.query, world.understander.packs if readable else None)
    except UserError as error:
        yield Finding("subscriptions", ok=False, said=f"{kept.name} asks for {kept.query}: {error}")
