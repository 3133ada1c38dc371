"""When two entries are one story, and the moment a story counts for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.identity import (
    ARCHIVE_AGE,
    Identified,
    address_key,
    believable,
    identify,
    reported_at,
    source_of,
)
from bot.core.story import Entry

NOON = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
TITLE = "Ministry signs memorandum on tungsten"


def entry(name: str = "a", **known: object) -> Entry:
    """An entry called `name`, unless told otherwise."""
    usual: dict[str, object] = {
        "guid": f"guid-{name}",
        "url": f"https://news.test/2026/{name}",
        "title": f"{TITLE} {name}",
        "text": f"Text of {name}.",
        "published": NOON,
    }
    return Entry(**(usual | known))  # type: ignore[arg-type]


def named(*entries: Entry, feed: str = "f1") -> list[Identified]:
    """The entries of one document, named."""
    return identify(entries, feed=feed)


def same(one: Entry, other: Entry, *, feeds: tuple[str, str] = ("f1", "f1")) -> bool:
    """Whether two entries of two documents would be kept as one story."""
    (first,), (second,) = named(one, feed=feeds[0]), named(other, feed=feeds[1])
    return not set(first.keys).isdisjoint(second.keys)


@pytest.mark.parametrize(
    "change",
    [
        {"guid": "another"},
        {"url": "https://news.test/other"},
        {"title": "Quite another title"},
        {"guid": "another", "title": "Quite another title"},
        {"url": "https://news.test/other", "title": "Quite another title", "published": None},
        {"guid": "another", "url": "http://www.news.test/2026/a/?utm_source=rss"},
        {"guid": "another", "url": "https://news.test/other/tungsten"},  # title and minute agree
        {"guid": "", "url": ""},
    ],
)
def test_a_story_stays_itself_when_some_of_its_names_change(change: dict[str, object]) -> None:
    assert same(entry(), replace(entry(), **change))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [
        {"guid": "another", "url": "https://news.test/other", "published": NOON + timedelta(days=1)},
        {"guid": "another", "url": "https://news.test/other", "title": "Quite another title"},
        {"guid": "another", "url": "https://news.test/other", "published": None},
        {"guid": "b", "url": "https://news.test/2026/a?id=2", "title": "Quite another title"},
    ],
)
def test_different_stories_stay_apart(change: dict[str, object]) -> None:
    assert not same(entry(), replace(entry(), **change))  # type: ignore[arg-type]


def test_a_short_title_says_nothing() -> None:
    daily = entry(title="Exchange rates")

    assert not same(daily, replace(daily, guid="2", url="https://news.test/2"))


def test_a_title_and_a_day_without_a_time_say_nothing() -> None:
    undated = entry(published=datetime(2026, 3, 2, tzinfo=UTC))

    assert not same(undated, replace(undated, guid="2", url="https://news.test/2"))


def test_the_same_page_in_two_feeds_is_one_story_and_the_same_number_is_not() -> None:
    assert same(entry(), entry(guid="x", title="Their words"), feeds=("f1", "f2"))
    assert not same(entry(guid="7", url=""), entry("b", guid="7", url=""), feeds=("f1", "f2"))
    assert same(
        entry(guid="https://news.test/?p=7", url=""),
        entry("b", guid="https://news.test/?p=7", url=""),
        feeds=("f1", "f2"),
    )


def test_an_entry_without_any_name_is_known_by_what_it_says() -> None:
    bare = Entry(guid="", url="", title="", text="Only a text.")

    assert same(bare, bare)
    assert not same(bare, replace(bare, text="Another text."))
    assert not same(bare, bare, feeds=("f1", "f2"))


def test_duplicates_in_a_document_are_named_once() -> None:
    found = named(entry(), entry("b"), entry(), entry(guid="other guid"))

    assert [one.entry.guid for one in found] == ["guid-a", "guid-b"]


def test_a_name_that_all_entries_share_is_none() -> None:
    one_page = [entry(name, url="https://news.test/all") for name in "abc"]
    one_guid = [entry(name, guid="1") for name in "abc"]

    assert len(named(*one_page)) == 3
    assert len(named(*one_guid)) == 3


def test_a_name_under_which_there_are_three_titles_and_nothing_else_is_none() -> None:
    one_guid = [entry(name, title=f"The story of {name}", guid="1", url="") for name in "abc"]
    one_page = [
        entry(name, title=f"The story of {name}", guid="", url="https://news.test/all") for name in "abc"
    ]

    assert len(named(*one_guid)) == len(named(*one_page)) == 3
    assert len(named(*one_guid[:2])) == 1  # a story and its correction


def test_a_home_page_is_nobodys_address() -> None:
    assert address_key("https://news.test/") == address_key("https://news.test") == ""
    assert len(named(entry(url="https://news.test/"), entry("b", url="https://news.test/"))) == 2


@given(
    st.lists(st.builds(entry, st.sampled_from("abcdefgh"), guid=st.sampled_from(["", "1", "2", "x", "y"])))
)
def test_no_story_has_a_name_of_another_and_each_has_one(entries: list[Entry]) -> None:
    found = named(*entries)

    keys = [key for one in found for key in one.keys]
    assert all(one.keys for one in found)
    assert len(keys) == len(set(keys))
    assert named(*(one.entry for one in found)) == found or len(entries) != len(found)


@given(st.permutations([entry(name) for name in "abcdef"]))
def test_the_order_of_a_document_changes_no_name(shuffled: list[Entry]) -> None:
    assert {one.entry: one.keys for one in named(*shuffled)} == {
        one.entry: one.keys for one in named(*(entry(name) for name in "abcdef"))
    }


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("published", "backlog", "counts_for"),
    [
        (NOON - DAY, True, NOON - DAY),  # the first poll: when it was published
        (NOON - 99 * DAY, True, NOON - 99 * DAY),
        (NOON - DAY, False, NOON),  # afterwards: when we saw it
        (NOON - 8 * DAY, False, NOON - 8 * DAY),  # dug out of an archive
        (None, True, NOON),
        (None, False, NOON),
        (NOON + DAY / 2, True, NOON),  # zones are often wrong
        (NOON + 99 * DAY, True, NOON),
        (datetime(1970, 1, 1, tzinfo=UTC), False, NOON),
        (datetime(9999, 12, 31, tzinfo=UTC), True, NOON),
        (datetime(1, 1, 1, tzinfo=UTC), True, NOON),
    ],
)
def test_the_moment_a_story_counts_for(
    published: datetime | None, backlog: bool, counts_for: datetime
) -> None:
    assert reported_at(published, NOON, backlog=backlog) == counts_for


moments = st.datetimes(timezones=st.just(UTC))


@given(st.none() | moments, moments, st.booleans())
def test_no_story_counts_for_a_time_after_it_was_seen(
    published: datetime | None, seen: datetime, backlog: bool
) -> None:
    counts = reported_at(published, seen, backlog=backlog)

    assert counts <= seen
    assert counts == seen or (
        counts == believable(published, seen) and (backlog or seen - counts > ARCHIVE_AGE)
    )


@pytest.mark.parametrize(
    ("outlet", "url", "source"),
    [
        ("", "https://www.gazeta.uz/ru/1", "gazeta.uz"),
        ("reuters.com", "https://news.google.com/rss/articles/x", "reuters.com"),
        ("Reuters", "https://m.reuters.com/1", "reuters.com"),
        ("", "", "feeds.test"),
    ],
)
def test_the_source_is_the_host_of_the_outlet(outlet: str, url: str, source: str) -> None:
    assert source_of(entry(source=outlet, url=url), "https://feeds.test/rss") == source
