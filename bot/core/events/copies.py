"""Near-copies: one text under several addresses, found exactly by the word runs that two texts share."""

import re
import zlib
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+|[\u3400-\u9fff]")
_RUN: Final = 3  # words of a shingle
_MOST: Final = 400  # shingles kept of a story; a longer text is sampled by value, the same in every copy
COPY_FROM: Final = 0.6
"""Two texts that share this part of their shingles are one text: edited copies keep more, retellings share
less."""


def shingles(text: str) -> frozenset[int]:
    """The runs of three words of a text, as 32-bit sums; a text of fewer words has one."""
    words = _WORD.findall(text.lower())
    runs = (
        {" ".join(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))} if words else set()
    )
    sums = sorted({zlib.crc32(run.encode()) for run in runs})
    return frozenset(sums[:_MOST])


def overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """The part of two texts that is the same: shared shingles over all (Jaccard), 0 to 1."""
    if not one or not other:
        return 0.0
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)
