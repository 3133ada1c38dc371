from dataclasses import replace
from datetime import timedelta
from functools import cache

from bot.core.understand import Lines, Understander
from bot.store import decisions, happenings, stories
from bot.store.database import Database
from bot.work.review import apply, changes
from tests.commands.newsroom import EVERYTHING, NINE, TUNGSTEN, print_stories
from tests.core.reading import understander

LATER = NINE + timedelta(days=1)


@cache
def strict() -> Understander:
    """Of other packs (the version says so), with a line that hardly a story reaches."""
    packs = replace(understander().packs, version="other packs")
    return Understander(packs, Lines(policy=0.9999999))


def tiers(database: Database) -> dict[str, str]:
    with database.reading() as session:
        return {story.title: str(decision.tier) for story, decision in stories.every(session)}


def test_a_change_of_packs_is_shown_before_it_is_applied_and_applied_as_shown(database: Database) -> None:
    print_stories(database)
    before = tiers(database)

    shown = {change.story.title: str(change.after.tier) for change in changes(database, strict())}
    assert tiers(database) == before

    applied = {change.story.title: str(change.after.tier) for change in apply(database, strict(), LATER)}

    assert applied == shown
    assert tiers(database) == before | shown
    assert list(changes(database, strict())) == []
    with database.reading() as session:
        assert decisions.outdated(session, "other packs") == []


def test_a_change_of_packs_that_moves_no_tier_says_what_it_changes(database: Database) -> None:
    print_stories(database)
    packs = understander().packs
    tungsten = replace(packs.concepts["mineral.tungsten"], name="wolfram")
    renamed = replace(packs, version="renamed", concepts={**packs.concepts, tungsten.id: tungsten})

    found = {each.story.title: each.said for each in changes(database, Understander(renamed, Lines()))}

    assert found == {TUNGSTEN.title: "core; minerals: tungsten -> wolfram"}


def test_applied_again_by_the_former_packs_all_is_as_it_was(database: Database) -> None:
    print_stories(database)
    before = tiers(database)
    with database.reading() as session:
        events = {event.headline for event in happenings.latest(session, limit=9)}

    list(apply(database, strict(), LATER))
    list(apply(database, understander(), LATER))

    assert tiers(database) == before
    with database.reading() as session:
        assert {event.headline for event in happenings.latest(session, limit=9)} == events
    assert len(before) == len(EVERYTHING)


def test_an_event_that_stays_keeps_its_id(database: Database) -> None:
    print_stories(database)
    with database.reading() as session:
        ids = {event.headline: event.id for event in happenings.latest(session, limit=9)}

    same = Understander(replace(understander().packs, version="same words, another version"))
    assert list(apply(database, same, LATER)) == []

    with database.reading() as session:
        assert {event.headline: event.id for event in happenings.latest(session, limit=9)} == ids
    assert TUNGSTEN.title in ids
