"""What to do about a feed that cannot be read, by the reason that is told."""

import pytest

from bot.fetch.document import next_step


@pytest.mark.parametrize(
    ("reason", "step"),
    [
        ("answered 300 Multiple Choices", "in a browser"),
        ("answered 405 Method Not Allowed", "The site refuses"),
        ("answered 407 Proxy Authentication Required", "HTTPS_PROXY"),
        ("the proxy does not let us through: it answered 403", "HTTPS_PROXY"),
        ("answered 408 Request Timeout", "passes by itself"),
        ("answered 429 Too Many Requests", "left alone"),
        ("answered 451 Unavailable For Legal Reasons", "The site refuses"),
        ("answered 500 Internal Server Error", "passes by itself"),
        ("answered 999 no known status", "The site refuses"),
        ("not allowed: neither http nor https: ftp", "in a browser"),
        ("not allowed: no such host, or one inside a network", "poll.private_networks"),
        ("does not speak HTTP", "its port"),
        ("sent in an encoding that was not asked for: 'br'", "Tell the site"),
        ("reading it takes too much memory and was given up", "hostile or huge"),
        ("took longer than 30 s", "passes by itself"),
    ],
)
def test_each_reason_has_its_next_step(reason: str, step: str) -> None:
    assert step in next_step(reason)
