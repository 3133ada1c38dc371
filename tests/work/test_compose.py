from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.core.event import Digest
from bot.core.subscription import Plan
from bot.core.telling.digest import as_json
from bot.core.words import Tier
from bot.errors import UserError
from bot.store import subscriptions
from bot.store.database import Database
from bot.work.compose import compose, composer
from bot.work.issues import open_issue
from tests.commands.newsroom import CONTROLS, NINE, TUNGSTEN, URANIUM, Printed, print_stories
from tests.core.reading import understander

DAY = timedelta(days=1)


def told(database: Database, **how: Any) -> list[str]:
    return [event.headline for event in composed(database, **how).events]


def composed(
    database: Database,
    *,
    start: datetime = NINE - DAY,
    end: datetime = NINE,
    told_to: int | None = None,
    **how: Any,
) -> Digest:
    plan = Plan(**{"name": "Desk", "channel": "", **how})
    return compose(database, understander().packs, plan, start=start, end=end, told_to=told_to)


def test_a_digest_holds_the_events_of_its_window_the_weightiest_first(database: Database) -> None:
    print_stories(database)

    assert set(told(database)) == {TUNGSTEN.title, URANIUM.title}
    assert told(database, start=NINE - 2 * DAY, tiers=[Tier.MINERALS]) == [CONTROLS.title]
    scores = [event.score for event in composed(database).events]
    assert scores == sorted(scores, reverse=True)


def test_a_subscription_s_query_chooses(database: Database) -> None:
    print_stories(database)

    assert told(database, query="country:uz") == [URANIUM.title]
    assert told(database, query="вольфрам") == [TUNGSTEN.title]
    with pytest.raises(UserError, match="did you mean country"):
        told(database, query="contry:uz")


def test_the_digest_of_a_moment_is_the_same_whatever_came_after_it(database: Database) -> None:
    print_stories(database, [TUNGSTEN])
    before = as_json(composed(database))
    again = Printed(f"{TUNGSTEN.url}-2", TUNGSTEN.title, f"{TUNGSTEN.text} More later.", hours=-2)

    print_stories(database, [again, replace(URANIUM, hours=-1)])

    assert as_json(composed(database)) == before
    assert len(composed(database, end=NINE + DAY).events) == 2


def test_a_quiet_window_is_quiet(database: Database) -> None:
    print_stories(database)

    assert composed(database, start=NINE, end=NINE + DAY).quiet


def test_what_came_in_late_is_told_once_and_what_was_told_is_not_told_again(database: Database) -> None:
    print_stories(database, [TUNGSTEN])
    with database.writing() as session:
        desk = subscriptions.add(session, Plan(name="Desk", channel="C1"), NINE - 2 * DAY)
    issue = composer(database, understander().packs)
    first = open_issue(database, issue, desk, NINE, NINE, start=NINE - DAY)
    # Polled just before nine, stored just after the digest of nine was composed.
    print_stories(database, [replace(URANIUM, hours=0.01)])

    with database.reading() as session:
        later = subscriptions.find(session, "Desk")
    assert later is not None
    second = issue(later, NINE, NINE + DAY)

    assert first is not None
    assert [
        event.headline for event in composed(database, told_to=desk.id, start=NINE, end=NINE + DAY).events
    ] == [URANIUM.title]
    assert len(second.events) == 1
    assert not second.quiet
