"""`feeds`: who is polled, from the configuration and by hand."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import feeds
from bot.store.database import Database
from bot.store.feeds import NewFeed
from tests.cli.terminal import Terminal
from tests.cli.test_program import Site, serving
from tests.store.given import NOON

CONFIGURED = '[[feeds]]\nurl = "https://one.test/feed"\nname = "One"\ncountry = "kz"\nkind = "agency"\n'


@pytest.fixture
def following(settled: Terminal) -> Terminal:
    """A terminal with one feed of the configuration and one that somebody added."""
    (settled.folder / "steppewatch.toml").write_text(CONFIGURED)
    database = Database.open(f"sqlite:///{settled.folder / 'steppewatch.db'}")
    with database.writing() as session:
        feeds.add(session, NewFeed("https://two.test/feed", name="Two"), NOON)
    database.close()
    return settled


def names(terminal: Terminal, *words: str) -> set[str]:
    said = terminal("feeds", "list", *words, "--format", "json")
    assert said.code == 0
    return {feed["feed"] for feed in json.loads(said.out)["feeds"] if feed["stopped"] is None}


def test_feeds_of_the_configuration_and_others_are_listed_together(following: Terminal) -> None:
    assert names(following) == {"One", "Two"}
    assert names(following, "two.test") == {"Two"}
    assert "One" in following("feeds", "list").out


def test_a_feed_is_removed_by_number_name_or_address(following: Terminal) -> None:
    said = following("feeds", "remove", "https://two.test/feed")

    assert (said.code, said.err) == (0, "")
    assert "https://two.test/feed is not polled any more" in said.out
    assert names(following) == {"One"}
    again = following("feeds", "remove", "Two")
    assert again.code == 1
    assert "not polled already: removed from the terminal" in again.err


def test_a_feed_of_the_configuration_is_removed_there(following: Terminal) -> None:
    refused = following("feeds", "remove", "One")
    assert refused.code == 1
    assert "is in the configuration: take it out there" in refused.err

    (following.folder / "steppewatch.toml").write_text("")

    assert names(following) == {"Two"}


def test_a_feed_that_is_not_there_is_not_removed(following: Terminal) -> None:
    said = following("feeds", "remove", "Tow")

    assert said.code == 1
    assert "did you mean Two?" in said.err


class Outlet(Site):
    """A site whose home page names the feed, and which has lost another."""

    link = '<link rel="alternate" type="application/rss+xml" href="/feed" title="All news">'

    def other(self) -> tuple[int, str, bytes]:
        if self.path != "/":
            return super().other()
        return 200, "text/html", f"<html><head>{self.link}</head></html>".encode()


@pytest.fixture
def outlet(terminal: Terminal) -> Iterator[str]:
    """The address of the site's home page; the terminal may read it."""
    terminal.environ["STEPPEWATCH_POLL__PRIVATE_NETWORKS"] = "127.0.0.1/32"
    with serving(Outlet) as address:
        yield address


def test_a_feed_is_added_once_under_its_own_name(terminal: Terminal, outlet: str) -> None:
    added = terminal("feeds", "add", f"{outlet}/feed", "--country", "kz", "--kind", "agency")
    again = terminal("feeds", "add", f"{outlet}/feed")

    assert (added.code, added.out) == (0, f"feed 1: {outlet}/feed (News)\n")
    assert again.code == 1
    assert "is polled already: it is feed 1" in again.err
    assert names(terminal) == {"News"}


def test_a_home_page_offers_its_feeds_and_a_lost_page_says_what_to_do(
    terminal: Terminal, outlet: str
) -> None:
    home, lost = terminal("feeds", "add", f"{outlet}/"), terminal("feeds", "add", f"{outlet}/lost")

    assert (home.code, lost.code) == (1, 1)
    assert f"{outlet}/feed" in home.err
    assert "404" in lost.err
    assert names(terminal) == set()


def test_a_feed_that_is_down_can_be_added_unseen(terminal: Terminal, outlet: str) -> None:
    assert terminal("feeds", "add", f"{outlet}/lost", "--unseen", "--name", "Lost").code == 0
    assert names(terminal) == {"Lost"}


def test_what_is_said_of_a_feed_goes_by_the_rules_of_the_configuration(
    terminal: Terminal, outlet: str
) -> None:
    said = terminal("feeds", "add", f"{outlet}/feed", "--kind", "oficial", "--country", "Kazakhstan")

    assert (said.code, said.out) == (1, "")
    assert "did you mean official?" in said.err
    assert "a country by its two letters" in said.err


def test_checking_says_what_is_wrong_and_keeps_nothing(terminal: Terminal, outlet: str) -> None:
    terminal("feeds", "add", f"{outlet}/feed")
    good = terminal("feeds", "check")
    terminal("feeds", "add", f"{outlet}/lost", "--unseen")
    bad = terminal("feeds", "check", "--format", "json")
    strange = terminal("feeds", "check", f"{outlet}/")

    assert (good.code, good.out[:23]) == (0, "good News: rss20, 3 ent")
    assert bad.code == 1
    assert [feed["readable"] for feed in json.loads(bad.out)["feeds"]] == [True, False]
    assert f"the page names {outlet}/feed All news" in strange.out
    assert terminal("export", "stories").out == ""


def test_a_list_goes_out_and_comes_in_again(following: Terminal) -> None:
    listed = following("feeds", "export").out
    (following.folder / "list.opml").write_text(listed, encoding="utf-8")
    following.environ["STEPPEWATCH_DATABASE__URL"] = "sqlite:///other.db"
    (following.folder / "steppewatch.toml").write_text("")

    first = following("feeds", "import", "list.opml")
    again = following("feeds", "import", "list.opml")

    assert first.out == "2 feeds are followed from now on, 0 were already, 0 were refused\n"
    assert again.out == "0 feeds are followed from now on, 2 were already, 0 were refused\n"
    assert following("feeds", "export").out == listed


@pytest.mark.parametrize(
    "body", ["", "nonsense", "<html/>", '<!DOCTYPE o [<!ENTITY a "b">]><opml>&c;</opml>']
)
def test_what_is_no_list_is_refused(terminal: Terminal, body: str) -> None:
    said = terminal("feeds", "import", "-", stdin=body)

    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("steppewatch: -: ")


def test_addresses_that_cannot_be_polled_are_named_and_others_of_the_list_followed(
    terminal: Terminal,
) -> None:
    outlines = "".join(f'<outline xmlUrl="{url}"/>' for url in ("ftp://a.test/x", "https://a.test/feed"))

    said = terminal("feeds", "import", "-", stdin=f"<opml><body>{outlines}</body></opml>")

    assert said.code == 0
    assert said.out.startswith("1 feeds are followed")
    assert "ftp://a.test/x: not allowed: neither http nor https" in said.err


def test_the_starter_list_can_be_seen_and_followed_by_country(terminal: Terminal) -> None:
    listed = json.loads(terminal("feeds", "starter", "--country", "kg", "--format", "json").out)["feeds"]

    followed = terminal("feeds", "starter", "--country", "kg", "--follow")

    assert {feed["country"] for feed in listed} == {"KG"}
    assert followed.code == 0
    assert names(terminal) == {feed["name"] for feed in listed}
    assert terminal("feeds", "starter", "--country", "xx").code == 1


def test_what_is_not_held_back_cannot_be_released(terminal: Terminal) -> None:
    terminal("feeds", "add", "https://nowhere.test/feed", "--unseen", "--name", "Wire")

    for words in (["Wire"], ["Wire", "--now"]):
        said = terminal("feeds", "release", *words)

        assert (said.code, "nothing of Wire is held back" in said.err) == (1, True)


def test_the_password_of_a_feed_is_never_shown(terminal: Terminal, tmp_path: Path) -> None:
    terminal("feeds", "add", "https://me:tops3cret@nowhere.test/feed", "--unseen")

    for words in (
        ["list"],
        ["list", "--format", "json"],
        ["check"],
        ["add", "https://me:tops3cret@nowhere.test/feed"],
    ):
        said = terminal("feeds", *words)

        assert "nowhere.test" in said.out + said.err
        assert "tops3cret" not in said.out + said.err
    assert "tops3cret" not in terminal("poll", "--all").out
