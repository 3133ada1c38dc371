"""Grouping a new story into those that are stored: the cost, and how it grows."""

import random
import time
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.events import SHARED_KEYS, WINDOW_DAYS, Features, block_keys, component_of, group
from bot.core.story import Decision, Reason
from bot.core.words import Tier
from tests.core.event_stories import features_of

SYLLABLES = "ka to ri ba zhen ol mur gan sai tash ber kul ny or da lim sho ven pra gul".split()  # noqa: SIM905
COUNTRIES = ("KZ", "KG", "TJ", "TM", "UZ", "CN", "US", "RU")
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


def happening(number: int, chance: random.Random) -> tuple[str, list[str], Decision]:
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
        f"{names[0]} and {names[1]} agree on lot {number}",
        names,
        Decision(Tier.CORE, (), {}, "en", why=why),
    )


@pytest.mark.bench
@pytest.mark.parametrize("stored", [10_000, 100_000])
def test_grouping_a_new_story_touches_few_however_many_are_stored(stored: int) -> None:
    chance = random.Random(stored)
    store = Stored()
    start = datetime(2025, 1, 1, tzinfo=UTC)
    spread = timedelta(days=1) / PER_DAY
    told: list[tuple[str, list[str], Decision]] = []
    for number in range(stored + 200):
        if number % 3 == 0:
            told.append(happening(number, chance))
        title, names, decision = chance.choice(told[-40:])
        extra = " ".join(a_name(chance) for _ in range(6))
        text = f"In {names[2]} {names[3]} met {names[4]} over {extra} on lot {number // 3}."
        story = features_of(f"k{number:07}", title, text, start + number * spread, decision)
        if number == stored:
            store.handed, started = 0, time.perf_counter()
        if number >= stored:
            group(component_of(story, store.near))
        store.add(story)
    spent = (time.perf_counter() - started) / 200

    assert store.handed / 200 < 400
    print(f"\ngroup into {stored:,}: {spent * 1000:.1f} ms, {store.handed / 200:.0f} stories looked at")
