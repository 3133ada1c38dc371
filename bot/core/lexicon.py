"""Finding the words of concepts in a text: one pass of an automaton, then a look at each hit.

A pattern is a phrase of words parted by spaces. After a word, `*` lets any
ending follow ("казахстан*"), `~` only an ending of the pattern's language
("мед~" in Russian: медь, меди, медью); without a mark the word stands as it is.
A pattern that begins with "=" is matched in the case it is written in ("=US").
Between words of a phrase stand spaces, hyphens or a line break.

The automaton looks for the first word of each pattern; what follows is checked
where it hit. Each check is bounded, so the whole is linear in the text's length.
"""

import re
from typing import Final, NamedTuple

import ahocorasick

from bot.core.concepts import Concept, Language, Packs
from bot.core.story import Field
from bot.core.text import Folded, fold

# A phrase hides the words in it, but only within a family: "finds lithium" is a deed and must
# not hide lithium, "lithium-ion battery" names something else and must.
NAMES: Final = frozenset(
    "country people region place person body mineral umbrella decoy battery nuclear elsewhere".split()
)
DEEDS: Final = "act"
SHORT: Final = 5  # letters up to which a word may mean something else in another language
LONGEST_ENDING: Final = 14  # letters after a stem marked "*"; real endings are shorter
_WORD_REST: Final = re.compile(
    r"\w{0,24}"
)  # bounded: a "word" of a million letters must not be read at every hit
_GAP: Final = re.compile(r"[\s\-‐‑–—/'\"«»„“”&]{1,3}")
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
    """What must stand after a pattern's first stem."""

    concept: Concept
    mark: str  # of the first word: "", "*", "~"
    lang: str
    more: tuple[tuple[str, str], ...]  # the other words: stem, mark
    cased: str  # the pattern as written when case matters, else ""
    only: str  # the one language of the text in which the pattern counts; "": any


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
            # Longest phrase first, so that the look at a hit can stop early.
            ordered = tuple(sorted(follows, key=lambda f: -sum(len(s) for s, _ in f.more)))
            automaton.add_word(stem, (len(stem), _is_free(stem), ordered))
        if by_stem:
            automaton.make_automaton()
        self._automaton = automaton if by_stem else None
        self.stems = tuple(sorted(by_stem))

    def find(self, folded: Folded, lang: str) -> list[Hit]:
        """All places where a word of a concept stands, in order; a phrase wins over the words in it.

        `lang` is the text's language: short words of other languages are not looked for.
        """
        if self._automaton is None:
            return []
        text, original = folded.text, folded.original
        size = len(text)
        hits: list[Hit] = []
        rest_of = _WORD_REST.match
        for last, (length, free, follows) in self._automaton.iter(text):
            start = last + 1 - length
            if not free and start and text[start - 1].isalnum():
                continue
            stop = last + 1
            bare = free or stop == size or not text[stop].isalnum()
            word_end = stop if bare else rest_of(text, stop).end()  # type: ignore[union-attr]
            for concept, mark, of, more, cased, only in follows:
                if only and only != lang:
                    continue
                if not bare and not (mark and self._may_end(text[stop:word_end], mark, of)):
                    continue
                end = self._follow(text, word_end, more, of) if more else word_end
                if end < 0:
                    continue
                if cased:
                    at, until = folded.span(start, end)
                    if not original.startswith(cased, at) or (until - at) < len(cased):
                        continue
                hits.append(Hit(start, end, concept))
        hits.sort(key=_place)
        families: tuple[list[Hit], list[Hit], list[Hit]] = ([], [], [])
        for hit in hits:
            kind = hit.concept.kind
            families[0 if kind in NAMES else 1 if kind == DEEDS else 2].append(hit)
        return sorted((hit for family in families for hit in _longest(family)), key=_place)

    def _may_end(self, rest: str, mark: str, lang: str) -> bool:
        if mark == "*":
            return len(rest) <= LONGEST_ENDING
        endings = self._endings.get(lang)
        return endings is not None and endings.fit(rest)

    def _follow(self, text: str, at: int, more: tuple[tuple[str, str], ...], lang: str) -> int:
        """Where the rest of a phrase ends when it stands at `at`, else -1."""
        for stem, mark in more:
            if not _is_free(stem):
                gap = _GAP.match(text, at)
                if gap is None:
                    return -1
                at = gap.end()
            if not text.startswith(stem, at):
                return -1
            at += len(stem)
            if not _is_free(stem) and at < len(text) and text[at].isalnum():
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
    (stem, mark), *more = words
    # One short word is a hazard; a phrase, a cased word or one of a script without spaces is not.
    short = not more and len(stem) <= SHORT and not cased and not _is_free(stem) and lang != "mul"
    return stem, _Follow(concept, mark, lang, tuple(more), cased, lang if short else "")


def _split(word: str) -> tuple[str, str]:
    return (word[:-1], word[-1]) if word[-1] in "*~" else (word, "")


def _is_free(stem: str) -> bool:
    return stem[0] >= _NO_SPACES and not _HANGUL[0] <= stem[0] <= _HANGUL[1]
