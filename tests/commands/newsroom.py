"""A small stored newsroom, decided and gathered by the real parts, for the tests of what people can ask."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from bot.config import RightsSettings
from bot.core import new_story
from bot.core.documents import Document
from bot.core.identity import address_key
from bot.core.story import Article
from bot.core.subscription import Plan
from bot.core.understand import Understander
from bot.errors import FetchError
from bot.store import stories
from bot.store.database import Database
from bot.work import gather
from bot.work.alerts import Alerting
from bot.work.polling import Polling
from tests.core.reading import understander
from tests.store.stock import stocked

STRICT = RightsSettings(overrule="admins")
"""What is for all is proposed, without exception."""

NINE = datetime(2026, 2, 6, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Printed:
    """A story as an outlet printed it, so many hours before NINE."""

    url: str
    title: str
    text: str
    hours: float = 3


TUNGSTEN = Printed(
    "https://steppe-wire.example/tungsten",
    "Kazakhstan signs a tungsten agreement with a US investor",
    "The government of Kazakhstan signed an agreement on the development of two tungsten deposits "
    "with an American investor on Thursday. The ministry of industry said that the mine will supply "
    "the critical minerals that both countries need.",
    20,
)
URANIUM = Printed(
    "https://tashkent-post.example/uranium",
    "Uzbekistan ratifies uranium supply agreement with France",
    "The Senate of Uzbekistan ratified an intergovernmental agreement with France on the mining and "
    "supply of uranium. President Mirziyoyev is expected to sign the law this month.",
    5,
)
CONTROLS = Printed(
    "https://metals-daily.example/gallium",
    "China imposes export controls on gallium and germanium",
    "The commerce ministry in Beijing announced export controls on gallium and germanium; exporters "
    "need a licence from next month.",
    30,
)
FOOTBALL = Printed(
    "https://sport.example/astana",
    "Astana beat Tobol 2-1 in the football derby",
    "A late goal by the striker gave Astana the win in the league match before 12,000 fans.",
    4,
)
EVERYTHING = (TUNGSTEN, URANIUM, CONTROLS, FOOTBALL)


def article(printed: Printed) -> Article:
    return Article(printed.title, printed.text, printed.url, printed.url.split("/")[2])


def print_stories(
    database: Database, printed: Iterable[Printed] = EVERYTHING, *, now: datetime = NINE
) -> None:
    """Decide, keep and gather."""
    whole = tuple(printed)
    stocked(database, (whole, now), lambda: _print(database, whole, now))


def _print(database: Database, printed: Iterable[Printed], now: datetime) -> None:
    items, kept = [], []
    for each in printed:
        decision = understander().decide(article(each))
        when = NINE - timedelta(hours=each.hours)
        items.append(
            new_story.NewStory(
                url=each.url,
                title=each.title,
                text=each.text,
                source=each.url.split("/")[2],
                published=when,
                first_seen_at=when,
                reported_at=when,
                digest=each.title,
                keys=(address_key(each.url),),
                decision=decision,
            )
        )
    with database.writing() as session:
        kept = stories.add(session, [new_story.ready(item) for item in items], now)
        fresh = {}
        for story, item in zip(kept, items, strict=True):
            known = new_story.features(
                key=item.url,
                title=item.title,
                text=item.text,
                source=item.source,
                reported_at=item.reported_at,
                decision=item.decision,
            )
            if known is not None:
                fresh[story.story] = known
        gather.gather(session, fresh, now)


@dataclass
class People:
    """Who is who in this newsroom, and what they were told."""

    admins: set[str] = field(default_factory=lambda: {"UADMIN"})
    members: dict[str, set[str]] = field(default_factory=dict)
    told: list[tuple[str, Document]] = field(default_factory=list)
    away: set[str] = field(default_factory=set)

    def is_admin(self, user: str) -> bool:
        return user in self.admins

    def is_member(self, user: str, channel: str) -> bool:
        return user in self.members.get(channel, ())

    def channels(self, user: str) -> dict[str, str] | None:
        found = {channel: channel.casefold() for channel, there in self.members.items() if user in there}
        return found or None

    def name(self, user: str) -> str:
        return user.removeprefix("U").capitalize() if user.startswith("U") else user

    def tell(self, to: str, document: Document) -> bool:
        if to not in self.away:
            self.told.append((to, document))
        return to not in self.away


@dataclass
class Newsroom:
    """What commands stand in, with pages that can be read."""

    database: Database
    pages: dict[str, Article] = field(default_factory=dict)
    rights: RightsSettings = STRICT
    directory: People = field(default_factory=People)

    @property
    def understander(self) -> Understander:
        return understander()

    @property
    def usual_plan(self) -> Plan:
        return Plan(name="", channel="", times=(time(9),), timezone="UTC")

    @property
    def alerting(self) -> Alerting:
        return Alerting(understander().packs)

    @property
    def polling(self) -> Polling:
        raise AssertionError("no feed is asked here")

    def article(self, url: str) -> Article:
        if url not in self.pages:
            raise FetchError("it could not be reached")
        return self.pages[url]
