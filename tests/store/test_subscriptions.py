"""Subscriptions follow the configuration, and leave alone what people made."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.core.subscription import Plan
from bot.core.words import Tier
from bot.errors import UserError
from bot.store import deliveries, subscriptions
from bot.store.database import Database
from tests.store.given import NOON, minutes

PLAN = Plan(
    name="Tungsten", channel="C1", query='tungsten OR "rare earths"', times=(time(8, 30), time(17)),
    timezone="Asia/Tashkent", weekdays=(0, 6), holidays="UZ", tiers=(Tier.CORE,), most=7,
    on_quiet_days=False, language="ru", owner="U1",
)  # fmt: skip


def test_a_subscription_comes_back_as_it_was_made(database: Database) -> None:
    with database.writing() as session:
        made = subscriptions.add(session, PLAN, NOON)

    with database.reading() as session:
        for named in ("Tungsten", str(made.id)):
            found = subscriptions.find(session, named)
            assert found == made
        assert {name: getattr(made, name) for name in Plan.__slots__} == {
            name: getattr(PLAN, name) for name in Plan.__slots__
        }
        assert (made.origin, made.paused, made.told_until) == ("user", None, NOON)
        assert subscriptions.find(session, "9" * 30) is None


def test_a_name_is_taken_once(database: Database) -> None:
    with database.writing() as session:
        subscriptions.add(session, PLAN, NOON)
        other = subscriptions.add(session, replace(PLAN, name="Other"), NOON)

        with pytest.raises(UserError, match="called Tungsten already"):
            subscriptions.add(session, PLAN, NOON)
        with pytest.raises(UserError, match="called Tungsten already"):
            subscriptions.change(session, other, PLAN, NOON)


def test_a_new_timetable_counts_from_its_change_a_new_query_does_not(database: Database) -> None:
    with database.writing() as session:
        made = subscriptions.add(session, PLAN, NOON)

        asked = subscriptions.change(session, made, replace(PLAN, query="gold"), NOON + minutes(1))
        timed = subscriptions.change(session, made, replace(PLAN, times=(time(9),)), NOON + minutes(2))

    assert (asked.query, asked.changed_at) == ("gold", NOON)
    assert (timed.times, timed.changed_at) == ((time(9),), NOON + minutes(2))


def test_the_configuration_is_followed_and_peoples_own_are_left_alone(database: Database) -> None:
    mine = replace(PLAN, name="Mine")
    with database.writing() as session:
        people_made = subscriptions.add(session, mine, NOON)
        subscriptions.sync(session, [PLAN, replace(PLAN, name="Second")], NOON)
        before = {each.name: each.id for each in subscriptions.listing(session)}

        subscriptions.sync(
            session, [replace(PLAN, query="gold"), replace(mine, query="stolen")], NOON + minutes(1)
        )

        after = {each.name: each for each in subscriptions.listing(session)}
    assert set(before) == {"Mine", "Tungsten", "Second"}
    assert set(after) == {"Mine", "Tungsten"}
    assert after["Mine"] == people_made
    assert (after["Tungsten"].id, after["Tungsten"].query) == (before["Tungsten"], "gold")


def test_a_paused_subscription_is_not_among_the_active(database: Database) -> None:
    with database.writing() as session:
        made = subscriptions.add(session, PLAN, NOON)

        first = subscriptions.pause(session, made.id, "the channel is archived")
        again = subscriptions.pause(session, made.id, "another reason")

        assert (first, again) == (True, False)
        assert subscriptions.listing(session, active=True) == []
        assert [each.paused for each in subscriptions.listing(session, channel="C1")] == [
            "the channel is archived"
        ]
        subscriptions.resume(session, made.id)
        assert len(subscriptions.listing(session, active=True)) == 1


def test_a_window_is_taken_by_whoever_saw_its_start(database: Database) -> None:
    end = NOON + timedelta(days=1)
    with database.writing() as session:
        made = subscriptions.add(session, PLAN, NOON)

        assert subscriptions.told(session, made.id, since=NOON, until=end)
        assert not subscriptions.told(session, made.id, since=NOON, until=end)
        assert subscriptions.told(session, made.id, since=end, until=end + minutes(1))


def test_a_slot_is_opened_once(database: Database) -> None:
    with database.writing() as session:
        made = subscriptions.add(session, PLAN, NOON)

        def opened(kind: deliveries.Kind) -> deliveries.Delivery | None:
            return deliveries.open_slot(
                session, made.id, NOON, kind=kind, start=NOON, end=NOON, channel="C1", now=NOON, document="{}"
            )

        first, second, alert = opened("digest"), opened("digest"), opened("alert")

        assert first is not None
        assert alert is not None
        assert second is None
        assert deliveries.of_slot(session, made.id, NOON) == first
        assert deliveries.of_slot(session, made.id, NOON + minutes(1)) is None
        assert deliveries.latest(session, subscription=made.id) == [alert, first]


def test_a_step_is_taken_only_from_what_still_is(database: Database) -> None:
    with database.writing() as session:
        made = subscriptions.add(session, PLAN, NOON)
        pending = deliveries.open_slot(session, made.id, NOON, start=NOON, end=NOON, channel="C1", now=NOON)
        assert pending is not None

        sending = deliveries.move(session, pending, "sending", now=NOON)
        late = deliveries.move(session, pending, "sending", now=NOON)

        assert sending is not None
        assert (sending.state, sending.attempts, sending.attempt_started_at) == ("sending", 1, NOON)
        assert late is None
        with pytest.raises(ValueError, match="from pending to sent"):
            deliveries.move(session, pending, "sent", now=NOON)
        sent = deliveries.move(session, sending, "sent", now=NOON + minutes(1), ts="1.2")
        assert sent is not None
        assert (sent.ts, sent.sent_at) == ("1.2", NOON + minutes(1))
        assert deliveries.get(session, sent.id) == sent


def test_what_is_unfinished_is_what_can_be_worked_on(database: Database) -> None:
    with database.writing() as session:
        made = subscriptions.add(session, PLAN, NOON)
        rows = []
        for number, channel in enumerate(("C1", "C1", "C2", "C1", "C2")):
            row = deliveries.open_slot(
                session, made.id, NOON + minutes(number), start=NOON, end=NOON, channel=channel, now=NOON
            )
            assert row is not None
            rows.append(row)
        deliveries.move(session, rows[1], "sending", now=NOON)  # whoever sends it is gone
        sending = deliveries.move(session, rows[2], "sending", now=NOON)
        assert sending is not None
        deliveries.move(session, sending, "pending", now=NOON, retry_at=NOON + minutes(5))
        deliveries.move(session, rows[3], "sending", now=NOON + minutes(2))

        def ready(after: float) -> list[int]:
            found = deliveries.unfinished(session, NOON + minutes(after), stalled=minutes(2))
            return [rows.index(next(row for row in rows if row.id == each.id)) for each in found]

        assert ready(1) == [0]  # what comes after one that waits, in its channel, waits too
        assert ready(2) == [0, 1]
        assert ready(5) == [0, 1, 2, 3, 4]


def test_a_removed_one_keeps_what_it_told_and_its_name_is_free(database: Database) -> None:
    later = NOON + timedelta(days=30)
    with database.writing() as session:
        made = subscriptions.add(session, PLAN, NOON)
        sent = deliveries.open_slot(session, made.id, NOON, start=NOON, end=NOON, channel="C1", now=NOON)
        subscriptions.pause(session, made.id, "by hand")
        subscriptions.remove(session, made.id, NOON)

        for found in (subscriptions.find(session, "Tungsten"), subscriptions.hold(session, made.id)):
            assert found is None
        assert subscriptions.listing(session) == []
        elsewhere = subscriptions.add(session, replace(PLAN, channel="C2"), later)
        assert elsewhere.id != made.id
        subscriptions.remove(session, elsewhere.id, later)
        back = subscriptions.add(session, PLAN, later)

        assert (back.id, back.created_at, back.told_until, back.paused) == (made.id, later, later, None)
        assert sent is not None
        assert [each.id for each in deliveries.latest(session, subscription=back.id)] == [sent.id]


def test_what_a_removed_one_was_about_to_post_counts_as_not_told(database: Database) -> None:
    slot = NOON + timedelta(days=1)
    with database.writing() as session:
        made = subscriptions.add(session, PLAN, NOON)
        subscriptions.told(session, made.id, since=NOON, until=slot)
        waiting = deliveries.open_slot(session, made.id, slot, start=NOON, end=slot, channel="C1", now=slot)
        assert waiting is not None

        subscriptions.remove(session, made.id, slot)
        back = subscriptions.restore(session, made.id, PLAN, slot + minutes(1), paused=None)

        assert back.told_until == NOON
        assert [each.state for each in deliveries.latest(session)] == ["failed"]
        with pytest.raises(UserError, match="called Tungsten already"):
            subscriptions.restore(session, made.id, PLAN, slot, paused=None)
        with pytest.raises(LookupError):
            subscriptions.restore(session, 99, replace(PLAN, name="Other"), slot, paused=None)
