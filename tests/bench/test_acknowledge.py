"""How soon a command is acknowledged while much else runs. Slack waits three seconds; we want half of one."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.roles.web import Web
from bot.store.database import Database
from tests.bench.feed_farm import FEEDS, farm
from tests.bench.newsstand import fill, gather_events
from tests.slack.rooms import HandClock, Room, Settings
from tests.slack_standin import APP_TOKEN, BOT_TOKEN, SECRET, Asked, StandIn, type_over_http

pytestmark = pytest.mark.bench

A_SECOND = 20
SECONDS = 10


def burn(stop: threading.Event) -> None:
    """Work that holds the interpreter's lock as deciding and rendering do."""
    while not stop.is_set():
        sum(number * number for number in range(20_000))


def ask_often(
    ask: Callable[[Asked], Asked], slack: StandIn, words: Callable[[int], str], seconds: int = SECONDS
) -> list[Asked]:
    """What came of 20 commands a second, the soonest acknowledged first."""
    with ThreadPoolExecutor(64) as people:
        asked = []
        began = time.monotonic()
        for number in range(A_SECOND * seconds):
            asked.append(people.submit(ask, Asked.command(slack, words(number))))
            time.sleep(max(0.0, began + (number + 1) / A_SECOND - time.monotonic()))
        return sorted((each.result() for each in asked), key=lambda each: each.ack_seconds)


def told(taken: list[Asked]) -> tuple[float, float, float]:
    """Milliseconds to the acknowledgement: the median, the 99th percentile, the most."""
    spent = [each.ack_seconds * 1000 for each in taken]
    assert spent[0] >= 0, "every one was acknowledged"
    return spent[len(spent) // 2], spent[int(len(spent) * 0.99) - 1], spent[-1]


@pytest.mark.parametrize("mode", ["socket", "http"])
def test_commands_are_acknowledged_while_others_are_slow_and_two_threads_compute(mode: str) -> None:
    room, stop = Room(), threading.Event()
    room.go_on.clear()
    with StandIn() as slack:
        web = Web(Settings(slack.api_url, mode=mode), room, HandClock())
        web.start()
        busy = [threading.Thread(target=burn, args=(stop,)) for _ in range(2)]
        for thread in busy:
            thread.start()

        url = f"http://127.0.0.1:{web.port}/slack/events"
        taken = ask_often(
            (lambda a: type_over_http(a, url)) if web.port else Asked.over_socket,
            slack,
            lambda number: f"slow {number}" if number % 2 else f"latest {number}",
        )

        stop.set()
        room.go_on.set()
        for thread in busy:
            thread.join()
        web.stop()
    median, p99, most = told(taken)
    print(f"\nack by {mode}: median {median:.0f} ms, p99 {p99:.0f} ms, most {most:.0f} ms")


STORIES = 20_000
CHANNELS = 12
WORKING = 90  # seconds; within the first 80 the digests are due
WORDS = (
    "search w40 w300", "latest country:kz", "latest", "status", "help", "subscriptions", "trend country:kz",
    "digest", "event e40", "search mineral:tungsten", "timeline country:uz", "feeds",
)  # fmt: skip


@pytest.mark.parametrize("mode", ["socket", "http"])
def test_commands_are_acknowledged_while_the_same_process_polls_and_posts(tmp_path: Path, mode: str) -> None:
    """The bot as it is run: a first poll of a thousand feeds, digests in twelve channels, 20,000 stories."""
    database = Database.open(f"sqlite:///{tmp_path / 'bench.db'}")
    database.upgrade()
    fill(database, STORIES)
    gather_events(database)
    database.close()
    with StandIn() as slack, farm() as address, bot(tmp_path, slack, address, mode) as port:
        url = f"http://127.0.0.1:{port}/slack/events"
        ask = (lambda a: type_over_http(a, url)) if mode == "http" else Asked.over_socket
        if mode == "socket":
            assert slack.sockets.wait_connections(1, 60)
        else:
            assert wait_until(lambda: open_at(port))
        assert wait_until(lambda: ask(Asked.command(slack, "help")).ack_seconds >= 0)

        taken = ask_often(ask, slack, lambda number: WORDS[number % len(WORDS)], WORKING)

        wait_until(lambda: all(each.answers or each.ack.get("text") for each in taken), 15)
        posted = len(slack.called("chat.postMessage"))
    polled = stored(tmp_path)
    median, p99, most = told(taken)
    answered = len([each for each in taken if each.answers])
    turned_away = len([each for each in taken if each.ack.get("text")])
    print(
        f"\nack by {mode} while {polled:,} stories came in and {posted} messages were posted: median "
        f"{median:.0f} ms, p99 {p99:.0f} ms, most {most:.0f} ms; {answered} of {len(taken)} answered, "
        f"{turned_away} asked to come again"
    )
    assert polled > 100
    assert posted >= CHANNELS
    assert p99 < 500


@contextmanager
def bot(folder: Path, slack: StandIn, address: str, mode: str) -> Iterator[int]:
    """`steppewatch run`, in a process of its own; gives the port that it listens on in http mode."""
    for number in range(CHANNELS):
        slack.add_channel(f"CBENCH{number}", f"bench-{number}")
    soon = datetime.now(UTC) + timedelta(seconds=80)
    lines = [f"[[feeds]]\nurl = {json.dumps(f'{address}/feed/{number}')}\n" for number in range(FEEDS)]
    lines += [
        f'[[subscriptions]]\nname = "Desk {number}"\nchannel = "CBENCH{number}"\ntime = "{soon:%H:%M}"\n'
        'weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]\n'
        for number in range(CHANNELS)
    ]
    (folder / "bench.toml").write_text("\n".join(lines))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    own = {
        "DATABASE__URL": f"sqlite:///{folder / 'bench.db'}",
        "POLL__PRIVATE_NETWORKS": "127.0.0.1/32",
        "SLACK__MODE": mode,
        "SLACK__PORT": str(port),
        "SLACK__API_URL": slack.api_url,
        "SLACK__BOT_TOKEN": BOT_TOKEN,
        "SLACK__APP_TOKEN": APP_TOKEN,
        "SLACK__SIGNING_SECRET": SECRET,
        "KEEP__UNFLAGGED": "3650d",
        "LOG__LEVEL": "warning",
    }
    environ = os.environ | {f"STEPPEWATCH_{name}": value for name, value in own.items()}
    command = [sys.executable, "-m", "bot", "--config", str(folder / "bench.toml"), "run"]
    with subprocess.Popen(command, env=environ) as process:
        try:
            yield port
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def open_at(port: int) -> bool:
    """Whether somebody listens there."""
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def stored(folder: Path) -> int:
    """Stories that came in beside those that were there."""
    database = Database.open(f"sqlite:///{folder / 'bench.db'}")
    with database.reading() as session:
        found: int = session.connection().exec_driver_sql("SELECT count(*) FROM story").scalar_one()
    database.close()
    return found - STORIES


def wait_until(true: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether something came about in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.2)
    return False
