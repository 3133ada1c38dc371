"""What a command gets and what it gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.core.asking.forms import Form
from bot.core.documents import Document


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and from where. In the terminal both are empty."""

    user: str = ""
    channel: str = ""
    here: bool = True  # typed or pressed in that channel; False: picked from a list, which proves nothing

    def placed(self) -> "Asker":
        """The asker; of their direct messages with the app the place is the person, who is told there."""
        return replace(self, channel=self.user) if self.user and self.channel.startswith("D") else self

    @property
    def within(self) -> str | None:
        """The channel whose things are meant; None, in a terminal: all of them.

        A person who asks from no channel means none: others' are not theirs to see.
        """
        return self.channel if self.user or self.channel else None


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
    form: Form | None = None  # to be filled in, where forms can be shown; the document says what to type


@dataclass(frozen=True, slots=True)
class Ask:
    """One question: the words after the verb, who asks, and when."""

    words: str
    asker: Asker
    now: datetime
    begins: int = 0  # where `words` begin in what was typed, for the place of a mistake
    approved_by: str = ""  # the admin who approved what was proposed; "": nobody had to

    @property
    def person(self) -> str:
        """Whose word it is, for the audit log."""
        who = self.asker.user or "terminal"
        return f"{who}, approved by {self.approved_by}" if self.approved_by else who
