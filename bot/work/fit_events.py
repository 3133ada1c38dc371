"""Fit the weights of events to labelled stories: `python -m bot.cli.fitting events FILE...`.

A file is what `eval` reads: stories with the `event` they report. The pairs of stories that grouping
compares are told apart by logistic regression over the kinds of evidence, three times at once: with the
dates the stories have, with none, and with all events in one week, as what a digest holds is. What speaks
for one event must not come to speak against it, nor the other way round. The result is printed, for a
person to take over; a grouping by it is measured on events that were left out when it was fitted.
"""

import math
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations_with_replacement
from typing import Any, Final

from bot.core.events import Features, group, pair
from bot.core.events.evidence import evidence
from bot.core.events.joining import Pair
from bot.core.events.likeness import BEFORE_ALL, WEIGHTS, Likeness, likeness, settled, told_once, weighed
from bot.core.scores import Score, bcubed, in_several
from bot.work.cluster import Understands, as_features
from bot.work.rows import article_of

HELD: Final = (
    "another round", "another step", "another of the five", "act of other parties", "opposed", "turned",
    "other goods", "round of one title",
)  # fmt: skip
"""Set by hand: what they part is too rare among labelled stories to be learned from these."""

LAX: Final = 0.75
"""Added to the line that is fitted: average link asks more of a group than of a pair."""

TRUST: Final = 20.0  # how strongly a weight is held at nothing; the labelled events are few
APART: Final = 0.5  # what a pair of two events counts, where a pair of one of n stories counts 2 / sqrt(n)
ROUNDS: Final = 40
PARTS: Final = 4  # that events are dealt to, to be left out by turns
WEEK: Final = datetime(2026, 2, 2, tzinfo=UTC)
_HOURS_OF_WEEK: Final = 96  # in which events begin
_HOURS_OF_EVENT: Final = 12  # in which its stories come, those of one day

Weights = Mapping[str, float]  # by kind of evidence; "before": the line


@dataclass(frozen=True, slots=True)
class Case:
    """Two stories that grouping compares."""

    keys: Pair
    parts: Weights  # evidence, not yet weighed
    one: bool  # they report one event
    counts: float


@dataclass(frozen=True, slots=True)
class Labelled:
    """The stories of a file, in one setting of dates."""

    name: str
    stories: tuple[Features, ...]
    true: Mapping[str, str]  # the event of each
    cases: tuple[Case, ...]


def labelled(name: str, rows: Sequence[Mapping[str, Any]], understander: Understands) -> Iterator[Labelled]:
    """The rows of one file in the three settings of dates.

    In one week each event begins at an hour of its own, and its stories keep the days between them.
    """
    true = {str(row["id"]): str(row.get("event") or f"alone {row['id']}") for row in rows}
    size = Counter(true.values())
    first: dict[str, datetime] = {}
    for row in rows:
        if came := article_of(row).published:
            event = true[str(row["id"])]
            first[event] = min(came, first.get(event, came))

    def in_one_week(row: Mapping[str, Any]) -> Mapping[str, Any]:
        event, came = true[str(row["id"])], article_of(row).published
        later = came - first[event] if came else timedelta()
        hours = _drawn(event, _HOURS_OF_WEEK) + _drawn(str(row["id"]), _HOURS_OF_EVENT)
        return {**row, "published": (WEEK + later + timedelta(hours=hours)).isoformat()}

    for setting, dated in (("own dates", _as_they_are), ("no dates", _undated), ("one week", in_one_week)):
        stories = tuple(as_features(dated(row), understander) for row in rows)
        cases: list[Case] = []

        def note(one: Features, other: Features, cases: list[Case] = cases) -> Likeness:
            if settled(one, other) is None:
                same = true[one.key] == true[other.key]
                parts = told_once(evidence(one, other))
                counts = 2.0 / math.sqrt(size[true[one.key]]) if same else APART
                cases.append(Case(pair(one.key, other.key), parts, same, counts))
            return likeness(one, other)

        group(stories, compare=note)
        yield Labelled(f"{name}, {setting}", stories, true, tuple(cases))


def fit(cases: Sequence[Case], begin: Weights = WEIGHTS) -> dict[str, float]:
    """The weights under which the evidence says most of the labels; coordinate by coordinate (Newton)."""
    kinds = [*(kind for kind in WEIGHTS if kind not in HELD), "before"]
    holds: dict[str, list[tuple[int, float]]] = {kind: [] for kind in kinds}
    held = [math.fsum(WEIGHTS[kind] * case.parts.get(kind, 0.0) for kind in HELD) for case in cases]
    for at, case in enumerate(cases):
        holds["before"].append((at, 1.0))
        for kind, amount in case.parts.items():
            if kind in holds:
                holds[kind].append((at, amount))
    total = math.fsum(case.counts for case in cases) or 1.0
    found = {kind: begin.get(kind, 0.0) for kind in kinds}
    sums = [held[at] + _sum(case.parts, found) for at, case in enumerate(cases)]
    for _ in range(ROUNDS):
        for kind in kinds:
            spread = math.fsum(cases[at].counts * amount * amount for at, amount in holds[kind]) / total
            trust = 0.0 if kind == "before" else TRUST * spread
            pull, bend = -trust * found[kind], trust + 1e-9
            for at, amount in holds[kind]:
                sure = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, sums[at]))))
                pull += cases[at].counts * amount * (cases[at].one - sure)
                bend += cases[at].counts * amount * amount * sure * (1.0 - sure)
            new = found[kind] + max(-1.0, min(1.0, pull / bend))
            if kind != "before" and new * WEIGHTS[kind] < 0:
                new = 0.0
            for at, amount in holds[kind]:
                sums[at] += (new - found[kind]) * amount
            found[kind] = new
    return found | {kind: WEIGHTS[kind] for kind in HELD}


def left_out(files: Sequence[Labelled], parts: int = PARTS) -> dict[str, tuple[Score, Score]]:
    """B-cubed of all stories, and of those of events told twice, each pair weighed without its events.

    The events are dealt to parts by their names. A pair is weighed as was fitted to the pairs that hold no
    event of the parts of its two, so no story is grouped by what was learned from its own event.
    """
    everything = fit([case for file in files for case in file.cases])
    models: dict[tuple[int, int], Weights] = {}
    for turn in combinations_with_replacement(range(parts), 2):
        cases = [
            case
            for file in files
            for case in file.cases
            if not {_part(file, key, parts) for key in case.keys} & set(turn)
        ]
        models[turn] = fit(cases, everything)
    found = {}
    for file in files:

        def compare(one: Features, other: Features, file: Labelled = file) -> Likeness:
            low, high = sorted((_part(file, one.key, parts), _part(file, other.key, parts)))
            return settled(one, other) or _by(models[low, high], one, other)

        grouped = {key: made.keys[0] for made in group(file.stories, compare=compare) for key in made.keys}
        found[file.name] = (
            bcubed(grouped, file.true),
            bcubed(grouped, file.true, in_several(file.true)),
        )
    return found


def told(files: Sequence[Labelled]) -> Iterator[str]:
    """The weights beside those in use, and how stories group with their events left out, line by line."""
    fitted = fit([case for file in files for case in file.cases])
    for kind, weight in sorted(fitted.items(), key=lambda one: -one[1]):
        by_hand = " (by hand)" if kind in HELD else ""
        yield f"{kind:26} {weight:+.2f}, in use {WEIGHTS.get(kind, BEFORE_ALL):+.1f}{by_hand}"
    yield f"{'before, lax':26} {fitted['before'] + LAX:+.2f}"
    yield ""
    yield "B-cubed of events left out of the fit"
    for name, (of_all, of_told_twice) in left_out(files).items():
        yield f"{name:32} all {of_all.f1:.3f}, told more than once {of_told_twice.f1:.3f}"


def _by(weights: Weights, one: Features, other: Features) -> Likeness:
    parts = {kind: weights[kind] * amount for kind, amount in told_once(evidence(one, other)).items()}
    return weighed({"before": weights["before"] + LAX} | parts)


def _sum(parts: Weights, weights: Weights) -> float:
    return weights.get("before", 0.0) + math.fsum(weights.get(kind, 0.0) * parts[kind] for kind in parts)


def _part(file: Labelled, key: str, parts: int) -> int:
    """The part that a story's event was dealt to; a name deals the same in every run."""
    return zlib.crc32(file.true[key].encode()) % parts


def _as_they_are(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return row


def _undated(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**row, "published": None}


def _drawn(name: str, hours: int) -> int:
    """An hour for a name; the same in every run."""
    return zlib.crc32(name.encode()) % hours
