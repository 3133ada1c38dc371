"""Markup that is made to be dear is told before anything is built of it; what feeds are made of is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fetch.document import UnreadableError
from bot.fetch.reader import read
from bot.fetch.shape import dear

HEAD = b"<rss version='2.0'><channel><title>Large</title><item><title>A story</title><description>"
TAIL = b"</description></item></channel></rss>"


@pytest.mark.parametrize(
    ("hostile", "reason"),
    [
        (b"<a>" * 300_000, "nested more than 500 deep"),
        (b"<a>" * 600 + b"</a>" * 600 + b" " * 600_000, "nested more than 500 deep"),
        (b"<i/>" * 260_000, "more than 250,000 elements"),
        (b"<a b='" + b"x" * 600_000 + b"'/>", "a tag of more than 256 kB"),
        (b"<a " + b" ".join(b"a%d='1'" % n for n in range(60_000)) + b"/>", "a tag of more than 256 kB"),
    ],
)
def test_a_large_document_of_dear_markup_is_refused_with_a_reason(hostile: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read(HEAD + hostile + TAIL, url="https://news.test/feed")


@pytest.mark.parametrize(
    "text",
    [
        b"word " * 200_000,
        b"<![CDATA[" + b"word " * 200_000 + b"]]>",
        b"<p>word</p>" * 60_000,
        b"<div>" * 400 + b"word " * 120_000 + b"</div>" * 400,
    ],
)
def test_long_texts_are_not_dear(text: bytes) -> None:
    document = read(HEAD + text + TAIL, url="https://news.test/feed")

    assert [entry.title for entry in document.entries] == ["A story"]
    assert "word" in document.entries[0].text


@given(st.binary(max_size=2000))
def test_whatever_comes_it_is_judged_and_never_raises(body: bytes) -> None:
    assert dear(body) == ""
