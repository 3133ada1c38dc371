"""A body: bytes when it is small, else a file without a name, so that none of megabytes is held in memory.

It is written as it comes, and read in the child process that takes it apart.
"""

import hashlib
import os
import tempfile
from io import FileIO
from typing import Final

from bot.errors import FetchError

SMALL: Final = 500_000
"""Bytes of a body that is held in memory."""

Body = bytes | FileIO


class NoRoomError(FetchError):
    """There was no room for a large body. That is no fault of its server's."""


def new_file() -> FileIO:
    """A file that is gone when it is closed, whatever becomes of us. Raises NoRoomError."""
    try:
        return tempfile.TemporaryFile(buffering=0)
    except OSError as error:
        raise _no_room(error) from None


def write(file: FileIO, piece: bytes) -> None:
    """Add to a file. Raises NoRoomError."""
    try:
        while piece:
            piece = piece[file.write(piece) :]
    except OSError as error:
        raise _no_room(error) from None


def _no_room(error: OSError) -> NoRoomError:
    return NoRoomError(f"no room for what is larger than 0.5 MB: {error.strerror or error}")


def size_of(body: Body) -> int:
    """Bytes of a body."""
    return len(body) if isinstance(body, bytes) else os.fstat(body.fileno()).st_size


def digest_of(body: Body) -> str:
    """What tells a body from another. Processors know SHA-256: half of BLAKE2's time."""
    if isinstance(body, bytes):
        return hashlib.sha256(body).hexdigest()[:32]
    body.seek(0)
    return hashlib.file_digest(body, "sha256").hexdigest()[:32]
