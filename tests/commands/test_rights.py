"""Who may change what: members their channel's own, admins what is for all; the others propose."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.commands.answer import Answer, Asker
from bot.commands.registry import COMMANDS, answer
from bot.commands.rights import MOST, nothing
from bot.config import RightsSettings
from bot.core.documents import Buttons
from bot.errors import UserError
from bot.store.database import Database
from tests.commands.newsroom import NINE, STRICT, TUNGSTEN, URANIUM, Newsroom, People, print_stories

MEMBER, ADMIN = Asker("UMEMBER", "C1"), Asker("UADMIN", "C1")
TERMINAL = Asker()
DESK = "subscribe country:kz name:Desk"


@pytest.fixture
def room(database: Database) -> Newsroom:
    print_stories(database, [TUNGSTEN, URANIUM])
    return Newsroom(database)


def ask(room: Newsroom, text: str, asker: Asker = MEMBER) -> Any:
    return answer(room, text, asker, NINE).data


def events(room: Newsroom) -> list[str]:
    return [each["id"] for each in ask(room, "latest", TERMINAL)["events"]]


def buttons(told: Answer) -> list[str]:
    rows = [part for part in told.document.parts if isinstance(part, Buttons)]
    return [button.command for row in rows for button in row.spelled]


def test_members_see_to_their_own_channel(room: Newsroom) -> None:
    assert ask(room, DESK)["name"] == "Desk"
    assert ask(room, "mute source:sputnik.kg")["muted"]


def test_what_is_for_all_is_proposed_and_nothing_is_done_yet(room: Newsroom) -> None:
    before = events(room)

    proposed = ask(room, f"join {before[0]} {before[1]}")["proposed"]

    assert events(room) == before
    assert (proposed["id"], proposed["state"], proposed["changes"]) == ("p1", "open", "overrule")
    assert [each["id"] for each in ask(room, "proposals", ADMIN)["proposals"]] == ["p1"]


def test_what_is_not_there_is_not_proposed_for_removal(room: Newsroom) -> None:
    with pytest.raises(UserError, match="there is no feed 'nowhere'"):
        ask(room, "feeds remove nowhere")

    assert not ask(room, "proposals", ADMIN)["proposals"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("join", "which two events are one"),
        ("join e1 e1", "one event already"),
        ("join e1 e99", "there is no event 'e99'"),
        ("split e1", "which story is not of which event"),
        ("split e1 s99", "s99 is not a story of e1"),
        ("feeds remove", "which feed"),
        ("feeds add nonsense", "neither http nor https"),
        ("feeds add https://a.example/rss kind:blog", "kind"),
    ],
)
def test_what_makes_no_sense_is_told_and_not_proposed(room: Newsroom, typed: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        ask(room, typed)

    assert not ask(room, "proposals", ADMIN)["proposals"]


def test_approving_does_it_in_the_name_of_who_proposed_it_and_tells_them(room: Newsroom) -> None:
    one, other = events(room)
    ask(room, f"join {one} {other}")

    ask(room, "approve p1", Asker("UADMIN", "DADMIN"))

    assert events(room) == [min(one, other)]
    [change] = ask(room, "changes", TERMINAL)["changes"]
    assert change["person"] == "UMEMBER, approved by UADMIN"
    [(to, document)] = room.directory.told
    assert (to, document.title) == ("UMEMBER", "p1 was approved")


def test_a_word_goes_with_what_is_declined(room: Newsroom) -> None:
    one, other = events(room)
    ask(room, f"join {one} {other}")

    declined = ask(room, "decline p1 because they are two mines", ADMIN)["declined"]

    assert (declined["state"], declined["because"]) == ("declined", "they are two mines")
    assert events(room) == [one, other]
    assert "because they are two mines" in room.directory.told[0][1].gist
    with pytest.raises(UserError, match="p1 was declined already by Admin"):
        ask(room, "approve p1", ADMIN)


def test_named_admins_are_asked_by_message_or_where_the_settings_say(room: Newsroom) -> None:
    words = "join e1 e2"
    named = replace_rights(room, admins=("UBOSS", "UDEPUTY"))
    ask(named, words)
    assert [to for to, _ in named.directory.told] == ["UBOSS", "UDEPUTY"]
    assert ask(named, "approve p1", Asker("UBOSS", "D1"))["approved"]["decided_by"] == "UBOSS"

    posted = replace_rights(room, admins=("UBOSS",), channel="CADMINS")
    ask(posted, "split e1 s2")
    assert [to for to, _ in posted.directory.told] == ["CADMINS"]


def test_where_nobody_can_be_told_the_answer_says_what_to_do_instead(room: Newsroom) -> None:
    room.directory.away.add("UBOSS")

    told = answer(replace_rights(room, admins=("UBOSS",)), "join e1 e2", MEMBER, NINE)

    assert "No message could be sent" in str(told.document)
    assert "proposals p1" in buttons(told)


def test_members_join_and_part_events_unless_the_settings_say_otherwise(room: Newsroom) -> None:
    assert "joined" in ask(replace(room, rights=RightsSettings()), "join e1 e2")


def test_the_settings_say_who_may(room: Newsroom) -> None:
    strict = replace_rights(room, subscriptions="admins", mutes="admins", overrule="members")

    assert ask(strict, DESK)["proposed"]["command"] == DESK
    assert ask(strict, "mute source:sputnik.kg")["proposed"]
    assert "mutes" in ask(strict, "mute list")
    assert "joined" in ask(strict, "join e1 e2")
    assert ask(strict, DESK, ADMIN)["name"] == "Desk"


def test_admins_of_the_workspace_decide_only_where_the_settings_let_them(room: Newsroom) -> None:
    alone = replace_rights(room, workspace_admins=False)

    assert "proposed" in ask(alone, "join e1 e2", ADMIN)


def test_only_admins_decide_and_others_see_their_own_proposals_alone(room: Newsroom) -> None:
    ask(room, "join e1 e2")
    stranger = Asker("USTRANGER", "C2")

    for words in ("approve p1", "decline p1", "proposals p1"):
        with pytest.raises(UserError):
            ask(room, words, stranger)
    assert ask(room, "proposals", stranger) == {"proposals": []}
    assert ask(room, "proposals p1")["proposals"][0]["id"] == "p1"


def test_what_is_asked_as_a_question_goes_through_the_same_door(room: Newsroom) -> None:
    assert "proposed" in ask(room, "ask join e1 e2")
    assert "proposed" in ask(room, "/policy join e1 e2")


def test_nobody_changes_a_channel_that_they_are_not_in(room: Newsroom) -> None:
    room.directory.members["C2"] = {"UMEMBER"}

    with pytest.raises(UserError, match="only who is in C3"):
        ask(room, "subscribe country:kz name:Guess in:C3")
    with pytest.raises(UserError, match="only who is in C3"):
        ask(room, "mute source:sputnik.kg in:<#C3|minerals>")
    with pytest.raises(UserError, match="only who is in C3"):
        ask(room, "unsubscribe Desk", Asker("UMEMBER", "C3", here=False))
    assert ask(room, "subscribe country:kz name:There in:C2")["channel"] == "C2"
    assert ask(room, "pause There", Asker("UMEMBER", "C2", here=False)) == {"paused": "There"}


def test_a_proposal_that_cannot_be_done_stays_open_and_the_admin_sees_why(room: Newsroom) -> None:
    ask(room, "join e1 e2")
    ask(room, "join e1 e2", ADMIN)

    with pytest.raises(UserError, match="p1, join e1 e2: e1 and e2 are one event already"):
        ask(room, "approve p1", ADMIN)

    assert ask(room, "proposals", ADMIN)["proposals"][0]["state"] == "open"


def test_the_same_proposed_again_is_the_same_proposal_and_one_person_has_so_many(room: Newsroom) -> None:
    again = [ask(room, "join e1 e2")["proposed"]["id"] for _ in range(3)]
    for number in range(3, MOST + 2):
        ask(room, f"feeds add https://outlet{number}.example/rss")

    assert again == ["p1"] * 3
    with pytest.raises(UserError, match="20 open proposals"):
        ask(room, "feeds add https://one.example/rss")


def test_every_verb_that_writes_says_what_it_changes() -> None:
    """One that changes nothing but what is the asker's own, or decides by itself, is named here."""
    own = {"useful", "useless", "unvote", "approve", "decline"}
    writes = {
        "join", "split", "subscribe", "unsubscribe", "pause", "resume", "mute", "unmute", "undo",
        "watch", "unwatch", "learned",
    }  # fmt: skip
    guarded = {command.verb for command in COMMANDS if command.changes is not nothing}

    assert writes <= guarded
    assert not guarded & own


def replace_rights(room: Newsroom, **settings: Any) -> Newsroom:
    return replace(
        room, rights=STRICT.model_copy(update=settings), directory=People(away=room.directory.away)
    )


def test_a_proposal_is_as_old_as_it_is(room: Newsroom) -> None:
    ask(room, "join e1 e2")

    told = answer(room, "proposals", ADMIN, NINE + timedelta(hours=3)).document

    assert "p1 by Member, 3 hours ago" in str(told)


def test_who_may_not_change_a_channel_does_not_end_its_watches_but_their_own(room: Newsroom) -> None:
    room.rights = RightsSettings(subscriptions="admins")
    ask(room, "watch country:uz")
    ask(room, "watch country:kz to:channel", Asker("UADMIN", MEMBER.channel))

    assert "unwatched" in ask(room, "unwatch country:uz")
    assert "proposed" in ask(room, "unwatch country:kz")
