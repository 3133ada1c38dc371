"""The answers in docs/asking.md, as they are really given.

`python -m tests.commands.walkthrough` writes them anew, but for those with something left out.
"""

import re
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.commands.answer import Asker
from bot.commands.registry import answer
from bot.store.database import Database
from bot.surfaces.terminal import as_text
from tests.commands.newsroom import Newsroom, print_stories

LEFT_OUT = ".*"
PAGE = Path(__file__).parents[2] / "docs" / "asking.md"

_BLOCK = re.compile(r"```text\n\[(?P<when>[^\]]+)\] /policy (?P<typed>[^\n]+)\n(?P<told>.*?)```", re.DOTALL)


def blocks(page: str) -> Iterator[tuple[datetime, str, str]]:
    """When something was typed, what, and what the page says was answered."""
    for found in _BLOCK.finditer(page):
        when = datetime.strptime(found["when"], "%d %b %Y %H:%M UTC").replace(tzinfo=UTC)
        yield when, found["typed"], found["told"]


def told(database: Database, page: str) -> list[str]:
    """What each of the page's questions is answered with, in one channel, in their order."""
    print_stories(database)
    room = Newsroom(database)
    asker = Asker(user="U0AIGUL", channel="C0MINERALS")
    return [as_text(answer(room, typed, asker, when).document) for when, typed, _ in blocks(page)]


def agree(said: str, given: str) -> bool:
    """Whether the page says what is answered; `[...]` on a line of its own stands for any lines."""
    told = LEFT_OUT.join(f"(?:{re.escape(part)})" for part in said.split("[...]\n"))
    return re.fullmatch(told, given, re.DOTALL) is not None


def written(page: str, answers: list[str]) -> str:
    """The page with these answers."""
    given = iter(answers)
    return _BLOCK.sub(
        lambda found: f"```text\n[{found['when']}] /policy {found['typed']}\n{next(given)}```", page
    )


def main() -> None:
    """Write the page anew."""
    page = PAGE.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(f"sqlite:///{folder}/walk.db")
        database.upgrade()
        PAGE.write_text(written(page, told(database, page)), "utf-8")
        database.close()


if __name__ == "__main__":
    main()
