"""Finding the words of concepts in a text: what each of its runs of letters holds, then a look around it.

What a run of letters holds is found once and remembered (`bot.core.reading.runs`); what depends on the words
around it is looked at where it stands. Each look is bounded, so the whole is linear in the text's length.
"""

import re
from collections.abc import Sequence
from itertools import accumulate, compress, count
from operator import add
from typing import Final, NamedTuple

from bot.core.reading.concepts import Concept, Packs
from bot.core.reading.patterns import Fits, Pattern
from bot.core.reading.runs import PARTING, WORD_REST, Held, Raw, Reader
from bot.core.story import Field
from bot.core.text import Folded

LONGEST_RUN: Final = 24  # characters without white space, on average; a text with more is read as a whole
_RUN: Final = re.compile(r"\S+")
_GAP: Final = re.compile(r"[\s\-‐‑–—/'\"«»„“”&]{1,3}")


class Mention(NamedTuple):
    """A place in a story that names a concept.

    `start` and `end` are offsets into `field` as given; `set_aside` says why it
    does not count ("": it counts). A tuple and not a dataclass: thousands are made a second.
    """

    concept: Concept
    field: Field
    start: int
    end: int
    weight: float
    set_aside: str = ""


Hit = tuple[int, int, Concept]
"""A mention before anything is known of its surroundings: start and end in the folded text, concept."""

_Placed = list[tuple[int, Held, int]]
"""Where a run of letters begins, what it holds, and the number of the run after it."""


class Lexicon:
    """The words of some packs, ready to be found. Threads may share it: what it keeps is only remembered."""

    def __init__(self, packs: Packs) -> None:
        self._concepts = tuple(packs.concepts.values())
        self._reader = Reader(packs)

    def find(self, folded: Folded, lang: str) -> list[Hit]:
        """All places where a word of a concept stands, in order; a phrase wins over the words in it.

        `lang` is the text's language: short words of other languages are not looked for.
        Several concepts of the very same span all stay.
        """
        runs = folded.text.split()
        placed = self._placed(folded.text, runs, lang)
        raws = [
            (begins + at, minus_end - begins, number)
            for begins, (fixed, _, _), _ in placed
            for at, minus_end, number in fixed
        ]
        if asked := self._asked(placed, runs, folded):
            raws = self._reader.unhidden(sorted(raws + asked))
        concepts = self._concepts
        return [(start, -minus_end, concepts[number]) for start, minus_end, number in raws]

    def _placed(self, text: str, runs: Sequence[str], lang: str) -> _Placed:
        """Those of the runs of letters of a text that hold anything."""
        if len(text) > LONGEST_RUN * len(runs):  # of a script without spaces, or mischief
            whole = self._reader.whole(text, lang)
            return [(0, whole, len(runs))] if whole else []
        held = self._reader.held(runs, lang)
        if len(" ".join(runs)) != len(text):
            return list(compress(zip(_starts(text), held, count(1)), held))  # type: ignore[arg-type]
        # One character parts any two: where a run begins is reckoned of those alone that hold anything.
        found = compress(zip(accumulate(map(len, runs), initial=0), held, count()), held)
        return [(letters + before, one, before + 1) for letters, one, before in found if one]

    def _asked(self, placed: _Placed, runs: Sequence[str], folded: Folded) -> list[Raw]:  # noqa: C901, PLR0912
        """What depends on more than a run: phrases, words of a case, words after others."""
        text, reader = folded.text, self._reader
        hits: list[Raw] = []
        for begins, (_, openings, rare), after in placed:
            for at, until, phrases, seen in openings:
                word_end = begins + until
                second = word_end + 1
                key = text[second : second + 2]
                if key not in phrases:
                    if key[:1] not in PARTING:
                        continue
                    second = word_end + _gap(text, word_end)
                    key = text[second : second + 2]
                    if key not in phrases:
                        continue
                if text[word_end] not in PARTING:
                    continue
                if seen is None or second > word_end + 1:
                    ends, asks = reader.goes_on(phrases[key], text, second)
                else:  # white space parts them
                    following = runs[after]
                    ends, asks = seen.get(following) or reader.remember(phrases[key], seen, following)
                start = begins + at
                for end, number in ends:
                    hits.append((start, -second - end, number))
                for end, third, one in asks:
                    next_at = second + end + 1
                    # Most third words are seen at once not to stand there.
                    if text.startswith(third, next_at) or not text[next_at : next_at + 1].isalnum():
                        hits += self._follow(one, folded, start, second + end)
            for at, until, cased, behind in rare:
                start = begins + at
                if cased:
                    hits += _kept(cased, folded, start, begins + until)
                if behind and start > 1 and text[start - 2] in behind:
                    hits += _kept(behind[text[start - 2]], folded, start, begins + until)
        return hits

    def _follow(self, one: Pattern, folded: Folded, start: int, at: int) -> list[Raw]:
        """A phrase, if it fits in all it asks for: it begins at `start`, its second word ends at `at`."""
        end = self._end_of(folded.text, at, one.more[1:], one.lang) if len(one.more) > 1 else at
        if end < 0:
            return []
        if one.cased or one.before:
            return _kept((one,), folded, start, end)
        return [(start, -end, one.concept)]

    def _end_of(self, text: str, at: int, words: tuple[tuple[str, str], ...], lang: str) -> int:
        """Where a phrase ends of which these words should follow what ends at `at`; -1: they do not."""
        for stem, mark in words:
            gap = _gap(text, at)
            if not gap or not text.startswith(stem, at + gap):
                return -1
            at += gap + len(stem)
            if text[at : at + 1].isalnum():
                end = WORD_REST.match(text, at).end()  # type: ignore[union-attr]
                if not mark or not self._reader.may_end(text[at:end], mark, lang):
                    return -1
                at = end
        return at


def _starts(text: str) -> list[int]:
    """Where the runs of letters of a text begin."""
    starts: list[int] = []
    begin = 0
    for line in text.split("\n"):
        if here := line.split():
            at = list(map(add, accumulate(map(len, here), initial=begin), range(len(here))))
            if at[-1] + len(here[-1]) != begin + len(line):  # more than one character parts some
                at = [begin + run.start() for run in _RUN.finditer(line)]
            starts += at
        begin += len(line) + 1
    return starts


def _kept(fits: Fits, folded: Folded, start: int, end: int) -> list[Raw]:
    """Those of some patterns between `start` and `end` that are written so, their words before them."""
    hits: list[Raw] = []
    for one in fits:
        begin = start - len(one.before)
        if one.before and not _stands_before(folded.text, begin, one.before):
            continue
        written = begin if folded.places is None else folded.places[begin]
        if not one.cased or folded.original.startswith(one.cased, written):
            hits.append((begin, -end, one.concept))
    return hits


def _gap(text: str, at: int) -> int:
    """How many characters part the words of a phrase at `at`; 0: something else stands there."""
    here = text[at : at + 2]
    if here[:1] == " " and here[1:].isalnum():
        return 1
    found = _GAP.match(text, at)
    return found.end() - at if found else 0


def _stands_before(text: str, start: int, words: str) -> bool:
    """Whether the short words of a phrase stand at `start`, as words of their own."""
    end = start + len(words)
    return (
        start >= 0
        and text.startswith(words[:-1], start)
        and text[end - 1] in PARTING
        and not (start and text[start - 1].isalnum())
    )
