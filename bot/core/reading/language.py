"""Which language a text is in, by its letters and its small words; what a feed declares is only a hint."""

import re
import string
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain
from typing import Final

from bot.core.reading.concepts import Language
from bot.core.text import fold

MOST_RUNS: Final = 4_000  # of letters, that are remembered; small words are in few
FIRST: Final = 3  # letters that the beginning or the end of a word has at least
SAMPLE: Final = 300  # characters looked at; more changes no answer
UNKNOWN: Final = "und"

_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_WIDE: Final = re.compile("[\u3040-\ud7a3]")
_CHARACTERS: Final = (
    re.compile("[\u3040-\u30ff]+"),  # kana, before Han: Japanese has both
    re.compile("[\u4e00-\u9fff]+"),
    re.compile("[\uac00-\ud7a3]+"),
)
_LATIN: Final = string.ascii_letters.encode()
_CYRILLIC: Final = bytes(range(0xD0, 0xD4))  # a letter of U+0400 to U+04FF begins with one of these in UTF-8


class Detector:
    """Tells languages apart by what packs say of them. Threads may share it: it only remembers."""

    def __init__(self, languages: Mapping[str, Language]) -> None:
        self._by_word = _index({code: language.common for code, language in languages.items()})
        # Beginnings of words by their first letters, and ends by their last, the longest first.
        self._begun: dict[str, list[str]] = {}
        self._ended: dict[str, list[str]] = {}
        for sign in sorted(self._by_word, key=len, reverse=True):
            if sign.endswith("*"):
                self._begun.setdefault(sign[:FIRST], []).append(sign[:-1])
            elif sign.startswith("~"):
                self._ended.setdefault(sign[-FIRST:], []).append(sign[1:])
        self._by_letter = _index({code: language.letters for code, language in languages.items()})
        self._marked = not any(map(str.isascii, self._by_letter))  # none is of the plain alphabet
        self._words_in = lru_cache(maxsize=MOST_RUNS)(self._read)
        self._order = {code: place for place, code in enumerate(languages)}
        self._scripts = {
            code: frozenset(map(_script, language.common)) for code, language in languages.items()
        }

    def detect(self, title: str, text: str, hint: str) -> tuple[str, bool]:
        """The language of a story, ISO 639-1, and whether more than one sign speaks for it.

        It is "und" when the story has no letters of a script we read. A letter that
        few languages have counts like a small word; the hint is a sign too, and
        decides alone only where nothing else speaks.
        """
        sample = (title[:SAMPLE] + "\n" + text[:SAMPLE]).lower()
        script = _script(sample)
        if script in (UNKNOWN, "zh", "ja", "ko"):
            return script, True
        words = set(chain.from_iterable(map(self._words_in, set(fold(sample).text.split()))))
        letters = set() if sample.isascii() and self._marked else self._by_letter.keys() & set(sample)
        speak = chain(map(self._by_word.__getitem__, words), map(self._by_letter.__getitem__, letters))
        declared = hint.lower().partition("-")[0].partition("_")[0]
        spoken = Counter(chain.from_iterable(speak))
        scores = {code: said + 0.5 if code == declared else said for code, said in spoken.items()}
        if scores:
            best = min(scores, key=lambda code: (-scores[code], self._order[code]))
            return best, scores[best] > 1.0
        return (declared, True) if script in self._scripts.get(declared, ()) else (script, False)

    def _read(self, run: str) -> tuple[str, ...]:
        """What of a run of letters speaks for a language: words, "мыйзам*" and "~dagi" for parts of them."""
        return tuple([sign for word in _WORD.findall(run) for sign in self._signs(word)])

    def _signs(self, word: str) -> list[str]:
        if word in self._by_word:
            return [word]
        begun = [f"{stem}*" for stem in self._begun.get(word[:FIRST], ()) if word.startswith(stem)]
        ended = [f"~{ending}" for ending in self._ended.get(word[-FIRST:], ()) if word.endswith(ending)]
        return (begun or ended)[:1]


def _index(languages: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    """The languages that each word or letter speaks for."""
    index: dict[str, list[str]] = {}
    for code, members in languages.items():
        for member in members:
            index.setdefault(member, []).append(code)
    return index


def _script(sample: str) -> str:
    """The default language of the script most letters are in."""
    if sample.isascii():
        return "en" if any(map(str.isalpha, sample)) else UNKNOWN
    encoded = sample.encode("utf-8", "surrogatepass")
    ru, en = _count(encoded, _CYRILLIC), _count(encoded, _LATIN)
    zh = ja = ko = 0
    if _WIDE.search(sample):
        ja, zh, ko = (len("".join(pattern.findall(sample))) for pattern in _CHARACTERS)
    if ja * 5 > zh and ja > ru + en:
        return "ja"
    # A Han or Hangul character is a word's worth, a letter is not.
    weighed = {"zh": zh * 3, "ko": ko * 3, "ru": ru, "en": en}
    best = max(weighed, key=lambda code: weighed[code])
    return best if weighed[best] else UNKNOWN


def _count(encoded: bytes, members: bytes) -> int:
    """How many bytes of a text are among these; far quicker than to look for its letters."""
    return len(encoded) - len(encoded.translate(None, members))
