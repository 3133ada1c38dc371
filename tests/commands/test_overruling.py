from dataclasses import replace
from typing import Any

import pytest

from bot.commands.answer import Asker
from bot.commands.registry import answer
from bot.core.documents import Buttons
from bot.errors import UserError
from bot.store.database import Database
from tests.commands.newsroom import NINE, TUNGSTEN, URANIUM, Newsroom, print_stories

COPY = replace(TUNGSTEN, url="https://echo.example/tungsten", hours=19)
LATER = replace(TUNGSTEN, url="https://late-echo.example/tungsten", hours=2)


@pytest.fixture
def room(database: Database) -> Newsroom:
    print_stories(database, [TUNGSTEN, COPY, URANIUM])
    return Newsroom(database)


def ask(room: Newsroom, text: str) -> Any:
    return answer(room, text, Asker(user="UADMIN", channel="C1"), NINE).data


def events(room: Newsroom) -> dict[str, set[str]]:
    return {each["id"]: {story["url"] for story in each["stories"]} for each in ask(room, "latest")["events"]}


def event_of(room: Newsroom, url: str) -> str:
    return next(event for event, urls in events(room).items() if url in urls)


def story_of(room: Newsroom, url: str) -> str:
    found: str = ask(room, f"why {url}")["id"]
    return found


def test_a_story_taken_out_stays_out_when_more_come(room: Newsroom) -> None:
    assert event_of(room, COPY.url) == event_of(room, TUNGSTEN.url)

    ask(room, f"split {event_of(room, TUNGSTEN.url)} {story_of(room, COPY.url)}")

    assert event_of(room, COPY.url) != event_of(room, TUNGSTEN.url)
    print_stories(room.database, [LATER])
    assert event_of(room, COPY.url) != event_of(room, TUNGSTEN.url)


def test_what_was_joined_stays_joined_when_more_come(room: Newsroom) -> None:
    kept = event_of(room, TUNGSTEN.url)

    ask(room, f"join {kept} {event_of(room, URANIUM.url)}")
    print_stories(room.database, [LATER])

    assert events(room) == {kept: {each.url for each in (TUNGSTEN, COPY, URANIUM, LATER)}}


def test_the_last_word_counts(room: Newsroom) -> None:
    event, story = event_of(room, TUNGSTEN.url), story_of(room, COPY.url)

    parted = ask(room, f"split {event} {story}")
    ask(room, f"join {parted['rest']} {parted['event']}")

    assert event_of(room, COPY.url) == event_of(room, TUNGSTEN.url)


@pytest.mark.parametrize("ruling", ["join {event} {other}", "split {event} {story}"])
def test_a_ruling_is_taken_back_by_the_button_under_it(room: Newsroom, ruling: str) -> None:
    before = events(room)
    event, other, story = (
        event_of(room, TUNGSTEN.url),
        event_of(room, URANIUM.url),
        story_of(room, COPY.url),
    )

    ruled = answer(room, ruling.format(event=event, other=other, story=story), Asker("UADMIN", "C1"), NINE)
    [row] = [part for part in ruled.document.parts if isinstance(part, Buttons)]
    undo = next(button.command for button in row.spelled if button.label == "Undo")

    assert set(map(frozenset, events(room).values())) != set(map(frozenset, before.values()))
    ask(room, undo)
    assert set(map(frozenset, events(room).values())) == set(map(frozenset, before.values()))


@pytest.mark.parametrize(
    "words", ["join e1", "join e1 e1", "split e1", "split e1 s999", "split e1 x", "join e1 e99"]
)
def test_what_makes_no_sense_is_answered_with_what_would(room: Newsroom, words: str) -> None:
    with pytest.raises(UserError):
        ask(room, words)
