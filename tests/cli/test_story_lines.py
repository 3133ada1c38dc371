"""`classify` and `cluster`: JSON Lines in, JSON Lines out, and nothing at all when a line is bad."""

import json
from pathlib import Path

import pytest

from bot.core.words import TOPICS, Instrument, Stage, Tier
from tests.cli.terminal import Terminal

GOOD = {
    "id": "a",
    "title": "Uzbekistan and the United States sign memorandum on critical minerals",
    "text": "Tashkent and Washington agreed to work together on tungsten and antimony deposits.",
    "published": "2026-02-04",
}
DULL = {
    "id": 2,
    "title": "Rain expected at the weekend",
    "text": "",
    "lang": None,
    "labels": {"policy": False},
}


def lines(*records: object) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def test_stories_are_decided_in_their_order_in_the_shape_of_the_contract(terminal: Terminal) -> None:
    said = terminal("classify", stdin=lines(DULL, GOOD, DULL))

    assert (said.code, said.err) == (0, "")
    found = [json.loads(line) for line in said.out.splitlines()]
    assert [decision["id"] for decision in found] == [2, "a", 2]
    told = found[1]
    assert told["tier"] == "core"
    assert set(told["scores"]) == set(TOPICS)
    assert told["countries"] == ["UZ"]
    assert {decision["tier"] for decision in found} <= set(Tier)
    for action in told["actions"]:
        assert action["instrument"] in set(Instrument)
        assert action["stage"] in set(Stage)
    assert told["why"]
    for reason in told["why"]:
        assert str(GOOD[reason["field"]])[reason["start"] : reason["end"]] == reason["phrase"]


def test_a_file_gives_what_stdin_gives_and_letters_stay_letters(terminal: Terminal) -> None:
    story = {"id": "узбекистан", "title": "Узбекистан подписал меморандум о вольфраме", "text": ""}
    (terminal.folder / "in.jsonl").write_text("\ufeff" + lines(story) + "\n  \n", encoding="utf-8")

    from_file = terminal("classify", "in.jsonl")

    assert from_file == terminal("classify", "-", stdin=lines(story))
    assert '"id": "узбекистан"' in from_file.out


def test_nothing_in_gives_nothing_out(terminal: Terminal) -> None:
    for command in ("classify", "cluster"):
        assert terminal(command, stdin="") == terminal(command, stdin="\n\n")
        assert terminal(command, stdin="").out == ""


BAD = {
    "{": "not JSON: ",
    "[1]": "a JSON object is wanted",
    '"text"': "a JSON object is wanted",
    "[" * 100_000: "not JSON that can be read",
    '{"id": ' + "9" * 5000 + ', "title": "", "text": ""}': "not JSON that can be read",
    '{"title": "", "text": ""}': '"id" is missing',
    '{"id": true, "title": "", "text": ""}': '"id" is neither text nor a whole number',
    '{"id": null, "title": "", "text": ""}': '"id" is missing',
    '{"id": "1", "text": ""}': '"title" is missing',
    '{"id": "1", "title": "x"}': '"text" is missing',
    '{"id": "1", "title": "x", "text": null}': '"text" is not text',
    '{"id": "1", "title": 7, "text": ""}': '"title" is not text',
    '{"id": "1", "title": "x", "text": "", "lang": 5}': '"lang" is not text',
    '{"id": "1", "title": "x", "text": "", "published": "yesterday"}': '"published" is not a date',
    '{"id": 1, "title": "", "text": "", "published": "0001-01-01T00:00+14:00"}': '"published" is not a date',
}


@pytest.mark.parametrize(("bad", "why"), BAD.items(), ids=[str(n) for n in range(len(BAD))])
@pytest.mark.parametrize("command", ["classify", "cluster"])
def test_a_bad_line_is_named_and_nothing_is_written(
    terminal: Terminal, command: str, bad: str, why: str
) -> None:
    said = terminal(command, stdin=f"{lines(GOOD)}\n{bad}\n{lines(DULL)}")

    assert said.code == 1
    assert said.out == ""
    assert said.err.startswith("steppewatch: line 3: ")
    assert why in said.err
    assert len(said.err) < 300


def test_a_bad_line_of_a_file_is_named_with_the_file(terminal: Terminal) -> None:
    (terminal.folder / "mine.jsonl").write_text(lines(GOOD | {"tier": "none"}) + "{\n")

    for verb in ("classify", "cluster", "eval"):
        said = terminal(verb, "mine.jsonl")
        assert (said.code, said.out) == (1, "")
        assert said.err.startswith("steppewatch: mine.jsonl: line 2: not JSON")


def test_bytes_that_are_no_text_are_named_too(terminal: Terminal) -> None:
    said = terminal("classify", stdin=lines(GOOD).encode() + '{"id": "Ж"'.encode("cp1251"))

    assert (said.code, said.out) == (1, "")
    assert said.err == "steppewatch: line 2: byte 9 is not UTF-8\n"


def test_a_file_that_is_not_there_or_a_folder_is_a_clear_error(terminal: Terminal) -> None:
    for name, why in (("missing.jsonl", "No such file"), (".", "Is a directory")):
        said = terminal("classify", name)

        assert (said.code, said.out) == (1, "")
        assert why in said.err
        assert "Traceback" not in said.err


def test_half_of_a_surrogate_pair_goes_in_and_comes_out(terminal: Terminal) -> None:
    said = terminal(
        "classify", stdin='{"id": "\\ud800", "title": "tungsten \\udc00 Kazakhstan", "text": ""}\n'
    )

    assert said.code == 0
    assert json.loads(said.out)["id"] == "\ud800"


def test_published_may_be_written_as_feeds_write_it(terminal: Terminal) -> None:
    for published in (
        "2026-02-04T09:00:00Z",
        "2026-02-04 09:00:00+05:00",
        "Wed, 04 Feb 2026 09:00:00 GMT",
        "",
        None,
    ):
        assert terminal("classify", stdin=lines(GOOD | {"published": published})).code == 0


def test_stories_of_one_happening_get_one_event_and_others_their_own(terminal: Terminal) -> None:
    twin = GOOD | {"id": 3, "title": "US and Uzbekistan sign critical minerals memorandum"}

    said = terminal("cluster", stdin=lines(GOOD, DULL, twin))

    found = [json.loads(line) for line in said.out.splitlines()]
    assert [story["id"] for story in found] == ["a", 2, 3]
    assert all(set(story) == {"id", "event"} for story in found)
    assert found[0]["event"] == found[2]["event"] != found[1]["event"]


def test_an_id_that_comes_twice_cannot_be_clustered(terminal: Terminal) -> None:
    said = terminal("cluster", stdin=lines(GOOD, {**DULL, "id": "2"}, DULL))

    assert (said.code, said.out) == (1, "")
    assert "the id '2' is there twice" in said.err


def test_a_story_of_a_megabyte_is_decided(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "long.jsonl").write_text(lines(GOOD | {"text": "tungsten and more tungsten. " * 40_000}))

    assert terminal("classify", "long.jsonl").code == 0


def test_of_no_labelled_story_nothing_is_measured(terminal: Terminal) -> None:
    said = terminal("eval", "-", "--format", "json", stdin="\n")

    assert (said.code, said.out) == (1, "")
    assert "no labelled story is in it" in said.err


def test_a_story_without_its_tier_is_named_by_its_line(terminal: Terminal) -> None:
    told = {
        line: terminal("eval", "-", stdin=lines(story)).err
        for line, story in {"none": GOOD, "odd": GOOD | {"tier": "all"}}.items()
    }

    assert 'line 1: "tier" is missing; it is one of core, region, minerals, none' in told["none"]
    assert "line 1: tier is 'all', not one of core, region, minerals, none" in told["odd"]


def test_a_labelled_row_that_tells_no_story_is_named_by_its_line(terminal: Terminal) -> None:
    label = {"id": "b", "tier": "none"}
    told = [terminal("eval", "-", stdin=lines(GOOD | {"tier": "core"}, odd)) for odd in (label, GOOD | label)]
    twice = terminal("eval", "-", stdin=lines(GOOD | {"tier": "core"}, GOOD | {"tier": "none"}))

    assert [said.code for said in told] == [1, 0]
    assert told[0].err == 'steppewatch: line 2: "title" is missing\n'
    assert (twice.code, twice.out) == (1, "")
    assert "line 2: the id 'a' is there twice" in twice.err


def test_a_bad_label_is_named_by_its_file_and_line(terminal: Terminal, tmp_path: Path) -> None:
    story = GOOD | {"tier": "none"}
    (tmp_path / "stories.jsonl").write_text("\n\n" + lines(story | {"countries": "KZ"}))
    (tmp_path / "good.jsonl").write_text(lines(story))
    (tmp_path / "acts.jsonl").write_text("\n" + lines({"key": "a", "instrument": "mou", "stage": "gone"}))

    labels = terminal("eval", "stories.jsonl").err
    acts = terminal("eval", "good.jsonl", "--actions", "acts.jsonl").err

    assert labels == "steppewatch: stories.jsonl: line 3: countries must be a list\n"
    assert acts.startswith("steppewatch: acts.jsonl: line 2: stage is 'gone', not one of proposed, ")
