"""An export as an Atom feed: it can be read whatever its stories hold, and is the same until they change."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bot.core.inert import one_line
from bot.fetch.reader import read
from bot.work.atom import feed

ATOM = "{http://www.w3.org/2005/Atom}"


def story(number: int = 1, *, day: int = 6, title: str = "A memorandum", **more: Any) -> dict[str, Any]:
    return {
        "id": f"s{number}",
        "title": title,
        "source": "a.example",
        "url": f"https://a.example/{number}",
        "published": f"2026-02-{day:02}T09:00:00+00:00",
        "tier": "core",
        "countries": ["UZ"],
        "minerals": ["tungsten"],
    } | more


def document(*records: dict[str, Any]) -> bytes:
    return "\n".join(feed(records, "All")).encode()


@given(text=st.text(max_size=40), url=st.text(max_size=20) | st.just("https://a.example/?a=1&b=<2>"))
def test_whatever_a_feed_said_it_is_well_formed_and_inert(text: str, url: str) -> None:
    root = etree.fromstring(document(story(title=text, url=url, source=text, summary=text)))

    assert root.findtext(f"{ATOM}entry/{ATOM}title") == one_line(text)
    assert all(link.get("href", "").startswith("http") for link in root.iter(f"{ATOM}link"))


def test_readers_get_every_entry_the_newest_first() -> None:
    event = {"id": "e1", "headline": "Two tell it", "last": "2026-02-08T09:00:00+00:00", "countries": ["KZ"]}
    reports = [story(7), story(8, source="b.example")]

    entries = read(document(story(1), story(2, day=7), event | {"stories": reports}), url="").entries

    assert [entry.title for entry in entries] == ["Two tell it", "A memorandum", "A memorandum"]
    assert [entry.url for entry in entries] == [f"https://a.example/{number}" for number in (7, 2, 1)]
    assert len({entry.guid for entry in entries}) == 3


@pytest.mark.parametrize("undated", [None, ""])
def test_what_has_no_date_is_no_newer_each_time(undated: str | None) -> None:
    assert document(story(published=undated)) == document(story(published=undated))
    assert b"<updated>1970-01-01" in document(story(published=undated))


def test_of_nothing_it_is_an_empty_feed() -> None:
    assert read(document(), url="").entries == ()
