"""The rules of the house that neither ruff nor the import contracts can see."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "models", "migrations")
LONGEST_FILE = 400  # lines

# Where a library may be imported: everywhere else it is somebody else's business.
HOMES = {
    "feedparser": ("bot/fetch/reader.py",),
    "trafilatura": ("bot/fetch/",),
    "slack_sdk": ("bot/surfaces/slack/", "bot/roles/web.py", "bot/roles/link.py"),
    "slack_bolt": ("bot/surfaces/slack/", "bot/roles/web.py"),
    "apscheduler": ("bot/roles/worker.py",),
    "sqlalchemy": ("bot/store/", "models/", "migrations/"),
    "alembic": ("bot/store/", "migrations/"),
    "models": ("bot/store/", "models/", "migrations/env.py"),
    "ahocorasick": ("bot/core/", "bot/packs/"),
    "typer": ("bot/cli/", "bot/__main__.py"),
    "rich": ("bot/cli/", "bot/surfaces/terminal/"),
    "waitress": ("bot/roles/listener.py",),
}

CLOCK_READERS = re.compile(r"datetime\.(now|utcnow|today)\(|date\.today\(|time\.time\(")


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (ROOT / folder).rglob("*.py")


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def imported(path: Path) -> frozenset[str]:
    found: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return frozenset(found)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_file_grows_over_400_lines() -> None:
    long = {
        named(path): lines
        for path in sources(*ROOMS, "tests")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }

    assert long == {}


@pytest.mark.parametrize(("library", "homes"), HOMES.items())
def test_a_library_is_imported_only_where_it_lives(library: str, homes: tuple[str, ...]) -> None:
    strangers = [
        named(p) for p in sources(*ROOMS) if library in imported(p) and not named(p).startswith(homes)
    ]

    assert strangers == []


def test_only_the_clock_reads_the_clock() -> None:
    readers = [
        named(path) for path in sources(*ROOMS) if CLOCK_READERS.search(path.read_text(encoding="utf-8"))
    ]

    assert readers == ["bot/clock.py"]


def test_no_error_is_swallowed() -> None:
    """`except Exception` may stand where a whole job is kept alive, and there it must log or tell."""
    silent = [
        f"{named(path)}:{node.lineno}"
        for path in sources(*ROOMS)
        for node in nodes(path)
        if isinstance(node, ast.ExceptHandler) and all(isinstance(line, ast.Pass) for line in node.body)
    ]

    assert silent == []
