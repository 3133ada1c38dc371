"""A process that polls all feeds once, for the test that kills it."""

from datetime import UTC, datetime

from bot.fetch.isolation import Children
from bot.fetch.web import Web
from bot.store.database import Database
from bot.work.polling import Polling
from bot.work.refresh import refresh
from tests.fetch.server import LOOPBACK


def main(url: str) -> None:
    """Poll every feed of this database."""
    database = Database.open(url)
    with Children() as children:
        web = Web(user_agent="bench", private_networks=LOOPBACK)
        refresh(Polling(database, web, children), datetime.now(UTC), everything=True)
    database.close()
