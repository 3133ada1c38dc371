"""What a database's complaint means to the person who runs it."""

import sqlite3
from typing import Final

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

DAMAGED: Final = "the file is damaged; stop the bot and put a backup in its place"

_FULL: Final = "the disk is full; nothing was stored, and it goes on when there is space"

HELD: Final = "another writer held it for too long; is a second bot at work on it?"

_SQLITE: Final = {
    "database is locked": HELD,
    "database table is locked": "another process held it for too long",
    "database or disk is full": _FULL,
    "readonly database": "it may not be written to; check who owns the file and its folder",
    "unable to open database file": (
        "the file cannot be opened; check its folder and whose it is, and that the disk is not read-only"
    ),
    "file is not a database": "the file is not an SQLite database",
    "file is encrypted": "the file is not an SQLite database",
    "disk image is malformed": DAMAGED,
    "malformed database schema": DAMAGED,
    "disk I/O error": "the disk cannot be read or written",
    "too many levels": "the file cannot be opened",
}

_CODES: Final = {
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_CORRUPT_VTAB: DAMAGED,  # of the search index, which says it in words of its own
    sqlite3.SQLITE_IOERR_SHMSIZE: _FULL,  # no room even to say who reads
}
"""What SQLite says by number alone."""

_POSTGRESQL: Final = {
    "password authentication failed": "the server does not accept this user and password",
    "no password supplied": "the server wants a password",
    "does not exist": "the database or the user does not exist on the server",  # where it refuses to connect
    "connection refused": "nothing answers at this address; is the server running?",
    "could not translate host": "no server has this name",
    "name or service not known": "no server has this name",
    "failed to resolve host": "no server has this name",
    "timeout expired": "the server did not answer in time",
    "connection timeout": "the server did not answer in time",
    "no such file or directory": "nothing answers at this address; is the server running?",
    "too many clients": "the server has no connection left",
    "too many connections": "the server has no connection left",
    "read-only transaction": "it may not be written to",
    "no space left": "the server's disk is full",
    "could not extend file": "the server's disk is full",
    "server closed the connection": "the server went away",
    "connection is lost": "the server went away",
    "terminating connection": "the server went away",
    "the database system is": "the server is starting up or shutting down",
    "deadlock detected": "two transactions were in each other's way",
    "permission denied": "the user may not do this",
}

_NO_TABLES: Final = "it has no tables yet; run `steppewatch db upgrade`"

_NO_SUCH_TABLE: Final = "42P01"
"""The SQLSTATE of a statement that names a table which is not there: a schema that is not there yet."""

_OURS: Final = ("no such column", "has no column", "no such function")
"""What SQLite says where PostgreSQL says "does not exist" with a SQLSTATE: as the schema is looked at before
anything is done, the statement is wrong."""


def explain(error: Exception) -> str | None:
    """One line for the operator; None when the fault lies with the program.

    The driver's own words are used to recognize, never shown: they can carry addresses,
    passwords and the text of stories.
    """
    if isinstance(error, PoolTimeoutError):
        return "all connections are in use"
    said = str(error.__cause__ or error).casefold()
    state = getattr(error.__cause__, "sqlstate", None)  # None: of SQLite, or the server refused to connect
    meant = _CODES.get(getattr(error.__cause__, "sqlite_errorcode", 0))
    if state == _NO_SUCH_TABLE or "no such table" in said:
        meant = _NO_TABLES
    if meant is not None:
        return meant
    if any(words in said for words in _OURS) or (state is not None and "does not exist" in said):
        return None
    for known in (_SQLITE, _POSTGRESQL):
        for words, meaning in known.items():
            if words.casefold() in said:
                return meaning
    if isinstance(error, OperationalError) or (
        isinstance(error, DBAPIError) and error.connection_invalidated
    ):
        return f"the database could not be used ({type(error.__cause__ or error).__name__})"
    return None
