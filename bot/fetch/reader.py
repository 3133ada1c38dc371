"""Bytes to entries. The only file with feedparser, which decides what a feed says.

Its bytes go in as a BytesIO, always: given bytes, it would open the file or the
address that they name. Its sanitizer and its resolver of links in text are off:
they take two thirds of the time, and the text is stripped to plain here anyway.
Hostile text can hold its regular expressions for minutes: call this in a child
process that can be killed (`bot.fetch.isolation`).
"""

import calendar
import io
import re
import time
import warnings
from array import array
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.sax import SAXException, SAXParseException

import feedparser
from feedparser.datetimes import _parse_date
from feedparser.html import _cp1252
from feedparser.mixin import _FeedParserMixin
from feedparser.urls import _urljoin

from bot.core.story import Entry
from bot.errors import FetchError
from bot.fetch import charset, json_feed, plain_rss
from bot.fetch.document import FeedDocument, Problem, UnreadableError
from bot.fetch.page import what_page
from bot.fetch.plain import longest, one_line, plain
from bot.fetch.shape import dear

_looks_like_html = _FeedParserMixin.looks_like_html
_REFERRED = re.compile(r"&([A-Za-z0-9_]+);")
_HTML = {"text/html", "application/xhtml+xml"}
_OPEN = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_CLOSE = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_HOUR = re.compile(rb"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_REFERENCE = re.compile(rb"&#(x[0-9a-f]{2,}|[0-9]{2,});", re.IGNORECASE)
_LONGEST_REFERENCE = 12  # digits; one with more is nobody's
_LONGEST_URL = 2000
_PLACE = re.compile(r"/|https?:", re.IGNORECASE)  # what can be nothing but an address begins so
# An address that is as it should be already: nothing to resolve, to mend or to refuse.
_PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*/[\w/.,=&~-]*(?:\?[\w/.,=&~-]+)?", re.ASCII)
_BREAKS = re.compile(r"\s*[\x00-\x1f\x7f-\x9f\u2028\u2029]\s*")
_SPACES = re.compile(r"\s+")
_MEANT = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf|channel|item|entry)\b", re.IGNORECASE)
_HEAD = 20_000  # bytes in which a feed must show that it means to be one
_BOM = b"\xef\xbb\xbf"
_SPACE = b" \t\r\n"
_BLANK = _BOM + b"\x00 \t\r\n"
_CODE = re.compile(r"</(?:script|style|iframe|object|svg)\s*>", re.IGNORECASE)
_LARGE = 500_000  # bytes
_SLICE = 250  # entries


def read(body: bytes, *, url: str, content_type: str = "") -> FeedDocument:
    """Read a feed of any format.

    `url` is where it came from; relative links are relative to it. Raises
    UnreadableError, a FetchError that says which kind of not-a-feed it is.
    """
    if not body.strip(_BLANK):
        raise UnreadableError(Problem.EMPTY)
    body = charset.narrowed(body)
    if body[:1] in _SPACE and b"\0" not in body[:4]:
        body = body.lstrip(_SPACE)  # nothing is missing for it, though XML wants its declaration first
    if json_feed.looks_like_json(body):
        return json_feed.read(body, url=url)
    if len(body) > _LARGE and not _MEANT.search(body[:_HEAD].replace(b"\x00", b"")):
        raise what_page(body) or UnreadableError(Problem.NOT_A_FEED)  # not worth half a minute of guessing
    document = _plainly(body, url, content_type) if len(body) <= _LARGE else None
    if document is not None:
        return document
    if _MEANT.search(body[:_HEAD]):  # its markup is readable, and so is what it declares
        body, content_type = charset.settled(body, content_type)
    for attempt in (body, None):
        try:
            return _parsed(_mended(body) if attempt is None else body, url, content_type)
        except (FetchError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - eight kinds on 1.7 % of mutated feeds
            reason = f"the parser gave up ({type(error).__name__})"
    raise UnreadableError(Problem.BROKEN, reason)


def _mended(body: bytes) -> bytes:
    """A document without what feedparser stumbles over: control bytes, references to halves of characters."""

    def whole(found: re.Match[bytes]) -> bytes:
        number = found[1][:_LONGEST_REFERENCE].lower()
        code = int(number[1:], 16) if number.startswith(b"x") else int(number)
        return b"&#xFFFD;" if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF else found[0]

    return _CONTROLS.sub(b" ", _REFERENCE.sub(whole, body))


def _parsed(body: bytes, url: str, content_type: str) -> FeedDocument:
    """The document as feedparser reads it; a large one slice by slice, for it takes 5 kB for every entry."""
    if len(body) <= _LARGE:
        return _parsed_whole(body, url, content_type)
    documents = [
        _plainly(part, url, content_type) or _parsed_whole(part, url, content_type) for part in _slices(body)
    ]
    if documents:
        broken = next((document.problem for document in documents if document.problem), "")
        if not (broken and b"<![CDATA[" in body):  # a slice may have cut through one
            entries = tuple(entry for document in documents for entry in document.entries)
            return replace(documents[0], entries=entries, problem=broken)
    if reason := dear(body):
        raise UnreadableError(Problem.BROKEN, reason)
    return _plainly(body, url, content_type) or _parsed_whole(body, url, content_type)


def _slices(body: bytes) -> Iterator[bytes]:
    """A large document as several small ones with the same head and tail; none where that is not sure."""
    opens = array("q", (found.start() for found in _OPEN.finditer(body)))
    ends = array("q", (found.end() for found in _CLOSE.finditer(body)))
    nested = any(end > begin for end, begin in zip(ends, islice(opens, 1, None), strict=False))
    if len(opens) < 2 * _SLICE or len(opens) != len(ends) or nested:
        return
    head, tail = body[: opens[0]], body[ends[-1] :]
    for at in range(0, len(opens), _SLICE):
        yield head + body[opens[at] : ends[min(at + _SLICE, len(ends)) - 1]] + tail


def _parsed_whole(body: bytes, url: str, content_type: str) -> FeedDocument:
    """The document as feedparser reads it."""
    # It is not told where the document is from: it would make addresses of guids that are mere words.
    headers = {"content-type": content_type} if content_type else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about its own keys that we do not use
        parsed = feedparser.parse(
            io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    entries = tuple(_entry(item, url) for item in parsed.entries)
    broken = _what_broke(parsed, body)
    if broken and _breaks_off(body):
        entries = entries[:-1]
    if not entries and (broken or not parsed.version):
        meant = bool(broken) and _MEANT.search(body[:_HEAD].replace(b"\x00", b"")) is not None
        raise what_page(body) or UnreadableError(Problem.BROKEN if meant else Problem.NOT_A_FEED, broken)
    feed = parsed.feed
    return FeedDocument(
        format=parsed.version or "unknown",
        title=_text(feed, "title"),
        entries=entries,
        lang=one_line(str(feed.get("language") or ""))[:20],
        ttl_minutes=_whole(feed.get("ttl")),
        skip_hours=_skip_hours(body),
        problem=f"its XML is broken ({broken}): read as far as possible" if broken else "",
    )


def _plainly(body: bytes, url: str, content_type: str) -> FeedDocument | None:
    """What a document of the plainest kind says, had with much less work; None: it is of another."""
    channel = plain_rss.taken_apart(body, content_type)
    return None if channel is None else _plain_document(channel, url, _skip_hours(body))


def _plain_document(channel: plain_rss.Channel, base: str, skip_hours: frozenset[int]) -> FeedDocument:
    """The same that feedparser would make of it."""
    return FeedDocument(
        format="rss20",
        title=_titled(_mended_text(channel.title)),
        entries=tuple(_plain_entry(item, base) for item in channel.items),
        lang=one_line(_mended_text(channel.lang))[:20],
        ttl_minutes=_whole(_mended_text(channel.ttl)),
        skip_hours=skip_hours,
    )


def _plain_entry(item: plain_rss.Item, base: str) -> Entry:
    texts = {name: _mended_text(text) for name, text in item.texts.items()}
    guid = texts.get("guid", "")
    if guid and item.permalink:
        guid = _mended_text(_urljoin("", item.texts["guid"].strip()))
    link = texts.get("link", "")
    if link:
        link = _mended_text(_urljoin("", item.texts["link"].strip())).replace("&amp;", "&")
        link = _REFERRED.sub(r"&\1", link)
    if item.permalink and "link" not in texts:
        link = guid
    told = {"link": link, "id": guid, "guidislink": item.permalink and item.alone}
    bodies = [texts[name] for name in ("description", plain_rss.CONTENT) if name in texts]
    date = _parse_date(texts["pubDate"]) if "pubDate" in texts else None
    return Entry(
        guid=one_line(guid)[:_LONGEST_URL],
        url=_address(told, base),
        title=_titled(texts.get("title", "")),
        text=longest((text, True) for text in bodies),
        published=_moment(date) if date else None,
    )


def _titled(title: str) -> str:
    """A title as feedparser understands it: plain text, unless it looks like HTML."""
    return plain(title, html=_is_html(title))[:_LONGEST_URL]


def _is_html(text: str) -> bool:
    """Whether a text that may be plain or not is HTML. feedparser takes what has a script in it for plain."""
    return bool(_looks_like_html(text) or _CODE.search(text))


def _mended_text(text: str) -> str:
    """What feedparser does with every text: UTF-8 that was taken for Latin-1, and Windows' own letters."""
    text = text.strip()
    if text.isascii():
        return text
    with suppress(UnicodeError):
        text = text.encode("iso-8859-1").decode("utf-8")
    return text.translate(_cp1252)


def _entry(item: Any, base: str) -> Entry:
    """One entry, reduced to plain text."""
    return Entry(
        guid=one_line(str(item.get("id") or ""))[:_LONGEST_URL],
        url=_address(item, base),
        title=_text(item, "title"),
        text=_body(item),
        published=_published(item),
        lang=one_line(str(item.get("language") or ""))[:20],
        source=_outlet(item.get("source")),
    )


def _text(holder: Any, key: str) -> str:
    """A short text; what feedparser holds for plain is taken literally."""
    detail = holder.get(f"{key}_detail") or {}
    value = holder.get(key) or ""
    html = detail.get("type", "text/html") in _HTML or _CODE.search(value)
    return plain(value, html=bool(html))[:_LONGEST_URL]


def _body(item: Any) -> str:
    """The longest text that the entry has: full text where the feed gives it, else the teaser."""
    detail = item.get("summary_detail") or {}
    parts = [
        (item.get("summary") or "", detail),
        *((part.get("value") or "", part) for part in item.get("content") or []),
    ]
    return longest((text, told.get("type", "text/html") in _HTML) for text, told in parts[:4])


def _address(item: Any, base: str) -> str:
    """An absolute web address, or none: other schemes are not for clicking, nor is a word for a guid."""
    link = str(item.get("link") or "").strip()
    if len(link) <= _LONGEST_URL and _PLAIN_ADDRESS.fullmatch(link):
        return link
    word = bool(item.get("guidislink")) and item.get("id") == link and not _PLACE.match(link)
    link = _SPACES.sub("%20", _BREAKS.sub("", link))
    if link[:4].lower() == "www.":
        link = f"http://{link}"
    try:
        address = link if word else urljoin(base, link)
        parts = urlsplit(address)
    except ValueError:
        return ""
    sensible = (
        bool(link) and len(address) <= _LONGEST_URL and parts.scheme in {"http", "https"} and parts.netloc
    )
    return address if sensible else ""


def _outlet(source: Any) -> str:
    """The outlet an aggregator names, as a host if it gives an address."""
    if not source:
        return ""
    host = ""
    try:
        host = urlsplit(str(source.get("href") or "")).hostname or ""
    except ValueError:
        host = ""
    return host.removeprefix("www.") or plain(str(source.get("title") or ""), html=True)[:200]


def _published(item: Any) -> datetime | None:
    """The date of an entry. Asked as of a plain dict: feedparser's own `get` warns where one stands in."""
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        if parsed := dict.get(item, name):
            return _moment(parsed)
    return None


def _moment(parsed: time.struct_time) -> datetime | None:
    """The moment that feedparser made of a date, if it is one."""
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _what_broke(parsed: Any, body: bytes) -> str:
    """What is wrong with the XML, in a few words; "": nothing that matters.

    Being sent with an odd content type or charset is no fault of the text.
    """
    error = parsed.get("bozo_exception")
    if not isinstance(error, SAXException):
        return "" if parsed.get("encoding") or not parsed.get("bozo") else "unknown encoding"
    words = one_line(error.getMessage())[:80]
    if not isinstance(error, SAXParseException):
        return words
    added = not body.removeprefix(_BOM).startswith(b"<?xml")  # feedparser sets a first line before it
    return f"line {max((error.getLineNumber() or 1) - added, 1)}: {words}"


def _breaks_off(body: bytes) -> bool:
    """Whether the last entry begins and never ends."""
    opened = max((found.start() for found in _OPEN.finditer(body)), default=-1)
    closed = max((found.start() for found in _CLOSE.finditer(body)), default=-1)
    return opened > closed


def _skip_hours(body: bytes) -> frozenset[int]:
    """RSS's skipHours. feedparser keeps only the last of them."""
    start = body.find(b"<skipHours>")
    if start < 0:
        return frozenset()
    hours = {int(hour) % 24 for hour in _HOUR.findall(body, start, start + 2000)}
    return frozenset(hours) if len(hours) < 24 else frozenset()


def _whole(value: Any) -> int:
    """A count of minutes, or 0."""
    text = str(value or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
