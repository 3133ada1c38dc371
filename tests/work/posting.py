"""What the tests of delivery start from: subscriptions, a clock that stands still, a Slack."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

from bot.core.documents import Document, Item, Paragraph, Span, plain
from bot.core.subscription import EVERY_DAY, Plan, Subscription
from bot.store import deliveries, subscriptions
from bot.store.database import Database
from bot.store.deliveries import Delivery
from bot.surfaces.slack import wire
from bot.surfaces.slack.sender import SlackPoster
from bot.work.deliver import deliver
from bot.work.issues import Issue
from tests.slack_standin import BOT_TOKEN, StandIn

MONDAY = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
"""Half an hour before the usual slot of these tests."""

SLOT = MONDAY + timedelta(minutes=30)

FAR_OFF = 4_000_000_000.0
"""The stand-in's clock: later than any attempt, so that what was posted is found."""


class SetClock:
    """Stands still until it is moved."""

    def __init__(self, moment: datetime = MONDAY) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def go(self, **length: float) -> None:
        self.moment += timedelta(**length)


def subscribe(
    database: Database, name: str = "minerals", *, now: datetime = MONDAY, **known: Any
) -> Subscription:
    """A subscription for every day at 08:00 UTC in #policy, unless told otherwise."""
    usual: dict[str, Any] = {
        "channel": "CPOLICY",
        "times": (time(8),),
        "weekdays": EVERY_DAY,
        "owner": "UOWNER",
    }
    with database.writing() as session:
        return subscriptions.add(session, Plan(name=name, **(usual | known)), now)


def poster_to(slack: StandIn) -> SlackPoster:
    """Posts to the stand-in, and waits for no picture to settle."""
    return SlackPoster(wire.web_client(BOT_TOKEN, slack.api_url), pause=lambda _: None)


def telling(*events: int, quiet: bool = False) -> Callable[[Subscription, datetime, datetime], Issue]:
    """Composes a short digest that tells these events."""

    def compose(subscription: Subscription, start: datetime, end: datetime) -> Issue:
        said = f"{subscription.name} from {start:%d %H:%M} to {end:%d %H:%M}"
        return Issue(Document(said, (Paragraph(plain(said)),)), events, quiet=quiet)

    return compose


def at_length(subscription: Subscription, start: datetime, end: datetime) -> Issue:
    """Composes a digest of several messages."""
    items = tuple(Item(Span(f"Event {n}"), summary="told " * 100) for n in range(50))
    return Issue(Document(subscription.name, items))


def all_deliveries(database: Database) -> list[Delivery]:
    """Every delivery, the earliest slot first."""
    with database.reading() as session:
        return deliveries.latest(session, limit=10_000)[::-1]


def subscription_now(database: Database, name: str = "minerals") -> Subscription:
    with database.reading() as session:
        found = subscriptions.find(session, name)
    assert found is not None
    return found


def titles(slack: StandIn, channel: str = "CPOLICY") -> list[str]:
    """The titles of what stands in a channel, the oldest first."""
    return [message.blocks[0]["text"]["text"] for message in slack.posted(channel)]


def rounds(database: Database, slack: StandIn, clock: SetClock, many: int = 1, **step: float) -> None:
    """So many looks at what is due, `step` apart."""
    for _ in range(many):
        deliver(database, poster_to(slack), telling(), clock)
        clock.go(**(step or {"seconds": 10}))
