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
_OWN: Final = {DEEDS: 1, BENDS: 2}
SMALL: Final = 3  # letters of a word that is too frequent to be looked for
SHORT: Final = 6  # letters up to which a word may mean something else in another language
LONGEST_ENDING: Final = 14  # letters after a stem marked "*"; real endings are shorter
_WORD_REST: Final = re.compile(
    r"\w{0,24}"
)  # bounded: a "word" of a million letters must not be read at every hit
_GAP: Final = re.compile(r"[\s\-‐‑–—/'\"«»„“”&]{1,3}")
_PARTING: Final = frozenset(" -\n\t\u00a0‑–—'’\"«“")
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


class Hit(NamedTuple):
    """A mention before anything is known of its surroundings."""

    start: int  # offsets into the folded text
    end: int
    concept: Concept


class _Follow(NamedTuple):
    """A pattern, told from the word of it that the automaton looks for."""

    concept: Concept
    mark: str  # of that word: "", "*", "~"
    lang: str
    more: tuple[tuple[str, str], ...]  # the words after it: stem, mark
    cased: str  # the pattern as written when case matters, else ""
    only: str  # the one language of the text in which the pattern counts; "": any
    before: str  # the short words before it, with a space after each


class _Entry(NamedTuple):
    """What the automaton gives for a stem: the patterns that are told from it."""

    length: int
    free: bool  # of a script without spaces: no word boundaries
    marked: bool  # some pattern lets an ending follow the stem
    alone: tuple[_Follow, ...]  # patterns of this one word
    phrases: Mapping[str, tuple[_Follow, ...]]  # by the first two letters of their second word


class Lexicon:
    """The words of some packs, ready to be found. Immutable after construction; threads may share it."""

    def __init__(self, packs: Packs) -> None:
        self._endings = {code: _Endings(language) for code, language in packs.languages.items()}
        by_stem: dict[str, list[_Follow]] = {}
        for words in packs.words:
            concept = packs.concepts[words.concept]
            for pattern in words.patterns:
                for variant in _variants(pattern, words.lang):
                    stem, follow = _compile(variant, concept, words.lang)
                    by_stem.setdefault(stem, []).append(follow)
        automaton = ahocorasick.Automaton()
        for stem, follows in by_stem.items():
            automaton.add_word(stem, _entry(stem, follows))
        automaton.make_automaton()
        self._automaton = automaton
        self.stems = tuple(sorted(by_stem))

    def find(self, folded: Folded, lang: str) -> list[Hit]:
        """All places where a word of a concept stands, in order; a phrase wins over the words in it.

        `lang` is the text's language: short words of other languages are not looked for.
        """
        if not self.stems:
            return []
        hits = self._all(folded, lang)
        hits.sort(key=_place)
        families: tuple[list[Hit], ...] = ([], [], [], [])
        for hit in hits:
            kind = hit[2].kind
            families[0 if kind in NAMES else _OWN.get(kind, 3)].append(hit)
        kept = [hit for family in families for hit in _longest(family)]
        kept.sort(key=_place)
        return kept

    def _all(self, folded: Folded, lang: str) -> list[Hit]:
        """Every place where a pattern fits, whatever else fits there."""
        text = folded.text
        size = len(text)
        hits: list[Hit] = []
        for last, entry in self._automaton.iter(text):
            stop = last + 1
            start = stop - entry[0]
            word_end, rest = stop, ""
            if not entry[1]:
                if start and text[start - 1].isalnum():
                    continue
                if stop < size and text[stop].isalnum():
                    if not entry[2]:
                        continue
                    word_end = _WORD_REST.match(text, stop).end()  # type: ignore[union-attr]
                    rest = text[stop:word_end]
            for follow in entry[3]:
                if self._fits(follow, rest, lang):
                    _keep(follow, folded, start, word_end, hits)
            if entry[4]:
                hits.extend(self._phrases(entry[4], folded, start, word_end, rest=rest, lang=lang))
        return hits

    def _phrases(
        self,
        phrases: Mapping[str, tuple[_Follow, ...]],
        folded: Folded,
        start: int,
        word_end: int,
        *,
        rest: str,
        lang: str,
    ) -> list[Hit]:
        """The phrases that go on after a first word."""
        hits: list[Hit] = []
        gap = _GAP.match(folded.text, word_end)
        if gap is None:
            return hits
        at = gap.end()
        for follow in phrases.get(folded.text[at : at + 2], ()):
            if self._fits(follow, rest, lang):
                end = self._end_of(folded.text, at, follow)
                if end > 0:
                    _keep(follow, folded, start, end, hits)
        return hits

    def _fits(self, follow: _Follow, rest: str, lang: str) -> bool:
        """Whether a pattern allows the rest of its first word, and counts in the text's language."""
        if follow[5] and follow[5] != lang:
            return False
        return not rest or (bool(follow[1]) and self._may_end(rest, follow[1], follow[2]))

    def _may_end(self, rest: str, mark: str, lang: str) -> bool:
        if mark == "*":
            return len(rest) <= LONGEST_ENDING
        endings = self._endings.get(lang)
        return endings is not None and endings.fit(rest)

    def _end_of(self, text: str, at: int, follow: _Follow) -> int:
        """Where a phrase ends whose second word should stand at `at`; -1: it is not there."""
        for place, (stem, mark) in enumerate(follow.more):
            if place:
                gap = _GAP.match(text, at)
                if gap is None:
                    return -1
                at = gap.end()
            if not text.startswith(stem, at):
                return -1
            at += len(stem)
            if at < len(text) and text[at].isalnum():
                end = _WORD_REST.match(text, at).end()  # type: ignore[union-attr]
                if not mark or not self._may_end(text[at:end], mark, follow.lang):
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
    return _Entry(
        length=len(stem),
        free=_is_free(stem),
        marked=any(follow.mark for follow in follows),
        alone=tuple(follow for follow in follows if not follow.more),
        phrases={key: tuple(found) for key, found in phrases.items()},
    )


def _keep(follow: _Follow, folded: Folded, start: int, end: int, hits: list[Hit]) -> None:
    """Note a hit, if the words before it and the case of its letters are as the pattern says."""
    if follow[6]:
        text, words = folded.text, follow[6]
        start -= len(words)
        if (
            start < 0
            or not text.startswith(words[:-1], start)
            or text[start + len(words) - 1] not in _PARTING
        ):
            return
        if start and text[start - 1].isalnum():
            return
    if not follow[4] or folded.original.startswith(follow[4], folded.span(start, end)[0]):
        hits.append(Hit(start, end, follow[0]))


def _place(hit: Hit) -> tuple[int, int]:
    return hit[0], -hit[1]


def _longest(hits: list[Hit]) -> list[Hit]:
    """Drop hits inside a longer one, of hits in order; several concepts of the very same span all stay."""
    kept: list[Hit] = []
    reach, span, seen = -1, (-1, -1), set[str]()
    for hit in hits:
        start, end, concept = hit
        if (start, end) == span:
            if concept.id not in seen:
                seen.add(concept.id)
                kept.append(hit)
            continue
        if end <= reach:
            continue
        reach, span, seen = end, (start, end), {concept.id}
        kept.append(hit)
    return kept


def _variants(pattern: str, lang: str) -> tuple[str, ...]:
    """Uzbek is often typed without its apostrophes: both spellings are looked for."""
    if lang == "uz" and "'" in fold(pattern).text:
        bare = fold(pattern).text.replace("'", "")
        return (pattern, bare) if len(bare) > 4 else (pattern,)
    return (pattern,)


def _compile(pattern: str, concept: Concept, lang: str) -> tuple[str, _Follow]:
    cased = pattern[1:] if pattern.startswith("=") else ""
    words = [_split(word) for word in fold(cased or pattern).text.replace("-", " ").split()]
    if cased:
        cased = cased.replace("*", "").replace("~", "")
    # A short first word is everywhere ("to sign"): the automaton looks for the next longer one,
    # but not past a word with an ending, which is looked at from its beginning only.
    marked = next((place for place, (_, mark) in enumerate(words) if mark), len(words) - 1)
    longer = next((place for place, (word, _) in enumerate(words) if len(word) > SMALL), marked)
    first = min(marked, longer)
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
