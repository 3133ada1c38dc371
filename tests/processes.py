"""Processes of their own that start in milliseconds: forked from one that has imported everything.

What is killed is as dead, and what meets in the database as far apart, as programs are.
"""

import multiprocessing

from bot.store.database import Database

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.processes", "tests.work.one_worker", "alembic.command"])


def upgrade(url: str) -> None:
    """Bring the schema of a database up to date, and end."""
    Database.open(url).upgrade()
