"""The program as a person at a terminal meets it."""

import logging
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.app import app
from bot.core.understand import Lines
from bot.fetch import isolation
from bot.fetch.isolation import Children
from bot.fetch.nursery import Mind


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str


class Terminal:
    """Runs commands in an empty folder, with a database of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environ: dict[str, str | None] = {
            name: None for name in os.environ if name.startswith("STEPPEWATCH_")
        }

    def __call__(self, *words: str, stdin: bytes | str = "") -> Said:
        result = CliRunner().invoke(app, words, input=stdin, env=self.environ, catch_exceptions=False)
        return Said(result.exit_code, result.stdout, result.stderr)


@pytest.fixture
def nursed(children: Children, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands in this process have the children of all tests: to get any of their own takes seconds."""

    def lent(mind: Mind) -> Children:
        return children if mind == Mind(lines=Lines()) else Children(mind)

    monkeypatch.setattr(isolation, "Children", lent)
    monkeypatch.setattr(children, "close", lambda: None)


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nursed: None) -> Iterator[Terminal]:
    """A terminal in an empty folder; the log is as before afterwards."""
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    handlers, level = [*root.handlers], root.level
    yield Terminal(tmp_path)
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)


@pytest.fixture
def settled(terminal: Terminal, sqlite_template: Path) -> Terminal:
    """A terminal with a database that holds nothing yet."""
    shutil.copyfile(sqlite_template, terminal.folder / "steppewatch.db")
    return terminal
