"""Whatever feeds do with their guids, links and titles, a story is kept once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.words import Tier
from bot.store import decisions, happenings, stories
from tests.work.polls import DAY, NEWS, NOON, Item, World


def test_what_a_feed_brings_is_kept_once_however_often_it_is_asked(world: World) -> None:
    world.follow()
    world.serve("a", "b", ETag='"1"')

    first, second = world.poll(), world.poll()

    assert (first.status, first.new) == ("ok", 2)
    assert (second.status, second.new) == ("unchanged", 0)
    assert world.server.asked[-1].headers["If-None-Match"] == '"1"'
    assert world.names() == ["a", "b"]
    kept = world.stories()[0]
    assert (kept.title, kept.url, kept.source) == (
        "A story that is called a",
        "http://news.test/a",
        "news.test",
    )
    assert kept.feed == "feed"


def test_a_first_poll_is_a_backlog_and_what_comes_after_is_news(world: World) -> None:
    world.follow()
    world.serve(Item("old", date="Sun, 01 Mar 2026 06:00:00 GMT"))
    world.poll()
    world.serve(
        "old",
        Item("new", date="Sun, 01 Mar 2026 06:00:00 GMT"),
        Item("dug", date="Sun, 01 Feb 2026 06:00:00 GMT"),
    )
    world.poll()

    counted = {story.guid: story.reported_at for story in world.stories()}
    assert counted["old"] == NOON - timedelta(hours=30)
    assert counted["new"] == world.now
    assert counted["dug"].month == 2


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(Item("a", guid="another"), id="guid"),
        pytest.param(Item("a", link="http://news.test/another"), id="link"),
        pytest.param(Item("a", title="Quite another title than before"), id="title"),
        pytest.param(
            Item("a", guid="another", link="https://www.news.test/{name}/?utm_source=rss"),
            id="guid and spelling",
        ),
        pytest.param(Item("a", guid="", date=""), id="no guid and no date"),
        pytest.param(Item("a", link="", text="Other text."), id="no link and another text"),
        pytest.param(
            Item("a", guid="x", link="http://news.test/new/tree"), id="guid and link, title and minute stay"
        ),
    ],
)
def test_a_changed_item_is_the_same_story(world: World, again: Item) -> None:
    world.follow()
    world.serve("a", "b")
    world.poll()
    world.serve(again, "b")

    assert world.poll().new == 0
    assert len(world.stories()) == 2


def test_guids_that_change_on_every_poll_leave_no_trail(world: World) -> None:
    world.follow()
    for turn in range(5):
        world.serve(Item("a", guid=f"random-{turn}"), "b")
        assert world.poll().new == (2 if turn == 0 else 0)
        if turn == 1:
            known = world.keys()

    assert world.keys() == known
    assert len(world.stories()) == 2


def test_an_edited_story_is_decided_anew_and_its_old_wording_stays(world: World) -> None:
    world.follow()
    world.serve(Item("a", title="Ministers meet in Tashkent"))
    world.poll()
    world.serve(Item("a", title=NEWS))

    edited = world.poll()

    assert (edited.new, edited.updated, edited.flagged) == (0, 1, 1)
    (story,) = world.stories()
    assert story.title == NEWS
    assert story.reported_at == NOON.replace(hour=9, minute=10, second=11)
    with world.database.reading() as session:
        assert [old.title for old in stories.versions(session, story.id)] == ["Ministers meet in Tashkent"]
        assert decisions.get(session, [story.id])[story.id].tier is Tier.CORE
        assert len(happenings.latest(session, limit=9)) == 1


def test_an_edit_that_says_nothing_any_more_ends_its_event(world: World) -> None:
    world.follow()
    world.serve(Item("a", title=NEWS))
    world.poll()
    world.serve(Item("a", title="Correction: a story was withdrawn"))
    world.poll()

    with world.database.reading() as session:
        assert happenings.latest(session, limit=9) == []


def test_a_link_that_moves_is_followed_without_an_edit(world: World) -> None:
    world.follow()
    world.serve("a")
    world.poll()
    world.serve(Item("a", link="http://news.test/moved/a"))

    assert world.poll().updated == 0
    assert world.stories()[0].url == "http://news.test/moved/a"


def test_the_same_story_in_two_feeds_is_kept_once_and_they_do_not_edit_each_other(world: World) -> None:
    for name in ("feed", "other"):
        world.follow(name)
    world.serve(Item("a", title=NEWS))
    world.serve(Item("a", title="In their words: " + NEWS, guid="x-1"), name="other")

    for _ in range(3):
        world.poll()
        assert sum(one.updated for one in world.told) == 0
        world.serve(Item("a", title=NEWS), "filler")  # other bytes, so that it is read again

    assert sorted(world.names()) in (["a", "filler"], ["filler", "x-1"])


def test_a_feed_that_finds_other_words_for_the_story_of_another_does_not_edit_it(world: World) -> None:
    world.follow()
    world.serve(Item("a", title=NEWS))
    world.poll()
    world.follow("other")

    for said in ("In their words", "In other words"):
        world.serve(Item("a", title=f"{said}: {NEWS}", guid="x-1"), name="other")
        world.poll()
        assert sum(one.updated for one in world.told) == 0

    assert [story.title for story in world.stories()] == [NEWS]


def test_items_that_vanish_and_return_are_known(world: World) -> None:
    world.follow()
    for items in (("a", "b", "c"), ("c",), ("b", "a", "c"), ("a", "a", "b", "b")):
        world.serve(*items)
        world.poll()

    assert sorted(world.names()) == ["a", "b", "c"]


def test_a_site_that_changes_all_its_ids_at_once_is_not_told_again(world: World) -> None:
    world.follow()
    before = [Item(f"n{n}", title=f"{NEWS} in the year {n}") for n in range(20)]
    world.serve(*before)
    world.poll()
    world.serve(
        *(replace(item, guid="new-{name}", link="https://new.test/{name}/x", date="") for item in before),
        "extra",
    )

    moved = world.poll()

    assert moved.new == 1
    assert "changed the ids of 20 items at once" in moved.reason
    assert "changed the ids" in (world.state().notice or "")
    assert len(world.stories()) == 21
    world.serve(
        *(replace(item, guid="new-{name}", link="https://new.test/{name}/x", date="") for item in before),
        "more",
    )
    assert world.poll().new == 1


def test_undated_items_of_such_a_site_are_held_back(world: World) -> None:
    world.follow()
    before = [Item(f"n{n}", title=f"{NEWS} in the year {n}") for n in range(20)]
    world.serve(*before)
    world.poll()
    strange = [Item(f"s{n}", title=f"Strange news number {n}", date="") for n in range(3)]
    world.serve(
        *(replace(item, guid="new-{name}", link="https://new.test/{name}", date="") for item in before),
        *strange,
    )
    world.poll()

    assert world.held() == 3
    assert world.told[-1].reason.endswith("3 without a date are held back until `feeds release feed`")


def test_a_feed_with_many_new_items_is_no_such_site(world: World) -> None:
    world.follow()
    world.serve(*(f"a{n}" for n in range(20)))
    world.poll()
    world.serve(*(Item(f"b{n}", title=f"Another story, the number {n}") for n in range(20)))

    found = world.poll()

    assert (found.new, found.reason, world.held()) == (20, "", 0)
    assert world.stories()[-1].reported_at == world.now


def test_entries_without_names_dates_or_titles_are_kept_and_shown(world: World) -> None:
    world.follow()
    bare = Item("x", guid="", link="", date="")
    world.serve(
        bare, replace(bare, title=" "), Item("y", title=" ", text="Only a text, and a long one. " * 9)
    )

    for expected in (3, 0):
        assert world.poll(after=DAY).new == expected
        world.serve(
            bare,
            replace(bare, title=" "),
            Item("y", title=" ", text="Only a text, and a long one. " * 9),
            "z",
        )
        assert world.poll(after=DAY).new == (1 if expected else 0)

    titles = [story.title for story in world.stories()]
    assert all(titles)
    assert titles[2].startswith("Only a text")
    assert len(titles[2]) <= 102


@pytest.mark.parametrize(
    "date", ["Fri, 01 Jan 2100 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "junk", ""]
)
def test_impossible_dates_neither_hide_an_item_nor_put_it_first(world: World, date: str) -> None:
    world.follow()
    world.serve(Item("a", date=date))
    world.poll()

    (story,) = world.stories()
    assert story.reported_at == world.now
    assert story.published is None


def test_thousands_of_entries_are_kept_in_parts_and_known_the_next_time(world: World) -> None:
    world.follow()
    many = [Item(f"n{n}", title=f"Story {n}") for n in range(1300)]
    world.serve(*many)

    assert world.poll().new == 1300
    world.serve(*many, "one more")
    assert world.poll().new == 1
    assert len(set(world.names())) == 1301
