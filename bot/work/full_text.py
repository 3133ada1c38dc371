"""Full text: a story that its feed says too little of is read on its own page before it is decided."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.core.story import Article, Decision
from bot.errors import FetchError
from bot.fetch.robots import Robots
from bot.fetch.web import PAGES
from bot.work.polling import Polling

_TEASER: Final = 600  # characters; a longer text is no teaser
_PAGES: Final = 5  # of one document at most


class Reader:
    """Decides the articles of one document, and may fetch a few of their pages for it."""

    def __init__(self, polling: Polling, robots: Robots) -> None:
        self._polling = polling
        self._robots = robots
        self._left = _PAGES if polling.full_text else 0

    def decide(self, articles: Sequence[Article], *, may_fetch: bool) -> list[tuple[Article, Decision]]:
        """Decide; in the grey band, and where the feed gave a teaser, by the text of the page.

        A page that cannot be had changes nothing: the decision by the feed stands, for review.
        Raises FetchError when deciding takes too long.
        """
        if not articles:
            return []
        decided = zip(articles, self._polling.children.decide(articles), strict=True)
        return [self._read_on(*one) if may_fetch else one for one in decided]

    def _read_on(self, article: Article, decision: Decision) -> tuple[Article, Decision]:
        """What the page says, where it may tell."""
        wanted = self._left > 0 and decision.review and len(article.text) < _TEASER
        if not wanted or not article.url:
            return article, decision
        self._left -= 1
        text = self._page(article.url)
        if len(text) <= len(article.text):
            return article, decision
        article = replace(article, text=text)
        (decision,) = self._polling.children.decide([article])
        return article, replace(decision, basis="page")

    def _page(self, url: str) -> str:
        """The text of the article's page, or ""."""
        try:
            if not self._robots.allow(url):
                return ""
            page = self._polling.web.get(url, accept=PAGES)
            if page.status // 100 != 2:
                return ""
            return self._polling.children.article(page.body, url=page.url)
        except FetchError:
            return ""
