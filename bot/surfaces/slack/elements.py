"""Texts as the elements of Block Kit. Everything outside becomes inert here.

Outside text stands only in rich_text and plain_text, which Slack shows as they
are: no mrkdwn, so nothing in a title can mention, link or format. `raw` takes
out what acts on the reader whatever the element, and opens up sequences that
mrkdwn would act on, for clients and exports that do not keep to that.
"""

import json
import re
from collections.abc import Sequence
from typing import Any, Final

from bot.core.documents import Line, Span
from bot.core.inert import one_line, safe_url

Block = dict[str, Any]

PIECE_WEIGHT: Final = 4_000
"""A piece is never heavier than this: lines that are lose their links, lists are parted."""

LINE_MOST: Final = 2_000
NAME_MOST: Final = 80
CELL_MOST: Final = 150
URL_MOST: Final = 1_500

_ALIVE_IN_MRKDWN: Final = re.compile(r"<(?=[!@#]|\w{2,}:|/)")
_STRUCTURE: Final = {"type", "style", "action_id", "block_id", "slack_file"}
_STYLES: Final = {"strong": {"bold": True}, "hit": {"bold": True}, "code": {"code": True}}


def weight(block: Block) -> int:
    """The length of a block as JSON: its text and the structure around it."""
    return len(json.dumps(block, ensure_ascii=False, separators=(",", ":")))


def characters(block: Any) -> int:
    """The characters in a block that somebody wrote: text, addresses, what buttons carry."""
    if isinstance(block, dict):
        return sum(characters(value) for name, value in block.items() if name not in _STRUCTURE)
    if isinstance(block, list):
        return sum(characters(value) for value in block)
    return len(block) if isinstance(block, str) else 0


def raw(text: str, most: int) -> str:
    """Outside text for a plain_text or rich_text element, on one line.

    >>> raw("Deal <!channel> & <https://x.test|y>", 80)
    'Deal ‹!channel> & ‹https://x.test|y>'
    """
    return _ALIVE_IN_MRKDWN.sub("‹", one_line(text, most))


def escaped(text: str, most: int) -> str:
    """Outside text for a field that Slack reads as mrkdwn (a message's `text`), on one line.

    What is cut is the text, never an escape in it; the result is at most `most` long.
    """
    kept = one_line(text, most)
    while len(told := kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")) > most:
        kept = one_line(kept, max(1, len(kept) - (len(told) - most + 3) // 4 - 1))
    return told


def plain_text(text: str, most: int) -> Block:
    """A plain_text object. Slack wants at least one character in it."""
    return {"type": "plain_text", "text": raw(text, most) or "–", "emoji": False}


def line(spans: Line) -> list[Block]:
    """The elements of one line. One that is too heavy keeps its words and loses its links."""
    elements = [element for span in spans for element in _elements(span)]
    if weight({"": elements}) > PIECE_WEIGHT // 2:
        return [text_element(raw("".join(span.text for span in spans), LINE_MOST // 2) or "–")]
    return elements or [text_element("–")]


def text_element(text: str, style: str = "plain") -> Block:
    """A run of text that is inert already."""
    block: Block = {"type": "text", "text": text}
    return block | ({"style": _STYLES[style]} if style in _STYLES else {})


def section(*lines: Sequence[Block]) -> Block:
    """Lines below each other in one section, parted by line breaks of our own."""
    elements: list[Block] = []
    for each in lines:
        elements += [text_element("\n")] * bool(elements) + [*each]
    return {"type": "rich_text_section", "elements": _joined(elements)}


def rich_text(*elements: Block) -> Block:
    """A block of sections and lists."""
    return {"type": "rich_text", "elements": [*elements]}


def cell(text: str) -> Block:
    """A cell of a table."""
    return {"type": "raw_text", "text": raw(text, CELL_MOST) or "–"}


def _elements(span: Span) -> list[Block]:
    if span.style == "channel" and re.fullmatch(r"[CG][A-Z0-9]+", span.text):
        return [{"type": "channel", "channel_id": span.text}]
    text = _spaced(span.text)
    url = safe_url(span.url) if span.url else ""
    if url and len(url) <= URL_MOST:
        link: Block = {"type": "link", "url": url, "text": text.strip() or raw(url, NAME_MOST)}
        return [link | ({"style": _STYLES[span.style]} if span.style in _STYLES else {})]
    if span.style == "code" and text.startswith(" "):  # code has a frame: the blank before it is outside
        return [text_element(" "), *_elements(Span(text.lstrip(), style="code"))]
    return [text_element(text, span.style)] if text else []


def _spaced(text: str) -> str:
    """`raw`, with the blanks at its ends: they part the spans of a line."""
    inside = raw(text, LINE_MOST)
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() else ""
    return f"{before}{inside}{after}" if inside else before


def _joined(elements: Sequence[Block]) -> list[Block]:
    """Neighbouring texts of one style as one element: the structure counts as well.

    What each of them was too short for, they may spell together: it is opened up once more.
    """
    joined: list[Block] = []
    for element in elements:
        last = joined[-1] if joined else {}
        if element["type"] == last.get("type") == "text" and element.get("style") == last.get("style"):
            together = last["text"] + element["text"]
            joined[-1] = last | {"text": _ALIVE_IN_MRKDWN.sub("‹", together)}
        else:
            joined.append(element)
    return joined
