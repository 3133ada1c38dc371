"""Forms over the wire: what is filled in becomes the words of a command, tried as it changes."""

import threading
from typing import Any

import pytest

from bot.surfaces.slack.desk import AT_ONCE
from tests.commands.newsroom import TUNGSTEN, URANIUM
from tests.slack.wired import Office
from tests.slack_standin import Asked, Error, StandIn
from tests.slack_standin.person import said

COUNTRY, MINERAL, TYPE = "field.country", "field.mineral", "field.type"
WORDS, TIERS, AT, ZONE = "field.words", "field.tiers", "field.at", "field.zone"
DAYS, ALERTS, CHANNEL, NAME = "field.on", "field.alerts", "field.channel", "field.name"


def typed(office: Office, text: str) -> Asked:
    return office.send(Asked.command(office.slack, text))


def kept(office: Office, channel: str = "CPOLICY") -> list[dict[str, Any]]:
    found: Any = office.ask("subscriptions", channel=channel).data["subscriptions"]
    return list(found)


def test_a_subscription_is_filled_in_and_tried_as_it_changes(here: Office) -> None:
    person = here.person()
    assert typed(here, "subscribe").acknowledged
    person.sees("New subscription")
    person.sees("In the last 14 days: 3 events")

    person.fills(MINERAL, ["tungsten", "uranium"])
    person.sees("In the last 14 days: 2 events")
    person.fills(COUNTRY, ["kz"])
    assert TUNGSTEN.title in said(person.sees("In the last 14 days: 1 event,").view)
    person.fills(AT, "08:30")
    person.fills(ZONE, "Asia/Tashkent")
    person.fills(DAYS, ["mon", "wed"])
    person.fills(NAME, 'Tungsten "desk"')
    sent = person.sends()

    assert sent.acknowledged
    assert sent.answered()
    assert "Subscribed: Tungsten 'desk'" in sent.said
    person.sees_nothing()
    [found] = kept(here)
    assert (found["query"], found["times"]) == ("country:kz mineral:tungsten,uranium", ["08:30"])
    assert (found["timezone"], found["weekdays"]) == ("Asia/Tashkent", ["mon", "wed"])
    assert here.slack.windows.refused == []


def test_what_makes_no_sense_is_told_at_its_field_and_the_form_stays(here: Office) -> None:
    person = here.person()
    typed(here, "subscribe")
    person.sees("In the last 14 days")

    person.fills(WORDS, 'tungsten OR "x')
    person.sees('"text": "this \\" is not closed"')
    refused = person.sends()

    assert refused.acknowledged
    [(block, told)] = refused.ack["errors"].items()
    assert block.startswith("words.")
    assert told == 'this " is not closed'
    assert kept(here) == []
    person.fills(WORDS, "tungsten OR uranium")
    person.fills(COUNTRY, ["kz"])
    assert person.sends().answered()
    assert kept(here)[0]["query"] == "country:kz (tungsten OR uranium)"


def test_a_mistake_in_an_option_is_told_at_that_field(there: Office) -> None:
    person = there.person()
    typed(there, "subscribe")
    person.sees("In the last 14 days")

    person.fills(NAME, "x" * 200)

    [(block, told)] = person.sends().ack["errors"].items()
    assert block.startswith("name.")
    assert "name:" in told


def test_each_of_several_mistakes_is_told_at_its_field(there: Office) -> None:
    person = there.person()
    typed(there, "subscribe")
    person.sees("In the last 14 days")
    person.fills(NAME, "x" * 200)
    person.fills(WORDS, "contry:kz minral:tin")

    told = {block.partition(".")[0]: said for block, said in person.sends().ack["errors"].items()}

    assert told.keys() == {"name", "words"}
    no_field = "no field is called contry; did you mean country?"
    assert told["words"] == f"{no_field}; and no field is called minral; did you mean mineral?"
    assert kept(there) == []


def test_one_that_is_there_is_changed_with_what_one_gains_and_loses(there: Office) -> None:
    there.ask('subscribe mineral:tungsten "both countries" country:kz at:08:30,17:00 zone:tashkent name:Desk')
    person = there.person()
    asked = typed(there, "change Desk")
    window = person.sees("In the last 14 days")

    state = {name: told for fields in person.state(window).values() for name, told in fields.items()}
    assert state[AT]["value"] == "08:30,17:00"
    assert [each["value"] for each in state[MINERAL]["selected_options"]] == ["tungsten"]
    assert state[WORDS]["value"] == '"both countries"'
    assert state[ZONE]["selected_option"]["value"] == "Asia/Tashkent"
    person.fills(MINERAL, ["uranium"])
    person.fills(COUNTRY, [])
    person.fills(WORDS, "")
    told = said(person.sees("You gain 1").view)
    assert URANIUM.title in told
    assert "You lose 1" in told
    person.sends()

    assert asked.answered()
    assert "Changed: Desk" in asked.said
    [found] = kept(there)
    assert (found["name"], found["query"], found["times"]) == ("Desk", "mineral:uranium", ["08:30", "17:00"])


def test_zones_are_offered_as_one_types(here: Office) -> None:
    person = here.person()
    typed(here, "subscribe")
    person.sees("In the last 14 days")

    assert person.offered(ZONE, "tash") == ["Asia/Tashkent"]
    assert person.offered(ZONE, "new york")[0] == "America/New_York"
    assert "Asia/Almaty" in person.offered(ZONE, "astana")
    assert person.offered(ZONE, "nowhere at all") == []


def test_from_the_home_tab_the_answer_comes_directly_and_the_tab_is_fresh(
    there: Office, slack: StandIn
) -> None:
    person = there.person()
    person.opens_home()
    person.sees_home(1)
    person.presses("New subscription")
    person.sees("In the last 14 days")

    person.fills(MINERAL, ["tungsten"])
    person.fills(CHANNEL, "CPOLICY")
    person.fills(NAME, "Desk")
    person.sends()

    assert "Desk" in said(person.sees_home(2).view)
    assert "Subscribed: Desk" in str(slack.posted("DU1")[0].payload["blocks"])
    assert [each["name"] for each in kept(there)] == ["Desk"]


def test_a_channel_that_one_is_not_in_cannot_be_picked(there: Office, slack: StandIn) -> None:
    slack.add_channel("COTHERS", "others", people=["U2"])
    person = there.person()
    typed(there, "subscribe")
    person.sees("In the last 14 days")

    person.fills(CHANNEL, "COTHERS")
    sent = person.sends()

    assert sent.answered()
    assert "only who is in COTHERS" in sent.said
    assert kept(there, "COTHERS") == []


def test_what_was_found_is_saved_from_the_home_tab_by_a_form_with_the_query(there: Office) -> None:
    person = there.person()
    person.opens_home()
    person.sees_home(1)
    person.fills("search.box", "mineral:tungsten country:kz")
    person.sees(TUNGSTEN.title)

    person.presses("Save as subscription")

    window = person.sees("In the last 14 days")
    state = {name: told for fields in person.state(window).values() for name, told in fields.items()}
    assert [each["value"] for each in state[COUNTRY]["selected_options"]] == ["kz"]
    assert len(slack_stack(there)) == 2


def test_a_form_that_its_window_cannot_remember_is_the_words_to_type(there: Office) -> None:
    asked = Asked.command(there.slack, "subscribe")
    asked.payload["response_url"] = asked.payload["response_url"].ljust(2_950, "?")  # views remember it too

    there.send(asked)

    assert "submit" not in there.person().sees("zone:Tashkent").view


def slack_stack(office: Office) -> list[Any]:
    return office.slack.windows.stacks["U1"]


def test_a_trigger_that_has_expired_is_answered_with_the_words_to_type(there: Office) -> None:
    there.slack.go_wrong("views.open", Error("expired_trigger_id"))

    asked = typed(there, "subscribe")

    assert asked.answered()
    assert "zone:Tashkent" in asked.said
    assert there.slack.windows.top() is None


def test_a_form_opens_however_slow_the_questions_before_it_are(
    there: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, begun = threading.Event(), threading.Semaphore(0)

    def slow(*_: object) -> None:
        begun.release()
        go_on.wait(20)
        raise RuntimeError("never mind")

    monkeypatch.setattr("bot.commands.status.store.status", slow)
    waiting = [typed(there, "status") for _ in range(AT_ONCE + 2)]
    assert all(begun.acquire(timeout=10) for _ in range(AT_ONCE))

    typed(there, "subscribe")

    there.person().sees("One moment")
    go_on.set()
    there.person().sees("New subscription")
    assert all(each.answered() for each in waiting)


def test_a_form_that_is_sent_again_has_one_effect(there: Office) -> None:
    person = there.person()
    typed(there, "subscribe")
    person.sees("In the last 14 days")
    person.fills(MINERAL, ["tungsten"])
    person.fills(NAME, "Desk")
    sent = person.sends()
    assert sent.answered()
    there.ask("unsubscribe Desk")

    there.slack.sockets.forget_ack(sent.envelope)
    assert there.send(sent).acknowledged
    assert typed(there, "subscriptions").answered()

    assert kept(there) == []


def test_only_the_last_of_several_changes_is_shown(there: Office) -> None:
    person = there.person()
    typed(there, "subscribe")
    seen = person.sees("In the last 14 days: 3 events")
    there.slack.windows.put(seen, seen.view)  # another change was shown meanwhile: the hash is another

    person.fills(MINERAL, ["tungsten"])

    person.sees("In the last 14 days: 1 event,")


def test_a_window_that_was_closed_meanwhile_harms_nobody(
    there: Office, caplog: pytest.LogCaptureFixture
) -> None:
    person = there.person()
    typed(there, "subscribe")
    person.sees("In the last 14 days")
    asked = Asked(there.slack, {}, envelope="change-after-all")
    shown = person.window
    person.slack.windows.close()

    person.fills(MINERAL, ["tungsten"], shown)
    assert typed(there, "help").answered()

    assert asked.answers == []
    assert not [each for each in caplog.records if each.levelname in ("WARNING", "ERROR")]


def test_what_few_need_is_asked_of_those_who_want_more(here: Office) -> None:
    person = here.person()
    typed(here, "subscribe")
    person.sees("In the last 14 days")
    person.fills(MINERAL, ["tungsten"])
    person.sees("In the last 14 days: 1 event")

    person.presses("More: holidays, review, length, quiet days, language")
    window = person.sees("Holidays that are skipped")

    state = {name: told for fields in person.state(window).values() for name, told in fields.items()}
    assert [each["value"] for each in state[MINERAL]["selected_options"]] == ["tungsten"]
    person.fills("field.skip", "uz")
    person.fills("field.review", "fri")
    person.fills("field.most", "5")
    person.fills("field.quiet", "no")
    person.fills(COUNTRY, ["kz"])
    person.sees("In the last 14 days: 1 event")
    assert person.sends().answered()

    [found] = kept(here)
    assert (found["query"], found["holidays"], found["review"]) == (
        "country:kz mineral:tungsten",
        "UZ",
        "fri",
    )
    typed(here, f"change {found['name']}")
    person.sees("Review of the week")
