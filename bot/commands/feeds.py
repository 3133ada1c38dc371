"""`feeds`: every feed with its state, those that need somebody first."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.commands import following
from bot.commands.answer import Answer, Ask
from bot.commands.room import Room
from bot.core.documents import Document, Heading, Notice, Paragraph, Part, Table, worded
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
    title = f"{len(good)} of {many(len(wanted) - len(stopped), 'feed')} can be read"
    parts: list[Part] = []
    if not known:
        parts.append(Paragraph(worded("No feed is polled yet: `feeds add ADDRESS` adds one.")))
    if failing:
        parts += [
            Heading("Cannot be read"),
            Table(("feed", "since", "reason"), tuple(_failing(f, ask) for f in failing)),
            *_next_steps(failing),
        ]
    if waiting:
        parts += [
            Heading("Not asked yet"),
            Table(("feed", "language", "kind"), tuple((f.name, f.lang or "–", str(f.kind)) for f in waiting)),
        ]
    if stopped:
        parts += [
            Heading("Not polled any more"),
            Table(("feed", "why"), tuple((feed.name, feed.state.stopped or "") for feed in stopped)),
        ]
    parts += [Notice(f"{feed.name}: {feed.state.notice}") for feed in good if feed.state.notice]
    parts += [Notice(held_back(feed.name, held[feed.id])) for feed in polled if feed.id in held]
    if good:
        rows = tuple((feed.name, feed.lang or "–", str(feed.kind), _last_new(feed, ask)) for feed in good)
        parts += [Heading("Read"), Table(("feed", "language", "kind", "last new story"), rows)]
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


def _failing(feed: KnownFeed, ask: Ask) -> tuple[str, str, str]:
    since = feed.state.failing_since
    return feed.name, span_of_time(ask.now - since) if since else "–", feed.state.problem or ""


def _last_new(feed: KnownFeed, ask: Ask) -> str:
    last = feed.state.last_new_at
    return f"{span_of_time(ask.now - last)} ago" if last else "none yet"


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
