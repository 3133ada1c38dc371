"""How soon a command is acknowledged while much else runs. Slack waits three seconds; we want half of one."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.roles.web import Web
from tests.slack.rooms import HandClock, Room, Settings
from tests.slack_standin import Asked, StandIn, type_over_http

pytestmark = pytest.mark.bench

A_SECOND = 20
SECONDS = 10


def burn(stop: threading.Event) -> None:
    """Work that holds the interpreter's lock as deciding and rendering do."""
    while not stop.is_set():
        sum(number * number for number in range(20_000))


def ask_often(ask: Callable[[Asked], Asked], slack: StandIn) -> list[float]:
    """Seconds to the acknowledgement of each of 20 commands a second; every other one is slow to answer."""
    with ThreadPoolExecutor(64) as people:
        asked = []
        for number in range(A_SECOND * SECONDS):
            text = f"slow {number}" if number % 2 else f"latest {number}"
            asked.append(people.submit(ask, Asked.command(slack, text)))
            time.sleep(1 / A_SECOND)
        return sorted(each.result().ack_seconds for each in asked)


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
        taken = ask_often((lambda a: type_over_http(a, url)) if web.port else Asked.over_socket, slack)

        stop.set()
        room.go_on.set()
        for thread in busy:
            thread.join()
        web.stop()
    assert taken[0] >= 0, "every one was acknowledged"
    p99 = taken[int(len(taken) * 0.99) - 1]
    print(f"\nack by {mode}: median {taken[len(taken) // 2] * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms")
