"""What a database held, to be had again in an empty one: deciding and gathering stories takes far longer."""

import sqlite3
from collections.abc import Callable, Hashable
from contextlib import closing
from pathlib import Path
from typing import Final
from uuid import uuid4

from sqlalchemy import text

from bot.store.database import Database
from models import Base

TABLES: Final = ("story_search", *(table.name for table in Base.metadata.sorted_tables))
"""All that hold rows, those that others point at first."""

_EMPTY: Final = " AND ".join(f"NOT EXISTS (SELECT 1 FROM {name})" for name in TABLES[1:] if name != "meta")
_SEQUENCES: Final = "SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL"


def is_empty(database: Database) -> bool:
    """Whether it holds no more than a new one."""
    with database.reading() as session:
        return bool(session.scalar(text(f"SELECT {_EMPTY}")))


class Stock:
    """The rows of a database as they were; for databases of the same engine."""

    def __init__(self, database: Database) -> None:
        self._file = Path(database.name).with_name(f"stock-{uuid4().hex[:8]}.db")
        self._rows: dict[str, bytes] = {}
        self._sequences: list[tuple[str, int]] = []
        if database.is_sqlite:
            database.backup(self._file)
            return
        with database.engine.begin() as connection:
            cursor = connection.connection.cursor()
            for name in TABLES:
                with cursor.copy(f"COPY {name} TO STDOUT (FORMAT binary)") as copy:
                    self._rows[name] = b"".join(copy)
            self._sequences = cursor.execute(_SEQUENCES).fetchall()

    def into(self, database: Database) -> None:
        """Have them again in `database`, which is empty."""
        if database.is_sqlite:
            to = database.engine.raw_connection()
            with closing(sqlite3.connect(self._file)) as stock, closing(to):
                assert isinstance(to.driver_connection, sqlite3.Connection)
                stock.backup(to.driver_connection)
            return
        with database.engine.begin() as connection:
            cursor = connection.connection.cursor()
            cursor.execute("DELETE FROM meta")
            for name, rows in self._rows.items():
                with cursor.copy(f"COPY {name} FROM STDIN (FORMAT binary)") as copy:
                    copy.write(rows)
            for name, last in self._sequences:
                cursor.execute("SELECT setval(%s, %s)", [name, last])


_STOCKS: Final[dict[tuple[bool, Hashable], Stock]] = {}


def stocked(database: Database, what: Hashable, fill: Callable[[], object]) -> None:
    """Fill a database; if it is empty, what came of the same in an empty one before is put there again."""
    if not is_empty(database):
        fill()
        return
    known = (database.is_sqlite, what)
    if known in _STOCKS:
        _STOCKS[known].into(database)
    else:
        fill()
        _STOCKS[known] = Stock(database)
