"""robots.txt: what a site lets us read."""

import pytest

from bot.fetch.robots import Robots, Rules
from tests.fetch.server import Answer, Server, http, web


@pytest.mark.parametrize(
    ("rules", "closed", "opened"),
    [
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/c", "/a/b/c"),  # the longest counts, not the first
        ("User-agent: *\nDisallow: /a\nAllow: /a", "", "/a"),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", "/x/y.pdf.html"),
        ("User-agent: *\nDisallow: /a$", "/a", "/a/a"),
        ("User-agent: *\nDisallow: /*?print", "/x?a=1&b?print", "/x?a=print"),
        ("User-agent: *\nDisallow: /*/private/*/x", "/a/private/b/c/x", "/private/b/x"),
        ("User-agent: *\nDisallow: /%d0%bd", "/%D0%BD/1", "/n"),
        ("User-agent: *\nDisallow:", "", "/a"),
        ("User-agent: *\nDisallow: /\n\nUser-agent: steppewatch # us\nDisallow: /x", "/x/1", "/a"),
        ("User-agent: other\nUser-agent: Steppewatch\nDisallow: /x", "/x", "/a"),
        (
            "User-agent: Steppewatch\nDisallow: /x\nUser-agent: *\nUser-agent: Steppewatch\nDisallow: /y",
            "/y",
            "/z",
        ),
        ("Disallow: /\nnonsense\nSitemap: http://a.test/", "", "/a"),
        ("<html>not found</html>", "", "/a"),
        ("", "", "/a"),
    ],
)
def test_the_rules_mean_what_their_standard_says(rules: str, closed: str, opened: str) -> None:
    ours = Rules.of(rules, "Steppewatch")

    assert not closed or not ours.allow(f"https://site.test{closed}")
    assert ours.allow(f"https://site.test{opened}")


@pytest.mark.parametrize(
    ("answer", "allowed"),
    [
        (http("\ufeffUser-agent: *\nDisallow: /".encode()), False),
        (http(status="404 Not Found"), True),
        (http(status="403 Forbidden"), True),
        (http(status="503 Busy"), False),
        (b"", False),
    ],
)
def test_where_the_rules_cannot_be_had_nothing_is_read_and_where_there_are_none_all_is(
    server: Server, answer: Answer, allowed: bool
) -> None:
    server.page("/robots.txt", answer)
    robots = Robots(web())

    assert robots.allow(server.url("/a")) is allowed
    assert robots.allow(server.url("/b")) is allowed
    assert len(server.asked) == 1


def test_sites_are_not_remembered_without_end(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.fetch.robots._MOST_SITES", 2)
    server.page("/robots.txt", http(b"User-agent: *\nDisallow: /private"))
    robots = Robots(web())
    one = server.url("/a")
    others = [one.replace("//", f"//reader{number}@") for number in range(2)]

    assert all(robots.allow(url) for url in (one, one, *others, one))
    assert len(server.asked) == 4
