"""Many stories of one text, and documents with many stories that are gathered: kept in turns, told once."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, event

from bot.core.event import Event
from bot.core.events import crowds
from bot.core.words import Tier
from bot.errors import StoreError
from bot.store import events, happenings, neighbours
from bot.store.database import Database
from bot.store.events import Gathered, Record
from bot.work import gather, intake
from bot.work.rule import join, split
from tests.commands.newsroom import NINE, TUNGSTEN, URANIUM, Printed, print_stories
from tests.work.polls import Item, World

ECHOES = [replace(TUNGSTEN, url=f"https://echo-{n}.example/tungsten", hours=19 - n / 10) for n in range(12)]


@pytest.fixture(autouse=True)
def few_of_one_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is a crowd here would be none in earnest."""
    monkeypatch.setattr(crowds, "OF_ONE_TEXT", 4)


def flooded(database: Database) -> None:
    """A story and its echoes, in three turns, the latest first; and another story."""
    print_stories(database, [TUNGSTEN, URANIUM])
    for first in (8, 4, 0):
        print_stories(database, ECHOES[first : first + 4])


def event_of(database: Database, printed: Printed) -> Event:
    with database.reading() as session:
        return next(
            each
            for each in happenings.latest(session, limit=99)
            if printed.url in {report.url for report in each.stories}
        )


def urls(found: Event) -> set[str]:
    return {report.url for report in found.stories}


def test_a_text_that_comes_again_and_again_is_one_event_and_few_of_it_are_looked_at(
    database: Database,
) -> None:
    flooded(database)

    found = event_of(database, TUNGSTEN)
    assert urls(found) == {TUNGSTEN.url, *(echo.url for echo in ECHOES)}
    assert found.stories[0].url == TUNGSTEN.url
    assert {report.copy_of for report in found.stories[1:]} == {found.stories[0].story}
    with database.reading() as session:
        (first,) = neighbours.of(session, [found.stories[0].story])
        assert len(neighbours.neighbours(session, first.features)) == crowds.OF_ONE_TEXT


def test_all_of_one_text_go_where_people_join_it(database: Database) -> None:
    flooded(database)
    one, other = event_of(database, URANIUM), event_of(database, TUNGSTEN)

    became, _ = join(database, one, other, by="U1", now=NINE)

    assert {event_of(database, each).id for each in (URANIUM, TUNGSTEN, *ECHOES)} == {became}


@pytest.mark.parametrize("taken", [ECHOES[3], TUNGSTEN], ids=["not looked at", "the earliest"])
def test_one_of_them_that_people_take_out_stays_out_and_the_others_together(
    database: Database, taken: Printed
) -> None:
    flooded(database)
    whole = event_of(database, TUNGSTEN)
    story = next(report.story for report in whole.stories if report.url == taken.url)

    own, left, _ = split(database, whole, story, by="U1", now=NINE)
    print_stories(database, [replace(TUNGSTEN, url="https://late.example/tungsten", hours=2)])

    assert left == whole.id
    assert own == event_of(database, taken).id
    assert urls(event_of(database, taken)) == {taken.url}
    assert len(event_of(database, ECHOES[5]).stories) == 1 + len(ECHOES)


def decrees(count: int) -> list[Item]:
    return [
        Item(
            f"n{n}",
            title=f"Uzbekistan and the United States sign memorandum No. {n} on tungsten",
            text=f"The paper on tungsten and other critical minerals is memorandum No. {n} of the two.",
        )
        for n in range(1, count + 1)
    ]


def counted(database: Database) -> list[str]:
    """The writing transactions from now on that keep stories."""
    said: list[str] = []
    engine: Engine = database.engine

    def heard(*call: object) -> None:
        if str(call[2]).startswith("INSERT INTO event_feature"):
            said.append(str(call[2]))

    event.listen(engine, "before_cursor_execute", heard)
    return said


def test_a_document_with_many_stories_to_gather_is_kept_in_turns(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "_BATCH", 30)
    world.follow()
    world.serve(*decrees(7))
    turns = counted(world.database)

    came = world.poll()

    assert (came.new, came.flagged) == (7, 7)
    assert len(turns) == 4
    assert world.poll().new == 0


def test_what_is_broken_off_between_two_turns_is_taken_up_where_it_was(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "_BATCH", 30)
    world.follow()
    world.serve(*decrees(7))
    whole, times = gather.gather, []

    def broken(*call: object, **named: object) -> None:
        times.append(1)
        if len(times) == 3:
            raise StoreError("the disk is full")
        whole(*call, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(gather, "gather", broken)
    first = world.poll()
    kept = len(world.names())
    second = world.poll()

    assert (first.status, kept) == ("failed", 4)
    assert (second.status, second.new) == ("ok", 3)
    assert sorted(world.names()) == [f"n{n}" for n in range(1, 8)]
    with world.database.reading() as session:
        assert sum(len(each.stories) for each in happenings.latest(session, limit=99)) == 7


def test_an_event_that_loses_a_story_to_another_is_told_by_those_that_it_keeps(database: Database) -> None:
    print_stories(database, [TUNGSTEN, ECHOES[0]])
    print_stories(database, [URANIUM])
    tungsten, uranium = event_of(database, TUNGSTEN), event_of(database, URANIUM)
    stolen = (uranium.stories[0].story, tungsten.stories[1].story)
    wrong = Gathered(stolen, "Both", "", Tier.CORE, 1.0, Record())
    alone = Gathered((tungsten.stories[0].story,), tungsten.headline, "", Tier.CORE, 1.0, Record())
    with database.writing() as session:
        assert events.regroup(session, [alone, wrong], NINE) == [tungsten.id, uranium.id]

    print_stories(database, [ECHOES[1]])

    assert urls(event_of(database, TUNGSTEN)) == {TUNGSTEN.url, ECHOES[0].url, ECHOES[1].url}
    left = event_of(database, URANIUM)
    assert (left.id, left.headline, urls(left)) == (uranium.id, uranium.headline, {URANIUM.url})
