import math
import random
from typing import Any

import pytest

from bot.errors import InputError
from bot.work.calibrate import calibrate, fit
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


def test_a_fit_finds_where_labels_turn() -> None:
    chance = random.Random(7)
    points = [chance.uniform(0, 6) for _ in range(800)]
    labels = [chance.random() < 1 / (1 + math.exp(-2.0 * (point - 3.0))) for point in points]

    line, slope = fit(points, labels, 2.0, 1.0)

    assert line == pytest.approx(3.0, abs=0.4)
    assert 1.0 < slope < 2.4


def test_labels_that_are_told_apart_without_mistake_do_not_ask_for_an_endless_slope() -> None:
    line, slope = fit([0.0, 1.0, 5.0, 6.0], [False, False, True, True], 2.0, 1.5)

    assert 1.0 < line < 5.0
    assert slope < 10


def test_every_labelled_topic_is_calibrated() -> None:
    assert set(calibrate(ROWS, understander())) == {"central_asia", "critical_minerals", "policy"}


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
def test_a_row_without_a_label_is_named(row: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="line 2"):
        evaluate([ROWS[0], row], understander())
