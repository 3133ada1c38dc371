"""Mentions and direct messages, over the wire: answered as `search`, to the asker alone, once."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from bot.commands.answer import Answer, Asker
from bot.commands.registry import answer
from bot.roles.web import Web
from bot.store.database import Database
from tests.commands.newsroom import NINE, TUNGSTEN, Newsroom, print_stories
from tests.slack.rooms import HandClock, Settings
from tests.slack_standin import StandIn


@pytest.fixture
def web(slack: StandIn, database: Database) -> Iterator[Web]:
    print_stories(database)
    room = Newsroom(database)

    def answered(text: str, asker: Asker, now: datetime) -> Answer:
        return answer(room, text, asker, now)

    slack.add_channel("DU1", "")
    web = Web(Settings(slack.api_url), answered, HandClock(NINE))
    web.start()
    assert slack.sockets.wait_connections(1)
    yield web
    web.stop()


def say(slack: StandIn, text: str, *, ts: str = "1.1", **more: Any) -> None:
    """A person writes; acknowledged within the time that Slack gives."""
    event = {
        "type": "message",
        "channel_type": "im",
        "channel": "DU1",
        "user": "U1",
        "text": text,
        "ts": ts,
    } | more
    envelope = f"event-{ts}-{event['type']}-{text}"
    payload = {"type": "event_callback", "event_id": f"Ev{ts}", "team_id": "T1", "event": event}
    slack.sockets.send({"envelope_id": envelope, "type": "events_api", "payload": payload})
    assert slack.sockets.wait_ack(envelope) is not None


def posts(slack: StandIn, method: str, least: int = 1) -> list[dict[str, Any]]:
    assert slack.wait_for(lambda: len(slack.called(method)) >= least)
    return [call.arguments for call in slack.called(method)]


@pytest.mark.usefixtures("web")
def test_a_mention_is_answered_to_the_asker_alone_with_what_was_understood(slack: StandIn) -> None:
    say(
        slack,
        "<@UBOT> tungsten in Kazakhstan this month?",
        type="app_mention",
        channel_type="channel",
        channel="CPOLICY",
    )

    [told] = posts(slack, "chat.postEphemeral")
    assert (told["channel"], told["user"]) == ("CPOLICY", "U1")
    assert "search mineral:tungsten country:kz since:2026-02-01" in str(told["blocks"])
    assert TUNGSTEN.title in str(told["blocks"])
    assert not slack.posted("CPOLICY")


@pytest.mark.usefixtures("web")
def test_a_direct_message_is_answered_there(slack: StandIn) -> None:
    say(slack, "что нового про вольфрам?")

    assert TUNGSTEN.title in str(posts(slack, "chat.postMessage")[0]["blocks"])
    assert len(slack.posted("DU1")) == 1


@pytest.mark.usefixtures("web")
def test_a_command_is_taken_in_a_message_too_and_no_words_get_help(slack: StandIn) -> None:
    say(slack, f"why {TUNGSTEN.url}")
    say(slack, "<@UBOT>", ts="1.2")

    told = str(posts(slack, "chat.postMessage", 2))
    assert "Why core" in told
    assert "What you can ask" in told


@pytest.mark.usefixtures("web")
def test_what_asks_for_nothing_is_answered_with_an_example(slack: StandIn) -> None:
    say(slack, "hello there")

    assert "tungsten in Kazakhstan this month?" in str(posts(slack, "chat.postMessage")[0])


@pytest.mark.usefixtures("web")
def test_the_same_message_twice_and_its_own_are_no_questions(slack: StandIn) -> None:
    say(slack, "tungsten", bot_id="B1", ts="2.1")
    say(slack, "tungsten", subtype="message_changed", ts="2.2")
    say(slack, "tungsten", channel_type="channel", channel="CPOLICY", ts="2.3")
    say(slack, "tungsten", ts="2.4")
    say(slack, "tungsten", ts="2.4", type="app_mention")
    say(slack, "uranium", ts="2.5")

    assert len(posts(slack, "chat.postMessage", 2)) == 2
    assert not slack.called("chat.postEphemeral")
