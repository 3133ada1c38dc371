from hypothesis import given
from hypothesis import strategies as st

from bot.core.asking.query import parse
from bot.core.asking.snippet import LONGEST, snippet, wanted
from tests.core.reading import understander

PACKS = understander().packs


def marked(text: str, query: str) -> list[str]:
    found = snippet(text, wanted(parse(query, PACKS), PACKS))
    return [span.text for span in found if span.style == "hit"]


def test_the_words_that_were_looked_for_are_marked_with_their_endings() -> None:
    assert marked("The deposits were sold; one deposit is left.", "deposit") == ["deposits", "deposit"]


def test_a_word_of_another_language_marks_what_it_names() -> None:
    assert marked("A mine of tungsten ore in Kazakhstan.", "вольфрам") == ["tungsten"]
    assert marked("Казахстан продаст вольфрамовый рудник.", "mineral:tungsten") == ["вольфрамовый"]


def test_a_phrase_is_marked_whole_and_its_words_alone_are_not() -> None:
    assert marked("rare birds; rare earths; earths", '"rare earths"') == ["rare earths"]


def test_what_must_not_be_there_is_not_marked() -> None:
    assert marked("gold and silver", "gold -silver") == ["gold"]


def test_the_stretch_is_where_most_of_it_is_said_and_says_where_it_was_cut() -> None:
    text = "Gold first. " + "Other things. " * 60 + "Then gold and silver together. " + "And more. " * 60

    found = snippet(text, wanted(parse("gold silver"), PACKS))

    assert "".join(span.text for span in found).startswith("…Then gold and silver together.")
    assert found[-1].text.endswith("…")


def test_nothing_found_is_no_snippet() -> None:
    assert snippet("Nothing of it here.", wanted(parse("uranium"), PACKS)) == ()
    assert snippet("", wanted(parse("uranium"), PACKS)) == ()


@given(st.text(max_size=600), st.text(max_size=20))
def test_a_snippet_is_a_stretch_of_the_text_and_short(text: str, word: str) -> None:
    found = snippet(f"{text} {word} {text}", frozenset({tuple(word.split())} if word.split() else ()))

    told = "".join(span.text for span in found)
    assert len(told) <= LONGEST + 2
    assert told.strip("…") in f"{text} {word} {text}".replace("…", "") or "…" in text + word
