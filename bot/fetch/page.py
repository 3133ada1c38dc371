"""A web page where a feed was expected: what kind of page, and which feeds it names."""

import re
from urllib.parse import urljoin

from lxml import etree

from bot.fetch.document import Offer, Problem, UnreadableError
from bot.fetch.plain import one_line

_FEED_TYPE = re.compile(
    r"\w+/(?:x[-.])?(?:rss|atom|rdf)(?:\+xml)?|(?:text|application)/xml|application/feed\+json"
)
_LIKELY = re.compile(r"(?:^|[/.?=&_-])(?:rss|atom|feed)s?\d*(?:$|[/.?=&_-])", re.IGNORECASE)
_CALLED = re.compile(r"\b(?:rss|atom)\b", re.IGNORECASE)
_LONGEST_CALLED = 40  # characters; a longer text speaks of feeds, and is no button for one
_FEED_SCHEME = re.compile(r"^feed:(?://(?=https?:))?", re.IGNORECASE)
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_OPML = re.compile(rb"[^<]*(?:<[?!][^>]*>\s*)*<opml\b")
_SITEMAP = re.compile(rb"[^<]*(?:<[?!][^>]*>\s*)*<(?:urlset|sitemapindex)\b")
_LOOKED_AT = 200_000  # bytes: what tells the kind of page stands early

# In the order of asking: a bot check may hold a form, and a login page may say "not found".
_SIGNS: tuple[tuple[Problem, tuple[bytes, ...]], ...] = (
    (
        Problem.BOT_WALL,
        (
            b"cf-chl",
            b"challenge-platform",
            b"just a moment...",
            b"ddos-guard",
            b"g-recaptcha",
            b"h-captcha",
            b"captcha",
            b"attention required",
            b"checking your browser",
            b"verify you are human",
            b"access denied",
            b"incapsula",
        ),
    ),
    (Problem.LOGIN, (b'type="password"', b"type='password'", b"type=password")),
)
_GONE = re.compile(
    r"\b404\b|not found|page cannot be found|does(?: not|n't) exist"
    r"|не найден|не существует|topilmadi|табылмады|ёфт нашуд",
    re.IGNORECASE,
)


def what_page(body: bytes) -> UnreadableError | None:
    """Which kind of web page this is, as an error to raise; None: no web page."""
    head = body[:_LOOKED_AT]
    if _OPML.match(head):
        return UnreadableError(Problem.NOT_A_FEED, "a list of feeds (OPML), for `feeds import`")
    if _SITEMAP.match(head):
        return UnreadableError(Problem.NOT_A_FEED, "a list of the pages of a site (sitemap)")
    if not _HTML.search(head):
        return None
    lower = head.lower()
    for problem, signs in _SIGNS:
        if any(sign in lower for sign in signs):
            return UnreadableError(problem)
    title = _title(head)
    if _GONE.search(title):
        return UnreadableError(Problem.NOT_FOUND, title)
    return UnreadableError(Problem.WEB_PAGE, title)


def offers(body: bytes, *, url: str) -> tuple[Offer, ...]:
    """The feeds that a page names, those in its head first, then links that look like feeds."""
    root = _tree(body)
    if root is None:
        return ()
    found: dict[str, Offer] = {}
    base = next((href for b in root.iter("base") if (href := b.get("href", ""))), "")
    for element in root.iter("link", "a"):
        href = _FEED_SCHEME.sub("", (element.get("href") or "").strip())
        if not href or href.startswith("#") or not _leads_to_a_feed(element, href):
            continue
        try:
            address = urljoin(urljoin(url, base), href)
        except ValueError:
            continue
        if address.startswith(("http://", "https://")) and address not in found:
            title = element.get("title") or "".join(element.itertext())
            found[address] = Offer(address, one_line(title)[:200])
    return tuple(found.values())[:50]


def _leads_to_a_feed(element: "etree._Element", href: str) -> bool:
    """Whether a link says that a feed is at its end."""
    kind = (element.get("type") or "").split(";")[0].strip().lower()
    if element.tag == "link":
        said = set((element.get("rel") or "").lower().split())
        return "feed" in said or ("alternate" in said and bool(_FEED_TYPE.fullmatch(kind)))
    called = "".join((*element.itertext(), *(picture.get("alt", "") for picture in element.iter("img"))))
    button = len(called) <= _LONGEST_CALLED and bool(_CALLED.search(called))
    return button or bool(_FEED_TYPE.fullmatch(kind) or _LIKELY.search(href))


def _title(body: bytes) -> str:
    """What the page calls itself."""
    root = _tree(body)
    if root is None:
        return ""
    title = root.find(".//title")
    return "" if title is None else one_line("".join(title.itertext()))[:80]


def _tree(body: bytes) -> "etree._Element | None":
    """The page as browsers understand it, or None."""
    try:  # without a word about it, libxml2 takes pages for Latin-1
        body.decode("utf-8")
        encoding: str | None = "utf-8"
    except UnicodeDecodeError as error:
        encoding = "utf-8" if error.start > len(body) - 4 else None
    parser = etree.HTMLParser(no_network=True, recover=True, remove_comments=True, encoding=encoding)
    try:
        return etree.fromstring(body, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
