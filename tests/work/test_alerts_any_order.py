"""Alerts under any order of reports, bells, faults and crashes."""

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.telling.alerts import Hours
from bot.packs.reader import load
from bot.store import subscriptions
from bot.store.database import Database
from bot.work.alerts import Alerting
from bot.work.deliver import STALLED, deliver
from tests.conftest import sqlite_database
from tests.slack_standin import Drop, Error, Garbage, Limit, StandIn
from tests.work.happenings import Newsroom
from tests.work.posting import MONDAY, SetClock, poster_to, subscribe, telling

PACKS = load()
MORNING = MONDAY.replace(hour=8, minute=30)

reports = st.tuples(
    st.just("report"), st.integers(0, 5), st.sampled_from(["gov.test", "one.test", "two.test"]), st.booleans()
)
faults = st.tuples(
    st.just("fault"),
    st.sampled_from(["chat.postMessage", "chat.update"]),
    st.sampled_from([Drop(), Drop(after_taking=False), Limit(600), Garbage(), Error("internal_error")]),
)
rings = st.tuples(st.just("ring"), st.integers(1, 12))
crashes = st.tuples(st.just("crash"), st.sampled_from(["chat.postMessage", "chat.update"]))


class Killed(BaseException):
    """The process is gone, between one step and the next."""


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(reports | rings | faults | crashes, max_size=40), per_day=st.integers(0, 3))
def test_whatever_the_order_of_reports_bells_faults_and_crashes(
    sqlite_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[object, ...]],
    per_day: int,
) -> None:
    """Each event is alerted at most once, no day has more than it may, and the night is quiet."""
    hours = Hours(per_day=per_day)
    clock = SetClock(MORNING)
    posted: list[tuple[datetime, str]] = []
    with (
        sqlite_database(sqlite_template) as database,
        StandIn(clock=lambda: clock.now().timestamp()) as slack,
    ):
        subscribe(database, alerts=True, on_quiet_days=False, now=MONDAY)
        newsroom = Newsroom(database)
        poster = poster_to(slack)
        for step in steps:
            match step:
                case ("report", int(number), str(source), bool(backlog)):
                    newsroom.report(f"deal {number}", source, clock.now(), backlog=backlog)
                case ("fault", str(method), fault):
                    slack.go_wrong(method, fault)  # type: ignore[arg-type]
                case ("ring", int(quarters)):
                    clock.go(minutes=15 * quarters)
                    deliver(database, poster, telling(quiet=True), clock, alerting=Alerting(PACKS, hours))
                case ("crash", str(method)):
                    _crash(database, slack, clock, hours, method)
        clock.go(seconds=STALLED.total_seconds())
        deliver(database, poster, telling(quiet=True), clock, alerting=Alerting(PACKS, hours))
        for message in slack.posted("CPOLICY"):
            title = message.blocks[0]["text"]["text"]
            posted.append((datetime.fromtimestamp(float(message.ts), MORNING.tzinfo), title))
        with database.reading() as session:
            assert [each.paused for each in subscriptions.listing(session)] == [None]

    told = [title for _, title in posted]
    assert len(told) == len(set(told)), "an event is alerted once"
    days = [moment.date() for moment, _ in posted]
    assert all(days.count(day) <= per_day for day in days)
    assert not any(hours.quiet(moment, MORNING.tzinfo) for moment, _ in posted)  # type: ignore[arg-type]


def _crash(database: Database, slack: StandIn, clock: SetClock, hours: Hours, method: str) -> None:
    """A process that dies when Slack has taken a message, and before anything is noted."""
    poster = poster_to(slack)
    name = "post" if method == "chat.postMessage" else "edit"
    whole = getattr(poster, name)

    def dies(*args: object, **kwargs: object) -> None:
        whole(*args, **kwargs)
        raise Killed

    setattr(poster, name, dies)
    try:
        deliver(database, poster, telling(quiet=True), clock, alerting=Alerting(PACKS, hours))
    except Killed:
        clock.go(seconds=STALLED.total_seconds() + 1)
