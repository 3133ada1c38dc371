"""Near-copies: one text under several addresses, found exactly by the word runs that two texts share; and
an outlet's own translation, found by the facts that survive one."""

import re
import zlib
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.core.events.features import Features

_WORD: Final = re.compile(r"[^\W_]+|[\u3400-\u9fff]")
_RUN: Final = 3  # words of a shingle
_MOST: Final = 400  # shingles kept of a story; a longer text is sampled by value, the same in every copy
COPY_FROM: Final = 0.6
"""Two texts that share this part of their shingles are one text: edited copies keep more, retellings share
less."""
_INSIDE_FROM: Final = 0.8  # of the runs of the shorter text: a reprint cut at the end, with a line of credit
_TRANSLATED_WITHIN: Final = timedelta(hours=36)  # minutes mostly; a day where only dates are known
_SAME_FACTS: Final = 0.7  # of all facts of the two: what is told anew, and not translated, shares half
_FACTS_ENOUGH: Final = 5
_OWN_ENOUGH: Final = 2  # of them figures and names: that two are of one subject is not enough
_FACTS: Final = (
    "person.",
    "body.",
    "mineral.",
    "country.",
)  # of concepts; words for acts are translated freely
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
    if one.isdisjoint(other):
        return False  # as nearly all are that are compared
    return overlap(one, other) >= COPY_FROM or _inside(one, other) >= _INSIDE_FROM


def _inside(one: frozenset[int], other: frozenset[int]) -> float:
    """The part of the shorter text that the longer has too, 0 to 1; 0 where they share too little to tell."""
    short, long = sorted((one, other), key=len)
    if len(short & long) < _INSIDE_FROM * _LONG_ENOUGH:
        return 0.0
    if len(long) == _MOST:  # a sample: what lies beyond its largest sum cannot be in it
        last = max(long)
        short = frozenset([run for run in short if run <= last])
    return len(short & long) / len(short) if len(short) >= _LONG_ENOUGH else 0.0


def translated(one: "Features", other: "Features") -> bool:
    """Whether two stories are one text in two languages of one outlet.

    That is: of one site, or its sisters (kaz.example.kz, example.kz), of about one moment, with nearly the
    same people, bodies, places, minerals, figures and days, some of them figures or names.
    """
    if one.lang == other.lang or _site(one.source) != _site(other.source) or not _site(one.source):
        return False
    if one.when is None or other.when is None or abs(one.when - other.when) > _TRANSLATED_WITHIN:
        return False
    mine, others = _facts(one), _facts(other)
    both = mine & others
    own = _own(one) & _own(other)
    if len(both) < _FACTS_ENOUGH or len(own) < _OWN_ENOUGH:
        return False
    return len(both) >= _SAME_FACTS * len(mine | others)


def _facts(story: "Features") -> frozenset[str]:
    named = frozenset(concept for concept in story.concepts if concept.startswith(_FACTS))
    return named | _figures(story)


def _own(story: "Features") -> frozenset[str]:
    return story.sketch.names | _figures(story)


def _figures(story: "Features") -> frozenset[str]:
    return story.sketch.numbers | story.sketch.told_days | frozenset(story.money)


def _site(host: str) -> str:
    """The domain that somebody registered, as far as its form tells: example.kz of ru.example.kz.

    A short name before a country's two letters is the country's own (com.tm, co.uk, gov.kz).
    """
    parts = host.split(".")
    taken = 3 if len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3 else 2
    return ".".join(parts[-taken:])
