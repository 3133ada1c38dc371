"""One spelling for the page that a link leads to."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.addresses import canonical, host_of, unwrapped

PAGE = "https://example.org/news/2026/lithium"


@pytest.mark.parametrize(
    "spelled",
    [
        "http://example.org/news/2026/lithium",
        "https://www.example.org/news/2026/lithium/",
        "https://EXAMPLE.org:443/news//2026/lithium",
        "https://m.example.org/news/2026/lithium",
        "https://amp.example.org/news/2026/lithium",
        "https://example.org/amp/news/2026/lithium",
        "https://example.org/news/2026/lithium/amp/",
        "https://example.org/news/2026/lithium/amp",
        "https://example.org/news/2026/lithium?outputType=amp",
        "https://example.org/news/2026/lithium?utm_source=rss&utm_medium=feed&fbclid=1",
        "https://example.org/news/2026/lithium?at_medium=RSS&at_campaign=KARANGA",
        "https://example.org/news/2026/lithium?from=rss&ref=feed",
        "https://example.org/news/2026/lithium?rss=1&CMP=rss",
        "https://example.org/news/2026/lithium#comments",
        "https://example.org/news/2026/lithium#xtor=RSS-1",
        "https://example.org/news/2026/lithium/index.html",
        "https://example.org/news/2026/%6Cithium",
        " https://example.org/news/2026/lithium ",
        "https://www.google.com/url?sa=t&url=https%3A%2F%2Fexample.org%2Fnews%2F2026%2Flithium&usg=x",
        "https://www.google.com/amp/s/example.org/news/2026/lithium",
        "https://example-org.cdn.ampproject.org/c/s/example.org/news/2026/lithium",
        "https://www.bing.com/news/apiclick.aspx?ref=x&url=https%3a%2f%2fexample.org%2fnews%2f2026%2flithium&c=1",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fnews%2F2026%2Flithium%3Ffbclid%3D2",
    ],
)
def test_spellings_of_one_page(spelled: str) -> None:
    assert canonical(spelled) == canonical(PAGE) == "example.org/news/2026/lithium"


@pytest.mark.parametrize(
    "other",
    [
        "https://example.org/news/2026/lithium-2",
        "https://example.org/news/2026/lithium?page=2",
        "https://example.org/news/2026/lithium?id=7",
        "https://example.org/News/2026/lithium",
        "https://example.org:8443/news/2026/lithium",
        "https://ru.example.org/news/2026/lithium",
        "https://example.org/news/2026/lithium#item-123",
        "https://example.com/news/2026/lithium",
        "https://example.org/news/2026/lithium?from=kz",
    ],
)
def test_other_pages_stay_others(other: str) -> None:
    assert canonical(other) != canonical(PAGE)


def test_the_order_of_parameters_says_nothing() -> None:
    assert canonical("https://a.test/x?b=2&a=1&utm_campaign=z") == canonical("https://a.test/x?a=1&b=2")


@pytest.mark.parametrize("inner", ["https://example.org/a", "https://example.org/" + "long-slug-" * 15 + "x"])
def test_the_older_google_news_addresses_are_unwrapped(inner: str) -> None:
    length = len(inner)
    size = bytes([length]) if length < 128 else bytes([length & 0x7F | 0x80, length >> 7])
    token = (
        base64.urlsafe_b64encode(b"\x08\x13\x22" + size + inner.encode() + b"\xd2\x01\x00")
        .decode()
        .rstrip("=")
    )

    assert unwrapped(f"https://news.google.com/rss/articles/{token}?oc=5") == inner


def test_the_newer_google_news_addresses_stay_as_they_are() -> None:
    url = "https://news.google.com/rss/articles/CBMiAU_yqLM" + "A" * 40

    assert unwrapped(url) == url


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.gazeta.uz/ru/", "gazeta.uz"),
        ("https://m.kun.uz/1", "kun.uz"),
        ("http://пример.рф/1", "xn--e1afmkfd.xn--p1ai"),
        ("https://www.uz/1", "www.uz"),
        ("mailto:x@y.test", ""),
        ("https://[::1", ""),
    ],
)
def test_the_host_as_people_know_it(url: str, host: str) -> None:
    assert host_of(url) == host


@given(st.text() | st.from_regex(r"https?://[a-z.]{1,20}(/[ -~]{0,40})?", fullmatch=True))
def test_any_text_has_one_spelling_or_none(text: str) -> None:
    spelled = canonical(text)

    assert canonical(f"https://{spelled}") in {spelled, canonical(f"http://{spelled}")}
    host_of(text)
