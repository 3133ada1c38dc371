"""Broken configurations: each is answered with its place, what was found and what would be right."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import load
from bot.errors import ConfigError

BROKEN = {
    # the file as a whole
    b'[digest]\ntime = "08:00': "line 2: not TOML",
    b"[digest\n": "line 1, column 8: not TOML",
    b"= 3": "line 1, column 1: not TOML",
    b"a = " + b"[" * 5000: "nested too deep",
    b"[poll]\nat_once = " + b"9" * 5000: "not TOML that can be read",
    b"[poll]\nat_once = 1\nat_once = 2": "line 3: not TOML",
    "[digest]\ntimezone = 'Азия'".encode("cp1251"): "line 2 is not UTF-8",
    "[digest]\n".encode("utf-16"): "line 1 is not UTF-8",
    b"\x00\x01\x02": "line 1, column 1: not TOML",
    # sections
    b"poll = 3": "poll = 3: wants a table, [poll]",
    b"[[poll]]\nat_once = 1": "poll = [a table]: wants a table, [poll]",
    b"[pol]\nat_once = 1": "[pol] is not a section; did you mean poll?",
    b"[cooking]": "[cooking] is not a section; there are database, slack",
    b"at_once = 1": "at_once stands before any section; it belongs under [poll]",
    b"[poll]\nat_onc = 1": "[poll] at_onc is not a setting; did you mean at_once?",
    b"[poll]\nsigning_secret_ = 1": "[poll] signing_secret_ is not a setting",
    b'[digest]\nusual_wait = "3m"': "[digest] usual_wait is not a setting; it belongs under [poll]",
    # values
    b'[poll]\nusual_wait = "30"': '[poll] usual_wait = "30": wants a length of time with its unit',
    b"[poll]\nusual_wait = 30": "[poll] usual_wait = 30: wants a length of time with its unit",
    b'[poll]\nusual_wait = "-5m"': "a length of time with its unit",
    b'[poll]\nusual_wait = "0s"': "from 1s to 7d",
    b'[poll]\nusual_wait = "99w"': "from 1s to 7d",
    b'[poll]\nusual_wait = "half an hour"': "a length of time with its unit",
    b'[poll]\nat_once = "many"': '[poll] at_once = "many": wants a whole number from 1 to 256',
    b'[poll]\nat_once = "16"': "without quotes",
    b"[poll]\nat_once = 0": "[poll] at_once = 0: wants a whole number from 1 to 256",
    b"[poll]\nat_once = 1.5": "[poll] at_once = 1.5: wants a whole number",
    b"[poll]\nat_once = true": "[poll] at_once = true: wants a whole number",
    b"[poll]\nlargest_body = 8388608": "a size with its unit",
    b'[poll]\nlargest_body = "8mb"': "a size with its unit",
    b'[poll]\nprivate_networks = "10.0.0.0/8"': "a list",
    b'[poll]\nprivate_networks = ["10.0.0.1/8"]': "a network's first address, that is 10.0.0.0/8",
    b'[poll]\nprivate_networks = ["home"]': "a list of networks",
    b"[poll]\nprivate_networks = [10]": "a list of networks",
    b'[poll]\nfull_text = "yes"': '[poll] full_text = "yes": wants true or false',
    b'[poll]\nuser_agent = "a\\nX-Header: 1"': "plain text on one line",
    b'[poll]\ncontact = "\\u0007"': "without control characters",
    b'[digest]\ntime = "25:00"': '[digest] time = "25:00": wants a time of day from "00:00" to "23:59"',
    b'[digest]\ntime = "0 8 * * 1-5"': "a time of day",
    b"[digest]\ntime = 8": "a time of day",
    b"[digest]\ntime = 08:00:30": "a time of day",
    b"[digest]\ntime = 2026-01-01": "[digest] time = 2026-01-01: wants a time of day",
    b'[digest]\ntimezone = "Asia/Taskent"': "did you mean Asia/Tashkent?",
    b'[digest]\ntimezone = "tashkent"': "did you mean Asia/Tashkent?",
    b'[digest]\ntimezone = "../../etc/passwd"': "a time zone by its name",
    b'[digest]\ntimezone = "Asia"': "a time zone by its name",
    b'[digest]\ntimezone = ""': "a time zone by its name",
    b'[digest]\nweekdays = ["mon", "fryday"]': "a list of days",
    b"[digest]\nweekdays = []": "at least one day",
    b'[digest]\nweekdays = "mon"': "a list",
    b'[digest]\ntiers = ["none"]': "one of core, region, minerals",
    b'[slack]\nmode = "sockt"': "one of socket, http; did you mean socket?",
    b"[slack]\nport = 70000": "a whole number from 1 to 65535",
    b'[slack]\napi_url = "slack.com/api"': 'an address that begins with "https://"',
    b'[slack]\napi_url = "https://[::1"': 'an address that begins with "https://"',
    b'[database]\nurl = "mysql://x/y"': '"sqlite:///FILE" or "postgresql://USER@HOST/NAME"',
    b'[database]\nurl = "sqlite://news.db"': "the file follows three slashes",
    b'[database]\nurl = ""': '"sqlite:///FILE"',
    b"[understanding]\npolicy = 2": "a number from 0 to 1",
    b"[understanding]\npolicy = nan": "a number from 0 to 1",
    b'[understanding]\npacks = ["/no/such/folder"]': "there is no folder /no/such/folder",
    b'[log]\nlevel = "loud"': "one of debug, info, warning, error",
    # lists of tables
    b'[feeds]\nurl = "https://a.test/x"': "a table for each, [[feeds]]",
    b"feeds = [1]": "[[feeds]] no. 1 = 1: wants a table for each",
    b'[[feeds]]\nname = "x"': "[[feeds]] no. 1: url is missing",
    b'[[feeds]]\nurl = "ftp://a.test/x"': '[[feeds]] no. 1: url = "ftp://a.test/x": wants an address',
    b'[[feeds]]\nurl = "https://a.test/x"\nkind = "ofical"': "did you mean official?",
    b'[[feeds]]\nurl = "https://a.test/x"\ncountry = "Kazakhstan"': "a country by its two letters",
    b'[[feeds]]\nurl = "https://a.test/x"\nlang = "Russian language"': "a language by its code",
    b'[[feeds]]\nurl = "https://a.test/x"\n[[feeds]]\nurl = "https://a.test/x"': "is there 2 times",
    b'[[subscriptions]]\nname = "a"': "[[subscriptions]] no. 1: channel is missing",
    b'[[subscriptions]]\nname = ""\nchannel = "C1"': "text that is not empty",
    b'[[subscriptions]]\nname = "a"\nchannel = "C1"\nquery = "country:(("': "a search that makes sense",
    b'[[subscriptions]]\nname = "a"\nchannel = "policy desk"': 'a channel by its id, as in "C0123456789"',
    b'[[subscriptions]]\nname = "a"\nchannel = "@bob"': 'a channel by its id, as in "C0123456789"',
    b'[[subscriptions]]\nname = "a"\nchannel = ""': "text that is not empty",
    b'[[subscriptions]]\nname = "a"\nchannel = 7': "text in quotes",
    b'[[subscriptions]]\nname = "a"\nchannel = "C1"\ntimezone = "Mars"': "a time zone by its name",
    # secrets in the wrong place
    b'[slack]\nbot_token = "xoxb-tops3cret"': "set STEPPEWATCH_SLACK__BOT_TOKEN",
    b'[slack]\nbot_tokn = "xoxb-tops3cret"': "did you mean bot_token?",
    b'[slack]\nmode = "xoxb-tops3cret"': "one of socket, http",
    b'[database]\nurl = "postgresql://bot:tops3cret@db/news"': "set STEPPEWATCH_DATABASE__URL",
    b'[database]\nurl = "mysql://bot:tops3cret@db/news"': "holds a password",
    b'[[feeds]]\nurl = "https://me:tops3cret@a.test/x"': "[[feeds]] no. 1: url: holds a password",
    b'[slack]\napi_url = "https://me:tops3cret@a.test/x"': "without a name or password",
}


@pytest.mark.parametrize(("body", "said"), BROKEN.items(), ids=[said[:40] for said in BROKEN.values()])
def test_a_broken_file_is_answered_with_what_would_be_right(tmp_path: Path, body: bytes, said: str) -> None:
    path = tmp_path / "broken.toml"
    path.write_bytes(body)

    with pytest.raises(ConfigError) as caught:
        load(path, {})

    assert said in str(caught.value)
    assert all(problem.startswith(f"{path}: ") for problem in caught.value.problems)
    assert "tops3cret" not in str(caught.value)
    assert caught.value.__cause__ is None, "the cause would carry the values"


ENVIRONMENTS = {
    "STEPPEWATCH_POLL__AT_ONCE=none": '__AT_ONCE = "none": wants a whole number from 1 to 256',
    "STEPPEWATCH_POLL__AT_ONC=3": "is not a setting; did you mean STEPPEWATCH_POLL__AT_ONCE?",
    "STEPPEWATCH_POL__AT_ONCE=3": "there is no section [pol]; did you mean poll?",
    "STEPPEWATCH_SLACK__APP_TOKEN=xoxb-tops3cret": "__APP_TOKEN: wants the token that begins with xapp-",
    "STEPPEWATCH_SLACK__BOT_TOKEN=tops3cret in pieces": "a secret in one piece",
    "STEPPEWATCH_SLACK__BOT_TOKEN_FILE=/no/such/file": "cannot be read: No such file",
    "STEPPEWATCH_SLACK__BOT_TOKEN_FILE=/": "cannot be read: Is a directory",
    "STEPPEWATCH_POLL__AT_ONCE_FILE=/etc/hosts": "is not a setting",
    "STEPPEWATCH_DATABASE__URL=mysql://u:tops3cret@h/n": "STEPPEWATCH_DATABASE__URL = ",
    "STEPPEWATCH_FEEDS=https://a.test/feed": "STEPPEWATCH_FEEDS: a list in JSON",
    'STEPPEWATCH_FEEDS=[{"url": 3}]': "STEPPEWATCH_FEEDS: [[feeds]] no. 1: url = 3",
    "STEPPEWATCH_DIGEST__WEEKDAYS=[mon": "a list",
    "STEPPEWATCH_SLACK_BOT_TOKEN=xoxb-tops3cret": "two underscores follow the section: STEPPEWATCH_SL",
    "STEPPEWATCH_DATABASE_URL_FILE=/x": "two underscores follow the section: STEPPEWATCH_DATABASE__URL_FILE",
    "STEPPEWATCH_POLL__FULL_TEXT=maybe": "true or false",
}


@pytest.mark.parametrize(("setting", "said"), ENVIRONMENTS.items())
def test_a_broken_variable_is_answered_by_its_name(setting: str, said: str) -> None:
    name, _, value = setting.partition("=")

    with pytest.raises(ConfigError) as caught:
        load(None, {name: value})

    assert said in str(caught.value)
    assert "tops3cret" not in str(caught.value)


def test_a_secret_that_is_given_twice_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("xoxb-1")

    with pytest.raises(ConfigError, match="STEPPEWATCH_SLACK__BOT_TOKEN is set too"):
        load(
            None,
            {
                "STEPPEWATCH_SLACK__BOT_TOKEN": "xoxb-2",
                "STEPPEWATCH_SLACK__BOT_TOKEN_FILE": str(tmp_path / "token"),
            },
        )


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "many.toml"
    path.write_text(
        '[poll]\nat_once = 0\nat_onc = 1\n[digest]\ntime = "25:00"\n[slack]\nbot_token = "xoxb-1"\n'
    )

    with pytest.raises(ConfigError) as caught:
        load(path, {"STEPPEWATCH_LOG__LEVEL": "loud"})

    assert len(caught.value.problems) == 5


def test_a_missing_file_a_folder_and_a_pipe_are_told_apart(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    for name, said in (
        ("missing", "there is no such file"),
        ("", "is a folder"),
        ("pipe", "is not an ordinary file"),
    ):
        with pytest.raises(ConfigError, match=said):
            load(tmp_path / name, {})


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # root may read everything, and tests often run as root
    with pytest.raises(ConfigError, match="cannot be read: Permission denied"):
        load(path, {})


def test_an_impossible_name_of_a_file_is_a_problem_and_no_traceback() -> None:
    for name in ("a\0b", "x" * 5000):
        with pytest.raises(ConfigError):
            load(Path(name), {})


@given(st.binary(max_size=300))
def test_any_bytes_are_a_configuration_or_a_list_of_problems(
    tmp_path_factory: pytest.TempPathFactory, body: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(body)

    try:
        load(path, {})
    except ConfigError as error:
        assert error.problems  # noqa: PT017  (either outcome is right; what must not be is another error)


@given(
    section=st.sampled_from(["database", "slack", "poll", "digest", "understanding", "keep", "log"]),
    key=st.sampled_from(
        ["url", "bot_token", "mode", "port", "at_once", "usual_wait", "time", "policy", "level"]
    ),
    value=st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
)
def test_any_variable_is_a_setting_or_a_problem(section: str, key: str, value: str) -> None:
    try:
        load(None, {f"STEPPEWATCH_{section.upper()}__{key.upper()}": value})
    except ConfigError as error:
        assert error.problems  # noqa: PT017
        assert all(problem.isprintable() for problem in error.problems)  # noqa: PT017
