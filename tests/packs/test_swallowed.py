"""Words that hold other words: a city is no deed in any of the languages, and everyday words name nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate

import pytest

from bot.core.reading.concepts import Concept, Packs
from bot.core.text import fold
from bot.packs.reader import load
from tests.core.reading import lexicon
from tests.packs.everyday import EVERYDAY

NAMED = ("place", "person", "country", "people", "region")
PROPER = ("place", "person", "country")
METALS = ("mineral", "mining")
TOLD = ("noise", "instrument", "society", "deed", "origin", "tail", "talk", "market")
SHORT = 2  # letters of what is another word in another language: the town of Osh is pilaf in Uzbek
LANGUAGES = ("en", "ru", "uz", "kk", "ky", "tg", "tk", "tr", "de", "fr", "zh")


@cache
def bare(pattern: str) -> str:
    """A pattern as it stands in a text, without its marks."""
    return fold(pattern.lstrip("=").replace("*", "").replace("~", "").replace("-", " ")).text


def heard_in(names: Iterable[str], lang: str) -> Iterator[tuple[str, Concept]]:
    """What is heard in names that stand one after another, where it is as long as the name."""
    listed = sorted(names)
    ends = {end: name for name, end in zip(listed, accumulate(len(name) + 3 for name in listed), strict=True)}
    for start, end, concept in lexicon().find(fold(" | ".join(listed)), lang):
        if len(ends.get(end + 3, "")) == end - start:
            yield ends[end + 3], concept


def weighted(packs: Packs) -> set[str]:
    """The deeds that give points to a topic; what the others tell is only read where a deed is looked for."""
    given = {one for topic in packs.topics for part in topic.parts for one in part.kinds}
    return {concept for concept in packs.concepts if concept.startswith("act.") and concept in given}


def test_no_name_of_a_metal_a_place_or_a_person_is_heard_as_a_deed_or_a_noise() -> None:
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
        if kinds[words.concept] in NAMED
        for pattern in words.patterns
        if pattern.strip("=")[0].isupper()
    }
    metals = [words for words in packs.words if kinds[words.concept] == "mineral"]

    heard = set()
    for lang in LANGUAGES:
        metal = {bare(each) for words in metals if words.lang in (lang, "mul") for each in words.patterns}
        alone = {name for name in names | metal if both.isdisjoint((name, name.removesuffix("s")))}
        heard |= {
            (lang, name, concept.id)
            for name, concept in heard_in(alone, lang)
            if (concept.kind in TOLD or concept.id in deeds) and len(name) > SHORT
        }

    assert not heard


def test_no_noise_is_heard_in_the_name_of_a_metal_a_place_or_a_person() -> None:
    """What fills the news is not heard in a name: a bauxite mine is no boxing, and zirconium no circus."""
    packs = load()
    kinds = {concept.id: concept.kind for concept in packs.concepts.values()}
    # Some words are both on purpose, also in the plural: a club that is called as its town.
    both = {
        fold(pattern.strip("=*~")).text
        for words in packs.words
        if kinds[words.concept] == "noise"
        for pattern in words.patterns
    }
    names: dict[str, set[str]] = defaultdict(set)
    for words in packs.words:
        for pattern in words.patterns:
            if kinds[words.concept] in METALS or (
                kinds[words.concept] in PROPER and pattern.strip("=")[0].isupper()
            ):
                names[words.lang].add(fold(pattern.strip("=*~")).text)

    heard = {
        (lang, name, concept.id)
        for lang, its in names.items()
        for name, concept in heard_in(
            (name for name in its if both.isdisjoint((name, name.removesuffix("s")))), lang
        )
        if concept.kind == "noise"
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
