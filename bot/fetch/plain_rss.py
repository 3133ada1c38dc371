"""RSS 2.0 of the plainest kind, taken apart by expat alone: what most feeds are.

feedparser decides what a feed says, and spends 0.3 ms an entry on it, most of it on
what such a feed does not have. Whatever is the least out of the ordinary here (another
encoding, a DOCTYPE, markup that is not escaped, an element twice, one that is not
listed) is left to feedparser; of the rest `bot.fetch.reader` makes the same entries, by
feedparser's own rules for text, links and dates. A test compares the two.
"""

import re
from dataclasses import dataclass, field
from typing import Final
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from bot.fetch.charset import declared, is_utf8, sent

_LONGEST_SILENT: Final = 500  # characters; who hides more in an author means feedparser to hang on it
_DECLARATION: Final = re.compile(rb"<!(?!\[CDATA\[|--)")
_UTF8: Final = {"", "utf-8", "utf8"}
_BOM: Final = b"\xef\xbb\xbf"

_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_MEDIA: Final = "{http://search.yahoo.com/mrss/}"
CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
_OF_CHANNEL: Final = {"title", "language", "ttl"}
_OF_IMAGE: Final = {"title", "link", "description", "url", "width", "height"}
_TOLD: Final = {"title", "link", "guid", "pubDate", "description", CONTENT}
_SILENT: Final = {  # what says nothing that is kept
    "author", "category", "comments", "enclosure",
    f"{_DC}creator", f"{_DC}subject", f"{_MEDIA}content", f"{_MEDIA}thumbnail",
    "{http://purl.org/rss/1.0/modules/slash/}comments",
    "{http://wellformedweb.org/CommentAPI/}commentRss",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """The texts of an item by the names of their elements; what it does not have is not in there."""

    texts: dict[str, str] = field(default_factory=dict)
    permalink: bool = False  # its guid is an address,
    alone: bool = False  # and came before any link


@dataclass(frozen=True, slots=True)
class Channel:
    """A document."""

    title: str
    lang: str
    ttl: str
    items: tuple[Item, ...]


def taken_apart(body: bytes, content_type: str) -> Channel | None:
    """The document's texts as they stand there; None: it is not of the plainest kind."""
    if not _is_utf8(body, content_type) or _DECLARATION.search(body):
        return None
    try:
        root = ET.fromstring(body)  # noqa: S314 - without a DOCTYPE it has no entities to expand
    except (ET.ParseError, LookupError, ValueError):
        return None
    if root.tag != "rss" or set(root.keys()) != {"version"} or not root.get("version", "").startswith("2."):
        return None
    if len(root) != 1 or root[0].tag != "channel" or root[0].keys():
        return None
    return _channel(root[0])


def _is_utf8(body: bytes, content_type: str) -> bool:
    """Whether nobody says that it is anything else, and it is."""
    return {sent(content_type), declared(body.removeprefix(_BOM))} <= _UTF8 and is_utf8(body)


def _channel(channel: Element) -> Channel | None:
    """What the channel says of itself once, and its items."""
    items = []
    told: dict[str, str] = {}
    for element in channel:
        if element.tag == "item":
            item = _item(element)
            if item is None:
                return None
            items.append(item)
        elif _local(element) in _OF_CHANNEL:
            if element.tag in told or element.tag not in _OF_CHANNEL or len(element) or element.keys():
                return None
            told[element.tag] = element.text or ""
        elif _local(element) in {"item", "entry"} or not {part.tag for part in element} <= _OF_IMAGE:
            return None
    if "title" not in told:
        return None
    return Channel(told["title"], told.get("language", ""), told.get("ttl", ""), tuple(items))


def _item(item: Element) -> Item | None:
    """The texts of an item, each there once at most."""
    if item.keys():
        return None
    texts: dict[str, str] = {}
    permalink = alone = False
    for element in item:
        name = element.tag
        if name in _SILENT:
            if len(element) or len(element.text or "") > _LONGEST_SILENT:
                return None
            continue
        if name not in _TOLD or name in texts or len(element):
            return None
        if name == "guid":
            if not {key.lower() for key in element.attrib} <= {"ispermalink"}:
                return None
            permalink = next(iter(element.attrib.values()), "true") == "true"
            alone = "link" not in texts
        elif element.keys():
            return None
        texts[name] = element.text or ""
    return Item(texts, permalink, alone)


def _local(element: Element) -> str:
    """Its name without its namespace."""
    return element.tag.rpartition("}")[2].lower()
