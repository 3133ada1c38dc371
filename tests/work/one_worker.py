"""A worker process for the tests that kill one: delivers what is due until nothing is left.

Its clock runs ten times as fast as the machine's, so that what is waited for comes soon.
"""

import time
from datetime import datetime, timedelta

from bot.core.documents import Document
from bot.store.codec import dump
from bot.store.database import Database
from bot.surfaces.slack import wire
from bot.surfaces.slack.sender import SlackPoster
from bot.work.deliver import UNFINISHED, deliver
from tests.slack_standin import BOT_TOKEN
from tests.work.posting import all_deliveries, telling

FASTER = 10

dump(Document("what is made once here is there in each process that is forked"), Document)


class FastClock:
    """Ten seconds a second."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._began = time.monotonic()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=(time.monotonic() - self._began) * FASTER)


def main(url: str, api_url: str, start: datetime) -> None:
    """Work on this database and this Slack, from `start` by its clock."""
    database = Database.open(url)
    clock = FastClock(start)
    poster = SlackPoster(wire.web_client(BOT_TOKEN, api_url))
    while True:
        deliver(database, poster, telling(), clock)
        states = {each.state for each in all_deliveries(database)}
        if states and not states & UNFINISHED:
            return
        time.sleep(0.05)
