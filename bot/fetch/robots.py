"""robots.txt: whether a site lets us read a page (RFC 9309)."""

import threading
import time
from typing import Final
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from bot.errors import FetchError
from bot.fetch.web import PAGES, Web

_KEPT_SECONDS: Final = 86_400.0
_MOST_SITES: Final = 500
_LARGEST: Final = 512_000  # bytes that are read of one, as the RFC wants at least


class Robots:
    """Asks each site once a day. Safe to share between threads."""

    def __init__(self, web: Web, *, name: str = "Steppewatch") -> None:
        """`name` is what the rules call us."""
        self._web = web
        self._name = name
        self._rules: dict[str, tuple[float, RobotFileParser]] = {}
        self._lock = threading.Lock()

    def allow(self, url: str) -> bool:
        """Whether the page may be read. Where the rules cannot be had, none; where there are none, all."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            asked, rules = self._rules.get(site, (0.0, None))
        if rules is None or time.monotonic() - asked > _KEPT_SECONDS:
            rules = self._ask(site)
            with self._lock:
                if len(self._rules) >= _MOST_SITES:
                    self._rules.clear()
                self._rules[site] = (time.monotonic(), rules)
        return rules.can_fetch(self._name, url)

    def _ask(self, site: str) -> RobotFileParser:
        rules = RobotFileParser()
        try:
            answer = self._web.get(f"{site}/robots.txt", accept=PAGES)
        except FetchError:
            rules.disallow_all = True  # type: ignore[attr-defined]
            return rules
        if answer.status // 100 == 2:
            rules.parse(answer.body[:_LARGEST].decode("utf-8", "replace").splitlines())
        elif answer.status // 100 == 4:
            rules.allow_all = True  # type: ignore[attr-defined]
        else:
            rules.disallow_all = True  # type: ignore[attr-defined]
        return rules
