"""Feeds are due by their rows alone; what came of a fetch is noted by whoever holds the lease."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from bot.core.event import FeedHealth
from bot.core.words import FeedKind
from bot.errors import UserError
from bot.store import feeds
from bot.store.database import Database
from bot.store.feeds import FeedState, NewFeed
from tests.store.given import NOON, minutes

LEASE = minutes(5)


def follow(database: Database, *names: str) -> None:
    with database.writing() as session:
        for number, name in enumerate(names):
            feeds.add(session, NewFeed(f"https://{name}.test/feed", name), NOON + minutes(number))


def claim(database: Database, after: float, **how: object) -> list[feeds.DueFeed]:
    with database.writing() as session:
        return feeds.claim_due(session, NOON + minutes(after), limit=10, lease=LEASE, **how)  # type: ignore[arg-type]


def test_due_feeds_are_claimed_oldest_first_and_once(database: Database) -> None:
    follow(database, "a", "b", "c")

    first, again = claim(database, 1), claim(database, 1)

    assert [due.feed.name for due in first] == ["a", "b"]
    assert again == []
    assert [due.feed.name for due in claim(database, 2)] == ["c"]


def test_a_lease_that_ran_out_is_free_and_its_holder_too_late(database: Database) -> None:
    follow(database, "a")
    (late,) = claim(database, 0)

    (other,) = claim(database, 5)

    after = FeedState(next_fetch_at=NOON + minutes(60), etag='"1"')
    with database.writing() as session:
        assert not feeds.record(session, late, after)
        assert feeds.record(session, other, replace(after, etag='"2"'))
    with database.reading() as session:
        (feed,) = feeds.listing(session)
    assert feed.state.etag == '"2"'


def test_everything_or_only_some_can_be_claimed_before_it_is_due(database: Database) -> None:
    follow(database, "a", "b", "c")

    (c,) = claim(database, -10, everything=True, only=[3])
    rest = claim(database, -10, everything=True)

    assert c.feed.name == "c"
    assert [due.feed.name for due in rest] == ["a", "b"]


def test_however_many_feeds_are_claimed_they_are_claimed_by_the_same_words(database: Database) -> None:
    # A driver keeps what it prepared for each wording, a hundred of them for each connection.
    follow(database, "a", "b", "c")
    said: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *call: said.append(call[2]))

    for only in ([1], [2, 3]):
        claimed = claim(database, 5, only=only)
        with database.writing() as session:
            assert len(feeds.still_ours(session, claimed)) == len(only)

    asked = [statement for statement in said if statement.startswith(("UPDATE feed", "SELECT feed"))]
    assert len(asked) == 4
    assert len(set(asked)) == 2


def test_the_state_of_a_feed_comes_back_as_it_was_noted(database: Database) -> None:
    follow(database, "a")
    (due,) = claim(database, 0)
    after = FeedState(
        next_fetch_at=NOON + minutes(30), etag="W/\"ü\"", last_modified="Mon, 02 Mar 2026 12:00:00 GMT",
        body_digest="d", failures=3, failing_since=NOON, problem="timed out", notice="odd",
        last_fetched_at=NOON, last_good_at=NOON, last_new_at=NOON, new_per_day=2.5, wait_seconds=1800,
        backlog_done=True, moved_to="https://b.test/", moved_seen=2,
    )  # fmt: skip

    with database.writing() as session:
        assert feeds.record(session, due, after)

    with database.reading() as session:
        (feed,) = feeds.listing(session)
        assert feed.state == after


def test_a_feed_that_moved_takes_its_new_address_unless_another_has_it(database: Database) -> None:
    follow(database, "a", "b")
    a, b = claim(database, 1)
    with database.writing() as session:
        assert feeds.record(session, a, a.feed.state, url="https://new.test/feed")
        assert feeds.record(session, b, b.feed.state, url="https://new.test/feed")

    with database.reading() as session:
        assert [feed.url for feed in feeds.listing(session)] == [
            "https://new.test/feed",
            "https://b.test/feed",
        ]


def test_a_feed_is_followed_once_and_can_be_stopped_and_followed_again(database: Database) -> None:
    follow(database, "a")
    (due,) = claim(database, 0)
    with database.writing() as session:
        with pytest.raises(UserError, match="is polled already: it is feed 1"):
            feeds.add(session, NewFeed("https://a.test/feed"), NOON)
        feeds.stop(session, 1, "removed by U1")

        assert not feeds.record(session, due, due.feed.state)
        assert feeds.listing(session) == []
        assert [feed.state.stopped for feed in feeds.listing(session, stopped=True)] == ["removed by U1"]
        again = feeds.add(session, NewFeed("https://a.test/feed", "A"), NOON + minutes(9))
        assert (again.id, again.name, again.state.stopped) == (1, "A", None)
    assert [due.feed.id for due in claim(database, 9)] == [1]


def test_the_configuration_is_followed_and_peoples_own_are_left_alone(database: Database) -> None:
    config = [NewFeed("https://a.test/", "A", kind=FeedKind.STATE), NewFeed("https://b.test/", "B")]
    with database.writing() as session:
        feeds.add(session, NewFeed("https://mine.test/", "Mine"), NOON)
        feeds.sync(session, config, NOON)
        feeds.sync(session, [replace(config[0], name="A2"), NewFeed("https://mine.test/", "Stolen")], NOON)
        names = [feed.name for feed in feeds.listing(session)]
        feeds.sync(session, config, NOON + minutes(1))
        back = feeds.find(session, "B")

    assert names == ["A2", "Mine"]
    assert back is not None
    assert (back.state.stopped, back.state.next_fetch_at) == (None, NOON + minutes(1))


def test_health_names_who_cannot_be_read_the_longest_first(database: Database) -> None:
    follow(database, "a", "b", "c", "just added")
    with database.reading() as session:
        assert feeds.health(session) == FeedHealth(read=0, of=4)
    for due, since in zip(claim(database, 2), (5, 3, None), strict=True):
        failing = NOON + minutes(since) if since else None
        state = replace(
            due.feed.state, failing_since=failing, problem="down" if since else None, last_good_at=NOON
        )
        with database.writing() as session:
            feeds.record(session, due, state)

    with database.reading() as session:
        health = feeds.health(session)

    assert (health.read, health.of, health.not_asked) == (1, 4, 1)
    assert [(each.feed, each.since, each.reason) for each in health.failing] == [
        ("b", NOON + minutes(3), "down"),
        ("a", NOON + minutes(5), "down"),
    ]


def test_a_feed_is_found_by_id_address_or_name(database: Database) -> None:
    follow(database, "a", "b")

    with database.reading() as session:
        for named in ("2", "https://b.test/feed", "b"):
            found = feeds.find(session, named)
            assert found is not None
            assert found.id == 2
        for named in ("3", "nothing", "9" * 50, "²"):
            assert feeds.find(session, named) is None


def test_a_fetch_under_way_is_lost_to_who_says_that_the_feed_is_of_another_kind(database: Database) -> None:
    follow(database, "a", "b")
    one, other = claim(database, 1)

    with database.writing() as session:
        feeds.describe(session, one.feed.id, NewFeed("https://a.test/feed", "a", kind=FeedKind.OFFICIAL))
        feeds.describe(session, other.feed.id, NewFeed("https://b.test/feed", "renamed"))

    after = FeedState(next_fetch_at=NOON + minutes(60))
    with database.writing() as session:
        assert not feeds.record(session, one, after), "its stories bear the old kind"
        assert feeds.record(session, other, after)
