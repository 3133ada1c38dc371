"""The sample feeds: fresh at any time, readable, and honest about what they hold."""

import http.client
from collections import Counter
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from bot.core.words import Tier
from bot.fetch.document import FeedDocument
from bot.fetch.reader import read
from bot.samples import OUTLETS, expected, render, serve

NOON = datetime(2027, 5, 4, 12, tzinfo=UTC)
SEEDS = "uz-us-mou"


def parsed(now: datetime) -> dict[str, FeedDocument]:
    return {name: read(body, url=f"http://127.0.0.1/{name}") for name, body in render(now).items()}


def test_every_feed_is_well_formed_and_of_the_form_that_its_name_says() -> None:
    versions = {name: (feed.problem, feed.format) for name, feed in parsed(NOON).items()}

    forms = {"rss": "rss20", "atom": "atom10", "rdf": "rss10"}
    assert versions == {outlet.file: ("", forms[outlet.form]) for outlet in OUTLETS}


def test_there_is_enough_of_everything() -> None:
    rows = expected()

    assert len(rows) >= 70
    assert {outlet.lang for outlet in OUTLETS} == {"en", "ru", "uz", "kk", "ky"}
    assert {outlet.form for outlet in OUTLETS} == {"rss", "atom", "rdf"}
    assert Counter(row.tier for row in rows)[Tier.NONE] >= 30


def test_the_manifest_names_every_item_once_and_nothing_else() -> None:
    held = [
        (name.rpartition(".")[0], entry.guid) for name, feed in parsed(NOON).items() for entry in feed.entries
    ]

    assert sorted(held) == sorted((row.feed, row.guid) for row in expected())
    assert len({guid for _, guid in held}) == len(held)


def test_the_seeds_happening_is_told_by_several_outlets_in_several_languages() -> None:
    lang = {outlet.name: outlet.lang for outlet in OUTLETS}
    feeds = [row.feed for row in expected() if row.event == SEEDS]

    assert len(set(feeds)) == len(feeds) >= 5
    assert len({lang[feed] for feed in feeds}) >= 3


@pytest.mark.parametrize("now", [NOON, datetime(2030, 1, 1, tzinfo=UTC)])
def test_nothing_is_dated_in_the_future_and_most_of_it_is_of_the_last_day(now: datetime) -> None:
    dates = [entry.published for feed in parsed(now).values() for entry in feed.entries]
    ages = [now - date for date in dates if date is not None]

    assert len(ages) == len(dates)
    assert min(ages) > timedelta(0)
    assert sum(age < timedelta(days=1) for age in ages) > len(ages) * 0.7


def test_no_template_mark_is_left_and_every_link_leads_to_a_name_that_nobody_owns() -> None:
    for name, feed in parsed(NOON).items():
        assert b"{{" not in render(NOON)[name]
        for entry in feed.entries:
            assert (urlsplit(entry.url).hostname or "").endswith(".example")


def test_a_feed_is_sent_in_the_encoding_that_it_declares() -> None:
    assert "Караван новостей".encode("cp1251") in render(NOON)["karavan-kz.rdf"]


def test_a_naive_now_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        render(NOON.replace(tzinfo=None))


def test_the_server_answers_a_second_request_with_not_modified() -> None:
    with serve(NOON) as served:
        line = http.client.HTTPConnection(urlsplit(served.base).netloc, timeout=5)
        line.request("GET", f"/{OUTLETS[0].file}")
        first = line.getresponse()
        body = first.read()
        line.request("GET", f"/{OUTLETS[0].file}", headers={"If-None-Match": first.headers["ETag"]})
        second = line.getresponse()
        second.read()
        line.request("GET", "/elsewhere")
        third = line.getresponse()
        third.read()
        line.close()

    assert (first.status, second.status, third.status) == (200, 304, 404)
    assert body == render(NOON)[OUTLETS[0].file]
