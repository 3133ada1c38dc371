"""Who says what was done, and what outlets tell differently: in `event`, `actions` and `export actions`."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.commands.answer import Answer, Asker
from bot.commands.registry import answer
from bot.core.documents import Bullets, Document, Span
from bot.store.database import Database
from tests.commands.newsroom import NINE, Newsroom, Printed, print_stories

SIGNED = Printed(
    "https://astana-wire.example/loan",
    "Kazakhstan and Japan sign uranium memorandum in Tokyo",
    "Kazakhstan and Japan signed a memorandum on uranium supplies worth $400 million in Tokyo on Thursday. "
    "The energy ministers of both countries put their names to it.",
    6,
)
TALKED = Printed(
    "https://tokyo-post.example/loan",
    "Kazakhstan and Japan negotiate uranium memorandum in Tokyo",
    "Japan and Kazakhstan are negotiating a memorandum on uranium supplies worth $400 million in Tokyo, "
    "the energy ministry said.",
    4,
)
AGAIN = replace(
    SIGNED,
    url="https://metals-daily.example/loan",
    text="On Thursday Japan and Kazakhstan signed a $400 million memorandum on uranium in Tokyo.",
    hours=5,
)


@pytest.fixture
def room(database: Database) -> Newsroom:
    print_stories(database, (SIGNED, TALKED, AGAIN))
    return Newsroom(database)


def ask(room: Newsroom, words: str) -> Answer:
    return answer(room, words, Asker(), NINE)


def bullets(document: Document) -> list[tuple[Span, ...]]:
    return [line for part in document.parts if isinstance(part, Bullets) for line in part.lines]


def text(line: tuple[Span, ...]) -> str:
    return "".join(span.text for span in line)


def test_what_outlets_tell_differently_is_shown_with_how_many_tell_it(room: Newsroom) -> None:
    found: Any = ask(room, "search uranium")
    (event,) = found.data["events"]
    card = ask(room, f"event {event['id']}")

    (done,) = [line for line in bullets(card.document) if "MoU" in text(line)]
    assert "Told differently: stage: signed (2 sources), negotiated (1 source)." in text(done)


def test_the_words_that_say_what_was_done_link_to_the_one_who_wrote_them(room: Newsroom) -> None:
    found: Any = ask(room, "actions uranium")
    (action,) = found.data["actions"]
    (line,) = bullets(found.document)

    (printed,) = [each for each in (SIGNED, AGAIN) if action["sentence"] in each.text]
    assert (action["url"], action["source"]) == (printed.url, printed.url.split("/")[2])
    assert [span.url for span in line if span.url] == [printed.url]
    assert action["told"]["stage"][1] == {"value": "negotiated", "sources": ["tokyo-post.example"]}


def test_actions_stand_by_the_day_that_is_shown_the_latest_first(room: Newsroom) -> None:
    print_stories(
        room.database,
        (
            Printed(
                "https://astana-wire.example/decree",
                "Kazakhstan bans exports of antimony",
                "Kazakhstan's government adopted a decree on 12 January 2026 that bans exports of antimony.",
                1,
            ),
        ),
    )

    data: Any = ask(room, "actions").data

    assert "2026-01-12" in [each["date"] for each in data["actions"]]
    shown = [text(line)[:11].split(" ") for line in bullets(ask(room, "actions").document)]
    days = [datetime.strptime(" ".join(each[:3]), "%d %b %Y").replace(tzinfo=UTC) for each in shown]
    assert days == sorted(days, reverse=True)


def test_of_an_event_only_the_acts_that_were_asked_for_are_told(room: Newsroom) -> None:
    print_stories(
        room.database,
        (
            Printed(
                "https://astana-wire.example/talks",
                "Presidents of Kazakhstan and South Korea hold summit in Astana, sign memorandum on lithium",
                "The presidents of Kazakhstan and South Korea held a summit in Astana on Monday. "
                "They signed a memorandum of understanding on lithium.",
                1,
            ),
        ),
    )

    everything: Any = ask(room, "actions lithium").data
    signed: Any = ask(room, "actions lithium type:mou").data
    attachment = ask(room, "export actions lithium type:mou").file

    assert len(everything["actions"]) > 1
    assert [act["instrument"] for act in signed["actions"]] == ["mou"]
    assert attachment is not None
    rows = csv.DictReader(io.StringIO(attachment.body.removeprefix("\ufeff")))
    assert [row["instrument"] for row in rows] == ["mou"]


def test_an_export_of_actions_says_whose_sentence_it_is(room: Newsroom) -> None:
    attachment = ask(room, "export actions uranium").file
    assert attachment is not None
    (record,) = csv.DictReader(io.StringIO(attachment.body.removeprefix("\ufeff")))

    assert record["url"] in {SIGNED.url, AGAIN.url}
    assert record["source"] == record["url"].split("/")[2]
    assert record["story"].startswith("s")
    assert record["differs"] == "stage: signed (2 sources), negotiated (1 source)"
