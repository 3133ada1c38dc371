"""A room of the bot in the stand-in's workspace, and the web role before it, in either mode."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.commands.answer import Answer, Asker
from bot.commands.registry import answer, check
from bot.ports import Directory
from bot.roles.web import Web
from bot.store.database import Database
from bot.surfaces.slack.directory import SlackDirectory
from bot.surfaces.slack.wire import web_client
from bot.work.polling import Polling
from tests.commands.newsroom import NINE, Newsroom, print_stories
from tests.slack.rooms import HandClock, Settings
from tests.slack.view_check import check as check_with_slackblocks
from tests.slack_standin import BOT_TOKEN, Asked, Person, StandIn, tell_over_http


class Wired(Newsroom):
    """A newsroom in the stand-in's workspace."""

    directory: Directory  # type: ignore[assignment]
    asks: Polling | None = None

    @property
    def polling(self) -> Polling:
        assert self.asks is not None, "no feed is asked here"
        return self.asks


@dataclass
class Office:
    """The workspace, the room, the clock; `person` makes somebody who works there."""

    slack: StandIn
    room: Wired
    clock: HandClock
    web: Web
    send: Callable[[Asked], Asked]

    def person(self, user: str = "U1") -> Person:
        return Person(self.slack, self.send, user)

    def ask(self, text: str, *, user: str = "U1", channel: str = "CPOLICY") -> Answer:
        """As if it had been typed in a channel."""
        return answer(self.room, text, Asker(user, channel), self.clock.now())


@contextmanager
def office(slack: StandIn, database: Database, mode: str = "socket") -> Iterator[Office]:
    """The bot at work, with a few stories. In the end every view that was shown is checked once more."""
    print_stories(database)
    clock = HandClock(NINE)
    room = Wired(database)
    room.directory = SlackDirectory(web_client(BOT_TOKEN, slack.api_url), clock)
    slack.channels["CPOLICY"].people = {"U1", "U2"}

    def answered(text: str, asker: Asker, now: datetime) -> Answer:
        return answer(room, text, asker, now)

    def checked(text: str) -> None:
        check(room, text, clock.now())

    web = Web(Settings(slack.api_url, mode=mode), answered, clock, check=checked)
    web.start()

    def over_http(asked: Asked) -> Asked:
        url = f"http://127.0.0.1:{web.port}/slack/events"
        return tell_over_http(asked, url, now=clock.now().timestamp())

    if mode == "socket":
        assert slack.sockets.wait_connections(1)
    try:
        yield Office(slack, room, clock, web, Asked.over_socket if mode == "socket" else over_http)
    finally:
        web.stop()
    for view in slack.windows.taken:
        check_with_slackblocks(view)
