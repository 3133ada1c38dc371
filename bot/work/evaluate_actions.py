"""`eval --actions`: how well labelled stories are told as actions, as a document and as data."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.core.actions.merging import Telling, merge_all
from bot.core.actions.scores import ActionScores, Predicted, label_of, score_actions, sum_of
from bot.core.documents import Bullets, Heading, Part, Table, plain
from bot.core.understand import Understander
from bot.errors import InputError
from bot.work.evaluate import MOST_MISTAKES, Evaluation
from bot.work.rows import article_of


def with_actions(
    evaluation: Evaluation,
    rows: Sequence[Mapping[str, Any]],
    labels: Sequence[Mapping[str, Any]],
    understander: Understander,
) -> Evaluation:
    """The evaluation of `rows`, and beside it how well their actions are told.

    A label's `key` is the `event` or the `id` of rows; it holds `instrument` and `stage`, and may hold
    `also` and `stage_also` (other readings that are right), `parties`, `amount` and `day` (null: there is
    none). Raises ValueError for one that is no label, and InputError when there are none.
    """
    if not labels:
        raise InputError("the file of actions has no labels")
    scores = score_actions(map(label_of, labels), _predicted(rows, understander))
    document = evaluation.document
    return Evaluation(
        replace(document, parts=(*document.parts, *_parts(scores))),
        {**evaluation.data, "actions": _data(scores)},
    )


def _predicted(rows: Sequence[Mapping[str, Any]], understander: Understander) -> dict[str, Predicted]:
    """What is told by the stories of each event, and by each story alone."""
    tellings: dict[str, list[Telling]] = defaultdict(list)
    for row in rows:
        key = str(row["id"])
        article = article_of(row)
        telling = Telling(key, article.source, understander.decide(article).actions)
        for name in dict.fromkeys((key, str(row.get("event") or key))):
            tellings[name].append(telling)
    first = {key: merge_all(told)[0].action for key, told in tellings.items() if any(t.actions for t in told)}
    return {
        key: Predicted(
            action.instrument,
            action.stage,
            parties=frozenset(action.parties),
            sums=frozenset([sum_of(one.amount, one.currency)] if (one := action.amount) else ()),
            days=frozenset([action.day.isoformat()] if action.day else ()),
        )
        for key, action in first.items()
    }


def _parts(scores: ActionScores) -> list[Part]:
    figures = (
        ("instrument", scores.instrument, scores.instrument_or_also),
        ("stage", scores.stage, scores.stage_or_also),
        ("both", scores.both, scores.both_or_also),
    )
    parts: list[Part] = [
        Heading(f"Actions: {scores.labels} labelled, {', '.join(_figures(scores))}"),
        Table(
            ("", "as labelled", "or as right"),
            tuple((name, f"{strict:.3f}", f"{lenient:.3f}") for name, strict, lenient in figures),
        ),
    ]
    if scores.mistakes:
        told = tuple(
            plain(f"{one.key}: {' '.join(one.wanted)}, told {' '.join(one.got) if one.got else 'nothing'}")
            for one in scores.mistakes[:MOST_MISTAKES]
        )
        parts += [Heading("Actions told otherwise than labelled"), Bullets(told)]
    return parts


def _figures(scores: ActionScores) -> list[str]:
    """The F1 of the parties, and of what else is labelled."""
    found = (("parties", scores.parties_f1), ("amounts", scores.amounts_f1), ("days", scores.days_f1))
    return [f"{name} F1 {score:.3f}" for name, score in found if score is not None]


def _data(scores: ActionScores) -> dict[str, object]:
    return {
        "labels": scores.labels,
        "strict": {
            "instrument": round(scores.instrument, 4),
            "stage": round(scores.stage, 4),
            "both": round(scores.both, 4),
        },
        "lenient": {
            "instrument": round(scores.instrument_or_also, 4),
            "stage": round(scores.stage_or_also, 4),
            "both": round(scores.both_or_also, 4),
        },
        "parties_f1": round(scores.parties_f1, 4),
        **({} if scores.amounts_f1 is None else {"amounts_f1": round(scores.amounts_f1, 4)}),
        **({} if scores.days_f1 is None else {"days_f1": round(scores.days_f1, 4)}),
        "mistakes": [
            {"key": one.key, "wanted": list(one.wanted), "got": list(one.got) if one.got else None}
            for one in scores.mistakes
        ],
    }
