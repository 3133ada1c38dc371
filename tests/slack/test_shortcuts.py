"""Shortcuts over the wire: links of a message explained, the feed of a page added, a box to search in."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.core.story import Article
from bot.fetch.isolation import Children
from bot.store import feeds
from bot.store.database import Database
from bot.surfaces.slack.links import links
from tests.commands.newsroom import FOOTBALL, TUNGSTEN, URANIUM
from tests.fetch.server import Server, http
from tests.slack.wired import Office, office
from tests.slack_standin import Asked, Error, StandIn
from tests.slack_standin.person import buttons, said
from tests.work import polls

HOME = b"""<html><head><title>Home</title>
<link rel="alternate" type="application/rss+xml" title="All news" href="/feed">
<link rel="alternate" type="application/rss+xml" title="Sport" href="/sport"></head></html>"""


@pytest.fixture
def reading(slack: StandIn, drawer: Database, server: Server, children: Children) -> Iterator[Office]:
    with polls.world(drawer, server, children) as world, office(slack, drawer) as found:
        world.serve("a")
        found.room.asks = world.polling
        found.room.rights = found.room.rights.model_copy(update={"feeds": "members"})
        yield found


def message(*urls: str) -> dict[str, Any]:
    """What somebody wrote, as Slack has it."""
    elements: list[dict[str, Any]] = [{"type": "text", "text": "Look at "}]
    elements += [{"type": "link", "url": url} for url in urls]
    rich = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}
    return {"ts": "1.5", "text": " ".join(f"<{url}>" for url in urls), "blocks": [rich]}


def test_the_link_of_a_message_is_explained_to_who_asked_alone(here: Office) -> None:
    asked = here.person().takes("explain_link", message(TUNGSTEN.url))

    assert asked.acknowledged
    assert asked.answered()
    assert "Why core" in asked.said
    assert asked.answers[0]["response_type"] == "ephemeral"
    assert here.slack.windows.top() is None


def test_of_several_links_one_is_chosen_or_all(there: Office) -> None:
    person = there.person()
    person.takes("explain_link", message(TUNGSTEN.url, URANIUM.url, FOOTBALL.url))
    window = person.sees("Which link?")

    person.presses("Explain this", window)
    assert TUNGSTEN.title in said(person.sees("Why core").view)
    there.slack.windows.close()
    person.presses("Explain all of them")

    told = said(person.sees("Why, of 3 links").view)
    assert TUNGSTEN.title in told
    assert "Why none" in told
    assert there.slack.windows.refused == []


def test_when_no_window_can_be_opened_all_links_are_explained_in_the_channel(there: Office) -> None:
    there.slack.go_wrong("views.open", Error("expired_trigger_id"))

    asked = there.person().takes("explain_link", message(TUNGSTEN.url, URANIUM.url))

    assert asked.answered()
    assert "Why, of 2 links" in asked.said


@pytest.mark.parametrize("shortcut", ["explain_link", "add_feed_of_page"])
def test_a_message_without_a_link_is_answered_with_a_hint(there: Office, shortcut: str) -> None:
    asked = there.person().takes(
        shortcut, {"ts": "1.1", "text": "Good morning <@U2> <#C1|x> <mailto:a@b.c|a>"}
    )

    assert asked.answered()
    assert "There is no link in this message" in asked.said


def test_a_shortcut_that_comes_again_has_one_effect(there: Office) -> None:
    asked = there.person().takes("explain_link", message(TUNGSTEN.url))
    assert asked.answered()

    there.slack.sockets.forget_ack(asked.envelope)
    assert there.send(asked).acknowledged
    assert there.send(Asked.command(there.slack, "help")).answered()

    assert len(asked.answers) == 1


def test_a_page_of_nobody_is_read_and_explained(there: Office) -> None:
    url = "https://new.example/antimony"
    there.room.pages[url] = Article("Tajikistan bans export of antimony", "A decree.", url, "new.example")

    asked = there.person().takes("explain_link", message(url))

    assert asked.answered()
    assert "None of the feeds had this address" in asked.said


def test_the_feeds_of_a_page_are_offered_and_one_is_added(
    reading: Office, server: Server, drawer: Database
) -> None:
    home = server.page("/", http(HOME))
    person = reading.person()

    asked = person.takes("add_feed_of_page", message(home))
    window = person.sees("Feeds that the page names")
    state = {name: told for each in person.state(window).values() for name, told in each.items()}
    assert state["field.words.1"]["selected_option"] is None, "there are two to choose from"
    person.fills("field.words.1", server.url("/feed"))
    person.fills("field.country", "kz")
    person.fills("field.lang", "ru")
    person.sends()

    assert reading.slack.wait_for(lambda: bool(asked.answers))
    assert "Followed from now on" in asked.said
    with drawer.reading() as session:
        [found] = feeds.listing(session)
    assert (found.url, found.lang, found.country) == (server.url("/feed"), "ru", "KZ")


def test_the_form_of_a_feed_is_there_by_command_and_says_what_is_wrong_with_an_address(
    reading: Office, server: Server
) -> None:
    person = reading.person()
    assert reading.send(Asked.command(reading.slack, "feeds add")).acknowledged
    person.sees("Add a feed")

    person.fills("field.words", server.url("/feed"))
    person.sees("rss")
    person.fills("field.words", "no address")
    [(block, told)] = person.sends().ack["errors"].items()

    assert block == "words.plain_text_input"
    assert "one address" in told


def test_a_box_to_search_in_opens_from_anywhere(here: Office) -> None:
    person = here.person()
    assert person.takes("search_events").acknowledged
    person.sees("Search")

    person.fills("search.box", "mineral:tungsten")
    person.sends()

    window = person.sees(TUNGSTEN.title)
    assert "Export as CSV" in buttons(window.view)


def test_a_box_with_nothing_in_it_asks_what_is_looked_for(there: Office) -> None:
    person = there.person()
    person.takes("search_events")
    person.sees("Search")

    assert person.sends().ack["errors"] == {"search": "What are you looking for?"}


def test_links_are_found_wherever_slack_has_put_them() -> None:
    found = links(
        {
            "text": "see <https://a.test/1|one> & <https://a.test/1>",
            "blocks": [
                {"type": "section", "text": {"type": "mrkdwn", "text": "<https://b.test/2?x=1&amp;y=2|two>"}},
                {"type": "actions", "elements": [{"type": "button", "url": "https://c.test/3"}]},
            ],
            "attachments": [
                {"from_url": "https://d.test/4", "text": "<https://e.test/5>", "blocks": [None, 3, "x"]},
                "odd",
            ],
        }
    )

    assert found == [
        "https://b.test/2?x=1&y=2",
        "https://c.test/3",
        "https://a.test/1",
        "https://d.test/4",
        "https://e.test/5",
    ]


def test_links_into_slack_and_what_is_no_web_address_are_left_out() -> None:
    text = "<https://team.slack.com/archives/C1/p1> <mailto:a@b.c> <javascript:alert(1)> <http://>"

    assert links({"text": text, "blocks": [[[]]]}) == []


def test_blocks_without_end_end_the_search_for_links() -> None:
    blocks: list[Any] = [{"type": "link", "url": "https://deep.test/1"}]
    for _ in range(5_000):
        blocks = [blocks]

    assert links({"text": "<https://a.test/1>", "blocks": blocks}) == ["https://a.test/1"]
