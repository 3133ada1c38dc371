"""Parts of a document as Block Kit blocks; their texts are made inert in `elements.py`.

Limits are those of the Block Kit reference; see docs/decisions/0060.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from bot.core.documents import (
    Bullets,
    Button,
    Buttons,
    Divider,
    Facts,
    Feedback,
    Heading,
    Image,
    Item,
    Line,
    Menu,
    Notice,
    Paragraph,
    Part,
    Span,
    Table,
)
from bot.core.inert import one_line
from bot.core.telling.phrases import ENGLISH, Phrases
from bot.core.wording import sentences
from bot.surfaces.slack.elements import (
    LINE_MOST,
    NAME_MOST,
    PIECE_WEIGHT,
    Block,
    cell,
    line,
    plain_text,
    raw,
    rich_text,
    section,
    text_element,
    weight,
)
from bot.surfaces.slack.placing import placed

HEADER_MOST: Final = 150
BUTTON_LABEL_MOST: Final = 75
BUTTON_VALUE_MOST: Final = 2_000
OPTION_VALUE_MOST: Final = 150
OVERFLOW_MOST: Final = 5
SELECT_MOST: Final = 100
TABLE_COLUMNS_MOST: Final = 20

# Ours, below Slack's: what a person reads in one go, and what a message has room for.
HEADLINE_MOST: Final = 300
SUMMARY_MOST: Final = 600
TAGS_MOST: Final = 12
SOURCES_MOST: Final = 8
ROWS_AT_ONCE: Final = 50
LINES_AT_ONCE: Final = 30
BUTTONS_IN_A_ROW: Final = 5
ALT_MOST: Final = 1_500
NO_FILE: Final = "F0000000000"
"""Stands for a file that is not in Slack yet."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Blocks that stay together in one message, and what they say to one who only hears it."""

    blocks: tuple[Block, ...]
    reading: str
    level: int = 0  # of a heading, as its part has it; 0: it is none
    closes: bool = False  # what stood under headings ends here
    rank: int | None = None  # of an item that has one


def pieces(parts: Iterable[Part], words: Phrases = ENGLISH) -> Iterator[Piece]:
    """Every part as one or more pieces, in order; action ids are unique among all of them.

    Under a heading of a channel they end in it: what is pressed there is meant there.
    """
    numbers, channel = count(), ""
    for part in parts:
        if isinstance(part, Heading) and (part.channel or part.level == 2):
            channel = part.channel
        for piece in _piece(part, numbers, words):
            yield replace(piece, blocks=tuple(placed(block, channel) for block in piece.blocks))


def heading(text: str, level: int = 0) -> Piece:
    """A heading that screen readers can jump to; a title without a `level`."""
    block = {"type": "header", "text": plain_text(text, HEADER_MOST)}
    return Piece((block,), one_line(text, HEADER_MOST), level)


def aside(text: str) -> Piece:
    """A small grey line."""
    block = {"type": "context", "elements": [plain_text(text, LINE_MOST)]}
    return Piece((block,), one_line(text, LINE_MOST))


def _piece(part: Part, numbers: Iterator[int], words: Phrases) -> Iterator[Piece]:  # noqa: C901 - a kind a case
    match part:
        case Heading():
            yield heading(part.text, 2) if part.level == 2 else _subheading(part.text)
        case Paragraph():
            yield _paragraph(part.spans)
        case Bullets():
            yield from _lists(part.lines)
        case Facts():
            yield from _lists([(Span(f"{name}: ", style="strong"), *value) for name, value in part.pairs])
        case Table():
            yield from _tables(part)
        case Image():
            yield _image(part)
        case Item():
            yield _item(part, numbers, words)
        case Buttons():
            yield from _rows(part.buttons, numbers)
        case Feedback():
            yield _feedback(part, numbers)
        case Notice():
            yield _notice(part, words)
        case Divider():
            yield Piece(({"type": "divider"},), "", closes=True)


def _image(image: Image) -> Piece:
    """A picture under an id to be filled in: how messages are filled does not hang on whether it is known."""
    alt = one_line(image.alt, ALT_MOST) or "–"
    block: Block = {"type": "image", "slack_file": {"id": NO_FILE}, "alt_text": raw(alt, ALT_MOST)}
    if image.title:
        block["title"] = plain_text(image.title, LINE_MOST)
    return Piece((block,), alt)


def _subheading(text: str) -> Piece:
    told = text_element(raw(text, HEADER_MOST) or "–", "strong")
    return Piece((rich_text(section([told])),), one_line(text, HEADER_MOST), 3)


def _notice(notice: Notice, words: Phrases) -> Piece:
    """What must be known, told in words: "Warning:", and no sign that only the eye finds."""
    if notice.kind == "info":
        return aside(notice.text)
    told = f"{words.warning}: {notice.text}" if notice.kind == "warning" else notice.text
    return Piece(({"type": "section", "text": plain_text(told, LINE_MOST)},), one_line(told, LINE_MOST))


def _paragraph(spans: Line) -> Piece:
    if spans and all(span.style == "soft" and not span.url for span in spans):
        return aside("".join(span.text for span in spans))
    return Piece((rich_text(section(line(spans))),), _read(spans))


def _item(item: Item, numbers: Iterator[int], words: Phrases) -> Piece:
    """Headline, what was done and who says so; then the summary with what can be done with it beside it."""
    labels = " · ".join(raw(tag, NAME_MOST) for tag in (*item.tags[:TAGS_MOST], item.note) if tag)
    headline = Span(raw(item.headline.text, HEADLINE_MOST) or "Untitled", item.headline.url, "strong")
    above: list[Line] = [(headline,)]
    if item.done:
        above.append((Span(raw(item.done, HEADLINE_MOST)),))
    if item.snippet:
        above.append(_snippet(item.snippet))
    if item.sources:
        above.append(_source_line(item, words))
    below = raw(item.summary, SUMMARY_MOST) or labels
    if item.summary and labels:
        above.insert(1, (Span(labels),))
    blocks = [rich_text(section(*map(line, above)))]
    beside = _beside(item, numbers)
    if below or beside:
        blocks.append({"type": "section", "text": plain_text(below, LINE_MOST)} | beside)
    heard = [_read(each) for each in above if each]
    return Piece(tuple(blocks), sentences([*heard, below]), rank=item.rank)


def _beside(item: Item, numbers: Iterator[int]) -> Block:
    """The menu of an item: one thing to do is a button, several are behind three dots."""
    if len(item.menu) == 1:
        [only] = item.menu
        spoken = f"{only.label} {item.headline.text}"
        return {"accessory": _button(only, numbers, spoken=spoken)} if _fits(only, BUTTON_VALUE_MOST) else {}
    options = _options(item.menu)[:OVERFLOW_MOST]
    menu = {"type": "overflow", "action_id": f"run.{next(numbers)}", "options": options}
    return {"accessory": menu} if options else {}


def _snippet(spans: Line) -> Line:
    """As much of a snippet as a summary may have. It leads nowhere: the headline does."""
    kept: list[Span] = []
    left = SUMMARY_MOST
    for span in spans:
        kept.append(Span(span.text[: max(left, 0)], style=span.style))
        left -= len(span.text)
    return tuple(kept)


def _source_line(item: Item, words: Phrases) -> Line:
    """The sources; the one that the headline leads to already is not linked again."""
    spans: list[Span] = [Span(f"{words.source(len(item.sources))}: ")]
    for number, source in enumerate(item.sources[:SOURCES_MOST]):
        url = "" if source.url == item.headline.url else source.url
        spans += [Span(", ")] * bool(number) + [Span(raw(source.text, NAME_MOST), url)]
    return tuple(spans)


def _lists(lines: Sequence[Line]) -> Iterator[Piece]:
    """Lines as lists, as many as it takes for none to be too heavy."""
    items = [section(line(each)) for each in lines]
    for start, end in _parted([weight(item) for item in items], LINES_AT_ONCE):
        block = rich_text({"type": "rich_text_list", "style": "bullet", "elements": items[start:end]})
        yield Piece((block,), "; ".join(map(_read, lines[start:end])))


def _tables(table: Table) -> Iterator[Piece]:
    """A table, its headings above each part of it; a message holds one, so parts go to others."""
    columns = [cell(name) for name in table.columns[:TABLE_COLUMNS_MOST]] or [cell("")]
    wide = len(columns)
    rows = [[cell(text) for text in (*row, *[""] * wide)[:wide]] for row in table.rows]
    for start, end in _parted([weight({"": row}) for row in rows], ROWS_AT_ONCE) or [(0, 0)]:
        block = {"type": "table", "rows": [columns, *rows[start:end]]}
        heard = [", ".join(one_line(text, NAME_MOST) for text in row) for row in table.rows[start:end]]
        yield Piece((block,), "; ".join(heard))


def _rows(buttons: Sequence[Button | Menu], numbers: Iterator[int]) -> Iterator[Piece]:
    fit = [element for each in buttons if (element := _pressed(each, numbers))]
    for start in range(0, len(fit), BUTTONS_IN_A_ROW):
        yield Piece(({"type": "actions", "elements": fit[start : start + BUTTONS_IN_A_ROW]},), "")


def _pressed(one: Button | Menu, numbers: Iterator[int]) -> Block | None:
    """A button or a menu as an element; None when Slack would not take what it carries."""
    if isinstance(one, Button):
        return _button(one, numbers) if _fits(one, BUTTON_VALUE_MOST) else None
    options = _options(one.options)[:SELECT_MOST]
    label = plain_text(one.label, BUTTON_LABEL_MOST)
    select = {"type": "static_select", "placeholder": label, "options": options}
    return select | {"action_id": f"run.{next(numbers)}"} if options else None


def _options(buttons: Iterable[Button]) -> list[Block]:
    """Options that carry commands. Two of one command would be one to Slack: the first counts."""
    fit = {each.command: each for each in reversed(tuple(buttons)) if _fits(each, OPTION_VALUE_MOST)}
    told = [(plain_text(each.label, BUTTON_LABEL_MOST), each.command) for each in reversed(fit.values())]
    return [{"text": text, "value": command} for text, command in told]


def _feedback(feedback: Feedback, numbers: Iterator[int]) -> Piece:
    """Slack's own thumbs. It shows no words beside them but where the reader points, or listens."""
    names = ("positive_button", "negative_button")
    thumbs: Block = {"type": "feedback_buttons", "action_id": f"run.{next(numbers)}"}
    for name, button in zip(names, feedback.spelled, strict=True):
        if not _fits(button, BUTTON_VALUE_MOST):
            return Piece((), "")
        text = plain_text(button.label, BUTTON_LABEL_MOST)
        thumbs[name] = {"text": text, "value": button.command, "accessibility_label": text["text"]}
    return Piece(({"type": "context_actions", "elements": [thumbs]},), "")


def _fits(button: Button, most: int) -> bool:
    return 0 < len(button.command) <= most


def _button(button: Button, numbers: Iterator[int], *, spoken: str = "") -> Block:
    """A button that carries its command. `action_id` begins with the kind: see `pressing.py`."""
    block: Block = {
        "type": "button",
        "text": plain_text(button.label, BUTTON_LABEL_MOST),
        "action_id": f"{button.kind}.{next(numbers)}",
        "value": button.command,
    }
    if spoken:
        block["accessibility_label"] = raw(spoken, BUTTON_LABEL_MOST)
    return block


def _read(line: Line) -> str:
    return one_line("".join(span.text for span in line), LINE_MOST)


def _parted(weights: Sequence[int], most: int) -> list[tuple[int, int]]:
    """Where to part a row of things so that no part is too heavy or has more than `most`."""
    parts: list[tuple[int, int]] = []
    start = carried = 0
    for number, each in enumerate(weights):
        if number > start and (carried + each > PIECE_WEIGHT or number - start == most):
            parts.append((start, number))
            start, carried = number, 0
        carried += each
    return [*parts, (start, len(weights))] if weights else parts
