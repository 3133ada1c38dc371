"""`feeds`: who is polled, from the configuration and by hand."""

import json

import pytest

from bot.store import feeds
from bot.store.database import Database
from bot.store.feeds import NewFeed
from tests.cli.terminal import Terminal
from tests.store.given import NOON

CONFIGURED = '[[feeds]]\nurl = "https://one.test/feed"\nname = "One"\ncountry = "kz"\nkind = "agency"\n'


@pytest.fixture
def following(terminal: Terminal) -> Terminal:
    """A terminal with one feed of the configuration and one that somebody added."""
    (terminal.folder / "steppewatch.toml").write_text(CONFIGURED)
    terminal("db", "upgrade")
    database = Database.open(f"sqlite:///{terminal.folder / 'steppewatch.db'}")
    with database.writing() as session:
        feeds.add(session, NewFeed("https://two.test/feed", name="Two"), NOON)
    database.close()
    return terminal


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
