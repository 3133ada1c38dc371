"""`ask`, `digest` and `export`, over what is stored."""

import csv
import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest

from bot.core.words import Tier
from bot.fetch.reader import read
from bot.store.database import Database
from bot.work.export import COLUMNS, row
from tests.cli.terminal import Terminal
from tests.store.given import NOON, decided, kept, story

HOSTILE = '=HYPERLINK("https://evil.test")\nand \x1b[31mmore'


@pytest.fixture
def stocked(settled: Terminal) -> Terminal:
    """A terminal whose database holds three stories."""
    database = Database.open(f"sqlite:///{settled.folder / 'steppewatch.db'}")
    kept(
        database,
        [
            story("tungsten", title="Tungsten memorandum signed", at=NOON),
            story("hostile", title=HOSTILE, guid="g-2", at=NOON + timedelta(hours=1)),
            story("rain", title="Rain", decision=decided(Tier.NONE), at=NOON),
        ],
    )
    database.close()
    return settled


def test_stories_are_exported_one_a_line_in_the_shape_of_the_contract(stocked: Terminal) -> None:
    said = stocked("export", "stories")

    records = [json.loads(line) for line in said.out.splitlines()]
    assert (said.code, said.err) == (0, "")
    assert [record["id"] for record in records] == ["s1", "s2", "s3"]
    assert tuple(records[0]) == COLUMNS["stories"]
    assert records[1]["guid"] == "g-2"
    assert records[1]["title"] == HOSTILE, "data is data: what shows it makes it inert"
    assert [record["tier"] for record in records] == ["core", "core", "none"]
    assert stocked("export", "stories").out == said.out


def test_a_query_chooses_what_is_exported(stocked: Terminal) -> None:
    assert len(stocked("export", "stories", "tungsten").out.splitlines()) == 1
    assert len(stocked("export", "stories", "tier:core").out.splitlines()) == 2
    assert len(stocked("export", "stories", "tier:core", "-tungsten").out.splitlines()) == 1


def test_a_mistake_in_a_query_is_told_with_its_place(stocked: Terminal) -> None:
    for words in (
        ["export", "stories", "contry:kz"],
        ["ask", "search", "contry:kz"],
        ["digest", "--query", "contry:kz"],
    ):
        said = stocked(*words)

        assert (said.code, said.out) == (2, "")
        assert "did you mean country?" in said.err


def test_csv_holds_the_same_and_no_formula(stocked: Terminal) -> None:
    rows = list(csv.DictReader(StringIO(stocked("export", "stories", "--format", "csv").out)))

    assert tuple(rows[0]) == COLUMNS["stories"]
    assert rows[1]["title"] == '\'=HYPERLINK("https://evil.test") and more'
    assert rows[0]["topics"] == "central_asia; policy"


def test_references_are_one_a_story(stocked: Terminal) -> None:
    out = stocked("export", "stories", "--format", "ris").out

    assert (out.count("TY  - NEWS\n"), out.count("ER  - \n")) == (3, 3)


def test_a_query_can_be_followed_as_a_feed(stocked: Terminal) -> None:
    out = stocked("export", "stories", "lang:en", "--format", "atom").out

    assert "<title>Steppewatch: stories lang:en</title>" in out
    assert len(read(out.encode(), url="").entries) == out.count("<entry>") > 0


def test_json_is_one_array(stocked: Terminal) -> None:
    assert len(json.loads(stocked("export", "stories", "--format", "json").out)) == 3
    assert json.loads(stocked("export", "events", "--format", "json").out) == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "＝", " ="])
def test_no_cell_begins_like_a_formula(start: str) -> None:
    cell = row("stories", {"title": f"{start}1+1"})[4]

    assert cell.startswith("'")


def test_numbers_stay_numbers() -> None:
    assert row("events", {"score": -1.5, "review": False, "countries": []})[4:8] == ["", "", "-1.5", "false"]


def test_a_status_and_an_unknown_verb_are_answered(stocked: Terminal) -> None:
    status = stocked("ask", "status", "--format", "json")
    unknown = stocked("ask", "serch tungsten")

    assert status.code == 0
    assert {"version", "stories", "flagged", "events", "feeds", "newest_story"} <= json.loads(
        status.out
    ).keys()
    assert json.loads(status.out)["stories"] == 3
    assert unknown.code == 2
    assert "did you mean search?" in unknown.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("poll",), "no feed is polled yet; `steppewatch feeds starter`"),
        (("feeds", "check"), "no feed is polled yet; `steppewatch feeds starter`"),
        (("digest",), "No feed is polled yet."),
        (("ask", "status"), "No story yet"),
        (("ask", "home"), "No feed is polled yet."),
        (("ask", "timeline tungsten"), "No event matches"),
    ],
)
def test_where_nothing_was_set_up_yet_that_is_said(
    settled: Terminal, words: tuple[str, ...], said: str
) -> None:
    told = settled(*words)

    assert told.code == 0
    assert said in told.out


def test_the_doctor_names_what_other_packs_decided_until_these_have(stocked: Terminal) -> None:
    before = stocked("doctor").out
    applied = stocked("packs", "apply")
    after = stocked("doctor").out

    assert "-    decisions: some stories were looked at by other packs" in before
    assert applied.code == 0
    assert "decisions:" not in after


def test_what_is_not_there_ends_with_1(stocked: Terminal) -> None:
    for words in (["ask", "event e999"], ["digest", "nobody"]):
        assert stocked(*words).code == 1


def test_a_digest_has_the_window_that_was_asked_for(stocked: Terminal) -> None:
    said = stocked("digest", "--at", "2026-03-02T14:00+01:00", "--since", "4d", "--format", "json")

    assert said.code == 0
    assert json.loads(said.out)["window"] == {
        "from": "2026-02-26T13:00:00+00:00",
        "to": "2026-03-02T13:00:00+00:00",
    }


def test_a_month_is_a_month_in_an_option_as_in_a_query(stocked: Terminal) -> None:
    said = stocked("digest", "--at", "2026-03-31T12:00Z", "--since", "1m", "--format", "json")

    assert json.loads(said.out)["window"]["from"] == "2026-03-01T12:00:00+00:00"


@pytest.mark.parametrize(
    ("form", "holds"), [("text", "Quiet"), ("html", "<!doctype html>"), ("blocks", '"blocks"')]
)
def test_a_digest_can_be_had_in_every_form(stocked: Terminal, form: str, holds: str) -> None:
    said = stocked("digest", "--at", "2020-01-01", "--format", form)

    assert said.code == 0
    assert holds.casefold() in said.out.casefold()


def test_a_subscription_tells_the_time_since_its_slot_before(stocked: Terminal) -> None:
    (stocked.folder / "steppewatch.toml").write_text(
        """
        [[subscriptions]]
        name = "Morning"
        channel = "C1"
        time = "08:00"
        timezone = "Asia/Tashkent"
        """
    )

    said = stocked("digest", "Morning", "--at", "2026-03-03T03:00Z", "--format", "json")
    wrong = stocked("digest", "Mornin")

    assert json.loads(said.out)["window"]["from"] == "2026-03-02T03:00:00+00:00"
    assert wrong.code == 1
    assert "Morning" in wrong.err


@pytest.mark.parametrize(
    "words",
    [
        ["--since", "4"],
        ["--since", "0d"],
        ["--since", "90s"],
        ["--at", "9999-99-99"],
        ["--at", "0001-01-01"],
        ["--post"],
        ["x", "--query", "y"],
    ],
)
def test_options_that_make_no_sense_are_told_before_anything_is_opened(
    terminal: Terminal, words: list[str]
) -> None:
    said = terminal("digest", *words)

    assert (said.code, said.out) == (2, "")
    assert list(Path().iterdir()) == []


def test_posting_without_a_token_says_what_is_missing(stocked: Terminal) -> None:
    (stocked.folder / "steppewatch.toml").write_text('[[subscriptions]]\nname = "Morning"\nchannel = "C1"\n')

    said = stocked("digest", "Morning", "--post")

    assert said.code == 1
    assert "STEPPEWATCH_SLACK__BOT_TOKEN is not set" in said.err


def test_without_a_configuration_what_came_from_one_goes_on(terminal: Terminal) -> None:
    """Somebody who reads in the folder of a demo, or of another's bot, stops nothing there."""
    config = terminal.folder / "steppewatch.toml"
    config.write_text(
        '[[feeds]]\nurl = "https://one.test/feed"\nname = "One"\n'
        '[[subscriptions]]\nname = "Desk"\nchannel = "C1"\n'
    )
    terminal("digest", "Desk")
    config.unlink()

    for words in (["digest"], ["feeds", "list"], ["feeds", "export"]):
        assert terminal(*words).code == 0

    assert json.loads(terminal("ask", "feeds", "--format", "json").out)["feeds"][0]["stopped"] is None
    assert "Desk" in terminal("ask", "subscriptions").out


def test_reading_a_digest_changes_nothing_of_a_database_that_is_in_use(terminal: Terminal) -> None:
    config = terminal.folder / "steppewatch.toml"
    config.write_text('[[subscriptions]]\nname = "Desk"\nchannel = "C1"\n')
    terminal("digest", "Desk")
    config.write_text('[[subscriptions]]\nname = "Other"\nchannel = "C1"\n')

    assert terminal("digest", "Desk").code == 0
    assert "Desk" in terminal("ask", "subscriptions").out
