"""`cluster`: records in, the event of each out, in their order."""

import random
from typing import Any

import pytest

from bot.core.story import Article, Decision, Reason
from bot.core.words import Tier
from bot.work.cluster import cluster


class Knows:
    """Understands that every story is about rare earths in Uzbekistan."""

    def decide(self, article: Article) -> Decision:
        named = ("country.UZ", "mineral.rare_earths", "act.memo", "person.saidov", "person.landau")
        why = tuple(Reason("policy", concept, "", "text", 0, 0, 1.0) for concept in named)
        return Decision(Tier.CORE, (), {}, article.lang or "und", why=why)


RECORDS: list[dict[str, Any]] = [
    {"id": "2", "title": "Saidov and Landau sign memorandum", "text": "Saidov met Landau.", "lang": "en",
     "published": "2026-02-05T10:00:00+05:00"},
    {"id": "1", "title": "Landau signs memorandum with Saidov", "text": "It was Landau who met Saidov.",
     "lang": "en", "published": "2026-02-05"},
    {"id": "3", "title": "Quarry at Ingichka sold", "text": "Ingichka went to a bidder.", "lang": "en",
     "published": "2024-02-05"},
]  # fmt: skip


def test_each_story_gets_the_smallest_id_of_its_event_in_the_order_given() -> None:
    assert cluster(RECORDS, Knows()) == [
        {"id": "2", "event": "1"},
        {"id": "1", "event": "1"},
        {"id": "3", "event": "3"},
    ]


def test_the_order_of_the_records_changes_nothing_but_the_order_of_the_answers() -> None:
    shuffled = RECORDS[:]
    random.Random(1).shuffle(shuffled)

    found = cluster(shuffled, Knows())

    assert sorted(found, key=str) == sorted(cluster(RECORDS, Knows()), key=str)


def test_what_is_not_there_is_not_missed() -> None:
    assert cluster([{"id": 7, "title": "", "text": ""}], Knows()) == [{"id": "7", "event": "7"}]


def test_days_as_feeds_write_them_count_as_others_do() -> None:
    later = {**RECORDS[1], "id": "4", "published": "Wed, 05 Feb 2025 10:00:00 +0000"}

    assert cluster([RECORDS[0], later], Knows()) == [{"id": "2", "event": "2"}, {"id": "4", "event": "4"}]


def test_an_id_that_comes_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="two stories have the key"):
        cluster([RECORDS[0], RECORDS[0]], Knows())
