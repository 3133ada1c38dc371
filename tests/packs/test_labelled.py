"""What the stories of `docs/labelled` taught stays learned: no change of words or rules may lose it again."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot.work.evaluate import evaluate
from bot.work.evaluate_actions import with_actions
from tests.core.reading import understander

FOLDER = Path(__file__).parents[2] / "docs" / "labelled"


class Least(NamedTuple):
    """What a file came to when it was last mended, less a story or two: a fit, and no measure of quality."""

    tiers: float  # share that is right
    countries: float  # F1
    minerals: float
    together: float = 0.0  # B-cubed F1 of events told more than once
    done: float = 0.0  # share of actions of which instrument and stage are right
    parties: float = 0.0  # F1


LEAST = {
    "deeds": Least(0.96, 0.95, 0.91, together=0.96, done=0.92, parties=0.92),
    "deeds-later": Least(0.90, 0.93, 0.83, together=0.97, done=0.90, parties=0.92),
    "english": Least(0.97, 0.95, 0.90),
    "events": Least(0.92, 0.91, 0.86, together=0.87),
    "events-later": Least(0.91, 0.94, 0.88, together=0.73),
    "figures": Least(0.98, 0.84, 0.95),
    "languages": Least(0.98, 0.95, 0.95),
    "minerals": Least(0.98, 0.93, 0.86),
    "names": Least(0.99, 0.95, 0.92),
    "russian": Least(0.98, 0.97, 0.92),
}


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", LEAST)
def test_what_labelled_stories_taught_stays_learned(name: str) -> None:
    least, stories = LEAST[name], rows(name)
    found = evaluate(stories, understander())
    if least.done:
        found = with_actions(found, stories, rows(f"{name}-actions"), understander())
    data: Any = found.data

    assert 1 - len(data["mistakes"]) / data["stories"] >= least.tiers
    assert data["countries"]["f1"] >= least.countries
    assert data["minerals"]["f1"] >= least.minerals
    assert data["spans_exact"] == 1.0
    if least.together:
        assert data["events"]["b_cubed_of_events_told_twice"]["f1"] >= least.together
    if least.done:
        assert data["actions"]["lenient"]["both"] >= least.done
        assert data["actions"]["parties_f1"] >= least.parties


def test_every_labelled_file_is_held() -> None:
    assert {file.stem for file in FOLDER.glob("*.jsonl")} == {
        *LEAST,
        *(f"{name}-actions" for name, least in LEAST.items() if least.done),
    }
