"""Pruning: what nobody was shown goes, what somebody may ask for stays."""

from datetime import timedelta

from bot.core.words import Tier
from bot.store import feeds, stories
from bot.store.database import Database
from bot.store.feeds import NewFeed
from bot.work.prune import prune
from tests.store.given import NOON, decided, kept, story

KEEP = timedelta(days=90)
LATER = NOON + KEEP + timedelta(days=1)
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
            story("new", decision=DULL, at=LATER - timedelta(days=1)),
        ],
    )

    assert prune(database, LATER, keep=KEEP) == 1
    assert prune(database, LATER, keep=KEEP) == 0

    assert left(database) == {"flagged", "grey", "new"}


def test_a_story_that_a_feed_shows_on_is_not_forgotten_or_it_would_come_again(database: Database) -> None:
    shown, gone = kept(database, [story("shown", decision=DULL), story("gone", decision=DULL)])
    with database.writing() as session:
        feed = feeds.add(session, NewFeed("https://news.test/feed"), NOON)
        stories.sight(session, feed.id, [("gone", "x", gone)], NOON)
        stories.sight(session, feed.id, [("shown", "x", shown)], LATER - timedelta(days=8))

    prune(database, LATER, keep=KEEP)

    assert left(database) == {"shown"}


def test_it_goes_on_until_all_are_gone(database: Database) -> None:
    kept(database, [story(f"dull {number}", decision=DULL) for number in range(450)])

    assert prune(database, LATER, keep=KEEP) == 450
    assert left(database) == set()
