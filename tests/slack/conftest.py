"""A Slack for the tests of what speaks with it, and offices of the bot in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.database import Database
from tests.conftest import EmptiedDatabase, sqlite_database
from tests.slack.wired import Office, office
from tests.slack_standin import StandIn


@pytest.fixture
def slack() -> Iterator[StandIn]:
    with StandIn() as standin:
        yield standin


@pytest.fixture
def drawer(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """A database for what is about Slack and not about databases."""
    with sqlite_database(sqlite_template) as database:
        yield database


@pytest.fixture
def there(slack: StandIn, drawer: Database) -> Iterator[Office]:
    """The bot at work, by socket."""
    with office(slack, drawer) as found:
        yield found


@pytest.fixture(params=["socket", "http"])
def here(slack: StandIn, request: pytest.FixtureRequest) -> Iterator[Office]:
    """The bot at work in both modes: by socket on SQLite, over HTTP on PostgreSQL."""
    if request.param == "socket":
        with office(slack, request.getfixturevalue("drawer")) as found:
            yield found
        return
    emptied: EmptiedDatabase = request.getfixturevalue("emptied_database")
    with emptied.lent() as database, office(slack, database, "http") as found:
        yield found
