"""The automaton finds stems by a shorter way than patterns are worked out by: both must mean the same."""

from bot.core.concepts import Language
from bot.core.patterns import compiled, stem_of, variants
from bot.core.text import fold
from tests.core.reading import understander


def test_a_pattern_is_told_from_the_stem_that_is_looked_for() -> None:
    packs = understander().packs
    for words in packs.words[::20]:
        language = packs.languages.get(words.lang) or Language(words.lang)
        for pattern in words.patterns:
            for written in variants(pattern, language):
                stem, _ = compiled(written, 0, words.lang, language.common)

                assert stem_of(fold(written).text, language.common) == stem
