"""`run` and `poll`: the bot at work, for as long as it is let, or for one round."""

import logging
import os
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.frame import (
    NO_FEED,
    Context,
    Format,
    FormatOption,
    command,
    complain,
    config_option,
    progress,
    say,
    say_json,
)
from bot.errors import ConfigError, StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.roles.process import Role
    from bot.wiring import World
    from bot.work.polling import Outcome

log = logging.getLogger(__name__)


class Only(StrEnum):
    """One of the two roles of the bot."""

    WEB = "web"
    WORKER = "worker"


def register(app: typer.Typer) -> None:
    """Put the commands of this file under `app`."""
    app.command("run")(run)
    app.command("poll")(poll)


def run(
    context: Context,
    only: Annotated[Only | None, typer.Option(help="web: answers Slack; worker: polls and posts.")] = None,
) -> None:
    """Run the bot until it is told to stop (SIGTERM or Ctrl-C)."""
    from bot.roles.process import serve, stopped_by_signals

    with command(context, lasting=True) as world, stopped_by_signals() as stop:
        _check_queries(world, context)
        roles = _roles(world, only)
        if not serve(roles, stop):
            # A thread that hangs would keep the process: what it had not committed is as if it never was.
            world.close()
            _leave_at_once()


def poll(
    context: Context,
    everything: Annotated[bool, typer.Option("--all", help="Also feeds that are not due yet.")] = False,
    form: FormatOption = Format.TEXT,
) -> None:
    """Read the feeds that are due, once; a line a feed."""
    with command(context) as world:
        from bot.core.wording import many
        from bot.work.refresh import refresh

        world.keep_in_step()
        with progress(of="Polling", total=_how_many(world) if everything else None) as step:
            outcomes = refresh(world.polling, world.clock.now(), everything=everything, tell=lambda _: step())
        if form is Format.JSON:
            say_json({"feeds": [outcome.as_json() for outcome in outcomes]})
        else:
            _say_each(outcomes, of=_how_many(world))
        if lost := [outcome for outcome in outcomes if outcome.ours]:
            # A site that is down is an answer; what could not be kept here is for the operator.
            raise StoreError(f"{many(len(lost), 'feed')} could not be kept: {lost[0].reason}")


def _say_each(outcomes: "Sequence[Outcome]", *, of: int) -> None:
    """A line a feed; `of` feeds are polled."""
    from bot.core.inert import one_line

    for outcome in outcomes:
        counts = f": {outcome.new} new, {outcome.updated} updated, {outcome.flagged} flagged"
        came = counts if outcome.status == "ok" else ""
        reason = f": {one_line(outcome.reason)}" if outcome.reason else ""
        say(f"{outcome.status:9} {one_line(outcome.feed)}{came}{reason}")
    if not of:
        say(NO_FEED)
    elif not outcomes:
        say("no feed is due; `steppewatch ask feeds` shows them all")


def _how_many(world: "World") -> int:
    from bot.store import feeds

    with world.database.reading() as session:
        return len(feeds.listing(session))


def _check_queries(world: "World", context: Context) -> None:
    """Before anything starts: what stands in the file is the operator's to put right, and at once."""
    from bot.config import find
    from bot.work.standing import check_queries

    if world.settings.subscriptions:
        check_queries(world.settings, world.understander.packs, find(config_option(context), os.environ))


def _roles(world: "World", only: Only | None) -> "list[Role]":
    """What runs here. Raises ConfigError when Slack is asked for and cannot be had."""
    lacking = world.settings.lacking_for_slack()
    if only is Only.WEB and lacking:
        raise ConfigError([*lacking, "`steppewatch run --only worker` does without Slack"])
    with_slack = only is not Only.WORKER and not lacking
    if lacking and only is None:
        for missing in lacking:
            complain(missing)
        complain("without Slack this polls and keeps; digests wait in the database")
    world.keep_in_step()
    roles: list[Role] = []
    if with_slack:
        roles.append(world.slack_role())
    if only is not Only.WEB:
        roles.append(world.worker())
    return roles


def _leave_at_once() -> None:
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    os._exit(0)
