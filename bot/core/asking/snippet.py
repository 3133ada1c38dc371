"""Where a story says what was looked for: a stretch of its text, with the hits marked."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.asking.query import And, Field, Or, Phrase, Query, Word
from bot.core.documents import Line, Span
from bot.core.reading.concepts import Packs
from bot.core.text import fold

LONGEST: Final = 220  # characters of a snippet
_BEFORE: Final = 70  # characters shown before its first hit
_READ: Final = 20_000  # characters of a text that are looked through
_STEM: Final = 4  # letters from which on a word is found with any ending
_ENDING: Final = 4  # letters that such an ending has at most

Wanted = frozenset[tuple[str, ...]]
"""Words side by side, folded, each of them something to find."""


def wanted(query: Query, packs: Packs) -> Wanted:
    """What a query would have found: its words, and the words in any language of what it names.

    What stands under a minus is not looked for.
    """
    return frozenset(_wanted(query, packs))


def snippet(text: str, looked_for: Wanted) -> Line:
    """A stretch of `text` with as many different hits as one stretch has; () when it has none.

    >>> [span.text for span in snippet("A mine of tungsten ore.", frozenset({("tungsten",)}))]
    ['A mine of ', 'tungsten', ' ore.']
    """
    hits = _hits(text[:_READ], looked_for)
    if not hits:
        return ()
    first = max(hits, key=lambda hit: (len(_within(hits, hit.start)), -hit.start))
    start, end = _stretch(text, first.start)
    return tuple(_marked(text, hits, start, end))


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    what: str


_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def _wanted(query: Query, packs: Packs) -> Iterator[tuple[str, ...]]:
    match query:
        case Word(text) | Phrase(text):
            yield from _words(text)
            for named in packs.expand(text):
                if packs.concepts[named].kind in ("mineral", "country"):
                    yield from _of_concept(named, packs)
        case Field("country" | "mineral" as kind, values):
            asked = {value.casefold() for value in values}
            for concept in packs.concepts.values():
                if concept.kind == kind and concept.value.casefold() in asked:
                    yield from _of_concept(concept.id, packs)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _wanted(part, packs)


def _of_concept(concept: str, packs: Packs) -> Iterator[tuple[str, ...]]:
    for synonym in packs.synonyms(concept):
        yield from _words(synonym)


def _words(text: str) -> Iterator[tuple[str, ...]]:
    if found := tuple(_WORD.findall(fold(text).text)):
        yield found


def _hits(text: str, looked_for: Wanted) -> list[_Hit]:
    """Every place that says something of what is looked for, in order and apart from each other."""
    folded = fold(text)
    tokens = [(found[0], found.start(), found.end()) for found in _WORD.finditer(folded.text)]
    by_start: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted(looked_for, key=lambda words: (-len(words), words)):
        by_start.setdefault(words[0][:_STEM], []).append(words)
    hits: list[_Hit] = []
    for place, (token, start, _) in enumerate(tokens):
        if hits and start < hits[-1].end:
            continue
        for words in by_start.get(token[:_STEM], ()):
            there = tokens[place : place + len(words)]
            if _says(there, words):
                hits.append(_Hit(start, there[-1][2], words[0]))
                break
    spans = [(folded.span(hit.start, hit.end), hit.what) for hit in hits]
    return [_Hit(start, end, what) for (start, end), what in spans]


def _says(there: Sequence[tuple[str, int, int]], words: Sequence[str]) -> bool:
    return len(there) == len(words) and all(
        token == word or (len(word) >= _STEM and token.startswith(word) and len(token) - len(word) <= _ENDING)
        for (token, _, _), word in zip(there, words, strict=True)
    )


def _within(hits: Iterable[_Hit], start: int) -> set[str]:
    return {hit.what for hit in hits if start <= hit.start and hit.end <= start + LONGEST - _BEFORE}


def _stretch(text: str, hit: int) -> tuple[int, int]:
    """From a bit before the hit on: from the start of its sentence, if that is near, else from a blank."""
    start = max(0, hit - _BEFORE)
    if start:
        sentence = max(text.rfind(mark, start, hit) for mark in (". ", "! ", "? ", "\n"))
        blank = text.find(" ", start, hit)
        start = sentence + 2 if sentence >= 0 else blank + 1 if blank >= 0 else start
        start = min(start, hit)
    end = min(len(text), start + LONGEST)
    if end < len(text):
        blank = text.rfind(" ", hit + 1, end)
        end = blank if blank > hit else end
    return start, end


def _marked(text: str, hits: Sequence[_Hit], start: int, end: int) -> Iterator[Span]:
    at = start
    lead = "…" if start else ""
    for hit in hits:
        if hit.start < at or hit.end > end:
            continue
        if before := lead + text[at : hit.start]:
            yield Span(before)
        yield Span(text[hit.start : hit.end], style="hit")
        at, lead = hit.end, ""
    if rest := lead + text[at:end] + ("…" if end < len(text) else ""):
        yield Span(rest)
