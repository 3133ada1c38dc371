"""What a command gets and what it gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.documents import Document


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and from where. In the terminal both are empty."""

    user: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text file that goes with an answer; a terminal prints it."""

    name: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The same answer twice: for a person, and for a program (JSON-ready)."""

    document: Document
    data: Mapping[str, object] = field(default_factory=dict)
    file: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """One question: the words after the verb, who asks, and when."""

    words: str
    asker: Asker
    now: datetime
    begins: int = 0  # where `words` begin in what was typed, for the place of a mistake
