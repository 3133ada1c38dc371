"""OPML: lists of feeds, as feed readers exchange them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from lxml import etree

from bot.errors import InputError
from bot.fetch.plain import one_line

_MOST = 10_000
_OUR_NAME = re.compile(r" \(<string>, line \d+\)$")  # what the parser calls what it was given
_STRAY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed in a list. What a list does not say is empty."""

    url: str
    name: str = ""
    lang: str = ""
    country: str = ""
    kind: str = "other"


def read(body: bytes) -> tuple[Outline, ...]:
    """The feeds of a list, at any depth of its folders, each address once.

    `country` and `kind` are attributes of ours, which others ignore. Addresses
    with a bare "&", as people write them, are taken as they are meant. Raises
    InputError for what is no OPML. Nothing that it names is opened.
    """
    try:
        root = _tree(body)
    except (etree.XMLSyntaxError, ValueError) as error:
        mended = _STRAY.sub(b"&amp;", body.removeprefix(b"\xef\xbb\xbf").lstrip())
        try:
            root = _tree(body if b"<!DOCTYPE" in body else mended)
        except (etree.XMLSyntaxError, ValueError):
            said = _OUR_NAME.sub("", one_line(str(error)))
            raise InputError(f"not OPML: {said[:200]}") from None
    if _local(root) != "opml":
        raise InputError(f"not OPML: it begins with <{str(root.tag)[:40]}>")
    found: dict[str, Outline] = {}
    for outline in root.iter():
        if _local(outline) != "outline":
            continue
        given = {str(name).lower(): one_line(str(value)) for name, value in outline.items()}
        url = given.get("xmlurl", "")
        if url and url not in found and len(found) < _MOST:
            found[url] = Outline(
                url=url,
                name=_name(given, url),
                lang=given.get("language", ""),
                country=given.get("country", ""),
                kind=given.get("kind", ""),
            )
    return tuple(found.values())


def _tree(body: bytes) -> "etree._Element":
    """The document, without a look at anything outside it."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=False, huge_tree=False
    )
    return etree.fromstring(body, parser)


def _local(element: "etree._Element") -> str:
    """The name of an element, without its namespace, in lower case; "" for a comment."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _name(given: Mapping[str, str], url: str) -> str:
    """What a list calls a feed. `text` must be there, and is the address where there is no name."""
    name = given.get("title") or given.get("text", "")
    return "" if name == url else name


def write(feeds: Sequence[Outline], *, title: str) -> str:
    """A list of feeds, in the order given."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"<head><title>{quoteattr(title)[1:-1]}</title></head>",
        "<body>",
        *(_line(feed) for feed in feeds),
        "</body>",
        "</opml>",
    ]
    return "\n".join(lines) + "\n"


def _line(feed: Outline) -> str:
    given = {
        "text": feed.name or feed.url,
        "title": feed.name,
        "xmlUrl": feed.url,
        "language": feed.lang,
        "country": feed.country,
        "kind": feed.kind,
    }
    said = " ".join(f"{name}={quoteattr(one_line(value))}" for name, value in given.items() if value)
    return f'<outline type="rss" {said}/>'
