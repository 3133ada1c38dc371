"""What is watched is told at once, once, to who asked; and no more when they stop."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.commands.answer import Answer, Asker
from bot.commands.registry import answer
from bot.core.events.threads import Follows
from bot.core.telling.alerts import Hours
from bot.core.words import Instrument, Stage, Tier
from bot.errors import UserError
from bot.store import subscriptions, threads
from bot.store.database import Database
from bot.work import lookout
from bot.work.alerts import Alerting
from bot.work.deliver import deliver
from bot.work.lookout import Lookout
from tests.commands.newsroom import Newsroom as Room
from tests.core.reading import understander
from tests.slack_standin import Drop, StandIn
from tests.work.happenings import Newsroom
from tests.work.posting import MONDAY, SetClock, poster_to, telling, titles

HOUR = timedelta(hours=1)
Ask = Callable[..., Answer]


@pytest.fixture
def news(database: Database, clock: SetClock) -> Newsroom:
    clock.moment = MONDAY + HOUR
    return Newsroom(database)


@pytest.fixture
def ask(database: Database, clock: SetClock) -> Ask:
    def asked(text: str, user: str = "U1", channel: str = "CPOLICY") -> Answer:
        return answer(Room(database), text, Asker(user=user, channel=channel), clock.now())

    return asked


Ring = Callable[..., None]


@pytest.fixture
def ring(database: Database, slack: StandIn, clock: SetClock) -> Ring:
    """The deliver bell of one program that goes on, or `anew` of one that is started for each ring."""
    lasting = Lookout()

    def rung(*, times: int = 3, anew: bool = False, **hours: object) -> None:
        for _ in range(times):
            lookout = Lookout() if anew else lasting
            alerting = Alerting(understander().packs, Hours(**hours), lookout)  # type: ignore[arg-type]
            deliver(database, poster_to(slack), telling(), clock, alerting=alerting)
            clock.go(seconds=10)

    return rung


def report(news: Newsroom, happening: str, at: datetime, **how: object) -> int:
    """Something that no alert of a channel would be told of."""
    return news.report(happening, "one.test", at, **({"tier": Tier.REGION, "stage": Stage.ANNOUNCED} | how))  # type: ignore[arg-type]


def test_a_person_is_told_of_new_events_that_match_once_and_in_private(
    slack: StandIn, clock: SetClock, news: Newsroom, ask: Ask, ring: Ring
) -> None:
    ask("watch mineral:uranium")
    report(news, "a uranium law", clock.now(), mineral="uranium")
    report(news, "a tungsten law", clock.now())

    ring()

    assert titles(slack, "DU1") == ["Alert: What happened: a uranium law"]
    assert titles(slack) == []
    text = str(slack.posted("DU1")[0].blocks)
    assert "you watch mineral:uranium" in text
    assert "unwatch" in text


def test_what_was_there_when_it_began_is_not_told(
    slack: StandIn, clock: SetClock, news: Newsroom, ask: Ask, ring: Ring
) -> None:
    report(news, "law", clock.now() - HOUR)
    report(news, "old law", clock.now() - 13 * HOUR)
    ask("watch mineral:tungsten")
    news.report("law", "two.test", clock.now(), tier=Tier.REGION)

    ring()

    assert titles(slack, "DU1") == []


def test_what_was_printed_before_and_came_in_later_is_told(
    slack: StandIn, clock: SetClock, news: Newsroom, ask: Ask, ring: Ring
) -> None:
    ask("watch mineral:tungsten")
    report(news, "law", clock.now() - HOUR)

    ring()

    assert len(titles(slack, "DU1")) == 1


def test_an_event_that_comes_to_match_is_told_then(
    slack: StandIn, clock: SetClock, news: Newsroom, ask: Ask, ring: Ring
) -> None:
    ask("watch mineral:uranium")
    report(news, "law", clock.now())
    ring()
    report(news, "law", clock.now(), mineral="uranium")

    ring()

    assert titles(slack, "DU1") == ["Alert: What happened: law"]


def test_a_channel_can_watch_and_it_is_noted_and_undone(
    slack: StandIn, clock: SetClock, news: Newsroom, ask: Ask, ring: Ring
) -> None:
    ask("watch mineral:tungsten to:channel")
    report(news, "law", clock.now())
    ring()
    assert titles(slack) == ["Alert: What happened: law"]

    watches: Any = ask("watch list", "U2").data["watches"]
    ask(f"unwatch {watches[0]['id']}", "U2")
    report(news, "another law", clock.now())
    ring()
    assert len(titles(slack)) == 1

    changes: Any = ask("changes").data["changes"]
    ask(f"undo {changes[0]['id']}")
    report(news, "a third law", clock.now())
    ring()
    assert titles(slack)[-1] == "Alert: What happened: a third law"


def test_a_watched_event_is_told_when_it_moves_on_and_when_another_follows(
    slack: StandIn, clock: SetClock, news: Newsroom, ask: Ask, ring: Ring
) -> None:
    event = report(news, "talks", clock.now() - 20 * HOUR, stage=Stage.NEGOTIATED)
    ask(f"watch e{event}")
    ring()
    assert titles(slack, "DU1") == []

    news.report("talks", "one.test", clock.now(), tier=Tier.REGION, stage=Stage.SIGNED)
    ring()
    assert titles(slack, "DU1") == ["Update: What happened: talks"]
    assert "Now signed." in str(slack.posted("DU1")[-1].blocks)

    later = report(news, "ratified", clock.now(), instrument=Instrument.TREATY)
    with news.database.writing() as session:
        threads.follow(session, later, Follows(event, later, 0.9, "signed, then ratified"))
    ring()
    assert titles(slack, "DU1")[-1] == "Alert: What happened: ratified"
    assert f"it goes on from e{event}, which you watch" in str(slack.posted("DU1")[-1].blocks)

    news.report("talks", "two.test", clock.now(), tier=Tier.REGION)
    ring()
    assert len(titles(slack, "DU1")) == 3
    assert "Also told by two.test." in str(slack.posted("DU1")[-1].blocks)


def test_the_night_is_quiet_and_the_morning_tells(
    slack: StandIn, clock: SetClock, news: Newsroom, ask: Ask, ring: Ring
) -> None:
    ask("watch mineral:tungsten")
    clock.moment = MONDAY.replace(hour=23)
    report(news, "law", clock.now())
    ring()
    assert titles(slack, "DU1") == []

    clock.moment += 8.5 * HOUR
    ring()

    assert titles(slack, "DU1") == ["Alert: What happened: law"]


def test_a_day_has_its_bound_and_the_last_says_so(
    slack: StandIn, clock: SetClock, news: Newsroom, ask: Ask, ring: Ring
) -> None:
    event = report(news, "talks", clock.now() - HOUR)
    ask("watch mineral:tungsten")
    ask(f"watch e{event}")
    for number in range(3):
        report(news, f"law {number}", clock.now())

    ring(per_day=2)

    assert len(titles(slack, "DU1")) == 2
    assert "search mineral:tungsten since:1d" in str(slack.posted("DU1")[-1].blocks)
    clock.go(hours=1)
    ring(per_day=5)
    assert len(titles(slack, "DU1")) == 3


@pytest.mark.parametrize("fault", [Drop(), Drop(after_taking=False)], ids=repr)
def test_it_is_told_once_whatever_goes_wrong(
    slack: StandIn, news: Newsroom, ask: Ask, ring: Ring, fault: Drop
) -> None:
    ask("watch mineral:tungsten")
    report(news, "law", MONDAY + HOUR)
    slack.go_wrong("chat.postMessage", fault)

    ring(times=8, anew=True)

    assert titles(slack, "DU1") == ["Alert: What happened: law"]


def test_what_the_channel_muted_is_not_told_it(
    slack: StandIn, clock: SetClock, news: Newsroom, ask: Ask, ring: Ring
) -> None:
    ask("watch mineral:tungsten to:channel")
    ask("mute country:kz")
    report(news, "law", clock.now())

    ring()

    assert titles(slack) == []


def test_one_sees_ones_own_watches_and_those_of_the_channel(
    database: Database, clock: SetClock, ask: Ask
) -> None:
    del clock
    ask("watch mineral:tungsten")
    ask("watch mineral:uranium to:channel", "U2")
    ask("watch mineral:cobalt", "U3", "COTHER")

    def seen(user: str, channel: str = "CPOLICY") -> set[str]:
        watches: Any = ask("watch list", user, channel).data["watches"]
        return {each["query"] for each in watches}

    assert seen("U1") == {"mineral:tungsten", "mineral:uranium"}
    assert seen("U3") == {"mineral:uranium", "mineral:cobalt"}
    assert seen("", "") == {"mineral:tungsten", "mineral:uranium", "mineral:cobalt"}
    with pytest.raises(UserError, match="nothing watched is called"):
        ask("unwatch mineral:cobalt", "U1")
    assert ask("subscriptions", "", "").data["subscriptions"] == []
    with database.reading() as session:
        assert subscriptions.listing(session) == []


def test_the_same_is_watched_once_and_twenty_are_the_most(ask: Ask, news: Newsroom) -> None:
    del news
    ask("watch mineral:tungsten")
    with pytest.raises(UserError, match="watched already"):
        ask("watch mineral:wolfram")
    for number in range(19):
        ask(f"watch word{number}")
    with pytest.raises(UserError, match="20 watches are the most"):
        ask("watch mineral:cobalt")


@pytest.mark.parametrize(
    "text",
    [
        "watch",
        "watch list",
        "watch e99",
        "watch to:channel",
        "watch gold to:you",
        "watch gold in:C2",
        "unwatch 9",
    ],
)
def test_what_cannot_be_watched_says_so(ask: Ask, news: Newsroom, text: str) -> None:
    del news
    if text in ("watch", "watch list", "watch to:channel"):
        assert ask(text).data["watches"] == []
    else:
        with pytest.raises(UserError):
            ask(text)


def test_a_terminal_names_who_is_told(
    slack: StandIn, clock: SetClock, news: Newsroom, ask: Ask, ring: Ring
) -> None:
    with pytest.raises(UserError, match="who is told"):
        ask("watch mineral:tungsten", "", "")
    ask("watch mineral:tungsten in:CMINERALS zone:Tashkent", "", "")
    report(news, "law", clock.now())

    ring()

    assert len(titles(slack, "CMINERALS")) == 1


def test_what_a_watched_event_gains_counts_for_the_bound_of_a_day(
    slack: StandIn, clock: SetClock, news: Newsroom, ask: Ask, ring: Ring
) -> None:
    event = report(news, "talks", clock.now() - HOUR)
    ask(f"watch e{event}")
    ring()

    for source in ("two.test", "three.test"):
        news.report("talks", source, clock.now(), tier=Tier.REGION)
        ring(per_day=1)

    assert titles(slack, "DU1") == ["Update: What happened: talks"]


@pytest.mark.parametrize("more", [False, True])
def test_after_a_flood_of_changes_each_watch_is_looked_at_whole(
    news: Newsroom, ask: Ask, clock: SetClock, monkeypatch: pytest.MonkeyPatch, more: bool
) -> None:
    monkeypatch.setattr(lookout, "MOST", 2)
    event = report(news, "talks", clock.now())
    ask(f"watch e{event}")
    looking = Lookout()
    with news.database.writing() as session:
        [watch] = subscriptions.listing(session, watches=True)
        looking.begin(session, clock.now())
        looking.settle(session, watch)

    for name in ("one", "two", "three")[: 2 + more]:
        report(news, name, clock.now())
    with news.database.reading() as session:
        looking.begin(session, clock.now())

    assert looking.scope(watch) == (None if more else frozenset())
