"""`feeds release`: what was held back when a site changed its ids is let go, once somebody has seen it."""

import json
import re
from datetime import UTC, datetime

import pytest

from bot.commands.answer import Asker
from bot.commands.registry import answer
from bot.core.asking.query import parse
from bot.core.event import Digest
from bot.core.telling.digest import document
from bot.core.words import Tier
from bot.errors import UserError
from bot.store import decisions, feeds, happenings, people, search, stories
from bot.store.database import Database, Session
from bot.work import release as releasing
from tests.commands.newsroom import NINE, Newsroom
from tests.store.given import NOON, decided, kept, minutes, story

ADMIN = Asker("UADMIN", "C1")


@pytest.fixture
def room(database: Database) -> Newsroom:
    """A room with a feed of which two stories are held back, one of them flagged."""
    with database.writing() as session:
        feed = feeds.add(session, feeds.NewFeed("https://moved.test/feed", "Moved wire"), NOON)
        (due,) = feeds.claim_due(session, NOON, limit=1, lease=minutes(5))
        assert feeds.record(session, due, feeds.FeedState(NOON, last_good_at=NOON))
    told = story("told", held=True, feed_id=feed.id, published=None)
    dull = story("dull", held=True, feed_id=feed.id, published=None, decision=decided(Tier.NONE))
    kept(database, [told, dull, story("other", feed_id=feed.id)])
    return Newsroom(database)


def test_what_is_held_back_is_named_with_the_command_wherever_feeds_are_told(room: Newsroom) -> None:
    wanted = "Moved wire: 2 stories held back; `feeds release Moved wire` shows them"

    assert wanted in str(answer(room, "feeds", ADMIN, NINE).document)
    assert wanted in str(answer(room, "status", ADMIN, NINE).document)
    with room.database.reading() as session:
        health = feeds.health(session)
    digest = Digest("d", start=NOON, end=NINE, events=(), feeds=health)
    assert f"1 of 1 feed read. {wanted}." in str(document(digest, zone=UTC))


def test_it_says_first_what_it_will_do(room: Newsroom) -> None:
    said = answer(room, "feeds release Moved wire", ADMIN, NINE)

    assert said.data == {"feed": "Moved wire", "id": 1, "held": 2, "flagged": 1, "released": 0}
    assert "Title of told" in str(said.document)
    assert re.search(r"feeds release 1 now", str(said.document))
    with room.database.reading() as session:
        assert stories.held_back(session) == {1: 2}


def test_what_is_released_is_found_gathered_and_counts_for_now(room: Newsroom) -> None:
    done = answer(room, "feeds release Moved wire now", ADMIN, NINE).data

    assert done["released"] == 2
    with room.database.reading() as session:
        assert stories.held_back(session) == {}
        now = search.matching(session, parse(""), now=NINE, start=NINE - minutes(1), end=NINE, flagged=False)
        assert {each.title for each in stories.get(session, now)} == {"Title of told", "Title of dull"}
        (event,) = happenings.latest(session, limit=9)
        assert [report.title for report in event.stories] == ["Title of told"]
        assert decisions.get(session, [event.stories[0].story])
    assert answer(room, "search told", ADMIN, NINE).data["total"] == 1
    with pytest.raises(UserError, match="nothing of Moved wire is held back"):
        answer(room, "feeds release Moved wire now", ADMIN, NINE)


def test_who_is_broken_off_has_noted_what_was_let_go(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = stories.release
    monkeypatch.setattr(releasing, "_TOGETHER", 1)

    def release(session: Session, ids: list[int], now: datetime) -> list[int]:
        if len(stories.hold(session, 1)) == 1:
            raise KeyboardInterrupt
        return usual(session, ids, now)

    monkeypatch.setattr(stories, "release", release)
    with pytest.raises(KeyboardInterrupt):
        answer(room, "feeds release Moved wire now", ADMIN, NINE)

    with room.database.reading() as session:
        assert stories.held_back(session) == {1: 1}
        (noted, *_) = people.changes(session, limit=9)
    assert (noted.what, json.loads(noted.after or "")["stories"]) == ("released", 1)


@pytest.mark.parametrize("text", ["feeds release", "feeds release now", "feeds release nobody now"])
def test_what_cannot_be_released_is_said(room: Newsroom, text: str) -> None:
    with pytest.raises(UserError):
        answer(room, text, ADMIN, NINE)
