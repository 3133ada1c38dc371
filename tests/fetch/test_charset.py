"""Letters that nobody declared, or declared wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fetch.charset import settled
from bot.fetch.reader import read

TITLE = "Узбекистан и США подписали меморандум о вольфраме"
KAZAKH = "Kазакстан мен Ресей вольфрам ендiру туралы келiсiмге кол койды"
FRENCH = "Le café a été fermé à Genève par les députés européens, où l’été est naïf"


def feed(title: str, *, declared: str = "", text: str = "") -> str:
    """A feed with one entry, in letters yet."""
    encoding = f' encoding="{declared}"' if declared else ""
    item = f"<item><title>{title}</title><description>{text}</description></item>"
    return (
        f'<?xml version="1.0"{encoding}?><rss version="2.0"><channel><title>F</title>{item}</channel></rss>'
    )


def title(body: bytes, content_type: str = "application/rss+xml") -> str:
    """What a reader sees of its entry."""
    return read(body, url="https://site.test/feed", content_type=content_type).entries[0].title


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "iso-8859-5", "cp866"])
@pytest.mark.parametrize("declared", ["", "utf-8", "iso-8859-1"])
@pytest.mark.parametrize("wording", [TITLE, KAZAKH])
def test_cyrillic_shows_though_nobody_declares_it(wording: str, declared: str, encoding: str) -> None:
    assert title(feed(wording, declared=declared).encode(encoding)) == wording


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", ["", "utf-16", "utf-8"])
def test_two_bytes_a_letter_show_without_a_mark(declared: str, encoding: str) -> None:
    whole = feed(TITLE, declared=declared)

    assert title(whole.encode(encoding)) == TITLE
    assert title(whole[whole.index("<rss") :].encode(encoding)) == TITLE


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", ["utf-16", "utf-16le", "utf-16be", "windows-1251"])
def test_the_mark_of_two_bytes_a_letter_is_believed_before_what_is_declared(
    declared: str, encoding: str
) -> None:
    whole = ("\ufeff" + feed(TITLE, declared=declared)).encode(encoding)

    assert title(whole) == title(whole + b"<") == TITLE


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_json_of_two_bytes_a_letter_is_read(encoding: str, mark: str) -> None:
    document = f'{mark}{{"version": "https://jsonfeed.org/version/1", "items": [{{"title": "{TITLE}"}}]}}'

    assert title(document.encode(encoding)) == TITLE


@pytest.mark.parametrize(
    ("declared", "content_type"),
    [
        ("windows-1251", "text/xml"),
        ("utf-8", "text/xml; charset=windows-1251"),
        ("utf-16", "application/xml"),
        ("utf-8", "text/xml; charset=iso-8859-1"),
        ("klingon", "text/xml"),
    ],
)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_what_makes_sense_as_utf_8_is_utf_8(declared: str, content_type: str, mark: str) -> None:
    for text in ("", "x"):  # feedparser takes every other length for the wide letters that are declared
        body = (mark + feed(TITLE, declared=declared, text=text)).encode()
        assert title(body, content_type) == TITLE


def test_a_letter_that_was_cut_in_half_spoils_no_other() -> None:
    body = feed(TITLE, declared="utf-8", text="Ещё").encode().replace("щ".encode(), "щ".encode()[:1])

    assert title(body) == TITLE


def test_a_declaration_that_somebody_gave_a_thought_counts() -> None:
    assert title(feed(TITLE, declared="windows-1251").encode("windows-1251")) == TITLE
    assert title(b"\xef\xbb\xbf" + feed(TITLE, declared="windows-1251").encode("windows-1251")) == TITLE
    assert title(feed("新闻 и медь", declared="gbk").encode("gbk")) == "新闻 и медь"


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", ""])
def test_western_letters_are_left_to_the_declaration(declared: str) -> None:
    body = feed(FRENCH, declared=declared).encode("windows-1252")

    assert settled(body, "text/xml") == (body, "text/xml")
    assert title(body) == FRENCH


@given(st.binary(max_size=200), st.sampled_from(["", "utf-8", "utf-16", "iso-8859-1", "windows-1251", "no"]))
def test_any_bytes_stay_or_become_utf_8(data: bytes, declared: str) -> None:
    body = f'<?xml version="1.0" encoding="{declared}"?><rss>'.encode() + data

    became, _ = settled(body, "")

    assert became == body or became.decode().startswith("<?xml version='1.0' encoding='utf-8'?><rss>")
