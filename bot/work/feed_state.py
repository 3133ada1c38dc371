"""How a feed's state goes on from what an answer said. Pure: values in, values out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.core import timetable
from bot.core.identity import believable
from bot.core.timetable import Hints
from bot.fetch.document import FeedDocument, Reading
from bot.fetch.web import Fetched
from bot.store.feeds import GONE, FeedState, KnownFeed

_WEEK: Final = timedelta(days=7)
_QUIET: Final = timedelta(days=3)  # silence of a feed of daily habits that is told
_GAPS: Final = 5  # of its usual gaps a slower feed must be silent before that is told
_LONGEST_REASON: Final = 300


def after_unchanged(feed: KnownFeed, fetched: Fetched, now: datetime, usual: timedelta) -> FeedState:
    """The same as before: by 304, or by the same bytes. What was to be said of the document still is."""
    state = feed.state
    silent = _silence(state, state.last_good_at) if state.last_good_at else ""
    said = state.notice or ""
    return _good(feed, fetched, now, usual, state, new=0, notice="" if said == silent else said)


def after_reading(
    feed: KnownFeed,
    fetched: Fetched,
    reading: Reading,
    now: datetime,
    usual: timedelta,
    *,
    digest: str,
    new: int,
    notice: str = "",
) -> FeedState:
    """A document was read.

    Of a broken one the validators are not kept: the rest of it must not be lost to a 304.
    """
    whole = not reading.head.problem
    state = replace(
        feed.state,
        etag=(fetched.etag or None) if whole else None,
        last_modified=(fetched.last_modified or None) if whole else None,
        body_digest=digest,
        backlog_done=True,
    )
    if not feed.state.backlog_done:
        state = replace(
            state, new_per_day=_first_habit(reading.dates, now), last_new_at=_newest(reading.dates, now)
        )
        new = 0
    said = notice or reading.head.problem or reading.head.remark
    return _good(feed, fetched, now, usual, state, new=new, document=reading.head, notice=said)


def after_failure(
    feed: KnownFeed, reason: str, now: datetime, usual: timedelta, *, retry_after: str = ""
) -> FeedState:
    """No entries could be had: asked less and less, and what was known of it is kept."""
    failures = feed.state.failures + 1
    hints = Hints(
        failures=failures,
        retry_after=timetable.retry_after(retry_after, now),
        new_per_day=_pace(feed.state, now),
    )
    return replace(
        feed.state,
        failures=failures,
        failing_since=feed.state.failing_since or now,
        problem=reason[:_LONGEST_REASON],
        last_fetched_at=now,
        next_fetch_at=timetable.next_fetch_at(now, usual, hints, feed=feed.url),
        wait_seconds=None,
        moved_to=None,  # the old address is asked again: the new one may be what fails
        moved_seen=0,
    )


def after_the_end(feed: KnownFeed, now: datetime, usual: timedelta) -> FeedState:
    """410 Gone: it is not asked any more, and that is told."""
    return replace(after_failure(feed, GONE, now, usual), stopped=GONE)


def _good(
    feed: KnownFeed,
    fetched: Fetched,
    now: datetime,
    usual: timedelta,
    state: FeedState,
    *,
    new: int,
    document: FeedDocument | None = None,
    notice: str = "",
) -> FeedState:
    """What every good answer does: failures are forgotten, the habit is learned, the next time is set."""
    if new:
        since = now - (state.last_new_at or now)
        state = replace(state, new_per_day=timetable.habit(state.new_per_day, new, since), last_new_at=now)
    hints = Hints(
        fresh_for=timetable.fresh_for(fetched.cache_control, fetched.expires, now),
        ttl=timedelta(minutes=document.ttl_minutes if document else 0),
        skip_hours=document.skip_hours if document else frozenset(),
        new_per_day=_pace(state, now),
    )
    next_at = timetable.next_fetch_at(now, usual, hints, feed=feed.url)
    moved = fetched.moved_to if fetched.moved_to and fetched.moved_to != feed.url else feed.state.moved_to
    return replace(
        state,
        failures=0,
        failing_since=None,
        problem=None,
        notice=(notice or _silence(state, now))[:_LONGEST_REASON] or None,
        last_fetched_at=now,
        last_good_at=now,
        next_fetch_at=next_at,
        wait_seconds=round((next_at - now).total_seconds()),
        moved_to=moved,
        moved_seen=(feed.state.moved_seen + 1) if moved else 0,
    )


def _pace(state: FeedState, now: datetime) -> float | None:
    """What a feed brings a day at present: its habit, or less when it has been silent for long."""
    if state.new_per_day is None or state.last_new_at is None:
        return None
    silent = (now - state.last_new_at) / timedelta(days=1)
    return min(state.new_per_day, 3 / silent) if silent > 1 else state.new_per_day


def _silence(state: FeedState, now: datetime) -> str:
    """A feed whose newest story is older than its habit, in words; "": it keeps to its habit."""
    if not state.new_per_day or state.last_new_at is None:
        return ""
    silent = now - state.last_new_at
    if silent <= max(_QUIET, timedelta(days=1) * (_GAPS / state.new_per_day)):
        return ""
    rate = state.new_per_day
    often = round(rate if rate >= 1 else 1 / rate)
    usually = "one a day" if often == 1 else f"{often} a day" if rate >= 1 else f"one in {often} days"
    return f"nothing new for {silent.days} days, usually {usually}"


def _first_habit(claimed: Sequence[datetime], now: datetime) -> float | None:
    """A first guess at the habit, by the dates of what is in the document."""
    dates = _dates(claimed, now)
    if len(dates) < 2:
        return None
    span = max(dates[-1] - dates[0], timedelta(days=1)) / timedelta(days=1)
    return (len(dates) - 1) / span


def _newest(claimed: Sequence[datetime], now: datetime) -> datetime:
    """The date of the newest entry that has a likely one; else now."""
    return max(_dates(claimed, now), default=now)


def _dates(claimed: Sequence[datetime], now: datetime) -> list[datetime]:
    """The dates that can be true, in order."""
    believed = (believable(date, now) for date in claimed)
    return sorted(date for date in believed if date and date <= now)
