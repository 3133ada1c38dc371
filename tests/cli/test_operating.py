"""`config`, `db`, `doctor`, `packs`, `slack`, and what is said when words or files make no sense."""

import json
import resource
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.config.example import example
from bot.store.database import Database
from models import Feed
from tests.cli.terminal import Terminal


def test_without_a_command_help_is_shown(terminal: Terminal) -> None:
    said = terminal()

    assert said.code == 2
    for command in (
        "run",
        "demo",
        "poll",
        "digest",
        "ask",
        "classify",
        "cluster",
        "export",
        "eval",
        "feeds",
        "doctor",
    ):
        assert command in said.out + said.err


def test_the_version_is_said(terminal: Terminal) -> None:
    assert terminal("--version").out.startswith("steppewatch 0.")


@pytest.mark.parametrize(
    "words", [["serve"], ["db"], ["db", "mend"], ["digest", "--at", "noon"], ["poll", "--fast"]]
)
def test_words_that_make_no_sense_end_with_2_and_nothing_on_stdout(
    terminal: Terminal, words: list[str]
) -> None:
    said = terminal(*words)

    assert said.code == 2
    assert "Traceback" not in said.err


def test_half_an_example_is_not_left_where_the_disk_is_full(terminal: Terminal) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        said = terminal("config", "example", "-o", "half.toml")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert said.code == 1
    assert "half.toml: " in said.err
    assert not (terminal.folder / "half.toml").exists()


def test_the_example_is_printed_and_written_but_never_over_a_file(terminal: Terminal) -> None:
    assert terminal("config", "example").out == example()

    assert terminal("config", "example", "-o", "steppewatch.toml").code == 0
    assert terminal("config", "check").out.startswith("steppewatch.toml: good")
    again = terminal("config", "example", "-o", "steppewatch.toml")

    assert again.code == 1
    assert again.err == "steppewatch: steppewatch.toml: File exists\n"


def test_a_channel_that_is_called_by_its_name_passes_with_a_notice(terminal: Terminal) -> None:
    names = ("#general", "General", "C1", "Critical-minerals", "WATCH")
    for channel, noticed in (*((name, True) for name in names), ("C0123456789", False), ("D024BE91L", False)):
        (terminal.folder / "steppewatch.toml").write_text(
            f'[[subscriptions]]\nname = "Morning"\nchannel = "{channel}"\n'
        )

        said = terminal("config", "check")

        assert said.code == 0
        assert (f"{channel}, the channel of 'Morning', is a name" in said.out) is noticed


def test_every_command_tells_all_problems_of_the_configuration_before_anything_else(
    terminal: Terminal,
) -> None:
    (terminal.folder / "bad.toml").write_text('[poll]\nat_onc = 1\n[slack]\nbot_token = "xoxb-tops3cret"\n')

    for words in (
        ["config", "check"],
        ["poll"],
        ["run"],
        ["ask", "status"],
        ["classify"],
        ["db", "check"],
        ["doctor"],
    ):
        said = terminal("--config", "bad.toml", *words)

        assert (said.code, said.out) == (1, "")
        assert "bad.toml: [poll] at_onc is not a setting; did you mean at_once?" in said.err
        assert "STEPPEWATCH_SLACK__BOT_TOKEN" in said.err
        assert "tops3cret" not in said.err
    assert [path.name for path in terminal.folder.iterdir()] == ["bad.toml"], "nothing was made"


def test_a_subscription_that_asks_for_what_nobody_knows_is_found_before_its_first_digest(
    terminal: Terminal,
) -> None:
    (terminal.folder / "steppewatch.toml").write_text(
        '[[subscriptions]]\nname = "Desk"\nchannel = "C1"\nquery = "country:kz"\n'
        '[[subscriptions]]\nname = "Mines"\nchannel = "C1"\nquery = "country:kx tungsten"\n'
    )

    for words in (["config", "check"], ["run"], ["run", "--only", "worker"], ["doctor"]):
        said = terminal(*words)
        assert said.code == 1
        assert (
            'steppewatch.toml: [[subscriptions]] no. 2: query = "country:kx tungsten": country: does not '
            "know kx" in said.out + said.err
        )
        assert "no. 1" not in said.out + said.err


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ('[poll]\nat_onc = 1\n[[subscriptions]]\nname = "Desk"\nchannel = "C1"\n', "did you mean at_once?"),
        ('[[feeds]]\nurl = "no address"\n[[subscriptions]]\ntime = "25:00"\n', "no. 1: name is missing"),
        ("subscriptions = [7,", "no. 1 = 7: wants a table"),
    ],
)
def test_what_is_wrong_elsewhere_hides_no_query_that_nobody_knows(
    terminal: Terminal, wrong: str, told: str
) -> None:
    asks = '{name = "Mines", channel = "C1", query = "country:kx"}]\n'
    table = '[[subscriptions]]\nname = "Mines"\nchannel = "C1"\nquery = "country:kx"\n'
    text = wrong + (asks if wrong.endswith(",") else table)
    (terminal.folder / "steppewatch.toml").write_text(text)

    said = terminal("config", "check")

    assert said.code == 1
    assert told in said.err
    assert '[[subscriptions]] no. 2: query = "country:kx": country: does not know kx' in said.err


def test_the_doctor_says_which_subscription_can_no_longer_be_understood_and_which_was_paused(
    terminal: Terminal,
) -> None:
    (terminal.folder / "water.toml").write_text(
        '[concepts]\n"mineral.zzite" = { name = "zzite" }\n[words.en]\n"mineral.zzite" = ["zzite"]\n'
    )
    terminal("ask", 'subscribe country:kz in:C0123456789 name:"Desk"')
    terminal("ask", "pause Desk")
    assert "BAD  subscriptions" not in terminal("doctor").out, "what somebody paused is as it was meant"

    terminal.environ["STEPPEWATCH_UNDERSTANDING__PACKS"] = '["."]'
    terminal("ask", 'subscribe mineral:zzite in:C0123456789 name:"Zzite"')
    del terminal.environ["STEPPEWATCH_UNDERSTANDING__PACKS"]
    said = terminal("doctor")

    assert said.code == 1
    assert "BAD  subscriptions: Zzite asks for mineral:zzite" in said.out
    assert "-    subscriptions: Desk is paused: by hand" in said.out


def test_only_the_web_without_tokens_is_refused_with_what_is_missing(terminal: Terminal) -> None:
    said = terminal("run", "--only", "web")

    assert said.code == 1
    assert "STEPPEWATCH_SLACK__BOT_TOKEN is not set" in said.err
    assert "run --only worker" in said.err


def test_an_option_that_makes_no_sense_is_told_what_it_may_be(terminal: Terminal) -> None:
    said = terminal("run", "--only", "both")

    assert said.code == 2
    assert "'--only': 'both' is not one of 'web', 'worker'" in said.err


def test_a_checked_configuration_can_be_read_by_programs(terminal: Terminal) -> None:
    (terminal.folder / "bad.toml").write_text("[poll]\nat_once = 0\n")

    good, bad = (
        terminal("config", "check", "--format", "json"),
        terminal("--config", "bad.toml", "config", "check", "--format", "json"),
    )

    assert json.loads(good.out) == {"file": None, "ok": True, "problems": []}
    assert bad.code == 1
    assert len(json.loads(bad.out)["problems"]) == 1


def test_a_database_is_made_checked_and_copied(terminal: Terminal) -> None:
    before = terminal("db", "check")
    assert before.code == 1
    assert "run `steppewatch db upgrade`" in before.err

    assert terminal("db", "upgrade").code == 0
    assert "schema" in terminal("db", "check").out
    assert json.loads(terminal("db", "check", "--format", "json").out)["ok"] is True
    assert terminal("db", "backup", "copy.db").code == 0
    again = terminal("db", "backup", "copy.db")

    assert again.code == 1
    assert "does not overwrite" in again.err


def test_to_look_for_a_database_makes_none_and_nothing_is_copied_from_one(terminal: Terminal) -> None:
    terminal.environ["STEPPEWATCH_DATABASE__URL"] = "sqlite:///not-yet.db"

    for words in (["db", "check"], ["db", "backup", "copy.db"], ["doctor"]):
        said = terminal(*words)
        assert said.code == 1
        assert "not-yet.db: has no tables yet: there is no such file" in said.out + said.err
    assert not list(terminal.folder.glob("*.db*"))

    (terminal.folder / "not-yet.db").touch()
    assert "nothing to copy" in terminal("db", "backup", "copy.db").err


def test_a_library_that_was_not_installed_is_named(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "alembic", None)

    said = terminal("db", "upgrade")

    assert (said.code, said.out) == (1, "")
    assert "the library alembic is not installed; install steppewatch again" in said.err


def test_a_file_of_another_program_is_left_as_it_is(terminal: Terminal) -> None:
    foreign = terminal.folder / "places.db"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE visits (address TEXT)")
    before = foreign.read_bytes()
    terminal.environ["STEPPEWATCH_DATABASE__URL"] = f"sqlite:///{foreign}"

    for words in (["db", "check"], ["db", "upgrade"], ["poll"], ["ask", "status"]):
        said = terminal(*words)
        assert said.code == 1
        assert "another program's" in said.err

    with closing(sqlite3.connect(foreign)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("visits",)]
    assert len(foreign.read_bytes()) == len(before)


def test_a_damaged_database_and_one_of_a_newer_program_are_refused(terminal: Terminal) -> None:
    damaged = terminal.folder / "damaged.db"
    damaged.write_bytes(b"this is no database" * 100)
    terminal.environ["STEPPEWATCH_DATABASE__URL"] = f"sqlite:///{damaged}"
    for words in (["db", "check"], ["ask", "status"], ["poll"]):
        said = terminal(*words)
        assert (said.code, said.out) == (1, "")
        assert str(damaged) in said.err
    told = json.loads(terminal("db", "check", "--format", "json").out)
    assert not told["ok"]
    assert str(damaged) in told["database"]
    assert damaged.read_bytes() == b"this is no database" * 100

    newer = terminal.folder / "newer.db"
    terminal.environ["STEPPEWATCH_DATABASE__URL"] = f"sqlite:///{newer}"
    terminal("db", "upgrade")
    with sqlite3.connect(newer) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    for words in (["db", "check"], ["db", "upgrade"], ["ask", "status"], ["poll"]):
        said = terminal(*words)
        assert said.code == 1
        assert "newer program" in said.err


def test_the_password_of_a_database_that_is_not_there_is_not_told(terminal: Terminal) -> None:
    terminal.environ["STEPPEWATCH_DATABASE__URL"] = "postgresql://bot:tops3cret@127.0.0.1:1/news"

    for words in (["db", "check"], ["ask", "status"], ["doctor"], ["poll"]):
        said = terminal(*words)

        assert said.code == 1
        assert "tops3cret" not in said.out + said.err
        assert "Traceback" not in said.err


def test_the_doctor_says_what_is_good_and_what_is_missing(terminal: Terminal) -> None:
    sick = terminal("doctor")
    assert sick.code == 1
    assert "BAD  database" in sick.out

    terminal("db", "upgrade")
    well = terminal("doctor", "--format", "json")

    assert well.code == 0
    checks = {check["name"]: check["ok"] for check in json.loads(well.out)["checks"]}
    assert checks["database"] is True
    assert checks["packs"] is True
    assert checks["Slack"] is None, "missing, and not needed for everything"


@pytest.mark.parametrize(
    ("days", "code", "said"), [(0.5, 0, "good polling: "), (3, 1, "is `steppewatch run` at")]
)
def test_the_doctor_says_when_nobody_asks_the_feeds(
    settled: Terminal, days: float, code: int, said: str
) -> None:
    settled("feeds", "starter", "--follow", "--country", "KZ")
    assert "no feed was asked yet" in settled("doctor").out
    database = Database.open(f"sqlite:///{settled.folder / 'steppewatch.db'}")
    with database.writing() as session:
        moment = datetime.now(UTC) - timedelta(days=days)
        session.execute(update(Feed).values(last_fetched_at=moment, last_good_at=moment))
    database.close()

    told = settled("doctor")

    assert told.code == code
    assert said in told.out


def test_the_doctor_names_the_proxy_and_not_its_password_and_refuses_one_that_is_none(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "good network: servers are asked straight" in terminal("doctor").out

    monkeypatch.setenv("HTTPS_PROXY", "http://me:tops3cret@10.0.0.9:3128")
    behind = terminal("doctor")
    monkeypatch.setenv("HTTPS_PROXY", "socks5://me:tops3cret@10.0.0.9:3128")
    wrong = [terminal(*words) for words in (["doctor"], ["poll"], ["run"])]

    assert "good network: out through the proxy 10.0.0.9:3128" in behind.out
    for said in wrong:
        assert said.code == 1
        assert "HTTPS_PROXY (or ALL_PROXY): not the address of an HTTP proxy" in said.out + said.err
    assert all("tops3cret" not in said.out + said.err for said in (behind, *wrong))


def test_packs_are_checked_with_their_examples(terminal: Terminal) -> None:
    said = terminal("packs", "check", "--format", "json")

    assert said.code == 0
    assert json.loads(said.out)["broken"] == []


def test_a_pack_of_ones_own_that_is_wrong_is_named(terminal: Terminal) -> None:
    folder = terminal.folder / "packs"
    folder.mkdir()
    (folder / "mine.toml").write_text('[[example]]\ntitle = "Rain in Paris"\ntopics = ["central_asia"]\n')

    untrue = terminal("packs", "check", "packs")
    (folder / "mine.toml").write_text("[nonsense]\n")
    unread = terminal("packs", "check", "packs")

    assert untrue.code == 1
    assert "'Rain in Paris': central_asia not found" in untrue.out
    assert unread.code == 1
    assert "mine.toml" in unread.err


def test_packs_that_are_as_they_were_change_nothing(terminal: Terminal) -> None:
    said = terminal("packs", "diff")

    assert (said.code, said.out) == (0, "0 stored stories would be decided differently\n")


@pytest.mark.parametrize("mode", ["socket", "http"])
def test_the_manifest_is_for_the_mode_that_is_set_and_for_http_where_an_address_is_given(
    terminal: Terminal, mode: str
) -> None:
    terminal.environ["STEPPEWATCH_SLACK__MODE"] = mode

    said = terminal("slack", "manifest")
    addressed = terminal("slack", "manifest", "--url", "https://bot.example/slack/events")

    assert (said.code, addressed.code) == (0, 0)
    assert json.loads(said.out)["settings"]["socket_mode_enabled"] == (mode == "socket")
    assert addressed.out.count("https://bot.example/slack/events") > 1


@pytest.mark.parametrize(
    "url", ["nonsense", "http://bot.example/slack/events", "https://", "https://[", "https://a b"]
)
def test_a_manifest_is_made_for_no_address_that_slack_cannot_reach(terminal: Terminal, url: str) -> None:
    said = terminal("slack", "manifest", "--url", url)

    assert (said.code, said.out) == (2, "")
    assert "https://HOST/slack/events" in said.err
