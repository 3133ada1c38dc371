"""One spelling for words that several alphabets share.

A name crosses alphabets and spellings: Kutessay and Кутессай, Khujand, Худжанд and Xo'jand, Zhaparov and
Japarov. `fold` writes a word in plain Latin letters; `skeleton` keeps what all its spellings agree on: the
consonants, as classes of sound. The tables cover the Cyrillic of Russian, Kazakh, Kyrgyz, Tajik, Uzbek and
Bulgarian, and the Latin of Uzbek, Turkmen, Turkish and the languages of Europe.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_CYRILLIC: Final = {
    **dict(zip("абвгдезиклмнопрстуфэ", "abvgdeziklmnoprstufe", strict=True)),
    **dict(zip("ғқңөүұһіәҳӣӯўѝ", "gknouuhiahiuoi", strict=True)),
    "ж": "zh", "й": "y", "ё": "e", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ь": "",
    "ы": "y", "ю": "yu", "я": "ya", "ҷ": "dzh", "ї": "i", "є": "e", "ґ": "g",
}  # fmt: skip
_LATIN: Final = {"ı": "i", "ß": "ss", "ø": "o", "ł": "l", "æ": "e", "ə": "a", "đ": "d", "ŋ": "n"}
# Ş and Ç are the sh and ch of Turkish and Turkmen, Ž the zh of Turkmen; other accents only fall away.
_HOOKED: Final = {"ş": "sh", "ç": "ch", "ž": "zh", "š": "sh", "č": "ch", "ў": "o", "й": "y", "ё": "e"}
_TRANSLATED: Final = str.maketrans({**_CYRILLIC, **_LATIN, **_HOOKED})
_MARKS: Final = dict.fromkeys(map(ord, "'’‘ʻʼ`´-‐‑"), None)

# One sound, one letter. Order matters: longer spellings first.
_SOUNDS: Final = (
    ("tsch", "c"), ("sch", "s"), ("tch", "c"), ("dzh", "j"), ("chr", "kr"), ("dj", "j"), ("zh", "j"),
    ("kh", "h"), ("gh", "g"), ("sh", "s"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("ts", "s"), ("ce", "se"),
    ("ci", "si"), ("cy", "si"), ("ch", "ç"), ("c", "k"), ("ç", "c"), ("q", "k"), ("w", "v"),
    ("z", "s"), ("y", ""),
)  # fmt: skip
_SPELLS: Final = {  # letters that stand for another sound in one language
    "uz": (("x", "h"),),
    "tr": (("c", "j"),),
    "az": (("c", "j"), ("x", "h")),
    "de": (("j", "y"), ("w", "v")),
}
_TURKIC: Final = frozenset({"uz", "kk", "ky", "tk", "tr", "az", "tt", "kaa"})
_SLAVIC: Final = frozenset({"ru", "bg", "uk", "be"})
# Case and number endings that carry a consonant (vowels fall away anyway), on folded letters.
_ENDING_TURKIC: Final = re.compile(
    r"(?:ning|[ndt][iyu]n|[ndtl][aeo]r|[dt][ae]g[iy]|[dtn][aeo]n|menen|[mbp]en|[gk][aeo]|[dt][aeo]|[ndts][iyu])$"
)
_ENDING_SLAVIC: Final = re.compile(r"(?:[aiy]mi|yami|[oe]go|[oe]mu|(?<!pr)[oeaiy]m|yam|[iya]kh|yakh)$")
_ENDING_VOWELS: Final = re.compile(r"[aeiouy]+(?:kh|m|v)?$")  # of words; "v": genitive plurals
_SHORTEST_STEM: Final = 4
_STEM: Final = 6  # letters of a stem: six keep kinds of act apart and drop most endings
_SHORTEST_SKELETON: Final = 3


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Write `word` in plain lower-case Latin letters; other scripts stay as they are.

    >>> fold("Oʻzbekiston"), fold("Ўзбекистон"), fold("Көшербаев")
    ('ozbekiston', 'ozbekiston', 'kosherbaev')
    """
    lowered = word.lower().translate(_MARKS).translate(_TRANSLATED)
    if lowered.isascii():
        return lowered
    plain = unicodedata.normalize("NFKD", lowered)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def bare(folded: str, lang: str) -> str:
    """Take case endings off a folded word of an inflected language, never below four letters."""
    if lang in _TURKIC:
        for _ in range(2):  # number, then case
            folded = _without(folded, _ENDING_TURKIC)
    elif lang in _SLAVIC:
        folded = _without(folded, _ENDING_SLAVIC)
    return folded


def _without(folded: str, ending: re.Pattern[str]) -> str:
    stripped = ending.sub("", folded)
    return stripped if len(stripped) >= _SHORTEST_STEM else folded


@lru_cache(maxsize=65536)
def skeleton(name: str, lang: str) -> str:
    """Reduce a proper name to what its spellings share across alphabets.

    Its consonants as sounds, with "a" for a vowel it begins with. A name of fewer than three consonants keeps
    its vowels, for the consonants alone would fit too many others.

    >>> skeleton("Tokayev", "en"), skeleton("Токаевым", "ru"), skeleton("Тоқаевтың", "kk")
    ('tkv', 'tkv', 'tkv')
    """
    sounds = bare(fold(name), lang)
    for spelled, sound in (*_SPELLS.get(lang, ()), *_SOUNDS):
        if spelled in sounds:
            sounds = sounds.replace(spelled, sound)
    sounds = re.sub(r"(.)\1+", r"\1", sounds.replace("x", "ks"))
    head = "a" if sounds[:1] in set("aeiou") else ""
    consonants = head + re.sub(r"[aeiou]", "", sounds)
    return consonants if len(consonants) >= _SHORTEST_SKELETON else sounds


@lru_cache(maxsize=65536)
def stem(word: str, lang: str) -> str:
    """Reduce a word to what its forms share.

    >>> stem("Minerals", "en"), stem("минералов", "ru"), stem("minerallar", "uz")
    ('minera', 'minera', 'minera')
    """
    folded = fold(word)
    if lang == "en":
        folded = re.sub(r"(?<=...)(?:'s|ies|es|s|ed|ing|e|y)$", "", folded)
    else:
        folded = _without(_without(bare(folded, lang), _ENDING_VOWELS), _ENDING_VOWELS)
    return re.sub(r"(.)\1+", r"\1", folded.replace("x", "ks").replace("ph", "f"))[:_STEM]
