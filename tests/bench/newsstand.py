"""Many stories, quickly: words with the frequencies of natural text, labels, one story a minute."""

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from bot.core import decision_json
from bot.core.tokens import index_text
from bot.store import index
from bot.store.codec import dump
from bot.store.database import Database
from bot.store.events import Record
from bot.store.sql import add_rows, chunks, moment
from models import Decision, Label, Story
from tests.store.given import NOON, decided

WORDS = 50_000
LENGTH = 190  # words of a story: about 1,275 characters
JUST_NOW = 5000
"""So many stories came since the index was made: what was just indexed is slower to search."""
COUNTRIES = ("KZ", "KG", "TJ", "TM", "UZ")
MINERALS = ("tungsten", "uranium", "gold", "copper", "lithium")

_INDEX = {"name": "ix_story_search_words"}


def word(rank: int) -> str:
    """The word of this rank; the commonest has rank 0 and is in nearly every story."""
    return f"w{rank}"


def fill(database: Database, count: int) -> None:
    """Store `count` stories, one a minute, the last at NOON."""
    rows = _stories(count)
    if database.is_sqlite:
        _keep(database, rows)
        return
    # Most are indexed when all are there, as after a restore: one by one takes an hour for a million.
    with database.writing() as session:
        made = session.scalars(text("SELECT indexdef FROM pg_indexes WHERE indexname = :name"), _INDEX).one()
        session.execute(text(f"DROP INDEX {_INDEX['name']}"))
    _keep(database, islice(rows, max(count - JUST_NOW, 0)))
    with database.writing() as session:
        session.execute(text("SET LOCAL maintenance_work_mem = '512MB'"))
        session.execute(text(made))
    _keep(database, rows)
    with database.writing() as session:
        session.execute(text("ANALYZE"))


def gather_events(database: Database) -> None:
    """An event a flagged story, in two statements."""
    with database.writing() as session:
        session.execute(
            text("UPDATE decision SET body = :body WHERE tier <> 'none'"),
            {"body": decision_json.dump(decided())},
        )
        session.execute(
            text(
                "INSERT INTO event (id, headline, summary, tier, score, review, lead_id, first_at, last_at,"
                " record, updated_at) SELECT s.id, s.title, '', d.tier, 1.0, :no, s.id, s.reported_at,"
                " s.reported_at, :record, s.reported_at FROM story s JOIN decision d ON d.story_id = s.id"
                " WHERE d.tier <> 'none'"
            ),
            {"no": False, "record": dump(Record(("KZ",), ("tungsten",)), Record)},
        )
        session.execute(
            text(
                "INSERT INTO event_story (story_id, event_id, place) SELECT id, id, 0 FROM event ORDER BY id"
            )
        )
    if not database.is_sqlite:
        with database.writing() as session:
            session.execute(text("ANALYZE"))


def _keep(database: Database, rows: Iterator[dict[str, Any]]) -> None:
    while batch := list(islice(rows, 5000)):
        with database.writing() as session:
            _store(session, batch)


def _stories(count: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(1)
    ranks = range(WORDS)
    total, cumulative = 0.0, []
    for rank in ranks:  # Zipf: the n-th word is 1/n as frequent as the first
        total += 1 / (rank + 2)
        cumulative.append(total)
    for number in range(1, count + 1):
        words = [word(rank) for rank in chance.choices(ranks, cum_weights=cumulative, k=LENGTH)]
        flagged = chance.random() < 0.25
        yield {
            "id": number,
            "when": NOON - timedelta(minutes=count - number),
            "title": " ".join(words[:10]),
            "text": " ".join(words[10:]),
            "tier": chance.choice(("core", "region", "minerals")) if flagged else "none",
            "labels": [("country", chance.choice(COUNTRIES)), ("mineral", chance.choice(MINERALS))]
            if flagged
            else [],
        }


def _store(session: Session, batch: list[dict[str, Any]]) -> None:
    blank = {
        "feed_id": None,
        "guid": "",
        "source": "news.test",
        "lang": "en",
        "digest": "d",
        "backlog": False,
    }
    scores = {"central_asia": 0.5, "critical_minerals": 0.5, "policy": 0.5, "review": False, "packs": "v1"}
    for some in chunks(batch):
        moments = {each["id"]: moment(each["when"], each["id"]) for each in some}
        add_rows(
            session,
            Story,
            [
                {
                    **blank, "id": each["id"], "moment": moments[each["id"]], "url": f"https://news.test/{each['id']}",
                    "title": each["title"], "text": each["text"], "published": each["when"], "held": False,
                    "first_seen_at": each["when"], "reported_at": each["when"],
                }
                for each in some
            ],
        )  # fmt: skip
        add_rows(
            session,
            Decision,
            [
                {
                    **scores,
                    "story_id": each["id"],
                    "tier": each["tier"],
                    "decided_at": each["when"],
                    "body": "{}",
                }
                for each in some
            ],
        )
        add_rows(
            session,
            Label,
            [
                {"story_id": each["id"], "kind": kind, "value": value}
                for each in some
                for kind, value in each["labels"]
            ],
        )
        index.add(session, [(moments[each["id"]], _indexed(each)) for each in some])


def _indexed(each: dict[str, Any]) -> str:
    return index_text(
        each["title"], each["text"], source="news.test", lang="en", tier=each["tier"], labels=each["labels"]
    )
