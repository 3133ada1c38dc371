"""The whole program beside a Slack that speaks the real protocol: asked, posting, restarted."""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.cli.test_program import LONGEST, environ
from tests.slack_standin.server import APP_TOKEN, BOT_TOKEN, StandIn
from tests.slack_standin.visitors import Asked


@pytest.fixture
def slack() -> Iterator[StandIn]:
    """A workspace."""
    with StandIn() as standing_in:
        yield standing_in


@pytest.fixture
def connected(tmp_path: Path, slack: StandIn) -> dict[str, str]:
    """The environment of a bot of this workspace, configured with digests for this minute and the next."""
    now = datetime.now(UTC)
    minutes = [f"{moment:%H:%M}" for moment in (now, now + timedelta(minutes=1))]
    every_day = 'weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]'
    (tmp_path / "steppewatch.toml").write_text(
        "".join(
            f'[[subscriptions]]\nname = "{minute}"\nchannel = "CPOLICY"\ntime = "{minute}"\n{every_day}\n'
            for minute in minutes
        )
    )
    return {
        "STEPPEWATCH_SLACK__BOT_TOKEN": BOT_TOKEN,
        "STEPPEWATCH_SLACK__APP_TOKEN": APP_TOKEN,
        "STEPPEWATCH_SLACK__API_URL": slack.api_url,
    }


@contextmanager
def running(folder: Path, more: dict[str, str], *words: str) -> "Iterator[subprocess.Popen[str]]":
    """The bot at work; killed when the test forgets it."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "run", *words],
        cwd=folder,
        env=environ(more),
        stderr=subprocess.PIPE,
        text=True,
    ) as bot:
        guard = threading.Timer(LONGEST, bot.kill)
        guard.start()
        try:
            yield bot
        finally:
            bot.kill()
            guard.cancel()


def ended(bot: "subprocess.Popen[str]") -> tuple[int, str]:
    """Tell the bot to stop; its exit code, and what it said."""
    bot.send_signal(signal.SIGTERM)
    assert bot.stderr is not None
    said = bot.stderr.read()
    return bot.wait(), said


def test_killed_at_the_moment_of_posting_and_started_again_it_answers_and_posts_once_all_the_same(
    tmp_path: Path, slack: StandIn, connected: dict[str, str]
) -> None:
    with running(tmp_path, connected, "--only", "worker") as bot:
        assert slack.wait_for(lambda: bool(slack.posted("CPOLICY")), LONGEST)
        bot.kill()
    before = slack.counts()

    with running(tmp_path, connected) as bot:
        assert slack.sockets.wait_connections(1, LONGEST)
        asked = Asked.command(slack, "help").over_socket()
        assert asked.answered(timeout=LONGEST)
        assert "search" in asked.said
        code, said = ended(bot)

    assert code == 0, said
    assert "worker.started" in said
    assert BOT_TOKEN not in said
    assert APP_TOKEN not in said
    assert set(slack.counts().values()) == {1}
    assert before.keys() <= slack.counts().keys()


def test_a_digest_is_posted_by_hand_once_a_slot(
    tmp_path: Path, terminal: Terminal, slack: StandIn, connected: dict[str, str]
) -> None:
    terminal.environ |= connected
    (tmp_path / "steppewatch.toml").write_text('[[subscriptions]]\nname = "A"\nchannel = "CPOLICY"\n')

    words = ("digest", "A", "--at", "2026-02-06T09:00Z", "--post")
    first = terminal(*words, "--format", "json")
    second = terminal(*words)

    assert (first.code, second.code) == (0, 0), first.err
    told = json.loads(first.out)
    assert (told["slot"], told["state"], told["posted_now"]) == ("2026-02-06T08:00:00+00:00", "sent", True)
    assert "was posted already" in second.out
    assert len(slack.posted("CPOLICY")) == 1


def test_a_token_that_slack_does_not_take_ends_the_start_with_its_name(
    terminal: Terminal, slack: StandIn, connected: dict[str, str]
) -> None:
    terminal.environ |= connected
    slack.revoked = True

    said = terminal("run")

    assert said.code == 1
    assert "STEPPEWATCH_SLACK__BOT_TOKEN" in said.err
    assert "Traceback" not in said.err
    assert BOT_TOKEN not in said.err
