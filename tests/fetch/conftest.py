"""A server on loopback for the tests of the web."""

from collections.abc import Iterator

import pytest

from tests.fetch.server import Server, serving


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that says what it is told to."""
    with serving() as made:
        yield made
