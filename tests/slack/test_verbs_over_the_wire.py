"""What people do in Slack, with the real commands on a real database, over the stand-in's Socket Mode."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.commands.answer import Answer, Asker
from bot.commands.registry import answer
from bot.roles.web import Web
from bot.store.database import Database
from bot.surfaces.slack import files
from tests.commands.newsroom import NINE, TUNGSTEN, Newsroom, Printed, print_stories
from tests.slack.blockkit import check as check_with_slackblocks
from tests.slack.rooms import HandClock, Settings
from tests.slack_standin import Asked, StandIn, limits

MANY = tuple(
    Printed(
        f"https://wire{n}.example/gold",
        f"Kyrgyzstan signs agreement number {n} on antimony",
        f"The government of Kyrgyzstan signed agreement {n} on the supply of antimony.",
        hours=24 * 20 * n + 40,
    )
    for n in range(14)
)


@pytest.fixture
def web(slack: StandIn, database: Database) -> Iterator[Web]:
    print_stories(database)
    room = Newsroom(database)

    def answered(text: str, asker: Asker, now: datetime) -> Answer:
        return answer(room, text, asker, now)

    web = Web(Settings(slack.api_url), answered, HandClock(NINE))
    web.start()
    assert slack.sockets.wait_connections(1)
    yield web
    web.stop()


def typed(slack: StandIn, text: str) -> Asked:
    asked = Asked.command(slack, text).over_socket()
    assert asked.answered()
    return asked


def pressed(slack: StandIn, asked: Asked, label: str) -> Asked:
    """Press the button with this label in the answer."""
    button = buttons(asked)[label]
    press = Asked.button(slack, button["action_id"], button["value"]).over_socket()
    assert press.answered()
    return press


def buttons(asked: Asked) -> dict[str, dict[str, Any]]:
    """Those of all messages of an answer that have come: a long one takes several."""
    found: dict[str, dict[str, Any]] = {}
    for said in list(asked.answers):
        assert not list(limits.block_errors(said["blocks"]))
        check_with_slackblocks([block for block in said["blocks"] if "Shared by" not in str(block)])
        rows = [block["elements"] for block in said["blocks"] if block["type"] == "actions"]
        found |= {each["text"]["text"]: each for row in rows for each in row if each["type"] == "button"}
    return found


@pytest.mark.usefixtures("web")
def test_the_next_page_takes_the_place_of_the_one_before(slack: StandIn, database: Database) -> None:
    print_stories(database, MANY)
    first = typed(slack, "search antimony")

    second = pressed(slack, first, "Page 2 of 2 ›")

    assert second.answers[0]["replace_original"] is True
    assert len(second.answers) == 1
    assert "‹ Page 1" in buttons(second)


@pytest.mark.usefixtures("web")
def test_the_hit_is_bold(slack: StandIn) -> None:
    asked = typed(slack, "search вольфрам")

    assert '{"type": "text", "text": "tungsten", "style": {"bold": true}}' in asked.said


@pytest.mark.usefixtures("web")
def test_a_facet_narrows_in_place(slack: StandIn) -> None:
    narrowed = pressed(slack, typed(slack, "latest"), "Kazakhstan (1)")

    assert narrowed.answers[0]["replace_original"] is True
    assert TUNGSTEN.title in narrowed.said


@pytest.mark.usefixtures("web")
def test_an_answer_becomes_a_subscription_of_the_channel(slack: StandIn) -> None:
    saved = pressed(slack, typed(slack, "search tungsten country:kz"), "Save as subscription")

    assert "Subscribed: tungsten country:kz" in saved.said


@pytest.mark.usefixtures("web")
def test_an_export_is_a_file_for_the_asker_alone(slack: StandIn) -> None:
    asked = pressed(slack, typed(slack, "search tungsten"), "Export as CSV")

    assert "in your direct messages" in asked.said
    [uploaded] = slack.uploads.values()
    assert TUNGSTEN.title in uploaded.decode()
    [call] = slack.called("files.completeUploadExternal")
    assert call.arguments["channel_id"] == "DU1"


@pytest.mark.usefixtures("web")
def test_a_file_that_slack_does_not_take_is_told_as_that(slack: StandIn) -> None:
    slack.scopes.discard("files")

    asked = typed(slack, "export tungsten")

    assert "Slack did not take the file (missing_scope)" in asked.said
    assert "steppewatch export" in asked.said
    json.dumps(asked.answers)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack takes no moment here to look at a picture."""
    monkeypatch.setattr(files, "PICTURE_READY", timedelta(0))


def pictures(asked: Asked) -> list[dict[str, Any]]:
    return [block for block in asked.answers[-1]["blocks"] if block["type"] == "image"]


@pytest.mark.usefixtures("web", "at_once")
def test_a_trend_shows_a_chart_that_is_the_askers_with_its_numbers_in_words_and_a_table(
    slack: StandIn,
) -> None:
    asked = typed(slack, "trend mineral:tungsten since:12w")

    [picture] = pictures(asked)
    [(file, png)] = slack.uploads.items()
    assert (picture["slack_file"], png[:4]) == ({"id": file}, b"\x89PNG")
    assert "Trend of mineral:tungsten since:12w: 1 story" in picture["alt_text"]
    assert [block["type"] for block in asked.answers[-1]["blocks"]].count("table") == 1
    [call] = slack.called("files.completeUploadExternal")
    assert call.arguments["channel_id"] == "DU1"
    buttons(asked)


@pytest.mark.usefixtures("web")
def test_what_is_shared_can_be_done_by_all_but_not_shared_again(slack: StandIn) -> None:
    card = typed(slack, "event e1")

    shared = pressed(slack, card, "Share")

    assert set(buttons(card)) - set(buttons(shared)) == {"Share"}
    assert "Why?" in buttons(shared)
    assert "Shared by <@U1> with /policy" in shared.said


@pytest.mark.usefixtures("web", "at_once")
def test_a_trend_that_is_shared_shares_its_chart(slack: StandIn) -> None:
    shared = pressed(slack, typed(slack, "trend mineral:tungsten"), "Share in this channel")

    assert shared.answers[0]["response_type"] == "in_channel"
    assert len(pictures(shared)) == 1
    assert "channel_id" not in slack.called("files.completeUploadExternal")[-1].arguments


@pytest.mark.usefixtures("web", "at_once")
def test_without_the_scopes_a_trend_is_words_and_a_table(slack: StandIn) -> None:
    slack.scopes.discard("im")

    asked = typed(slack, "trend mineral:tungsten")

    assert (pictures(asked), slack.uploads) == ([], {})
    assert "No week stands out." in asked.said
    assert "table" in asked.said


@pytest.mark.usefixtures("web", "at_once")
def test_an_answer_whose_picture_slack_refuses_comes_without(slack: StandIn) -> None:
    asked = Asked.command(slack, "trend mineral:tungsten")
    taken = asked.take

    def picky(body: dict[str, Any]) -> int:
        return 400 if any(block["type"] == "image" for block in body["blocks"]) else taken(body)

    asked.payload["response_url"] = slack.response_url("picky", picky)
    asked.over_socket()

    assert asked.answered()
    assert pictures(asked) == []
