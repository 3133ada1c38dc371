import random
from pathlib import Path
from typing import Any

import pytest

from bot.core.weighing.scoring import sureness
from bot.work.calibrate import SLOPES, Seen, fit, left_out, read, tally
from bot.work.evaluate import evaluate
from tests.core.reading import understander

ROWS: list[dict[str, Any]] = [
    {
        "id": "a",
        "title": "Kazakhstan and Japan sign memorandum on tungsten",
        "text": "The ministers met in Astana.",
        "tier": "core",
        "labels": {"central_asia": True, "critical_minerals": True, "policy": True},
        "countries": ["KZ"],
        "minerals": ["tungsten"],
        "lang": "en",
        "event": "x",
    },
    {
        "id": "b",
        "title": "How to cook plov",
        "text": "Fry the meat with onions.",
        "tier": "none",
        "labels": {"central_asia": False, "critical_minerals": False, "policy": False},
        "countries": [],
        "minerals": [],
        "lang": "en",
        "event": None,
    },
]


def drawn(name: str, slope: float, points: int = 600) -> list[Seen]:
    """Stories of a set, of a topic as often as a slope says of their points."""
    chance = random.Random(name)
    above = [chance.uniform(-4, 4) for _ in range(points)]
    labels = [chance.random() < sureness(each, slope) for each in above]
    return [
        Seen(name, "policy", each, int(yes), int(not yes)) for each, yes in zip(above, labels, strict=True)
    ]


@pytest.mark.parametrize("slope", [0.8, 1.5, 2.5])
def test_a_fit_finds_how_sure_points_make(slope: float) -> None:
    assert fit(drawn("a", slope)) == pytest.approx(slope, rel=0.2)


def test_counts_without_a_mistake_ask_for_the_steepest_slope_there_is_and_no_more() -> None:
    assert fit([Seen("a", "policy", 1.0, 9, 0), Seen("a", "policy", -1.0, 0, 9)]) == max(SLOPES)


def test_a_set_is_told_by_slopes_that_never_saw_it() -> None:
    sure, unsure = drawn("sure", 3.0), drawn("unsure", 0.7)

    slopes = {one.name: slope for one, slope in left_out([*sure, *unsure])}

    assert slopes == {"sure": fit(unsure), "unsure": fit(sure)}


def test_a_set_adds_how_far_its_stories_are_above_each_line() -> None:
    counts = tally("new", ROWS, understander())

    assert {(one.topic, one.above > 0, one.yes, one.no) for one in counts} == {
        (topic, yes, int(yes), int(not yes))
        for topic in ("central_asia", "critical_minerals", "policy")
        for yes in (True, False)
    }


def test_the_slopes_of_the_packs_are_those_of_first_sight() -> None:
    seen = read(Path(__file__).parents[2] / "docs" / "first-sight.csv")

    assert {topic.id: topic.slope for topic in understander().packs.topics} == {
        name: fit([one for one in seen if one.topic == name]) for name in {one.topic for one in seen}
    }


def test_scores_are_right_as_often_as_they_say() -> None:
    seen = read(Path(__file__).parents[2] / "docs" / "first-sight.csv")
    scored = [(sureness(one.above, slope), one) for one, slope in left_out(seen)]

    for low, high in ((0.5, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 0.98), (0.98, 1.0)):
        band = [(said, one) for said, one in scored if low <= said < high]
        count = sum(one.yes + one.no for _, one in band)
        said = sum(said * (one.yes + one.no) for said, one in band) / count
        assert sum(one.yes for _, one in band) / count == pytest.approx(said, abs=0.05)


def test_an_evaluation_of_right_decisions_is_all_ones() -> None:
    data = evaluate(ROWS, understander()).data

    assert data["macro_f1"] == 1.0
    assert data["spans_exact"] == 1.0
    assert data["countries"] == data["minerals"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert data["mistakes"] == []


def test_a_mistake_is_told_with_its_reasons() -> None:
    wrong = [{**ROWS[0], "tier": "none", "labels": {"policy": False}}]

    evaluation = evaluate(wrong, understander())

    mistakes: Any = evaluation.data["mistakes"]
    (mistake,) = mistakes
    assert (mistake["wanted"], mistake["got"]) == ("none", "core")
    assert "policy found wrongly" in mistake["said"][0]


@pytest.mark.parametrize(
    "row",
    [
        {"title": "x", "text": "y"},
        {"tier": "kore"},
        {"tier": "core", "labels": ["policy"]},
        {"tier": "none", "countries": "KZ"},
    ],
)
def test_a_row_without_a_label_is_none(row: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"missing|not one of|must be"):
        evaluate([ROWS[0], row], understander())
