"""`feeds add`, `remove` and `check`, as they are typed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from bot.commands.answer import Answer, Asker
from bot.commands.registry import answer, check
from bot.core.documents import Buttons, Notice, Table
from bot.errors import UserError
from bot.fetch.isolation import Children
from bot.store import feeds
from bot.store.database import Database
from bot.store.feeds import NewFeed
from bot.work.polling import Polling
from bot.work.refresh import refresh
from tests.commands.newsroom import NINE, Newsroom
from tests.fetch.server import Server, http
from tests.work import polls

ADMIN = Asker("UADMIN", "C1")
HOME = b"""<html><head><title>Home</title>
<link rel="alternate" type="application/rss+xml" title="All news" href="/feed"></head></html>"""


@dataclass
class Reading(Newsroom):
    """A newsroom that can ask sites."""

    asks: Polling | None = None

    @property
    def polling(self) -> Polling:
        assert self.asks is not None
        return self.asks


@pytest.fixture
def room(database: Database, server: Server, children: Children) -> Iterator[Reading]:
    with polls.world(database, server, children) as world:
        world.serve("a")
        yield Reading(database, asks=world.polling)


def ask(room: Newsroom, text: str, asker: Asker = ADMIN) -> Any:
    return answer(room, text, asker, NINE).data


def commands(told: Answer) -> list[str]:
    rows = [part for part in told.document.parts if isinstance(part, Buttons)]
    return [button.command for row in rows for button in row.spelled]


def known(room: Newsroom) -> list[tuple[str, str, str]]:
    with room.database.reading() as session:
        return [(each.name, each.lang, each.country) for each in feeds.listing(session)]


def test_a_feed_is_added_as_slack_spells_it_and_described(room: Reading, server: Server) -> None:
    url = server.url("/feed")

    added = ask(room, f'feeds add <{url}|feed> name:"Steppe wire" lang:ru country:kz kind:agency')

    assert (added["url"], known(room)) == (url, [("Steppe wire", "ru", "KZ")])
    with pytest.raises(UserError, match="is polled already"):
        ask(room, f"feeds add {url}")


def test_a_home_page_offers_its_feeds_as_buttons(room: Reading, server: Server) -> None:
    home = server.page("/", http(HOME))

    offered = answer(room, f"feeds add {home} lang:ru", ADMIN, NINE)

    [button] = commands(offered)
    assert known(room) == []
    ask(room, button)
    assert known(room) == [("Feed", "ru", "")]


def test_a_feed_is_removed_and_taken_back(room: Reading, server: Server) -> None:
    ask(room, f"feeds add {server.url('/feed')} name:Wire")

    removed = answer(room, "feeds remove Wire", ADMIN, NINE)

    assert known(room) == []
    ask(room, commands(removed)[0])
    assert known(room) == [("Wire", "", "")]


def test_of_feeds_that_cannot_be_read_the_next_step_is_said_once_for_all(
    room: Reading, server: Server
) -> None:
    for name in ("One", "Two"):
        with room.database.writing() as session:
            feeds.add(session, NewFeed(url=server.url(f"/{name}"), name=name), NINE)
    refresh(room.polling, NINE)

    told = answer(room, "feeds", ADMIN, NINE)

    said = [part.text for part in told.document.parts if isinstance(part, Notice)]
    assert said == ["One, Two: It has moved or ended: try `feeds add` with the home page of the site."]
    assert all("home page" in each["next_step"] for each in ask(room, "feeds")["feeds"])


def test_a_feed_or_any_address_is_checked_and_nothing_kept(room: Reading, server: Server) -> None:
    checked = ask(room, f"feeds check {server.url('/feed')}", Asker("UMEMBER", "C1"))
    lost = answer(room, f"feeds check {server.url('/lost')}", ADMIN, NINE)

    assert (checked["readable"], checked["entries"]) == (True, 1)
    assert lost.data["readable"] is False
    assert "404" in str(lost.document)
    assert known(room) == []


def test_who_may_not_add_proposes_and_the_admin_adds(room: Reading, server: Server) -> None:
    ask(room, f"feeds add {server.url('/feed')} name:Wire", Asker("UMEMBER", "C1"))
    assert known(room) == []

    ask(room, "approve p1")

    assert known(room) == [("Wire", "", "")]
    assert ask(room, "changes feed")["changes"][0]["person"] == "UMEMBER, approved by UADMIN"


@pytest.mark.parametrize(
    "text",
    [
        "feeds add one two",
        "feeds add example.org lang:klingon",
        "feeds add http://10.0.0.1/feed",
        "feeds remove",
        "feeds remove nobody",
        "feeds check",
        "feeds check nobody",
    ],
)
def test_what_cannot_be_done_says_what_would_be_right(room: Reading, text: str) -> None:
    with pytest.raises(UserError):
        ask(room, text)


def test_a_feed_that_is_not_polled_any_more_is_not_among_those_that_cannot_be_read(
    room: Reading, server: Server
) -> None:
    ask(room, f"feeds add {server.url('/feed')} name:Wire")
    server.pages.clear()
    refresh(room.polling, NINE + timedelta(days=1))
    ask(room, "feeds remove Wire")

    told = answer(room, "feeds", ADMIN, NINE).document

    [table] = [part for part in told.parts if isinstance(part, Table)]
    assert [row[:2] for row in table.rows] == [("Wire", "not polled any more: removed by UADMIN")]
    assert told.title == "0 of 0 feeds can be read"


def test_feeds_and_status_count_alike_and_all_stand_in_one_table(room: Reading, server: Server) -> None:
    for name in ("Good", "Down", "Gone"):
        server.pages[f"/{name}"] = server.pages["/feed"]
        ask(room, f"feeds add {server.url(f'/{name}')} name:{name}")
    refresh(room.polling, NINE)
    del server.pages["/Down"]
    server.page("/Gone", http(status="410 Gone"))
    refresh(room.polling, NINE + timedelta(days=1))

    later = NINE + timedelta(days=2)

    told = answer(room, "feeds", ADMIN, later).document

    [table] = [part for part in told.parts if isinstance(part, Table)]
    states = {row[0]: row[1].partition(":")[0] for row in table.rows}
    assert states == {"Down": "cannot be read for 1 day", "Gone": "not polled any more", "Good": "read"}
    counted = answer(room, "status", ADMIN, later).data["feeds"]
    assert isinstance(counted, dict)
    assert told.title == f"{counted['read']} of {counted['of']} feeds can be read"


def test_a_mistake_in_an_address_is_shown_where_it_is(room: Reading) -> None:
    with pytest.raises(UserError) as raised:
        check(room, "feeds add  ftp://news.example lang:ru", NINE)

    assert raised.value.at == len("feeds add  ")
