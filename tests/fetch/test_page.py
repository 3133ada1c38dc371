"""Which feeds a web page names."""

import pytest

from bot.fetch.page import offers


def found(markup: str) -> list[tuple[str, str]]:
    """What a page with this in it offers."""
    page = f"<!doctype html><html><head>{markup}"
    return [
        (offer.url, offer.title) for offer in offers(page.encode(), url="https://site.test/news/all.html")
    ]


@pytest.mark.parametrize(
    "markup",
    [
        '<LINK REL="ALTERNATE" TYPE="APPLICATION/RSS+XML" HREF="/feed">',
        "<link rel=alternate type='application/atom+xml; charset=utf-8' href=/feed>",
        '<link rel="alternate" type="text/xml" href="//site.test/feed">',
        '<link rel="feed" href="../feed">',
        '<base target="_top"><base href="/"><link rel="alternate" type="application/rss+xml" href="feed">',
        '</head><body><a type="application/rss+xml" href="&#10; /feed &#10;"></a>',
        '<a href="feed:https://site.test/feed"></a>',
        '<a href="feed://https://site.test/feed"></a>',
        '<link rel="alternate" type="application/rss+xml" href="/feed"><a href="/feed">RSS</a>',
    ],
)
def test_a_feed_is_found_however_it_is_named(markup: str) -> None:
    assert found(markup) == [("https://site.test/feed", "")]


def test_a_button_that_says_so_leads_to_a_feed() -> None:
    assert found('<a href="/index.xml">RSS</a><a href="/p.php"><img alt="RSS-лента" src="x"></a>') == [
        ("https://site.test/index.xml", "RSS"),
        ("https://site.test/p.php", ""),
    ]
    assert found('<a href="/export/rss2/">News</a>') == [("https://site.test/export/rss2/", "News")]


@pytest.mark.parametrize(
    "markup",
    [
        '<!-- <link rel="alternate" type="application/rss+xml" href="/feed"> -->',
        '<link rel="alternate" type="application/json+oembed" href="/feed">',
        '<link rel="alternate" hreflang="ru" href="/ru">',
        '<a href="/feedback">Feedback</a>',
        '<a href="javascript:rss()">RSS</a><a href="#rss">RSS</a><a href="mailto:rss@site.test">RSS</a>',
        '<a href="/1">How this newspaper lost its readers of RSS and won them back</a>',
    ],
)
def test_what_only_sounds_like_a_feed_is_not_offered(markup: str) -> None:
    assert found(markup) == []


def test_of_very_many_feeds_the_first_fifty_are_offered() -> None:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{n}">' for n in range(60))

    assert [url for url, _ in found(links)] == [f"https://site.test/{n}" for n in range(50)]
