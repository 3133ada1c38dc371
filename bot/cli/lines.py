"""JSON Lines from a file or from stdin: read whole and found good before the first answer is given.

What is on stdin is kept in a scratch file meanwhile, so that a million lines
need no more memory than one.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from bot.core.story import Article
from bot.errors import InputError
from bot.work.rows import article_of, id_of

_IN_MEMORY: Final = 8_000_000  # bytes of stdin kept in memory before the scratch file is used


@dataclass(frozen=True, slots=True)
class Item:
    """One line: a story under the id that its writer gave it."""

    id: str | int
    article: Article


@contextmanager
def opened(path: str) -> Iterator[IO[bytes]]:
    """The bytes of `path`, or of stdin when it is "-", so that they can be read twice.

    Raises InputError when they cannot be read; one that is raised of what they hold names the file.
    """
    try:
        if path != "-":
            with Path(path).open("rb") as file:
                if file.seekable():
                    yield file
                    return
                with _kept(file) as kept:
                    yield kept
        else:
            with _kept(sys.stdin.buffer) as kept:
                yield kept
    except InputError as error:
        raise InputError(str(error) if path == "-" else f"{path}: {error}") from None
    except (IsADirectoryError, FileNotFoundError, PermissionError) as error:
        raise InputError(f"{path}: {error.strerror}") from None


@contextmanager
def _kept(source: IO[bytes]) -> Iterator[IO[bytes]]:
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as scratch:
        while piece := source.read(1 << 20):
            scratch.write(piece)
        scratch.seek(0)
        yield scratch


def items(file: IO[bytes]) -> Iterator[Item]:
    """The stories of the file, from its beginning; lines without anything on them are passed over.

    Raises InputError that names the first bad line and says what would be right.
    """
    for number, record in records(file):
        try:
            yield Item(id_of(record), article_of(record))
        except ValueError as error:
            raise InputError(f"line {number}: {error}") from None


def records(file: IO[bytes]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of the file with the numbers of their lines, from its beginning.

    Raises InputError that names the first line that is not a JSON object.
    """
    file.seek(0)
    for number, line in enumerate(file, 1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise InputError(f"line {number}: byte {error.start + 1} is not UTF-8") from None
        if text.strip():
            yield number, _object(number, text)


def labelled(file: IO[bytes], label: Callable[[dict[str, Any]], object]) -> list[dict[str, Any]]:
    """The objects of the file, each of which `label` can read.

    Raises InputError that names the first bad line and says what would be right.
    """
    found = []
    for number, record in records(file):
        try:
            label(record)
        except ValueError as error:
            raise InputError(f"line {number}: {error}") from None
        found.append(record)
    return found


def stories(
    file: IO[bytes], label: Callable[[dict[str, Any]], object] = lambda _: None
) -> list[dict[str, Any]]:
    """The stories of the file as they are written, each with an id of its own, and one that `label` can read.

    Raises InputError that names the first bad line and says what would be right.
    """
    names: set[str] = set()

    def read(record: dict[str, Any]) -> None:
        name = str(id_of(record))
        if name in names:
            raise ValueError(f"the id {name!r} is there twice; each story has one of its own")
        names.add(name)
        article_of(record)
        label(record)

    return labelled(file, read)


def count(file: IO[bytes]) -> int:
    """How many stories there are, all of them good. Raises InputError when one is not."""
    return sum(1 for _ in items(file))


def _object(number: int, text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        said = error.msg.removesuffix(" at")
        raise InputError(f"line {number}: not JSON: {said} at character {error.colno}") from None
    except (RecursionError, ValueError):
        raise InputError(
            f"line {number}: not JSON that can be read: nested too deep, or a number too long"
        ) from None
    if not isinstance(found, dict):
        raise InputError(
            f'line {number}: a JSON object is wanted, as in {{"id": "1", "title": "...", "text": "..."}}'
        )
    return found
