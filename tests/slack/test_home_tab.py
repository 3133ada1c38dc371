"""The Home tab over the wire: what concerns a person, and nothing of others; fresh after each press."""

import pytest

from tests.commands.newsroom import TUNGSTEN
from tests.slack.wired import Office
from tests.slack_standin import Asked, Error, StandIn
from tests.slack_standin.person import buttons, said

DESK = 'subscribe mineral:tungsten at:08:30 zone:Tashkent name:"Tungsten desk"'


def test_it_shows_subscriptions_mutes_events_and_feeds_of_the_channels_one_is_in(here: Office) -> None:
    here.ask(DESK)
    here.ask("mute source:tashkent-post.example")
    person = here.person()

    assert person.opens_home().acknowledged

    told = said(person.sees_home(1).view)
    for words in ("#policy", "Tungsten desk", "mineral:tungsten", "next Mon 9 Feb 08:30", TUNGSTEN.title):
        assert words in told
    assert "source:tashkent-post.example" in told
    assert "hid 1 event in 7 days" in told
    assert "no feed is polled yet" in told
    assert here.slack.windows.refused == []


def test_a_press_in_it_takes_effect_once_and_shows_at_once(here: Office) -> None:
    here.ask(DESK)
    person = here.person()
    person.opens_home()
    person.sees_home(1)

    pressed = person.presses("Pause")
    assert "Paused: Tungsten desk" in said(person.sees_home(2).view)
    here.slack.sockets.forget_ack(pressed.envelope)
    here.send(pressed)  # it comes again
    person.presses("Resume", person.home)

    told = said(person.sees_home(3).view)
    assert "Resumed: Tungsten desk" in told
    assert "next Mon 9 Feb" in told
    assert len(person.home.versions) == 3


def test_unsubscribing_and_unmuting_leave_a_way_back(there: Office) -> None:
    there.ask(DESK)
    there.ask("mute source:tashkent-post.example")
    person = there.person()
    person.opens_home()
    person.sees_home(1)

    person.presses("Unmute source:tashkent-post.example")
    assert "Mute again" in buttons(person.sees_home(2).view)
    person.presses("Unsubscribe")

    home = person.sees_home(3)
    assert "Change" not in buttons(home.view)
    person.presses("Undo")
    assert "Change" in buttons(person.sees_home(4).view)


def test_nobody_sees_what_is_of_a_private_channel_that_they_are_not_in(there: Office, slack: StandIn) -> None:
    slack.add_channel("GSECRET", "secret", private=True, people=["U2"])
    there.ask('subscribe uranium name:"Quiet work"', user="U2", channel="GSECRET")
    there.ask("mute country:uz", user="U2", channel="GSECRET")
    one, two = there.person("U1"), there.person("U2")

    one.opens_home()
    two.opens_home()

    assert "Quiet work" in said(two.sees_home(1).view)
    told = said(one.sees_home(1).view)
    assert "Quiet work" not in told
    assert "country:uz" not in told
    assert "GSECRET" not in told


def test_who_has_left_a_channel_can_change_nothing_of_it_from_an_old_home(
    there: Office, slack: StandIn
) -> None:
    there.ask(DESK, user="U2")
    person = there.person("U1")
    person.opens_home()
    person.sees_home(1)

    slack.channels["CPOLICY"].people.discard("U1")
    person.presses("Pause")

    told = said(person.sees_home(2).view)
    assert "Paused" not in told
    assert "Tungsten desk" not in told
    assert there.ask("subscriptions").data["subscriptions"][0]["paused"] is None  # type: ignore[index]


def test_without_the_scopes_it_shows_what_one_made_oneself_and_says_why(
    there: Office, slack: StandIn
) -> None:
    slack.scopes -= {"public", "private"}
    there.ask(DESK, user="U1")
    there.ask('subscribe uranium name:"Of somebody else"', user="U2")
    person = there.person("U1")

    person.opens_home()

    told = said(person.sees_home(1).view)
    assert "Tungsten desk" in told
    assert "Of somebody else" not in told
    assert "channels:read and groups:read" in told


def test_without_groups_read_the_public_channels_are_known_all_the_same(
    there: Office, slack: StandIn
) -> None:
    slack.scopes.discard("private")
    there.ask(DESK, user="U2")
    person = there.person("U1")

    person.opens_home()

    assert "Tungsten desk" in said(person.sees_home(1).view)


def test_searching_in_it_opens_a_window_with_pages(there: Office) -> None:
    person = there.person()
    person.opens_home()
    person.sees_home(1)

    person.fills("search.box", "tungsten in Kazakhstan this year?")

    window = person.sees(TUNGSTEN.title)
    assert "Understood as" in said(window.view)
    assert "Share in this channel" not in buttons(window.view)
    person.presses("Export as CSV")
    person.sees("in your direct messages")
    assert len(person.slack.windows.stacks["U1"]) == 2
    person.slack.windows.close("U1")
    assert TUNGSTEN.title in said(person.window.view)


def test_a_query_is_searched_for_as_it_stands_and_its_mistakes_are_told(there: Office) -> None:
    person = there.person()
    person.opens_home()
    person.sees_home(1)

    person.fills("search.box", "contry:kz")

    person.sees("did you mean country?")


def test_the_messages_tab_is_not_the_home_tab(there: Office, slack: StandIn) -> None:
    person = there.person()

    assert person.opens_home("messages").acknowledged
    person.opens_home()

    assert len(person.sees_home(1).versions) == 1
    assert slack.called("views.publish")[0].arguments["user_id"] == "U1"


def test_thousands_of_subscriptions_are_cut_with_their_number(there: Office) -> None:
    for number in range(60):
        there.ask(f'subscribe word{number} name:"Desk {number}"')
    person = there.person()

    person.opens_home()

    home = person.sees_home(1)
    assert there.slack.windows.refused == []
    assert "60 subscriptions" in said(home.view)
    assert "and 48 more subscriptions" in said(home.view)
    assert "All of this channel" in buttons(home.view)


def test_a_failure_gives_a_reference_on_the_home_tab(
    there: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    person = there.person()
    there.ask(DESK)
    person.opens_home()
    person.sees_home(1)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the cause")

    monkeypatch.setattr("bot.store.subscriptions.pause", broken)
    person.presses("Pause")

    told = said(person.sees_home(2).view)
    [record] = [each for each in caplog.records if each.getMessage() == "slack.failed"]
    assert vars(record)["reference"] in told
    assert "the cause" not in told


def test_a_window_that_can_no_longer_be_opened_is_told_in_a_direct_message(
    there: Office, slack: StandIn
) -> None:
    person = there.person()
    person.opens_home()
    person.sees_home(1)
    slack.go_wrong("views.open", Error("expired_trigger_id"))

    person.presses("Status")

    assert slack.wait_for(lambda: bool(slack.posted("DU1")))
    assert "flagged stories" in slack.posted("DU1")[0].payload["text"]


def test_an_older_publishing_does_not_take_the_place_of_a_newer_one(there: Office, slack: StandIn) -> None:
    person = there.person()
    person.opens_home()
    seen = person.sees_home(1)
    slack.windows.put(seen, seen.view)  # somebody published meanwhile
    opened = Asked(slack, {}, envelope="late")
    event = {
        "type": "app_home_opened",
        "user": "U1",
        "tab": "home",
        "event_ts": "9.9",
        "view": {"hash": "an old one"},
    }
    opened.payload = {"type": "event_callback", "event_id": "EvLate", "team_id": "T1", "event": event}

    opened.over_socket()
    person.fills("search.box", "tungsten")
    person.sees(TUNGSTEN.title)

    assert len(person.home.versions) == 2


def test_typed_in_a_channel_its_buttons_act_where_they_are_meant(there: Office, slack: StandIn) -> None:
    slack.add_channel("CQUIET", "quiet", people=["U1"])
    there.ask(DESK, channel="CQUIET")
    asked = there.send(Asked.command(slack, "home"))
    assert asked.answered()
    rows = [block["elements"] for block in asked.answers[0]["blocks"] if block["type"] == "actions"]
    [pause] = [each for row in rows for each in row if each["text"]["text"] == "Pause"]

    pressed = there.send(Asked.button(slack, pause["action_id"], pause["value"]))

    assert pressed.answered()
    assert "Paused: Tungsten desk" in pressed.said
    told = there.ask("subscriptions", channel="CQUIET").data["subscriptions"]
    assert told[0]["paused"] == "by 1"  # type: ignore[index]


def test_watches_are_there_and_end_there(there: Office) -> None:
    there.ask("watch mineral:tungsten")
    there.ask("watch uranium to:channel", user="U2")
    there.ask("watch copper", user="U2")
    person = there.person("U1")
    person.opens_home()
    told = said(person.sees_home(1).view)

    assert told.index("Told to you alone") < told.index("Stop watching mineral:tungsten")
    assert told.index("Stop watching mineral:tungsten") < told.index("Stop watching uranium")
    assert "copper" not in told
    person.presses("Stop watching mineral:tungsten", person.home)
    person.sees_home(2)
    person.presses("Stop watching uranium", person.home)
    left = said(person.sees_home(3).view)

    assert "Watched:" not in left
    assert "Not watched any more: uranium" in left
