"""Channels that are lost or limited: paused, told, waited for; the others go on."""

from datetime import timedelta

import pytest

from bot.store import deliveries, subscriptions
from bot.store.database import Database
from bot.work.deliver import deliver, deliver_slot, resume_after_token_trouble
from tests.slack_standin import StandIn
from tests.work.posting import (
    FAR_OFF,
    SLOT,
    SetClock,
    all_deliveries,
    poster_to,
    rounds,
    subscribe,
    subscription_now,
    telling,
    titles,
)


@pytest.mark.parametrize(
    "code",
    [
        "not_in_channel",
        "channel_not_found",
        "is_archived",
        "token_revoked",
        "missing_scope",
        "account_inactive",
    ],
)
def test_a_refusal_pauses_the_subscription_and_tells_its_owner_once(
    database: Database, slack: StandIn, clock: SetClock, code: str
) -> None:
    subscribe(database, "lost")
    subscribe(database, "fine", channel="CMINERALS")
    lose_channel(slack, code)
    clock.moment = SLOT

    rounds(database, slack, clock, 14, hours=3)

    lost = subscription_now(database, "lost")
    assert lost.paused is not None
    assert code in lost.paused
    assert len(slack.posted("DUOWNER")) == 1
    assert code in str(slack.posted("DUOWNER")[0].payload)
    assert titles(slack, "CMINERALS") == ["fine from 01 08:00 to 02 08:00", "fine from 02 08:00 to 03 08:00"]
    assert titles(slack) == []


def lose_channel(slack: StandIn, code: str) -> None:
    """Make every post to #policy fail with this code."""
    match code:
        case "is_archived":
            slack.channels["CPOLICY"].archived = True
        case "not_in_channel":
            slack.channels["CPOLICY"].member = False
        case "channel_not_found":
            del slack.channels["CPOLICY"]
        case _:
            slack.refuses["CPOLICY"] = code


def test_after_a_pause_it_goes_on_where_it_was_lost(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    subscribe(database)
    slack.channels["CPOLICY"].archived = True
    clock.moment = SLOT
    rounds(database, slack, clock, 20, hours=3)

    slack.channels["CPOLICY"].archived = False
    with database.writing() as session:
        subscriptions.resume(session, subscription_now(database).id)
    rounds(database, slack, clock, 8, hours=3)

    assert titles(slack)[0] == "minerals from 01 08:00 to 04 08:00"
    assert len(titles(slack)) == 2


@pytest.mark.parametrize(
    ("code", "resumed"), [("token_revoked", True), ("missing_scope", True), ("is_archived", False)]
)
def test_a_start_with_another_token_ends_the_pause_that_the_old_one_brought(
    database: Database, slack: StandIn, clock: SetClock, code: str, resumed: bool
) -> None:
    subscribe(database)
    slack.refuses["CPOLICY"] = code
    clock.moment = SLOT
    rounds(database, slack, clock)
    assert subscription_now(database).paused

    resume_after_token_trouble(database, clock.now())

    assert (subscription_now(database).paused is None) == resumed


def test_a_refused_slot_can_be_posted_by_hand_when_the_channel_is_back(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    subscription = subscribe(database)
    slack.channels["CPOLICY"].archived = True
    clock.moment = SLOT
    rounds(database, slack, clock, 2)
    poster = poster_to(slack)
    again = deliver_slot(database, poster, telling(), clock, subscription=subscription, slot=SLOT)
    assert again.state == "failed", "it is still paused"

    slack.channels["CPOLICY"].archived = False
    with database.writing() as session:
        subscriptions.resume(session, subscription.id)
    now = subscription_now(database)
    for _ in range(2):
        again = deliver_slot(database, poster, telling(), clock, subscription=now, slot=SLOT)

    assert again.state == "sent"
    assert titles(slack) == ["minerals from 01 08:00 to 02 08:00"]


def test_a_refusal_untells_its_events(database: Database, slack: StandIn, clock: SetClock) -> None:
    subscription = subscribe(database)
    events = two_events(database)
    slack.channels["CPOLICY"].archived = True
    clock.moment = SLOT

    deliver(database, poster_to(slack), telling(*events), clock)

    with database.reading() as session:
        assert deliveries.told(session, subscription.id, events) == {}


def test_events_that_were_posted_are_told(database: Database, slack: StandIn, clock: SetClock) -> None:
    subscription = subscribe(database)
    events = two_events(database)
    clock.moment = SLOT

    deliver(database, poster_to(slack), telling(*events), clock)

    with database.reading() as session:
        assert set(deliveries.told(session, subscription.id, events)) == set(events)


def test_a_limit_is_waited_for_and_holds_up_no_other_channel(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    subscribe(database, "a first")
    subscribe(database, "b second")
    subscribe(database, "c other", channel="CMINERALS")
    slack.limits["CPOLICY"] = 120
    clock.moment = SLOT
    rounds(database, slack, clock, 5)

    assert titles(slack, "CMINERALS") == ["c other from 01 08:00 to 02 08:00"]
    asked = len(slack.called("chat.postMessage"))
    assert asked == 2, "asked once, then waited as told, the second in line too"

    del slack.limits["CPOLICY"]
    clock.go(seconds=120)
    rounds(database, slack, clock, 2)
    assert [title.split()[0] for title in titles(slack)] == ["a", "b"]


def test_slack_out_of_reach_is_waited_out(database: Database, clock: SetClock) -> None:
    subscribe(database)
    with StandIn(clock=lambda: FAR_OFF) as gone:
        poster = poster_to(gone)
    clock.moment = SLOT
    deliver(database, poster, telling(), clock)
    [delivery] = all_deliveries(database)
    assert (delivery.state, delivery.error) == ("pending", "unreachable")

    with StandIn(clock=lambda: FAR_OFF) as back:
        clock.go(minutes=10)
        rounds(database, back, clock)
        assert len(titles(back)) == 1


def two_events(database: Database) -> tuple[int, ...]:
    from tests.store.given import kept, story
    from tests.store.test_events import gathered, regroup

    one, other = kept(database, [story("one"), story("other")])
    return tuple(regroup(database, gathered(one), gathered(other)))


def test_a_slot_of_the_past_that_is_made_up_for_takes_no_time_from_the_next_digest(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    subscribe(database)
    clock.moment = SLOT + timedelta(days=2)
    rounds(database, slack, clock)

    past = SLOT + timedelta(days=1)
    deliver_slot(
        database, poster_to(slack), telling(), clock, subscription=subscription_now(database), slot=past
    )
    clock.moment = SLOT + timedelta(days=3)
    rounds(database, slack, clock)

    assert titles(slack)[1:] == ["minerals from 02 08:00 to 03 08:00", "minerals from 04 08:00 to 05 08:00"]
