"""TLS is verified, always, by the machine's authorities."""

import socket
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import FetchError
from bot.fetch.web import Limits, Web
from tests.fetch.certificates import AUTHORITY, Issued, issue, server_context, trusting
from tests.fetch.server import LOOPBACK, Talk, http, serving


def web(seconds: float = 5.0) -> Web:
    """The web that trusts the authority of these tests beside the machine's."""
    limits = Limits(deadline=timedelta(seconds=seconds))
    return Web(user_agent="x", private_networks=LOOPBACK, tls=trusting(), limits=limits)


def test_a_server_with_a_valid_certificate_is_asked(tmp_path: Path) -> None:
    with serving(server_context(issue("good", AUTHORITY), tmp_path)) as server:
        assert web().get(server.page("/feed", http(b"secure"))).body == b"secure"


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: issue("itself"), id="self-signed"),
        pytest.param(lambda: issue("expired", AUTHORITY, days=-1), id="expired"),
        pytest.param(lambda: issue("another", AUTHORITY, address="127.0.0.9"), id="another host"),
        pytest.param(lambda: issue("unknown", issue("nobody")), id="unknown authority"),
    ],
)
def test_no_other_certificate_will_do(make: Callable[[], Issued], tmp_path: Path) -> None:
    with serving(server_context(make(), tmp_path)) as server:
        server.page("/feed", http(b"secure"))
        with pytest.raises(FetchError, match="its certificate is not valid"):
            web().get(server.url())
        assert server.asked == []


def test_plain_http_behind_https_is_said() -> None:
    with serving() as server, pytest.raises(FetchError, match="no secure connection"):
        web().get(server.url().replace("http:", "https:"))


@pytest.mark.parametrize("answer", [Talk.hang, lambda talk: talk.drip(http(b"x" * 999), 0.02)])
def test_the_deadline_holds_over_tls(answer: Callable[[Talk], None], tmp_path: Path) -> None:
    with serving(server_context(issue("good", AUTHORITY), tmp_path)) as server:
        server.page("/feed", answer)
        with pytest.raises(FetchError, match=r"took longer than 0\.5 s"):
            web(0.5).get(server.url())


def test_a_handshake_that_never_comes_meets_the_deadline() -> None:
    with (
        socket.create_server(
            ("127.0.0.1", 0)
        ) as silent,  # the kernel takes the connection, and nobody speaks
        pytest.raises(FetchError, match=r"took longer than 0\.3 s"),
    ):
        web(0.3).get(f"https://127.0.0.1:{silent.getsockname()[1]}/")
