"""The measure of actions, on cases small enough to count by hand."""

import pytest

from bot.core.actions.scores import ActionMistake, Predicted, label_of, score_actions, sum_of
from bot.core.words import Instrument, Stage

MOU = label_of(
    {
        "key": "mou",
        "instrument": "mou",
        "stage": "signed",
        "also": ["visit"],
        "stage_also": [],
        "parties": ["US", "UZ"],
    }
)
BAN = label_of(
    {"key": "ban", "instrument": "export_control", "stage": "announced", "stage_also": ["in_force"]}
)


def test_all_right_is_one_everywhere() -> None:
    scores = score_actions(
        [MOU, BAN],
        {
            "mou": Predicted(Instrument.MOU, Stage.SIGNED, frozenset({"US", "UZ"})),
            "ban": Predicted(Instrument.EXPORT_CONTROL, Stage.ANNOUNCED),
        },
    )

    assert (scores.instrument, scores.stage, scores.both, scores.both_or_also, scores.parties_f1) == (
        1,
        1,
        1,
        1,
        1,
    )
    assert scores.mistakes == ()


def test_another_right_reading_counts_only_in_the_lenient_shares() -> None:
    scores = score_actions(
        [MOU, BAN],
        {
            "mou": Predicted(Instrument.VISIT, Stage.SIGNED, frozenset({"UZ"})),
            "ban": Predicted(Instrument.EXPORT_CONTROL, Stage.IN_FORCE),
        },
    )

    assert (scores.instrument, scores.stage, scores.both) == (0.5, 0.5, 0)
    assert (scores.instrument_or_also, scores.stage_or_also, scores.both_or_also) == (1, 1, 1)
    assert scores.parties_f1 == pytest.approx(2 / 3)


def test_what_is_missing_is_wrong_and_listed() -> None:
    scores = score_actions([MOU, BAN], {"ban": Predicted(Instrument.LAW, Stage.ENDED)})

    assert scores.both_or_also == 0
    assert scores.mistakes == (
        ActionMistake("mou", ("mou", "signed"), None),
        ActionMistake("ban", ("export_control", "announced"), ("law", "ended")),
    )


def test_without_labels_there_is_no_score() -> None:
    with pytest.raises(ValueError, match="no labels"):
        score_actions([], {})


def test_sums_and_days_are_measured_where_they_are_labelled() -> None:
    row = {"instrument": "mou", "stage": "signed"}
    labels = [
        label_of(row | {"key": "sum", "amount": {"value": 4e8, "currency": "USD"}, "day": "2026-02-04"}),
        label_of(row | {"key": "none", "amount": None, "day": None}),
        label_of(row | {"key": "unsaid"}),
    ]
    told = Predicted(
        Instrument.MOU, Stage.SIGNED, sums=frozenset({sum_of(4e8, "USD")}), days=frozenset({"2026-02-04"})
    )

    scores = score_actions(labels, dict.fromkeys(("sum", "none", "unsaid"), told))

    assert scores.amounts_f1 == scores.days_f1 == pytest.approx(2 / 3)
    assert score_actions([MOU], {"mou": told}).amounts_f1 is None


def test_an_amount_that_is_none_is_named() -> None:
    with pytest.raises(ValueError, match=r'amount is \{"value"'):
        label_of({"key": "a", "instrument": "mou", "stage": "signed", "amount": "much"})
