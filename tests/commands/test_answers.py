import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.commands.answer import Answer, Asker
from bot.commands.registry import COMMANDS, answer
from bot.core.documents import Bullets, Document, Facts, Item, Notice, Paragraph, Part
from bot.errors import UserError
from bot.store import deliveries, subscriptions
from bot.store.database import Database
from bot.surfaces.slack.render import render
from tests.commands.newsroom import (
    EVERYTHING,
    FOOTBALL,
    NINE,
    TUNGSTEN,
    URANIUM,
    Newsroom,
    Printed,
    article,
    print_stories,
)


@pytest.fixture
def room(database: Database) -> Newsroom:
    print_stories(database)
    return Newsroom(database)


def ask(room: Newsroom, text: str) -> Answer:
    found = answer(room, text, Asker(user="U1", channel="C1"), NINE)
    json.dumps(found.data)  # whatever is answered, a program can have it
    return found


def headlines(found: Answer) -> list[str]:
    return [part.headline.text for part in found.document.parts if isinstance(part, Item)]


def said(document: Document) -> str:
    """Everything a document says, in a line."""

    def words(part: Part) -> str:
        match part:
            case Paragraph(spans):
                return "".join(span.text for span in spans)
            case Bullets(lines):
                return " ".join("".join(span.text for span in line) for line in lines)
            case Facts(pairs):
                return " ".join(name + " " + "".join(span.text for span in line) for name, line in pairs)
            case Notice(text):
                return text
            case _:
                return ""

    return " ".join(map(words, document.parts))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("tungsten", [TUNGSTEN]),
        ("вольфрам", [TUNGSTEN]),
        ("country:kz", [TUNGSTEN]),
        ("country:Узбекистан", [URANIUM]),
        ("mineral:uranium OR mineral:wolfram", [URANIUM, TUNGSTEN]),
        ("stage:ratified", [URANIUM]),
        ("source:tashkent-post.example", [URANIUM]),
        ('"tungsten deposits"', [TUNGSTEN]),
        ("tier:core -uranium", [TUNGSTEN]),
        ("tier:core since:10h", [URANIUM]),
    ],
)
def test_search_finds_events_by_words_and_labels(room: Newsroom, query: str, expected: list[Printed]) -> None:
    found = ask(room, f"search {query}")

    assert sorted(headlines(found)) == sorted(each.title for each in expected)
    assert found.data["total"] == len(expected)


def test_latest_is_in_order_of_time(room: Newsroom) -> None:
    newest = [each.title for each in sorted(EVERYTHING, key=lambda each: each.hours) if each is not FOOTBALL]

    assert headlines(ask(room, "latest")) == newest


def test_what_was_not_flagged_is_found_when_asked_for(room: Newsroom) -> None:
    assert headlines(ask(room, "search astana tier:none")) == [FOOTBALL.title]
    assert headlines(ask(room, "search derby")) == []


def test_no_result_says_what_would_have_had_one(room: Newsroom) -> None:
    nothing = ask(room, "search tungsten country:tj")

    assert nothing.document.title == "Nothing found for tungsten country:tj"
    assert "Without country:tj: 1 story." in said(nothing.document)
    assert "1 story matches that was not flagged" in said(ask(room, "search derby").document)


def test_a_mistake_names_its_place_in_what_was_typed(room: Newsroom) -> None:
    with pytest.raises(UserError, match=r"did you mean country\? \(at character 18\)"):
        ask(room, "search  tungsten contry:kz")
    with pytest.raises(UserError, match=r"'serch'; did you mean search\?"):
        ask(room, "serch tungsten")


@pytest.mark.parametrize("text", ["/policy search tungsten", "search\ttungsten", "  SEARCH\n tungsten "])
def test_a_verb_is_known_however_it_is_spaced(room: Newsroom, text: str) -> None:
    assert headlines(ask(room, text)) == [TUNGSTEN.title]


def test_an_event_is_shown_whole_by_its_id(room: Newsroom) -> None:
    found: Any = ask(room, "search tungsten").data["events"]
    card = ask(room, f"event {found[0]['id']}")

    assert TUNGSTEN.url in json.dumps(card.data)
    assert headlines(card) == [TUNGSTEN.title]


def test_why_accounts_for_a_stored_story_by_address_and_by_id(room: Newsroom) -> None:
    by_address = ask(room, f"why {TUNGSTEN.url}?utm_source=rss")
    by_slack_link = ask(room, f"why <{TUNGSTEN.url}|read>")
    by_event = ask(room, f"why {by_address.data['event']}")

    assert by_address.data["known"] is True
    assert by_address.data["tier"] == "core"
    assert by_address.data == by_slack_link.data == by_event.data
    for reason in by_address.data["why"]:  # type: ignore[attr-defined]
        printed = TUNGSTEN.title if reason["field"] == "title" else TUNGSTEN.text
        assert printed[reason["start"] : reason["end"]] == reason["phrase"]


def test_why_names_no_subscription_of_a_channel_that_is_not_asked_from(room: Newsroom) -> None:
    event = str(ask(room, f"why {TUNGSTEN.url}").data["event"])
    with room.database.writing() as session:
        made = subscriptions.add(session, replace(room.usual_plan, name="Secret", channel="CPRIVATE"), NINE)
        deliveries.open_slot(
            session, made.id, NINE, start=NINE - timedelta(days=1), end=NINE, channel="CPRIVATE", now=NINE,
            document="{}", events=[int(event[1:])],
        )  # fmt: skip

    inside = answer(room, f"why {event}", Asker("U1", "CPRIVATE"), NINE)
    outside = answer(room, f"why {event}", Asker("U2", "COTHER"), NINE)

    assert "Told by Secret in the digest" in str(inside.document)
    assert "Told by a subscription of another channel in the digest" in str(outside.document)
    assert "Secret" not in str(outside)


def test_why_says_why_not(room: Newsroom) -> None:
    found = ask(room, f"why {FOOTBALL.url}")

    assert found.document.title == "Why none"
    assert "below the line" in said(found.document)
    assert "not flagged" in said(found.document)


def test_why_reads_a_page_nobody_polled_and_stores_nothing(room: Newsroom) -> None:
    unseen = replace(URANIUM, url="https://elsewhere.example/news/7")
    room.pages[unseen.url] = article(unseen)
    before = ask(room, "status").data

    found = ask(room, f"why {unseen.url}")

    assert found.data["known"] is False
    assert found.data["tier"] == "core"
    assert ask(room, "status").data == before


def test_why_of_what_cannot_be_read_says_so(room: Newsroom) -> None:
    with pytest.raises(
        UserError, match="in none of the feeds, and could not be read now: it could not be reached"
    ):
        ask(room, "why https://gone.example/1")
    with pytest.raises(UserError, match="neither an address nor an id"):
        ask(room, "why not")
    with pytest.raises(UserError, match="there is no event 'e999'"):
        ask(room, "why e999")


def test_help_marks_what_is_to_be_typed(room: Newsroom) -> None:
    lines = [
        line for part in ask(room, "help").document.parts if isinstance(part, Bullets) for line in part.lines
    ]

    assert "`" not in "".join(span.text for line in lines for span in line)
    assert "undo" in [span.text for line in lines for span in line if span.style == "code"]


def test_help_fits_into_one_message_and_names_what_is_there(room: Newsroom) -> None:
    told = ask(room, "help").document

    assert not render(told).thread
    assert "search mineral:uranium country:uz since:90d" in said(told)


def test_status_has_what_the_contract_names(room: Newsroom) -> None:
    data = ask(room, "status").data

    assert {"version", "stories", "flagged", "events", "feeds", "newest_story"} <= set(data)
    assert (data["stories"], data["flagged"], data["events"]) == (4, 3, 3)
    assert set(data["feeds"]) == {"read", "of", "failing"}  # type: ignore[call-overload]


def test_status_names_what_is_paused_and_why(room: Newsroom) -> None:
    ask(room, "subscribe country:kz name:Desk")
    ask(room, "pause Desk")

    assert "Desk is paused: by 1" in said(ask(room, "status").document)


def test_everything_works_before_anything_is_stored(database: Database) -> None:
    empty = Newsroom(database)

    for words in ("latest", "search uranium", "status", "feeds", "help", ""):
        assert answer(empty, words, Asker(), NINE).document.title


def test_help_lists_every_verb_and_explains_each(room: Newsroom) -> None:
    listed = said(ask(room, "help").document)

    for command in COMMANDS:
        assert command.usage in listed
        assert command.summary in said(ask(room, f"help {command.verb}").document)


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=timedelta(seconds=30),  # the first chart of a process takes its time
)
@given(
    verb=st.sampled_from([command.verb for command in COMMANDS] + ["", "x"]),
    words=st.text(max_size=80) | st.text('ab"():-*^OR NEAR,country:since7d\x00', max_size=60),
)
def test_any_words_get_an_answer_or_a_hint(room: Newsroom, verb: str, words: str) -> None:
    try:
        found = ask(room, f"{verb} {words}")
    except UserError as hint:
        said_so = str(hint)
    else:
        said_so = found.document.title
    assert said_so
