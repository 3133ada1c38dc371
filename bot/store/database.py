"""The database itself: opening, transactions, schema, checks, backup.

Two engines are supported. SQLite (the default) runs in WAL mode with one writer at a
time, who takes the lock at BEGIN: taking it later gave "database is locked" errors in
spite of a long timeout. PostgreSQL is reached through psycopg 3.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import Final, Literal, Self

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

import migrations
from bot.errors import StoreError
from bot.store import index, trouble
from bot.store.queueing import Queue
from models import Base

__all__ = ["LOCK_WAIT", "Database", "Session", "shown"]

LOCK_WAIT: Final = 30.0  # seconds that a writer waits for another before it gives up
_BULK_WAITS: Final = 4
"""So many times longer waits who comes in bulk: many may stand there, and take long on a busy machine."""

_UPGRADE: Final = "run `steppewatch db upgrade`"
_MIGRATIONS: Final = Path(migrations.__file__).parent
# Alembic keeps what it is at in a global; other processes are held off by the database.
_ALEMBIC: Final = Lock()


class Database:
    """One database. Safe to share between threads; sessions are not."""

    def __init__(self, engine: Engine, lock_wait: float) -> None:
        """For `open` alone."""
        self.engine = engine
        self.name = shown(engine.url)
        self._lock_wait = lock_wait
        self._writer = Queue()
        one_state = {"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}
        self._reading = engine if self.is_sqlite else engine.execution_options(**one_state)
        self._writing = engine.execution_options(writing=True)
        self._durable = engine.execution_options(writing=True, durable=True)

    @classmethod
    def open(cls, url: str, *, lock_wait: float = LOCK_WAIT) -> Self:
        """The database at `url`. Nothing is read or written yet.

        `url` is `sqlite:///FILE` or `postgresql://...`; `lock_wait` is in seconds.
        Raises StoreError when it is neither, or when the file's folder is not there.
        """
        parsed = _parse(url)
        engine = _sqlite(parsed, lock_wait) if parsed.get_backend_name() == "sqlite" else _postgresql(parsed)
        return cls(engine, lock_wait)

    @property
    def is_sqlite(self) -> bool:
        """Which of the two it is."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the database and changes nothing.

        Raises StoreError when the database cannot be used.
        """
        with self._session(self._reading) as session:
            yield session

    @contextmanager
    def writing(self, *, durable: bool = False, in_bulk: bool = False) -> Iterator[Session]:
        """A transaction: committed at the end, rolled back by any exception.

        With `durable` it is on the disk when this returns, also should the power fail;
        otherwise a power failure (not a crash) can undo the last moments on SQLite.
        What comes `in_bulk` lets all others of this process write first.
        Raises StoreError when the database cannot be used.
        """
        with (
            self._one_writer(in_bulk=in_bulk),
            self._session(self._durable if durable else self._writing) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def _one_writer(self, *, in_bulk: bool) -> Iterator[None]:
        """Our own threads queue for SQLite's one writer: left to itself it lets them sleep and ask again."""
        if not self.is_sqlite:
            yield
            return
        patience = self._lock_wait * (_BULK_WAITS if in_bulk else 1)
        if not self._writer.acquire(patience, in_bulk=in_bulk):
            raise StoreError(f"{self.name}: {trouble.HELD}")
        try:
            yield
        finally:
            self._writer.release()

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        try:
            with Session(engine, expire_on_commit=False) as session:
                yield session
        except (DBAPIError, PoolTimeoutError) as error:
            if (said := trouble.explain(error)) is None:
                raise  # a mistake of ours, not the database's state
            raise StoreError(f"{self.name}: {said}") from error

    def upgrade(self) -> None:
        """Bring the schema up to date, all or nothing. Two processes may try at once.

        Raises StoreError when the schema is newer than this program, or cannot be changed, and
        when the file is another program's.
        """
        with self._connected() as connection:
            if self._known(connection) != newest_schema():
                _migrate(connection, "upgrade", "head")
        with self.writing() as session:
            index.rebuild_if_stale(session)

    def downgrade(self, revision: str) -> None:
        """Take migrations back to `revision` ("base": all of them). For tests and for emergencies."""
        with self._connected() as connection:
            _migrate(connection, "downgrade", revision)

    def check(self) -> str:
        """One line on the database when it is fit for use.

        Raises StoreError when it is not there, not a database, damaged, read-only, unreachable,
        of another schema than this program's, or lacks a part of it.
        """
        self._refuse_absent()
        with self._connected() as connection:
            present, wanted = self._known(connection), newest_schema()
            if present != wanted:
                state = "has no tables yet" if present is None else f"has schema {present}"
                raise StoreError(f"{self.name}: {state}, this program needs {wanted}; {_UPGRADE}")
            if self.is_sqlite:
                found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
                if found != "ok":
                    raise StoreError(f"{self.name}: {trouble.DAMAGED} ({found})")
                version = f"SQLite {sqlite3.sqlite_version}"
            else:
                version = f"PostgreSQL {connection.exec_driver_sql('SHOW server_version').scalar()}"
            if lacking := _lacking(connection):
                more = f" and {len(lacking) - 1} more" if lacking[1:] else ""
                raise StoreError(
                    f"{self.name}: is marked as schema {present} and lacks {lacking[0]}{more}: somebody or "
                    "something else changed it; stop the bot and put a backup in its place"
                )
        with self.writing() as session:  # a database that cannot be written to says so at the first write
            session.execute(text("DELETE FROM meta WHERE key = ''"))
        return f"{self.name}: {version}, schema {present}"

    def backup(self, path: Path) -> None:
        """A consistent copy of an SQLite database at `path`, made while others go on.

        Raises StoreError when `path` exists or cannot be written, when there is nothing to
        copy or it is damaged, and for PostgreSQL, which has a better tool.
        """
        if not self.is_sqlite:
            raise StoreError(f"{self.name}: PostgreSQL is backed up with pg_dump")
        if path.exists():
            raise StoreError(f"{path}: there is a file already; a backup does not overwrite")
        self._refuse_absent()
        with self._connected(writing=False) as connection:
            if self._known(connection) is None:
                raise StoreError(f"{self.name}: has no tables yet: there is nothing to copy")
        partial = path.with_name(path.name + ".partial")
        try:
            with self._connected() as connection, closing(sqlite3.connect(partial)) as copy:
                source = connection.connection.driver_connection
                assert isinstance(source, sqlite3.Connection)
                source.backup(copy)
                if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                    raise StoreError(f"{self.name}: {trouble.DAMAGED}, not a copy of this")
            partial.rename(path)
        except (sqlite3.Error, OSError) as error:
            raise StoreError(f"{path}: the backup could not be written ({error})") from error
        finally:
            partial.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    @contextmanager
    def _connected(self, *, writing: bool = True) -> Iterator[Connection]:
        """A connection that is not in a transaction, for the schema."""
        try:
            with self.engine.execution_options(writing=writing).connect() as connection:
                yield connection
        except (DBAPIError, PoolTimeoutError) as error:
            said = trouble.explain(error) or str(error.__cause__ or error)
            raise StoreError(f"{self.name}: {said}") from error

    def _refuse_absent(self) -> None:
        """Only to look for a file of SQLite would make it."""
        if self.is_sqlite and not _file(self.engine.url).exists():
            raise StoreError(f"{self.name}: has no tables yet: there is no such file; {_UPGRADE}")

    def _known(self, connection: Connection) -> str | None:
        """The schema that it has; None: none yet. Raises StoreError when this program cannot use it."""
        # Looked at before the schema: who makes the tables at this moment makes both visible at once.
        tables = inspect(connection).get_table_names() if self.is_sqlite else []
        connection.rollback()
        present = _present(connection)
        if present is not None and present not in _schemas():
            raise StoreError(
                f"{self.name}: was made by a newer program (schema {present}); upgrade steppewatch, "
                "or use another database"
            )
        # A server's database may be shared; a file with tables in it, and none of ours, is a mistake.
        others = [table for table in tables if table != "alembic_version"]
        if present is None and others:
            raise StoreError(
                f"{self.name}: is another program's: it has a table {others[0]}, and no schema of ours"
            )
        return present


def _lacking(connection: Connection) -> list[str]:
    """Columns of the schema that are not there, by their tables."""
    found = inspect(connection)
    there = {
        table: {column["name"] for column in found.get_columns(table)} for table in found.get_table_names()
    }
    connection.rollback()
    return [
        str(column)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name not in there.get(table.name, ())
    ]


def shown(url: URL) -> str:
    """How a database is named to people: never with its password, or any other parameter.

    >>> shown(make_url("postgresql+psycopg://me:secret@db.example/news?sslpassword=x"))
    'postgresql://me@db.example/news'
    """
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return str(URL.create("postgresql", url.username, None, url.host, url.port, url.database))


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError):
        backend = ""  # the text is not repeated: a password may be in it
    if backend == "postgres":
        backend, parsed = "postgresql", parsed.set(drivername="postgresql")
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise StoreError("database.url is neither sqlite:///FILE nor postgresql://USER@HOST/NAME")
    if not parsed.database or parsed.database == ":memory:":
        raise StoreError("database.url names no file: sqlite:///steppewatch.db would")
    return parsed


def _sqlite(url: URL, lock_wait: float) -> Engine:
    place = _file(url)
    if not place.parent.is_dir():
        raise StoreError(f"{place}: the folder {place.parent} is not there; create it first")
    if place.is_dir():
        raise StoreError(f"{place}: is a folder, not a database file")
    engine = create_engine(
        url,
        connect_args={"timeout": lock_wait, "isolation_level": None},
        pool_size=8,
        max_overflow=24,
        pool_use_lifo=True,  # each connection has a cache of its own, and only those in use fill theirs
    )

    @event.listens_for(engine, "connect")
    def on_connect(connection: sqlite3.Connection, _record: object) -> None:
        _write_ahead(connection, lock_wait)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        # 1 MB each: another's commit makes it worthless anyway, and the kernel keeps pages for all of them.
        connection.execute("PRAGMA cache_size = -1000")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("writing"):
            connection.exec_driver_sql(
                f"PRAGMA synchronous = {'FULL' if options.get('durable') else 'NORMAL'}"
            )
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql("BEGIN")

    return engine


def _write_ahead(connection: sqlite3.Connection, lock_wait: float) -> None:
    """Put the file into WAL mode, where it stays.

    Two programs that find a new file at once stand in each other's way here, and SQLite, which could
    let neither wait, tells one of them at once that it is locked.
    """
    until = time.monotonic() + lock_wait
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _file(url: URL) -> Path:
    assert url.database is not None, "_parse saw to it"
    return Path(url.database.removeprefix("file:")).absolute()


def _postgresql(url: URL) -> Engine:
    if "connect_timeout" not in url.query:
        url = url.update_query_dict({"connect_timeout": "10"})
    engine = create_engine(url, pool_pre_ping=True, pool_size=8, max_overflow=24)

    @event.listens_for(engine, "connect")
    def on_connect(connection: DBAPIConnection, _record: object) -> None:
        # One plan for any word would be wrong for the commonest; compiling one takes longer than it saves.
        connection.cursor().execute("SET plan_cache_mode = force_custom_plan; SET jit = off")
        connection.commit()

    return engine


def newest_schema() -> str:
    """The schema of this program, by the number of its last migration."""
    return _schemas()[-1]


def _schemas() -> list[str]:
    """The numbers that the files of the migrations begin with."""
    return sorted(path.name[:4] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


def _migrate(connection: Connection, way: Literal["upgrade", "downgrade"], revision: str) -> None:
    # Alembic costs 100 ms, and most commands find the schema as it should be.
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with _ALEMBIC:
        getattr(command, way)(config, revision)


def _present(connection: Connection) -> str | None:
    """The schema that the database says it has. Leaves the connection without a transaction."""
    known = inspect(connection).has_table("alembic_version")
    present = (
        connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() if known else None
    )
    connection.rollback()
    return None if present is None else str(present)
