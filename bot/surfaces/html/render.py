"""A document as one HTML page that can be kept, mailed and printed.

All text is made inert and escaped; addresses are http(s) or they are text. The
page holds no script and asks for nothing: its Content-Security-Policy allows
its own style sheet, by hash, and pictures that stand in it, and nothing else.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Final

from bot.core.documents import (
    Bullets,
    Buttons,
    Divider,
    Document,
    Facts,
    Feedback,
    Heading,
    Image,
    Item,
    Line,
    Notice,
    Paragraph,
    Part,
    Span,
    Table,
)
from bot.core.inert import host_beside, one_line, safe_url

_LONGEST: Final = 2000  # characters of one text; a page is for reading
_HEADLINE: Final = 300
_COUNTRY: Final = re.compile("[A-Z]{2}")
_ELEMENTS: Final = {"strong": "strong", "code": "code", "hit": "mark"}
_REL: Final = "noopener noreferrer nofollow"


def page(document: Document, *, footer: str = "") -> str:
    """The whole page; `footer` is one line of plain text.

    Buttons stand as the commands to type, since a page cannot run them.
    """
    style, policy = _style()
    title = _text(document.title, _HEADLINE)
    gist = _text(document.gist or document.title, 500)
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{_text(document.language)}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            '<meta name="generator" content="Steppewatch">',
            f'<meta name="description" content="{gist}">',
            f"<title>{title}</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            f"<header><h1>{title}</h1></header>",
            "<main>",
            *_parts(document.parts),
            *(["<hr>", *_parts(document.more)] if document.more else []),
            "</main>",
            *([f"<footer>{_text(footer)}</footer>"] if footer else []),
            "</body>",
            "</html>",
            "",
        ]
    )


@cache
def _style() -> tuple[str, str]:
    """The style sheet, and the policy that allows it and nothing else."""
    style = "\n" + (files(__package__) / "page.css").read_text("utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    allowed = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:"
    return style, f"{allowed}; base-uri 'none'; form-action 'none'"


def _parts(parts: Iterable[Part]) -> Iterator[str]:
    depth = 1
    for part in parts:
        if isinstance(part, Heading):
            depth = min(part.level, depth + 1)  # a page reader trips over a skipped level
            yield f"<h{depth}>{_text(part.text, _HEADLINE)}</h{depth}>"
        elif isinstance(part, Item):
            yield from _item(part, depth + 1)
        else:
            yield from _part(part)


def _part(part: Part) -> Iterator[str]:
    match part:
        case Paragraph(spans):
            yield f"<p>{_line(spans)}</p>"
        case Bullets(lines):
            yield '<ul class="bullets">'
            yield from (f"<li>{_line(line)}</li>" for line in lines)
            yield "</ul>"
        case Facts(pairs):
            yield "<dl>"
            yield from (f"<dt>{_text(name)}</dt><dd>{_line(value)}</dd>" for name, value in pairs)
            yield "</dl>"
        case Table(columns, rows):
            heads = "".join(f'<th scope="col">{_text(column)}</th>' for column in columns)
            yield f'<div class="wide"><table><thead><tr>{heads}</tr></thead><tbody>'
            yield from ("<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in row) + "</tr>" for row in rows)
            yield "</tbody></table></div>"
        case Image(png, alt, title):
            data = b64encode(png).decode()
            yield f'<figure><img src="data:image/png;base64,{data}" alt="{_text(alt)}">'
            yield f"<figcaption>{_text(title)}</figcaption></figure>"
        case Buttons() | Feedback():
            told = (f"{_text(button.label)}: <code>{_text(button.command)}</code>" for button in part.spelled)
            yield f'<p class="soft commands">{" · ".join(told)}</p>'
        case Notice(text, kind):
            yield f'<p class="notice {kind}" role="note">{_text(text)}</p>'
        case Divider():
            yield "<hr>"


def _item(item: Item, level: int) -> Iterator[str]:
    ref = _text(item.ref)
    yield f'<article id="{ref}">' if re.fullmatch(r"[A-Za-z][\w-]*", ref) else "<article>"
    if ref:
        yield f'<span class="ref">{ref}</span>'
    headline = Span(one_line(item.headline.text, _HEADLINE), item.headline.url)
    yield f'<h{level} dir="auto">{_link(headline, bare=bool(item.sources))}</h{level}>'
    if item.done or item.tags:
        done = f'<li class="done">{_text(item.done)}</li>' if item.done else ""
        yield f'<ul class="labels">{done}{"".join(_tag(tag) for tag in item.tags)}</ul>'
    if item.summary:
        yield f'<p dir="auto">{_text(item.summary)}</p>'
    if item.snippet:
        yield f'<p dir="auto">{_line(item.snippet)}</p>'
    if item.sources or item.note:
        told = "".join(f"<li>{_link(source)}</li>" for source in item.sources)
        note = f'<li class="note">{_text(item.note)}</li>' if item.note else ""
        yield f'<ul class="sources">{note}{told}</ul>'
    if address := safe_url(item.headline.url):
        yield f'<span class="address">{escape(address)}</span>'
    yield "</article>"


def _tag(tag: str) -> str:
    kind = ' class="country"' if _COUNTRY.fullmatch(tag) else ""
    return f"<li{kind}>{_text(tag)}</li>"


def _line(spans: Line) -> str:
    """The spans of a line, with the white space between them that they came with."""
    return "".join(
        (" " if span.text[:1].isspace() else "") + _styled(span) + (" " if span.text[-1:].isspace() else "")
        for span in spans
    )


def _styled(span: Span) -> str:
    told = _link(span)
    if span.style == "soft":
        return f'<span class="soft">{told}</span>'
    element = _ELEMENTS.get(span.style)
    return f"<{element}>{told}</{element}>" if element else told


def _link(span: Span, *, bare: bool = False) -> str:
    """A span as a link, if it leads anywhere; its host beside it unless it is named in or near it."""
    url, told = safe_url(span.url), _text(span.text)
    if not url:
        return told
    host = "" if bare else host_beside(one_line(span.text), url)
    beside = f' <span class="soft">({escape(host)})</span>' if host else ""
    return f'<a href="{escape(url)}" rel="{_REL}">{told or escape(url)}</a>{beside}'


def _text(text: str, most: int = _LONGEST) -> str:
    return escape(one_line(text, most))
