"""What is past its time goes, piece by piece; what a feed still shows stays."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.core.events import Features
from bot.core.words import Tier
from bot.store import events, feeds, happenings, people, prune, status, stories
from bot.store.database import Database
from bot.store.feeds import NewFeed
from models import EventFeature, EventKey, Story
from tests.store.given import NOON, decided, kept, story
from tests.store.test_events import gathered

YEARS, MONTHS = timedelta(days=700), timedelta(days=90)


def prune_all(database: Database) -> int:
    gone = 0
    while True:
        with database.writing() as session:
            piece = prune.piece(session, NOON, flagged_for=YEARS, others_for=MONTHS)
        if not piece:
            return gone
        gone += piece


def left(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(Story.guid).order_by(Story.guid)))


def ago(days: int, name: str, tier: Tier = Tier.NONE, **known: object) -> stories.NewStory:
    return story(name, guid=name, at=NOON - timedelta(days=days), decision=decided(tier), **known)


def test_each_tier_is_kept_for_its_own_time(database: Database) -> None:
    kept(
        database,
        [ago(91, "old"), ago(89, "new"), ago(699, "kept", Tier.CORE), ago(701, "past", Tier.REGION)],
    )

    assert prune_all(database) == 2
    assert left(database) == ["kept", "new"]


def test_what_a_feed_still_shows_stays(database: Database) -> None:
    with database.writing() as session:
        feed = feeds.add(session, NewFeed("https://slow.test/feed"), NOON)
    long_ago = NOON - timedelta(days=200)
    shown, vanished = kept(
        database, [ago(200, "shown", feed_id=feed.id), ago(200, "vanished", feed_id=feed.id)]
    )
    with database.writing() as session:
        stories.sight(session, feed.id, [("g1", "d", shown), ("g2", "d", vanished)], long_ago)

        stories.meet_again(session, feed.id, ["g1"], NOON - timedelta(days=100))

    assert prune_all(database) == 1
    assert left(database) == ["shown"]


def test_meeting_an_entry_again_is_noted_once_a_week(database: Database) -> None:
    with database.writing() as session:
        feed = feeds.add(session, NewFeed("https://a.test/feed"), NOON)
    (one,) = kept(database, [story("one")])

    def seen_at() -> object:
        from models import Sighting

        with database.reading() as session:
            return session.scalar(select(Sighting.seen_at))

    noted = []
    with database.writing() as session:
        stories.sight(session, feed.id, [("g1", "d", one)], NOON)
    for days in (1, 6, 8, 9):
        with database.writing() as session:
            stories.meet_again(session, feed.id, ["g1"], NOON + timedelta(days=days))
        noted.append(seen_at())

    assert noted == [NOON, NOON, NOON + timedelta(days=8), NOON + timedelta(days=8)]


def test_pieces_are_bounded_and_what_stays_does_not_stop_the_rest(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prune, "PIECE", 3)
    with database.writing() as session:
        feed = feeds.add(session, NewFeed("https://a.test/feed"), NOON)
    ids = kept(database, [ago(200 - n, f"s{n:02}", feed_id=feed.id) for n in range(10)])
    with database.writing() as session:  # the oldest four are shown until today
        stories.sight(session, feed.id, [(f"g{n}", "d", ids[n]) for n in range(4)], NOON)

        first = prune.piece(session, NOON, flagged_for=YEARS, others_for=MONTHS)

    assert first == 3
    assert prune_all(database) == 3
    assert left(database) == ["s00", "s01", "s02", "s03"]


def test_an_event_goes_with_its_last_story(database: Database) -> None:
    old, older, new = kept(
        database, [ago(701, "old", Tier.CORE), ago(702, "older", Tier.CORE), ago(1, "new", Tier.CORE)]
    )
    with database.writing() as session:
        gone, stays = events.regroup(session, [gathered(old, older), gathered(new)], NOON)

    prune_all(database)

    with database.reading() as session:
        assert [event.id for event in happenings.get(session, [gone, stays])] == [stays]
        counts = status.status(session)
        assert (counts.stories, counts.flagged, counts.events) == (1, 1, 1)
        assert counts.newest_story == NOON - timedelta(days=1)


def test_what_is_past_use_goes(database: Database) -> None:
    old, new = kept(database, [ago(801, "old", Tier.CORE), ago(1, "new", Tier.CORE)])
    features = {each: Features(str(each), "en", "news.test", NOON, {"wx": 2.0}) for each in (old, new)}
    with database.writing() as session:
        events.put_features(session, features)
        for name, days in (("over", -1), ("running", 1)):
            people.mute(
                session, channel="C1", kind="source", value=name, until=NOON + timedelta(days=days),
                person="U1", now=NOON,
            )  # fmt: skip

        prune.rest(session, NOON)

        assert session.scalars(select(EventFeature.story_id)).all() == [new]
        assert session.scalar(select(func.count()).select_from(EventKey)) == 1
        assert [each.value for each in people.muted(session, "C1", NOON - timedelta(days=9))] == ["running"]
