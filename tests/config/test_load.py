"""What a configuration gives when it is right."""

from datetime import time, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import find, load
from bot.config.example import example
from bot.config.kinds import read_duration, read_size, show_duration, show_size
from bot.config.settings import Settings
from bot.core.words import FeedKind


def written(folder: Path, text: str) -> Path:
    path = folder / "steppewatch.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_hold() -> None:
    assert load(None, {}) == Settings()


def test_the_example_in_the_repository_is_what_the_settings_say() -> None:
    at_root = Path(__file__).parents[2] / "config.example.toml"

    assert at_root.read_text(encoding="utf-8") == example()


def test_the_example_is_a_configuration_that_changes_nothing(tmp_path: Path) -> None:
    assert load(written(tmp_path, example()), {}) == Settings()


def test_the_commented_feeds_and_subscriptions_of_the_example_are_good_ones(tmp_path: Path) -> None:
    head, _, tail = example().partition("# Feeds that are polled from the start")
    lines = [line.removeprefix("# ") for line in tail.splitlines() if " = " in line or "[[" in line]

    settings = load(written(tmp_path, head + "\n".join(lines)), {})

    assert [feed.kind for feed in settings.feeds] == [FeedKind.INDEPENDENT]
    assert [subscription.time for subscription in settings.subscriptions] == [time(9)]


def test_values_carry_their_units(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        [poll]
        usual_wait = "1h30m"
        largest_body = "512KiB"
        private_networks = ["127.0.0.0/8", "fd00::/8"]
        [digest]
        time = 07:30:00
        timezone = "Asia/Tashkent"
        weekdays = ["Friday", "mon"]
        """,
    )

    settings = load(path, {})

    assert settings.poll.usual_wait == timedelta(minutes=90)
    assert settings.poll.largest_body == 512 * 1024
    assert settings.poll.private_networks == (ip_network("127.0.0.0/8"), ip_network("fd00::/8"))
    assert settings.digest.time == time(7, 30)
    assert settings.digest.weekdays == ("mon", "fri")


def test_a_subscription_takes_what_it_leaves_out_from_the_digest_section(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        [digest]
        time = "07:30"
        timezone = "Europe/Brussels"
        [[subscriptions]]
        name = "all"
        channel = "C1"
        [[subscriptions]]
        name = "late"
        channel = "C1"
        time = "17:00"
        weekdays = ["sun"]
        """,
    )

    usual, late = load(path, {}).subscriptions

    assert (usual.time, usual.timezone, usual.weekdays) == (
        time(7, 30),
        "Europe/Brussels",
        ("mon", "tue", "wed", "thu", "fri"),
    )
    assert (late.time, late.timezone, late.weekdays) == (time(17), "Europe/Brussels", ("sun",))


def test_the_environment_overrides_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, '[poll]\nat_once = 4\nusual_wait = "5m"\n')

    settings = load(
        path,
        {
            "STEPPEWATCH_POLL__AT_ONCE": "9",
            "STEPPEWATCH_POLL__FULL_TEXT": "false",
            "STEPPEWATCH_POLL__PRIVATE_NETWORKS": "127.0.0.0/8, ::1/128",
            "STEPPEWATCH_DIGEST__WEEKDAYS": '["mon", "sun"]',
            "STEPPEWATCH_UNDERSTANDING__POLICY": "0.25",
            "STEPPEWATCH_FEEDS": '[{"url": "https://example.org/feed"}]',
        },
    )

    assert settings.poll.at_once == 9
    assert settings.poll.usual_wait == timedelta(minutes=5)
    assert settings.poll.full_text is False
    assert len(settings.poll.private_networks) == 2
    assert settings.digest.weekdays == ("mon", "sun")
    assert settings.understanding.policy == 0.25
    assert settings.feeds[0].url == "https://example.org/feed"


def test_secrets_come_from_the_environment_or_from_a_file_that_it_names(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("xapp-from-a-file\n")

    settings = load(
        None,
        {
            "STEPPEWATCH_SLACK__BOT_TOKEN": "xoxb-from-the-environment",
            "STEPPEWATCH_SLACK__APP_TOKEN_FILE": str(tmp_path / "token"),
        },
    )

    assert settings.known_secrets() == ("xapp-from-a-file", "xoxb-from-the-environment")
    assert settings.lacking_for_slack() == ()
    assert "from" not in repr(settings.slack)


def test_an_empty_variable_is_one_that_is_not_set() -> None:
    environ = {"STEPPEWATCH_SLACK__BOT_TOKEN": "", "STEPPEWATCH_POLL__AT_ONCE": " "}

    assert load(None, environ) == Settings()


def test_variables_that_kubernetes_makes_for_a_service_of_our_name_are_left_alone() -> None:
    assert (
        load(
            None,
            {
                "STEPPEWATCH_PORT": "tcp://10.0.0.1:80",
                "STEPPEWATCH_SERVICE_HOST": "x",
                "STEPPEWATCH_SLACK_PORT": "tcp://10.0.0.1:80",
            },
        )
        == Settings()
    )


def test_in_http_mode_slack_needs_the_signing_secret() -> None:
    environ = {"STEPPEWATCH_SLACK__MODE": "http", "STEPPEWATCH_SLACK__BOT_TOKEN": "xoxb-1"}

    assert load(None, environ).lacking_for_slack() == ("STEPPEWATCH_SLACK__SIGNING_SECRET is not set",)


def test_the_password_of_the_database_is_among_the_secrets() -> None:
    settings = load(None, {"STEPPEWATCH_DATABASE__URL": "postgresql://bot:open%20sesame@db/news"})

    assert settings.known_secrets() == ("open%20sesame", "open sesame")
    assert "sesame" not in repr(settings)


def test_the_file_is_the_one_asked_for_then_the_variable_then_the_usual_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert find(None, {}) is None

    written(tmp_path, "")
    assert find(None, {}) == Path("steppewatch.toml")
    assert find(None, {"STEPPEWATCH_CONFIG": "b.toml"}) == Path("b.toml")
    assert find("a.toml", {"STEPPEWATCH_CONFIG": "b.toml"}) == Path("a.toml")


@given(st.timedeltas(timedelta(0), timedelta(days=5000)))
def test_a_length_of_time_is_read_as_it_is_shown(value: timedelta) -> None:
    rounded = timedelta(milliseconds=round(value.total_seconds() * 1000))

    assert read_duration(show_duration(value)) == rounded


@given(st.integers(0, 10**10))
def test_a_size_is_read_as_it_is_shown(value: int) -> None:
    assert read_size(show_size(value)) == value
