"""What people type who have read nothing: it is answered, or what they meant is offered to be pressed."""

import re

import pytest
from sqlalchemy import text

from bot.commands.answer import Asker
from bot.commands.registry import answer
from bot.errors import UserError
from bot.store import feeds
from bot.store.database import Database
from bot.surfaces.slack.questions import mistake
from bot.surfaces.terminal import as_text
from tests.commands.newsroom import NINE, TUNGSTEN, Newsroom, print_stories

DEAL = "type:deal"
TIMES = "at:08:30 zone:Asia/Tashkent on:mon,tue,wed,thu,fri"


@pytest.fixture
def room(database: Database) -> Newsroom:
    print_stories(database)
    return Newsroom(database)


def said(room: Newsroom, typed: str) -> str:
    return as_text(answer(room, typed, Asker(user="U1", channel="C1"), NINE).document)


def offered(room: Newsroom, typed: str) -> str:
    """What is offered in the place of what makes no sense."""
    with pytest.raises(UserError) as found:
        said(room, typed)
    assert found.value.fix is not None, found.value
    right = found.value.fix.of(typed)
    assert right in str(mistake(found.value, typed))
    return right


@pytest.mark.parametrize(
    "typed",
    [
        "find tungsten deals in Kazakhstan this year",
        "tungsten deals kazakhstan this year",
        "вольфрам Казахстан в этом году",
        "поиск вольфрам Казахстан",
        "what happened with tungsten in kazakhstan?",
        "<@U0BOT> tungsten kazakhstan",
        "search tungsten country:Kazakhstan type:deals since:2026",
        "search mineral: tungsten country: kz",
        "search tungsten NOT uranium",
        "search source:https://steppe-wire.example/",
        '"search tungsten"',
        "/policy /policy Search: tungsten",
    ],
)
def test_a_question_needs_no_verb(room: Newsroom, typed: str) -> None:
    assert TUNGSTEN.title in said(room, typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("serach tungsten", "search tungsten"),
        ("explain e2", "why e2"),
        ("show e2", "event e2"),
        ("list subscriptions", "subscriptions"),
        ("thanks a lot", "help"),
        ("how do I subscribe?", "help subscribe"),
        ("snooze a.example 7d", "mute a.example 7d"),
        ("recap", "review"),
        ("same e1 e2", "join e1 e2"),
        ("the same event: e1 and e2", "join e1 e2"),
        ("not the same event e2, s3", "split e2 s3"),
        ("not useful: e2", "useless e2"),
        ("relevant e2", "useful e2"),
        ("mutes", "mute list"),
        ("event tungsten", "search tungsten"),
        ("why did I not get tungsten", "ask tungsten"),
        ("digest yesterday", "digest since:2d"),
        ("покажи последние новости", "latest"),
        ("что нового?", "latest"),
        ("отпиши Desk", "unsubscribe Desk"),
        ("заглуши a.example на неделю", "mute a.example на неделю"),
        ("search tungsten for:7d", "search tungsten since:7d"),
        ("search страны:kz", "search country:kz"),
        (
            "subscribe канал на вольфрам в Казахстане по понедельникам и пятницам в 8:30 по Ташкенту",
            "subscribe mineral:tungsten country:kz on:mon,fri at:08:30 zone:Asia/Tashkent",
        ),
        (
            "subscribe олово с понедельника по пятницу в 9 по московскому времени",
            "subscribe олово on:mon,tue,wed,thu,fri at:09:00 zone:Europe/Moscow",
        ),
        ("search tungsten from:2026-01-01", "search tungsten since:2026-01-01"),
        ("search stage:singed", "search stage:signed"),
        ("subscribe help", "help subscribe"),
        (
            "subscribe tungsten deals kazakhstan 8:30 tashkent weekdays",
            f"mineral:tungsten {DEAL} country:kz {TIMES}",
        ),
        (
            "subscribe to tungsten deals in Kazakhstan at 08:30 Tashkent time on weekdays",
            f"subscribe mineral:tungsten {DEAL} country:kz {TIMES}",
        ),
        (
            "subscribe <#C1|desk> country:kz daily",
            "subscribe country:kz on:mon,tue,wed,thu,fri,sat,sun in:<#C1|desk>",
        ),
        ("watch tungsten in kazakhstan to this channel", "watch mineral:tungsten country:kz to:channel"),
        (
            "subscribe this channel to tungsten deals in Kazakhstan every weekday at 8:30 am, Tashkent",
            "mineral:tungsten type:deal country:kz on:mon,tue,wed,thu,fri at:08:30 zone:Asia/Tashkent",
        ),
        ("subscribe #coil uranium daily", "subscribe uranium on:mon,tue,wed,thu,fri,sat,sun in:#coil"),
    ],
)
def test_what_was_meant_is_offered(room: Newsroom, typed: str, meant: str) -> None:
    assert offered(room, typed).endswith(meant)


def test_a_verb_that_stands_behind_its_other_name_is_not_said_twice(room: Newsroom) -> None:
    assert offered(room, "weekly review mineral:lithium") == "review mineral:lithium"


def test_what_is_offered_for_a_timetable_can_be_pressed(room: Newsroom) -> None:
    right = offered(room, "subscribe tungsten deals kazakhstan 8:30 tashkent weekdays")

    assert "08:30 on weekdays, Asia/Tashkent" in said(room, right)


@pytest.mark.parametrize("typed", ["{event}", "#{number}", "event {EVENT}.", "why {event}?"])
def test_an_event_stands_in_any_sentence(room: Newsroom, typed: str) -> None:
    (event,) = set(re.findall(r"\be\d+\b", said(room, f"why {TUNGSTEN.url}")))

    asked = typed.format(event=event, number=event[1:], EVENT=event.upper())

    assert TUNGSTEN.title in said(room, asked)


@pytest.mark.parametrize("typed", ["why was {url} not in yesterday's digest?", "{url}"])
def test_an_address_stands_in_any_sentence(room: Newsroom, typed: str) -> None:
    assert TUNGSTEN.title in said(room, typed.format(url=TUNGSTEN.url))


@pytest.mark.parametrize(
    "typed",
    [
        "steppe-wire.example",
        "steppe-wire.example for a week",
        "the source https://steppe-wire.example/tungsten 7 days",
        "source:steppe-wire.example for one week",
        "source:steppe-wire.example for:week",
        "source:steppe-wire.example until 2026-02-13",
        "steppe-wire.example until:2026-02-13",
    ],
)
def test_a_source_is_muted_for_a_week_however_it_is_said(room: Newsroom, typed: str) -> None:
    assert "source:steppe-wire.example, until 13 Feb 2026" in said(room, f"mute {typed}")
    assert "Shown again" in said(room, "unmute steppe-wire.example")


@pytest.mark.parametrize(
    "typed", ["Steppe Wire for a week", 'source:"Steppe wire"', "the source Steppe Wire"]
)
def test_a_feed_is_muted_by_its_name(room: Newsroom, typed: str) -> None:
    with room.database.writing() as session:
        feed = feeds.add(session, feeds.NewFeed(url="https://feeds.test/1", name="Steppe Wire"), NINE)
        session.execute(
            text("UPDATE story SET feed_id = :feed WHERE url = :url"), {"feed": feed.id, "url": TUNGSTEN.url}
        )

    assert "Muted here: source:steppe-wire.example, until 13 Feb 2026" in said(room, f"mute {typed}")


def test_a_query_of_words_that_finds_nothing_is_shown_as_a_question(room: Newsroom) -> None:
    nothing = said(room, "search tungsten deals in Kazakhstan this year")

    assert f"As a question it is search mineral:tungsten {DEAL} country:kz since:2026-01-01" in nothing


def test_a_subscription_to_words_that_tell_nothing_offers_the_question(room: Newsroom) -> None:
    assert f"Look for mineral:tungsten {DEAL} country:kz" in said(room, "subscribe tungsten deals kazakhstan")


def test_the_same_again_is_offered_as_a_change(room: Newsroom) -> None:
    said(room, "subscribe country:kz")

    right = offered(room, "subscribe country:kz at:9am on:mon-wed")

    assert "09:00 on mon, tue, wed" in said(room, right)


def test_a_channel_may_be_named_by_its_name(room: Newsroom) -> None:
    room.directory.members["COIL"] = {"U1"}

    assert "Channel  COIL" in said(room, "subscribe country:kz in:#coil")
    with pytest.raises(UserError, match="only who is in secret"):
        said(room, "subscribe country:kz in:#secret")


def test_examples_name_what_is_there(room: Newsroom) -> None:
    said(room, 'subscribe country:kz name:"Desk"')

    helped = said(room, "help") + said(room, "help mute")

    assert re.search(r"why e[1-3] ", helped)
    assert ".example for:7d" in helped
    assert said(room, "help please me") == said(room, "help")


def test_help_on_what_is_no_verb_says_so(room: Newsroom) -> None:
    told = as_text(answer(room, "help same", Asker(), NINE).document)

    assert "There is no verb 'same'; this is what there is." in told
    assert "There is no verb" not in as_text(answer(room, "help me please", Asker(), NINE).document)


def test_help_knows_the_query_language_by_name(room: Newsroom) -> None:
    assert "Words are ANDed" in said(room, "help query")
