"""Mutes from where people make them to the digest that says what was left out."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.commands import muting
from bot.commands.answer import Answer, Asker
from bot.commands.registry import answer
from bot.core.documents import Bullets, Buttons, Document, Item, Notice, Paragraph, Table
from bot.core.subscription import Plan
from bot.errors import UserError
from bot.store import feeds, people, subscriptions
from bot.store.database import Database
from bot.store.feeds import NewFeed
from bot.work.compose import composer
from tests.commands.newsroom import NINE, TUNGSTEN, URANIUM, Newsroom, print_stories
from tests.core.reading import understander
from tests.store.given import kept, story

DAY = timedelta(days=1)


@pytest.fixture
def room(database: Database) -> Newsroom:
    print_stories(database)
    return Newsroom(database)


def ask(room: Newsroom, text: str, *, channel: str = "C1", now: datetime = NINE) -> Answer:
    return answer(room, text, Asker(user="U1", channel=channel), now)


def headlines(document: Document) -> set[str]:
    return {part.headline.text for part in document.parts if isinstance(part, Item)}


def words(document: Document) -> str:
    told = [part.text for part in document.parts if isinstance(part, Notice)]
    told += [
        "".join(span.text for span in part.spans) for part in document.parts if isinstance(part, Paragraph)
    ]
    return " ".join(told)


def commands(found: Answer) -> list[str]:
    rows = [part for part in found.document.parts if isinstance(part, Buttons)]
    return [button.command for row in rows for button in row.spelled]


def event_of(room: Newsroom, url: str) -> str:
    return str(ask(room, f"why {url}").data["event"])


@pytest.mark.parametrize(
    "thing", ["source:steppe-wire.example", "country:kz", "mineral:wolfram", '"tungsten agreement"', "EVENT"]
)
def test_a_digest_leaves_out_what_its_channel_muted_and_says_how_much(room: Newsroom, thing: str) -> None:
    ask(room, f"mute {thing.replace('EVENT', event_of(room, TUNGSTEN.url))}")

    here, elsewhere = ask(room, "digest").document, ask(room, "digest", channel="C2").document

    assert headlines(here) == {URANIUM.title}
    assert "1 hidden by mutes, 1 of them core." in words(here)
    assert headlines(elsewhere) == {URANIUM.title, TUNGSTEN.title}
    assert "hidden" not in words(elsewhere)


def test_what_is_posted_leaves_it_out_too(room: Newsroom) -> None:
    with room.database.writing() as session:
        desk = subscriptions.add(session, Plan(name="Desk", channel="C1"), NINE - 2 * DAY)
    ask(room, "mute country:kz", now=NINE - timedelta(minutes=1))

    issue = composer(room.database, understander().packs)(desk, NINE - DAY, NINE)

    assert headlines(issue.document) == {URANIUM.title}
    assert len(issue.events) == 1


def test_a_mute_ends_when_it_says(room: Newsroom) -> None:
    ask(room, "mute country:kz for:2h")

    assert headlines(ask(room, "digest since:3d", now=NINE + timedelta(hours=1)).document) == {
        URANIUM.title
    } | {each for each in headlines(ask(room, "digest since:3d", channel="C2").document) if "China" in each}
    assert TUNGSTEN.title in headlines(ask(room, "digest since:3d", now=NINE + timedelta(hours=3)).document)


def test_a_digest_of_before_the_mute_is_as_it_was(room: Newsroom) -> None:
    with room.database.writing() as session:
        desk = subscriptions.add(session, Plan(name="Desk", channel="C1"), NINE - 2 * DAY)
    ask(room, "mute country:kz", now=NINE + timedelta(hours=1))

    issue = composer(room.database, understander().packs)(desk, NINE - DAY, NINE)

    assert TUNGSTEN.title in headlines(issue.document)


@pytest.mark.parametrize(
    ("thing", "told"),
    [("country:kz", "have hidden 1 event."), ("source:typo.example", "have hidden nothing.")],
)
def test_a_mute_says_what_it_would_have_hidden(room: Newsroom, thing: str, told: str) -> None:
    assert told in words(ask(room, f"mute {thing}").document)


def test_the_list_says_what_each_hid_and_a_button_ends_it(room: Newsroom) -> None:
    ask(room, "mute country:kz for:7d")
    ask(room, "mute source:quiet.example for:ever")

    listed = ask(room, "mute list")

    [mutes] = [part for part in listed.document.parts if isinstance(part, Table)]
    [hidden] = [part for part in listed.document.parts if isinstance(part, Bullets)]
    assert [row[1:] for row in mutes.rows] == [
        ("country:kz", "until 13 Feb 2026 09:00 UTC", "1"),
        ("source:quiet.example", "until it is ended", "0"),
    ]
    assert [(line[0].text, line[0].url) for line in hidden.lines] == [(TUNGSTEN.title, TUNGSTEN.url)]
    ask(room, commands(listed)[0])
    assert [row["muted"] for row in ask(room, "mute list").data["mutes"]] == ["source:quiet.example"]  # type: ignore[attr-defined]


def test_why_says_that_it_was_muted_and_until_when(room: Newsroom) -> None:
    ask(room, "mute country:kz for:7d")

    muted = ask(room, f"why {TUNGSTEN.url}")

    assert "Muted in C1: country:kz, until 13 Feb 2026 09:00 UTC." in words(muted.document)
    ask(room, next(command for command in commands(muted) if command.startswith("unmute")))
    assert "Muted" not in words(ask(room, f"why {TUNGSTEN.url}").document)
    assert "Muted" not in words(ask(room, f"why {TUNGSTEN.url}", channel="C2").document)


def test_an_event_that_became_part_of_another_is_muted_as_that(room: Newsroom) -> None:
    tungsten, uranium = event_of(room, TUNGSTEN.url), event_of(room, URANIUM.url)
    ask(room, f"mute {max(tungsten, uranium)}")

    answer(room, f"join {min(tungsten, uranium)} {max(tungsten, uranium)}", Asker(), NINE)

    assert headlines(ask(room, "digest").document) == set()


def test_a_story_is_muted_by_its_event(room: Newsroom) -> None:
    story = ask(room, f"why {TUNGSTEN.url}").data["id"]

    assert ask(room, f"mute {story} for:1d").data["muted"][0]["muted"] == event_of(room, TUNGSTEN.url)  # type: ignore[index]


def test_a_mute_is_its_channels_own_and_every_change_is_written_down(room: Newsroom) -> None:
    made = ask(room, "mute country:kz").data["muted"][0]["id"]  # type: ignore[index]

    with pytest.raises(UserError, match="nothing muted here"):
        ask(room, f"unmute {made}", channel="C2")
    undo = commands(ask(room, f"unmute {made}"))[0]
    assert undo == "mute country:kz for:7d"
    ask(room, undo)
    with room.database.reading() as session:
        log = people.changes(session, what="mute")
    assert [(each.person, each.thing, each.before is None, each.after is None) for each in log] == [
        ("U1", "country:kz", True, False),
        ("U1", "country:kz", False, True),
        ("U1", "country:kz", True, False),
    ]


@pytest.mark.parametrize(
    "text", ["mute e999", "mute s999", "mute nothing:x", "unmute 9", "unmute", "mute kz in:C2"]
)
def test_what_cannot_be_muted_says_so(room: Newsroom, text: str) -> None:
    with pytest.raises(UserError):
        ask(room, text)


def test_the_terminal_has_to_say_which_channel(room: Newsroom) -> None:
    with pytest.raises(UserError, match="which channel"):
        answer(room, "mute country:kz", Asker(), NINE)

    made = answer(room, "mute country:kz in:C7", Asker(), NINE)

    assert made.data["muted"][0]["channel"] == "C7"  # type: ignore[index]
    assert replace(TUNGSTEN, hours=1).title in headlines(ask(room, "digest").document)


def bullets(document: Document) -> str:
    lists = [part.lines for part in document.parts if isinstance(part, Bullets)]
    return " ".join("".join(span.text for span in line) for lines in lists for line in lines)


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        ('subscribe country:uz name:"Desk"', "it asks for country:uz, which no story of this event matches"),
        ('subscribe country:kz tiers:region name:"Desk"', "it tells region, and this is core"),
        (
            'subscribe country:kz name:"Desk"',
            "it was made on 6 Feb 2026 09:00 UTC, and this was reported before",
        ),
    ],
)
def test_why_says_what_kept_a_subscription_from_telling_it(room: Newsroom, made: str, reason: str) -> None:
    ask(room, made)

    assert f"Not by Desk: {reason}." in bullets(ask(room, f"why {TUNGSTEN.url}").document)


def test_why_says_when_a_digest_will_tell_it(room: Newsroom) -> None:
    ask(room, 'subscribe at:18:00 name:"Desk"', now=NINE - 2 * DAY)

    assert "Not by Desk: its next digest tells it, on 6 Feb 2026 18:00 UTC." in bullets(
        ask(room, f"why {TUNGSTEN.url}").document
    )
    ask(room, "mute mineral:tungsten for:1d")
    assert "its channel muted mineral:tungsten until 7 Feb 2026 09:00 UTC." in bullets(
        ask(room, f"why {TUNGSTEN.url}").document
    )
    ask(room, "unmute mineral:tungsten")
    ask(room, "pause Desk")
    assert "Not by Desk: it is paused: by 1." in bullets(ask(room, f"why {TUNGSTEN.url}").document)


def test_what_is_muted_again_ends_when_it_would_have(room: Newsroom) -> None:
    ask(room, "mute country:kz for:7d")

    ended = ask(room, "unmute country:kz", now=NINE + timedelta(minutes=30))

    assert commands(ended)[0] == "mute country:kz for:7d", "the hour that has begun is not lost"


def test_a_channel_has_so_many_mutes_and_is_told_what_to_do(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(muting, "MOST", 1)
    ask(room, "mute country:kz")

    with pytest.raises(UserError, match="1 mutes at most; `mute list` shows them, `unmute ID` ends one"):
        ask(room, "mute country:uz")
    assert ask(room, "mute list").data["mutes"]


@pytest.mark.parametrize(
    ("typed", "muted"),
    [
        ("steppe wire example", ["source:agency.example", "source:steppe-wire.example"]),
        ("source:steppe-wire.example", ["source:steppe-wire.example"]),
    ],
)
def test_a_name_is_that_of_a_feed_and_a_host_is_that_host(
    database: Database, typed: str, muted: list[str]
) -> None:
    with database.writing() as session:
        feed = feeds.add(session, NewFeed("https://wire.example/feed", name="Steppe-Wire.Example"), NINE)
    kept(
        database,
        [story(host, source=host, feed_id=feed.id) for host in ("agency.example", "steppe-wire.example")],
    )

    made = ask(Newsroom(database), f"mute {typed}").data["muted"]

    assert sorted(each["muted"] for each in made) == muted  # type: ignore[attr-defined]


def test_a_terminal_names_a_channel_as_slack_writes_it(room: Newsroom) -> None:
    found: Any = answer(room, "mute source:a.example in:<#C1|policy>", Asker(), NINE).data

    assert [each["channel"] for each in found["muted"]] == ["C1"]
