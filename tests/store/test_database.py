"""Opening a database: what cannot be used is refused in words that help, and never shows a password."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from bot.errors import StoreError
from bot.store.database import Database
from models import Meta, Story
from tests.store.given import NOON, add, kept, story


@pytest.fixture
def file(sqlite_template: Path, tmp_path: Path) -> Path:
    """A migrated SQLite file."""
    return Path(shutil.copyfile(sqlite_template, tmp_path / "bot.db"))


def at(path: Path) -> Database:
    return Database.open(f"sqlite:///{path}", lock_wait=0.1)


def damage(file: Path) -> Database:
    """A database of which every page of the second half was overwritten."""
    database = at(file)
    kept(database, [story(f"s{n}", text="x" * 2000) for n in range(200)])
    database.close()
    size = file.stat().st_size
    with file.open("r+b") as raw:
        for place in range(size // 2, size - 8192, 4096):
            raw.seek(place)
            raw.write(b"\xff" * 4096)
    return at(file)


def refusal(database: Database) -> str:
    """What `check`, `upgrade` and writing all complain of, as said by the first."""
    said = []
    for attempt in (database.check, database.upgrade):
        with pytest.raises(StoreError) as refused:
            attempt()
        said.append(str(refused.value))
    database.close()
    return said[0]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "neither sqlite:///FILE nor postgresql://"),
        ("mysql://root:hunter2@host/db", "neither sqlite:///FILE nor postgresql://"),
        ("postgresql://me:hunter2@host:port/db", "neither sqlite:///FILE nor postgresql://"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite:////no/such/folder/bot.db", "the folder /no/such/folder is not there"),
        ("sqlite:////", "folder"),
    ],
)
def test_an_address_that_cannot_be_a_database_is_refused(url: str, said: str) -> None:
    with pytest.raises(StoreError) as refused:
        Database.open(url)

    assert said in str(refused.value)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("127.0.0.1:1", "nothing answers at this address"),
        ("no-such-host.invalid", "no server has this name"),
    ],
)
def test_a_server_that_is_not_there_is_named_without_its_password(where: str, said: str) -> None:
    database = Database.open(f"postgresql://me:hunter2@{where}/news?connect_timeout=2")

    complaint = refusal(database)

    assert said in complaint
    assert "me@" in complaint
    assert "hunter2" not in complaint


@pytest.mark.parametrize(
    ("there", "asked"), [("/postgres?", "/nowhere?"), ("//postgres:", "//nobody:")], ids=["database", "user"]
)
def test_a_server_without_this_database_or_user_says_so(
    postgresql_server: str, there: str, asked: str
) -> None:
    database = Database.open(postgresql_server.replace(there, asked))

    assert "the database or the user does not exist on the server" in refusal(database)


def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"These are notes, not a database. " * 200)

    assert "not an SQLite database" in refusal(at(path))
    assert path.read_bytes().startswith(b"These are notes")


def test_a_damaged_file_is_refused(file: Path) -> None:
    damaged = damage(file)

    with pytest.raises(StoreError, match="damaged"):
        damaged.check()
    damaged.close()


def test_no_backup_is_made_of_a_damaged_file(file: Path, tmp_path: Path) -> None:
    damaged = damage(file)

    with pytest.raises(StoreError, match="damaged"):
        damaged.backup(tmp_path / "copy.db")
    damaged.close()

    assert not list(tmp_path.glob("copy.db*"))


def test_a_damaged_search_index_is_told_as_such(file: Path) -> None:
    database = at(file)
    kept(database, [story("s1")])
    database.close()
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("DELETE FROM story_search_data")

    damaged = at(file)
    with pytest.raises(StoreError, match="damaged"), damaged.reading() as session:
        session.execute(text("SELECT rowid FROM story_search WHERE story_search MATCH 'anything'"))
    damaged.close()


def test_a_file_that_may_not_be_written_to_is_refused(file: Path) -> None:
    database = Database.open(f"sqlite:///file:{file}?mode=ro&uri=true")

    with pytest.raises(StoreError, match="may not be written to"):
        database.check()
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Story)) == 0
    database.close()


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        Database.open(f"sqlite:///{tmp_path}")


def test_a_writer_that_waits_too_long_says_who_may_hold_the_lock_and_goes_on_later(file: Path) -> None:
    database, other = at(file), sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with (
        pytest.raises(StoreError, match="another writer held it for too long"),
        database.writing() as session,
    ):
        session.execute(text("INSERT INTO meta VALUES ('a', 'b')"))
    other.execute("ROLLBACK")
    other.close()
    with database.writing() as session:
        session.execute(text("INSERT INTO meta VALUES ('a', 'b')"))

    with database.reading() as session:
        assert session.get(Meta, "a") is not None
    database.close()


def test_a_full_disk_says_so_keeps_nothing_half_and_recovers(file: Path) -> None:
    database = at(file)
    with database.writing() as session:
        pages = session.scalar(text("PRAGMA page_count")) or 0
        session.execute(text(f"PRAGMA max_page_count = {pages + 20}"))  # of this connection, which is kept

    with pytest.raises(StoreError, match="disk is full"):
        kept(database, [story(f"s{n}", text="word " * 500) for n in range(200)])
    with database.writing() as session:
        left = session.scalar(select(func.count()).select_from(Story))
        session.execute(text("PRAGMA max_page_count = 1000000"))
    ids = kept(database, [story(f"s{n}", text="word " * 500) for n in range(200)])

    assert left == 0
    assert len(ids) == 200
    database.close()


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    def give_up() -> None:
        with database.writing() as session:
            add(session, [story("one")], NOON)
            raise RuntimeError("the caller gave up")

    with pytest.raises(RuntimeError):
        give_up()

    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Story)) == 0


def test_a_reader_sees_one_state_while_another_writes(database: Database) -> None:
    with database.reading() as session:
        before = session.scalar(select(func.count()).select_from(Story))
        kept(database, [story("one")])
        during = session.scalar(select(func.count()).select_from(Story))

    with database.reading() as session:
        after = session.scalar(select(func.count()).select_from(Story))
    assert (before, during, after) == (0, 0, 1)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("INSERT INTO meta VALUES ('a', 'b'), ('a', 'c')", "UNIQUE|unique"),
        ("SELECT no_such_column FROM meta", "no_such_column"),
        ("SELECT no_such_function(1)", "no_such_function"),
    ],
)
def test_our_own_mistakes_are_not_blamed_on_the_database(
    database: Database, statement: str, said: str
) -> None:
    with pytest.raises(Exception, match=said) as mistake, database.writing() as session:
        session.execute(text(statement))

    assert not isinstance(mistake.value, StoreError)


def test_a_schema_that_lacks_a_part_is_not_called_fit(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE delivery RENAME COLUMN attempts TO tried"))
        connection.execute(text("DROP TABLE unlearned"))

    with pytest.raises(StoreError, match=r"lacks \w+\.\w+ and \d+ more"):
        database.check()


def test_a_table_that_is_not_there_is_a_schema_that_is_not_there_yet(database: Database) -> None:
    with pytest.raises(StoreError, match="has no tables yet"), database.writing() as session:
        session.execute(text("SELECT 1 FROM no_such_table"))


def test_a_backup_made_while_others_write_is_a_database_of_its_own(file: Path, tmp_path: Path) -> None:
    database, copy = at(file), tmp_path / "backup.db"
    kept(database, [story("one")])
    with database.writing() as session:
        session.execute(text("INSERT INTO meta VALUES ('not', 'committed yet')"))
        database.backup(copy)

    restored = at(copy)
    assert "schema" in restored.check()
    with restored.reading() as session:
        assert session.scalar(select(func.count()).select_from(Story)) == 1
        assert session.get(Meta, "not") is None
    with pytest.raises(StoreError, match="does not overwrite"):
        database.backup(copy)
    with pytest.raises(StoreError, match="could not be written"):
        database.backup(tmp_path / "no" / "backup.db")
    assert list(tmp_path.glob("*.partial")) == []
    restored.close()
    database.close()


def test_a_migration_that_breaks_off_leaves_the_schema_as_it_was(
    bare_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alembic import op

    real = op.create_table

    def breaks_off(name: str, *rest: object, **more: object) -> object:
        if name == "vote":
            raise KeyboardInterrupt
        return real(name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(op, "create_table", breaks_off)
    with pytest.raises(KeyboardInterrupt):
        bare_database.upgrade()
    with pytest.raises(StoreError, match="has no tables yet"):
        bare_database.check()

    monkeypatch.undo()
    bare_database.upgrade()

    assert "schema" in bare_database.check()


def test_what_is_to_be_durable_is_on_the_disk_and_what_is_not_waits_for_no_disk(
    sqlite_template: Path, tmp_path: Path
) -> None:
    database = at(Path(shutil.copyfile(sqlite_template, tmp_path / "durable.db")))

    found = []
    for durable in (True, False):
        with database.writing(durable=durable) as session:
            found.append(session.scalar(text("PRAGMA synchronous")))
    database.close()

    assert found == [2, 1], "FULL, NORMAL"
