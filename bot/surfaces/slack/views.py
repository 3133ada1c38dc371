"""Documents as views: the Home tab of a person, and windows (Slack's modals).

The same pieces as in messages, with what views do not take told otherwise: tables and
thumbs are for messages alone, and nothing in a view can be shared in a channel.
https://docs.slack.dev/surfaces/modals and https://docs.slack.dev/reference/views
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain, count
from typing import Any, Final

from bot.core.documents import (
    Bullets,
    Button,
    Buttons,
    Document,
    Feedback,
    Heading,
    Image,
    Line,
    Menu,
    Notice,
    Part,
    Span,
    Table,
    plain,
)
from bot.surfaces.slack.elements import Block, plain_text, weight
from bot.surfaces.slack.pieces import aside, heading, pieces
from bot.surfaces.slack.render import CUT_SHORT

BLOCKS_MOST: Final = 96
"""Slack's limit is 100; some are kept for what stands around a document."""

WEIGHT_MOST: Final = 150_000
"""Of Slack's 250 kB, in characters of JSON."""

ABOVE_MOST: Final = 6
TITLE_MOST: Final = 24
METADATA_MOST: Final = 3_000
ROWS_MOST: Final = 30

FORM: Final = "form"
WINDOW: Final = "window"
SEARCHING: Final = "searching"
SEARCH: Final = "search.box"
SEARCH_BLOCK: Final = "search"
NAME: Final = "Steppewatch"


@dataclass(frozen=True, slots=True)
class Context:
    """What a view remembers until something is pressed in it."""

    channel: str = ""  # that what is pressed is about; "": none in particular
    home: bool = False  # it was opened from the Home tab, which shows what changes
    ask: str = ""  # the words that brought its form
    command: str = ""  # the command that its form fills in
    reply: str = ""  # the response_url of what opened it
    more: bool = False  # whether its form shows the fields that few need

    def written(self) -> str:
        """As private_metadata."""
        return json.dumps({name: value for name, value in asdict(self).items() if value}, ensure_ascii=False)

    @classmethod
    def read(cls, view: Any) -> "Context":
        """Of a view as Slack sends it. What is no context of ours is an empty one."""
        try:
            told = json.loads((view or {}).get("private_metadata") or "{}")
            return cls(**told)
        except (ValueError, TypeError, AttributeError):
            return cls()

    @property
    def proves(self) -> bool:
        """Whether it was opened from its channel, which shows that the person can write there."""
        return bool(self.channel) and not self.home

    @property
    def fits(self) -> bool:
        """Whether a view can remember it."""
        return len(self.written()) <= METADATA_MOST


def window(document: Document, context: Context) -> Block:
    """A document in a window."""
    return _modal(NAME, [*heading(document.title or NAME).blocks, *told(document)], context)


def waiting(context: Context) -> Block:
    """What stands in a window until its answer is there."""
    return _modal(NAME, [_line("One moment …")], context)


def searching(context: Context) -> Block:
    """A window with the search box."""
    view = _modal(NAME, [search_box() | {"dispatch_action": False}], context)
    return view | {"callback_id": SEARCHING, "submit": _label("Search")}


def filling(title: str, submit: str, blocks: Sequence[Block], context: Context) -> Block:
    """A window with fields."""
    view = _modal(title, list(blocks), context)
    return view | {"callback_id": FORM, "submit": _label(submit), "close": _label("Cancel")}


def home(document: Document, above: Document | None = None, channel: str = "") -> Block:
    """The Home tab. `above` is what came of the last press in it, which was about `channel`."""
    blocks = [*heading(document.title or NAME).blocks, search_box()]
    if above is not None:
        rows = [
            replace(part, buttons=tuple(map(_in_place, part.spelled)))
            for part in above.parts
            if isinstance(part, Buttons)
        ]
        parts = (Heading(above.title, level=3, channel=channel), *_notices(above), *rows[:1])
        blocks += told(Document(above.title, parts), most=ABOVE_MOST)
    blocks += told(document, most=BLOCKS_MOST - len(blocks))
    return {"type": "home", "callback_id": "home", "blocks": _numbered(blocks)}


def _in_place(button: Button) -> Button:
    """To undo what was done in place is done in place."""
    return replace(button, kind="more")


def _notices(document: Document) -> list[Part]:
    found: list[Part] = [part for part in document.parts if isinstance(part, Notice)]
    return found or ([Notice(document.gist)] if document.gist not in ("", document.title) else [])


def search_box() -> Block:
    """A box to search in: what is typed is told when Enter is pressed."""
    return {
        "type": "input",
        "block_id": SEARCH_BLOCK,
        "dispatch_action": True,
        "label": plain_text("Search", 75),
        "optional": True,
        "element": {
            "type": "plain_text_input",
            "action_id": SEARCH,
            "max_length": 1_000,
            "placeholder": plain_text(
                "tungsten in Kazakhstan this year, or mineral:tungsten country:kz", 150
            ),
            "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
        },
    }


def told(document: Document, *, most: int = BLOCKS_MOST) -> list[Block]:
    """The parts of a document as blocks of a view, at most so many; what is left out is said to be."""
    found: list[Block] = []
    total = 0
    for block in _blocks((*document.parts, *document.more)):
        total += weight(block)
        if len(found) >= most - 1 or total > WEIGHT_MOST:
            return [*found, *aside(CUT_SHORT).blocks]
        found.append(block)
    return found


def _blocks(parts: Iterable[Part]) -> Iterator[Block]:
    """The blocks of parts, in order."""
    fitting = list(chain.from_iterable(map(_fit, parts)))
    files = iter([part.file for part in fitting if isinstance(part, Image)])
    for block in chain.from_iterable(piece.blocks for piece in pieces(fitting)):
        yield block | {"slack_file": {"id": next(files)}} if block["type"] == "image" else block


def _fit(part: Part) -> Iterator[Part]:
    """A part as parts that views take."""
    match part:
        case Table():
            yield Bullets(tuple(_rows(part)))
        case Image():
            yield part if part.file else Notice(part.alt)
            yield from _fit(part.table) if part.table else ()
        case Feedback():
            yield Buttons(part.spelled)
        case Buttons():
            kept = tuple(each for each in part.buttons if isinstance(each, Menu) or each.kind != "share")
            if kept:
                yield replace(part, buttons=kept)
        case _:
            yield part


def _rows(table: Table) -> Iterator[Line]:
    for row in table.rows[:ROWS_MOST]:
        named = [f"{name}: {value}" for name, value in zip(table.columns[1:], row[1:], strict=False) if value]
        yield (Span(row[0] if row else "", style="strong"), Span("".join(f" · {each}" for each in named)))
    if len(table.rows) > ROWS_MOST:
        yield plain(f"and {len(table.rows) - ROWS_MOST} more")


def _modal(title: str, blocks: list[Block], context: Context) -> Block:
    return {
        "type": "modal",
        "callback_id": WINDOW,
        "title": _label(title),
        "close": _label("Close"),
        "private_metadata": context.written(),
        "blocks": _numbered(blocks) or [_line("–")],
    }


def _numbered(blocks: list[Block]) -> list[Block]:
    """Action ids that are unique in the whole view: KIND.NUMBER, with .CHANNEL where there is one."""
    numbers = count()
    return [_renumbered(block, numbers) for block in blocks]


def _renumbered(value: Any, numbers: Iterator[int]) -> Any:
    if isinstance(value, list):
        return [_renumbered(each, numbers) for each in value]
    if not isinstance(value, dict):
        return value
    made = {name: _renumbered(each, numbers) for name, each in value.items()}
    kind, _, rest = str(made.get("action_id", "")).partition(".")
    if rest[:1].isdigit():
        place = "".join(rest.partition(".")[1:])
        made["action_id"] = f"{kind}.{next(numbers)}{place}"
    return made


def _label(text: str) -> Block:
    return plain_text(text, TITLE_MOST)


def _line(text: str) -> Block:
    return {"type": "section", "text": plain_text(text, 150)}
