"""The values of events and digests: what happened, who reports it, what is told to whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.actions.accounts import Account
from bot.core.story import Action, Reason
from bot.core.words import FeedKind, Tier


@dataclass(frozen=True, slots=True)
class Report:
    """One story of an event, as a reader meets it."""

    story: int
    url: str
    title: str
    source: str
    lang: str
    published: datetime | None
    reported_at: datetime
    kind: FeedKind = FeedKind.OTHER
    copy_of: int | None = None  # story id whose text this one repeats; None: independent
    backlog: bool = False  # it was there when its feed was first polled


@dataclass(frozen=True, slots=True)
class Event:
    """One happening. `id` is stable once given; shown and typed as "e17"."""

    id: int
    headline: str
    summary: str
    tier: Tier
    countries: tuple[str, ...]
    minerals: tuple[str, ...]
    actions: tuple[Action, ...]
    score: float
    stories: tuple[Report, ...]  # the one that gave the headline first, then by weight
    why: tuple[Reason, ...]  # of the headline's story
    first_at: datetime
    last_at: datetime
    review: bool = False
    accounts: tuple[Account, ...] = ()  # who tells each of `actions`, in their order; (): not known

    @property
    def sources(self) -> dict[int, str]:
        """The outlet of each story, by its id."""
        return {report.story: report.source for report in self.stories}

    @property
    def moments(self) -> dict[int, datetime]:
        """When each story was told, by its id."""
        return {report.story: report.published or report.reported_at for report in self.stories}

    def account(self, number: int) -> Account | None:
        """Who tells the action of this number, counted from 0; None when it is not known."""
        return self.accounts[number] if number < len(self.accounts) else None

    def telling(self, number: int) -> Report:
        """The report whose sentence the action of this number quotes; the headline's when it is gone."""
        account = self.account(number)
        by_id = {report.story: report for report in self.stories}
        return by_id.get(account.story, self.stories[0]) if account else self.stories[0]

    @property
    def ref(self) -> str:
        """How people name it."""
        return f"e{self.id}"


@dataclass(frozen=True, slots=True)
class FailingFeed:
    """A feed that cannot be read at the moment."""

    feed: str
    since: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """How many of the feeds can be read, and which cannot."""

    read: int  # they answered, and nothing is wrong with them at present
    of: int
    failing: tuple[FailingFeed, ...] = ()
    held: tuple[tuple[str, int], ...] = ()  # feeds with stories that are held back, and how many

    @property
    def not_asked(self) -> int:
        """How many were never asked: they were added a moment ago."""
        return self.of - self.read - len(self.failing)


@dataclass(frozen=True, slots=True)
class Digest:
    """One issue for one subscription for one window of time: (start, end]."""

    subscription: str
    start: datetime
    end: datetime
    events: tuple[Event, ...]  # in order of weight
    feeds: FeedHealth
    alerted: Mapping[int, datetime] = field(default_factory=dict)  # when an alert told of an event, by its id
    hidden: tuple[Event, ...] = ()  # what would be told, had the channel not muted it
    lessons: int = 0  # that the channel's votes taught, and that order `events`
    asked: frozenset[str] = frozenset()  # minerals that the subscription asks for

    @property
    def quiet(self) -> bool:
        """Nothing to tell."""
        return not self.events
