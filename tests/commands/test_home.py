"""`home`: what concerns one person; in a terminal everything."""

from typing import Any

import pytest

from bot.commands.answer import Answer, Asker
from bot.commands.registry import answer
from bot.core.documents import Buttons, Document, Heading
from bot.errors import UserError
from bot.store import subscriptions
from bot.store.database import Database
from bot.surfaces.terminal import as_text
from bot.work import muting
from tests.commands.newsroom import NINE, TUNGSTEN, URANIUM, Newsroom, print_stories
from tests.conftest import Listen

ONE, TWO = Asker("U1", "C1"), Asker("U2", "C2")


@pytest.fixture
def room(database: Database) -> Newsroom:
    print_stories(database)
    room = Newsroom(database)
    room.directory.members = {"C1": {"U1"}, "C2": {"U2"}}
    answer(room, 'subscribe mineral:tungsten name:"One desk"', ONE, NINE)
    answer(room, 'subscribe uranium name:"Two desk"', TWO, NINE)
    return room


def home(room: Newsroom, user: str = "", channel: str = "") -> Answer:
    return answer(room, "home", Asker(user, channel), NINE)


def named(document: Document) -> list[str]:
    return [part.channel for part in document.parts if isinstance(part, Heading) and part.channel]


def test_everybody_sees_what_is_of_their_channels(room: Newsroom) -> None:
    one, two = home(room, "U1"), home(room, "U2")

    assert one.data["subscriptions"] == ["One desk"]
    assert two.data["subscriptions"] == ["Two desk"]
    assert TUNGSTEN.title in as_text(one.document)
    assert URANIUM.title not in as_text(one.document)
    assert named(one.document) == ["C1"]


def test_in_a_terminal_all_is_shown(room: Newsroom) -> None:
    assert home(room).data["subscriptions"] == ["One desk", "Two desk"]


def test_who_made_a_subscription_sees_it_though_nothing_else_of_its_channel(room: Newsroom) -> None:
    room.directory.members = {"C1": set(), "C3": {"U1"}}
    answer(room, "mute country:uz", ONE, NINE)

    found = home(room, "U1")

    assert found.data["subscriptions"] == ["One desk"]
    assert found.data["muted"] == []


def test_a_stranger_sees_the_feeds_and_how_to_begin(room: Newsroom) -> None:
    found = home(room, "U9")

    assert found.data["subscriptions"] == []
    told = as_text(found.document)
    assert "No subscription yet" in told
    assert "New subscription: subscribe" in told
    assert "channels:read and groups:read" in told


def test_a_muted_event_is_not_among_the_recent_ones_and_is_counted(room: Newsroom) -> None:
    answer(room, "mute source:steppe-wire.example", ONE, NINE)

    found = home(room, "U1")

    recent: Any = found.data["recent"]
    assert recent == [{"channel": "C1", "events": []}]
    assert "hid 1 event in 7 days" in as_text(found.document)


def test_each_button_is_a_command_that_works_where_it_stands(room: Newsroom) -> None:
    found = home(room, "U1")

    rows = [part for part in found.document.parts if isinstance(part, Buttons)]
    for button in [each for row in rows for each in row.spelled]:
        if button.command.split()[0] != "unsubscribe":
            assert answer(room, button.command, ONE, NINE).document.title


def test_it_costs_few_statements_however_many_subscriptions_there_are(room: Newsroom, listen: Listen) -> None:
    for number in range(40):
        answer(room, f"subscribe word{number}", ONE, NINE)
    said: list[str] = []
    listen(room.database.engine, "before_cursor_execute", lambda *call: said.append(call[2]))

    home(room, "U1")

    assert len(said) < 40


def test_direct_messages_are_one_place_however_they_are_written_to(room: Newsroom) -> None:
    direct = Asker("U1", "D1")
    answer(room, "watch mineral:uranium", ONE, NINE)
    answer(room, "mute source:tashkent-post.example", direct, NINE)

    with room.database.reading() as session:
        [watch] = subscriptions.listing(session, watches=True)
        [mute] = muting.in_force(session, watch.channel, NINE)

    assert mute.thing == "source:tashkent-post.example"
    assert "hid 1 event" in as_text(home(room, "U1").document)
    assert home(room, "U2").data["muted"] == []
    assert "already" in as_text_of_mistake(room, "watch mineral:uranium", direct)


def as_text_of_mistake(room: Newsroom, text: str, asker: Asker) -> str:
    with pytest.raises(UserError) as found:
        answer(room, text, asker, NINE)
    return str(found.value)


def test_of_very_many_subscriptions_the_first_are_shown_and_the_others_counted(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.commands.home.SUBSCRIPTIONS", 3)
    for number in range(2):
        for asker in (ONE, TWO):
            answer(room, f"subscribe country:kz name:More{number}{asker.channel}", asker, NINE)

    told = as_text(home(room).document)

    assert told.count("· nothing sent yet") == 3
    assert "and 3 more subscriptions" in told


def test_of_very_many_mutes_one_button_leads_to_all(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.commands.home.MUTES", 2)
    for number in range(3):
        answer(room, f"mute source:a{number}.example", ONE, NINE)

    told = as_text(home(room, "U1").document)

    assert "All 3 mutes: mute list" in told
    assert told.count("Unmute source:") == 1
