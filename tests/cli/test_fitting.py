"""`python -m bot.cli.fitting`: numbers from labelled stories, and words for what is none."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.fitting import app
from tests.cli.terminal import Said

STORY: dict[str, object] = {
    "id": "a",
    "title": "Kazakhstan and Japan sign memorandum on tungsten",
    "text": "The ministers met in Astana.",
    "tier": "core",
    "labels": {"central_asia": True, "policy": True, "of another program": True},
    "event": "x",
    "published": "2026-02-04",
}
DULL: dict[str, object] = STORY | {
    "id": "b",
    "title": "How to cook plov",
    "text": "",
    "tier": "none",
    "labels": {},
    "event": None,
}
COUNTS = "set,topic,above,yes,no\n1,policy,-1.0,1,9\n1,policy,1.0,9,1\n2,policy,-1.0,2,8\n2,policy,1.0,8,2\n"


def fitting(*words: str) -> Said:
    result = CliRunner().invoke(app, words, catch_exceptions=False)
    return Said(result.exit_code, result.stdout, result.stderr)


def kept(file: Path, *records: object) -> str:
    file.write_text("".join(f"{json.dumps(record)}\n\n" for record in records), encoding="utf-8")
    return str(file)


def test_the_weights_of_events_are_told_beside_those_in_use(tmp_path: Path) -> None:
    said = fitting("events", kept(tmp_path / "dev.jsonl", STORY, STORY | {"id": "c"}, DULL))

    assert (said.code, said.err) == (0, "")
    assert "B-cubed of events left out of the fit\ndev.jsonl, " in said.out


def test_what_a_set_counts_is_read_again_for_the_slopes(tmp_path: Path) -> None:
    said = fitting("seen", "mine", kept(tmp_path / "mine.jsonl", STORY, DULL))
    (tmp_path / "all.csv").write_text(COUNTS + said.out, encoding="utf-8")

    assert [line.split(",")[:2] for line in said.out.splitlines()] == [
        ["mine", "central_asia"],
        ["mine", "policy"],
    ]
    assert "[topic.policy]\nslope = " in fitting("scores", str(tmp_path / "all.csv")).out


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ("", "no counts are in it"),
        (f"{COUNTS}1,policy,high,3,1\n", "line 6: wants set,topic,above,yes,no, as in 1,policy,-0.25,3,1"),
        (f"{COUNTS}\n1,policy\n", "line 6: wants"),
    ],
)
def test_counts_that_are_none_are_named_by_their_line(tmp_path: Path, counts: str, said: str) -> None:
    file = tmp_path / "seen.csv"
    file.write_text(counts, encoding="utf-8")

    answer = fitting("scores", str(file))

    assert (answer.code, answer.out) == (1, "")
    assert f"{file}: {said}" in answer.err


@pytest.mark.parametrize("command", [("events",), ("seen", "mine")])
@pytest.mark.parametrize(
    ("records", "said"),
    [
        ((), "no labelled story is in it"),
        ((STORY, STORY | {"id": "b", "tier": "high"}), "line 3: tier is 'high', not one of core, region"),
        ((STORY, {"id": "b", "tier": "core"}), 'line 3: "title" is missing'),
        ((STORY | {"published": "soon"},), 'line 1: "published" is not a date'),
    ],
)
def test_stories_that_are_not_labelled_are_named_by_their_line(
    tmp_path: Path, command: tuple[str, ...], records: tuple[object, ...], said: str
) -> None:
    file = kept(tmp_path / "dev.jsonl", *records)

    answer = fitting(*command, file)

    assert (answer.code, answer.out) == (1, "")
    assert f"{file}: {said}" in answer.err


def test_a_file_that_is_not_there_is_named() -> None:
    assert "nowhere.csv: No such file" in fitting("scores", "nowhere.csv").err
