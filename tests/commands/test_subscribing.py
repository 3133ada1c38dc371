from datetime import UTC, datetime, timedelta

import pytest

from bot.commands.answer import Answer, Asker
from bot.commands.registry import answer
from bot.core.documents import Notice
from bot.core.subscription import Plan
from bot.errors import UserError
from bot.store import subscriptions
from bot.store.database import Database
from tests.commands.newsroom import NINE, Newsroom, print_stories

DESK = 'subscribe country:kz at:08:30 zone:Tashkent on:weekdays name:"Desk"'


@pytest.fixture
def room(database: Database) -> Newsroom:
    print_stories(database)
    return Newsroom(database)


def ask(room: Newsroom, text: str, *, channel: str = "C1") -> Answer:
    return answer(room, text, Asker(user="U1", channel=channel), NINE)


def notices(found: Answer) -> list[str]:
    return [part.text for part in found.document.parts if isinstance(part, Notice)]


def test_a_channel_subscribes_and_is_told_the_next_time_and_what_to_expect(room: Newsroom) -> None:
    made = ask(room, DESK)

    assert made.data["channel"] == "C1"
    assert made.data["next"] == "2026-02-09T03:30:00+00:00"  # Monday, 08:30 in Tashkent
    assert notices(made) == ["In the last 14 days: 1 event, one a week or less."]
    with room.database.reading() as session:
        kept = subscriptions.find(session, "Desk")
    assert kept is not None
    assert (kept.query, kept.owner, kept.origin) == ("country:kz", "U1", "user")


def test_where_nothing_would_have_been_told_no_rate_is_given(room: Newsroom) -> None:
    assert notices(ask(room, "preview mineral:beryllium")) == ["In the last 14 days: no event."]


def test_the_same_name_changes_it_and_says_what_is_gained_and_lost(room: Newsroom) -> None:
    ask(room, DESK)

    changed = ask(room, 'subscribe country:uz name:"Desk"')

    assert changed.document.title == "Changed: Desk"
    assert changed.data["times"] == ["08:30"]
    tried = ask(room, 'preview country:kz,uz name:"Desk"').data
    assert len(tried["gained"]) == 1  # type: ignore[arg-type]
    assert tried["lost"] == []
    assert len(ask(room, "subscriptions").data["subscriptions"]) == 1  # type: ignore[arg-type]


def test_preview_saves_nothing(room: Newsroom) -> None:
    tried = ask(room, "preview mineral:tungsten")

    assert len(tried.data["events"]) == 1  # type: ignore[arg-type]
    assert ask(room, "subscriptions").data["subscriptions"] == []


def test_pausing_and_resuming_keep_the_window(room: Newsroom) -> None:
    ask(room, DESK)
    with room.database.reading() as session:
        before = subscriptions.find(session, "Desk")

    ask(room, "pause Desk")
    paused = ask(room, "subscriptions").data["subscriptions"]
    ask(room, "resume Desk")

    assert paused[0]["paused"] == "by 1"  # type: ignore[index]
    assert paused[0]["next"] is None  # type: ignore[index]
    with room.database.reading() as session:
        assert subscriptions.find(session, "Desk") == before


def test_another_channel_can_neither_see_nor_change_it(room: Newsroom) -> None:
    ask(room, DESK)

    assert ask(room, "subscriptions", channel="C2").data["subscriptions"] == []
    for words in ("unsubscribe Desk", "pause Desk"):
        with pytest.raises(UserError, match="no subscription here is called 'Desk'"):
            ask(room, words, channel="C2")
    with pytest.raises(UserError, match="belongs to another channel"):
        ask(room, 'subscribe country:uz name:"Desk"', channel="C2")


def test_unsubscribing_names_what_there_is_when_the_name_is_wrong(room: Newsroom) -> None:
    ask(room, DESK)

    with pytest.raises(UserError, match="did you mean Desk"):
        ask(room, "unsubscribe Dsk")
    ask(room, "unsubscribe Desk")
    assert ask(room, "subscriptions").data["subscriptions"] == []


def test_those_of_the_configuration_are_changed_there(room: Newsroom) -> None:
    with room.database.writing() as session:
        subscriptions.add(
            session, Plan(name="Fixed", channel="C1"), NINE - timedelta(days=1), origin="config"
        )

    with pytest.raises(UserError, match="in the configuration file"):
        ask(room, 'subscribe country:uz name:"Fixed"')
    with pytest.raises(UserError, match="in the configuration file"):
        ask(room, "unsubscribe Fixed")


def test_the_terminal_needs_to_be_told_the_channel(room: Newsroom) -> None:
    with pytest.raises(UserError, match="in:C0123456789"):
        answer(room, DESK, Asker(), NINE)

    made = answer(room, f"{DESK} in:C7", Asker(), NINE)

    assert made.data["channel"] == "C7"


def test_holidays_alerts_and_a_review_are_asked_for_and_told(room: Newsroom) -> None:
    made = ask(
        room, 'subscribe country:uz on:daily at:09:00 zone:Tashkent skip:uz alerts:yes review:mon name:"Desk"'
    )

    facts = {name: "".join(span.text for span in line) for name, line in made.document.parts[0].pairs}  # type: ignore[union-attr]
    assert "not on holidays of Uzbekistan" in facts["When"]
    assert facts["Review"] == "of the week, on mon"
    assert made.data["alerts"] is True

    again = ask(room, "unsubscribe Desk").document.parts[1].buttons[0].command  # type: ignore[union-attr]
    ask(room, again)

    assert ask(room, "subscriptions").data["subscriptions"] == [made.data]


def test_next_honours_holidays(room: Newsroom) -> None:
    before_nowruz = datetime(2026, 3, 19, 12, tzinfo=UTC)
    text = 'subscribe on:weekdays at:09:00 zone:Tashkent skip:uz name:"Desk"'

    made = answer(room, text, Asker(user="U1", channel="C1"), before_nowruz)

    assert made.data["next"] == "2026-03-24T04:00:00+00:00"


def test_a_terminal_may_name_the_channel_of_what_is_there_already(room: Newsroom) -> None:
    def typed(text: str) -> Answer:
        return answer(room, text, Asker(), NINE)

    for channel in ("C1", "C2"):
        typed(f"subscribe country:kz in:{channel} name:Desk-{channel}")
        typed(f"mute country:kz in:{channel}")
    typed("watch country:kz in:C2")

    assert typed("pause Desk in:C2").data["paused"] == "Desk-C2"
    assert typed("resume in:C2 Desk").data["resumed"] == "Desk-C2"
    assert "Desk-C1" in typed("change Desk in:C1").document.title
    assert typed("digest Desk in:C1").data["subscription"] == "Desk-C1"
    assert typed("unsubscribe Desk in:C2").data["removed"] == "Desk-C2"
    assert "country:kz" in typed("unmute country:kz in:C2").document.title
    assert typed("mute list in:C2").data == {"mutes": []}
    assert typed("mute list in:C1").data != {"mutes": []}
    with pytest.raises(UserError, match="nothing is watched"):
        typed("unwatch country:kz in:C1")
    assert "country:kz" in typed("unwatch country:kz in:C2").document.title

    with pytest.raises(UserError, match="only who is in C2"):
        answer(room, "pause Desk in:C2", Asker(user="U1", channel="C1"), NINE)
