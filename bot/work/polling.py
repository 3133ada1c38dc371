"""What a poll works with, and what comes of it."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Literal

from bot.fetch.isolation import Children
from bot.fetch.web import Web
from bot.store.database import Database

Status = Literal["ok", "unchanged", "failed", "stopped"]


@dataclass(frozen=True, slots=True)
class Polling:
    """The parts that a poll works with. Threads share them."""

    database: Database
    web: Web
    children: Children
    usual_wait: timedelta = timedelta(minutes=30)
    at_once: int = 16
    patience: timedelta = timedelta(seconds=2)  # a feed that takes longer stands aside for others
    full_text: bool = True  # fetch the page of a story that its feed says too little of

    @property
    def lease(self) -> timedelta:
        """How long a feed is ours: as long as its exchange and its reading may take, twice over."""
        return 2 * self.web.limits.deadline + timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one feed."""

    feed: str
    url: str
    status: Status
    new: int = 0
    updated: int = 0
    flagged: int = 0
    reason: str = ""  # one line: why it failed, or what should be known although it did not
    ours: bool = False  # it failed here, at no fault of the feed's, which is due as before

    def as_json(self) -> dict[str, object]:
        """For `poll --format json`: the fields that it promises."""
        return {name: value for name, value in asdict(self).items() if name != "ours"}
