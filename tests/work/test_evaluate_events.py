"""`eval`, on events: scores by language pair, and what was wrong and why."""

from functools import cache
from typing import Any

from bot.surfaces.terminal.lines import as_text
from bot.work.evaluate import Evaluation, evaluate
from tests.core.reading import understander

UZBEK = "Uzbekistan and France sign uranium agreement with Orano in Samarkand"
ROWS: list[dict[str, Any]] = [
    {"id": "a", "event": "orano", "title": UZBEK, "text": "Orano and Navoiyuran signed.", "tier": "core"},
    {"id": "b", "event": "orano", "title": f"{UZBEK}: minister", "text": "Orano signed.", "tier": "core"},
    {"id": "c", "event": "orano", "title": "Орано и Навоийуран подписали соглашение по урану в Самарканде",
     "text": "Узбекистан и Франция: компания Orano подписала соглашение.", "tier": "core"},
    {"id": "d", "event": "orano", "title": "China bans exports of antimony", "text": "", "tier": "minerals"},
    {"id": "e", "title": f"{UZBEK} again", "text": "Orano and Navoiyuran signed.", "tier": "core"},
]  # fmt: skip


@cache
def evaluated() -> Evaluation:
    return evaluate(ROWS, understander())


def test_pairs_are_counted_by_their_languages() -> None:
    data: Any = evaluated().data["events"]

    assert set(data["languages"]) == {"en-en", "en-ru"}
    assert sum(of["right"] + of["split"] for of in data["languages"].values()) == 6  # pairs of four stories
    assert data["b_cubed"]["f1"] < 1.0


def test_a_wrong_join_is_told_with_what_caused_it() -> None:
    wrong: Any = evaluated().data["events"]["wrong_joins"]  # type: ignore[index]

    mine = next(pair for pair in wrong if pair["stories"] == ["a", "e"])
    assert mine["score"] > 0
    assert mine["parts"]
    assert mine["languages"] == "en-en"


def test_a_wrong_split_is_told_with_what_caused_it() -> None:
    wrong: Any = evaluated().data["events"]["wrong_splits"]  # type: ignore[index]

    mine = next(pair for pair in wrong if pair["stories"] == ["a", "d"])
    assert mine["score"] < 0
    assert min(mine["parts"].values()) < 0


def test_a_person_reads_the_same() -> None:
    shown = as_text(evaluated().document)

    assert "Events: pairs by language" in shown
    assert "Wrongly joined" in shown
    assert "a / d" in shown
    assert "because: " in shown
