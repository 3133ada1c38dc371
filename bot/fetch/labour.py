"""What a child process can be asked to do. Imported in children only: it brings feedparser."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.fetch import page
from bot.fetch.reader import read


def _read(body: bytes, url: str, content_type: str) -> object:
    """Bytes to entries."""
    return read(body, url=url, content_type=content_type)


def _offers(body: bytes, url: str) -> object:
    """The feeds that a page names."""
    return page.offers(body, url=url)


def _article(body: bytes, url: str) -> object:
    """The text of an article's page. trafilatura is loaded by the first child that is asked."""
    from bot.fetch.article import extract

    return extract(body, url=url)


def _headline(body: bytes, url: str) -> object:
    """The headline of an article's page."""
    from bot.fetch.article import headline

    return headline(body, url=url)


def warm_up() -> None:
    """Load what is loaded late, before the memory is measured and limited."""
    read(
        b"<rss version='2.0'><channel><item><title>a &amp;lt;b&amp;gt;</title></item></channel></rss>", url=""
    )


DOORS: Final[Mapping[str, Callable[..., Any]]] = {
    "read": _read,
    "offers": _offers,
    "article": _article,
    "headline": _headline,
}
