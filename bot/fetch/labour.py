"""What a child process can be asked to do. Imported in children only: it brings feedparser and the packs."""

import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

from bot.core import identity
from bot.core.identity import Identified
from bot.core.new_story import Fresh, Origin, article_of, fresh, says_something
from bot.core.story import Article, Entry
from bot.core.understand import Understander
from bot.fetch import page
from bot.fetch.document import Reading, left_out
from bot.fetch.nursery import Mind
from bot.fetch.reader import read
from bot.packs.reader import load

TOGETHER: Final = 100
"""Entries of a document that are decided where it is read; those of a longer one are, portion by portion."""

CHARACTERS: Final = 100_000
"""Of such entries."""

_MINDS: Final[list[Mind]] = []  # the one that this process was given


Text = Callable[[], bytes]
"""Gives the text of a piece of work, once: who asks for it holds it alone, and lets it go."""


def _read(text: Text, url: str, content_type: str) -> object:
    """Bytes to entries."""
    return read(text(), url=url, content_type=content_type)


def _take(text: Text, url: str, content_type: str, origin: Origin) -> object:
    """Bytes to named entries, and to decided stories where all of them are new."""
    allowed, _ = signal.getitimer(signal.ITIMER_PROF)
    document = read(text(), url=url, content_type=content_type)
    items = identity.identify(
        [entry for entry in document.entries if says_something(entry)], feed=f"f{origin.feed_id}"
    )
    dates = tuple([entry.published for entry in document.entries if entry.published])
    head = replace(document, entries=(), remark=left_out(document.entries))
    origin = replace(origin, lang=document.lang or origin.lang)
    long = sum(len(item.entry.title) + len(item.entry.text) for item in items) > CHARACTERS
    if not origin.backlog or long or len(items) > TOGETHER:
        return Reading(head, dates, items=tuple(items))
    signal.setitimer(signal.ITIMER_PROF, allowed)  # deciding is as much work again
    return Reading(head, dates, fresh=tuple(_make([(item, "") for item in items], origin)))


def _make(items: Sequence[tuple[Identified, str]], origin: Origin) -> list[Fresh]:
    """Named entries to decided stories, in their order; by the text of their page where it is given."""
    decide = _understander().decide
    made = []
    for item, page_text in items:
        article = article_of(item.entry, origin)
        if page_text:
            article = replace(article, text=page_text)
        decision = decide(article)
        made.append(fresh(item, origin, article, replace(decision, basis="page") if page_text else decision))
    return made


def _decide(articles: Sequence[Article]) -> object:
    """Articles to decisions, in their order."""
    return [_understander().decide(article) for article in articles]


def _offers(text: Text, url: str) -> object:
    """The feeds that a page names."""
    return page.offers(text(), url=url)


def _article(text: Text, url: str) -> object:
    """The text of an article's page. trafilatura is loaded by the first child that is asked."""
    from bot.fetch.article import extract

    return extract(text(), url=url)


def _headline(text: Text, url: str) -> object:
    """The headline of an article's page."""
    from bot.fetch.article import headline

    return headline(text(), url=url)


@cache
def _understander() -> Understander:
    mind = _MINDS[0]
    return Understander(load(mind.packs), mind.lines)


def learn_to_decide() -> None:
    """Load the packs. Who only looks at feeds does without them."""
    origin = Origin(0, "", "", "", datetime(2026, 1, 1, tzinfo=UTC), backlog=True)
    entry = Entry("", "", "Uzbekistan signed a memorandum on tungsten", "It is worth $2 million.")
    _make([(item, "") for item in identity.identify([entry], feed="")], origin)


def warm_up(mind: Mind) -> None:
    """Load what is loaded late, before the memory is measured and limited. Decide, if ever, by `mind`."""
    _MINDS[:] = [mind]
    read(
        b"<rss version='2.0'><channel><item><title>a &amp;lt;b&amp;gt;</title></item></channel></rss>", url=""
    )


READING: Final[Mapping[str, Callable[..., Any]]] = {
    "read": _read,
    "take": _take,
    "offers": _offers,
    "article": _article,
    "headline": _headline,
}
"""What is done with a text."""

THINKING: Final[Mapping[str, Callable[..., Any]]] = {"make": _make, "decide": _decide}
"""What is done without."""
