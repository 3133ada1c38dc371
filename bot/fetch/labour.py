"""What a child process can be asked to do. Imported in children only: it brings feedparser and the packs."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from bot.core.story import Article
from bot.core.understand import Understander
from bot.fetch import page
from bot.fetch.nursery import Mind
from bot.fetch.reader import read
from bot.packs.reader import load

_MINDS: Final[list[Mind]] = []  # the one that this process was given


def _read(body: bytes, url: str, content_type: str) -> object:
    """Bytes to entries."""
    return read(body, url=url, content_type=content_type)


def _decide(articles: Sequence[Article]) -> object:
    """Articles to decisions, in their order."""
    return [_understander().decide(article) for article in articles]


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


@cache
def _understander() -> Understander:
    mind = _MINDS[0]
    return Understander(load(mind.packs), mind.lines)


def learn_to_decide() -> None:
    """Load the packs. Who only looks at feeds does without them."""
    _decide([Article(title="Uzbekistan signed a memorandum on tungsten", text="It is worth $2 million.")])


def warm_up(mind: Mind) -> None:
    """Load what is loaded late, before the memory is measured and limited. Decide, if ever, by `mind`."""
    _MINDS[:] = [mind]
    read(
        b"<rss version='2.0'><channel><item><title>a &amp;lt;b&amp;gt;</title></item></channel></rss>", url=""
    )


DOORS: Final[Mapping[str, Callable[..., Any]]] = {
    "read": _read,
    "decide": _decide,
    "offers": _offers,
    "article": _article,
    "headline": _headline,
}
