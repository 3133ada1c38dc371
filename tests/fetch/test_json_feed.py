"""JSON behind the same door as every other feed, and what only JSON can say."""

from datetime import UTC, datetime

import pytest

from bot.core.story import Entry
from bot.fetch.document import FeedDocument, Problem, UnreadableError
from bot.fetch.reader import read


def document(body: bytes) -> FeedDocument:
    return read(body, url="https://site.test/feed")


def test_json_feeds_and_the_federal_register_come_in_by_the_same_door() -> None:
    feed = (
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "F", "items": ['
        b'{"id": 7, "url": "/a", "title": "T", "content_html": "<p>Text</p>",'
        b'"date_published": "2026-03-01T05:00:00+05:00"}, "odd"]}'
    )
    register = (
        b'{"count": 1, "results": [{"title": "Notice", "abstract": "About tin", "document_number": "2026-1",'
        b'"html_url": "https://www.federalregister.gov/d/2026-1", "publication_date": "2026-03-01"}]}'
    )

    assert document(feed).entries == (
        Entry("7", "https://site.test/a", "T", "Text", datetime(2026, 3, 1, tzinfo=UTC)),
    )
    assert document(register).entries == (
        Entry(
            "2026-1", "https://www.federalregister.gov/d/2026-1", "Notice", "About tin",
            datetime(2026, 3, 1, tzinfo=UTC), "en",
        ),
    )  # fmt: skip


def test_json_may_say_what_is_no_character() -> None:
    odd = r"\ud800\u0000\udfff"
    feed = f"""{{"version": "https://jsonfeed.org/version/1", "items": [
        {{"id": "{odd}7", "url": "/a{odd} b", "title": "T{odd}", "content_html": "<p>{odd}Text</p>"}}]}}"""

    (entry,) = document(feed.encode()).entries

    assert entry == Entry("7", "https://site.test/a%20b", "T", "Text")


@pytest.mark.parametrize("items", ['{"a": {"id": "1"}}', '"text"', "7"])
def test_items_that_are_no_list_are_not_taken_for_a_quiet_day(items: str) -> None:
    with pytest.raises(UnreadableError) as told:
        document(f'{{"version": "https://jsonfeed.org/version/1", "items": {items}}}'.encode())

    assert told.value.problem is Problem.BROKEN


def test_an_address_without_end_is_none() -> None:
    feed = """{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "url": "/%s"}]}"""

    [short, long] = (document((feed % ("a" * length)).encode()).entries[0] for length in (1_900, 2_000))

    assert (len(short.url), long.url) == (len("https://site.test/") + 1_900, "")
