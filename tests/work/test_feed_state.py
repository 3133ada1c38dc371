"""How a feed's state goes on from what an answer said."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.story import Entry
from bot.core.words import FeedKind
from bot.fetch.document import FeedDocument, Reading
from bot.fetch.web import Fetched
from bot.store.feeds import FeedState, KnownFeed
from bot.work import feed_state
from tests.work.polls import DAY, NOON

USUAL = timedelta(minutes=30)
ANSWER = Fetched(status=200, url="https://a.test/feed", etag='"1"', last_modified="Mon")


def known(**state: object) -> KnownFeed:
    """A feed in this state."""
    return KnownFeed(
        1, "https://a.test/feed", "a", "", "", FeedKind.OTHER, "user", None, NOON, FeedState(NOON, **state)  # type: ignore[arg-type]
    )  # fmt: skip


def entries(*days_ago: float) -> tuple[Entry, ...]:
    """Entries of so many days ago."""
    return tuple(Entry(str(n), "", "t", "", NOON - n * DAY) for n in days_ago)


def read(feed: KnownFeed, document: FeedDocument, *, new: int = 0) -> FeedState:
    """The state after a document was read."""
    reading = Reading(document, tuple(entry.published for entry in document.entries if entry.published))
    return feed_state.after_reading(feed, ANSWER, reading, NOON, USUAL, digest="d", new=new)


def test_a_first_document_says_how_often_a_feed_brings_something() -> None:
    state = read(known(), FeedDocument("rss20", entries=entries(*range(11))))

    assert state.new_per_day == pytest.approx(1)
    assert state.last_new_at == NOON
    assert state.backlog_done


def test_many_entries_of_one_moment_are_no_habit() -> None:
    state = read(known(), FeedDocument("rss20", entries=entries(*[3] * 500)))

    assert state.new_per_day is not None
    assert state.new_per_day < 500


@pytest.mark.parametrize(
    ("per_day", "silent", "notice"),
    [
        (20.0, 2 * DAY, None),
        (20.0, 4 * DAY, "nothing new for 4 days, usually 20 a day"),
        (0.5, 4 * DAY, None),
        (1.2, 10 * DAY, "nothing new for 10 days, usually one a day"),
        (0.8, 10 * DAY, "nothing new for 10 days, usually one a day"),
        (0.5, 12 * DAY, "nothing new for 12 days, usually one in 2 days"),
        (None, 99 * DAY, None),
    ],
)
def test_a_feed_that_is_silent_against_its_habit_is_told(
    per_day: float | None, silent: timedelta, notice: str | None
) -> None:
    feed = known(backlog_done=True, new_per_day=per_day, last_new_at=NOON - silent)

    assert feed_state.after_unchanged(feed, ANSWER, NOON, USUAL).notice == notice


def test_what_is_wrong_with_a_document_is_said_as_long_as_it_stays_the_same() -> None:
    broken = read(known(), FeedDocument("rss20", entries=entries(1), problem="its XML is broken"))

    for days in (0, 9):
        feed = replace(known(), state=broken)
        broken = feed_state.after_unchanged(feed, ANSWER, NOON + days * DAY, USUAL)
        assert broken.notice == "its XML is broken"


def test_silence_is_counted_anew_at_each_poll() -> None:
    quiet = known(backlog_done=True, new_per_day=20.0, last_new_at=NOON - 4 * DAY)

    state = feed_state.after_unchanged(quiet, ANSWER, NOON, USUAL)
    failed = feed_state.after_failure(replace(quiet, state=state), "down", NOON + DAY, USUAL)
    later = feed_state.after_unchanged(replace(quiet, state=failed), ANSWER, NOON + 2 * DAY, USUAL)

    assert later.notice == "nothing new for 6 days, usually 20 a day"


def test_a_silent_feed_is_asked_less_and_less_but_never_forgotten() -> None:
    quiet = known(backlog_done=True, new_per_day=48.0, last_new_at=NOON - 99 * DAY)
    lively = known(backlog_done=True, new_per_day=48.0, last_new_at=NOON)

    waits = [
        feed_state.after_unchanged(feed, ANSWER, NOON, USUAL).wait_seconds or 0 for feed in (lively, quiet)
    ]

    assert waits[0] < waits[1] <= 4.5 * USUAL.total_seconds()


def test_of_a_broken_document_no_validators_are_kept() -> None:
    broken = read(known(etag="old"), FeedDocument("rss20", entries=entries(1), problem="its XML is broken"))
    whole = read(known(etag="old"), FeedDocument("rss20", entries=entries(1)))

    assert (broken.etag, broken.last_modified, broken.notice) == (None, None, "its XML is broken")
    assert (whole.etag, whole.last_modified, whole.notice) == ('"1"', "Mon", None)


def test_a_reason_is_never_longer_than_a_line() -> None:
    state = feed_state.after_failure(known(), "x" * 5000, NOON, USUAL)

    assert len(state.problem or "") <= 300
    assert (state.failures, state.failing_since) == (1, NOON)
