"""When to ask a feed again."""

import email.utils
import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

LONGEST_WAIT: Final = timedelta(days=1)
_MOST_ASKED_FOR: Final = timedelta(hours=12)  # a server's wish beyond this is a mistake of its own
_BUSY_SHARE: Final = 0.25  # a wait in which a quarter of a story is expected loses nothing
_SLOWEST_FACTOR: Final = 4  # a quiet feed is asked at a quarter of the usual pace, at the least
_FASTEST_FACTOR: Final = 4  # and a busy one four times as often, at the most
_MEANT: Final = timedelta(minutes=5)
_SPREAD: Final = 0.1  # of the wait, either way
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,12})", re.IGNORECASE)
_ZERO: Final = timedelta(0)


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known that bears on the next time. A wait of zero: nothing was said."""

    failures: int = 0  # in a row, since the last good answer
    retry_after: timedelta = _ZERO  # asked for with a refusal; kept to
    fresh_for: timedelta = _ZERO  # Cache-Control, Expires
    ttl: timedelta = _ZERO  # the feed's own word
    skip_hours: frozenset[int] = field(default_factory=frozenset)  # UTC
    new_per_day: float | None = None  # the feed's habit; None: not known


def next_fetch_at(now: datetime, usual: timedelta, hints: Hints, *, feed: str) -> datetime:
    """Say when to ask a feed again.

    The wait is `usual`, shorter for a busy feed and longer for a quiet one,
    doubled for each failure in a row, and at least what the server or the feed
    asked for, within bounds; it is never longer than a day. It is spread by a
    tenth either way, always the same for one `feed` (its address), so that
    feeds added together drift apart and a test can tell what will come.

    `usual` must be positive. Raises ValueError on a naive `now`.
    Retry-After is RFC 9110, 10.2.3; freshness is RFC 9111, 4.2.1.

    >>> noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    >>> later = next_fetch_at(noon, timedelta(minutes=30), Hints(failures=2), feed="https://example.org/feed")
    >>> timedelta(minutes=108) <= later - noon <= timedelta(minutes=132)
    True
    """
    if now.tzinfo is None:
        raise ValueError(f"now is naive: {now!r}")
    if usual <= _ZERO:
        raise ValueError(f"usual wait must be positive: {usual!r}")
    wait = adapted(usual, hints.new_per_day)
    doublings = min(hints.failures, 17)  # so many doublings of a second are more than a day
    wait = min(wait * (1 << doublings), LONGEST_WAIT)
    wait *= 1 + _SPREAD * _lot(feed)
    asked = max(hints.retry_after, min(max(hints.fresh_for, hints.ttl), wait * _SLOWEST_FACTOR))
    wait = min(max(wait, min(asked, _MOST_ASKED_FOR)), LONGEST_WAIT)
    return _outside(now + wait, hints.skip_hours, latest=now + LONGEST_WAIT)


def adapted(usual: timedelta, new_per_day: float | None) -> timedelta:
    """The wait for a feed that answers: a quarter of the usual to four times it, by what it brings.

    Who asks for a wait of less than five minutes means it: that one stays as it is.
    """
    if new_per_day is None or usual < _MEANT:
        return usual
    if new_per_day <= 0:
        return usual * _SLOWEST_FACTOR
    wanted = timedelta(days=1) * min(_BUSY_SHARE * 4 / new_per_day, 365.0)
    return min(max(wanted, usual / _FASTEST_FACTOR), usual * _SLOWEST_FACTOR)


def habit(new_per_day: float | None, new: int, since: timedelta) -> float:
    """How many stories a day a feed brings, after `new` more came in `since`; a week's memory.

    Raises nothing: a clock that went back counts as no time.
    """
    days = max(since / timedelta(days=1), 0.0)
    if new_per_day is None:
        return new / max(days, 1.0)
    weight = min(days / 7, 1.0)
    rate = new / days if days > 0 else 0.0
    return new_per_day * (1 - weight) + rate * weight if days > 0 else new_per_day


def retry_after(value: str, now: datetime) -> timedelta:
    """The wait that a Retry-After field asks for: seconds or a date; zero for junk and for the past.

    >>> retry_after("120", datetime(2026, 3, 1, tzinfo=UTC))
    datetime.timedelta(seconds=120)
    >>> retry_after("-200000", datetime(2026, 3, 1, tzinfo=UTC))
    datetime.timedelta(0)
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return timedelta(seconds=min(int(value[:12]), LONGEST_WAIT.total_seconds()))
    moment = http_date(value)
    return min(max(moment - now, _ZERO), LONGEST_WAIT) if moment else _ZERO


def fresh_for(cache_control: str, expires: str, now: datetime) -> timedelta:
    """How long an answer says it stays fresh; zero when it says nothing, or junk."""
    if not (cache_control or expires):
        return _ZERO
    if re.search(r"\bno-(?:cache|store)\b", cache_control, re.IGNORECASE):
        return _ZERO
    found = _MAX_AGE.search(cache_control)
    if found:
        return min(timedelta(seconds=int(found[1])), LONGEST_WAIT)
    moment = http_date(expires)
    return min(max(moment - now, _ZERO), LONGEST_WAIT) if moment else _ZERO


def http_date(value: str) -> datetime | None:
    """The moment of an HTTP date, or None."""
    try:
        moment = email.utils.parsedate_to_datetime(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _lot(feed: str) -> float:
    """A number of -1 to 1 that a feed always draws."""
    drawn = int.from_bytes(hashlib.blake2b(feed.encode("utf-8", "replace"), digest_size=4).digest())
    return drawn / 0x7FFFFFFF - 1


def _outside(moment: datetime, hours: frozenset[int], *, latest: datetime) -> datetime:
    """The first moment from `moment` on that is in none of `hours`, but no later than `latest`."""
    for _ in range(24):
        if moment.astimezone(UTC).hour not in hours:
            break
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return min(moment, latest)
