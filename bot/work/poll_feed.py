"""One feed, from asking to keeping."""

import http
import logging
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from bot.core.identity import Identified
from bot.core.new_story import Fresh, Origin
from bot.core.redact import redact
from bot.core.story import Article, Decision
from bot.errors import FetchError
from bot.fetch.body import NoRoomError, digest_of
from bot.fetch.document import Reading
from bot.fetch.isolation import StoppedError
from bot.fetch.robots import Robots
from bot.fetch.web import Fetched
from bot.store import feeds
from bot.store.feeds import DueFeed, FeedState, KnownFeed
from bot.work import feed_state
from bot.work.full_text import Reader
from bot.work.intake import Found, Taken, find, keep, origin_of
from bot.work.polling import Outcome, Polling, Status

log = logging.getLogger(__name__)

_NOT_MODIFIED, _GONE = 304, 410


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Nothing new, or a failure: a state to be noted together with those of others, and what to tell."""

    due: DueFeed
    state: FeedState
    outcome: Outcome


def poll_feed(
    polling: Polling, robots: Robots, due: DueFeed, now: datetime, *, asked: Callable[[], None]
) -> Unchanged | Found:
    """Ask a feed and find what it brings, to be kept; never raises for anything that the feed does.

    `asked` is called when it has answered, and the answer is to be read. Raises StoreError when
    the database cannot be used: the feed is due as before when its lease has run out.
    """
    with ExitStack() as held:
        return _polled(polling, robots, due, now, held=held, asked=asked)


def _polled(
    polling: Polling,
    robots: Robots,
    due: DueFeed,
    now: datetime,
    *,
    held: ExitStack,
    asked: Callable[[], None],
) -> Unchanged | Found:
    """The same; `held` is what a large body takes."""
    feed = due.feed
    try:
        fetched = polling.web.get(
            asked_at(feed),
            etag=feed.state.etag or "",
            last_modified=feed.state.last_modified or "",
            user_agent=feed.user_agent or "",
            held=held,
        )
    except NoRoomError as error:
        raise StoppedError(str(error)) from None  # it is due as before
    except FetchError as error:
        return _failed(polling, due, str(error), now)
    if fetched.status == _NOT_MODIFIED:
        return _unchanged(polling, due, fetched, feed, now)
    if fetched.status // 100 != 2:
        return _turned_away(polling, due, fetched, now)
    digest = digest_of(fetched.content)
    if digest == feed.state.body_digest:
        return _unchanged(polling, due, fetched, replace(feed, state=_validated(feed.state, fetched)), now)
    asked()
    try:
        reading = polling.children.take(
            fetched.content,
            url=fetched.url,
            content_type=fetched.content_type,
            origin=origin_of(due, now, ""),
        )
        fetched = replace(fetched, body=b"", large=None)  # what it takes nobody wants any more
        held.close()
        dates = Reading(reading.head, reading.dates)

        def after(taken: Taken) -> FeedState:
            return feed_state.after_reading(
                feed, fetched, dates, now, polling.usual_wait,
                digest=digest, new=taken.new, notice=taken.notice,
            )  # fmt: skip

        moved = fetched.moved_to if fetched.moved_to and feed.origin != "config" else None
        mind = _Mind(polling, Reader(polling, robots))
        return find(polling.database, due, reading, now, after=after, move_to=moved, mind=mind)
    except FetchError as error:
        return _failed(polling, due, str(error), now)


def keep_all(polling: Polling, quiet: Sequence[Unchanged], found: Sequence[Found]) -> list[Outcome]:
    """Keep what feeds brought, and note the states of those that brought nothing, all in one transaction."""
    moved = {one.due.feed.id: to for one in quiet if (to := _new_address(one.due.feed, one.state))}
    with polling.database.writing(in_bulk=True) as session:
        kept = keep(session, found) if found else []
        feeds.record_all(session, [(one.due, one.state) for one in quiet if one.due.feed.id not in moved])
        for one in quiet:
            if one.due.feed.id in moved:
                feeds.record(session, one.due, one.state, url=moved[one.due.feed.id])
    outcomes = [one.outcome for one in quiet]
    for each, came in zip(found, kept, strict=True):
        feed = each.due.feed
        if came is None:
            reason = f"feed {feed.id}: another worker took it over, or it was changed"
            outcomes.append(outcome(feed, "failed", reason=reason))
            continue
        taken, state = came
        log.info("feed.read", extra={"feed": feed.id, "new": taken.new, "updated": taken.updated})
        outcomes.append(outcome(feed, "ok", taken, reason=state.notice or ""))
    return outcomes


def asked_at(feed: KnownFeed) -> str:
    """Where a feed is asked: where it moved to for good, though the configuration has its old address."""
    return feed.state.moved_to or feed.url


def refusal(fetched: Fetched) -> str:
    """An answer that is none, in words."""
    try:
        phrase = http.HTTPStatus(fetched.status).phrase
    except ValueError:
        phrase = "no known status"
    hints = {401: "it wants an account", 403: "some sites let only other user agents in"}
    hint = f": {hints[fetched.status]}" if fetched.status in hints else ""
    return f"answered {fetched.status} {phrase}{hint}"


@lru_cache(maxsize=4096)  # every feed is told of at every poll
def _shown(text: str) -> str:
    return redact(text)


def outcome(feed: KnownFeed, status: Status, taken: Taken | None = None, reason: str = "") -> Outcome:
    """What to tell of a feed; no password in it."""
    taken = taken or Taken()
    return Outcome(
        feed=_shown(feed.name),
        url=_shown(feed.url),
        status=status,
        new=taken.new,
        updated=taken.updated,
        flagged=taken.flagged,
        reason=reason,
    )


@dataclass(frozen=True, slots=True)
class _Mind:
    """Decides in children; a new story by its page, where its feed says too little."""

    polling: Polling
    reader: Reader

    def make(self, items: Sequence[Identified], origin: Origin) -> list[Fresh]:
        """New stories of entries, in their order."""
        return self.reader.make(items, origin)

    def decide(self, articles: Sequence[Article]) -> list[Decision]:
        """Decisions of articles, in their order."""
        return self.polling.children.decide(articles)


def _unchanged(polling: Polling, due: DueFeed, fetched: Fetched, feed: KnownFeed, now: datetime) -> Unchanged:
    state = feed_state.after_unchanged(feed, fetched, now, polling.usual_wait)
    return Unchanged(due, state, outcome(feed, "unchanged", reason=state.notice or ""))


def _turned_away(polling: Polling, due: DueFeed, fetched: Fetched, now: datetime) -> Unchanged:
    """An answer without a feed: it has ended for good, or it is asked again later."""
    if fetched.status == _GONE:
        state = feed_state.after_the_end(due.feed, now, polling.usual_wait)
        log.warning("feed.stopped", extra={"feed": due.feed.id, "reason": feeds.GONE})
        return Unchanged(due, state, outcome(due.feed, "stopped", reason=feeds.GONE))
    return _failed(polling, due, refusal(fetched), now, retry_after=fetched.retry_after)


def _failed(
    polling: Polling, due: DueFeed, reason: str, now: datetime, *, retry_after: str = ""
) -> Unchanged:
    """A failure, to be noted, and what to say of it."""
    state = feed_state.after_failure(due.feed, reason, now, polling.usual_wait, retry_after=retry_after)
    log.warning("feed.failed", extra={"feed": due.feed.id, "in_a_row": state.failures, "error": reason})
    return Unchanged(due, state, outcome(due.feed, "failed", reason=reason))


def _new_address(feed: KnownFeed, state: FeedState) -> str | None:
    """Where a feed is from now on; the addresses of the configuration are the operator's to change."""
    return state.moved_to if state.moved_to and feed.origin != "config" else None


def _validated(state: FeedState, fetched: Fetched) -> FeedState:
    """The same bytes may come with other validators; where none were trusted none are."""
    if not (state.etag or state.last_modified):
        return state
    return replace(state, etag=fetched.etag or None, last_modified=fetched.last_modified or None)
