"""The stems that an automaton looks for, and what each of them tells in a text of a language.

Of a pattern is kept how it is written, whose it is, and which pattern before it has the same stem. What
it asks for is worked out when its stem is first met: most stems of most languages never are.
"""

from array import array
from collections import Counter
from collections.abc import Sequence
from typing import Final

import ahocorasick

from bot.core.reading.concepts import Language, Packs
from bot.core.reading.patterns import NAMES, Entry, Pattern, compiled, entry_of, telling, variants, words_of
from bot.core.text import fold

_NONE: Final = -1

Told = tuple[int, tuple[int, ...], Entry]
"""A stem's length, the concepts that it names wherever it stands, and all of it."""


class Stems:
    """The stems of some packs. Threads may share them: what is added is only remembered.

    A stem goes by the number of the last pattern that has it.
    """

    def __init__(self, packs: Packs) -> None:
        self._packs = packs
        self._concepts = {concept: number for number, concept in enumerate(packs.concepts)}
        self._written: list[str] = []
        self._whose = array("I")  # by pattern, the number of its words in the packs
        for number, words in enumerate(packs.words):
            language = self._language(words.lang)
            written = [one for pattern in words.patterns for one in variants(pattern, language)]
            self._written += written
            self._whose.extend([number] * len(written))
        self._first = array("H")  # and which of its words is the stem
        self._before = array("i")  # and the pattern before it that has this stem, too
        self.automaton = _automaton(self._stems())
        spoken = {"", *[words.lang for words in packs.words]}
        self._tells = {lang: _Tells(self, lang) for lang in spoken}

    def _stems(self) -> dict[str, int]:
        """All stems, and the last pattern of each.

        They are let go: nothing that stays is made among them, or its memory would have holes.
        """
        last: dict[str, int] = {}
        for number, many in Counter(self._whose).items():
            place = len(self._before)
            common = self._language(self._packs.words[number].lang).common
            for at, folded in enumerate(_folded(self._written[place : place + many]), place):
                stem, first = folded.rstrip("*~"), 0
                if not stem.isalpha() or len(folded) > len(stem) + 1:  # more than one word, as few are
                    words = words_of(folded)
                    first = telling(words, common)
                    stem = words[first][0]
                self._first.append(first)
                self._before.append(last.get(stem, _NONE))
                last[stem] = at
        return last

    def spoken(self, lang: str) -> str:
        """A language as far as any words are of it; "": a text of it tells what any other does."""
        return lang if lang in self._tells else ""

    def tells(self, lang: str) -> "_Tells":
        """What stems tell in a text of a language that is `spoken`, by their numbers."""
        return self._tells[lang]

    def patterns(self, last: int) -> tuple[str, list[Pattern]]:
        """A stem by its number, and its patterns in their order."""
        places = []
        while last != _NONE:
            places.append(last)
            last = self._before[last]
        places.reverse()
        words = list(map(words_of, _folded([self._written[place] for place in places])))
        found = [self._compiled(*one) for one in zip(places, words, strict=True)]
        return words[0][self._first[places[0]]][0], found

    def _compiled(self, place: int, parted: list[tuple[str, str]]) -> Pattern:
        words, written = self._packs.words[self._whose[place]], self._written[place]
        language = self._language(words.lang)
        # Another script makes words look like other languages'.
        apart = language.apart or (bool(language.spellings) and written not in words.patterns)
        apart = apart and self._packs.concepts[words.concept].kind not in NAMES
        concept = self._concepts[words.concept]
        return compiled(written, parted, self._first[place], concept, words.lang, apart=apart)

    def _language(self, code: str) -> Language:
        return self._packs.languages.get(code) or Language(code)


class _Tells(dict[int, Told | None]):
    """What stems tell in a text of a language, by their numbers; None: nothing there."""

    __slots__ = ("_lang", "_stems")

    def __init__(self, stems: Stems, lang: str) -> None:
        self._stems = stems
        self._lang = lang

    def __missing__(self, last: int) -> Told | None:
        stem, patterns = self._stems.patterns(last)
        found = [one for one in patterns if one.only in ("", self._lang)]
        if any(one.only for one in found):
            told = _told(stem, found)
        else:  # as in any other
            every = self._stems.tells("")
            told = every[last] = every.get(last) or _told(stem, found)
        self[last] = told
        return told


def _folded(written: Sequence[str]) -> list[str]:
    """Some patterns, folded at once, for that is far quicker."""
    return fold("\n".join(written)).text.split("\n")


def _told(stem: str, patterns: list[Pattern]) -> Told | None:
    """What a stem tells by its patterns; None: nothing."""
    if not patterns:
        return None
    entry = entry_of(stem, patterns)
    return entry.length, entry.bare if entry.free and entry.alone else (), entry


def _automaton(stems: dict[str, int]) -> ahocorasick.Automaton | None:
    """Finds all stems, and gives their numbers; None: there are none."""
    if not stems:
        return None
    found = ahocorasick.Automaton(ahocorasick.STORE_INTS)
    for stem, number in stems.items():
        found.add_word(stem, number)
    found.make_automaton()
    return found
