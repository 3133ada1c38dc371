"""Memory goes back to the machine when it is free: bodies of megabytes come and go here."""

import ctypes
from contextlib import suppress
from typing import Final

_MMAP_THRESHOLD: Final = -3  # M_MMAP_THRESHOLD of malloc.h,
_ARENA_MAX: Final = -8  # and M_ARENA_MAX
_LARGE: Final = 256 * 1024  # bytes


def give_back_large_blocks() -> None:
    """Have the C library take every large block from the kernel by itself, and give it back when it is free.

    Left to itself, glibc puts blocks of up to 32 MB between small ones once it has seen the first of them,
    and keeps what they took: a worker that met a dozen large documents held 150 MB more for ever.
    And it has as many heaps as threads, of which each keeps what a document took there: two will do.
    Another C library has no such setting, and needs none.
    """
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        library.mallopt(_MMAP_THRESHOLD, _LARGE)
        library.mallopt(_ARENA_MAX, 2)


def give_back_freed() -> None:
    """Give the kernel what small blocks have left free between them. Takes about a millisecond."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
