"""Finding the words of concepts in a text: what each of its runs of letters holds, then a look around it.

A text is cut at its white space. What each such run of letters holds is found once, by an automaton
over the stems of all patterns (`bot.core.patterns`), and remembered; what depends on the words around it is
looked at where it stands. Each look is bounded, so the whole is linear in the text's length.
"""

import re
from itertools import accumulate
from typing import Final, NamedTuple

import ahocorasick

from bot.core.concepts import Concept, Packs
from bot.core.patterns import (
    LONGEST_ENDING,
    Endings,
    Entry,
    Fits,
    FitsBy,
    Pattern,
    Phrases,
    compiled,
    entry_of,
    variants,
)
from bot.core.story import Field
from bot.core.text import Folded

# A phrase hides the words in it, but only within a family: "finds lithium" is a deed and must
# not hide lithium, "lithium-ion battery" names something else and must.
_PEOPLE: Final = ("country", "people", "region", "place", "person", "body", "elsewhere")
_THINGS: Final = ("mineral", "umbrella", "battery", "nuclear", "decoy")
NAMES: Final = frozenset((*_PEOPLE, *_THINGS))
DEEDS: Final = "act"
BENDS: Final = "bend"  # "plans to", "may": they stand over deeds and hide none
FAMILIES: Final = 5
_OWN: Final = {DEEDS: 1, BENDS: 2, "ore": 4}  # the others share one
LONGEST_RUN: Final = 24  # characters without white space, on average; a text with more is read as a whole
MOST_RUNS: Final = 30_000  # of a language that are remembered: 6 MB
# Bounded: a "word" of a million letters must not be read at every hit.
_WORD_REST: Final = re.compile(r"(?:[^\W_]\w{0,23})?")
_RUN: Final = re.compile(r"\S+")
_GAP: Final = re.compile(r"[\s\-‐‑–—/'\"«»„“”&]{1,3}")
# The characters of _GAP that may come first, for a quick look before it.
_PARTING: Final = frozenset(
    " -\n\r\t\v\f\u0085\u00a0\u2000\u2001\u2002\u2003\u2009\u200a\u2028\u2029\u202f\u3000‐‑–—/'’\"«»„“”&"
)


class Mention(NamedTuple):
    """A place in a story that names a concept.

    `start` and `end` are offsets into `field` as given; `set_aside` says why it
    does not count ("": it counts). A tuple and not a dataclass: thousands are made a second.
    """

    concept: str
    kind: str
    phrase: str
    field: Field
    start: int
    end: int
    weight: float
    set_aside: str = ""


Hit = tuple[int, int, Concept]
"""A mention before anything is known of its surroundings: start and end in the folded text, concept."""

_Raw = tuple[int, int, int]
"""Start, minus the end, and the concept's number: in this order longer phrases come first by themselves."""


_Held = tuple[
    tuple[_Raw, ...], tuple[tuple[int, int, Phrases], ...], tuple[tuple[int, int, Fits, FitsBy], ...]
]
"""What a run of letters holds: hits for certain (start and end in the run, concept); places of stems that may
begin a phrase; places of stems that ask for case, or for words before them."""


class _Holding:
    """What is found of a run of letters, while it is read."""

    def __init__(self) -> None:
        self.fixed: list[_Raw] = []
        self.phrases: dict[tuple[int, int], Phrases] = {}
        self.rare: list[tuple[int, int, Fits, FitsBy]] = []

    def all(self) -> _Held | None:
        """All of it; None: nothing was found."""
        if not (self.fixed or self.phrases or self.rare):
            return None
        phrases = [(at, until, by) for (at, until), by in self.phrases.items()]
        return tuple(self.fixed), tuple(phrases), tuple(self.rare)


class Lexicon:
    """The words of some packs, ready to be found. Threads may share it: what it keeps is only remembered."""

    def __init__(self, packs: Packs) -> None:
        self._endings = {code: Endings(language) for code, language in packs.languages.items()}
        self._concepts = tuple(packs.concepts.values())
        self._family = tuple(0 if c.kind in NAMES else _OWN.get(c.kind, 3) for c in self._concepts)
        self._common = {code: language.common for code, language in packs.languages.items()}
        numbers = {concept.id: number for number, concept in enumerate(self._concepts)}
        by_stem: dict[str, list[Pattern]] = {}
        for words in packs.words:
            common = self._common.get(words.lang, frozenset())
            for pattern in words.patterns:
                for variant in variants(pattern, words.lang):
                    stem, follow = compiled(variant, numbers[words.concept], words.lang, common)
                    by_stem.setdefault(stem, []).append(follow)
        self._by_stem = by_stem
        self._spoken = frozenset(follow.only for follows in by_stem.values() for follow in follows)
        # What every language has in common is made once and held by all their automata.
        self._shared = {
            stem: entry_of(stem, follows)
            for stem, follows in by_stem.items()
            if not any(follow.only for follow in follows)
        }
        self._automata: dict[str, ahocorasick.Automaton] = {}
        self._known: dict[str, dict[str, _Held | None]] = {}  # by language: what runs of letters hold
        self.stems = tuple(sorted(by_stem))

    def find(self, folded: Folded, lang: str) -> list[Hit]:
        """All places where a word of a concept stands, in order; a phrase wins over the words in it.

        `lang` is the text's language: short words of other languages are not looked for.
        Several concepts of the very same span all stay.
        """
        concepts, family = self._concepts, self._family
        kept: list[Hit] = []
        last: list[_Raw] = [(-1, 0, -1)] * FAMILIES  # of each family, what was kept
        for raw in sorted(self._all(folded, lang)):
            start, minus_end, number = raw
            of = family[number]
            kept_start, kept_end, kept_number = last[of]
            same = start == kept_start and minus_end == kept_end
            # It ends inside what was kept, and is not another meaning of the very same words.
            if minus_end >= kept_end and (not same or number == kept_number):
                continue
            last[of] = raw
            kept.append((start, -minus_end, concepts[number]))
        return kept

    def _automaton_for(self, lang: str) -> ahocorasick.Automaton | None:
        """The automaton for texts of a language, built when the first one comes; None: there are no words."""
        found = self._automata.get(lang)
        if found is None and self._by_stem:
            found = ahocorasick.Automaton()
            for stem, follows in self._by_stem.items():
                if stem in self._shared:
                    found.add_word(stem, self._shared[stem])
                elif speak := [follow for follow in follows if follow.only in ("", lang)]:
                    found.add_word(stem, entry_of(stem, speak))
            found.make_automaton()
            self._automata[lang] = found
        return found

    def _all(self, folded: Folded, lang: str) -> list[_Raw]:
        """Every place where a pattern fits, whatever else fits there.

        A stem has no white space in it, so what a run of letters holds is the same wherever the run
        stands: it is read once and remembered. Most of a text has been read before.
        """
        lang = lang if lang in self._spoken else ""
        text = folded.text
        runs = text.split()
        if len(text) > LONGEST_RUN * len(runs):  # of a script without spaces, or mischief
            return self._placed([(0, held) for held in self._read([text], lang).values() if held], folded)
        known = self._known.setdefault(lang, {})
        try:
            held = list(map(known.__getitem__, runs))
        except KeyError:
            new = set(runs).difference(known)
            if len(known) + len(new) > MOST_RUNS:
                # A new one, and the old one left as it is: another thread may be reading it.
                known, new = {}, set(runs)
                self._known[lang] = known
            known |= self._read(list(new), lang)
            held = list(map(known.__getitem__, runs))
        before = list(accumulate(map(len, runs), initial=0))
        if before[-1] + len(runs) - 1 == len(text):  # one character parts any two
            placed = [(before[n] + n, one) for n, one in enumerate(held) if one]
        else:
            placed = [(run.start(), one) for run, one in zip(_RUN.finditer(text), held, strict=True) if one]
        return self._placed(placed, folded)

    def _read(self, runs: list[str], lang: str) -> dict[str, _Held | None]:
        """What each of some runs of letters holds, whatever stands around it; None: nothing."""
        read: dict[str, _Held | None] = dict.fromkeys(runs)
        automaton = self._automaton_for(lang)
        if automaton is None:
            return read
        text = "\n".join(runs)
        held = _Holding()
        number, begins, ends = 0, 0, len(runs[0])
        for last, entry in automaton.iter(text):
            stop = last + 1
            start = stop - entry.length
            if not entry.free and start and text[start - 1].isalnum():
                continue
            rest = "" if entry.free else _WORD_REST.match(text, stop).group()  # type: ignore[union-attr]
            if rest and not entry.marked:
                continue
            if last >= ends:
                read[runs[number]] = held.all()
                held = _Holding()
                while last >= ends:
                    number += 1
                    begins, ends = ends + 1, ends + 1 + len(runs[number])
            if entry.alone and not rest:
                held.fixed += [(start - begins, stop - begins, concept) for concept in entry.bare]
                continue
            word_end = stop + len(rest)
            self._hold(held, entry, (start - begins, word_end - begins), rest, text[word_end : word_end + 1])
        read[runs[number]] = held.all()
        return read

    def _hold(self, held: "_Holding", entry: Entry, place: tuple[int, int], rest: str, then: str) -> None:
        """Note what an entry finds at a place in a run: `rest` is left of its word, and `then` follows."""
        cased, after, phrases = entry.cased, entry.after, entry.phrases
        if not rest:
            held.fixed += [(*place, concept) for concept in entry.bare]
        else:
            if len(rest) <= LONGEST_ENDING:
                held.fixed += [(*place, concept) for concept in entry.open]
            held.fixed += [
                (*place, one.concept) for one in entry.closed if self._may_end(rest, "~", one.lang)
            ]
            cased = self._ending(cased, rest)
            after = {last: kept for last, fits in after.items() if (kept := self._ending(fits, rest))}
            phrases = {key: self._words(words, rest) for key, words in phrases.items()}
            phrases = {key: words for key, words in phrases.items() if words}
        if cased or after:
            held.rare.append((*place, cased, after))
        if phrases and (not then or then in _PARTING):
            other = held.phrases.get(place, {})
            held.phrases[place] = (
                {key: (*other.get(key, ()), *phrases.get(key, ())) for key in (*other, *phrases)}
                if other
                else phrases
            )

    def _ending(self, fits: Fits, rest: str) -> Fits:
        """Those of some patterns whose stem may be followed by this rest of a word."""
        return tuple([one for one in fits if one.mark and self._may_end(rest, one.mark, one.lang)])

    def _words(self, words: tuple[tuple[str, Fits], ...], rest: str) -> tuple[tuple[str, Fits], ...]:
        """The same of phrases, by their second word."""
        return tuple([(word, kept) for word, fits in words if (kept := self._ending(fits, rest))])

    def _placed(self, runs: list[tuple[int, _Held]], folded: Folded) -> list[_Raw]:  # noqa: C901
        """The patterns in runs of letters that begin at these places of a text."""
        text = folded.text
        hits: list[_Raw] = []
        found = hits.append
        for begins, (fixed, phrases, rare) in runs:
            for at, until, number in fixed:
                found((begins + at, -begins - until, number))
            for at, until, by_second in phrases:
                word_end = begins + until
                second = word_end + 1
                key = text[second : second + 2]
                if key not in by_second:
                    if key[:1] not in _PARTING:
                        continue
                    second = word_end + _gap(text, word_end)
                    key = text[second : second + 2]
                    if key not in by_second:
                        continue
                if text[word_end] in _PARTING:
                    for word, fits in by_second[key]:
                        if text.startswith(word, second):
                            hits += self._follow(fits, folded, begins + at, second + len(word))
            for at, until, cased, after in rare:
                start, word_end = begins + at, begins + until
                if cased:
                    hits += self._kept(cased, folded, start, word_end)
                if after and start > 1 and text[start - 2] in after:
                    hits += self._kept(after[text[start - 2]], folded, start, word_end)
        return hits

    def _follow(self, fits: Fits, folded: Folded, start: int, at: int) -> list[_Raw]:
        """The phrases that fit in all they ask for.

        Their first word begins at `start`, the stem of their second one ends at `at`.
        """
        text = folded.text
        hits: list[_Raw] = []
        rest = _WORD_REST.match(text, at).group() if text[at : at + 1].isalnum() else ""  # type: ignore[union-attr]
        at += len(rest)
        third = -1  # where the third word begins, once it is asked for
        for one in fits:
            more = one.more
            mark = more[0][1]
            if rest and not (mark and self._may_end(rest, mark, one.lang)):
                continue
            end = at
            if len(more) > 1:
                if third < 0:
                    third = at + _gap(text, at)
                if third == at or not text.startswith(more[1][0], third):
                    continue
                end = self._end_of(text, at, more[1:], one.lang)
                if end < 0:
                    continue
            if one.cased or one.before:
                hits += self._kept((one,), folded, start, end)
            else:
                hits.append((start, -end, one.concept))
        return hits

    def _kept(self, fits: Fits, folded: Folded, start: int, end: int) -> list[_Raw]:
        """Those of some patterns between `start` and `end` that are written so, their words before them."""
        hits: list[_Raw] = []
        for one in fits:
            begin = start - len(one.before)
            if one.before and not _stands_before(folded.text, begin, one.before):
                continue
            if not one.cased or folded.original.startswith(one.cased, folded.span(begin, end)[0]):
                hits.append((begin, -end, one.concept))
        return hits

    def _may_end(self, rest: str, mark: str, lang: str) -> bool:
        if mark == "*":
            return len(rest) <= LONGEST_ENDING
        endings = self._endings.get(lang)
        return endings is not None and endings.fit(rest)

    def _end_of(self, text: str, at: int, words: tuple[tuple[str, str], ...], lang: str) -> int:
        """Where a phrase ends of which these words should follow what ends at `at`; -1: they do not."""
        for stem, mark in words:
            gap = _gap(text, at)
            if not gap or not text.startswith(stem, at + gap):
                return -1
            at += gap + len(stem)
            if at < len(text) and text[at].isalnum():
                end = _WORD_REST.match(text, at).end()  # type: ignore[union-attr]
                if not mark or not self._may_end(text[at:end], mark, lang):
                    return -1
                at = end
        return at


def _gap(text: str, at: int) -> int:
    """How many characters part the words of a phrase at `at`; 0: something else stands there."""
    found = _GAP.match(text, at)
    return found.end() - at if found else 0


def _stands_before(text: str, start: int, words: str) -> bool:
    """Whether the short words of a phrase stand at `start`, as words of their own."""
    end = start + len(words)
    return (
        start >= 0
        and text.startswith(words[:-1], start)
        and text[end - 1] in _PARTING
        and not (start and text[start - 1].isalnum())
    )
