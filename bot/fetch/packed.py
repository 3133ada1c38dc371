"""Named entries of a large document, kept small between two looks at them.

Fifty thousand take 30 to 60 MB where they lie about, and packed a tenth of it. The
child packs them part by part, so that they are nowhere all at once.
"""

import pickle
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.identity import Identified

PART: Final = 1000
"""Entries that are packed together, and unpacked as one of them is looked at."""

_QUICKLY: Final = 1  # zlib's level: what is left of texts is half as much again at 6, for four times the work


def pack(entries: Sequence[Identified]) -> bytes:
    """Entries as they go through the pipe."""
    return zlib.compress(pickle.dumps(entries, protocol=pickle.HIGHEST_PROTOCOL), _QUICKLY)


@dataclass(frozen=True, slots=True)
class Packed:
    """Many entries, in their order; each time it is gone through they are made anew."""

    parts: tuple[bytes, ...]
    count: int

    def __len__(self) -> int:
        """How many there are."""
        return self.count

    def __iter__(self) -> Iterator[Identified]:
        """One after the other."""
        for part in self.parts:
            yield from pickle.loads(zlib.decompress(part))  # noqa: S301 - from our child


Items = Sequence[Identified] | Packed
"""Entries of a document, however many."""
