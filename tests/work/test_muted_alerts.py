"""An alert heeds what its channel muted."""

from datetime import timedelta

import pytest

from bot.core.telling.alerts import Hours
from bot.packs.reader import load
from bot.store import people
from bot.store.database import Database
from bot.work.alerts import Alerting
from bot.work.deliver import deliver
from tests.slack_standin import StandIn
from tests.work.happenings import Newsroom
from tests.work.posting import MONDAY, SetClock, poster_to, subscribe, telling, titles


def ring(database: Database, slack: StandIn, clock: SetClock) -> None:
    """The deliver bell."""
    for _ in range(3):
        deliver(database, poster_to(slack), telling(), clock, alerting=Alerting(load(), Hours()))
        clock.go(seconds=10)


@pytest.mark.parametrize("muted", ["gov.test", "other.test"])
def test_what_is_muted_is_not_told_at_once(
    database: Database, slack: StandIn, clock: SetClock, muted: str
) -> None:
    subscribe(database, alerts=True)
    clock.moment = MONDAY + timedelta(hours=1)
    with database.writing() as session:
        people.mute(
            session, channel="CPOLICY", kind="source", value=muted, until=None, person="U1", now=clock.now()
        )
    Newsroom(database).report("tungsten deal", "gov.test", clock.now())

    ring(database, slack, clock)

    told = [title for title in titles(slack, "CPOLICY") if title.startswith("Alert")]
    assert len(told) == (muted == "other.test")


def test_what_an_alert_told_and_the_channel_muted_since_is_not_gone_on_with(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    subscribe(database, alerts=True)
    clock.moment = MONDAY + timedelta(hours=1)
    room = Newsroom(database)
    room.report("tungsten deal", "gov.test", clock.now())
    ring(database, slack, clock)
    [alert] = [each for each in slack.posted("CPOLICY") if "Alert" in str(each.blocks)]
    with database.writing() as session:
        until = clock.now() + timedelta(hours=1)
        people.mute(
            session, channel="CPOLICY", kind="country", value="kz", until=until, person="U1", now=clock.now()
        )
    room.report("tungsten deal", "other.test", clock.now())

    ring(database, slack, clock)
    assert slack.threaded("CPOLICY", alert.ts) == []

    clock.go(hours=1)
    ring(database, slack, clock)
    assert len(slack.threaded("CPOLICY", alert.ts)) == 1
