"""Finding the words of concepts in a text: one pass of an automaton, then a look at each hit.

A pattern is a phrase of words parted by spaces. After a word, `*` lets any
ending follow ("казахстан*"), `~` only an ending of the pattern's language
("мед~" in Russian: медь, меди, медью); without a mark the word stands as it is.
A pattern that begins with "=" is matched in the case it is written in ("=US").
Between words of a phrase stand spaces, hyphens or a line break.

The automaton looks for the first longer word of each pattern; the others are checked
where it hit. Each check is bounded, so the whole is linear in the text's length.
"""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

import ahocorasick

from bot.core.concepts import Concept, Language, Packs
from bot.core.story import Field
from bot.core.text import Folded, fold

# A phrase hides the words in it, but only within a family: "finds lithium" is a deed and must
# not hide lithium, "lithium-ion battery" names something else and must.
_PEOPLE: Final = ("country", "people", "region", "place", "person", "body", "elsewhere")
_THINGS: Final = ("mineral", "umbrella", "battery", "nuclear", "decoy")
NAMES: Final = frozenset((*_PEOPLE, *_THINGS))
DEEDS: Final = "act"
BENDS: Final = "bend"  # "plans to", "may": they stand over deeds and hide none
FAMILIES: Final = 5
_OWN: Final = {DEEDS: 1, BENDS: 2, "ore": 4}  # the others share one
SMALL: Final = 3  # letters of a word that is too frequent to be looked for
SHORT: Final = 6  # letters up to which a word may mean something else in another language
LONGEST_ENDING: Final = 14  # letters after a stem marked "*"; real endings are shorter
# Bounded: a "word" of a million letters must not be read at every hit.
_WORD_REST: Final = re.compile(r"\w{0,24}")
_GAP: Final = re.compile(r"[\s\-‐‑–—/'\"«»„“”&]{1,3}")
# The characters of _GAP that may come first, for a quick look before it.
_PARTING: Final = frozenset(" -\n\r\t\u00a0\u202f\u3000‐‑–—/'’\"«»„“”&")
_NO_SPACES: Final = (
    "\u2e80"  # from here on scripts are written without spaces (Hangul is not, but its words are marked)
)
_HANGUL: Final = ("\uac00", "\ud7a3")


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


class _Follow(NamedTuple):
    """A pattern, told from the word of it that the automaton looks for."""

    concept: int  # its number
    mark: str  # of that word: "", "*", "~"
    lang: str
    more: tuple[tuple[str, str], ...]  # the words after it: stem, mark
    cased: str  # the pattern as written when case matters, else ""
    only: str  # the one language of the text in which the pattern counts; "": any
    before: str  # the short words before it, with a space after each


class _Entry(NamedTuple):
    """What an automaton gives for a stem: the patterns that are told from it."""

    length: int
    free: bool  # of a script without spaces: no word boundaries
    marked: bool  # some pattern lets an ending follow the stem
    bare: tuple[int, ...]  # concepts that the bare stem names, whatever else
    open: tuple[int, ...]  # of these, those that any ending may follow
    closed: tuple[_Follow, ...]  # of these, those with endings of a language
    cased: tuple[_Follow, ...]  # one-word patterns that ask for case
    after: Mapping[str, tuple[_Follow, ...]]  # patterns that end here, by the last letter before the gap
    # Phrases by the first two letters of their second word: these words, for a look at them all at once.
    phrases: Mapping[str, tuple[tuple[str, ...], tuple[_Follow, ...]]]


class Lexicon:
    """The words of some packs, ready to be found. Threads may share it: what it keeps is only remembered."""

    def __init__(self, packs: Packs) -> None:
        self._endings = {code: _Endings(language) for code, language in packs.languages.items()}
        self._concepts = tuple(packs.concepts.values())
        self._family = tuple(0 if c.kind in NAMES else _OWN.get(c.kind, 3) for c in self._concepts)
        self._common = {code: language.common for code, language in packs.languages.items()}
        numbers = {concept.id: number for number, concept in enumerate(self._concepts)}
        by_stem: dict[str, list[_Follow]] = {}
        for words in packs.words:
            common = self._common.get(words.lang, frozenset())
            for pattern in words.patterns:
                for variant in _variants(pattern, words.lang):
                    stem, follow = _compile(variant, numbers[words.concept], words.lang, common)
                    by_stem.setdefault(stem, []).append(follow)
        self._by_stem = by_stem
        self._spoken = frozenset(follow.only for follows in by_stem.values() for follow in follows)
        # What every language has in common is made once and held by all their automata.
        self._shared = {
            stem: _entry(stem, follows)
            for stem, follows in by_stem.items()
            if not any(follow.only for follow in follows)
        }
        self._automata: dict[str, ahocorasick.Automaton] = {}
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
        lang = lang if lang in self._spoken else ""
        found = self._automata.get(lang)
        if found is None and self._by_stem:
            found = ahocorasick.Automaton()
            for stem, follows in self._by_stem.items():
                if stem in self._shared:
                    found.add_word(stem, self._shared[stem])
                elif speak := [follow for follow in follows if follow.only in ("", lang)]:
                    found.add_word(stem, _entry(stem, speak))
            found.make_automaton()
            self._automata[lang] = found
        return found

    def _all(self, folded: Folded, lang: str) -> list[_Raw]:  # noqa: C901, PLR0912
        """Every place where a pattern fits, whatever else fits there.

        This is the loop that understanding spends its time in: it calls as little as it can.
        """
        text = folded.text
        size = len(text)
        hits: list[_Raw] = []
        found = hits.append
        automaton = self._automaton_for(lang)
        for last, entry in automaton.iter(text) if automaton is not None else ():
            length, free, marked, bare, open_, closed, cased, after, phrases = entry
            stop = word_end = last + 1
            start = stop - length
            rest = ""
            if not free:
                if start and text[start - 1].isalnum():
                    continue
                if stop < size and text[stop].isalnum():
                    if not marked:
                        continue
                    word_end = _WORD_REST.match(text, stop).end()  # type: ignore[union-attr]
                    rest = text[stop:word_end]
            if not rest:
                for number in bare:
                    found((start, -stop, number))
            else:
                if word_end - stop <= LONGEST_ENDING:
                    for number in open_:
                        found((start, -word_end, number))
                for follow in closed:
                    if self._may_end(rest, "~", follow[2]):
                        found((start, -word_end, follow[0]))
            if cased:
                hits += self._kept(cased, folded, (start, word_end, word_end), rest)
            if after and start > 1 and (follows := after.get(text[start - 2])):
                hits += self._kept(follows, folded, (start, word_end, word_end), rest)
            if phrases and text[word_end : word_end + 1] in _PARTING:
                at = word_end + (1 if text[word_end + 1 : word_end + 2].isalnum() else _gap(text, word_end))
                known = phrases.get(text[at : at + 2])
                if known is not None and text.startswith(known[0], at):
                    hits += self._kept(known[1], folded, (start, word_end, at), rest)
        return hits

    def _kept(
        self,
        follows: tuple[_Follow, ...],
        folded: Folded,
        place: tuple[int, int, int],
        rest: str,
    ) -> list[_Raw]:
        """The patterns that fit in all they ask for.

        `place` is where the stem begins, where its word ends and where the next word begins.
        """
        text = folded.text
        hits: list[_Raw] = []
        start, word_end, at = place
        for concept, mark, of, more, cased, _, before in follows:
            if rest and not (mark and self._may_end(rest, mark, of)):
                continue
            end = self._end_of(text, at, more, of) if more else word_end
            begin = start - len(before)
            if end < 0 or (before and not _stands_before(text, begin, before)):
                continue
            if not cased or folded.original.startswith(cased, folded.span(begin, end)[0]):
                hits.append((begin, -end, concept))
        return hits

    def _may_end(self, rest: str, mark: str, lang: str) -> bool:
        if mark == "*":
            return len(rest) <= LONGEST_ENDING
        endings = self._endings.get(lang)
        return endings is not None and endings.fit(rest)

    def _end_of(self, text: str, at: int, more: tuple[tuple[str, str], ...], lang: str) -> int:
        """Where a phrase ends whose second word should stand at `at`; -1: it is not there."""
        for place, (stem, mark) in enumerate(more):
            if place:
                gap = _gap(text, at)
                if not gap:
                    return -1
                at += gap
            if not text.startswith(stem, at):
                return -1
            at += len(stem)
            if at < len(text) and text[at].isalnum():
                end = _WORD_REST.match(text, at).end()  # type: ignore[union-attr]
                if not mark or not self._may_end(text[at:end], mark, lang):
                    return -1
                at = end
        return at


class _Endings:
    """Whether a rest of a word is made of a language's endings; answers are kept."""

    def __init__(self, language: Language) -> None:
        self._endings = frozenset(fold(ending).text for ending in language.endings)
        self._longest = max((len(e) for e in self._endings), default=0)
        self._chain = language.chain
        self._known: dict[str, bool] = {}

    def fit(self, rest: str) -> bool:
        if len(rest) > LONGEST_ENDING + 6:
            return False
        known = self._known.get(rest)
        if known is None:
            known = self._fits(rest, self._chain)
            if len(self._known) < 20_000:  # hostile text must not fill the memory
                self._known[rest] = known
        return known

    def _fits(self, rest: str, left: int) -> bool:
        if rest in self._endings:
            return True
        if left <= 1:
            return False
        sizes = range(1, min(self._longest, len(rest) - 1) + 1)
        return any(rest[:size] in self._endings and self._fits(rest[size:], left - 1) for size in sizes)


def _entry(stem: str, follows: list[_Follow]) -> _Entry:
    phrases: dict[str, list[_Follow]] = {}
    for follow in follows:
        if follow.more:
            # A second word of one letter has a space after it.
            phrases.setdefault((follow.more[0][0] + " ")[:2], []).append(follow)
    alone = [follow for follow in follows if not follow.more]
    plain = [follow for follow in alone if not (follow.cased or follow.before)]
    lasts = {follow.before[-2] for follow in alone if follow.before}
    return _Entry(
        length=len(stem),
        free=_is_free(stem),
        marked=any(follow.mark for follow in follows),
        bare=tuple(dict.fromkeys(follow.concept for follow in plain)),
        open=tuple(dict.fromkeys(follow.concept for follow in plain if follow.mark == "*")),
        closed=tuple(follow for follow in plain if follow.mark == "~"),
        cased=tuple(f for f in alone if f.cased and not f.before),
        after={last: tuple(f for f in alone if f.before[-2:-1] == last) for last in lasts},
        phrases={
            key: (tuple({follow.more[0][0] for follow in found}), tuple(found))
            for key, found in phrases.items()
        },
    )


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


def _variants(pattern: str, lang: str) -> tuple[str, ...]:
    """Uzbek is often typed without its apostrophes: both spellings are looked for."""
    if lang == "uz" and "'" in fold(pattern).text:
        bare = fold(pattern).text.replace("'", "")
        return (pattern, bare) if len(bare) > 4 else (pattern,)
    return (pattern,)


def _compile(pattern: str, concept: int, lang: str, common: frozenset[str]) -> tuple[str, _Follow]:
    cased = pattern[1:] if pattern.startswith("=") else ""
    words = [_split(word) for word in fold(cased or pattern).text.replace("-", " ").split()]
    if cased:
        cased = cased.replace("*", "").replace("~", "")
    # A short or common first word is everywhere ("to sign", "will travel"): the automaton looks for the
    # next telling one, but not past a word with an ending, which is looked at from its beginning only.
    marked = next((place for place, (_, mark) in enumerate(words) if mark), len(words) - 1)
    small = [len(word) <= SMALL or (len(word) <= SHORT and word in common) for word, _ in words]
    first = min(marked, small.index(False) if False in small else marked)
    if len(words[first][0]) <= SMALL and not words[first][1]:
        first = max(range(first + 1), key=lambda place: len(words[place][0]))
    before = "".join(f"{word} " for word, _ in words[:first])
    (stem, mark), *more = words[first:]
    # One short word is a hazard; a phrase, a cased word or one of a script without spaces is not.
    short = len(words) == 1 and len(stem) <= SHORT and not cased and not _is_free(stem) and lang != "mul"
    return stem, _Follow(concept, mark, lang, tuple(more), cased, lang if short else "", before)


def _split(word: str) -> tuple[str, str]:
    return (word[:-1], word[-1]) if word[-1] in "*~" else (word, "")


def _is_free(stem: str) -> bool:
    return stem[0] >= _NO_SPACES and not _HANGUL[0] <= stem[0] <= _HANGUL[1]
