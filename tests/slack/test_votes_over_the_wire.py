"""The event card, votes and watches as people press them, in both modes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.store.database import Database
from bot.work.alerts import Alerting
from bot.work.deliver import deliver
from tests.commands.newsroom import NINE, TUNGSTEN, Printed, print_stories
from tests.core.reading import understander
from tests.slack.blockkit import check as check_with_slackblocks
from tests.slack.wired import Office, office
from tests.slack_standin import Asked, StandIn, limits
from tests.work.posting import poster_to, telling

LAW = Printed(
    "https://steppe-wire.example/law",
    "Kazakhstan adopts a law on tungsten exports",
    "The parliament of Kazakhstan adopted a law on exports of tungsten and other critical minerals.",
    hours=-1,
)


@pytest.fixture(params=["socket", "http"])
def here(slack: StandIn, database: Database, request: pytest.FixtureRequest) -> Iterator[Office]:
    with office(slack, database, request.param) as found:
        yield found


@pytest.fixture
def there(slack: StandIn, database: Database) -> Iterator[Office]:
    with office(slack, database) as found:
        yield found


def typed(here: Office, text: str, *, user: str = "U1") -> list[dict[str, Any]]:
    """The blocks of an answer, which both checkers take."""
    asked = here.send(Asked.command(here.slack, text, user=user))
    return answered(asked)


def answered(asked: Asked) -> list[dict[str, Any]]:
    assert asked.answered()
    blocks: list[dict[str, Any]] = asked.answers[-1]["blocks"]
    assert list(limits.block_errors(blocks)) == []
    check_with_slackblocks(blocks)
    return blocks


def elements(blocks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """All that can be pressed."""
    found = [each for block in blocks for each in block.get("elements", ()) if "action_id" in each]
    return found + [block["accessory"] for block in blocks if "accessory" in block]


def press(here: Office, blocks: Sequence[dict[str, Any]], words: str, *, user: str = "U1") -> Asked:
    """Press the button, the thumb or the option that carries a command beginning with these words."""
    for each in elements(blocks):
        thumbs = [each[name] for name in ("positive_button", "negative_button") if name in each]
        for choice in (each, *thumbs, *each.get("options", ())):
            if str(choice.get("value", "")).startswith(words):
                made = Asked.button(
                    here.slack, each["action_id"], choice["value"], user=user, kind=each["type"]
                )
                return here.send(made)
    raise AssertionError(f"nothing begins with {words!r}")


def event(here: Office) -> str:
    return str(here.ask(f"why {TUNGSTEN.url}").data["event"])


def text(blocks: Sequence[dict[str, Any]]) -> str:
    return str(blocks)


def test_the_thumbs_of_the_card_vote_once_however_often_they_are_delivered(here: Office) -> None:
    card = typed(here, f"event {event(here)}")
    assert [block["type"] for block in card].count("context_actions") == 1

    pressed = press(here, card, "useful")

    assert f"Noted: {event(here)} is useful" in text(answered(pressed))
    here.slack.sockets.forget_ack(pressed.envelope)
    here.send(pressed)
    press(here, card, "useless", user="U2").answered()
    assert here.ask(f"event {event(here)}").data["votes"] == {"useful": 1, "useless": 1}


def test_the_menus_of_the_card_mute_and_the_answer_ends_it(here: Office) -> None:
    card = typed(here, f"event {event(here)}")

    muted = answered(press(here, card, "mute source:steppe-wire.example for:ever"))

    assert "Muted here: source:steppe-wire.example, until it is ended" in text(muted)
    press(here, muted, "unmute").answered()
    assert here.ask("mute list").data["mutes"] == []


def test_an_item_of_a_list_can_be_voted_on_muted_and_watched_where_it_stands(there: Office) -> None:
    found = typed(there, "search tungsten")
    [menu] = [each for each in elements(found) if each["type"] == "overflow"]

    verbs = [option["value"].split()[0] for option in menu["options"]]
    assert verbs == ["why", "useful", "useless", "mute", "watch"]
    for verb in verbs:
        said = text(answered(press(there, found, verb)))
        assert "That was not understood" not in said
        assert "That could not be done" not in said


def test_what_was_understood_and_cannot_be_is_not_called_a_mistake_of_words(there: Office) -> None:
    typed(there, "watch mineral:tungsten")

    again, nonsense = (
        text(typed(there, "watch mineral:tungsten")),
        text(typed(there, "watch mineral:tungstn")),
    )

    assert "That could not be done" in again
    assert "watched already" in again
    assert "Did you mean this?" in nonsense


def test_what_was_learned_is_forgotten_by_a_choice_and_undone_by_a_button(there: Office) -> None:
    print_stories(
        there.room.database,
        [replace(LAW, url=f"{LAW.url}{n}", title=f"{LAW.title} {n}", hours=30 * n + 2) for n in range(4)],
    )
    stories: Any = there.ask("latest tungsten").data["events"]
    for number, story in enumerate(stories):
        there.ask(f"useless {story['id']}", user=f"U{number % 2 + 1}")
        there.ask(f"useless {story['id']}", user="U3")
    learned = typed(there, "learned")
    assert "source:steppe-wire.example" in text(learned)

    forgotten = answered(press(there, learned, "learned forget source:"))

    assert "Forgotten: source:steppe-wire.example" in text(forgotten)
    press(there, forgotten, "undo").answered()
    left: Any = there.ask("learned").data["lessons"]
    assert "source:steppe-wire.example" in [each["of"] for each in left]


def ring(there: Office) -> None:
    for _ in range(3):
        alerting = Alerting(understander().packs)
        deliver(there.room.database, poster_to(there.slack), telling(), there.clock, alerting=alerting)
        there.clock.advance(seconds=10)


def test_a_watch_that_is_pressed_tells_once_and_its_message_ends_it(there: Office) -> None:
    answered(press(there, typed(there, "search mineral:tungsten"), "watch"))
    typed(there, "watch mineral:tungsten country:kz")
    there.clock.advance(hours=1, minutes=5)
    print_stories(there.room.database, [LAW], now=NINE + timedelta(hours=1, minutes=5))

    ring(there)

    [told] = [each for each in there.slack.posted("DU1") if LAW.title in text(each.blocks)]
    assert limits.message_error(told.payload) == ""
    press(there, told.blocks, "unwatch").answered()
    left: Any = there.ask("watch list").data["watches"]
    assert [each["query"] for each in left] == [event(there)]


def test_near_misses_are_asked_of_where_somebody_asks(there: Office) -> None:
    print_stories(
        there.room.database,
        [
            Printed(
                "https://gov.example/talk",
                "Officials of Kazakhstan meet",
                "They met and spoke of cooperation.",
            )
        ],
    )

    assert "near miss" in text(typed(there, "near"))
