"""What a run of letters holds, whatever stands around it: found once by an automaton, and remembered.

A text is cut at its white space. What a run holds for certain, and how the run after it goes on with the
phrases that it begins, is the same wherever they stand; most of a text has been read before. What depends on
more (a third word, the case, a short word before it) is looked at where it stands, by
`bot.core.reading.lexicon`.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from bot.core.reading.concepts import Packs
from bot.core.reading.patterns import LONGEST_ENDING, NAMES, Endings, Entry, Fits, FitsBy, Pattern, Phrases
from bot.core.reading.stems import Stems

MOST_RUNS: Final = 30_000  # of a language that are remembered, and at most as many of how the next goes on
# Bounded: a "word" of a million letters must not be read at every hit.
WORD_REST: Final = re.compile(r"(?:[^\W_]\w{0,23})?")
# What may part the words of a phrase.
PARTING: Final = frozenset(
    " -\n\r\t\v\f\u0085\u00a0\u2000\u2001\u2002\u2003\u2009\u200a\u2028\u2029\u202f\u3000‐‑–—/'’\"«»„“”&"
)

# A phrase hides the words in it, but only within a family: "finds lithium" is a deed and must
# not hide lithium, "lithium-ion battery" names something else and must.
DEEDS: Final = "act"
BENDS: Final = "bend"  # "plans to", "may": they stand over deeds and hide none
FAMILIES: Final = 5
_OWN: Final = {DEEDS: 1, BENDS: 2, "ore": 4}  # the others share one

Raw = tuple[int, int, int]
"""Start, minus the end, and the concept's number: in this order longer phrases come first by themselves."""


class Second(NamedTuple):
    """How a word goes on with the phrases that the word before it begins; places count from its start."""

    ends: tuple[tuple[int, int], ...]  # phrases that end with it, whatever else stands there: where, concept
    asks: tuple[tuple[int, str, Pattern], ...]  # phrases that ask for more: where it ends, the third word


Opening = tuple[int, int, Phrases, dict[str, Second] | None]
"""A stem that may begin phrases: its start, its word's end, the phrases, and how runs went on with them
(None: its word is not the last of its run)."""

Rare = tuple[int, int, Fits, FitsBy]
"""A stem that asks for case, or for words before it: its start, its word's end."""

Held = tuple[tuple[Raw, ...], tuple[Opening, ...], tuple[Rare, ...]]
"""What a run holds; places count from its start. What hides something in it has done so."""


class Reader:
    """Reads runs of letters. Threads may share it: what it keeps is only remembered."""

    def __init__(self, packs: Packs) -> None:
        concepts = tuple(packs.concepts.values())
        self._family = tuple(0 if c.kind in NAMES else _OWN.get(c.kind, 3) for c in concepts)
        self._endings = {code: Endings(language) for code, language in packs.languages.items()}
        self._stems = Stems(packs)
        self._known: dict[str, dict[str, Held | None]] = {}  # by language: what runs of letters hold
        self._pairs = 0  # answers of `second` that are kept

    def held(self, runs: Sequence[str], lang: str) -> list[Held | None]:
        """What each of these runs of letters holds, in a text of a language; None: nothing."""
        lang = self._stems.spoken(lang)
        known = self._known.setdefault(lang, {})
        try:
            return list(map(known.__getitem__, runs))
        except KeyError:
            new = set(runs).difference(known)
        if len(known) + len(new) > MOST_RUNS or self._pairs > MOST_RUNS:
            # A new one, and the old one left as it is: another thread may be reading it.
            known, new, self._pairs = {}, set(runs), 0
            self._known[lang] = known
        known |= self._read(list(new), lang)
        return list(map(known.__getitem__, runs))

    def whole(self, text: str, lang: str) -> Held | None:
        """What a text holds that is not cut into runs; nothing of it is remembered."""
        lang = self._stems.spoken(lang)
        automaton, tells = self._stems.automaton, self._stems.tells(lang)
        found = (
            [(last, told) for last, stem in automaton.iter(text) if (told := tells[stem])]
            if automaton
            else []
        )
        held = _Holding()
        held.fixed = [(last + 1 - size, -1 - last, one) for last, (size, free, _) in found for one in free]
        for last, (size, free, entry) in found:
            if not free:
                self._look(held, entry, text, last + 1 - size, 0)
        return self._all(held, len(text))

    def unhidden(self, raws: Iterable[Raw]) -> list[Raw]:
        """What stays of hits in their order: a phrase hides the words in it, within its family.

        Several concepts of the very same span all stay.
        """
        family = self._family
        kept: list[Raw] = []
        last: list[Raw] = [(-1, 0, -1)] * FAMILIES  # of each family, what was kept
        for raw in raws:
            start, minus_end, number = raw
            of = family[number]
            kept_start, kept_end, kept_number = last[of]
            # It ends inside what was kept, and is not another meaning of the very same words.
            if minus_end >= kept_end and (
                start != kept_start or minus_end != kept_end or number == kept_number
            ):
                continue
            last[of] = raw
            kept.append(raw)
        return kept

    def remember(self, words: Iterable[tuple[str, Fits]], seen: dict[str, Second], run: str) -> Second:
        """How a run goes on with phrases, noted among what was seen."""
        found = seen[run] = self.goes_on(words, run, 0)
        self._pairs += 1
        return found

    def goes_on(self, words: Iterable[tuple[str, Fits]], text: str, at: int) -> Second:
        """How the word that begins at `at` goes on with phrases, given by their second word."""
        ends: list[tuple[int, int]] = []
        asks: list[tuple[int, str, Pattern]] = []
        for word, fits in words:
            if not text.startswith(word, at):
                continue
            end = len(word)
            rest = WORD_REST.match(text, at + end).group()  # type: ignore[union-attr]
            for one in fits:
                mark = one.more[0][1]
                if rest and not (mark and self.may_end(rest, mark, one.lang)):
                    continue
                if len(one.more) > 1 or one.cased or one.before:
                    asks.append((end + len(rest), one.more[1][0] if len(one.more) > 1 else "", one))
                else:
                    ends.append((end + len(rest), one.concept))
        return Second(tuple(ends), tuple(asks))

    def may_end(self, rest: str, mark: str, lang: str) -> bool:
        """Whether a word whose stem bears this mark may end so."""
        if mark == "*":
            return len(rest) <= LONGEST_ENDING
        endings = self._endings.get(lang)
        return endings is not None and endings.fit(rest)

    def _read(self, runs: list[str], lang: str) -> dict[str, Held | None]:
        """What each of some runs of letters holds, whatever stands around it; None: nothing."""
        read: dict[str, Held | None] = dict.fromkeys(runs)
        automaton, tells = self._stems.automaton, self._stems.tells(lang)
        if automaton is None:
            return read
        text = "\n".join(runs)
        held = _Holding()
        number, begins, ends = 0, 0, len(runs[0])
        for last, stem in automaton.iter(text):
            told = tells[stem]
            if told is None:
                continue
            if last >= ends:
                read[runs[number]] = self._all(held, ends - begins)
                held = _Holding()
                while last >= ends:
                    number += 1
                    begins, ends = ends + 1, ends + 1 + len(runs[number])
            size, _, entry = told
            self._look(held, entry, text, last + 1 - size, begins)
        read[runs[number]] = self._all(held, ends - begins)
        return read

    def _look(self, held: "_Holding", entry: Entry, text: str, start: int, begins: int) -> None:
        """Note what an entry finds at a place of a text, if a word begins there; all counts from `begins`."""
        word_end = start + entry.length
        rest = ""
        if not entry.free:
            if start and text[start - 1].isalnum():
                return
            rest = WORD_REST.match(text, word_end).group()  # type: ignore[union-attr]
            if rest and not entry.marked:
                return
            word_end += len(rest)
        if entry.alone and not rest:
            held.fixed += [(start - begins, begins - word_end, concept) for concept in entry.bare]
        else:
            place = (start - begins, word_end - begins)
            self._hold(held, entry, place, rest, text[word_end : word_end + 1])

    def _all(self, held: "_Holding", length: int) -> Held | None:
        """All that was found of a run of so many characters; None: nothing."""
        if not (held.fixed or held.phrases or held.rare):
            return None
        return (
            tuple(self.unhidden(sorted(held.fixed))),
            tuple(
                [(at, until, by, {} if until == length else None) for (at, until), by in held.phrases.items()]
            ),
            tuple(held.rare),
        )

    def _hold(self, held: "_Holding", entry: Entry, place: tuple[int, int], rest: str, then: str) -> None:
        """Note what an entry finds at a place in a run: `rest` is left of its word, and `then` follows."""
        start, word_end = place
        cased, after, phrases = entry.cased, entry.after, entry.phrases
        if not rest:
            held.fixed += [(start, -word_end, concept) for concept in entry.bare]
        else:
            if len(rest) <= LONGEST_ENDING:
                held.fixed += [(start, -word_end, concept) for concept in entry.open]
            held.fixed += [
                (start, -word_end, one.concept) for one in entry.closed if self.may_end(rest, "~", one.lang)
            ]
            cased = self._ending(cased, rest)
            after = {last: kept for last, fits in after.items() if (kept := self._ending(fits, rest))}
            phrases = {key: self._words(words, rest) for key, words in phrases.items()}
            phrases = {key: words for key, words in phrases.items() if words}
        if cased or after:
            held.rare.append((start, word_end, cased, after))
        if phrases and (not then or then in PARTING):
            other = held.phrases.get(place, {})
            held.phrases[place] = (
                {key: (*other.get(key, ()), *phrases.get(key, ())) for key in (*other, *phrases)}
                if other
                else phrases
            )

    def _ending(self, fits: Fits, rest: str) -> Fits:
        """Those of some patterns whose stem may be followed by this rest of a word."""
        return tuple([one for one in fits if one.mark and self.may_end(rest, one.mark, one.lang)])

    def _words(self, words: tuple[tuple[str, Fits], ...], rest: str) -> tuple[tuple[str, Fits], ...]:
        """The same of phrases, by their second word."""
        return tuple([(word, kept) for word, fits in words if (kept := self._ending(fits, rest))])


class _Holding:
    """What is found of a run of letters, while it is read."""

    def __init__(self) -> None:
        self.fixed: list[Raw] = []
        self.phrases: dict[tuple[int, int], Phrases] = {}
        self.rare: list[Rare] = []
