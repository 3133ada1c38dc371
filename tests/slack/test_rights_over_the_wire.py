"""Proposing, deciding and taking back as people do it in Slack, in both modes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.core.documents import Document, Notice
from bot.store import subscriptions
from bot.surfaces.slack.directory import KEPT, UNKNOWN_KEPT
from tests.conftest import sqlite_database
from tests.slack.blockkit import check as check_with_slackblocks
from tests.slack.wired import Office, office
from tests.slack_standin import Asked, Error, Message, StandIn, limits


@pytest.fixture(params=["socket", "http"])
def wired(
    slack: StandIn, sqlite_template: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Office]:
    with (
        sqlite_database(sqlite_template) as database,
        office(slack, database, request.param) as made,
    ):
        yield made


def typed(office: Office, text: str, user: str = "U1") -> Asked:
    asked = office.send(Asked.command(office.slack, text, user=user))
    assert asked.answered()
    return asked


def pressed(office: Office, blocks: list[dict[str, Any]], label: str, user: str = "U1") -> Asked:
    """Press the button with this label."""
    assert not list(limits.block_errors(blocks))
    check_with_slackblocks([block for block in blocks if "Shared by" not in str(block)])
    rows = [block["elements"] for block in blocks if block["type"] == "actions"]
    button = next(each for row in rows for each in row if each["text"]["text"] == label)
    press = office.send(Asked.button(office.slack, button["action_id"], button["value"], user=user))
    assert press.answered()
    return press


def events(office: Office) -> int:
    found = office.ask("latest", user="UADMIN").data["total"]
    assert isinstance(found, int)
    return found


def direct(office: Office, user: str) -> list[Message]:
    return office.slack.posted(f"D{user}")


def test_a_proposal_is_shown_to_the_channel_approved_there_and_its_maker_told(wired: Office) -> None:
    before = events(wired)
    asked = typed(wired, "join e1 e2")
    assert "Proposed as p1" in asked.said

    shared = pressed(wired, asked.answers[0]["blocks"], "Ask for it here")
    assert shared.answers[0]["response_type"] == "in_channel"
    refused = pressed(wired, shared.answers[0]["blocks"], "Approve", user="U2")
    assert "only an admin decides" in refused.said
    assert events(wired) == before
    approved = pressed(wired, shared.answers[0]["blocks"], "Approve", user="UADMIN")

    assert approved.answers[0]["replace_original"] is True
    assert "Approved: p1" in approved.said
    assert events(wired) == before - 1
    [told] = direct(wired, "U1")
    assert told.payload["text"].startswith("Admin approved p1")


def test_named_admins_are_asked_in_a_direct_message_and_decline_there(wired: Office) -> None:
    wired.room.rights = wired.room.rights.model_copy(update={"admins": ("UBOSS",)})
    typed(wired, "join e1 e2")

    [message] = direct(wired, "UBOSS")
    declined = pressed(wired, message.blocks, "Decline", user="UBOSS")

    assert "Declined: p1" in declined.said
    assert "declined p1" in direct(wired, "U1")[0].payload["text"]


def test_what_was_removed_comes_back_by_a_button(wired: Office) -> None:
    typed(wired, "subscribe country:kz name:Desk")
    removed = typed(wired, "unsubscribe Desk")

    undone = pressed(wired, removed.answers[0]["blocks"], "Undo")

    assert "Taken back: c2" in undone.said
    with wired.room.database.reading() as session:
        assert [each.name for each in subscriptions.listing(session)] == ["Desk"]
    listed = typed(wired, "changes")
    again = pressed(wired, listed.answers[0]["blocks"], "Undo c3")
    assert "Taken back: c3" in again.said


def test_who_is_in_a_channel_may_change_it_from_elsewhere_and_nobody_else(wired: Office) -> None:
    wired.slack.channels["CMINERALS"].people = {"U2"}

    stranger = typed(wired, "subscribe country:kz name:Guess in:CMINERALS")
    member = typed(wired, "subscribe country:kz name:There in:CMINERALS", user="U2")

    assert "only who is in CMINERALS" in stranger.said
    assert "Subscribed: There" in member.said


def test_a_button_that_is_meant_in_another_channel_is_for_who_is_in_that(wired: Office) -> None:
    wired.slack.channels["CMINERALS"].people = {"U2"}

    def muted(user: str) -> str:
        press = wired.send(Asked.button(wired.slack, "run.3.CMINERALS", "mute country:kz", user=user))
        assert press.answered()
        return press.said

    assert "only who is in CMINERALS" in muted("U1")
    assert "Muted here: country:kz" in muted("U2")


def test_an_admin_whose_account_is_closed_is_none(wired: Office) -> None:
    wired.slack.members.gone.add("UADMIN")

    assert not wired.room.directory.is_admin("UADMIN")
    assert wired.room.directory.name("UADMIN") == "Admin"


def test_without_the_scope_only_named_admins_decide_and_slack_is_asked_again_later(wired: Office) -> None:
    wired.slack.scopes.discard("users")
    directory = wired.room.directory
    assert not directory.is_admin("UADMIN")

    wired.slack.scopes.add("users")
    assert not directory.is_admin("UADMIN")
    wired.clock.moment += UNKNOWN_KEPT
    assert directory.is_admin("UADMIN")
    asked = len(wired.slack.called("users.info"))
    assert directory.name("UADMIN") == "Admin"
    assert len(wired.slack.called("users.info")) == asked
    wired.clock.moment += KEPT
    assert directory.is_admin("UADMIN")
    assert len(wired.slack.called("users.info")) == asked + 1


def test_a_message_that_slack_refuses_is_known_not_to_have_arrived(wired: Office) -> None:
    wired.slack.go_wrong("chat.postMessage", Error("channel_not_found"))

    arrived = [wired.room.directory.tell("CPOLICY", Document("Hello", (Notice("there"),))) for _ in range(2)]

    assert arrived == [False, True]
