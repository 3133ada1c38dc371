"""What the stories of `docs/labelled` taught stays learned: no change of words or rules may lose it again."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.work.evaluate import Evaluation, evaluate
from bot.work.evaluate_actions import with_actions
from tests.core.reading import understander

FOLDER = Path(__file__).parents[2] / "docs" / "labelled"

# What they came to when they were last mended, less a story or two: a fit, and no measure of quality.
LEAST = {  # right tiers, F1 of countries and of minerals
    "deeds": (0.96, 0.95, 0.91),
    "deeds-later": (0.90, 0.93, 0.83),
    "english": (0.97, 0.95, 0.90),
    "events": (0.92, 0.91, 0.86),
    "figures": (0.98, 0.84, 0.95),
    "languages": (0.98, 0.95, 0.95),
    "minerals": (0.98, 0.93, 0.86),
    "russian": (0.98, 0.97, 0.92),
}


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@cache
def evaluated(name: str) -> Evaluation:
    return evaluate(rows(name), understander())


@pytest.mark.parametrize("name", LEAST)
def test_what_labelled_stories_taught_stays_learned(name: str) -> None:
    data: Any = evaluated(name).data

    tiers, countries, minerals = LEAST[name]
    assert 1 - len(data["mistakes"]) / data["stories"] >= tiers
    assert data["countries"]["f1"] >= countries
    assert data["minerals"]["f1"] >= minerals
    assert data["spans_exact"] == 1.0


@pytest.mark.parametrize(("name", "least"), [("deeds", 0.96), ("events", 0.87)])
def test_stories_of_one_happening_stay_together(name: str, least: float) -> None:
    data: Any = evaluated(name).data

    assert data["events"]["b_cubed_of_events_told_twice"]["f1"] >= least


@pytest.mark.parametrize(("name", "both", "parties"), [("deeds", 0.92, 0.92), ("deeds-later", 0.90, 0.92)])
def test_what_was_done_stays_told(name: str, both: float, parties: float) -> None:
    labels = rows(f"{name}-actions")
    data: Any = with_actions(evaluated(name), rows(name), labels, understander()).data

    assert data["actions"]["lenient"]["both"] >= both
    assert data["actions"]["parties_f1"] >= parties


def test_every_labelled_file_is_held() -> None:
    assert {file.stem for file in FOLDER.glob("*.jsonl")} == {*LEAST, "deeds-actions", "deeds-later-actions"}
