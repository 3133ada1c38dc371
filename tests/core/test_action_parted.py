"""Verbs in two parts: what joins, what does not, and that any text is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.actions.parted import joined
from bot.core.story import Article
from tests.core.reading import understander

UNDERSTANDER = understander()


def deeds(title: str) -> set[str]:
    """The deeds that a German title names once its verbs are whole."""
    article = Article(title, "", lang="de")
    mentions = joined(article, UNDERSTANDER.mentions(article))
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
    return {m.concept.word for m in mentions if m.concept.kind == "act"}


@pytest.mark.parametrize(
    ("title", "deed"),
    [
        ("Astana setzt die Kontrollen für ein Jahr aus", "suspend"),
        ("Astana setzt die Kontrollen aus, wie das Ministerium mitteilt", "suspend"),
        ("Astana hebt die Regeln vom 4. April auf und berät neue", "lift"),
        ("Die Kammer stimmte am Freitag zu", "approve"),
        ("Das Treffen findet statt.", "held"),
    ],
)
def test_the_last_word_of_a_clause_makes_the_verb_whole(title: str, deed: str) -> None:
    assert deed in deeds(title)


@pytest.mark.parametrize(
    ("title", "deed"),
    [
        ("Astana setzt die Kontrollen fort", "suspend"),  # another verb
        ("Astana setzt die Kontrollen aus China um", "suspend"),  # a word of the clause, not its last
        ("Astana setzt ein Zeichen. Die Kontrollen bleiben aus", "suspend"),  # another sentence
        ("Astana setzt " + "weitere " * 30 + "Kontrollen aus", "suspend"),  # too far
    ],
)
def test_a_half_alone_is_no_deed(title: str, deed: str) -> None:
    assert deed not in deeds(title)


def test_what_a_half_would_name_alone_is_not_named_where_it_is_joined() -> None:
    assert "revoke" in deeds("Astana kündigt den Vertrag")
    assert "revoke" not in deeds("Astana kündigt neue Zölle an")
    assert "announce" in deeds("Astana kündigt neue Zölle an")


@given(st.text(alphabet="setzaushbkündig .,!?\n", max_size=300))
def test_any_text_is_read_and_no_half_is_left_where_its_verb_is_whole(text: str) -> None:
    article = Article("Astana setzt " + text, text, lang="de")
    mentions = UNDERSTANDER.mentions(article)
    after = joined(article, mentions)
    assert {m for m in after if m.concept.kind != "act"} <= set(mentions)
