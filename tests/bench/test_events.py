"""Grouping a new story into those that are stored: the cost, and how it grows.

STEPPEWATCH_BENCH_LARGE, set to anything, adds a store of a million stories (SQLite).
"""

import os
import random
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from bot.core.events import SHARED_KEYS, WINDOW_DAYS, Features, Reach, block_keys, group
from bot.core.story import Decision, Reason
from bot.core.words import Tier
from bot.store import events, neighbours
from bot.store.database import Database
from bot.store.sql import add_rows, moment
from models import Story
from tests.conftest import sqlite_database
from tests.core.event_stories import features_of

SYLLABLES = "ka to ri ba zhen ol mur gan sai tash ber kul ny or da lim sho ven pra gul".split()  # noqa: SIM905
COUNTRIES = ("KZ", "KG", "TJ", "TM", "UZ", "CN", "US", "RU")
SIZES = [10_000, 100_000] + [1_000_000] * bool(os.environ.get("STEPPEWATCH_BENCH_LARGE"))
FRESH = 10_000  # stories that are stored whole; those before them are these once more, by what finds them
PER_DAY = 300  # flagged stories of a large installation


class Stored:
    """What the store does: stories by key, found within the window; counts how many it hands out."""

    def __init__(self) -> None:
        self.by_key: dict[str, list[Features]] = defaultdict(list)
        self.handed = 0

    def add(self, story: Features) -> None:
        for key in block_keys(story):
            self.by_key[key].append(story)

    def near(self, story: Features) -> Iterable[Features]:
        counted: dict[str, int] = defaultdict(int)
        found: dict[str, Features] = {}
        assert story.when is not None
        window = timedelta(days=WINDOW_DAYS)
        for key in block_keys(story):
            for other in reversed(self.by_key[key]):  # newest first, as the index on (key, moment) gives them
                assert other.when is not None
                if other.when < story.when - window:
                    break
                counted[other.key] += 1
                found[other.key] = other
        near = [found[key] for key, count in counted.items() if count >= SHARED_KEYS]
        self.handed += len(near)
        return near


def a_name(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=4)).capitalize()


def happening(chance: random.Random) -> tuple[str, list[str], Decision]:
    """What the reports of one event share."""
    names = [a_name(chance) for _ in range(5)]
    concepts = [f"country.{country}" for country in chance.sample(COUNTRIES, 2)]
    concepts += [
        f"mineral.m{chance.randrange(40)}",
        f"act.a{chance.randrange(60)}",
        f"body.b{chance.randrange(400)}",
    ]
    why = tuple(Reason("policy", concept, "", "text", 0, 0, 1.0) for concept in concepts)
    return (
        f"{names[0]} and {names[1]} agree on lot {chance.randrange(1000)}",
        names,
        Decision(Tier.CORE, (), {}, "en", why=why),
    )


@pytest.mark.bench
@pytest.mark.parametrize("stored", SIZES[:2])
def test_grouping_a_new_story_touches_few_however_many_are_stored(stored: int) -> None:
    chance = random.Random(stored)
    store = Stored()
    start = datetime(2025, 1, 1, tzinfo=UTC)
    spread = timedelta(days=1) / PER_DAY
    told: list[tuple[str, list[str], Decision]] = []
    for number in range(stored + 200):
        if number % 3 == 0:
            told.append(happening(chance))
        title, names, decision = chance.choice(told[-40:])
        extra = " ".join(a_name(chance) for _ in range(6))
        text = f"In {names[2]} {names[3]} met {names[4]} over {extra}."
        story = features_of(f"k{number:07}", title, text, start + number * spread, decision)
        if number == stored:
            store.handed, started = 0, time.perf_counter()
        if number >= stored:
            group(Reach(store.near).component(story))
        store.add(story)
    spent = (time.perf_counter() - started) / 200

    assert store.handed / 200 < 400
    print(f"\ngroup into {stored:,}: {spent * 1000:.1f} ms, {store.handed / 200:.0f} stories looked at")


@pytest.mark.bench
@pytest.mark.parametrize("stored", SIZES)
def test_grouping_a_new_story_into_a_store_costs_the_same_however_many_it_holds(
    stored: int, sqlite_template: Path, tmp_path: Path
) -> None:
    chance = random.Random(1)
    start = datetime(2025, 1, 1, tzinfo=UTC)
    spread = timedelta(days=1) / PER_DAY
    news = reports(chance)
    with sqlite_database(sqlite_template) as database:
        for first in range(0, FRESH, 2_000):
            some = range(first, first + 2_000)
            keep(database, [next(news)(number, start + number * spread) for number in some])
        for times in range(1, stored // FRESH):
            keep_again(database, times, FRESH * spread)
        looked, spent = 0, 0.0
        for number in range(FRESH, FRESH + 100):
            story = next(news)(number, start + number * spread)
            read: dict[int, Features] = {}
            with database.reading() as session:
                began = time.perf_counter()
                group(Reach(partial(near, session, read)).component(story))
                spent += time.perf_counter() - began
            looked += len(read)
    print(f"\ngroup into {stored:,} of a store: {spent * 10:.1f} ms, {looked / 100:.0f} stories read")
    assert looked / 100 < 400


def near(session: Session, read: dict[int, Features], story: Features) -> list[Features]:
    """The neighbours of a story, each read once, as `work.gather` asks for them."""
    found = neighbours.neighbours(session, story, read)
    read.update({one.story: one.features for one in found})
    return [one.features for one in found]


def reports(chance: random.Random) -> Iterator[Callable[[int, datetime], Features]]:
    """Reports without end of happenings that are told about three times each."""
    told: deque[tuple[str, list[str], Decision]] = deque(maxlen=40)
    number = 0
    while True:
        if number % 3 == 0:
            told.append(happening(chance))
        title, names, decision = chance.choice(told)
        extra = " ".join(a_name(chance) for _ in range(6))
        text = f"In {names[2]} {names[3]} met {names[4]} over {extra} on lot {number // 3}."
        number += 1

        def report(
            number: int, when: datetime, title: str = title, text: str = text, decision: Decision = decision
        ) -> Features:
            return features_of(f"k{number:07}", title, text, when, decision)

        yield report


def keep(database: Database, stories: Sequence[Features]) -> None:
    """Store these and what grouping keeps of them; nothing is grouped."""
    ids = {int(story.key[1:]) + 1: story for story in stories}
    blank = {
        "feed_id": None,
        "guid": "",
        "source": "news.test",
        "lang": "en",
        "digest": "d",
        "backlog": False,
    }
    rows = [
        {
            **blank, "id": number, "moment": moment(story.when, number), "url": f"https://news.test/{number}",
            "title": story.key, "text": "", "published": story.when, "held": False,
            "first_seen_at": story.when, "reported_at": story.when,
        }
        for number, story in ids.items() if story.when is not None
    ]  # fmt: skip
    with database.writing(in_bulk=True) as session:
        add_rows(session, Story, rows)
        events.put_features(session, ids)


def keep_again(database: Database, times: int, length: timedelta) -> None:
    """Store the first stories once more, so many times their length before: what is never read is no more."""
    by = {"ids": times * FRESH, "before": times * int(length.total_seconds()) << 22, "from": FRESH}
    with database.writing(in_bulk=True) as session:
        session.execute(
            text(
                "INSERT INTO story (id, moment, url, title, text, source, lang, digest, guid, published,"
                " first_seen_at, reported_at, backlog, held) SELECT id + :ids, moment - :before, url || :ids,"
                " title, text, source, lang, digest, guid, published, first_seen_at, reported_at, backlog,"
                " held FROM story WHERE id <= :from"
            ),
            by,
        )
        session.execute(
            text(
                "INSERT INTO event_key (key, moment, story_id)"
                " SELECT key, moment - :before, story_id + :ids FROM event_key WHERE story_id <= :from"
            ),
            by,
        )
