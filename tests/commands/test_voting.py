"""Votes from where people give them to what was learned, and back."""

from typing import Any

import pytest

from bot.commands.answer import Answer, Asker
from bot.commands.registry import answer
from bot.core.documents import (
    Bullets,
    Buttons,
    Document,
    Feedback,
    Heading,
    Item,
    Line,
    Menu,
    Notice,
    Table,
)
from bot.errors import UserError
from bot.store import people
from bot.store.database import Database
from bot.surfaces.terminal import as_text
from tests.commands.newsroom import (
    EVERYTHING,
    FOOTBALL,
    NINE,
    TUNGSTEN,
    URANIUM,
    Newsroom,
    Printed,
    print_stories,
)

WIRE = tuple(
    Printed(
        f"https://steppe-wire.example/{word}",
        f"Kyrgyzstan signs an agreement on {word}",
        f"The government of Kyrgyzstan signed an agreement on the supply of {word} on Friday.",
        hours=9 + number,
    )
    for number, word in enumerate(("antimony", "gold", "coal"))
)


@pytest.fixture
def room(database: Database) -> Newsroom:
    print_stories(database, (*EVERYTHING, *WIRE))
    return Newsroom(database)


def ask(room: Newsroom, text: str, *, person: str = "U1", channel: str = "C1") -> Answer:
    return answer(room, text, Asker(user=person, channel=channel), NINE)


def told(document: Document) -> str:
    return " ".join(part.text for part in document.parts if isinstance(part, Notice))


def commands(found: Answer) -> list[str]:
    rows = [part for part in found.document.parts if isinstance(part, Buttons | Feedback)]
    return [button.command for row in rows for button in row.spelled]


def event_of(room: Newsroom, url: str) -> str:
    return str(ask(room, f"why {url}").data["event"])


def vote_on_the_wire(room: Newsroom, verb: str = "useless") -> None:
    for each in (TUNGSTEN, *WIRE):
        event = ask(room, f"why {each.url}").data["event"]
        if event is not None:
            ask(room, f"{verb} {event}")


def test_the_card_tells_an_event_whole(room: Newsroom) -> None:
    card = ask(room, f"event {event_of(room, TUNGSTEN.url)}").document

    headings = [part.text for part in card.parts if isinstance(part, Heading)]
    assert headings[:3] == ["What was done", "Sources by standing", "Why it was flagged"]
    lists = [part.lines for part in card.parts if isinstance(part, Bullets)]
    assert "signed an agreement" in "".join(span.text for span in lists[0][0])
    assert [line[0].text for line in lists[2]] == ["Central Asia", "Critical minerals", "Policy"]
    [menu] = [
        each
        for part in card.parts
        if isinstance(part, Buttons)
        for each in part.buttons
        if isinstance(each, Menu)
    ]
    assert [each.command for each in menu.options][:4] == [
        f"mute {event_of(room, TUNGSTEN.url)} for:7d",
        f"mute {event_of(room, TUNGSTEN.url)} for:ever",
        "mute source:steppe-wire.example for:7d",
        "mute source:steppe-wire.example for:ever",
    ]


def test_every_button_of_the_card_is_a_command_that_works(room: Newsroom) -> None:
    card = ask(room, f"event {event_of(room, URANIUM.url)}")

    assert commands(card)
    for command in commands(card):
        assert ask(room, command).document.title


def test_the_card_of_a_joined_event_has_a_time_line_and_says_what_is_not_of_it(room: Newsroom) -> None:
    one, other = event_of(room, URANIUM.url), event_of(room, TUNGSTEN.url)
    ask(room, f"join {one} {other}", person="UADMIN")
    card = ask(room, f"event {min(one, other)}")

    assert "Time line" in [part.text for part in card.document.parts if isinstance(part, Heading)]
    split = next(command for command in commands(card) if command.startswith("split"))
    apart: Any = ask(room, split, person="UADMIN").data
    assert {apart["event"], apart["rest"]} & {one, other}


def test_who_finds_an_event_useless_is_offered_to_mute_it_and_who_finds_it_useful_is_not(
    room: Newsroom,
) -> None:
    event = event_of(room, TUNGSTEN.url)

    assert f"mute {event} for:7d" in commands(ask(room, f"useless {event}"))
    assert not [each for each in commands(ask(room, f"useful {event}")) if each.startswith("mute")]


def test_in_a_terminal_the_card_offers_nothing_that_needs_a_channel(room: Newsroom) -> None:
    card = ask(room, f"event {event_of(room, TUNGSTEN.url)}", channel="")

    assert [command.split()[0] for command in commands(card)] == ["why", "event"]


def test_a_vote_is_counted_once_a_person_and_can_be_taken_back(room: Newsroom) -> None:
    event = event_of(room, TUNGSTEN.url)
    ask(room, f"useful {event}")
    ask(room, f"useful {event}")
    both = ask(room, f"useless {event}", person="U2")
    assert (both.data["useful"], both.data["useless"]) == (1, 1)

    ask(room, f"unvote {event}")

    assert ask(room, f"event {event}").data["votes"] == {"useful": 0, "useless": 1}
    assert ask(room, f"event {event}", channel="C2").data["votes"] == {"useful": 0, "useless": 0}
    with pytest.raises(UserError, match="you said nothing"):
        ask(room, f"unvote {event}")


def test_a_story_in_no_event_can_be_voted_on_and_one_that_is_in_one_means_that(room: Newsroom) -> None:
    football, tungsten = (str(ask(room, f"why {each.url}").data["id"]) for each in (FOOTBALL, TUNGSTEN))

    assert ask(room, f"useful {football}").data["of"] == football
    assert ask(room, f"useful {tungsten}").data["of"] == event_of(room, TUNGSTEN.url)


def test_what_was_learned_is_shown_with_its_votes_and_what_it_moved(room: Newsroom) -> None:
    assert "3 votes on 2 events" in told(ask(room, "learned").document)
    before = headlines(ask(room, "digest since:2d"))

    vote_on_the_wire(room)
    learned = ask(room, "learned")

    [table] = [part for part in learned.document.parts if isinstance(part, Table)]
    row = next(row for row in table.rows if row[0] == "source:steppe-wire.example")
    assert (row[1], int(row[2]) >= 3, row[3][0]) == ("0", True, "−")
    moved = [line[0].text for line in lines_under(learned, "What that moved, of the last 7 days")]
    assert moved
    assert all(was != now for was, now in (each.split(" → ") for each in map(str.strip, moved)))
    after = ask(room, "digest since:2d")
    assert sorted(headlines(after)) == sorted(before)
    assert "from votes here: `learned` shows them" in as_text(after.document)
    assert ask(room, "learned", channel="C2").data["lessons"] == []


def lines_under(found: Answer, heading: str) -> tuple[Line, ...]:
    parts = found.document.parts
    [at] = [n for n, part in enumerate(parts) if isinstance(part, Heading) and part.text == heading]
    listed = parts[at + 1]
    assert isinstance(listed, Bullets)
    return listed.lines


def headlines(found: Answer) -> list[str]:
    return [part.headline.text for part in found.document.parts if isinstance(part, Item)]


def test_forgetting_is_undone_by_its_button_and_both_are_written_down(room: Newsroom) -> None:
    vote_on_the_wire(room)
    was = ask(room, "learned").data["lessons"]

    forgotten = ask(room, "learned forget all")

    assert ask(room, "learned").data["lessons"] == []
    ask(room, commands(forgotten)[0])
    assert ask(room, "learned").data["lessons"] == was
    one = next(command for command in commands(ask(room, "learned")) if "source:steppe" in command)
    ask(room, one)
    left: Any = ask(room, "learned").data["lessons"]
    assert "source:steppe-wire.example" not in [each["of"] for each in left]
    with room.database.reading() as session:
        log = people.changes(session, what="learned")
    assert [(each.thing, each.undoes is not None) for each in log] == [
        ("source:steppe-wire.example", False),
        ("all", True),
        ("all", False),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "useful",
        "useful e999",
        "useless s999",
        "useful nonsense",
        "useful e1 in:C7",
        "learned nonsense",
        "learned forget",
        "learned forget tungsten",
        "learned forget colour:red",
    ],
)
def test_what_makes_no_sense_is_said(room: Newsroom, text: str) -> None:
    with pytest.raises(UserError):
        ask(room, text)


def test_the_terminal_has_to_say_which_channel(room: Newsroom) -> None:
    event = event_of(room, TUNGSTEN.url)
    with pytest.raises(UserError, match="which channel"):
        ask(room, f"useful {event}", channel="")

    ask(room, f"useful {event} in:C7", channel="", person="")

    assert ask(room, f"event {event}", channel="C7").data["votes"] == {"useful": 1, "useless": 0}
