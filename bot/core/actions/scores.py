"""How often actions are right, against labels: instrument, stage and both, strictly and leniently."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from bot.core.words import Instrument, Stage

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class ActionLabel:
    """What was done in an event or item. `also` and `stage_also` are other readings that are right."""

    key: str
    instrument: Instrument
    stage: Stage
    also: frozenset[str] = frozenset()
    stage_also: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    sums: frozenset[str] | None = None  # its amount, "2600000000 USD", or none; None: not labelled
    days: frozenset[str] | None = None  # its day, likewise


@dataclass(frozen=True, slots=True)
class ActionMistake:
    """A label that was not met even with its other readings; `got` is None when nothing was predicted."""

    key: str
    wanted: tuple[str, str]
    got: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class ActionScores:
    """Shares from 0 to 1 over all labels; `or_also` counts the other readings as right."""

    labels: int
    instrument: float
    stage: float
    both: float
    instrument_or_also: float
    stage_or_also: float
    both_or_also: float
    parties_f1: float  # micro-averaged over labels that name parties
    amounts_f1: float | None  # over labels that say what it is, or that there is none; None: none says
    days_f1: float | None  # likewise
    mistakes: tuple[ActionMistake, ...]


@dataclass(frozen=True, slots=True)
class Predicted:
    """What was predicted for a label's key."""

    instrument: Instrument
    stage: Stage
    parties: frozenset[str] = frozenset()
    sums: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()


def label_of(row: Mapping[str, Any]) -> ActionLabel:
    """A label from a row of an actions file. Raises ValueError with what would be right when it is none."""
    if "key" not in row:
        raise ValueError('"key" is missing: the event or the id of the stories that tell it')
    return ActionLabel(
        key=str(row["key"]),
        instrument=_one_of(Instrument, "instrument", row),
        stage=_one_of(Stage, "stage", row),
        also=_names("also", row),
        stage_also=_names("stage_also", row),
        parties=_names("parties", row),
        sums=_sums(row),
        days=None if "day" not in row else frozenset([str(row["day"])] if row["day"] else ()),
    )


def _one_of(kind: type[Word], name: str, row: Mapping[str, Any]) -> Word:
    try:
        return kind(str(row.get(name)))
    except ValueError:
        said = f"{name} is {row[name]!r}, not" if name in row else f'"{name}" is missing; it is'
        raise ValueError(f"{said} one of {', '.join(kind)}") from None


def sum_of(amount: float, currency: str) -> str:
    """A sum of money as it is compared: "2600000000 USD"."""
    return f"{amount:.15g} {currency}"


def _sums(row: Mapping[str, Any]) -> frozenset[str] | None:
    if "amount" not in row:
        return None
    found = row["amount"]
    if found is None:
        return frozenset()
    try:
        return frozenset([sum_of(float(found["value"]), str(found["currency"]))])
    except (KeyError, TypeError, ValueError):
        raise ValueError('amount is {"value": 2600000000, "currency": "USD"}, or null') from None


def _names(name: str, row: Mapping[str, Any]) -> frozenset[str]:
    found = row.get(name) or []
    if not isinstance(found, list):
        raise ValueError(f"{name} must be a list")  # noqa: TRY004 - like all that may be wrong with a row
    return frozenset(map(str, found))


def score_actions(labels: Iterable[ActionLabel], predicted: Mapping[str, Predicted]) -> ActionScores:
    """Score predictions by the keys of the labels; a label without a prediction counts as wrong.

    Raises ValueError when there are no labels.
    """
    rows = list(labels)
    if not rows:
        raise ValueError("there are no labels to score against")
    hits = [_hits(label, predicted.get(label.key)) for label in rows]
    instrument, stage, both, instrument_or, stage_or, both_or = (
        sum(column) / len(rows) for column in zip(*hits, strict=True)
    )
    known = [(label, predicted[label.key]) for label in rows if label.key in predicted]
    mistakes = tuple(
        ActionMistake(label.key, (label.instrument.value, label.stage.value), _pair(predicted.get(label.key)))
        for label, hit in zip(rows, hits, strict=True)
        if not hit[-1]
    )
    return ActionScores(
        labels=len(rows),
        instrument=instrument,
        stage=stage,
        both=both,
        instrument_or_also=instrument_or,
        stage_or_also=stage_or,
        both_or_also=both_or,
        parties_f1=_f1([(one.parties, got.parties) for one, got in known if one.parties]) or 0.0,
        amounts_f1=_f1([(one.sums, got.sums) for one, got in known if one.sums is not None]),
        days_f1=_f1([(one.days, got.days) for one, got in known if one.days is not None]),
        mistakes=mistakes,
    )


def _hits(label: ActionLabel, got: Predicted | None) -> tuple[bool, bool, bool, bool, bool, bool]:
    if got is None:
        return (False,) * 6
    instrument, stage = got.instrument is label.instrument, got.stage is label.stage
    near_instrument, near_stage = (
        instrument or got.instrument in label.also,
        stage or got.stage in label.stage_also,
    )
    return (
        instrument,
        stage,
        instrument and stage,
        near_instrument,
        near_stage,
        near_instrument and near_stage,
    )


def _pair(got: Predicted | None) -> tuple[str, str] | None:
    return (got.instrument.value, got.stage.value) if got else None


def _f1(pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> float | None:
    """F1 over what was wanted and what was told; None where neither was."""
    both = sum(len(wanted & got) for wanted, got in pairs)
    total = sum(len(wanted) + len(got) for wanted, got in pairs)
    return 2 * both / total if total else None
