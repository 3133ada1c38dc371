"""What the farm's feeds hold: 25 entries and 53 to 57 kB each, with the markup of most sites or with none.

A document costs feedparser by its markup and not by its length. `page` is what WordPress makes of a story
(a teaser and the whole text, with a figure, links and classes); a kilobyte of it takes feedparser about what
26 real feeds took on the average (23 ms for 53 kB, beside 22). `bare` is one paragraph without a tag in it,
and takes half of that.
"""

import random
from collections.abc import Callable
from typing import Final

ENTRIES: Final = 25
_WORDS: Final = """\
    the government of a country said on Monday that it will build a new road between two cities and that works
    begin in spring after a tender in which nine firms took part while the ministry expects traffic
    to grow by a third over ten years because trade with neighbours grows faster than planned officials told
"""
_LOT: Final = random.Random(4)
_STORIES: Final = ENTRIES * 4  # with texts of their own; feeds share them
_NAMESPACES: Final = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "content": "http://purl.org/rss/1.0/modules/content/",
        "wfw": "http://wellformedweb.org/CommentAPI/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "atom": "http://www.w3.org/2005/Atom",
        "sy": "http://purl.org/rss/1.0/modules/syndication/",
        "slash": "http://purl.org/rss/1.0/modules/slash/",
    }.items()
)


def _told(words: int) -> str:
    """So many words, drawn."""
    return " ".join(_LOT.choice(_WORDS.split()) for _ in range(words))


_TEXTS: Final = [f"{_told(330)}." for _ in range(_STORIES)]
_PARAGRAPHS: Final = [[_told(_LOT.randint(18, 38)) for _ in range(3)] for _ in range(_STORIES)]


def bare(feed: int, at: int) -> str:
    """An item of RSS with one escaped paragraph."""
    text = _TEXTS[(feed * 7 + at) % _STORIES]
    return (
        f"<item><title>Story {at} of feed {feed}: {text[:60]}</title>"
        f"<link>http://site{feed}.test/story/{at}</link><guid>http://site{feed}.test/?p={at}</guid>"
        f"<pubDate>{_date(at)}</pubDate><description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"
    )


def page(feed: int, at: int) -> str:
    """An item as WordPress writes it."""
    paragraphs = _PARAGRAPHS[(feed * 7 + at) % _STORIES]
    home = f"http://site{feed}.test"
    link, number = f"{home}/2026/06/story-{at}/", feed * 100 + at
    title = f"Story {at} of feed {feed}: {paragraphs[0][:60]}"
    photo = f"{home}/wp-content/uploads/2026/06/photo-{number}"
    figure = (
        f'<figure id="attachment_{number}" aria-describedby="caption-attachment-{number}" class="wp-caption">'
        f'<img decoding="async" class="size-large wp-image-{number}" src="{photo}-1024x683.jpg" alt=""'
        f' width="1024" height="683" srcset="{photo}-1024x683.jpg 1024w, {photo}-300x200.jpg 300w" />'
        f'<figcaption id="caption-attachment-{number}" class="wp-caption-text">{paragraphs[1][:40]}'
        "</figcaption></figure>"
    )
    tail = f'<p>The post <a href="{link}">{title}</a> appeared first on <a href="{home}">Feed {feed}</a>.</p>'
    tag = f'<a href="{home}/tag/ministry/" target="_blank" rel="noopener">ministry</a>'
    told = "\n".join(f"<p>{text.replace('ministry', tag, 1)}.</p>" for text in paragraphs)
    return f"""<item>
<title>{title}</title>
<link>{link}</link>
<dc:creator><![CDATA[Desk]]></dc:creator>
<pubDate>{_date(at)}</pubDate>
<category><![CDATA[Roads]]></category>
<guid isPermaLink="false">{home}/?p={number}</guid>
<description><![CDATA[<p>{paragraphs[0]} [&#8230;]</p>
{tail}]]></description>
<content:encoded><![CDATA[{figure}
{told}
{tail}]]></content:encoded>
<wfw:commentRss>{link}feed/</wfw:commentRss>
</item>
"""


ITEMS: Final[dict[str, Callable[[int, int], str]]] = {"pages": page, "bare": bare}
"""How an item is written, of the feed's number and its own."""


def body(kind: str, feed: int, extra: int = 0) -> bytes:
    """A feed of this kind, with so many items more than at first."""
    items = "".join(ITEMS[kind](feed, at - extra) for at in range(ENTRIES + extra))
    head = (
        f"<title>Feed {feed}</title><link>http://site{feed}.test/</link><description>d</description>"
        "<language>en-US</language><sy:updatePeriod>hourly</sy:updatePeriod>"
    )
    return f'<rss version="2.0" {_NAMESPACES}><channel>{head}{items}</channel></rss>'.encode()


def _date(at: int) -> str:
    return f"Mon, 0{1 + at % 7} Jun 2026 1{at % 10}:00:00 GMT"
