"""A Slack for the tests of what speaks with it."""

from collections.abc import Iterator

import pytest

from tests.slack_standin import StandIn


@pytest.fixture
def slack() -> Iterator[StandIn]:
    with StandIn() as standin:
        yield standin
