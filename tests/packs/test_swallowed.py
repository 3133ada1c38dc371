"""Words that hold other words: a city is no deed in any of the languages, and everyday words name nothing."""

from functools import cache
from itertools import accumulate

import pytest

from bot.core.concepts import Packs
from bot.core.lexicon import Lexicon
from bot.core.text import fold
from bot.packs.reader import load
from tests.packs.everyday import EVERYDAY

NAMED = ("place", "person", "country", "people", "region")
TOLD = ("noise", "instrument", "society", "deed", "origin", "tail", "talk", "market")
SHORT = 2  # letters of what is another word in another language: the town of Osh is pilaf in Uzbek
LANGUAGES = ("en", "ru", "uz", "kk", "ky", "tg", "tk", "tr", "de", "fr", "zh")


@cache
def lexicon() -> Lexicon:
    return Lexicon(load())


def bare(pattern: str) -> str:
    """A pattern as it stands in a text, without its marks."""
    return fold(pattern.lstrip("=").replace("*", "").replace("~", "").replace("-", " ")).text


def weighted(packs: Packs) -> set[str]:
    """The deeds that give points to a topic; what the others tell is only read where a deed is looked for."""
    given = {one for topic in packs.topics for part in topic.parts for one in part.kinds}
    return {concept for concept in packs.concepts if concept.startswith("act.") and concept in given}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_name_of_a_metal_a_place_or_a_person_is_heard_as_a_deed_or_a_noise(lang: str) -> None:
    packs = load()
    kinds = {concept.id: concept.kind for concept in packs.concepts.values()}
    deeds = weighted(packs)
    # A word may be both on purpose, also with an ending: a forum, a law, a club that is called as its town.
    both = {
        bare(pattern)
        for words in packs.words
        if kinds[words.concept] in TOLD or words.concept in deeds
        for pattern in words.patterns
    }
    names = {
        bare(pattern)
        for words in packs.words
        for pattern in words.patterns
        if (kinds[words.concept] == "mineral" and words.lang in (lang, "mul"))
        or (kinds[words.concept] in NAMED and pattern.strip("=")[0].isupper())
    }

    alone = sorted(name for name in names if both.isdisjoint((name, name.removesuffix("s"))))
    ends = {end: name for name, end in zip(alone, accumulate(len(name) + 3 for name in alone), strict=True)}

    heard = {
        (ends[end + 3], concept.id)
        for start, end, concept, *_ in lexicon().find(fold(" | ".join(alone)), lang)
        if (concept.kind in TOLD or concept.id in deeds) and len(ends.get(end + 3, "")) == end - start > SHORT
    }

    assert not heard


@pytest.mark.parametrize("lang", sorted(EVERYDAY))
def test_no_everyday_word_names_a_metal_a_place_or_a_deed(lang: str) -> None:
    deeds = weighted(load())

    heard = {
        (word, concept.id)
        for word in EVERYDAY[lang].split()
        for _, _, concept, *_ in lexicon().find(fold(word), lang)
        if concept.kind in (*NAMED, *TOLD, "body", "mineral", "decoy", "mining", "ore") or concept.id in deeds
    }

    assert not heard
