"""What a feed's address gave: a document with entries, the feeds that a page names, or a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.core.new_story import Fresh, says_something
from bot.core.story import Entry
from bot.core.wording import many
from bot.errors import FetchError
from bot.fetch.packed import Items


class Problem(StrEnum):
    """Why there is no feed at an address, as far as its answer tells."""

    EMPTY = "empty"  # not a byte in it
    LOGIN = "login"
    BOT_WALL = "bot_wall"
    NOT_FOUND = "not_found"  # a page that says so with status 200
    WEB_PAGE = "web_page"
    BROKEN = "broken"  # XML or JSON of which nothing could be read
    NOT_A_FEED = "not_a_feed"
    TOO_SLOW = "too_slow"  # the parser was killed at its deadline


SAID: Final = {
    Problem.EMPTY: "answered with nothing at all",
    Problem.LOGIN: "a login page instead of a feed",
    Problem.BOT_WALL: "a bot check instead of a feed",
    Problem.NOT_FOUND: "a 'not found' page instead of a feed",
    Problem.WEB_PAGE: "a web page instead of a feed",
    Problem.BROKEN: "broken, and nothing in it could be read",
    Problem.NOT_A_FEED: "not a feed",
    Problem.TOO_SLOW: "reading it took too long and was given up",
}

NEXT_STEP: Final = {
    Problem.EMPTY: "Often passes by itself; if it stays, the feed has moved or ended.",
    Problem.LOGIN: "Open the address in a browser: the site may have put its feed behind an account.",
    Problem.BOT_WALL: "Ask the site to let the bot in, or give the feed another user_agent.",
    Problem.NOT_FOUND: "It has moved or ended: try `feeds add` with the home page of the site.",
    Problem.WEB_PAGE: "`feeds add` with this address offers the feeds that the page names.",
    Problem.BROKEN: "Tell the site; the feed is asked again, less and less often.",
    Problem.NOT_A_FEED: "Check the address; RSS, Atom, RDF and JSON Feed are read.",
    Problem.TOO_SLOW: "The document is hostile or huge; it is asked less and less often.",
}


_LEFT_ALONE: Final = "Nothing: it wants to be left alone for a while, and is."
_PASSES: Final = "Often passes by itself; it is asked less and less often until then."
_REFUSED: Final = "The site refuses: open the address in a browser, or give the feed another user_agent."
_PROXY: Final = "The operator's: see HTTPS_PROXY, HTTP_PROXY and NO_PROXY, and what the proxy lets through."
_ELSEWHERE: Final = "Open it in a browser, and add the address where that ends."
_SIGNS: Final = (  # what a reason holds, and what to do about it
    *((said, NEXT_STEP[problem]) for problem, said in SAID.items()),
    ("the proxy", _PROXY),
    ("answered 407", _PROXY),
    ("answered 401", NEXT_STEP[Problem.LOGIN]),
    ("answered 403", NEXT_STEP[Problem.BOT_WALL]),
    ("answered 404", NEXT_STEP[Problem.NOT_FOUND]),
    ("410 Gone", NEXT_STEP[Problem.NOT_FOUND]),
    ("answered 429", _LEFT_ALONE),
    ("answered 503", _LEFT_ALONE),
    ("answered 408", _PASSES),
    ("answered 4", _REFUSED),
    ("answered 999", _REFUSED),
    ("answered 3", _ELSEWHERE),
    ("neither http nor https", _ELSEWHERE),
    ("backslashes", _ELSEWHERE),
    ("makes no sense", _ELSEWHERE),
    ("redirected to something", _ELSEWHERE),
    ("does not speak HTTP", "Check the address and its port; if they are right, tell the site."),
    ("not asked for", "Tell the site: it sends an encoding that the request did not offer."),
    ("too much memory", NEXT_STEP[Problem.TOO_SLOW]),
    ("user_agent", "Give the feed a user_agent of Latin letters."),
    ("not allowed", "Check its name; addresses of your own network are opened by poll.private_networks."),
    ("certificate", "Tell the site: a certificate that is not valid is never passed over."),
    ("secure connection", "Tell the site: it does not speak TLS as it should."),
    ("redirected more than", f"It sends some in circles. {_ELSEWHERE}"),
    ("larger than", "Ask the site for a shorter feed, or allow more by poll.largest_body."),
    ("sent more than", "Ask the site for a shorter feed, or allow more by poll.largest_body."),
)


def next_step(reason: str) -> str:
    """What to do about a feed that cannot be read, by the reason that is told."""
    return next((step for sign, step in _SIGNS if sign in reason), _PASSES)


class UnreadableError(FetchError):
    """An answer came, and it is not a feed that can be read. The text is one line."""

    def __init__(self, problem: Problem, detail: str = "") -> None:
        self.problem = problem
        self.detail = detail
        super().__init__(f"{SAID[problem]}: {detail}" if detail else SAID[problem])

    def __reduce__(self) -> tuple[type["UnreadableError"], tuple[Problem, str]]:
        """So that it crosses from a child process whole."""
        return UnreadableError, (self.problem, self.detail)


@dataclass(frozen=True, slots=True)
class Offer:
    """A feed that a page names."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A feed as it was read. No entries is a fine answer: some days are quiet."""

    format: str  # feedparser's word: rss20, atom10, rss10, json ...
    title: str = ""
    entries: tuple[Entry, ...] = ()
    lang: str = ""  # as declared
    ttl_minutes: int = 0  # the feed asks not to be read again sooner; 0: it says nothing
    skip_hours: frozenset[int] = frozenset()  # UTC hours in which it asks not to be read
    problem: str = ""  # something was broken, yet these entries could be read; one line
    remark: str = ""  # what should be known although nothing is broken; one line


def left_out(entries: Sequence[Entry]) -> str:
    """That some of the entries hold nothing that could be shown, in a line; "": all do."""
    silent = sum(not says_something(entry) for entry in entries)
    return f"{many(silent, 'entry', 'entries')} without title, text and link left out" if silent else ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document of a polled feed, its entries named; or, when it is all new, stories of them already."""

    head: FeedDocument  # without its entries
    dates: tuple[datetime, ...]  # of its entries, as claimed
    items: Items = ()
    fresh: tuple[Fresh, ...] = ()
