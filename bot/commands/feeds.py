"""`feeds`: every feed with its state, those that need somebody first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.commands import following
from bot.commands.answer import Answer, Ask
from bot.commands.room import Room
from bot.core.documents import Document, Notice, Paragraph, Part, Table, worded
from bot.core.redact import redact
from bot.core.wording import held as held_back
from bot.core.wording import many, span_of_time
from bot.errors import UserError
from bot.fetch.document import next_step
from bot.store import feeds as store
from bot.store import stories
from bot.store.feeds import KnownFeed

NAMED: Final = 10
"""Feeds that are named beside what to do about them."""


def feeds(room: Room, ask: Ask) -> Answer:
    """List the feeds that are polled; with words, those whose name or address holds them."""
    first, _, rest = ask.words.partition(" ")
    said = replace(ask, words=rest.strip(), begins=ask.begins + len(ask.words) - len(rest.lstrip()))
    if does := following.DOES.get(first.casefold()):
        return does(room, said)
    if first.casefold() == "list":
        ask = said
    with room.database.reading() as session:
        known = store.listing(session, stopped=True)
        held = stories.held_back(session)
    wanted = [feed for feed in known if ask.words.casefold() in f"{feed.name} {feed.url}".casefold()]
    if not wanted and known:
        raise UserError(
            f"no feed has {ask.words!r} in its name or address; `feeds` lists all {len(known)}", at=0
        )
    failing = [feed for feed in wanted if feed.state.problem and not feed.state.stopped]
    stopped = [feed for feed in wanted if feed.state.stopped]
    polled = [feed for feed in wanted if not feed.state.problem and not feed.state.stopped]
    good = [feed for feed in polled if feed.state.last_good_at]
    waiting = [feed for feed in polled if not feed.state.last_good_at]
    # As in `status`: one that has ended is missed until somebody removes it.
    missed = [feed for feed in stopped if feed.state.stopped == store.GONE]
    title = f"{len(good)} of {many(len(failing) + len(polled) + len(missed), 'feed')} can be read"
    parts: list[Part] = []
    if not known:
        parts.append(Paragraph(worded("No feed is polled yet: `feeds add ADDRESS` adds one.")))
    parts += _next_steps(failing)
    parts += [Notice(f"{feed.name}: {feed.state.notice}") for feed in good if feed.state.notice]
    parts += [Notice(held_back(feed.name, held[feed.id])) for feed in polled if feed.id in held]
    if wanted:
        # One table: Slack takes no two in a message.
        rows = tuple(_row(feed, ask.now) for feed in (*failing, *stopped, *waiting, *good))
        parts.append(Table(("feed", "state", "language", "kind", "last new story"), rows))
    return Answer(
        Document(title=title, parts=tuple(parts), gist=title),
        {"feeds": [_data(feed) for feed in wanted]},
    )


def _next_steps(failing: Sequence[KnownFeed]) -> list[Part]:
    """What to do, said once for all feeds that it helps."""
    found: dict[str, list[str]] = {}
    for feed in failing:
        found.setdefault(next_step(feed.state.problem or ""), []).append(feed.name)
    return [Notice(f"{_some(names)}: {step}", kind="info") for step, names in found.items()]


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _row(feed: KnownFeed, now: datetime) -> tuple[str, ...]:
    last = feed.state.last_new_at
    told = f"{span_of_time(now - last)} ago" if last else "none yet"
    return feed.name, _state(feed, now), feed.lang or "–", str(feed.kind), told


def _state(feed: KnownFeed, now: datetime) -> str:
    state = feed.state
    if state.stopped:
        return f"not polled any more: {state.stopped}"
    if state.problem:
        since = f" for {span_of_time(now - state.failing_since)}" if state.failing_since else ""
        return f"cannot be read{since}: {state.problem}"
    return "read" if state.last_good_at else "not asked yet"


def _data(feed: KnownFeed) -> dict[str, object]:
    state = feed.state
    return {
        "id": feed.id,
        "feed": feed.name,
        "url": redact(feed.url),
        "lang": feed.lang,
        "country": feed.country,
        "kind": str(feed.kind),
        "problem": state.problem,
        "next_step": next_step(state.problem) if state.problem else None,
        "failing_since": state.failing_since.isoformat() if state.failing_since else None,
        "stopped": state.stopped,
        "last_good": state.last_good_at.isoformat() if state.last_good_at else None,
        "last_new": state.last_new_at.isoformat() if state.last_new_at else None,
        "next": state.next_fetch_at.isoformat(),
    }
