"""A document as plain lines: for pipes, files and mail. One thing a line, addresses in full."""

from collections.abc import Iterator

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
from bot.core.inert import one_line, safe_url
from bot.core.telling.phrases import Phrases, phrases

_INDENT = "    "


def as_text(document: Document) -> str:
    """The whole document as text that ends in a line break. Every outside text in it is inert."""
    title = one_line(document.title)
    lines = [title, "=" * min(len(title), 100)]
    words = phrases(document.language)
    for part in (*document.parts, *document.more):
        lines += _part(part, words)
    return "\n".join(lines).rstrip() + "\n"


def _part(part: Part, words: Phrases) -> Iterator[str]:  # noqa: C901 - a kind a case
    match part:
        case Heading(text, level):
            told = one_line(text)
            yield from ("", told, ("=" if level == 2 else "-") * min(len(told), 100))
        case Paragraph(spans):
            yield from ("", _line(spans))
        case Bullets(items):
            yield ""
            yield from (f"- {_line(item)}" for item in items)
        case Facts(pairs):
            width = max((len(one_line(name)) for name, _ in pairs), default=0)
            yield ""
            yield from (f"{one_line(name):<{width}}  {_line(value)}".rstrip() for name, value in pairs)
        case Table():
            yield ""
            yield from _table(part)
        case Image(_, alt, title, table):
            yield from ("", one_line(title or alt))
            yield from _table(table) if table else ()
        case Item():
            yield from _item(part, words)
        case Buttons() | Feedback():
            yield ""
            yield from (f"> {one_line(button.label)}: {one_line(button.command)}" for button in part.spelled)
        case Notice(text, kind):
            named = {"info": words.noted, "warning": words.warning.lower()}.get(kind, kind)
            yield from ("", f"{named}: {one_line(text)}")
        case Divider():
            yield from ("", "-" * 40)


def _item(item: Item, words: Phrases) -> Iterator[str]:
    yield ""
    yield " ".join(filter(None, (item.ref and f"[{one_line(item.ref)}]", one_line(item.headline.text))))
    inner = (
        safe_url(item.headline.url),
        " · ".join(one_line(tag) for tag in item.tags),
        item.done and f"{words.acted}: {one_line(item.done)}",
        one_line(item.summary),
        _line(item.snippet),
        item.sources and f"{words.source(0).lower()}: " + "; ".join(map(_span, item.sources)),
        item.note and f"{words.noted}: {one_line(item.note)}",
    )
    yield from (_INDENT + line for line in inner if line)


def _table(table: Table) -> Iterator[str]:
    rows = [[one_line(cell) for cell in row] for row in (table.columns, *table.rows)]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        if number == 0:
            yield "  ".join("-" * width for width in widths)


def _line(spans: Line) -> str:
    """The spans of a line, run together; white space between them is theirs."""
    return one_line("".join(_span(span, keep=True) for span in spans))


def _span(span: Span, *, keep: bool = False) -> str:
    told, url = span.text if keep else one_line(span.text), safe_url(span.url)
    return f"{told} <{url}>" if url and url != told else told
