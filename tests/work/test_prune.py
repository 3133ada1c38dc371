"""Pruning: what nobody was shown goes, what somebody may ask for stays."""

from datetime import datetime, timedelta
from threading import Event

import pytest
from sqlalchemy import func, select

from bot.core.events import Features
from bot.core.words import Tier
from bot.store import deliveries, events, feeds, people, stories
from bot.store import prune as store
from bot.store.database import Database
from bot.store.feeds import NewFeed
from bot.work.prune import GROUPED_FOR, TOLD_FOR, prune
from models import EventFeature, EventKey, Sighting
from tests.fetch.server import http
from tests.slack_standin import StandIn
from tests.store.given import NOON, decided, kept, story
from tests.work.polls import Item, World, feed
from tests.work.posting import SLOT, SetClock, rounds, subscribe

DAY = timedelta(days=1)
KEEP = timedelta(days=90)
LATER = NOON + KEEP + DAY
DULL = decided(Tier.NONE)


def left(database: Database) -> set[str]:
    with database.reading() as session:
        return {each.title.removeprefix("Title of ") for each, _ in stories.every(session)}


def test_only_old_stories_that_nobody_is_shown_are_forgotten(database: Database) -> None:
    kept(
        database,
        [
            story("flagged"),
            story("grey", decision=decided(Tier.NONE, review=True)),
            story("dull", decision=DULL),
            story("new", decision=DULL, at=LATER - DAY),
        ],
    )

    assert prune(database, LATER, keep=KEEP) == 1
    assert prune(database, LATER, keep=KEEP) == 0

    assert left(database) == {"flagged", "grey", "new"}


def test_what_a_feed_showed_when_it_was_last_read_stays_however_long_ago_that_was(database: Database) -> None:
    shown, gone = kept(database, [story("shown", decision=DULL), story("gone", decision=DULL)])
    with database.writing() as session:
        slow = feeds.add(session, NewFeed("https://slow.test/feed"), NOON)
        stories.sight(session, slow.id, [("gone", "x", gone)], NOON)
        stories.sight(session, slow.id, [("shown", "x", shown)], NOON + 8 * DAY)

    prune(database, NOON + 999 * DAY, keep=KEEP)

    assert left(database) == {"shown"}


@pytest.mark.parametrize("guid", ["{name}", "random-{turn}"])
def test_an_item_that_a_feed_shows_for_a_year_is_not_news_again(world: World, guid: str) -> None:
    world.follow()
    for turn in range(7):
        world.serve(Item("stays", guid=guid.format(name="stays", turn=turn)), f"passing {turn}")
        assert world.poll(after=60 * DAY).new == (2 if turn == 0 else 1)
        prune(world.database, world.now, keep=KEEP)

    titles = [each.title.rpartition(" ")[2] for each in world.stories()]
    assert titles.count("stays") == 1
    assert "0" not in titles


def test_that_an_item_is_shown_on_is_noted_once_a_week(world: World) -> None:
    world.follow()
    noted: list[datetime] = []
    for turn in range(12):
        world.server.page("/feed", http(feed("a", head=f"<ttl>{turn}</ttl>")))
        world.poll(after=DAY)
        with world.database.reading() as session:
            noted.append(session.scalars(select(Sighting.seen_at)).one())

    assert len(set(noted)) == 2
    assert noted[-1] - noted[0] == 8 * DAY


def test_pieces_are_bounded_and_what_stays_does_not_stop_the_rest(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "PIECE", 3)
    ids = kept(database, [story(f"s{n:02}", decision=DULL) for n in range(10)])
    with database.writing() as session:
        busy = feeds.add(session, NewFeed("https://a.test/feed"), NOON)
        stories.sight(session, busy.id, [(f"g{n}", "d", ids[n]) for n in range(4)], LATER)
        first, reached = store.unflagged(session, LATER, store.shown_since(session))

    assert (first, reached) == (0, store.Reached(NOON, ids[2]))
    assert prune(database, LATER, keep=KEEP) == 6
    assert left(database) == {"s00", "s01", "s02", "s03"}


def test_it_stops_when_the_program_ends(database: Database) -> None:
    kept(database, [story("dull", decision=DULL)])
    ending = Event()
    ending.set()

    assert prune(database, LATER, keep=KEEP, stop=ending) == 0


def test_what_grouping_kept_and_mutes_past_use_go(database: Database) -> None:
    old, new = kept(database, [story("old"), story("new", at=NOON + GROUPED_FOR)])
    features = {each: Features(str(each), "en", "news.test", NOON, {"wx": 2.0}) for each in (old, new)}
    now = NOON + GROUPED_FOR + DAY
    with database.writing() as session:
        events.put_features(session, features)
        for name, until in (("long over", now - TOLD_FOR - DAY), ("over", now - DAY), ("running", now + DAY)):
            people.mute(session, channel="C1", kind="source", value=name, until=until, person="U1", now=NOON)

    prune(database, now, keep=KEEP)

    with database.reading() as session:
        assert session.scalars(select(EventFeature.story_id)).all() == [new]
        assert session.scalar(select(func.count()).select_from(EventKey)) == 1
        assert [each.value for each in people.muted(session, "C1", NOON)] == ["over", "running"]


def test_that_a_digest_was_posted_is_known_longer_than_what_it_said(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    slack.add_channel("CPOLICY", "policy")
    subscribe(database)
    clock.moment = SLOT
    rounds(database, slack, clock)

    def said() -> list[tuple[str, bool]]:
        with database.reading() as session:
            latest = deliveries.latest(session, limit=9)
            return [(each.state, each.document is not None) for each in latest]

    prune(database, SLOT + TOLD_FOR, keep=KEEP)
    assert said() == [("sent", True)]
    prune(database, SLOT + TOLD_FOR + DAY, keep=KEEP)
    assert said() == [("sent", False)]
