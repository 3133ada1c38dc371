"""A world to poll in, on both databases; a Slack and a clock for what posts."""

from collections.abc import Iterator

import pytest

from bot.fetch.isolation import Children
from bot.store.database import Database
from tests.fetch.server import Server
from tests.slack_standin import StandIn
from tests.work import polls
from tests.work.posting import FAR_OFF, SetClock


@pytest.fixture
def world(database: Database, server: Server, children: Children) -> Iterator[polls.World]:
    """A world to poll in."""
    with polls.world(database, server, children) as made:
        yield made


@pytest.fixture
def slack() -> Iterator[StandIn]:
    """A Slack of our own."""
    with StandIn(clock=lambda: FAR_OFF) as standin:
        yield standin


@pytest.fixture
def clock() -> SetClock:
    """Half an hour before the usual slot."""
    return SetClock()
