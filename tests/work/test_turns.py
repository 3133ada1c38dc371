"""One host is asked by two at most, and not in the same second."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.core.words import FeedKind
from bot.store.feeds import DueFeed, FeedState, KnownFeed
from bot.work.turns import AT_ONCE, SPACING, Turns

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def due(number: int, host: str) -> DueFeed:
    """A feed of a host; the host is its name."""
    return DueFeed(
        KnownFeed(number, "", host, "", "", FeedKind.OTHER, "user", None, NOON, FeedState(NOON)), "lease"
    )


def turns(*hosts: str, ours: str = "") -> Turns:
    """Feeds of these hosts, waiting."""
    made = Turns(lambda one: one.feed.name, lambda host: host == ours)
    for number, host in enumerate(hosts):
        made.add(due(number, host))
    return made


def taken(made: Turns, now: float) -> list[tuple[DueFeed, float]]:
    """All whose turn it is at a moment."""
    found = []
    while (turn := made.take(now)) is not None:
        found.append(turn)
    return found


def test_feeds_of_one_host_follow_each_other_with_a_second_between() -> None:
    made = turns("a", "a", "a", "b")

    first = taken(made, 10.0)
    second = taken(made, 10.0 + SPACING)

    assert [one.feed.name for one, _ in first] == ["a", "b"]
    assert [one.feed.name for one, _ in second] == ["a"]
    assert taken(made, 20.0) == []  # two of them are under way, however long they take
    made.done(*first[0])
    assert [one.feed.name for one, _ in taken(made, 20.0)] == ["a"]


def test_on_our_own_machines_nobody_waits_for_one_who_takes_long() -> None:
    made = turns(*"aaaaa", ours="a")

    assert len(taken(made, 10.0)) == AT_ONCE
    assert len(taken(made, 10.1)) == 0
    assert len(taken(made, 11.0)) == AT_ONCE


def test_a_host_that_had_its_turn_stands_behind_the_others() -> None:
    made = turns("a", "a", "b")

    turn, other = made.take(10.0), made.take(10.0 + SPACING)

    assert turn is not None
    assert other is not None
    assert [turn[0].feed.name, other[0].feed.name] == ["a", "b"]


def test_what_waits_can_be_given_back() -> None:
    made = turns("a", "a", "b")
    taken(made, 10.0)

    assert [one.feed.id for one in made.drain()] == [1]
    assert made.count == 0


@given(st.lists(st.sampled_from("abc"), max_size=30), st.lists(st.floats(0, 3), min_size=200, max_size=200))
def test_everybody_has_a_turn_and_no_host_more_than_two(hosts: list[str], steps: list[float]) -> None:
    made, now, under_way, served = turns(*hosts), 0.0, list[tuple[DueFeed, float]](), set[int]()
    for step in steps:
        now += step + 0.01
        under_way += taken(made, now)
        for host in "abc":
            assert sum(one.feed.name == host for one, _ in under_way) <= AT_ONCE
        if under_way:
            one, ticket = under_way.pop(0)
            made.done(one, ticket)
            served.add(one.feed.id)

    assert made.count == 0
    assert served | {one.feed.id for one, _ in under_way} == set(range(len(hosts)))
