"""How Alembic runs here: on the connection it is given, all migrations in one transaction.

SQLite changes a table by rebuilding it. With foreign keys on, dropping the old table
silently deletes the rows that point at it, so they are off while migrations run and are
checked before the commit. The connection must not be in a transaction: inside one,
SQLite ignores the switch.
"""

from alembic import context
from sqlalchemy import Connection

from models import Base


def migrate(connection: Connection) -> None:
    """Run what is asked; raises RuntimeError when rows would point at nothing afterwards."""
    sqlite = connection.dialect.name == "sqlite"
    driver = connection.connection.driver_connection
    assert driver is not None, "the connection was just opened"
    if sqlite:
        driver.execute("PRAGMA foreign_keys = OFF")
    try:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            transactional_ddl=True,  # Alembic thinks SQLite cannot; it can, once BEGIN is issued
            render_as_batch=sqlite,
        )
        with context.begin_transaction():
            if not sqlite:
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7270)")  # one at a time
            context.run_migrations()
            if sqlite and (lost := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
                raise RuntimeError(f"rows would point at nothing: {lost[:3]}")
    finally:
        if sqlite:
            driver.execute("PRAGMA foreign_keys = ON")


migrate(context.config.attributes["connection"])
