"""Whatever comes in: an answer, in bounded time, the same every time, with exact spans."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.decision_json import dump
from bot.core.story import Article, Decision
from bot.store.codec import load
from tests.core.reading import decide, understander

WORDS = [
    "Uzbekistan", "O‘zbekiston", "Қазақстанның", "tungsten", "вольфрама", "signed", "меморандум", "the",
    "稀土", "rare-earth", "Related News", "\n", " ", ", ", ". ",
    "\u00ad", "\u200b", "и\u0306", "\x00", "\ud800", "İ", "(",
    "«", "Astana cycling", "US", "C5+1", "lithium-ion battery", "$1.1 billion", "2026-02-04", "—", "🙂", "ﬁ",
    "a" * 40,
]  # fmt: skip
texts = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=60).map("".join))
spaced = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


@settings(deadline=None)  # the first example builds the automaton
@given(texts, st.one_of(texts, spaced))
def test_every_span_is_the_phrase_it_names(title: str, text: str) -> None:
    article = Article(title, text)

    decision = understander().decide(article)

    for reason in (*decision.why, *decision.against):
        assert getattr(article, reason.field)[reason.start : reason.end] == reason.phrase
    for mention in understander().mentions(article):
        assert 0 <= mention.start < mention.end <= len(getattr(article, mention.field))


@settings(deadline=None)
@given(texts, spaced)
def test_scores_are_shares_and_the_decision_is_the_same_again(title: str, text: str) -> None:
    once, again = decide(title, text), decide(title, text)

    assert once == again
    assert all(0.0 <= score <= 1.0 for score in once.scores.values())


@given(spaced, spaced)
@settings(max_examples=50, deadline=None)
def test_a_decision_comes_back_from_json_as_it_was(title: str, text: str) -> None:
    clean = [part.encode("utf-8", "replace").decode() for part in (title, text)]
    decision = decide(*clean)

    assert load(dump(decision), Decision) == decision
    json.loads(dump(decision))


@pytest.mark.parametrize(
    "text",
    ["", " ", "\x00" * 1000, "\ud800" * 1000, "the and of " * 1000, "\u0301" * 5000, "Related News\n" * 3000],
    ids=["nothing", "space", "nul", "surrogates", "stop words", "marks", "headings"],
)
def test_strange_texts_are_decided_and_flag_nothing(text: str) -> None:
    assert not decide(text, text).tier.flagged


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "é",
        "Kazakhstan, ",
        "uranium mining ",
        "to sign to sign ",
        "неде́ля ",
        "China, Iran, ",
        "(((",
        "稀土",
    ],
)
def test_a_megabyte_is_decided_in_bounded_time(unit: str) -> None:
    from time import process_time

    text = unit * (1_000_000 // len(unit.encode()))
    began = process_time()

    decide("Title", text)

    # Linear: about a second here. What is not linear takes minutes at this length.
    assert process_time() - began < 30


def test_a_megabyte_on_a_neighbour_of_whom_the_title_names_is_decided_in_bounded_time() -> None:
    from time import process_time

    text = "Uzbekistan " * 90_000
    began = process_time()

    decide("Kazakhstan signs uranium deal", text)

    # A second here; half a minute when each name was looked for among all others.
    assert process_time() - began < 10
