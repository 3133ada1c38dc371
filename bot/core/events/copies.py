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
_INSIDE_FROM: Final = 0.8  # of the runs of the shorter text: a reprint cut at the end, with a line of credit
_LONG_ENOUGH: Final = 25  # runs: a sentence that is quoted is not a copy


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


def one_text(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two texts are one: alike as wholes, or one that is not too short lies in the other."""
    return overlap(one, other) >= COPY_FROM or _inside(one, other) >= _INSIDE_FROM


def _inside(one: frozenset[int], other: frozenset[int]) -> float:
    """The part of the shorter text that the longer has too, 0 to 1; 0 for one too short to tell."""
    short, long = sorted((one, other), key=len)
    if len(long) == _MOST:  # a sample: what lies beyond its largest sum cannot be in it
        short = frozenset(run for run in short if run <= max(long))
    return len(short & long) / len(short) if len(short) >= _LONG_ENOUGH else 0.0
