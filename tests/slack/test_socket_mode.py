"""Socket Mode over a real WebSocket: acknowledged at once, answered once, connected again."""

import contextlib
import logging
import threading
from collections.abc import Iterator

import pytest
from pydantic import SecretStr
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin.connection import Connection

from bot.errors import ConfigError
from bot.roles import link
from bot.roles import web as roles
from bot.roles.web import Web
from tests.slack.rooms import HandClock, Room, Settings, quickest
from tests.slack_standin import APP_TOKEN, BOT_TOKEN, Asked, Drop, Error, Limit, StandIn, limits


@pytest.fixture
def room() -> Iterator[Room]:
    room = Room()
    yield room
    room.go_on.set()


@pytest.fixture
def web(slack: StandIn, room: Room) -> Iterator[Web]:
    web = Web(Settings(slack.api_url), room, HandClock())
    web.start()
    assert slack.sockets.wait_connections(1)
    yield web
    room.go_on.set()
    web.stop()


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done every few seconds, or after some, is done at once."""
    monkeypatch.setattr(link, "PING_EVERY", 0.1)
    monkeypatch.setattr(roles, "FIRST_WAIT", 0.02)


def press(slack: StandIn, asked: Asked, kind: str) -> Asked:
    """Press the button of a kind that stands in the last answer to `asked`."""
    for block in asked.answers[-1]["blocks"]:
        for element in block.get("elements", []):
            if str(element.get("action_id", "")).startswith(kind + "."):
                return Asked.button(slack, element["action_id"], element["value"]).over_socket()
    raise AssertionError(f"no {kind} button in {asked.said}")


@pytest.mark.usefixtures("web")
def test_a_command_is_acknowledged_at_once_and_answered_to_the_asker_alone(
    slack: StandIn, room: Room
) -> None:
    asked = Asked.command(slack, "latest tier:core").over_socket()

    assert asked.acknowledged
    assert asked.answered()
    assert asked.answers[0]["response_type"] == "ephemeral"
    assert "You asked latest tier:core" in asked.said
    assert [(text, asker.user, asker.channel) for text, asker in room.asked] == [
        ("latest tier:core", "U1", "CPOLICY")
    ]


@pytest.mark.usefixtures("web")
def test_twenty_slow_questions_do_not_keep_the_next_from_being_acknowledged(
    slack: StandIn, room: Room
) -> None:
    room.go_on.clear()
    slow = [Asked.command(slack, f"slow {n}").over_socket() for n in range(20)]

    quick = Asked.command(slack, "help").over_socket()

    assert all(each.acknowledged for each in (*slow, quick))
    room.go_on.set()
    assert all(each.answered() for each in (*slow, quick))


@pytest.mark.usefixtures("web")
def test_a_request_that_comes_again_is_acknowledged_again_and_has_one_effect(
    slack: StandIn, room: Room
) -> None:
    asked = Asked.command(slack, "latest").over_socket()
    assert asked.answered()
    for _ in range(3):
        slack.sockets.forget_ack(asked.envelope)
        assert asked.over_socket().acknowledged
    assert Asked.command(slack, "help").over_socket().answered()

    assert [text for text, _ in room.asked] == ["latest", "help"]
    assert len(asked.answers) == 1


@pytest.mark.usefixtures("web")
def test_the_same_words_asked_twice_are_two_questions(slack: StandIn, room: Room) -> None:
    first, second = (Asked.command(slack, "latest").over_socket() for _ in range(2))

    assert first.answered()
    assert second.answered()
    assert len(room.asked) == 2


@pytest.mark.usefixtures("web")
def test_a_mistake_is_told_with_its_place(slack: StandIn) -> None:
    asked = Asked.command(slack, "nonsense colour:red").over_socket()

    assert asked.answered()
    assert "did you mean country:?" in asked.said
    assert '"text": "colour:red", "style": {"bold": true}' in asked.said


@pytest.mark.usefixtures("web")
def test_an_unexpected_failure_gives_a_reference_that_is_in_the_log_beside_the_cause(
    slack: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    asked = Asked.command(slack, "broken").over_socket()

    assert asked.answered()
    assert "secret detail" not in asked.said
    assert "Traceback" not in asked.said
    [record] = [each for each in caplog.records if each.getMessage() == "slack.failed"]
    assert vars(record)["reference"] in asked.said
    assert record.exc_info is not None
    assert "secret detail" in str(record.exc_info[1])


@pytest.mark.usefixtures("web")
def test_a_locked_database_is_told_as_what_it_is(slack: StandIn) -> None:
    asked = Asked.command(slack, "locked").over_socket()

    assert asked.answered()
    assert "ask again" in asked.said


@pytest.mark.usefixtures("web")
def test_sharing_shows_the_answer_to_the_channel_with_the_name_of_who_shared(slack: StandIn) -> None:
    asked = Asked.command(slack, "search tungsten").over_socket()
    assert asked.answered()

    shared = press(slack, asked, "share")

    assert shared.answered()
    assert shared.answers[0]["response_type"] == "in_channel"
    assert "You asked search tungsten" in shared.said
    assert "<@U1>" in shared.said
    assert "share." not in shared.said


@pytest.mark.usefixtures("web")
def test_of_a_long_answer_the_channel_sees_one_message_and_how_to_see_the_rest(slack: StandIn) -> None:
    asked = Asked.command(slack, "search long").over_socket()
    assert asked.answered(4)
    shared = Asked.button(slack, "share.0", "search long").over_socket()
    assert shared.answered()
    assert Asked.command(slack, "help").over_socket().answered()

    [told] = shared.answers
    assert "For more: /policy search long" in str(told)
    assert limits.message_error(told) == ""


@pytest.mark.usefixtures("web")
def test_what_changes_something_has_no_share_button(slack: StandIn) -> None:
    asked = Asked.command(slack, "subscribe tungsten").over_socket()

    assert asked.answered()
    assert "share." not in asked.said


@pytest.mark.usefixtures("web")
def test_the_next_page_takes_the_place_of_the_last(slack: StandIn) -> None:
    asked = Asked.command(slack, "pages 1").over_socket()
    assert asked.answered()

    turned = press(slack, asked, "more")

    assert turned.answered()
    assert turned.answers[0]["replace_original"] is True
    assert "You asked pages 2" in turned.said


@pytest.mark.usefixtures("web")
def test_a_long_answer_comes_in_several_posts_and_leaves_one_over(slack: StandIn) -> None:
    asked = Asked.command(slack, "long answer").over_socket()

    assert asked.answered(4)
    assert Asked.command(slack, "help").over_socket().answered()
    assert len(asked.answers) == 4
    assert "below" in str(asked.answers[0])
    assert "thread" not in str(asked.answers[0])
    assert ["There is more than" in str(each) for each in asked.answers] == [False, False, False, True]
    assert all(limits.message_error(each) == "" for each in asked.answers)


@pytest.mark.usefixtures("web")
@pytest.mark.parametrize(
    "payload",
    [
        {"type": "block_actions", "actions": [{"action_id": "link", "type": "button"}], "user": {"id": "U1"}},
        {"type": "message_action", "callback_id": "unknown", "user": {"id": "U1"}},
        {"type": "view_submission", "view": {"callback_id": "unknown"}, "user": {"id": "U1"}},
        {"command": "/other", "text": "x", "user_id": "U1", "channel_id": "C1"},
        {"type": "something else"},
        {},
    ],
    ids=str,
)
def test_what_is_not_ours_is_acknowledged_and_does_nothing(
    slack: StandIn, room: Room, payload: dict[str, object]
) -> None:
    asked = Asked(slack, {"team": {"id": "T1"}, **payload}, envelope="odd")

    assert asked.over_socket().acknowledged
    assert room.asked == []


@pytest.mark.usefixtures("soon")
def test_a_new_connection_is_made_when_slack_asks_for_it_or_it_breaks(slack: StandIn, web: Web) -> None:
    slack.sockets.refresh()
    assert slack.sockets.wait_connections(2)
    after_refresh = Asked.command(slack, "help").over_socket()
    assert after_refresh.answered()

    slack.sockets.cut()

    assert slack.sockets.wait_connections(3)
    after_break = Asked.command(slack, "help").over_socket()
    assert after_break.answered()
    assert web.connected
    assert after_refresh.acknowledged
    assert after_break.acknowledged


def test_a_connection_that_its_reader_closes_first_is_replaced_all_the_same(slack: StandIn) -> None:
    client = WebClient(BOT_TOKEN, base_url=slack.api_url)
    made = link.Link(APP_TOKEN, client, logging.getLogger(__name__), concurrency=1)
    made.connect()
    old = made.current_session
    assert old is not None
    old.sock_send_lock = ClosedMeanwhile(old)  # type: ignore[assignment]

    made.connect_to_new_endpoint(force=True)

    assert made.current_session is not old
    assert made.is_connected()
    made.close()


class ClosedMeanwhile(contextlib.AbstractContextManager[None]):
    """A lock that was held by who closed the connection: the socket that one had seen is gone."""

    def __init__(self, session: Connection) -> None:
        self.session = session

    def __enter__(self) -> None:
        if self.session.sock is not None:
            self.session.sock.close()
            self.session.sock = None

    def __exit__(self, *exc: object) -> None:
        return None


@pytest.mark.usefixtures("soon")
def test_slack_out_of_reach_at_the_start_is_tried_again(slack: StandIn, room: Room) -> None:
    slack.go_wrong("auth.test", Limit(1))
    slack.go_wrong("apps.connections.open", Drop())
    web = Web(Settings(slack.api_url), room, HandClock())

    web.start()

    assert slack.sockets.wait_connections(1)
    assert len(slack.called("apps.connections.open")) >= 2
    web.stop()


@pytest.mark.parametrize(
    ("method", "named"), [("auth.test", "BOT_TOKEN"), ("apps.connections.open", "APP_TOKEN")]
)
def test_a_token_that_slack_refuses_is_named_and_not_shown(
    slack: StandIn, room: Room, method: str, named: str
) -> None:
    slack.go_wrong(method, Error("invalid_auth"))
    web = Web(Settings(slack.api_url), room, HandClock())

    with pytest.raises(ConfigError, match=named) as caught:
        web.start()

    web.stop()
    assert "xoxb-" not in str(caught.value)
    assert "standin" not in str(caught.value)


def test_tokens_that_are_not_set_are_named_before_anything_is_asked(slack: StandIn, room: Room) -> None:
    with pytest.raises(ConfigError, match=r"(?s)SLACK__BOT_TOKEN.*SLACK__APP_TOKEN"):
        Web(Settings(slack.api_url, bot_token=None, app_token=SecretStr("")), room, HandClock())

    assert slack.calls == []


def test_stopping_finishes_what_was_taken_and_is_quick(slack: StandIn, room: Room) -> None:
    web = Web(Settings(slack.api_url), room, HandClock())
    web.start()
    assert slack.sockets.wait_connections(1)
    room.go_on.clear()
    asked = Asked.command(slack, "slow").over_socket()
    assert room.busy.acquire(timeout=5)
    threading.Timer(0.2, room.go_on.set).start()

    assert quickest(web.stop) < 8

    assert asked.answered(timeout=0)


@pytest.mark.usefixtures("soon")
def test_no_token_is_ever_in_the_log(slack: StandIn, room: Room, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    web = Web(Settings(slack.api_url), room, HandClock())
    web.start()
    assert slack.sockets.wait_connections(1)
    assert Asked.command(slack, "help").over_socket().answered()
    assert Asked.command(slack, "broken").over_socket().answered()
    slack.sockets.cut()
    assert slack.sockets.wait_connections(2)
    web.stop()

    logged = "\n".join(
        f"{record.getMessage()} {vars(record)}"
        for record in caplog.records
        if not record.name.startswith("websockets")  # the stand-in's own
    )
    assert "slack.connected" in logged
    for secret in ("standin-bot", "standin-app", "secret-ticket", "/response/"):
        assert secret not in logged
