"""A Slack and a clock for the tests of delivery."""

from collections.abc import Iterator

import pytest

from tests.slack_standin import StandIn
from tests.work.posting import FAR_OFF, SetClock


@pytest.fixture
def slack() -> Iterator[StandIn]:
    with StandIn(clock=lambda: FAR_OFF) as standin:
        yield standin


@pytest.fixture
def clock() -> SetClock:
    return SetClock()
