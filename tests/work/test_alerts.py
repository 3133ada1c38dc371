"""What cannot wait is told at once, once, and not in the night; what it gains goes into its thread."""

from datetime import datetime, time, timedelta

import pytest

from bot.core.documents import Document, Item
from bot.core.telling.alerts import Hours
from bot.core.telling.digest import document
from bot.core.telling.phrases import phrases
from bot.core.words import Instrument, Stage, Tier
from bot.errors import UserError
from bot.packs.reader import load
from bot.store.codec import load as loaded
from bot.store.database import Database
from bot.work.alerts import Alerting
from bot.work.compose import compose, composer
from bot.work.deliver import deliver
from tests.slack_standin import Drop, Error, Garbage, Limit, StandIn
from tests.slack_standin.faults import Fault
from tests.work.happenings import Newsroom
from tests.work.posting import (
    MONDAY,
    SetClock,
    all_deliveries,
    poster_to,
    subscribe,
    subscription_now,
    telling,
    titles,
)

PACKS = load()
HOUR = timedelta(hours=1)
MORNING = MONDAY + HOUR  # 08:30: the digest of the day is out


def ring(
    database: Database,
    slack: StandIn,
    clock: SetClock,
    *,
    hours: Hours = Hours(),  # noqa: B008 - a frozen value
    times: int = 3,
    **step: float,
) -> None:
    """The deliver bell, so many times."""
    for _ in range(times):
        deliver(database, poster_to(slack), telling(), clock, alerting=Alerting(PACKS, hours))
        clock.go(**(step or {"seconds": 10}))


def alerts(slack: StandIn, channel: str = "CPOLICY") -> list[str]:
    return [title for title in titles(slack, channel) if title.startswith("Alert")]


@pytest.fixture
def newsroom(database: Database, clock: SetClock, slack: StandIn) -> Newsroom:
    """A channel that wants alerts, in the morning, its digest posted."""
    subscribe(database, alerts=True)
    clock.moment = MONDAY + HOUR / 2
    ring(database, slack, clock, times=1)
    assert len(titles(slack)) == 1
    clock.moment = MORNING
    return Newsroom(database)


def test_what_an_official_source_says_is_signed_is_told_at_once(
    database: Database, slack: StandIn, clock: SetClock, newsroom: Newsroom
) -> None:
    newsroom.report("tungsten deal", "gov.test", clock.now())

    ring(database, slack, clock)

    assert alerts(slack) == ["Alert: What happened: tungsten deal"]
    text = slack.posted("CPOLICY")[-1].payload["text"]
    assert "agreement · signed · KZ" in text


def test_two_independent_sources_are_as_good_as_an_official_one(
    database: Database, slack: StandIn, clock: SetClock, newsroom: Newsroom
) -> None:
    newsroom.report("deal", "one.test", clock.now())
    ring(database, slack, clock)
    assert alerts(slack) == []
    newsroom.report("deal", "two.test", clock.now(), copied=True)
    ring(database, slack, clock)
    assert alerts(slack) == [], "a copy is no second source"

    newsroom.report("deal", "three.test", clock.now())
    ring(database, slack, clock)

    assert alerts(slack) == ["Alert: What happened: deal"]


@pytest.mark.parametrize(
    "how",
    [
        {"tier": Tier.REGION},
        {"stage": Stage.PROPOSED},
        {"stage": Stage.ANNOUNCED},
        {"instrument": Instrument.STATEMENT},
        {"instrument": Instrument.VISIT, "stage": Stage.IN_FORCE},
        {"backlog": True},
        {"review": True},
    ],
    ids=str,
)
def test_what_can_wait_waits_for_the_digest(
    database: Database, slack: StandIn, clock: SetClock, newsroom: Newsroom, how: dict[str, object]
) -> None:
    newsroom.report("something", "gov.test", clock.now(), **how)  # type: ignore[arg-type]

    ring(database, slack, clock)

    assert alerts(slack) == []


def test_nobody_is_told_at_once_of_what_was_there_before_they_asked(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    Newsroom(database).report("deal", "gov.test", clock.now() - HOUR)
    subscribe(database, alerts=True, now=clock.now())

    ring(database, slack, clock)

    assert alerts(slack) == []


def test_only_who_asked_is_told_and_only_of_what_the_query_wants(
    database: Database, slack: StandIn, clock: SetClock, newsroom: Newsroom
) -> None:
    subscribe(database, "Uzbekistan", alerts=True, channel="CMINERALS", query="country:uz")
    subscribe(database, "no alerts", channel="CMINERALS")
    newsroom.report("deal in Kazakhstan", "gov.test", clock.now(), country="KZ")
    newsroom.report("deal in Uzbekistan", "gov.test", clock.now(), country="UZ")

    ring(database, slack, clock)

    assert alerts(slack, "CMINERALS") == ["Alert: What happened: deal in Uzbekistan"]
    assert len(alerts(slack)) == 2


def test_a_day_has_no_more_alerts_than_it_may_and_the_next_day_has_its_own(
    database: Database, slack: StandIn, clock: SetClock, newsroom: Newsroom
) -> None:
    for number in range(4):
        newsroom.report(f"deal {number}", "gov.test", clock.now())
    ring(database, slack, clock, hours=Hours(per_day=2))
    assert len(alerts(slack)) == 2

    clock.go(days=1)
    newsroom.report("deal of the day after", "gov.test", clock.now())
    ring(database, slack, clock, hours=Hours(per_day=2))

    assert alerts(slack)[2:] == ["Alert: What happened: deal of the day after"]


def test_the_night_is_quiet_on_the_clocks_of_the_subscription_and_its_alerts_come_in_the_morning(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    subscribe(database, alerts=True, timezone="Asia/Tashkent", times=(time(12),))
    clock.moment = datetime.fromisoformat("2026-03-02T18:30:00+00:00")  # 23:30 there
    Newsroom(database).report("deal in the night", "gov.test", clock.now())
    ring(database, slack, clock)
    assert alerts(slack) == []

    clock.moment = datetime.fromisoformat("2026-03-03T02:01:00+00:00")  # 07:01 there
    ring(database, slack, clock)

    assert alerts(slack) == ["Alert: What happened: deal in the night"]


def test_an_alert_that_slack_put_off_into_the_night_waits_for_the_morning(
    database: Database, slack: StandIn, clock: SetClock, newsroom: Newsroom
) -> None:
    clock.moment = MONDAY.replace(hour=21, minute=59)
    slack.go_wrong("chat.postMessage", Limit(120))
    newsroom.report("late deal", "gov.test", clock.now())
    ring(database, slack, clock, times=5, minutes=5)
    assert alerts(slack) == []

    clock.moment = (MONDAY + timedelta(days=1)).replace(hour=7, minute=0)
    ring(database, slack, clock)

    assert alerts(slack) == ["Alert: What happened: late deal"]


def test_an_alert_that_could_not_be_posted_for_half_a_day_is_left_to_the_digest(
    database: Database, slack: StandIn, clock: SetClock, newsroom: Newsroom
) -> None:
    slack.go_wrong("chat.postMessage", Limit(10))
    newsroom.report("deal", "gov.test", clock.now())
    ring(database, slack, clock, times=1)

    clock.go(hours=13)
    ring(database, slack, clock, hours=Hours(quiet_from=time(0), quiet_until=time(0)))

    assert alerts(slack) == []
    assert [each.state for each in all_deliveries(database) if each.kind == "alert"] == ["skipped"]


def test_a_refused_alert_pauses_its_subscription_and_leaves_the_window_alone(
    database: Database, slack: StandIn, clock: SetClock, newsroom: Newsroom
) -> None:
    told_until = subscription_now(database).told_until
    slack.refuses["CPOLICY"] = "is_archived"
    newsroom.report("deal", "gov.test", clock.now())

    ring(database, slack, clock)

    now = subscription_now(database)
    assert "is_archived" in (now.paused or "")
    assert now.told_until == told_until


def test_a_lost_answer_posts_no_second_alert(
    database: Database, slack: StandIn, clock: SetClock, newsroom: Newsroom
) -> None:
    slack.go_wrong("chat.postMessage", Drop())
    newsroom.report("deal", "gov.test", clock.now())

    ring(database, slack, clock, times=6)

    assert len(alerts(slack)) == 1
    assert [each.state for each in all_deliveries(database) if each.kind == "alert"] == ["sent"]


def test_a_line_that_may_be_there_or_not_is_not_worth_a_word_to_the_owner(
    database: Database, slack: StandIn, clock: SetClock, newsroom: Newsroom
) -> None:
    newsroom.report("deal", "gov.test", clock.now())
    ring(database, slack, clock)
    slack.scopes.discard("history")
    slack.go_wrong("chat.postMessage", Drop())

    newsroom.report("deal", "wire.test", clock.now())
    ring(database, slack, clock, times=6)

    assert [each.state for each in all_deliveries(database) if each.kind == "growth"] == ["unknown"]
    assert slack.posted("DUOWNER") == []


def test_an_alerted_event_that_grows_is_edited_and_gets_a_line_in_its_thread(
    database: Database, slack: StandIn, clock: SetClock, newsroom: Newsroom
) -> None:
    newsroom.report("deal", "gov.test", clock.now())
    ring(database, slack, clock)
    [alert] = [each for each in slack.posted("CPOLICY") if each.blocks[0]["text"]["text"].startswith("Alert")]

    newsroom.report("deal", "wire.test", clock.now(), stage=Stage.RATIFIED)
    ring(database, slack, clock, times=6)

    assert len(alerts(slack)) == 1, "nothing is posted anew"
    [line] = slack.threaded("CPOLICY", alert.ts)
    assert line.payload["text"] == "Now ratified. Also told by wire.test."
    assert "ratified" in alert.payload["text"]
    assert len(slack.called("chat.update")) == 1

    newsroom.report("deal", "mirror.test", clock.now(), copied=True)
    ring(database, slack, clock, times=6)
    assert len(slack.threaded("CPOLICY", alert.ts)) == 1, "a copy adds nothing"

    newsroom.report("deal", "post.test", clock.now())
    ring(database, slack, clock, times=6)
    assert len(slack.threaded("CPOLICY", alert.ts)) == 2


@pytest.mark.parametrize("fault", [Drop(), Garbage(), Limit(1), Error("internal_error")], ids=str)
def test_whatever_slack_does_a_growth_is_one_line_under_an_edited_alert(
    database: Database, slack: StandIn, clock: SetClock, newsroom: Newsroom, fault: Fault
) -> None:
    newsroom.report("deal", "gov.test", clock.now())
    ring(database, slack, clock)
    slack.go_wrong("chat.update", fault)
    slack.go_wrong("chat.postMessage", fault)

    newsroom.report("deal", "wire.test", clock.now())
    ring(database, slack, clock, times=12)

    [alert] = [each for each in slack.posted("CPOLICY") if each.blocks[0]["text"]["text"].startswith("Alert")]
    assert len(slack.threaded("CPOLICY", alert.ts)) == 1
    assert "wire.test" in str(alert.blocks)


def test_an_alert_that_was_deleted_in_the_channel_is_let_go(
    database: Database, slack: StandIn, clock: SetClock, newsroom: Newsroom
) -> None:
    newsroom.report("deal", "gov.test", clock.now())
    ring(database, slack, clock)
    slack.messages = [each for each in slack.messages if "Alert" not in str(each.blocks)]

    newsroom.report("deal", "wire.test", clock.now())
    ring(database, slack, clock, times=6)

    assert alerts(slack) == []
    assert subscription_now(database).paused is None
    assert len(slack.called("chat.update")) == 1


def test_the_digest_says_what_was_told_as_an_alert_and_tells_it_once(
    database: Database, slack: StandIn, clock: SetClock, newsroom: Newsroom
) -> None:
    clock.moment = MORNING.replace(hour=10, minute=40)
    newsroom.report("deal", "gov.test", clock.now() - timedelta(minutes=1))
    newsroom.report("other", "wire.test", clock.now())
    ring(database, slack, clock)

    tomorrow = MORNING.replace(hour=8, minute=0) + timedelta(days=1)
    clock.moment = tomorrow
    packs_compose = composer(database, PACKS)
    deliver(database, poster_to(slack), packs_compose, clock)

    [issue] = [each for each in all_deliveries(database) if each.slot == tomorrow]
    told = loaded(issue.document or "", Document)
    notes = {part.headline.text: part.note for part in told.parts if isinstance(part, Item)}
    assert notes == {"What happened: deal": "told as an alert at 10:40, 2 Mar", "What happened: other": ""}
    desk = subscription_now(database)
    later = compose(database, PACKS, desk, start=tomorrow, end=tomorrow + HOUR, told_to=desk.id)
    assert later.events == ()


def test_the_digest_in_russian_says_so_in_russian(
    database: Database, slack: StandIn, clock: SetClock, newsroom: Newsroom
) -> None:
    event = newsroom.report("deal", "gov.test", clock.now())
    ring(database, slack, clock, times=1)
    clock.go(hours=1)
    subscription = subscription_now(database)
    made = compose(database, PACKS, subscription, start=MONDAY, end=clock.now(), told_to=subscription.id)
    assert list(made.alerted) == [event]

    told = document(made, zone=clock.now().tzinfo, words=phrases("ru"))  # type: ignore[arg-type]

    [item] = [part for part in told.parts if isinstance(part, Item)]
    assert item.note == "сообщено сразу, в 08:30"
    assert item.done == "соглашение · подписано · KZ"


def test_a_query_that_makes_no_sense_any_more_stops_no_other_alert(
    database: Database, slack: StandIn, clock: SetClock, newsroom: Newsroom
) -> None:
    broken = subscribe(database, "broken", alerts=True, channel="CMINERALS", query="contry:kz")
    newsroom.report("deal", "gov.test", clock.now())

    ring(database, slack, clock)

    assert len(alerts(slack)) == 1
    with pytest.raises(UserError):
        composer(database, PACKS)(broken, MONDAY, MORNING)
