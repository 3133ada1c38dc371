"""Bytes to entries: what feedparser reads, reduced to plain text, and every other thing told apart."""

import calendar
import io
import random
import time
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bot.samples
from bot.core.story import Entry
from bot.errors import FetchError
from bot.fetch.document import FeedDocument, Problem, UnreadableError
from bot.fetch.reader import read

SAMPLES = [*Path(bot.samples.__file__).parent.glob("feeds/*")]


PLAIN = '<rss version="2.0"><channel>'


def rss(*items: str, head: str = "") -> bytes:
    """A feed of these items."""
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0" encoding="utf-8"?>{PLAIN}{head}{inner}</channel></rss>'.encode()


def document(body: bytes, content_type: str = "") -> FeedDocument:
    """The document as read from an address."""
    return read(body, url="https://site.test/news/feed", content_type=content_type)


def entry(item: str) -> Entry:
    """The one entry of a feed."""
    (only,) = document(rss(item)).entries
    return only


def problem(body: bytes) -> Problem:
    """Why a body is no feed."""
    with pytest.raises(UnreadableError) as refused:
        document(body)
    assert "\n" not in str(refused.value)
    return refused.value.problem


def test_an_entry_is_what_its_feed_says_in_plain_text() -> None:
    found = entry(
        "<title>Tin &amp;amp; &lt;b&gt;copper&lt;/b&gt;</title><link>https://site.test/1</link><guid>a-1</guid>"
        "<pubDate>Mon, 02 Mar 2026 12:00:00 +0500</pubDate>"
        "<description>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two&amp;nbsp;three.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description>"
    )

    assert found == Entry(
        guid="a-1",
        url="https://site.test/1",
        title="Tin & copper",
        text="One. Two three.",
        published=datetime(2026, 3, 2, 7, tzinfo=UTC),
    )


def test_the_fullest_text_is_taken() -> None:
    found = entry(
        "<title>t</title><description>Teaser</description>"
        '<c:encoded xmlns:c="http://purl.org/rss/1.0/modules/content/">&lt;p&gt;All of it</c:encoded>'
    )

    assert found.text == "All of it"


def test_what_an_atom_feed_calls_text_is_taken_literally() -> None:
    body = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>f</title><entry><id>1</id>'
        b'<title type="text">a &lt;b&gt; c</title><link href="/x"/><updated>2026-03-01T00:00:00Z</updated>'
        b"</entry></feed>"
    )
    (found,) = document(body).entries

    assert found.title == "a <b> c"
    assert found.url == "https://site.test/x"
    assert found.published == datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "mailto:a@b.test", "file:///etc/passwd"]
)
def test_only_web_addresses_are_links(link: str) -> None:
    assert entry(f"<title>t</title><link>{link}</link>").url == ""


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://site.test/a\n b", "https://site.test/ab"),
        (" https://site.test/a b.pdf ", "https://site.test/a%20b.pdf"),
        ("www.other.test/a", "http://www.other.test/a"),
    ],
)
def test_a_link_is_one_word_whatever_the_feed_put_into_it(link: str, url: str) -> None:
    assert entry(f"<title>t</title><link>{link}</link>").url == url


def test_a_guid_is_a_link_where_it_can_be_nothing_else() -> None:
    assert entry("<title>t</title><guid>/news/7</guid>").url == "https://site.test/news/7"
    assert entry("<title>t</title><guid>7</guid>").url == ""


@pytest.mark.parametrize("kind", ["script", "style", "iframe"])
def test_a_title_with_code_in_it_shows_none_of_it(kind: str) -> None:
    hostile = f"&lt;{kind}&gt;alert(1)&lt;/{kind}&gt;&lt;b&gt;Bold&lt;/b&gt; story"

    assert entry(f"<title>{hostile}</title>").title == "Bold story"


def test_a_reference_to_no_character_spoils_no_feed() -> None:
    assert (
        entry(f"<title>Tin &#{'9' * 5000}; and &#xFFFFFFFFFFFF; lead</title>").title
        == "Tin \ufffd and \ufffd lead"
    )


def test_the_line_that_is_broken_is_counted_as_a_person_counts() -> None:
    for head in ("", '<?xml version="1.0"?>'):
        found = document(f"{head}<rss version='2.0'><channel>\n<item><title>a & b</title></item>".encode())
        assert "line 2" in found.problem


@pytest.mark.parametrize(
    "hostile",
    [
        "a\x00b",
        "a&#0;b",
        "a&#8;b",
        "a\x1b[31mb",
        "a&#xFFFE;b",
        "a&#xD800;b",
        "a\nERROR root\nb",
        "a\x85b",
        "a\u2028b",
    ],
)
def test_nothing_but_characters_on_one_line_comes_out(hostile: str) -> None:
    for title in (hostile, f"<![CDATA[{hostile}]]>"):
        for found in document(rss(f"<title>{title}</title><description>{title}</description>")).entries:
            for text in (found.title, found.text):
                assert text.isprintable() or not any(c < " " or c in "\x7f\x85\u2028\ufffe" for c in text)
                text.encode()
                assert text.splitlines() in ([], [text])


def test_hours_and_ttl_are_read() -> None:
    hours = "".join(f"<hour>{hour}</hour>" for hour in (0, 1, 23))
    found = document(
        rss(head=f"<title>t</title><ttl>90</ttl><skipHours>{hours}</skipHours><language>ru</language>")
    )

    assert (found.ttl_minutes, found.skip_hours, found.lang) == (90, frozenset({0, 1, 23}), "ru")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", Problem.EMPTY),
        (b" \n ", Problem.EMPTY),
        (b"\xef\xbb\xbf" + bytes(9), Problem.EMPTY),
        (b"<?xml version='1.0'?><opml version='2.0'><body/></opml>", Problem.NOT_A_FEED),
        (b"/etc/passwd", Problem.NOT_A_FEED),
        (b"file:///etc/passwd", Problem.NOT_A_FEED),
        (b"http://127.0.0.1:1/", Problem.NOT_A_FEED),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), Problem.NOT_A_FEED),
        (b"<?xml version='1.0'?><root><a/></root>", Problem.NOT_A_FEED),
        (b'{"a": 1}', Problem.NOT_A_FEED),
        (b'{"a": ', Problem.BROKEN),
        (b"<rss><channel><title>x", Problem.BROKEN),
        (b"<!DOCTYPE html><html><head><title>News</title></head></html>", Problem.WEB_PAGE),
        (b"<html><body><form><input type='password'></form></body></html>", Problem.LOGIN),
        (b"<html><head><title>Just a moment...</title></head></html>", Problem.BOT_WALL),
        (b"<html><head><title>404 Not Found</title></head></html>", Problem.NOT_FOUND),
        ("<html><head><title>Страница не найдена</title></head></html>".encode(), Problem.NOT_FOUND),
    ],
)
def test_what_is_no_feed_is_told_apart(body: bytes, kind: Problem) -> None:
    told = problem(body)

    assert told == kind or {told, kind} == {Problem.BROKEN, Problem.NOT_A_FEED}


def test_a_feed_without_entries_is_fine() -> None:
    assert document(rss(head="<title>quiet</title>")).entries == ()


def test_of_broken_xml_the_whole_entries_are_read_and_the_half_one_is_not() -> None:
    whole = rss(
        "<title>One</title><link>https://a.test/1</link>",
        "<title>Two is long</title><link>https://a.test/2</link>",
    )
    cut = whole[: whole.index(b" is long")]

    found = document(cut)

    assert [one.title for one in found.entries] == ["One"]
    assert found.problem
    assert document(whole).problem == ""


def test_an_unescaped_ampersand_loses_nothing() -> None:
    found = document(rss("<title>One & two</title>", "<title>Three</title>"))

    assert [one.title for one in found.entries] == ["One & two", "Three"]
    assert "broken" in found.problem


def test_entities_are_neither_expanded_nor_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("TOP SECRET")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    for declared in (
        f'<!ENTITY x SYSTEM "file://{secret}">',
        f'<!ENTITY l0 "lol">{laughs}<!ENTITY x "&l9;">',
    ):
        body = f"<!DOCTYPE rss [{declared}]>{PLAIN}<item><title>a &x; b</title></item></channel></rss>"
        began = time.monotonic()
        try:
            text = repr(document(body.encode()))
        except FetchError as error:
            text = str(error)
        assert "SECRET" not in text
        assert len(text) < 10_000
        assert time.monotonic() - began < 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251", "koi8-r", "iso-8859-5"])
def test_text_is_right_in_the_encoding_that_the_document_names(encoding: str) -> None:
    named = encoding.removesuffix("-sig")
    body = f'<?xml version="1.0" encoding="{named}"?>{PLAIN}<item><title>Медь</title></item></channel></rss>'

    assert document(body.encode(encoding)).entries[0].title == "Медь"


def test_a_charset_of_the_transport_counts_where_the_document_names_none() -> None:
    body = "<rss version='2.0'><channel><item><title>Медь</title></item></channel></rss>".encode(
        "windows-1251"
    )

    assert document(body, "text/xml; charset=windows-1251").entries[0].title == "Медь"


@pytest.mark.parametrize(
    "date",
    [
        "Mon, 30 Feb 2026 10:00:00 GMT",
        "0000-00-00",
        "Mon, 02 Mar 2026 25:00:00 GMT",
        "yesterday",
        "-1",
    ],
)
def test_impossible_dates_are_no_dates(date: str) -> None:
    assert entry(f"<title>t</title><pubDate>{date}</pubDate>").published is None


@pytest.mark.parametrize(
    "date", ["99999-01-01", "Mon, 02 Mar 2026 10:00:00 +9999", "Thu, 01 Jan 0001 00:00:00 +0500"]
)
def test_odd_dates_bring_no_exception(date: str) -> None:
    assert entry(f"<title>t</title><pubDate>{date}</pubDate>").title == "t"


def test_a_guid_that_is_a_word_is_kept_as_it_is_and_is_no_link() -> None:
    found = entry("<title>t</title><guid>a-1</guid>")

    assert (found.guid, found.url) == ("a-1", "")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_title_link_id_and_date_are_those_of_feedparser(path: Path) -> None:
    body = path.read_bytes()
    theirs = feedparser.parse(io.BytesIO(body))
    ours = document(body)

    assert ours.entries
    assert len(ours.entries) == len(theirs.entries)
    for mine, other in zip(ours.entries, theirs.entries, strict=True):
        when = dict.get(other, "published_parsed") or dict.get(other, "updated_parsed")
        assert mine.url == other.get("link", "")
        assert mine.guid == other.get("id", "")
        assert mine.title == " ".join(other.get("title", "").split())
        assert mine.published == (when and datetime.fromtimestamp(calendar.timegm(when), UTC))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_to_a_feed_brings_anything_but_an_error_in_one_line(data: st.DataObject) -> None:
    body = bytearray(
        rss("<title>One</title><pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate>", "<title>Two</title>")
    )
    lot = random.Random(data.draw(st.integers(0, 10**9)))
    for _ in range(lot.randint(1, 12)):
        at = lot.randrange(len(body))
        body[at : at + lot.randint(0, 3)] = lot.choice(
            [b"", b"<", b">", b"&", b"\x00", b"\xff", b"]]>", b"<![", b"'"]
        )
    try:
        found = document(bytes(body))
    except FetchError as error:
        assert "\n" not in str(error)  # noqa: PT017
    else:
        assert all(one.title.isprintable() for one in found.entries)


@pytest.mark.parametrize("text", ["Text", "<![CDATA[<p>Text</p>]]>", "<![CDATA[<item>Text</item>]]>"])
def test_a_large_document_is_read_whole_and_in_order(text: str) -> None:
    items = [
        f"<title>Story {n}</title><guid>g{n}</guid><description>{text * 30}</description>"
        for n in range(1200)
    ]
    body = rss(*items, head="<title>t</title>" + "<!-- -->" * 40_000)

    found = document(body)

    assert [one.guid for one in found.entries] == [f"g{n}" for n in range(1200)]
    assert (found.title, found.problem) == ("t", "")
    assert all("Text" in one.text for one in found.entries)


def test_of_a_large_broken_document_only_the_broken_part_suffers() -> None:
    items = [f"<title>Story {n}</title><description>{'x' * 500}</description>" for n in range(1200)]
    items[700] = "<title>Tin & copper</title>"

    found = document(rss(*items))

    assert len(found.entries) == 1200
    assert found.entries[700].title == "Tin & copper"
    assert found.problem


def test_blank_lines_before_the_declaration_break_nothing() -> None:
    document = read(b"\n\r\n  <?xml version='1.0'?><rss version='2.0'><channel><title>F</title>"
                    b"<item><title>a</title><georss>1</georss></item></channel></rss>", url="")  # fmt: skip

    assert ([entry.title for entry in document.entries], document.problem) == (["a"], "")


def test_a_large_document_that_means_to_be_something_else_is_not_guessed_at() -> None:
    with pytest.raises(UnreadableError, match="web page"):
        read(b"<html><body>" + b"<p>word <b>word</b>" * 40_000, url="")
    with pytest.raises(UnreadableError, match="sitemap"):
        read(b"<?xml version='1.0'?>\n<urlset xmlns='http://www.sitemaps.org/'><url/></urlset>", url="")


@pytest.mark.parametrize("extra", ["", "<georss>1</georss>"], ids=["plain", "not so plain"])
def test_many_entries_are_the_same_in_slices(extra: str) -> None:
    items = "".join(
        f"<item><title>Story {n}</title><guid isPermaLink='false'>{n}</guid>{extra}"
        f"<description>{'word ' * 200}</description></item>"
        for n in range(600)
    )
    body = f"<rss version='2.0'><channel><title>F</title><ttl>5</ttl>{items}</channel></rss>".encode()

    document = read(body, url="")

    assert (document.title, document.ttl_minutes, document.problem) == ("F", 5, "")
    assert [entry.guid for entry in document.entries] == [str(n) for n in range(600)]
    assert {len(entry.text) for entry in document.entries} == {999}
