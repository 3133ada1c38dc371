"""Text without markup: what a feed's titles and summaries say to a reader."""

import re
from collections.abc import Iterable
from html import unescape
from html.entities import name2codepoint
from typing import Final

from lxml import etree

LONGEST: Final = 20_000
"""Characters of a text that are kept; a decision needs far fewer."""
_MARKUP = re.compile(r"<[a-zA-Z/!?]|&[#a-zA-Z]")
# A tag without anything odd in it. Nothing here can be matched in two ways, so that nothing is tried twice.
_TAG = re.compile(
    r"""<(/?[a-z][a-z0-9]*+)(?:\s++[^\s"'<>=/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>=`]++))?+)*+\s*+/?>"""
)
_NAMED = re.compile(r"&([a-zA-Z]\w*);")
# A reference of no usual kind: neither a name, nor the number of a letter that all take for the same.
_ODD = re.compile(r"&(?!(?:[a-zA-Z]\w*|#(?:3[2-9]|[4-9][0-9]|1[6-9][0-9]|2[0-9]{2}|[1-9][0-9]{3}));)")
_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ufeff]+")
_PRINTABLE: Final = bytes(range(0x20, 0x7F))
_FORBIDDEN = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# fmt: off
_BREAKING: Final = frozenset((
    "address", "article", "aside", "blockquote", "br", "caption", "dd", "details", "dialog", "div", "dl",
    "dt", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
    "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "ul",
))
_INLINE: Final = frozenset((
    "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "img", "ins", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "time", "u",
))
# fmt: on
_SIMPLE: Final = dict.fromkeys(_BREAKING, " ") | dict.fromkeys(_INLINE, "")
"""Tags that any parser takes alike, and what stands for each in the text."""
_SIMPLE.update({f"/{name}": stands for name, stands in _SIMPLE.items() if name not in {"br", "hr", "img"}})
_SILENT: Final = frozenset(("script", "style", "template", "noscript", "iframe", "svg", "math", "head"))


def one_line(text: str) -> str:
    """`text` on one line, without control characters or anything that is no character at all."""
    if _is_printable(text) and "  " not in text:
        return text.strip(" ")  # the only white space that is printable: most texts are on one line already
    joined = " ".join(text.split())
    if joined.isprintable():
        return joined  # and so there is nothing else to take out: much quicker than looking for it
    return _SPACE.sub(" ", _FORBIDDEN.sub("", text)).strip()


def _is_printable(text: str) -> bool:
    """`str.isprintable`, which takes seven times as long with most texts."""
    return not text.encode("ascii").translate(None, _PRINTABLE) if text.isascii() else text.isprintable()


def plain(text: str, *, html: bool) -> str:
    """`text` as a reader sees it, on one line. `html` says that it is markup and not plain text."""
    if html and _MARKUP.search(text):
        text = _shown(text)
    return one_line(text)


def plain_long(text: str, *, html: bool) -> str:
    """The same for a body of text, cut to what is kept of it."""
    return plain(text[: LONGEST * 10], html=html)[:LONGEST]


def longest(texts: Iterable[tuple[str, bool]]) -> str:
    """The longest of some texts as a reader sees them. Each comes with whether it is HTML."""
    found = ""
    for text, html in sorted(texts, key=lambda one: len(one[0]), reverse=True):
        if len(text) <= len(found):
            break  # a reader never sees more than is written
        found = max(found, plain_long(text, html=html), key=len)
    return found


def _shown(markup: str) -> str:
    """The text of a piece of HTML, as browsers understand it; blocks are set apart by a space."""
    text = _without_tags(markup)
    return _parsed(markup) if text is None else text


def _without_tags(markup: str) -> str | None:
    """The text between tags that all parsers take alike, in a fifth of the time; None: there are others."""
    pieces = _TAG.split(markup)
    for at in range(1, len(pieces), 2):
        stands = _SIMPLE.get(pieces[at])
        if stands is None:
            return None
        pieces[at] = stands
    text = "".join(pieces)
    if "<" in text:
        return None
    if "&" in text:
        if _ODD.search(text) or not all(name in name2codepoint for name in _NAMED.findall(text)):
            return None
        return unescape(text)
    return text


def _parsed(markup: str) -> str:
    """The text of any piece of HTML."""
    # Browsers make a paragraph of an end that has no beginning; libxml2 makes nothing of it.
    markup = _FORBIDDEN.sub("", markup).replace("\x00", " ").replace("</p>", "</p> ")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, recover=True
    )
    try:
        root = etree.fromstring(f"<body>{markup}</body>".encode(), parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return ""
    if root is None:
        return ""
    pieces: list[str] = []
    _gather(root, pieces)
    return "".join(pieces)


def _gather(root: "etree._Element", pieces: list[str]) -> None:
    """The text under `root`, in order of reading, without what is not for readers."""
    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        starts = event == "start"
        silent += (element.tag in _SILENT) * (1 if starts else -1)
        if silent:
            continue
        if element.tag in _BREAKING:
            pieces.append(" ")
        pieces.append((element.text if starts else element.tail) or "")
