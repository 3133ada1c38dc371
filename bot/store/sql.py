"""Small things every query room needs: Core tables, chunks, inserts that both databases take."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

from sqlalchemy import Table, insert, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models import Base

T = TypeVar("T")

CHUNK: Final = 1000
"""Values in one IN list; far below both databases' limits of bound values."""

_LOW_BITS: Final = 22  # of a story's id, in `moment`
LAST_MOMENT: Final = 2**53 - 1
"""Larger than the moment of any story that will be stored, and exact in JSON."""


def table(model: type[Base]) -> Table:
    """The Core table of a model: an ORM add_all costs seven times as much as Core."""
    found = model.__table__
    assert isinstance(found, Table)
    return found


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """`values` in lists of at most `size`."""
    chunk: list[T] = []
    for value in values:
        chunk.append(value)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def add_rows(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows in one statement; none is fine."""
    if rows:
        session.execute(insert(table(model)), rows)


def put_rows(
    session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]], *, renew: Sequence[str] = ()
) -> None:
    """Insert rows; where the primary key is there already, set the columns in `renew` (none: leave it)."""
    if not rows:
        return
    into = table(model)
    keys = [column.name for column in into.primary_key.columns]
    make = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = make(into)
    if renew:
        upsert = statement.on_conflict_do_update(
            index_elements=keys, set_={name: statement.excluded[name] for name in renew}
        )
    else:
        upsert = statement.on_conflict_do_nothing(index_elements=keys)
    session.execute(upsert, rows)


def take_turns(session: Session) -> None:
    """Wait until no other transaction keeps, changes or groups stories; ends with this transaction.

    What two workers may find out at once (is this story new? which events does it join?) is
    decided by one after the other. SQLite has one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(7271)"))


def moment(reported_at: datetime, story_id: int) -> int:
    """The number that orders stories by the time they count for; unique, as `story_id` is.

    >>> moment(datetime(2026, 1, 1, tzinfo=UTC), 5) < moment(datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC), 4)
    True
    """
    return (_seconds(reported_at) << _LOW_BITS) | (story_id & ((1 << _LOW_BITS) - 1))


def moments(start: datetime, end: datetime) -> tuple[int, int]:
    """The least and the greatest moment of stories reported from `start` to `end`, whole seconds included."""
    return _seconds(start) << _LOW_BITS, ((_seconds(end) + 1) << _LOW_BITS) - 1


def second_of(value: int) -> int:
    """Seconds since 1970 of a moment."""
    return value >> _LOW_BITS


def _seconds(when: datetime) -> int:
    """Whole seconds since 1970, within what a moment can hold: nothing before 1970 was reported to us."""
    seconds = int(when.astimezone(UTC).timestamp()) if when.year > 1970 else 0
    return min(max(seconds, 0), LAST_MOMENT >> _LOW_BITS)
