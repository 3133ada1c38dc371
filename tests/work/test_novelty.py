"""What is new weighs more than what was told last week."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.words import Instrument
from bot.store import happenings, lately
from bot.store.database import Database
from tests.commands.newsroom import Printed, print_stories
from tests.store.given import NOON, decided, kept, story

FIRST = Printed(
    "https://steppe-wire.example/karatas",
    "Kazakhstan signs agreement with Orda Metals on Karatas tungsten deposit",
    "The government of Kazakhstan and Orda Metals signed an agreement on the Karatas tungsten deposit.",
    24 * 20,
)
SECOND = Printed(
    "https://steppe-wire.example/bolatai",
    "Kazakhstan signs agreement with Turan Fuel on Bolatai tungsten deposit",
    "The government of Kazakhstan and Turan Fuel signed an agreement on the Bolatai tungsten deposit.",
    10,
)


def weights(database: Database) -> dict[str, float]:
    with database.reading() as session:
        return {event.headline: event.score for event in happenings.latest(session, limit=9)}


def test_the_second_agreement_of_a_month_weighs_less_than_the_first(database: Database) -> None:
    print_stories(database, [FIRST])
    print_stories(database, [SECOND])

    weighed = weights(database)
    assert weighed[SECOND.title] < weighed[FIRST.title]


def test_what_was_told_more_than_a_month_before_takes_no_novelty(database: Database) -> None:
    print_stories(database, [replace(FIRST, hours=24 * 45)])
    print_stories(database, [SECOND])

    weighed = weights(database)
    assert weighed[SECOND.title] == weighed[FIRST.title]


def test_reports_of_the_same_event_take_none_of_its_novelty(database: Database) -> None:
    print_stories(database, [SECOND])
    alone = weights(database)[SECOND.title]
    other = replace(SECOND, url="https://metals-daily.example/bolatai", hours=9)

    print_stories(database, [other])

    assert set(weights(database)) == {SECOND.title}
    assert weights(database)[SECOND.title] >= alone


@pytest.mark.parametrize(("held", "count"), [(False, 1), (True, 0)])
def test_what_is_held_back_was_told_to_nobody(database: Database, held: bool, count: int) -> None:
    kept(database, [story("memorandum", held=held, decision=decided(countries=("KZ",)))])

    with database.reading() as session:
        found = lately.seen(
            session, before=NOON + timedelta(days=1), act=Instrument.MOU, about=[("country", "KZ")]
        )

    assert len(found) == count
