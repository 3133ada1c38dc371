"""What several feeds bring is kept together, and what is wrong with one of them loses no other."""

import pytest

from bot.core.words import FeedKind
from bot.errors import StoreError
from bot.store import feeds
from bot.work import feed_state
from tests.fetch.server import Talk, http
from tests.work.polls import World, feed, statuses


def test_what_breaks_the_keeping_of_one_feed_loses_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    usual = feed_state.after_reading

    def after_reading(known: feeds.KnownFeed, *rest: object, **more: object) -> feeds.FeedState:
        if known.name == "bad":
            raise ZeroDivisionError("a mistake of ours")
        return usual(known, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(feed_state, "after_reading", after_reading)
    for name in ("one", "bad", "two"):
        world.follow(name)
        world.serve(f"of-{name}", name=name)

    world.poll()

    assert statuses(world.told) == {"one": "ok", "bad": "failed", "two": "ok"}
    assert sorted(world.names()) == ["of-one", "of-two"]
    assert world.state("bad").last_fetched_at is None
    assert "feed.broke_us" in caplog.messages


def test_what_cannot_be_kept_is_told_of_quiet_feeds_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.follow("quiet")
    world.serve("a", name="quiet")
    world.poll()

    def full(*_: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(feeds, "record_all", full)
    world.poll()

    assert [(told.status, told.reason) for told in world.told[-1:]] == [("failed", "the disk is full")]


def test_a_feed_whose_kind_changes_while_it_is_read_is_read_again(world: World) -> None:
    known = world.follow("feed")
    world.follow("other")
    world.serve("b", name="other")

    def change(talk: Talk) -> None:
        with world.database.writing() as session:
            new = feeds.NewFeed(known.url, "feed", kind=FeedKind.OFFICIAL)
            feeds.describe(session, known.id, new)
        talk.say(http(feed("a")))

    world.server.page("/feed", change)

    world.poll()

    assert statuses(world.told) == {"feed": "failed", "other": "ok"}
    assert world.names() == ["b"]
    world.poll()
    assert sorted(world.names()) == ["a", "b"]
