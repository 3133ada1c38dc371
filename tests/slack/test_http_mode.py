"""HTTP mode over real requests: proven ones are answered, all others learn and leave nothing."""

import logging
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import HTTPConnection

import pytest
from pydantic import SecretStr

from bot.errors import ConfigError
from bot.roles.web import Web
from tests.slack.rooms import HandClock, Room, Settings
from tests.slack_standin import Asked, Limit, StandIn, press_over_http, type_over_http
from tests.slack_standin.visitors import sign


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def web(slack: StandIn, room: Room, clock: HandClock) -> Iterator[Web]:
    web = Web(Settings(slack.api_url, mode="http"), room, clock)
    web.start()
    yield web
    web.stop()


@pytest.fixture
def url(web: Web) -> str:
    return f"http://127.0.0.1:{web.port}/slack/events"


def raw(url: str, body: bytes, **headers: str) -> tuple[int, bytes]:
    """Post any body, signed rightly unless the headers say otherwise."""
    stamp = str(int(time.time()))
    right = {"Content-Type": "application/json", "X-Slack-Request-Timestamp": stamp}
    right |= {"X-Slack-Signature": sign(body, stamp)}
    given = right | {name.replace("_", "-"): value for name, value in headers.items()}
    host, _, path = url.removeprefix("http://").partition("/")
    connection = HTTPConnection(host, timeout=10)
    try:
        connection.request("POST", f"/{path}", body, given)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def test_a_signed_command_is_acknowledged_and_answered(slack: StandIn, url: str) -> None:
    asked = type_over_http(Asked.command(slack, "latest"), url)

    assert asked.status == 200
    assert asked.acknowledged
    assert asked.answered()
    assert "You asked latest" in asked.said


def test_a_signed_press_of_a_button_is_answered(slack: StandIn, url: str) -> None:
    asked = press_over_http(Asked.button(slack, "run.0", "why e17"), url)

    assert asked.status == 200
    assert asked.answered()
    assert "You asked why e17" in asked.said


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Slack_Signature": ""},
        {"X_Slack_Signature": "v0=" + "0" * 64},
        {"X_Slack_Signature": "v1=nonsense"},
        {"X_Slack_Signature": "v0=подпись"},
        {"X_Slack_Signature": "v0=" + "a" * 5_000},
        {"X_Slack_Request_Timestamp": ""},
        {"X_Slack_Request_Timestamp": "yesterday"},
        {"X_Slack_Request_Timestamp": "1e9"},
        {"X_Slack_Request_Timestamp": "-5"},
        {"X_Slack_Request_Timestamp": "١٢٣٤٥"},
        {"X_Slack_Request_Timestamp": "9" * 400},
        {"X_Slack_Request_Timestamp": "nan"},
    ],
    ids=str,
)
def test_what_is_not_proven_gets_401_and_leaves_nothing_in_the_log(
    slack: StandIn, url: str, room: Room, caplog: pytest.LogCaptureFixture, headers: dict[str, str]
) -> None:
    caplog.set_level(logging.DEBUG)

    asked = type_over_http(Asked.command(slack, "search confidential-words"), url, headers=headers)

    assert asked.status == 401
    assert room.asked == []
    logged = "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    assert "slack.unproven" in logged
    assert "confidential" not in logged
    assert "Traceback" not in logged


@pytest.mark.parametrize("minutes", [-6, 6, 60 * 24])
def test_a_signature_of_another_time_is_stale(slack: StandIn, url: str, room: Room, minutes: int) -> None:
    asked = type_over_http(Asked.command(slack, "latest"), url, now=time.time() + minutes * 60)

    assert asked.status == 401
    assert room.asked == []


def test_a_secret_that_is_another_proves_nothing(slack: StandIn, room: Room, clock: HandClock) -> None:
    web = Web(Settings(slack.api_url, mode="http", signing_secret=SecretStr("another")), room, clock)
    web.start()

    asked = type_over_http(Asked.command(slack, "latest"), f"http://127.0.0.1:{web.port}/slack/events")
    web.stop()

    assert asked.status == 401


def test_a_replayed_request_has_one_effect(slack: StandIn, url: str, room: Room) -> None:
    asked = Asked.command(slack, "latest")
    now = time.time()

    statuses = [type_over_http(asked, url, now=now).status for _ in range(3)]

    assert statuses == [200, 200, 200]
    assert type_over_http(Asked.command(slack, "help"), url).answered()
    assert [text for text, _ in room.asked] == ["latest", "help"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/json"),
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"payload=%7B", "application/x-www-form-urlencoded"),
        (b"payload=null", "application/x-www-form-urlencoded"),
        (b"\xff\xfe", "application/json"),
    ],
)
def test_a_signed_body_that_cannot_be_read_is_a_bad_request(url: str, body: bytes, kind: str) -> None:
    status, _ = raw(url, body, Content_Type=kind)

    assert status == 400


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b'{"type": "event_callback"}',
        b'{"type": 5, "event": []}',
        b'{"command": {"a": 1}}',
        b'{"view": 1}',
    ],
)
def test_a_signed_body_that_means_nothing_to_us_is_let_go(url: str, room: Room, body: bytes) -> None:
    status, _ = raw(url, body)

    assert status == 200
    assert room.asked == []


def test_slack_can_prove_the_address(url: str) -> None:
    status, body = raw(url, b'{"type": "url_verification", "challenge": "c0ffee"}')

    assert status == 200
    assert b"c0ffee" in body


def test_only_the_one_address_answers_and_only_to_posts(url: str) -> None:
    host, _, path = url.removeprefix("http://").partition("/")
    told = []
    for method, asked in (("GET", f"/{path}"), ("POST", "/"), ("GET", "/metrics"), ("PUT", f"/{path}")):
        connection = HTTPConnection(host, timeout=10)
        connection.request(method, asked, b"" if method != "GET" else None)
        told.append(connection.getresponse().status)
        connection.close()

    assert told == [405, 404, 404, 405]


def test_a_body_larger_than_any_of_slacks_is_not_read(url: str, room: Room) -> None:
    # Only announced: who sends it whole may find the connection closed before the end of it.
    status, _ = raw(url, b"x", Content_Length="1500000")

    assert status == 413
    assert room.asked == []


def test_the_clock_is_ours_and_not_the_machines(slack: StandIn, url: str, clock: HandClock) -> None:
    clock.moment = datetime(2030, 1, 1, tzinfo=UTC)

    assert type_over_http(Asked.command(slack, "latest"), url).status == 401
    assert type_over_http(Asked.command(slack, "latest"), url, now=clock.moment.timestamp()).status == 200


def test_questions_are_taken_while_slack_cannot_be_asked(
    slack: StandIn, room: Room, clock: HandClock
) -> None:
    slack.go_wrong("auth.test", Limit(60))
    web = Web(Settings(slack.api_url, mode="http"), room, clock)
    web.start()

    asked = type_over_http(Asked.command(slack, "latest"), f"http://127.0.0.1:{web.port}/slack/events")

    assert asked.answered()
    web.stop()


def test_a_port_that_is_taken_is_told_as_that(slack: StandIn, web: Web, room: Room, clock: HandClock) -> None:
    second = Web(Settings(slack.api_url, mode="http", port=web.port), room, clock)

    with pytest.raises(ConfigError, match=r"slack\.port"):
        second.start()
    second.stop()
