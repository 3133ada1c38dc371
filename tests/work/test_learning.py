"""What a channel votes orders its own digest, and no other's."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.subscription import Plan
from bot.core.words import Tier
from bot.store import stories, votes
from bot.store.database import Database
from bot.work import learning
from bot.work.compose import compose
from tests.core.reading import understander
from tests.work.happenings import Newsroom

NINE = datetime(2026, 2, 6, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def room(database: Database) -> Newsroom:
    """Three stories of uranium and three of tungsten, all of one weight, in this order."""
    room = Newsroom(database)
    for mineral in ("tungsten", "uranium"):
        for n in range(3):
            room.report(
                f"{mineral} {n}", f"{mineral}{n}.test", NINE - 3 * HOUR, tier=Tier.REGION, mineral=mineral
            )
    return room


def vote(
    database: Database,
    mineral: str,
    *,
    useful: bool,
    channel: str = "C1",
    person: str = "U1",
    at: datetime = NINE - HOUR,
) -> None:
    """A vote on each story of a mineral."""
    with database.writing() as session:
        for story in stories.every(session):
            if story[0].source.startswith(mineral):
                votes.vote(session, [story[0].id], channel=channel, person=person, useful=useful, now=at)


def told(database: Database, *, channel: str = "C1", most: int = 15, end: datetime = NINE) -> list[str]:
    plan = Plan(name="Desk", channel=channel, most=most)
    made = compose(database, understander().packs, plan, start=NINE - 12 * HOUR, end=end)
    return [event.minerals[0] for event in made.events]


USUAL = ["tungsten"] * 3 + ["uranium"] * 3
TURNED = USUAL[::-1]


def test_votes_order_the_digest_of_their_channel_alone(database: Database, room: Newsroom) -> None:
    del room
    assert told(database) == USUAL

    vote(database, "uranium", useful=True)

    assert told(database) == TURNED
    assert told(database, channel="C2") == USUAL


def test_a_digest_of_before_the_votes_stays_as_it_was(database: Database, room: Newsroom) -> None:
    del room
    vote(database, "uranium", useful=True)

    assert told(database, end=NINE - 2 * HOUR) == USUAL


def test_what_is_core_stays_in_the_main_message(database: Database, room: Newsroom) -> None:
    room.report("core", "core.test", NINE - 2 * HOUR, mineral="gold")
    vote(database, "core", useful=False)
    vote(database, "core", useful=False, person="U2")
    vote(database, "tungsten", useful=True)
    vote(database, "uranium", useful=True)
    with database.writing() as session:
        [other] = [story for story, _ in stories.every(session) if story.source == "uranium0.test"]
        votes.vote(session, [other.id], channel="C1", person="U3", useful=False, now=NINE - HOUR)

    assert sorted(told(database)) == sorted([*USUAL, "gold"])


def test_an_old_vote_teaches_nothing_any_more(database: Database, room: Newsroom) -> None:
    del room
    vote(database, "uranium", useful=True, at=NINE - timedelta(days=181))

    assert told(database) == USUAL


def test_a_vote_follows_its_event_into_another_and_counts_once_a_person(
    database: Database, room: Newsroom
) -> None:
    for n in range(2):
        room.report(
            f"uranium {n}", f"uranium{n + 5}.test", NINE - 2 * HOUR, tier=Tier.REGION, mineral="uranium"
        )
    vote(database, "uranium", useful=True)

    with database.reading() as session:
        lessons = {str(each.feature): each for each in learning.lessons(session, "C1", NINE)}

    assert (lessons["mineral:uranium"].useful, lessons["mineral:uranium"].useless) == (3, 0)


def test_a_person_who_changes_their_mind_has_one_vote(database: Database, room: Newsroom) -> None:
    del room
    vote(database, "uranium", useful=True)
    vote(database, "uranium", useful=False, at=NINE - HOUR / 2)

    with database.reading() as session:
        assert len(votes.latest(session, "C1", since=NINE - 9 * HOUR, until=NINE)) == 3
    assert told(database) == USUAL
