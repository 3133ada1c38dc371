"""`eval --actions`: what is measured, and what is refused."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.errors import InputError
from bot.work.evaluate import Evaluation, evaluate
from bot.work.evaluate_actions import with_actions
from tests.core.reading import understander

ROWS: list[Mapping[str, Any]] = [
    {"text": "", **told}
    for told in (
        {"id": "a", "event": "e", "title": "Kazakhstan and Japan sign memorandum on uranium", "tier": "core"},
        {
            "id": "b",
            "event": "e",
            "title": "Kazakhstan and Japan to sign memorandum on uranium",
            "tier": "core",
        },
        {"id": "c", "title": "China bans exports of antimony", "tier": "minerals"},
    )
]
MOU = {"key": "e", "instrument": "mou", "stage": "signed", "parties": ["JP", "KZ"]}
BAN = {"key": "c", "instrument": "export_control", "stage": "in_force", "parties": ["CN"]}


def measured(*labels: Mapping[str, Any]) -> Evaluation:
    return with_actions(evaluate(ROWS, understander()), ROWS, labels, understander())


def test_actions_that_are_told_right_are_all_ones() -> None:
    data: Any = measured(MOU, BAN).data

    assert data["actions"] == {
        "labels": 2,
        "strict": {"instrument": 1.0, "stage": 1.0, "both": 1.0},
        "lenient": {"instrument": 1.0, "stage": 1.0, "both": 1.0},
        "parties_f1": 1.0,
        "mistakes": [],
    }
    assert data["stories"] == 3  # the rest of the evaluation is there, too


def test_a_reading_that_is_right_too_counts_only_in_the_lenient_figures() -> None:
    data: Any = measured(MOU, BAN | {"stage": "announced", "stage_also": ["in_force"]}).data

    assert data["actions"]["strict"] == {"instrument": 1.0, "stage": 0.5, "both": 0.5}
    assert data["actions"]["lenient"] == {"instrument": 1.0, "stage": 1.0, "both": 1.0}


def test_what_is_told_otherwise_is_listed() -> None:
    data: Any = measured(MOU | {"instrument": "treaty"}, BAN | {"key": "nowhere"}).data

    assert data["actions"]["mistakes"] == [
        {"key": "e", "wanted": ["treaty", "signed"], "got": ["mou", "signed"]},
        {"key": "nowhere", "wanted": ["export_control", "in_force"], "got": None},
    ]


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ({"instrument": "mou", "stage": "signed"}, '"key" is missing'),
        (MOU | {"stage": "signd"}, "stage is 'signd', not one of proposed, "),
        ({"key": "e", "stage": "signed"}, '"instrument" is missing; it is one of mou, '),
        (MOU | {"also": 7}, "also must be a list"),
    ],
)
def test_a_label_that_is_none_says_what_would_be(label: Mapping[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        measured(MOU, label)


def test_no_labels_at_all_are_refused() -> None:
    with pytest.raises(InputError, match="no labels"):
        measured()
