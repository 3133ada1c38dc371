from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from bot.core.story import Story
from bot.core.understand import Lines, Understander
from bot.store import decisions, happenings, stories
from bot.store.database import Database, Session
from bot.work import new_packs
from bot.work.new_packs import apply, changes
from tests.commands.newsroom import EVERYTHING, NINE, TUNGSTEN, print_stories
from tests.core.reading import understander

LATER = NINE + timedelta(days=1)


@cache
def strict() -> Understander:
    """Of other packs (the version says so), with a line that no story reaches."""
    packs = replace(understander().packs, version="other packs")
    return Understander(packs, Lines(policy=1.1))


@cache
def newer() -> Understander:
    """Of the same words in another version."""
    return Understander(replace(understander().packs, version="same words, another version"))


@cache
def renamed() -> Understander:
    """Of packs in which one metal has another name."""
    packs = understander().packs
    tungsten = replace(packs.concepts["mineral.tungsten"], name="wolfram")
    return Understander(replace(packs, version="renamed", concepts={**packs.concepts, tungsten.id: tungsten}))


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

    found = {each.story.title: each.said for each in changes(database, renamed())}

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

    assert list(apply(database, newer(), LATER)) == []

    with database.reading() as session:
        assert {event.headline: event.id for event in happenings.latest(session, limit=9)} == ids
    assert TUNGSTEN.title in ids


def test_it_is_kept_in_turns_and_goes_on_where_it_was_broken_off(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new_packs, "_GATHERED", 1)
    print_stories(database)
    before = tiers(database)

    first = next(apply(database, strict(), LATER))

    with database.reading() as session:
        left = len(decisions.outdated(session, "other packs"))
    assert 0 < left < len(EVERYTHING)
    assert tiers(database) == before | {first.story.title: "none"}
    rest = {change.story.title for change in apply(database, strict(), LATER)}
    assert first.story.title not in rest
    assert set(tiers(database).values()) == {"none"}


def test_what_is_edited_while_it_is_decided_is_decided_as_it_is_now(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    print_stories(database, [TUNGSTEN])
    keep = stories.get

    def edited(session: Session, ids: Sequence[int]) -> list[Story]:
        there = keep(session, ids)
        monkeypatch.setattr(stories, "get", keep)
        return [replace(story, title="Football", text="A goal in the last minute.") for story in there]

    monkeypatch.setattr(stories, "get", edited)

    list(apply(database, newer(), LATER))

    assert tiers(database) == {TUNGSTEN.title: "core"}
