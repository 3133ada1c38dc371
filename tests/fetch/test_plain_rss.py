"""Plain RSS is read without feedparser, and nobody can tell by the entries."""

from unittest.mock import patch
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import FetchError
from bot.fetch import plain_rss
from bot.fetch.document import FeedDocument
from bot.fetch.reader import read

PLAIN = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>News &amp; views</title><link>https://a.test/</link><atom:link href="https://a.test/feed" rel="self"/>
<description>d</description><language>ru</language><ttl>30</ttl><image><title>Logo</title><url>u</url></image>
<item><title>Tin &amp;amp; tungsten: &lt;b&gt;signed&lt;/b&gt;</title><link>https://a.test/1?a=1&amp;b=2</link>
<guid isPermaLink="false">1</guid><pubDate>Mon, 02 Mar 2026 09:10:11 +0500</pubDate><dc:creator>A</dc:creator>
<description><![CDATA[<p>Short.</p>]]></description><content:encoded>&lt;p&gt;Long&amp;nbsp;text&lt;/p&gt;</content:encoded>
</item></channel></rss>"""

NAMES = ["title", "link", "guid", "pubDate", "description", "content:encoded", "dc:creator", "category"]
ODD_NAMES = ["summary", "dc:date", "dc:title", "media:title", "updated", "source", "author", "id", "GUID"]
TEXTS = st.one_of(
    st.sampled_from(
        [
            "", " ", "Tin\n and  tungsten", "<b>bold</b> & <i>so</i> on", "a < b", "AT&amp;T &copy; 2026",
            "<p>One</p><p>Two", "Узбекистан «подписал»", "Ð£Ð·Ð±ÐµÐº", "naïve café", "\u0093quoted\u0094",
            "x\u00a0y", "&#1058;", "soft\u00adhyphen", "https://a.test/1", "/relative/path", "word",
            "http:///b.test//x?a=1&b=2&amp;c;", "mailto:a@a.test", "Mon, 02 Mar 2026 09:10:11 GMT",
            "2026-03-02T09:10:11+05:00", "2 марта 2026", "Mon, 99 Foo 0000", "now",
        ]
    ),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30),
)  # fmt: skip
MARKUP = st.sampled_from(["{}", "{}", "{}", "<![CDATA[{}]]>", "<!-- no -->{}", "<b>{}</b>"])
ATTRIBUTES = st.sampled_from(["", "", "", "", ' isPermaLink="false"', ' isPermaLink="true"', ' type="html"'])


@st.composite
def element(draw: st.DrawFn, names: list[str]) -> str:
    name, text, markup = draw(st.sampled_from(names)), draw(TEXTS), draw(MARKUP)
    inner = markup.format(text.replace("]]>", "") if "CDATA" in markup else escape(text))
    return f"<{name}{draw(ATTRIBUTES)}>{inner}</{name}>"


@st.composite
def document(draw: st.DrawFn) -> bytes:
    """RSS as it may come: mostly plain."""
    odd = draw(st.booleans())
    names = NAMES + ODD_NAMES if odd else NAMES
    items = [
        "<item>" + "".join(draw(st.lists(element(names), max_size=6))) + "</item>"
        for _ in range(draw(st.integers(0, 3)))
    ]
    about = draw(st.lists(element(["link", "language", "ttl", "description", "lastBuildDate"]), max_size=3))
    head = draw(st.sampled_from(["", '<?xml version="1.0" encoding="utf-8"?>', "\ufeff"]))
    inner = "".join([draw(element(["title"])), *about, *items])
    spaces = (
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    )
    return f'{head}<rss version="2.0" {spaces}><channel>{inner}</channel></rss>'.encode()


def read_as(body: bytes, content_type: str, *, by_feedparser: bool) -> FeedDocument | str:
    try:
        if not by_feedparser:
            return read(body, url="https://a.test/feed/", content_type=content_type)
        with patch.object(plain_rss, "taken_apart", return_value=None):
            return read(body, url="https://a.test/feed/", content_type=content_type)
    except FetchError as error:
        return str(error)


@settings(max_examples=150)
@given(document(), st.sampled_from(["", "text/xml", "text/html", "application/rss+xml; charset=UTF-8"]))
def test_it_says_what_feedparser_says(body: bytes, content_type: str) -> None:
    quick = read_as(body, content_type, by_feedparser=False)

    assert quick == read_as(body, content_type, by_feedparser=True)


def test_what_most_feeds_are_is_plain() -> None:
    assert plain_rss.taken_apart(PLAIN, "text/xml; charset=utf-8") is not None
    document = read(PLAIN, url="https://a.test/feed")

    (entry,) = document.entries
    assert (entry.guid, entry.url) == ("1", "https://a.test/1?a=1&b=2")
    assert (entry.title, entry.text) == ("Tin & tungsten: signed", "Long text")
    assert entry.published is not None
    assert (entry.published.hour, document.title, document.ttl_minutes) == (4, "News & views", 30)
    assert document == read_as(PLAIN, "", by_feedparser=True)


@pytest.mark.parametrize(
    ("of_it", "becomes"),
    [
        (b"UTF-8", b"windows-1251"),
        (b"<rss", b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss"),
        (b"</item>", b"<title>again</title></item>"),
        (b"<dc:creator>A", b"<dc:creator>" + b"a" * 501),
        (b"<dc:creator>A</dc:creator>", b"<dc:date>2026-03-02</dc:date>"),
        (b"<title>Tin", b"<title type='html'>Tin"),
        (b"&lt;b&gt;signed&lt;/b&gt;", b"<b>signed</b>"),
        (b'version="2.0"', b'version="0.92"'),
        (b'version="2.0"', b'version="2.0" xml:base="https://b.test/"'),
        (b"<item>", b"<item xml:lang='kk'>"),
        (b"</rss>", b"</rss"),
        (b"News", b"\xd0\xff"),
    ],
)  # fmt: skip
def test_what_is_the_least_out_of_the_ordinary_is_left_to_feedparser(of_it: bytes, becomes: bytes) -> None:
    assert plain_rss.taken_apart(PLAIN.replace(of_it, becomes, 1), "") is None
