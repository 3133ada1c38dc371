"""Stories are kept once, by any of their names; edits keep the old wording."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.core.asking.query import parse
from bot.core.words import Tier
from bot.store import decisions, feeds, search, stories
from bot.store.database import Database
from bot.store.feeds import NewFeed
from bot.store.stories import Edit, Kept, Seen
from models import Label, Sighting, Story, StoryKey
from tests.store.given import NOON, add, decided, kept, minutes, story


def test_a_story_comes_back_as_it_was_given(database: Database) -> None:
    given = story("one", title="Вольфрам: O‘zbekiston – “memorandum”", guid="g1", decision=decided(lang="ru"))

    (one,) = kept(database, [given])

    with database.reading() as session:
        (found,) = stories.get(session, [one])
        assert (found.id, found.url, found.title, found.text, found.lang) == (
            one, given.url, given.title, given.text, "ru",
        )  # fmt: skip
        assert found.reported_at == given.reported_at
        assert found.guid == "g1"
        assert decisions.get(session, [one]) == {one: given.decision}


def test_a_story_is_kept_once_however_it_is_named(database: Database) -> None:
    first = story("one", keys=("url:a", "guid:1"))
    again = story("two", keys=("url:b", "guid:1"))
    third = story("three", keys=("url:b",))

    with database.writing() as session:
        assert add(session, [first], NOON) == [Kept(1, new=True)]
        assert add(session, [again], NOON) == [Kept(1, new=False)]
        assert add(session, [third], NOON) == [Kept(1, new=False)]

    with database.reading() as session:
        assert stories.by_keys(session, ["url:a", "url:b", "guid:1", "other"]) == {
            "url:a": 1, "url:b": 1, "guid:1": 1,
        }  # fmt: skip
        assert [found.title for found in stories.get(session, [1, 2, 3])] == ["Title of one"]


def test_two_of_one_story_in_one_document_are_one(database: Database) -> None:
    with database.writing() as session:
        answer = add(session, [story("a", keys=("k",)), story("b", keys=("k", "l")), story("c")], NOON)

    assert answer == [Kept(1, new=True), Kept(1, new=False), Kept(answer[2].story, new=True)]
    assert answer[2].story > 1


def test_a_story_without_a_name_is_refused(database: Database) -> None:
    with pytest.raises(ValueError, match="without a key"), database.writing() as session:
        add(session, [story("nameless", keys=())], NOON)

    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Story)) == 0


def test_ids_grow_also_when_the_newest_story_was_removed(database: Database) -> None:
    one, two = kept(database, [story("one"), story("two")])
    with database.writing() as session:
        stories.remove(session, [two])

    (three,) = kept(database, [story("three")])

    assert one < two < three


def test_what_no_database_can_keep_becomes_a_sign_for_it(database: Database) -> None:
    (one,) = kept(database, [story("one", title="a\x00b\ud800c", text="\x00", guid="\udfff")])

    with database.reading() as session:
        (found,) = stories.get(session, [one])
        assert (found.title, found.text, found.guid) == ("a\ufffdb\ufffdc", "\ufffd", "\ufffd")


def test_an_edit_changes_story_decision_labels_and_search_and_keeps_the_old_wording(
    database: Database,
) -> None:
    (one,) = kept(database, [story("one", title="Tungsten sold", decision=decided(minerals=("tungsten",)))])
    after = decided(Tier.REGION, minerals=("gold",), lang="ru")

    with database.writing() as session:
        stories.edit(session, [Edit(one, "Gold bought", "New text.", "d2", after)], NOON + minutes(5))

    with database.reading() as session:
        (found,) = stories.get(session, [one])
        assert (found.title, found.text, found.lang) == ("Gold bought", "New text.", "ru")
        assert decisions.get(session, [one])[one] == after
        minerals = select(Label.value).where(Label.kind == "mineral")
        assert session.scalars(minerals).all() == ["gold"]
        (version,) = stories.versions(session, one)
        assert (version.title, version.replaced_at) == ("Tungsten sold", NOON + minutes(5))
        for query, hits in (
            ("tungsten", 0),
            ("mineral:tungsten", 0),
            ("gold", 1),
            ("tier:region", 1),
            ("new", 1),
        ):
            assert search.count(session, parse(query), now=NOON) == hits, query


def test_a_feed_that_changes_a_counter_at_every_poll_does_not_fill_the_disk(database: Database) -> None:
    (one,) = kept(database, [story("one")])

    for number in range(stories.MOST_VERSIONS + 5):
        with database.writing() as session:
            edit = Edit(one, f"Seen {number} times", "", f"d{number}", decided())
            stories.edit(session, [edit], NOON + minutes(number))

    with database.reading() as session:
        versions = stories.versions(session, one)
        assert len(versions) == stories.MOST_VERSIONS
        assert versions[-1].title == "Title of one"


def test_deciding_again_replaces_labels_and_leaves_the_wording(database: Database) -> None:
    (one,) = kept(database, [story("one", decision=decided(countries=("KZ",)))])

    with database.writing() as session:
        assert decisions.outdated(session, "v2") == [one]
        stories.decide_again(session, {one: decided(countries=("UZ",), packs="v2")}, NOON)

    with database.reading() as session:
        assert decisions.outdated(session, "v2") == []
        assert stories.versions(session, one) == []
        assert search.search(session, parse("country:uz"), now=NOON).stories == (one,)
        assert search.search(session, parse("country:kz"), now=NOON).stories == ()


def test_a_story_that_is_held_back_is_not_found_until_released(database: Database) -> None:
    one, two = kept(database, [story("one", held=True), story("two")])

    def found() -> list[int]:
        with database.reading() as session:
            return sorted(search.matching(session, parse("title"), now=NOON))

    before = found()
    with database.writing() as session:
        assert stories.held_back(session) == {}  # of no feed
        assert stories.release(session, [one, two], NOON) == [one]
        assert stories.release(session, [one], NOON) == []

    assert before == [2]
    assert found() == [1, 2]


def test_a_window_is_open_at_its_start_and_closed_at_its_end_to_the_microsecond(database: Database) -> None:
    tick = timedelta(microseconds=1)
    at = [NOON - tick, NOON, NOON + tick, NOON + minutes(1), NOON + minutes(1) + tick]
    ids = kept(database, [story(f"s{n}", at=when) for n, when in enumerate(at)])

    with database.reading() as session:
        hits = search.matching(session, parse(""), now=NOON, start=NOON, end=NOON + minutes(1))

    assert set(hits) == {ids[2], ids[3]}


def test_entries_of_a_feed_are_recognized_in_one_question(database: Database) -> None:
    with database.writing() as session:
        feed = feeds.add(session, NewFeed("https://a.test/feed"), NOON)
        other = feeds.add(session, NewFeed("https://b.test/feed"), NOON)
        one, two = (each.story for each in add(session, [story("one"), story("two")], NOON))
        stories.sight(session, feed.id, [("g1", "d1", one), ("g2", "d2", two)], NOON)
        stories.sight(session, feed.id, [("g1", "d1b", one)], NOON + minutes(1))

    with database.reading() as session:
        assert stories.seen(session, feed.id, ["g1", "g2", "g3"]) == {
            "g1": Seen(one, "d1b", NOON + minutes(1)),
            "g2": Seen(two, "d2", NOON),
        }
        assert stories.seen(session, other.id, ["g1"]) == {}


def test_more_names_than_one_statement_takes_are_looked_up_all_the_same(database: Database) -> None:
    kept(database, [story(f"s{n}") for n in range(2500)])
    names = [f"https://news.test/s{n}" for n in range(2500)]

    with database.reading() as session:
        assert len(stories.by_keys(session, names)) == 2500
        assert len(stories.get(session, range(1, 2501))) == 2500
        assert [found.id for found, _ in stories.every(session)] == list(range(1, 2501))


def test_removing_a_story_removes_all_that_hangs_on_it(database: Database) -> None:
    with database.writing() as session:
        feed = feeds.add(session, NewFeed("https://a.test/feed"), NOON)
    (one,) = kept(database, [story("one", feed_id=feed.id, decision=decided(minerals=("tungsten",)))])
    with database.writing() as session:
        stories.sight(session, feed.id, [("g1", "d1", one)], NOON)

        stories.remove(session, [one])

    with database.reading() as session:
        for model in (Story, StoryKey, Sighting, Label):
            assert session.scalar(select(func.count()).select_from(model)) == 0
        assert search.count(session, parse("tungsten"), now=NOON) == 0


def test_the_kind_of_its_feed_can_be_searched_and_follows_the_configuration(database: Database) -> None:
    from bot.core.words import FeedKind

    feed = NewFeed("https://gov.test/feed", kind=FeedKind.OFFICIAL)
    with database.writing() as session:
        known = feeds.add(session, feed, NOON, origin="config")
    (one,) = kept(database, [story("one", feed_id=known.id)], kind="official")
    with database.writing() as session:
        assert search.search(session, parse("is:official"), now=NOON).stories == (one,)

        feeds.sync(session, [replace(feed, kind=FeedKind.STATE)], NOON)

    with database.reading() as session:
        assert search.search(session, parse("is:official"), now=NOON).stories == ()
        assert search.search(session, parse("is:state"), now=NOON).stories == (one,)
