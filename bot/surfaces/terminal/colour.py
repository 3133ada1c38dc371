"""A document in colour, through Rich.

Text goes to Rich only as `Text` values, which know no markup, and only after
`one_line`, which leaves no escape sequence in it. Links are OSC 8 where the
terminal can, and the host stands beside them where the text does not name it.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.rule import Rule
from rich.style import Style
from rich.table import Table as Grid
from rich.text import Text

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
from bot.surfaces.terminal.lines import as_text

_WIDEST: Final = 100  # longer lines are hard to read, however wide the window is
_GUTTER: Final = 4
_COUNTRY: Final = 2  # letters of a country code
_SECTION: Final = 2  # level of heading that stands alone on its line; deeper ones lean on what follows

_APART: Final = (Heading, Item, Table, Notice, Bullets, Facts, Buttons, Feedback)
"""What stands apart from what is above it, unless that is a heading close to it."""

_STYLES: Final = {
    "plain": Style(),
    "strong": Style(bold=True),
    "soft": Style(dim=True),
    "code": Style(color="cyan"),
    "hit": Style(color="black", bgcolor="yellow"),
    "channel": Style(),
}
_KINDS: Final = {"info": ("·", "cyan"), "warning": ("!", "yellow"), "error": ("×", "red")}


def show(document: Document, console: Console) -> None:
    """Print the document. What is not a terminal gets plain lines instead.

    The console decides on colour and links by what its terminal can do.
    """
    if not console.is_terminal:
        console.file.write(as_text(document))
        return
    width = min(console.width, _WIDEST)
    title = Text(one_line(document.title), Style(bold=True, color="bright_cyan"))
    console.print(title, width=width)
    console.print(Rule(style="cyan", characters="━"), width=width)
    before: Part = Divider()
    for part in (*document.parts, *document.more):
        if isinstance(part, _APART) and not (isinstance(before, Heading) and before.level > _SECTION):
            console.print()
        for piece in _part(part):
            console.print(piece, width=width, highlight=False)
        before = part


def _part(part: Part) -> Iterator[RenderableType]:  # noqa: C901 - a kind a case
    match part:
        case Heading(text, level):
            yield Text(one_line(text), Style(bold=True, color="bright_cyan", underline=level == _SECTION))
        case Paragraph(spans):
            yield _line(spans)
        case Bullets(lines):
            yield _grid([(Text(" •", "cyan"), _line(line)) for line in lines], gutter=2)
        case Facts(pairs):
            yield _grid([(Text(one_line(name), "cyan"), _line(value)) for name, value in pairs])
        case Table():
            yield _table(part)
        case Image(_, alt, title, table):
            yield Text(one_line(title or alt), "bold")
            yield from (_table(table),) if table else ()
        case Item():
            yield _item(part)
        case Buttons() | Feedback():
            yield _grid(
                [(Text(one_line(b.label), "dim"), Text(one_line(b.command), "cyan")) for b in part.spelled]
            )
        case Notice(text, kind):
            mark, colour = _KINDS[kind]
            yield _grid([(Text(mark, f"bold {colour}"), Text(one_line(text), colour))], gutter=1)
        case Divider():
            yield Rule(style="dim")


def _item(item: Item) -> RenderableType:
    lines: list[Text] = [_linked(item.headline, Style(bold=True), bare=bool(item.sources))]
    labels = Text("  ").join(_tag(tag) for tag in item.tags)
    if item.done:
        labels = Text("  ").join(filter(None, (Text(one_line(item.done), "green"), labels)))
    lines += [labels] if labels else []
    lines += [Text(one_line(item.summary))] if item.summary else []
    lines += [_line(item.snippet)] if item.snippet else []
    told = Text(" · ", "dim").join(_linked(source, Style(dim=True)) for source in item.sources)
    if item.note:
        told = Text(" · ", "dim").join(filter(None, (Text(one_line(item.note), "yellow"), told)))
    lines += [told] if told else []
    gutter = Text(one_line(item.ref), Style(dim=True), justify="right")
    return _grid([(gutter, Group(*lines))], gutter=_GUTTER)


def _tag(tag: str) -> Text:
    """A country code stands out from the other labels."""
    told = one_line(tag)
    is_country = len(told) == _COUNTRY and told.isupper()
    return Text(told, Style(bold=is_country, color="bright_blue" if is_country else "magenta"))


def _table(table: Table) -> RenderableType:
    grid = Grid(box=None, pad_edge=False, header_style="bold cyan", padding=(0, 2, 0, 0))
    for column in table.columns:
        grid.add_column(Text(one_line(column)), overflow="fold")
    for row in table.rows:
        grid.add_row(*(Text(one_line(cell)) for cell in row))
    return grid


def _grid(rows: Sequence[tuple[Text, RenderableType]], *, gutter: int | None = None) -> Grid:
    """Two columns, the first narrow."""
    grid = Grid.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=gutter, no_wrap=True)
    grid.add_column(overflow="fold")
    for row in rows:
        grid.add_row(*row)
    return grid


def _line(spans: Line) -> Text:
    """The spans of a line, with the white space between them that they came with."""
    told = Text(overflow="fold")
    for span in spans:
        if span.text[:1].isspace() and told:
            told.append(" ")
        told.append_text(_linked(span, _STYLES[span.style]))
        if span.text[-1:].isspace():
            told.append(" ")
    return told


def _linked(span: Span, style: Style, *, bare: bool = False) -> Text:
    """A span as text; a link opens, and names its host unless `bare` says that it is named nearby."""
    url, text = safe_url(span.url), one_line(span.text)
    told = Text(overflow="fold")  # its own style is none: that would reach to the end of the line
    told.append(text, style + Style(link=url) if url else style)
    host = "" if bare else host_beside(text, span.url)
    if host:
        told.append(f" ({host})", Style(dim=True))
    return told
