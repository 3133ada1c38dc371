"""Each slot posted once, against a Slack that refuses, limits, breaks off and answers nonsense."""

from datetime import datetime, time, timedelta
from itertools import pairwise

import pytest

from bot.core.documents import Document
from bot.core.subscription import WORKING_DAYS, Subscription
from bot.errors import UserError
from bot.ports import Outcome
from bot.store import deliveries, subscriptions
from bot.store.database import Database
from bot.surfaces.slack import wire
from bot.surfaces.slack.sender import SlackPoster
from bot.work.courier import BLIND_WAIT
from bot.work.deliver import STALLED, deliver, deliver_slot
from bot.work.issues import Issue
from tests.slack_standin import BOT_TOKEN, Drop, Error, Garbage, Limit, StandIn, Taken
from tests.work.posting import (
    MONDAY,
    SLOT,
    SetClock,
    all_deliveries,
    at_length,
    poster_to,
    rounds,
    subscribe,
    subscription_now,
    telling,
    titles,
)


def test_a_digest_is_posted_at_its_time_and_not_before(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    subscribe(database)
    rounds(database, slack, clock, 3)
    assert titles(slack) == []

    clock.moment = SLOT
    rounds(database, slack, clock, 5)

    assert titles(slack) == ["minerals from 01 08:00 to 02 08:00"]
    [delivery] = all_deliveries(database)
    assert (delivery.state, delivery.slot, delivery.ts) == ("sent", SLOT, slack.posted("CPOLICY")[0].ts)
    assert subscription_now(database).told_until == SLOT


def test_a_week_of_digests_has_no_hole_and_tells_the_weekend_on_monday(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    subscribe(database, weekdays=WORKING_DAYS)

    rounds(database, slack, clock, 6 * 8, hours=4)

    windows = [(each.window_start, each.window_end) for each in all_deliveries(database)]
    assert len(windows) == 6
    assert all(before[1] == after[0] for before, after in pairwise(windows))
    assert titles(slack)[-1] == "minerals from 06 08:00 to 09 08:00"


def test_a_first_digest_tells_of_three_days_at_most(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    subscribe(database, weekdays=(0,))
    clock.moment = SLOT

    rounds(database, slack, clock)

    assert titles(slack) == ["minerals from 27 08:00 to 02 08:00"]


def test_a_machine_that_slept_through_three_slots_tells_of_all_of_them_in_one(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    subscribe(database)
    clock.moment = SLOT
    rounds(database, slack, clock)

    clock.moment = SLOT + timedelta(days=3, hours=2)
    rounds(database, slack, clock, 3)

    assert titles(slack) == ["minerals from 01 08:00 to 02 08:00", "minerals from 02 08:00 to 05 08:00"]


def test_who_subscribes_in_the_minute_of_the_slot_gets_it(database: Database, slack: StandIn) -> None:
    clock = SetClock(SLOT + timedelta(seconds=40))
    subscribe(database, now=clock.now())

    rounds(database, slack, clock, 2)

    assert len(titles(slack)) == 1


def test_who_subscribes_after_the_slot_waits_for_the_next(database: Database, slack: StandIn) -> None:
    clock = SetClock(SLOT + timedelta(hours=2))
    subscribe(database, now=clock.now())

    rounds(database, slack, clock, 2)

    assert titles(slack) == []


def test_a_clock_that_ran_a_day_ahead_costs_no_digest(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    subscribe(database)
    clock.moment = SLOT
    rounds(database, slack, clock)
    clock.go(days=1)
    rounds(database, slack, clock)  # posted a day early

    clock.go(days=-1, hours=1)
    rounds(database, slack, clock, 3)
    clock.moment = SLOT + timedelta(days=1)
    rounds(database, slack, clock, 3)
    clock.moment = SLOT + timedelta(days=2)
    rounds(database, slack, clock, 3)

    assert len(titles(slack)) == 4
    ends = [each.window_end for each in all_deliveries(database)]
    starts = [each.window_start for each in all_deliveries(database)]
    assert ends[-1] == SLOT + timedelta(days=2)
    assert starts[-1] == ends[-2] == SLOT + timedelta(days=1)
    assert starts[-2] <= SLOT + timedelta(hours=2), "what came after the clock was set right is told"


@pytest.mark.parametrize(
    "fault",
    [
        Drop(),
        Error("internal_error"),
        Garbage(),
        Garbage(status=500),
        Garbage(b'{"ok": true}', 200, "application/json"),
    ],
    ids=str,
)
def test_an_answer_that_was_lost_is_looked_for_and_nothing_is_posted_twice(
    database: Database, slack: StandIn, clock: SetClock, fault: Drop | Garbage
) -> None:
    subscribe(database)
    slack.go_wrong("chat.postMessage", fault)
    clock.moment = SLOT

    rounds(database, slack, clock, 6)

    assert len(titles(slack)) == 1
    assert [each.state for each in all_deliveries(database)] == ["sent"]
    assert slack.called("conversations.history")


def test_a_message_that_never_arrived_is_posted_again(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    subscribe(database)
    slack.go_wrong("chat.postMessage", Drop(after_taking=False), Error("fatal_error"))
    clock.moment = SLOT

    rounds(database, slack, clock, 8)

    assert len(titles(slack)) == 1
    assert len(slack.called("chat.postMessage")) == 3


def test_without_the_scope_what_is_in_doubt_is_not_repeated_and_the_owner_is_told_once(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    slack.scopes.discard("history")
    subscribe(database)
    slack.go_wrong("chat.postMessage", Drop())
    clock.moment = SLOT

    rounds(database, slack, clock, 10, hours=3)

    assert titles(slack)[0] == "minerals from 01 08:00 to 02 08:00"
    assert [each.state for each in all_deliveries(database)] == ["unknown", "sent"]
    assert len(slack.posted("DUOWNER")) == 1
    assert "doubt" in slack.posted("DUOWNER")[0].payload["blocks"][0]["text"]["text"]


def test_what_was_in_doubt_is_cleared_up_when_the_scope_comes(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    slack.scopes.discard("history")
    subscribe(database)
    slack.go_wrong("chat.postMessage", Drop())
    clock.moment = SLOT
    rounds(database, slack, clock, 3)

    slack.scopes.add("history")
    clock.go(seconds=BLIND_WAIT.total_seconds())
    rounds(database, slack, clock, 2)

    assert {each.state for each in all_deliveries(database)} == {"sent"}
    assert len(titles(slack)) == 2  # Monday's, found, and Tuesday's


class DyingPoster(SlackPoster):
    """Posts so many messages; then the process dies, before it can note the last of them."""

    def __init__(self, slack: StandIn, after: int) -> None:
        super().__init__(wire.web_client(BOT_TOKEN, slack.api_url))
        self._left = after

    def post(self, channel: str, document: Document, *, key: str, part: int = 0, under: str = "") -> Outcome:
        outcome = super().post(channel, document, key=key, part=part, under=under)
        self._left -= 1
        if not self._left:
            raise SystemExit("killed")
        return outcome


@pytest.mark.parametrize("posts", [1, 2, 3])
def test_a_process_that_died_while_it_posted_is_taken_over_from(
    database: Database, slack: StandIn, clock: SetClock, posts: int
) -> None:
    subscribe(database)
    clock.moment = SLOT
    with pytest.raises(SystemExit):
        deliver(database, DyingPoster(slack, posts), at_length, clock)

    deliver(database, poster_to(slack), at_length, clock)
    assert len(slack.messages) == posts, "whoever sends it may still live"
    clock.go(seconds=STALLED.total_seconds() + 1)
    for _ in range(3):
        deliver(database, poster_to(slack), at_length, clock)

    [delivery] = all_deliveries(database)
    assert (delivery.state, delivery.parts) == ("sent", len(slack.messages))
    assert len(slack.posted("CPOLICY")) == 1
    assert set(slack.counts().values()) == {1}


def test_a_thread_goes_on_where_a_limit_stopped_it(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    slack.scopes.discard("history")
    subscribe(database)
    clock.moment = SLOT
    slack.go_wrong("chat.postMessage", Taken(), Limit(1), Taken(), Limit(1))

    for _ in range(6):
        deliver(database, poster_to(slack), at_length, clock)
        clock.go(seconds=10)

    [delivery] = all_deliveries(database)
    assert (delivery.state, delivery.parts) == ("sent", len(slack.messages))
    assert len(slack.messages) > 2
    assert set(slack.counts().values()) == {1}


def test_quiet_days_are_told_unless_that_is_not_wanted(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    subscribe(database, "told")
    subscribe(database, "untold", on_quiet_days=False)
    clock.moment = SLOT

    for _ in range(3):
        deliver(database, poster_to(slack), telling(quiet=True), clock)

    assert titles(slack) == ["told from 01 08:00 to 02 08:00"]
    assert [each.state for each in all_deliveries(database)] == ["sent", "skipped"]


def test_one_digest_that_cannot_be_composed_does_not_stop_the_others(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    for name in ("broken", "wrong", "fine"):
        subscribe(database, name)
    usual = telling()
    clock.moment = SLOT

    def compose(subscription: Subscription, start: datetime, end: datetime) -> Issue:
        if subscription.name == "broken":
            raise ZeroDivisionError("a fault of ours")
        if subscription.name == "wrong":
            raise LookupError("another one")
        return usual(subscription, start, end)

    with pytest.raises(ExceptionGroup) as faults:
        deliver(database, poster_to(slack), compose, clock)
    assert [type(fault) for fault in faults.value.exceptions] == [ZeroDivisionError, LookupError]

    assert titles(slack) == ["fine from 01 08:00 to 02 08:00"]


def test_a_query_that_makes_no_sense_any_more_pauses_its_subscription_and_tells_its_owner(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    subscribe(database)
    clock.moment = SLOT

    def compose(subscription: Subscription, start: datetime, end: datetime) -> Issue:
        raise UserError("there is no field colour:")

    for _ in range(3):
        deliver(database, poster_to(slack), compose, clock)

    assert "no field colour:" in (subscription_now(database).paused or "")
    assert len(slack.posted("DUOWNER")) == 1


def test_a_row_that_this_program_cannot_read_is_told_by_the_next_digest(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    subscription = subscribe(database)
    with database.writing() as session:
        subscriptions.told(session, subscription.id, since=MONDAY, until=SLOT)
        deliveries.open_slot(
            session,
            subscription.id,
            SLOT,
            start=MONDAY - timedelta(hours=1),
            end=SLOT,
            channel="CPOLICY",
            now=SLOT,
            document='{"from": "another version"}',
        )
    clock.moment = SLOT

    rounds(database, slack, clock, 9, hours=3)

    assert titles(slack) == ["minerals from 02 06:30 to 03 08:00"]


def test_a_slot_posted_by_hand_is_posted_once_and_not_again_by_the_worker(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    subscription = subscribe(database)
    clock.moment = SLOT
    poster = poster_to(slack)

    for _ in range(2):
        after = deliver_slot(database, poster, telling(), clock, subscription=subscription, slot=SLOT)
        assert after.state == "sent"
    rounds(database, slack, clock, 3)

    assert len(titles(slack)) == 1


def test_a_slot_of_the_future_is_not_posted_by_hand(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    subscription = subscribe(database)

    with pytest.raises(UserError, match="still to come"):
        deliver_slot(database, poster_to(slack), telling(), clock, subscription=subscription, slot=SLOT)

    assert all_deliveries(database) == []


def test_slots_of_the_past_posted_by_hand_have_windows_that_meet(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    subscription = subscribe(database)
    poster = poster_to(slack)

    for days in (3, 2, 1):
        slot = SLOT - timedelta(days=days)
        deliver_slot(database, poster, telling(), clock, subscription=subscription, slot=slot)

    assert titles(slack) == [f"minerals from {day:02} 08:00 to {day + 1:02} 08:00" for day in (26, 27)] + [
        "minerals from 28 08:00 to 01 08:00"
    ]


def test_what_is_in_doubt_is_settled_before_a_post_by_hand_ends(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    subscription = subscribe(database)
    clock.moment = SLOT
    slack.go_wrong("chat.postMessage", Drop(), Limit(30))
    waited: list[float] = []

    def pause(seconds: float) -> None:
        waited.append(seconds)
        clock.go(seconds=seconds)

    after = deliver_slot(
        database, poster_to(slack), telling(), clock, subscription=subscription, slot=SLOT, pause=pause
    )

    assert after.state == "sent"
    assert len(titles(slack)) == 1
    assert waited


def test_two_times_a_day_are_two_slots(database: Database, slack: StandIn, clock: SetClock) -> None:
    subscribe(database, times=(time(8), time(17)), timezone="Asia/Tashkent")

    rounds(database, slack, clock, 16, hours=3)

    assert len(titles(slack)) == 4
