"""A document: what is to be said, before it is known where.

Commands and the digest compose documents; surfaces (Slack, terminal, HTML)
render them. Text in a document is plain and raw: making it inert (escaping,
cutting, stripping) is each surface's first duty, and nobody else's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, Literal


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. With `url` it is a link; `strong` is importance, `soft` is an aside.

    `channel` is the id of one, and is shown by its name where that is known.
    """

    text: str
    url: str = ""
    style: Literal["plain", "strong", "soft", "code", "hit", "channel"] = "plain"


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a part; level 1 is the document's own title, so parts begin at 2."""

    text: str
    level: Literal[2, 3] = 2
    channel: str = ""  # that all up to the next such heading is about, wherever it is read


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of spans."""

    spans: Line


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; every item one line."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, e.g. of a status."""

    pairs: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns with headings; all cells plain text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture, what it shows in words, and the numbers behind it for where no picture can be.

    Without a table the numbers stand elsewhere in the document.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = {  # bytes are not text: stored documents hold base64
        "ser_json_bytes": "base64",
        "val_json_bytes": "base64",
    }

    png: bytes
    alt: str
    title: str
    table: Table | None
    file: str = ""  # under which a surface holds it already; "": under none


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press where pressing exists; elsewhere shown as the command to type."""

    label: str
    command: str  # the words after /policy, e.g. "why e17"
    kind: Literal["run", "share", "more"] = "run"


@dataclass(frozen=True, slots=True)
class Item:
    """An event or a story as a reader meets it."""

    headline: Span
    tags: tuple[str, ...] = ()  # short plain labels: "core", "UZ", "tungsten", "MoU · signed"
    done: str = ""  # what was done: instrument, stage, parties, amount
    summary: str = ""
    sources: tuple[Span, ...] = ()
    note: str = ""  # e.g. "for review", "already told"
    ref: str = ""  # stable id of the event or story, e.g. "e17"
    snippet: Line = ()  # where it says what was looked for, the hits marked
    menu: tuple[Button, ...] = ()  # what can be done with it, where menus exist; elsewhere `ref` is enough
    rank: int | None = None  # where not all are seen at first, the lowest are; None: the first as they stand


@dataclass(frozen=True, slots=True)
class Menu:
    """Buttons to choose one from, behind a label."""

    label: str
    options: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Buttons:
    """A row of buttons and menus."""

    buttons: tuple[Button | Menu, ...]

    @property
    def spelled(self) -> tuple[Button, ...]:
        """All that can be pressed, for where there are no menus.

        >>> Buttons((Menu("Mute", (Button("gazeta.uz", "mute source:gazeta.uz"),)),)).spelled[0].label
        'Mute: gazeta.uz'
        """
        return tuple(
            each
            for one in self.buttons
            for each in (
                (one,)
                if isinstance(one, Button)
                else (replace(option, label=f"{one.label}: {option.label}") for option in one.options)
            )
        )


@dataclass(frozen=True, slots=True)
class Feedback:
    """Whether a reader finds something useful: a thumb up or down."""

    useful: Button
    useless: Button

    @property
    def spelled(self) -> tuple[Button, ...]:
        """Both, for where there are no thumbs."""
        return self.useful, self.useless


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader must know: a failing feed, a mistake in a query, a hint."""

    text: str
    kind: Literal["info", "warning", "error"] = "info"


@dataclass(frozen=True, slots=True)
class Divider:
    """A line between parts, at which what stood under headings ends."""


Part = Heading | Paragraph | Bullets | Facts | Table | Image | Item | Buttons | Feedback | Notice | Divider


@dataclass(frozen=True, slots=True)
class Document:
    """Title, parts in reading order, and the gist for those who only hear or glance.

    `more` are parts that follow on: in a thread in Slack, behind the main text
    elsewhere.
    """

    title: str
    parts: tuple[Part, ...] = ()
    gist: str = ""  # for notifications and screen readers; the title alone when empty
    more: tuple[Part, ...] = field(default=())
    language: str = "en"  # of its own words (BCP 47); what outlets wrote stays as they wrote it


def plain(text: str) -> Line:
    """A line of one plain span."""
    return (Span(text),)


def worded(text: str) -> Line:
    """A line of our own words, in which what stands between backticks is to be typed.

    >>> [span.text for span in worded("taken back by `undo`, whole") if span.style == "code"]
    ['undo']
    """
    parts = enumerate(text.split("`"))
    return tuple(Span(part, style="code" if number % 2 else "plain") for number, part in parts if part)
