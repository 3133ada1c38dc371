"""When a feed is asked again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.timetable import LONGEST_WAIT, Hints, adapted, fresh_for, habit, next_fetch_at, retry_after

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)
FEED = "https://example.org/feed"
waits = st.timedeltas(timedelta(0), timedelta(days=400))


def wait(hints: Hints, usual: timedelta = HALF_HOUR, feed: str = FEED) -> timedelta:
    """How long a feed is left alone."""
    return next_fetch_at(NOON, usual, hints, feed=feed) - NOON


def test_each_failure_in_a_row_doubles_the_wait_up_to_a_day() -> None:
    growing = [wait(Hints(failures=n)) for n in range(12)]

    assert growing[1] / growing[0] == pytest.approx(2)
    assert growing[2] / growing[0] == pytest.approx(4)
    assert growing == sorted(growing)
    assert LONGEST_WAIT * 0.9 <= growing[-1] <= LONGEST_WAIT


def test_feeds_added_together_drift_apart_and_each_keeps_its_own_pace() -> None:
    drawn = [wait(Hints(), feed=f"https://{n}.test/") for n in range(50)]

    assert len(set(drawn)) > 40
    assert min(drawn) >= HALF_HOUR * 0.9
    assert max(drawn) <= HALF_HOUR * 1.1
    assert drawn == [wait(Hints(), feed=f"https://{n}.test/") for n in range(50)]


def test_a_server_that_asks_for_time_gets_it_within_bounds() -> None:
    assert wait(Hints(retry_after=timedelta(hours=3))) >= timedelta(hours=3)
    assert wait(Hints(retry_after=timedelta(days=300))) <= LONGEST_WAIT
    assert wait(Hints(fresh_for=timedelta(hours=1))) >= timedelta(hours=1)
    assert wait(Hints(ttl=timedelta(days=300))) <= 5 * HALF_HOUR  # a feed's own wish counts for less


def test_hours_to_skip_are_skipped_but_not_for_ever() -> None:
    assert (NOON + wait(Hints(skip_hours=frozenset({12, 13})))).hour == 14
    assert wait(Hints(skip_hours=frozenset(range(24)))) <= LONGEST_WAIT


@pytest.mark.parametrize(
    ("new_per_day", "factor"), [(None, 1), (0.0, 4), (0.01, 4), (48.0, 1), (96.0, 0.5), (10_000.0, 0.25)]
)
def test_a_busy_feed_is_asked_more_often_and_a_quiet_one_less(
    new_per_day: float | None, factor: float
) -> None:
    assert adapted(HALF_HOUR, new_per_day) == HALF_HOUR * factor


@given(
    usual=st.timedeltas(timedelta(seconds=1), timedelta(days=2)),
    hints=st.builds(
        Hints,
        failures=st.integers(0, 10_000),
        fresh_for=waits,
        retry_after=waits,
        ttl=waits,
        skip_hours=st.frozensets(st.integers(0, 23)),
        new_per_day=st.none() | st.floats(0, 1e9),
    ),
)
def test_it_is_always_later_and_never_more_than_a_day_off(usual: timedelta, hints: Hints) -> None:
    assert NOON < next_fetch_at(NOON, usual, hints, feed=FEED) <= NOON + LONGEST_WAIT


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        next_fetch_at(NOON.replace(tzinfo=None), HALF_HOUR, Hints(), feed=FEED)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120), (" 120 ", 120), ("0", 0), ("-200000", 0), ("100000000000000", 86400),
        ("9" * 5000, 86400),
        ("Sun, 01 Mar 2026 12:05:00 GMT", 300), ("Sat, 28 Feb 2026 12:00:00 GMT", 0), ("junk", 0), ("", 0),
        ("1e3", 0), ("٣", 0), ("Mon, 99 Foo 2026", 0), ("Sun, 01 Mar 99999 12:00:00 GMT", 0),
    ],
)  # fmt: skip
def test_retry_after_is_seconds_or_a_date_or_nothing(value: str, seconds: int) -> None:
    assert retry_after(value, NOON) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("cache_control", "expires", "minutes"),
    [
        ("max-age=600", "", 10), ("public, MAX-AGE=600", "", 10), ("no-cache, max-age=600", "", 0),
        ("no-store", "", 0), ("s-max-age=60", "", 0),
        ("", "Sun, 01 Mar 2026 12:10:00 GMT", 10), ("", "0", 0), ("", "-1", 0), ("max-age=junk", "", 0),
        ("max-age=99999999999", "", 1440), ("max-age=60", "Sun, 01 Mar 2026 13:00:00 GMT", 1),
    ],
)  # fmt: skip
def test_freshness_is_what_the_answer_says(cache_control: str, expires: str, minutes: int) -> None:
    assert fresh_for(cache_control, expires, NOON) == timedelta(minutes=minutes)


@given(st.text(), st.text())
def test_no_header_raises(one: str, other: str) -> None:
    assert timedelta(0) <= retry_after(one, NOON) <= LONGEST_WAIT
    assert timedelta(0) <= fresh_for(one, other, NOON) <= LONGEST_WAIT


@given(
    st.none() | st.floats(0, 1000),
    st.integers(0, 1000),
    st.timedeltas(timedelta(days=-2), timedelta(days=60)),
)
def test_a_habit_is_never_negative(before: float | None, new: int, since: timedelta) -> None:
    assert habit(before, new, since) >= 0


def test_a_habit_follows_what_comes() -> None:
    rate: float | None = None
    for _ in range(200):
        rate = habit(rate, 1, timedelta(hours=2))

    assert rate == pytest.approx(12, rel=0.2)
