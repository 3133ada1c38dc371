"""Which language a text is in, by its letters and its small words; what a feed declares is only a hint."""

import re
from collections.abc import Mapping
from typing import Final

from bot.core.concepts import Language
from bot.core.text import fold

SAMPLE: Final = 500  # characters looked at; more changes no answer
UNKNOWN: Final = "und"

_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SCRIPTS: Final = (
    ("ja", re.compile("[\u3040-\u30ff]+")),  # kana before Han: Japanese has both
    ("zh", re.compile("[\u4e00-\u9fff]+")),
    ("ko", re.compile("[\uac00-\ud7a3]+")),
    ("ru", re.compile("[\u0400-\u04ff]+")),
    ("en", re.compile("[A-Za-z]+")),
)


def detect(title: str, text: str, hint: str, languages: Mapping[str, Language]) -> str:
    """The language of a story, ISO 639-1; "und" when it has no letters of a script we read.

    A letter that one language owns counts like a small word of it; the hint
    breaks ties and decides only where nothing else speaks.
    """
    sample = (title[:SAMPLE] + "\n" + text[:SAMPLE]).lower()
    script = _script(sample)
    if script in (UNKNOWN, "zh", "ja", "ko"):
        return script
    letters = set(sample)
    words = set(_WORD.findall(fold(sample).text))
    declared = hint.lower().partition("-")[0].partition("_")[0]
    best, most = script, 0.0
    for code, language in languages.items():
        score = 2.0 * len(words & language.common) + 2.0 * sum(
            letter in letters for letter in language.letters
        )
        if score and code == declared:
            score += 1.0
        if score > most:
            best, most = code, score
    if not most and declared in languages and _script_of(declared, languages) == script:
        return declared
    return best


def _script(sample: str) -> str:
    """The default language of the script most letters are in."""
    if sample.isascii():
        return "en" if _SCRIPTS[-1][1].search(sample) else UNKNOWN
    counts = {code: sum(map(len, pattern.findall(sample))) for code, pattern in _SCRIPTS}
    if counts["ja"] * 5 > counts["zh"] and counts["ja"] > counts["ru"] + counts["en"]:
        return "ja"
    # A Han or Hangul character is a word's worth, a letter is not.
    weighed = {"zh": counts["zh"] * 3, "ko": counts["ko"] * 3, "ru": counts["ru"], "en": counts["en"]}
    best = max(weighed, key=lambda code: weighed[code])
    return best if weighed[best] else UNKNOWN


def _script_of(code: str, languages: Mapping[str, Language]) -> str:
    common = "".join(languages[code].common)
    return "ru" if any("\u0400" <= letter <= "\u04ff" for letter in common) else "en"
