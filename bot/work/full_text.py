"""Full text: a story that its feed says too little of is read on its own page before it is decided."""

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Final

from bot.core.identity import Identified
from bot.core.new_story import Fresh, Origin
from bot.errors import FetchError
from bot.fetch.robots import Robots
from bot.fetch.web import PAGES
from bot.work.polling import Polling

_TEASER: Final = 600  # characters; a longer text is no teaser
_PAGES: Final = 5  # of one document at most


class Reader:
    """Makes stories of the entries of one document, and may fetch a few of their pages for it."""

    def __init__(self, polling: Polling, robots: Robots) -> None:
        self._polling = polling
        self._robots = robots
        self._left = _PAGES if polling.full_text else 0

    def make(self, items: Sequence[Identified], origin: Origin) -> list[Fresh]:
        """Decide; in the grey band, and where the feed gave a teaser, by the text of the page.

        Of a backlog no page is fetched: it is no news. A page that cannot be had changes nothing: the
        decision by the feed stands, for review. Raises FetchError when deciding takes too long.
        """
        if not items:
            return []
        made = self._polling.children.make([(item, "") for item in items], origin)
        if origin.backlog:
            return made
        return [self._read_on(item, one, origin) for item, one in zip(items, made, strict=True)]

    def _read_on(self, item: Identified, made: Fresh, origin: Origin) -> Fresh:
        """What the page says, where it may tell."""
        story, url = made.story, item.entry.url
        if not (self._left > 0 and story.review and len(story.text) < _TEASER and url):
            return made
        self._left -= 1
        text = self._page(url)
        if len(text) <= len(story.text):
            return made
        (made,) = self._polling.children.make([(item, text)], origin)
        return made

    def _page(self, url: str) -> str:
        """The text of the article's page, or ""."""
        try:
            if not self._robots.allow(url):
                return ""
            with ExitStack() as held:
                page = self._polling.web.get(url, accept=PAGES, held=held)
                if page.status // 100 != 2 or (page.url != url and not self._robots.allow(page.url)):
                    return ""
                return self._polling.children.article(page.content, url=page.url)
        except FetchError:
            return ""
