"""What the tests of both modes share: settings, a clock, and answers to give."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from pydantic import SecretStr

from bot.commands.answer import Answer, Asker
from bot.core.documents import Button, Buttons, Document, Paragraph, Part, plain
from bot.errors import StoreError, UserError
from tests.slack_standin import APP_TOKEN, BOT_TOKEN, SECRET


@dataclass(frozen=True)
class Settings:
    """The [slack] section."""

    api_url: str
    mode: str = "socket"
    bot_token: SecretStr | None = field(default=SecretStr(BOT_TOKEN))
    app_token: SecretStr | None = field(default=SecretStr(APP_TOKEN))
    signing_secret: SecretStr | None = field(default=SecretStr(SECRET))
    host: str = "127.0.0.1"
    port: int = 0


@dataclass
class HandClock:
    """A clock that is set by hand."""

    moment: datetime = field(default_factory=lambda: datetime.now(UTC))

    def now(self) -> datetime:
        return self.moment

    def advance(self, **length: float) -> None:
        self.moment += timedelta(**length)


class Room:
    """Answers as a room of the bot would, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Asker]] = []
        self.go_on = threading.Event()
        self.go_on.set()
        self.busy = threading.Semaphore(0)

    def __call__(self, text: str, asker: Asker, now: datetime) -> Answer:
        self.asked.append((text, asker))
        self.busy.release()
        verb, _, rest = text.partition(" ")
        if verb == "slow":
            self.go_on.wait(20)
        if verb == "broken":
            raise RuntimeError("secret detail of the cause")
        if verb == "locked":
            raise StoreError("database is locked")
        if verb == "nonsense":
            raise UserError("there is no field colour:; did you mean country:?", at=9)
        parts: tuple[Part, ...] = (Paragraph(plain(f"You asked {text}")),)
        if verb == "pages":
            parts += (Buttons((Button("Next", f"pages {int(rest or 1) + 1}", "more"),)),)
        if "long" in text:
            parts *= 900
        return Answer(Document(f"Answer to {text}", parts))


def quickest(call: Callable[[], object]) -> float:
    """Seconds that a call took."""
    started = time.monotonic()
    call()
    return time.monotonic() - started
