"""How a decision is told: what was meant by the words, once, and by its name."""

from typing import Any

import pytest

from bot.core.as_json import decision_json
from bot.core.documents import Bullets
from bot.core.explain import explain
from bot.core.story import Article
from bot.core.understand import Lines
from tests.core.reading import understander


def told(title: str, text: str = "") -> list[list[str]]:
    """The lists of lines of the account of a story."""
    reads = understander()
    parts = explain(reads.decide(Article(title, text)), reads.packs, Lines())
    lists = [part.lines for part in parts if isinstance(part, Bullets)]
    return [["".join(span.text for span in line) for line in lines] for lines in lists]


def test_words_that_say_what_they_name_are_told_once() -> None:
    lines = [
        line for lines in told("Kazakhstan and China sign tungsten memorandum in Astana") for line in lines
    ]

    assert any(line.startswith("Kazakhstan, in the title at 0,") for line in lines)
    assert any(line.startswith("tungsten, in the title at") for line in lines)
    assert any(line.startswith("Astana: Kazakhstan (capital), in the title") for line in lines)


def test_what_counts_against_topics_says_against_which() -> None:
    against = told("Kazakhstan's national football team draws with China")[-1]

    football = [line for line in against if line.startswith("football: sport")]
    assert len(football) > 1
    assert all(" for " in line for line in football)


def test_a_place_that_several_rules_count_is_told_once_a_topic() -> None:
    text = "The president of Kazakhstan, Kassym-Jomart Tokayev, and the foreign minister signed a memorandum."

    topics = told("Kazakhstan signs memorandum", text)

    assert any(topics)
    for lines in topics:
        places = [(line.rpartition(", ")[0], line.partition(" for ")[2]) for line in lines]
        assert len(set(places)) == len(places)


def test_a_place_that_several_rules_count_stands_once_a_topic_in_the_data_too() -> None:
    article = Article("Kazakhstan signs memorandum", "President Tokayev signed it for Kazakhstan.")
    decision = understander().decide(article)

    data: Any = decision_json(decision)

    places = [(each["topic"], each["concept"], each["field"], each["start"]) for each in data["why"]]
    assert len(set(places)) == len(places) < len(decision.why)
    for topic in decision.topics:
        told_of = sum(each["weight"] for each in data["why"] if each["topic"] == topic)
        assert told_of == pytest.approx(sum(r.weight for r in decision.why if r.topic == topic), abs=0.01)
