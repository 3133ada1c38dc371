"""What fills the news must not be heard in a name: a bauxite mine is no boxing, and zirconium no circus."""

from bot.core.lexicon import Lexicon
from bot.core.text import fold
from bot.packs.reader import load

NAMED = ("place", "person", "country")
METALS = ("mineral", "mining")


def test_no_noise_is_heard_in_the_name_of_a_metal_a_place_or_a_person() -> None:
    packs = load()
    lexicon = Lexicon(packs)
    kinds = {concept.id: concept.kind for concept in packs.concepts.values()}
    # Some words are both on purpose, also in the plural: a club that is called as its town.
    both = {
        fold(pattern.strip("=*~")).text
        for words in packs.words
        if kinds[words.concept] == "noise"
        for pattern in words.patterns
    }
    names = {
        (words.lang, fold(pattern.strip("=*~")).text)
        for words in packs.words
        for pattern in words.patterns
        if kinds[words.concept] in METALS
        or (kinds[words.concept] in NAMED and pattern.strip("=")[0].isupper())
    }

    heard = {
        (lang, name, concept.id)
        for lang, name in names
        if both.isdisjoint((name, name.removesuffix("s")))
        for start, end, concept, *_ in lexicon.find(fold(name), lang)
        if concept.kind == "noise" and end - start == len(name)
    }

    assert not heard
