"""Small things every query room needs: Core tables, chunks, inserts that both databases take."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial
from itertools import repeat
from operator import contains
from typing import Any, Final, TypeVar, TypeVarTuple, cast

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Insert,
    Row,
    Select,
    Table,
    Text,
    Update,
    any_,
    bindparam,
    delete,
    null,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.core.text import storable
from models import Base
from models.base import PlainText, UtcDateTime

T = TypeVar("T")
V = TypeVar("V", str, int)
Columns = TypeVarTuple("Columns")
Of = InstrumentedAttribute[V] | InstrumentedAttribute[V | None] | Column[V]
"""A column of a model or of its table."""

CHUNK: Final = 1000
"""Texts that are held, or rows that are written, at one time."""

_NEW: Final = "new_"
"""Before the name of a column in a statement that changes it; the name itself is SQLAlchemy's."""

_LOW_BITS: Final = 22  # of a story's id, in `moment`
_SPAN_BITS: Final = _LOW_BITS + 18
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
    _insert(session, model, rows, None)


def put_rows(
    session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]], *, renew: Sequence[str] = ()
) -> None:
    """Insert rows; where the primary key is there already, set the columns in `renew` (none: leave it)."""
    _insert(session, model, rows, tuple(renew))


def _insert(
    session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]], renew: tuple[str, ...] | None
) -> None:
    """Hand rows to the driver; all have the columns of the first.

    SQLAlchemy makes the statement and knows how each column is bound. Its own way with
    the values of many rows costs several times what SQLite takes to store them.
    """
    if not rows:
        return
    connection = session.connection()
    _execute(connection, _prepared(model, tuple(rows[0]), renew, connection.dialect), rows)


def change_rows(
    session: Session,
    model: type[Base],
    rows: Sequence[Mapping[str, Any]],
    *,
    by: tuple[str, ...],
    empty: tuple[str, ...] = (),
) -> None:
    """Change rows, each found by its columns `by`, and set the columns in `empty` to NULL.

    All have the columns of the first. One that is not there is passed over.
    """
    if rows:
        connection = session.connection()
        _execute(connection, _changing(model, tuple(rows[0]), by, empty, connection.dialect), rows)


def _execute(connection: Connection, made: "_Prepared", rows: Sequence[Mapping[str, Any]]) -> None:
    # Column by column: so the loops are the interpreter's own.
    columns = [
        [row[name] for row in rows] if ready is None else ready([row[name] for row in rows])
        for name, _, ready in made.binds
    ]
    values: Any = list(zip(*columns, strict=True))
    if not made.positional:
        names = [placed for _, placed, _ in made.binds]
        values = [dict(zip(names, row, strict=True)) for row in values]
    connection.exec_driver_sql(made.statement, values)


_Ready = Callable[[list[Any]], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A statement as the driver takes it, and how the values of each column are made ready for it."""

    statement: str
    # A column, its name in the statement, and what makes its values ready; None: they are.
    binds: tuple[tuple[str, str, _Ready | None], ...]
    positional: bool


@lru_cache(maxsize=256)
def _prepared(
    model: type[Base], columns: tuple[str, ...], renew: tuple[str, ...] | None, dialect: Dialect
) -> _Prepared:
    into = table(model)
    make = postgresql.insert if dialect.name == "postgresql" else sqlite.insert
    statement = make(into).values({name: bindparam(name) for name in columns})
    keys = [column.name for column in into.primary_key.columns]
    if renew:
        upsert = {name: statement.excluded[name] for name in renew}
        statement = statement.on_conflict_do_update(index_elements=keys, set_=upsert)
    elif renew is not None:
        statement = statement.on_conflict_do_nothing(index_elements=keys)
    return _compiled(statement, into, columns, dialect)


@lru_cache(maxsize=256)
def _changing(
    model: type[Base], columns: tuple[str, ...], by: tuple[str, ...], empty: tuple[str, ...], dialect: Dialect
) -> _Prepared:
    into = table(model)
    values: dict[str, Any] = {name: bindparam(f"{_NEW}{name}") for name in columns if name not in by}
    statement = update(into).values(values | dict.fromkeys(empty, null()))
    return _compiled(
        statement.where(*(into.columns[name] == bindparam(f"{_NEW}{name}") for name in by)),
        into,
        columns,
        dialect,
    )


def _compiled(
    statement: Insert | Update, into: Table, columns: tuple[str, ...], dialect: Dialect
) -> _Prepared:
    compiled = statement.compile(dialect=dialect)
    placed = compiled.positiontup if compiled.positional else list(compiled.binds)
    assert placed is not None
    names = [name.removeprefix(_NEW) for name in placed]
    if left_out := set(names) - set(columns):
        raise ValueError(f"every row of {into.name} has to say {sorted(left_out)}")
    ready = [_bind_of(into.columns[name], dialect) for name in names]
    binds = tuple(zip(names, placed, ready, strict=True))
    return _Prepared(str(compiled), binds, bool(compiled.positional))


def _bind_of(column: Column[Any], dialect: Dialect) -> _Ready | None:
    """How its values are made ready. SQLAlchemy's own chain of calls costs as much as storing."""
    kind = column.type
    if isinstance(kind, PlainText) and not column.nullable:
        return _all_storable
    bind = kind.dialect_impl(dialect).bind_processor(dialect)
    if isinstance(kind, UtcDateTime) and bind is not None:
        bind = lru_cache(maxsize=512)(bind)  # what comes together was seen at one moment
    return None if bind is None else partial(map, bind)


def _all_storable(texts: list[str]) -> Iterable[str]:
    """Texts as they can be kept. Keys, digests and labels are plain, all of a column: seen at one glance."""
    plain = all(map(str.isascii, texts)) and not any(map(contains, texts, repeat("\x00")))
    return texts if plain else map(storable, texts)


def among(session: Session, column: Of[V], values: Collection[V]) -> ColumnElement[bool]:
    """Whether a column is one of these, however many: one bound value, and one statement for all lengths.

    Each length of a plain IN list is a statement of its own, and drivers keep those they met last: 128 for
    each connection.
    """
    if session.get_bind().dialect.name == "postgresql":
        kind = BigInteger if column.type.python_type is int else Text
        return column == any_(bindparam(None, list(values), type_=postgresql.ARRAY(kind)))
    listed: BindParameter[str] = bindparam("listed", json.dumps(list(values)), unique=True)
    # As text: SQLAlchemy's own way with a table-valued function costs twice what SQLite takes to answer.
    return column.bool_op("IN")(text("(SELECT value FROM json_each(:listed))").bindparams(listed))


def those(
    session: Session, wanted: Select[*Columns], column: Of[V], values: Collection[V]
) -> Sequence[Row[*Columns]]:
    """The rows of `wanted` whose `column` is one of these. Of none nothing is asked."""
    return session.execute(wanted.where(among(session, column, values))).all() if values else ()


def drop_those(session: Session, column: InstrumentedAttribute[V], values: Collection[V]) -> None:
    """Delete the rows of a model whose `column` is one of these. Of none nothing is asked."""
    if values:
        rows = table(cast("type[Base]", column.class_))
        session.execute(delete(rows).where(among(session, column, values)))


def typed_id(named: str) -> int | None:
    """The id that somebody typed; None: it is none, or greater than any."""
    return int(named) if named.isascii() and named.isdigit() and len(named) < 19 else None


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


def span_of(value: int) -> int:
    """The number of the three days (2**18 seconds) that a moment is in."""
    return value >> _SPAN_BITS


def beginning_of(span: int) -> int:
    """The least moment of a span."""
    return span << _SPAN_BITS


def span_token(span: int) -> str:
    """What stories of a span have in PostgreSQL's index, which knows no order of time otherwise."""
    return f"days={span}"


def _seconds(when: datetime) -> int:
    """Whole seconds since 1970, within what a moment can hold: nothing before 1970 was reported to us."""
    seconds = int(when.astimezone(UTC).timestamp()) if when.year > 1970 else 0
    return min(max(seconds, 0), LAST_MOMENT >> _LOW_BITS)
