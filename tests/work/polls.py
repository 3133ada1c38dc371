"""Situations that the tests of polling start from: a real server, a real database, the real packs."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from bot.core.story import Story
from bot.fetch.isolation import Children
from bot.fetch.tls import trusted
from bot.fetch.web import Limits, Web
from bot.store import feeds, stories
from bot.store.database import Database
from bot.store.feeds import KnownFeed, NewFeed
from bot.work.polling import Outcome, Polling
from bot.work.refresh import refresh
from models import Feed, StoryKey
from models import Story as StoryRow
from tests.fetch.server import LOOPBACK, Server, http

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday
DAY = timedelta(days=1)
NEWS = "Uzbekistan and the United States sign memorandum on tungsten and other critical minerals"
TLS = trusted()


@dataclass(frozen=True)
class Item:
    """An item of a feed. What is empty is left out."""

    name: str
    title: str = ""
    guid: str = "{name}"
    link: str = "http://news.test/{name}"
    text: str = "The text of this item says little about anything."
    date: str = "Mon, 02 Mar 2026 09:10:11 GMT"

    def xml(self) -> str:
        """As RSS."""
        parts = {
            "title": self.title or f"A story that is called {self.name}",
            "guid": self.guid.format(name=self.name),
            "link": self.link.format(name=self.name),
            "description": self.text,
            "pubDate": self.date,
        }
        inner = "".join(f"<{tag}>{text}</{tag}>" for tag, text in parts.items() if text)
        return "<item>" + inner.replace("<guid>", '<guid isPermaLink="false">') + "</item>"


def feed(*items: Item | str, head: str = "") -> bytes:
    """A feed of these items."""
    inner = "".join((Item(item) if isinstance(item, str) else item).xml() for item in items)
    return f'<rss version="2.0"><channel><title>Feed</title>{head}{inner}</channel></rss>'.encode()


@dataclass
class World:
    """A database with feeds of one server."""

    database: Database
    server: Server
    polling: Polling
    now: datetime = NOON
    told: list[Outcome] = field(default_factory=list)

    def follow(self, name: str = "feed", *, origin: str = "user", url: str = "") -> KnownFeed:
        """Poll a page of the server."""
        new = NewFeed(url=url or self.server.url(f"/{name}"), name=name)
        with self.database.writing() as session:
            return feeds.add(session, new, self.now, origin=origin)

    def serve(self, *items: Item | str, name: str = "feed", **headers: str) -> None:
        """What the server says from now on."""
        self.server.page(f"/{name}", http(feed(*items), **headers))

    def poll(self, *, after: timedelta = timedelta(hours=1)) -> Outcome:
        """Poll everything, and give what came of it; of the last, if there were several."""
        self.now += after
        self.told = refresh(self.polling, self.now, everything=True)
        return self.told[-1]

    def state(self, name: str = "feed") -> feeds.FeedState:
        """What is known of a feed."""
        with self.database.reading() as session:
            found = feeds.find(session, name)
        assert found is not None
        return found.state

    def stories(self) -> list[Story]:
        """All stories, in order of their ids."""
        with self.database.reading() as session:
            ids = session.scalars(select(StoryRow.id).order_by(StoryRow.id)).all()
            return stories.get(session, ids)

    def names(self) -> list[str]:
        """The guids of all stories."""
        return [story.guid for story in self.stories()]

    def held(self) -> int:
        """How many stories are held back."""
        with self.database.reading() as session:
            return session.scalar(select(func.count()).where(StoryRow.held)) or 0

    def keys(self) -> int:
        """How many names of stories are kept."""
        with self.database.reading() as session:
            return session.scalar(select(func.count()).select_from(StoryKey)) or 0

    def addresses(self) -> list[str]:
        """Where feeds are polled."""
        with self.database.reading() as session:
            return list(session.scalars(select(Feed.url).order_by(Feed.id)))


@contextmanager
def world(
    database: Database,
    server: Server,
    children: Children,
    *,
    seconds: float = 5.0,
    patience: float = 2.0,
    full_text: bool = False,
) -> Iterator[World]:
    """A world for one test; poll at noon, and then every hour."""
    web = Web(
        user_agent="Steppewatch/test",
        limits=Limits(deadline=timedelta(seconds=seconds)),
        private_networks=LOOPBACK,
        tls=TLS,
    )
    polling = Polling(
        database,
        web,
        children,
        at_once=8,
        patience=timedelta(seconds=patience),
        full_text=full_text,
    )
    yield World(database, server, polling)


def statuses(told: Sequence[Outcome]) -> dict[str, str]:
    """What came of each feed."""
    return {one.feed: one.status for one in told}
