"""Two metals in one phrase, "selenium and tellurium": it hides the words in it, so it stands under both."""

from collections import defaultdict

from bot.packs.reader import load
from tests.packs.test_swallowed import bare

JOINS = frozenset({"and", "и", "va", "ва", "жана", "және", "we", "ve", "und", "et", "y", "e", "i"})


def test_a_phrase_of_two_metals_stands_under_both() -> None:
    # An oxide or a magnet that is called by two is one thing: only what joins two metals is asked. Scandium
    # beside yttrium is told as one of the rare earths, which a decree lists by their names.
    stands: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    packs = load()
    for words in packs.words:
        if words.concept.startswith("mineral."):
            for pattern in words.patterns:
                named = pattern.replace(",", " and")
                stands[words.lang, bare(named)].add(packs.concepts[words.concept].value)

    short = {
        phrase: sorted(metals)
        for (lang, phrase), metals in stands.items()
        if len(parts := phrase.split()) > 2
        and parts[1] in JOINS
        and "rare earths" not in metals
        and not (stands.get((lang, parts[0]), set()) | stands.get((lang, parts[2]), set())) <= metals
    }

    assert short == {}
