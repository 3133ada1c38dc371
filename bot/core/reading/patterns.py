"""How the words of packs are written, made ready for an automaton.

A pattern is a phrase of words parted by spaces. After a word, `*` lets any
ending follow ("казахстан*"), `~` only an ending of the pattern's language
("мед~" in Russian: медь, меди, медью); without a mark the word stands as it is.
A pattern that begins with "=" is matched in the case it is written in ("=US").
Between words of a phrase stand spaces, hyphens or a line break.

The automaton looks for one telling word of each pattern; the others are looked at where it hit.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from bot.core.reading.concepts import Language
from bot.core.text import fold

SMALL: Final = 3  # letters of a word that is too frequent to be looked for
SOFTENED: Final = 5  # letters of a word whose last consonant may change; that of short ones seldom does
SHORT: Final = 6  # letters up to which a word may mean something else in another language
AFTER_A_WORD: Final = (
    "",
    *" \n,.;:!?)»”\"'’…–—-/",
)  # what may follow a second word of one letter: "Kambarata-1".
LONGEST_ENDING: Final = 14  # letters after a stem marked "*"; real endings are shorter
_PEOPLE: Final = ("country", "people", "region", "place", "person", "body", "elsewhere")
_THINGS: Final = ("mineral", "umbrella", "battery", "nuclear", "decoy")
NAMES: Final = frozenset((*_PEOPLE, *_THINGS))  # kinds of concepts that are named, and not told of
_VOWELS: Final = frozenset("aeiouyаеиоуыэюяәіөүұў")
_HANGUL: Final = ("\uac00", "\ud7a3")
_NO_SPACES: Final = (
    "\u2e80"  # from here on scripts are written without spaces (Hangul is not, but its words are marked)
)


class Pattern(NamedTuple):
    """A pattern, told from the word of it that the automaton looks for."""

    concept: int  # its number
    mark: str  # of that word: "", "*", "~"
    lang: str
    more: tuple[tuple[str, str], ...]  # the words after it: stem, mark
    cased: str  # the pattern as written when case matters, else ""
    only: str  # the one language of the text in which the pattern counts; "": any
    before: str  # the short words before it, with a space after each


Fits = tuple[Pattern, ...]
FitsBy = Mapping[str, Fits]
Phrases = Mapping[str, tuple[tuple[str, Fits], ...]]
"""Phrases by the first two letters of their second word, then by that word's stem."""


class Entry(NamedTuple):
    """What an automaton gives for a stem: the patterns that are told from it."""

    length: int
    free: bool  # of a script without spaces: no word boundaries
    marked: bool  # some pattern lets an ending follow the stem
    bare: tuple[int, ...]  # concepts that the bare stem names, whatever else
    open: tuple[int, ...]  # of these, those that any ending may follow
    closed: tuple[Pattern, ...]  # of these, those with endings of a language
    cased: Fits  # one-word patterns that ask for case
    after: FitsBy  # patterns that end here, by the last letter before the gap
    phrases: Phrases
    alone: bool  # nothing of it depends on the text around


class Endings:
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


def variants(pattern: str, language: Language) -> tuple[str, ...]:
    """A pattern, and how else it is written: before a vowel, in another script, without apostrophes."""
    if not (language.spellings or language.softens):
        return (pattern,)
    found = [pattern, *softened(pattern, language.softens)]
    for written in tuple(found) if language.spellings else ():
        if written.startswith("="):
            continue  # in this case, and so written: "qaraganda" is no city
        folded = fold(written).text
        if language.code == "uz" and "'" in folded:
            bare = folded.replace("'", "")
            found += [bare] if len(bare) > 4 else []
        found += spelled(folded, language.spellings)
    return tuple(found)


def softened(pattern: str, softens: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """A pattern before an ending that begins with a vowel, where its last consonant is another one there.

    >>> softened("soliq*", (("q", "g'"),)), softened("bank*", (("k", "g"),))
    (("solig'*",), ())
    """
    stem, mark = _split(pattern)
    hards = [pair for pair in softens if stem.endswith(pair[0])] if mark else ()
    if not hards or len(stem.rpartition(" ")[2]) < SOFTENED or pattern.startswith("="):
        return ()
    return tuple(
        stem.removesuffix(hard) + soft + mark
        for hard, soft in hards
        if fold(stem[: -len(hard)]).text[-1:] in _VOWELS
    )


def spelled(text: str, spellings: tuple[tuple[tuple[str, str], ...], ...]) -> tuple[str, ...]:
    """A folded text in other spellings, where they differ. Letters after a space are a word's first.

    >>> spelled("мыс*", ((("м", "m"), ("ы", "y"), ("с", "s")),))
    ('mys*',)
    >>> spelled("ega el", (((" e", " э"), ("e", "е"), ("g", "г"), ("a", "а"), ("l", "л")),))
    ('эга эл',)
    """
    found: dict[str, None] = {}
    for spelling in spellings:
        several, single = _parted(spelling)
        other = f" {text}"
        for letters, written in several:
            other = other.replace(letters, written)
        found[other.translate(single)[1:]] = None
    return tuple(other for other in found if other != text)


@lru_cache(maxsize=64)
def _parted(spelling: tuple[tuple[str, str], ...]) -> tuple[tuple[tuple[str, str], ...], dict[int, str]]:
    """What is written for several letters together, which comes first; and for single ones."""
    several = tuple(pair for pair in spelling if len(pair[0]) > 1)
    return several, {ord(letter): written for letter, written in spelling if len(letter) == 1}


def words_of(folded: str) -> list[tuple[str, str]]:
    """The words of a folded pattern, each with its mark."""
    return [_split(word) for word in folded.removeprefix("=").replace("-", " ").split()]


def telling(words: list[tuple[str, str]], common: frozenset[str]) -> int:
    """The number of the word that the automaton looks for; one that is `common` is none such.

    A short or common first word is everywhere ("to sign", "will travel"): it is the next telling one, but
    not past a word with an ending, which is looked at from its beginning only.
    """
    word = words[0][0]
    if len(words) == 1 or (len(word) > SMALL and (len(word) > SHORT or word not in common)):
        return 0  # of nearly all: no need to look further
    marked = next((place for place, (_, mark) in enumerate(words) if mark), len(words) - 1)
    small = [len(word) <= SMALL or (len(word) <= SHORT and word in common) for word, _ in words]
    first = min(marked, small.index(False) if False in small else marked)
    if len(words[first][0]) <= SMALL and not words[first][1]:
        first = max(range(first + 1), key=lambda place: (len(words[place][0]), words[place][0] not in common))
    return first


def compiled(
    pattern: str, words: list[tuple[str, str]], first: int, concept: int, lang: str, *, apart: bool = False
) -> Pattern:
    """A pattern from its notation, told from the first of its folded words that the automaton looks for.

    A word that stands `apart` counts in texts of its own language only.
    """
    cased = pattern[1:].replace("*", "").replace("~", "") if pattern.startswith("=") else ""
    before = "".join([f"{word} " for word, _ in words[:first]])
    (stem, mark), *more = words[first:]
    # One short word is a hazard; a phrase, a cased word or one of a script without spaces is not.
    hazard = (len(stem) <= SHORT or apart) and not cased and not is_free(stem) and lang != "mul"
    only = lang if hazard and len(words) == 1 else ""
    return Pattern(concept, mark, lang, tuple(more), cased, only, before)


def _split(word: str) -> tuple[str, str]:
    return (word[:-1], word[-1]) if word[-1] in "*~" else (word, "")


def is_free(stem: str) -> bool:
    """Whether a stem is of a script that is written without spaces."""
    return stem[0] >= _NO_SPACES and not _HANGUL[0] <= stem[0] <= _HANGUL[1]


def entry_of(stem: str, follows: list[Pattern]) -> Entry:
    """What the automaton gives for a stem."""
    seconds: dict[str, list[Pattern]] = {}
    for follow in follows:
        if follow.more:
            seconds.setdefault(follow.more[0][0], []).append(follow)
    phrases: dict[str, list[tuple[str, Fits]]] = {}
    for word, found in seconds.items():
        for key in [word[:2]] if len(word) > 1 else [word + after for after in AFTER_A_WORD]:
            phrases.setdefault(key, []).append((word, tuple(found)))
    alone = [follow for follow in follows if not follow.more]
    plain = [follow for follow in alone if not (follow.cased or follow.before)]
    lasts = {follow.before[-2] for follow in alone if follow.before}
    return Entry(
        length=len(stem),
        free=is_free(stem),
        marked=any(follow.mark for follow in follows),
        bare=tuple(dict.fromkeys(follow.concept for follow in plain)),
        open=tuple(dict.fromkeys(follow.concept for follow in plain if follow.mark == "*")),
        closed=tuple(follow for follow in plain if follow.mark == "~"),
        cased=tuple(f for f in alone if f.cased and not f.before),
        after={last: tuple(f for f in alone if f.before[-2:-1] == last) for last in lasts},
        phrases={key: tuple(words) for key, words in phrases.items()},
        alone=len(plain) == len(follows),
    )
