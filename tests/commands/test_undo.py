"""Every change can be taken back, and taking it back can be taken back as well."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.commands.answer import Asker
from bot.commands.registry import answer
from bot.config import RightsSettings, Settings
from bot.core.documents import Buttons, Table
from bot.errors import UserError
from bot.store import deliveries, feeds, people, subscriptions
from bot.store.database import Database
from bot.store.feeds import NewFeed
from bot.work import audit
from bot.work.audit import PacksValue
from bot.work.standing import keep_in_step
from tests.commands.newsroom import CONTROLS, NINE, TUNGSTEN, URANIUM, Newsroom, print_stories

ADMIN = Asker("UADMIN", "C1")
FEED = NewFeed("https://desk:hunter22@one.example/feed", name="One", lang="ru")
SAID = (
    "subscribe country:kz name:Desk", "subscribe country:uz at:17:00 name:Desk", "subscribe name:Other",
    "pause Desk", "resume Desk", "unsubscribe Desk", "unsubscribe Other",
    "mute source:sputnik.kg", "mute source:sputnik.kg for:2w", "mute e1 for:ever", "unmute source:sputnik.kg",
    "unmute e1", "feeds remove One", "join e1 e2", "join e2 e3", "split e1 s2", "watch country:kz",
    "unwatch country:kz",
)  # fmt: skip


@pytest.fixture
def room(database: Database) -> Newsroom:
    print_stories(database, [TUNGSTEN, URANIUM, CONTROLS])
    with database.writing() as session:
        feeds.add(session, FEED, NINE)
    return Newsroom(database)


def ask(room: Newsroom, text: str, asker: Asker = ADMIN, now: datetime = NINE) -> Any:
    return answer(room, text, asker, now).data


def last_change(room: Newsroom) -> str:
    found: str = ask(room, "changes", Asker())["changes"][0]["id"]
    return found


def as_it_is(room: Newsroom) -> dict[str, object]:
    """All that people can change, by what it says and not by the numbers it has."""
    with room.database.reading() as session:
        kept = [audit.subscription_value(each) for each in subscriptions.listing(session, watches=None)]
        muted = {audit.mute_value(each) for each in people.muted(session, "C1", NINE)}
        polled = [audit.feed_value(each) for each in feeds.listing(session)]
    told = ask(room, "latest", Asker())["events"]
    events = {frozenset(story["url"] for story in each["stories"]) for each in told}
    return {"kept": kept, "muted": muted, "polled": polled, "events": events}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(st.sampled_from(SAID), min_size=1, max_size=6))
def test_a_change_taken_back_leaves_what_was_and_taken_up_again_what_it_made(
    room: Newsroom, said: list[str]
) -> None:
    before = as_it_is(room)
    for text in said:
        try:
            ask(room, text)
        except UserError:
            assert as_it_is(room) == before
            continue
        after = as_it_is(room)
        if after == before:
            continue

        undone = ask(room, f"undo {last_change(room)}")["change"]["id"]
        assert as_it_is(room) == before, text
        ask(room, f"undo {undone}")

        before = as_it_is(room)
        assert before == after, text


@pytest.mark.parametrize(
    ("done", "newer"),
    [
        ("subscribe country:kz name:Desk", "subscribe country:uz name:Desk"),
        ("mute source:sputnik.kg", "mute source:sputnik.kg for:2w"),
        ("subscribe country:kz name:Desk", "pause Desk"),
    ],
)
def test_what_something_newer_changed_is_not_taken_back(room: Newsroom, done: str, newer: str) -> None:
    ask(room, done)
    first = last_change(room)
    ask(room, newer)
    second = last_change(room)
    before = as_it_is(room)

    with pytest.raises(UserError, match="cannot be taken back"):
        ask(room, f"undo {first}")

    assert as_it_is(room) == before
    ask(room, f"undo {second}")
    ask(room, f"undo {first}")


def test_the_log_says_who_what_and_what_it_was_before(room: Newsroom) -> None:
    ask(room, "subscribe country:kz name:Desk")
    ask(room, "subscribe country:uz name:Desk", now=NINE + timedelta(hours=1))

    [changed, made] = ask(room, "changes Desk")["changes"]

    assert (made["before"], made["person"], made["what"]) == (None, "UADMIN", "subscription")
    assert (changed["before"]["query"], changed["after"]["query"]) == ("country:kz", "country:uz")
    told = str(answer(room, "changes subscription", ADMIN, NINE).document)
    assert "query: country:kz → country:uz" in told
    assert "Admin" in told


def test_the_log_says_times_and_rulings_as_people_do(room: Newsroom) -> None:
    ask(room, "subscribe country:kz name:Desk at:08:30,17:00 on:mon,wed")
    ask(room, "mute source:gazeta.uz for:7d")
    ask(room, "join e1 e2")

    told = str(answer(room, "changes", ADMIN, NINE).document)

    assert "times: 08:30, 17:00, timezone: UTC, weekdays: on mon, wed" in told
    assert "until: 13 Feb 2026 09:00 UTC" in told
    assert "pairs: as found → one event" in told


def test_a_removed_subscription_comes_back_knowing_what_it_told(room: Newsroom) -> None:
    ask(room, "subscribe country:kz name:Desk")
    with room.database.writing() as session:
        [kept] = subscriptions.listing(session)
        deliveries.open_slot(
            session, kept.id, NINE, start=NINE - timedelta(days=1), end=NINE, channel="C1", now=NINE,
            document="{}", events=[1],
        )  # fmt: skip
    ask(room, "unsubscribe Desk")
    ask(room, f"undo {last_change(room)}")

    with room.database.reading() as session:
        [back] = subscriptions.listing(session)
        assert back.id == kept.id
        [delivery] = deliveries.latest(session, subscription=kept.id)
        # It was not posted yet, so it counts as not told, and the next digest begins before it.
        assert (delivery.state, deliveries.told(session, kept.id, [1])) == ("failed", {})
        assert back.told_until == NINE - timedelta(days=1)


def test_what_the_configuration_changed_is_in_the_log_and_a_removal_can_be_taken_back(
    room: Newsroom,
) -> None:
    configured = {
        "feeds": [{"url": "https://two.example/feed", "name": "Two"}],
        "subscriptions": [{"name": "Fixed", "channel": "C1", "query": "country:kz"}],
    }
    keep_in_step(room.database, Settings.model_validate(configured), NINE)
    keep_in_step(room.database, Settings.model_validate(configured), NINE)
    told = [(each["person"], each["thing"]) for each in ask(room, "changes")["changes"]]
    assert told == [("configuration", "Fixed"), ("configuration", "Two")]
    for each in ask(room, "changes")["changes"]:
        with pytest.raises(UserError, match="in the configuration"):
            ask(room, f"undo {each['id']}")

    keep_in_step(room.database, Settings(), NINE)
    for change in ask(room, "changes")["changes"][:2]:
        ask(room, f"undo {change['id']}")
    keep_in_step(room.database, Settings(), NINE)

    with room.database.reading() as session:
        kept = {each.name: each.origin for each in subscriptions.listing(session)}
        assert kept == {"Fixed": "user"}
        assert {each.name for each in feeds.listing(session)} == {"One", "Two"}


def test_a_name_that_was_taken_meanwhile_is_not_taken_back(room: Newsroom) -> None:
    ask(room, "subscribe country:kz name:Desk")
    ask(room, "unsubscribe Desk")
    removed = last_change(room)
    ask(room, "subscribe country:uz name:Desk", Asker("UADMIN", "C2"))

    with pytest.raises(UserError, match="called Desk already"):
        ask(room, f"undo {removed}")


def test_nobody_takes_back_what_is_not_theirs_to_change(room: Newsroom) -> None:
    ask(room, "subscribe country:kz name:Desk")
    mine = last_change(room)
    ask(room, "feeds remove One")
    for_all = last_change(room)
    member = Asker("UMEMBER", "C1")

    with pytest.raises(UserError, match="there is no change"):
        ask(room, f"undo {mine}", Asker("UADMIN", "C2"))
    assert "proposed" in ask(room, f"undo {for_all}", member)
    assert ask(room, f"undo {mine}", member)["undone"] == mine


def test_packs_are_put_back_where_they_are_kept(room: Newsroom) -> None:
    with room.database.writing() as session:
        number = audit.of_packs(session, "1", PacksValue("2", 7), by="terminal", now=NINE)

    with pytest.raises(UserError, match="steppewatch packs apply"):
        ask(room, f"undo c{number}")


def test_a_watch_is_called_by_what_is_watched(room: Newsroom) -> None:
    ask(room, "watch country:kz")

    told = answer(room, "changes", ADMIN, NINE).document

    [table] = [part for part in told.parts if isinstance(part, Table)]
    assert table.rows[0][3] == "watch country:kz"


def test_what_a_person_watches_is_theirs_to_see_and_to_take_back(room: Newsroom) -> None:
    member = Asker("UMEMBER", "C1")
    ask(room, "watch country:kz", member)

    assert ask(room, "changes")["changes"] == []
    [mine] = ask(room, "changes", member)["changes"]
    with pytest.raises(UserError, match="there is no change"):
        ask(room, f"undo {mine['id']}")
    assert ask(room, f"undo {mine['id']}", Asker("UMEMBER", "C2"))["undone"] == mine["id"]


def test_what_was_released_may_have_been_told(room: Newsroom) -> None:
    with room.database.writing() as session:
        [feed] = feeds.listing(session)
        number = audit.of_released(session, feed, 7, by="UADMIN", now=NINE)

    with pytest.raises(UserError, match="may have been told"):
        ask(room, f"undo c{number}")
    assert ask(room, "changes released")["changes"][0]["after"]["stories"] == 7


def test_no_password_of_a_feed_is_shown(room: Newsroom) -> None:
    ask(room, "feeds remove One")

    told = answer(room, "changes feed", ADMIN, NINE)

    assert "hunter22" not in str(told.document) + json.dumps(dict(told.data))
    assert "one.example" in str(told.document)


@pytest.mark.parametrize("text", ["undo", "undo c999", "undo x", "undo c1 c2"])
def test_what_is_no_change_is_answered_with_what_would_be(room: Newsroom, text: str) -> None:
    with pytest.raises(UserError, match=r"`changes` lists them"):
        ask(room, text)


def test_what_was_taken_back_has_no_button_to_take_it_back_again(room: Newsroom) -> None:
    ask(room, "mute source:sputnik.kg")
    first = last_change(room)
    second = ask(room, f"undo {first}")["change"]["id"]

    told = answer(room, "changes", ADMIN, NINE).document

    rows = [part for part in told.parts if isinstance(part, Buttons)]
    assert [button.command for row in rows for button in row.spelled] == [f"undo {second}"]


def test_what_is_told_to_a_person_alone_is_theirs_to_take_back(room: Newsroom) -> None:
    room.rights = RightsSettings(subscriptions="admins")
    alone = Asker("UMEMBER", "UMEMBER")
    ask(room, "watch country:kz", alone)

    assert "undone" in ask(room, f"undo {last_change(room)}", alone)
    assert ask(room, "watch list", alone)["watches"] == []


def test_without_a_number_the_last_change_of_ones_own_is_offered(room: Newsroom) -> None:
    ask(room, "mute country:kz", Asker("U1", "C1"))
    ask(room, "mute country:uz", Asker("U2", "C1"))

    with pytest.raises(UserError, match="mute country:kz") as mistake:
        ask(room, "undo", Asker("U1", "C1"))

    assert mistake.value.fix is not None
    ask(room, mistake.value.fix.of("undo"), Asker("U1", "C1"))
    assert [row["muted"] for row in ask(room, "mute list")["mutes"]] == ["country:uz"]
    with pytest.raises(UserError, match="which change") as nothing:
        ask(room, "undo", Asker("U1", "C1"))
    assert nothing.value.fix is None
