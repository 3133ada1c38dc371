"""Lists that the store is asked by: each length of an IN list would be a statement of its own."""

from collections.abc import Callable

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from bot.store import alerts, decisions, deliveries, events, happenings, intake, neighbours, stories, threads
from bot.store.database import Database
from tests.store.given import NOON

ASKED: dict[str, Callable[[Session, list[int]], object]] = {
    "stories": stories.get,
    "decisions": decisions.get,
    "known stories": intake.known,
    "features": neighbours.of,
    "events": happenings.get,
    "events of stories": events.of_stories,
    "what came with a text": events.put_with,
    "rulings": events.rulings,
    "knots": threads.knots,
    "what they follow": threads.earlier,
    "told": lambda session, ids: deliveries.told(session, 1, ids),
    "results": deliveries.results,
    "candidates": lambda session, ids: alerts.candidates(session, 1, NOON, of=ids),
}


@pytest.mark.parametrize("asked", ASKED)
def test_a_list_of_any_length_is_one_statement(database: Database, asked: str) -> None:
    said: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *call: said.append(call[2]))
    told = []

    for length in (1, 2, 700):
        said.clear()
        with database.reading() as session:
            ASKED[asked](session, list(range(length)))
        told.append(list(said))

    assert told[0] == told[1] == told[2]
    assert any("SELECT" in statement for statement in told[0])
