"""Search in full: pages, facets that narrow, the hit marked, and what can be done with the answer."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from bot.commands.answer import Answer, Asker
from bot.commands.lookup import PAGE
from bot.commands.registry import answer
from bot.core.documents import Button, Buttons, Item
from bot.errors import UserError
from bot.store import feeds
from bot.store.database import Database
from bot.store.feeds import NewFeed
from tests.commands.newsroom import (
    CONTROLS,
    FOOTBALL,
    NINE,
    TUNGSTEN,
    URANIUM,
    Newsroom,
    Printed,
    print_stories,
)

# Unlike each other, as happenings are: weeks apart.
DEALS = tuple(
    Printed(
        f"https://{country.lower()}.example/{mineral}",
        f"{country} signs {mineral} agreement with a firm",
        f"The government of {country} signed an agreement on the development of {mineral} deposits.",
        hours=24 * 20 * n + 50,
    )
    for n, (mineral, country) in enumerate(
        product(
            ("uranium", "lithium", "antimony", "graphite", "tin", "titanium"),
            ("Kazakhstan", "Uzbekistan", "Kyrgyzstan", "Tajikistan"),
        )
    )
)


@pytest.fixture
def room(database: Database) -> Newsroom:
    print_stories(database)
    return Newsroom(database)


@pytest.fixture
def busy_room(database: Database) -> Newsroom:
    print_stories(database, DEALS)
    return Newsroom(database)


def ask(room: Newsroom, text: str, *, channel: str = "C1") -> Answer:
    return answer(room, text, Asker(user="U1", channel=channel), NINE)


def items(found: Answer) -> list[Item]:
    return [part for part in found.document.parts if isinstance(part, Item)]


def buttons(found: Answer) -> dict[str, Button]:
    rows = [part for part in found.document.parts if isinstance(part, Buttons)]
    return {button.label: button for row in rows for button in row.spelled}


@pytest.mark.parametrize("verb", ["search agreement", "latest", "latest agreement"])
def test_pages_together_have_every_event_once(busy_room: Newsroom, verb: str) -> None:
    first = ask(busy_room, verb)
    refs, page = [each.ref for each in items(first)], first
    while following := [each for label, each in buttons(page).items() if label.endswith("›")]:
        assert following[0].kind == "more"  # edits the answer in place
        page = ask(busy_room, following[0].command)
        refs += [each.ref for each in items(page)]

    assert len(refs) == len(set(refs)) == first.data["total"]
    assert len(refs) > 20


def test_a_page_leads_back_and_one_that_is_not_there_says_which_is_the_last(busy_room: Newsroom) -> None:
    second = ask(busy_room, "search agreement page:2")

    assert buttons(second)["‹ Page 1"].command == "search agreement page:1"
    with pytest.raises(UserError, match=r"page:3 is the last page"):
        ask(busy_room, "search agreement page:4")
    with pytest.raises(UserError, match=r"page: is a number from 1 to 200 \(at character 23\)"):
        ask(busy_room, "search agreement page:two")


def test_a_program_in_a_terminal_gets_all_events_unless_it_asks_for_a_page(busy_room: Newsroom) -> None:
    whole, second = (answer(busy_room, f"search agreement{page}", Asker(), NINE) for page in ("", " page:2"))

    assert len(whole.data["events"]) == whole.data["total"]  # type: ignore[arg-type]
    assert len(second.data["events"]) == PAGE  # type: ignore[arg-type]


def test_a_story_that_was_not_flagged_stands_among_events_where_its_time_puts_it(room: Newsroom) -> None:
    found = ask(room, "latest tier:none,core,region,minerals")

    titles = [FOOTBALL.title, URANIUM.title, TUNGSTEN.title, CONTROLS.title]
    assert [each.headline.text for each in items(found)] == titles
    assert found.data["total"] == 3  # events


def test_facets_are_the_narrowed_question(room: Newsroom) -> None:
    found = ask(room, "search tier:core,minerals")

    kazakh = buttons(found)["Kazakhstan (1)"]
    assert kazakh.command == "search tier:core,minerals country:kz"
    assert kazakh.kind == "more"
    assert [each.headline.text for each in items(ask(room, kazakh.command))] == [TUNGSTEN.title]
    gallium = buttons(found)["gallium (1)"]
    assert [each.headline.text for each in items(ask(room, gallium.command))] == [CONTROLS.title]


def test_a_facet_counts_what_it_would_lead_to(database: Database) -> None:
    again = replace(TUNGSTEN, url="https://other.example/tungsten", hours=TUNGSTEN.hours + 1)
    print_stories(database, [TUNGSTEN, again, URANIUM])
    room = Newsroom(database)

    found = ask(room, "search mining OR tungsten OR uranium")

    assert found.data["total"] == 2, "the same was told twice"
    assert "Kazakhstan (1)" in buttons(found)
    assert len(items(ask(room, buttons(found)["Kazakhstan (1)"].command))) == 1


def test_a_month_narrows_to_its_days(room: Newsroom) -> None:
    print_stories(room.database, [replace(URANIUM, url="https://a.example/old", hours=24 * 40)])
    january = buttons(ask(room, "search uranium"))["Dec 2025 (1)"]

    assert january.command == "search uranium since:2025-12-01 before:2026-01-01"
    assert len(items(ask(room, january.command))) == 1


def test_a_facet_that_would_not_narrow_is_not_offered(room: Newsroom) -> None:
    assert not [label for label in buttons(ask(room, "search country:kz")) if "Kazakhstan" in label]
    both = buttons(ask(room, "search country:kz,uz"))
    assert not [each.command for each in both.values() if each.command.count("country:") > 1]
    assert "uranium (1)" in both


@pytest.mark.parametrize("query", ["tungsten", "вольфрам", "mineral:tungsten", "mineral:wolfram -gold"])
def test_the_hit_is_marked_where_the_story_says_it(room: Newsroom, query: str) -> None:
    [found] = items(ask(room, f"search {query}"))

    assert [span.text for span in found.snippet if span.style == "hit"] == ["tungsten"]
    assert "".join(span.text for span in found.snippet).strip("…") in TUNGSTEN.text


def test_an_answer_can_be_subscribed_to_and_exported(room: Newsroom) -> None:
    offered = buttons(ask(room, 'search "tungsten deposits" country:kz'))

    assert (
        ask(room, offered["Save as subscription"].command).data["query"] == '"tungsten deposits" country:kz'
    )
    assert "Save as subscription" not in buttons(answer(room, "search tungsten", Asker(), NINE))


def test_from_no_channel_an_answer_leads_to_the_form_of_a_subscription(room: Newsroom) -> None:
    offered = buttons(ask(room, "search tungsten country:kz", channel=""))

    form = ask(room, offered["Save as subscription"].command, channel="").form

    assert form is not None
    values = {field.name: field.value for field in form.fields}
    assert (values["country"], values["words"]) == (("kz",), ("tungsten",))


def test_where_only_what_was_not_flagged_is_found_it_is_not_called_events(room: Newsroom) -> None:
    found = ask(room, "search tier:none football")

    assert found.document.title == "1 story, none flagged, for tier:none football"
    assert found.data["total"] == 0


def test_dates_that_leave_nothing_are_left_out_together(room: Newsroom) -> None:
    between = ask(room, "search tungsten since:2020-02-01 before:2020-01-01")
    long_ago = ask(room, "search before:2020-01-01")

    assert "At any time: 1 story." in str(between.document)
    assert buttons(between)["At any time"].command == "search tungsten"
    assert buttons(long_ago)["At any time"].command == "latest"


def test_an_outlet_is_known_by_the_name_of_its_feed_too(room: Newsroom) -> None:
    with room.database.writing() as session:
        feeds.add(session, NewFeed("https://www.gazeta.uz/ru/rss/", name="Газета Узбекистана"), NINE)

    found = ask(room, 'search source:"газета узбекистана" tungsten')

    assert buttons(found)["source:gazeta.uz"].command == "search source:gazeta.uz tungsten"


def test_a_name_that_was_mistyped_is_put_right_by_a_press(room: Newsroom) -> None:
    right = buttons(ask(room, "search tungstn country:kz"))["With mineral:tungsten"]

    assert [item.headline.text for item in items(ask(room, right.command))] == [TUNGSTEN.title]


def test_where_nothing_would_help_the_newest_are_offered(room: Newsroom) -> None:
    assert buttons(ask(room, "search zzzz"))["The newest events"].command == "latest"


def test_an_outlet_that_is_named_by_half_is_known_by_its_feed(room: Newsroom) -> None:
    with room.database.writing() as session:
        feeds.add(session, NewFeed("https://www.gazeta.uz/ru/rss/"), NINE)

    found = ask(room, "search source:gazeta tungsten")

    assert "No outlet is called gazeta; did you mean source:gazeta.uz?" in str(found.document)
    assert buttons(found)["source:gazeta.uz"].command == "search source:gazeta.uz tungsten"


def test_the_time_line_of_an_event_has_the_event_itself(room: Newsroom) -> None:
    known: Any = ask(room, "search tungsten").data["events"]

    found: Any = ask(room, f"timeline {known[0]['id']}").data["events"]

    assert [event["id"] for event in found] == [known[0]["id"]]
    with pytest.raises(UserError, match="no event 'e999'"):
        ask(room, "timeline e999")


def test_a_time_line_that_is_too_long_has_its_latest_events(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.commands.records.MOST", 1)

    told = str(ask(room, "timeline tier:core,minerals").document)

    assert URANIUM.title in told
    assert TUNGSTEN.title not in told
    assert "The latest 1 of 3 are shown" in told


def test_the_mineral_that_was_asked_for_is_named_first_where_there_are_many(room: Newsroom) -> None:
    many = "antimony, beryllium, gallium, germanium, lithium, tantalum and vanadium"
    title = "Kazakhstan and Japan sign an agreement on titanium and seven other critical minerals"
    text = f"The government of Kazakhstan signed an agreement with Japan on the supply of titanium, {many}."
    print_stories(room.database, [Printed("https://a.example/list", title, text)])

    tags = {
        words: next(each.tags for each in items(ask(room, words)) if each.headline.text == title)
        for words in ("latest", "search ванадий", "search mineral:vanadium", "search mineral:tantalum")
    }

    assert [told[1] for told in tags.values()] == ["titanium", "vanadium", "vanadium", "tantalum"]
    assert tags["search ванадий"][2] == "titanium"


def test_since_a_day_of_the_week_finds_what_a_question_since_it_finds(room: Newsroom) -> None:
    """It is Friday, so the last one before it was a week ago."""
    typed = ask(room, "search tier:core,minerals since:thursday")
    asked = ask(room, "ask core or minerals since thursday")
    told = [item.headline.text for item in items(typed)]

    assert TUNGSTEN.title in told
    assert CONTROLS.title in told
    assert "since:2026-02-05" in str(asked.data["query"])
    assert not items(ask(room, "search tier:core before:thursday"))
