"""robots.txt: whether a site lets us read a page (RFC 9309).

Python's own reader of it takes the first rule that fits instead of the longest, and
`*` and `$` for letters: it would read what a site has closed, and stumble over a mark
of UTF-8 at the beginning.
"""

import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from bot.errors import FetchError
from bot.fetch.web import PAGES, Web

_KEPT_SECONDS: Final = 86_400.0
_MOST_SITES: Final = 500
_LARGEST: Final = 512_000  # bytes that are read of one, as the RFC wants at least


@dataclass(frozen=True, slots=True)
class Rules:
    """What one reader may read of a site."""

    lines: tuple[tuple[str, bool], ...]  # a pattern of paths, and whether those may be read

    @classmethod
    def of(cls, text: str, name: str) -> "Rules":
        """The rules for `name`, all of its groups together; else those for everybody."""
        groups: dict[str, list[tuple[str, bool]]] = {}
        agents: list[str] = []
        naming = False
        for key, value in _fields(text):
            if key == "user-agent":
                agents = [*agents, value.lower()] if naming else [value.lower()]
                groups.setdefault(value.lower(), [])
                naming = True
            elif key in {"allow", "disallow"}:
                naming = False
                for agent in agents if value else ():
                    groups[agent].append((unquote(value), key == "allow"))
        return cls(tuple(groups.get(name.lower(), groups.get("*", []))))

    def allow(self, url: str) -> bool:
        """Whether a page may be read: the longest rule counts; of two that are as long, the kinder."""
        parts = urlsplit(url)
        path = unquote(f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}")
        return max(
            ((len(rule), allowed) for rule, allowed in self.lines if _fits(rule, path)), default=(0, True)
        )[1]


_EVERYTHING: Final = Rules(())
_NOTHING: Final = Rules((("/", False),))


class Robots:
    """Asks each site once a day. Safe to share between threads."""

    def __init__(self, web: Web, *, name: str = "Steppewatch") -> None:
        """`name` is what the rules call us."""
        self._web = web
        self._name = name
        self._rules: dict[str, tuple[float, Rules]] = {}
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
        return rules.allow(url)

    def _ask(self, site: str) -> Rules:
        try:
            answer = self._web.get(f"{site}/robots.txt", accept=PAGES)
        except FetchError:
            return _NOTHING
        if answer.status // 100 == 2:
            return Rules.of(answer.body[:_LARGEST].decode("utf-8-sig", "replace"), self._name)
        return _EVERYTHING if answer.status // 100 == 4 else _NOTHING


def _fields(text: str) -> Iterable[tuple[str, str]]:
    """The fields of a robots.txt, names in lower case; comments and junk are left out."""
    for line in text.splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


def _fits(rule: str, path: str) -> bool:
    """Whether a path begins as a rule says; `*` stands for anything, `$` at the end for the end."""
    ends = rule.endswith("$")
    first, *others = rule.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for part in others:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if not ends:
        return True
    return path.endswith(others[-1]) if others else path == first
