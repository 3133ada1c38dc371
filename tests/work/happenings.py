"""Things happen and outlets report them: events for tests of alerts and reviews, as they are wanted."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.core.story import Action
from bot.core.words import FeedKind, Instrument, Stage, Tier
from bot.store import events, feeds
from bot.store.database import Database
from bot.store.events import Gathered, Record
from bot.store.feeds import NewFeed
from tests.store.given import decided, kept, story


@dataclass
class Newsroom:
    """Keeps stories and puts them into events, without deciding or grouping anything itself."""

    database: Database
    official: set[str] = field(default_factory=lambda: {"gov.test"})

    def __post_init__(self) -> None:
        self._feeds: dict[str, int] = {}
        self._stories: dict[str, list[int]] = {}
        self._stages: dict[str, list[Stage]] = {}

    def report(
        self,
        happening: str,
        source: str,
        at: datetime,
        *,
        stage: Stage = Stage.SIGNED,
        instrument: Instrument = Instrument.AGREEMENT,
        tier: Tier = Tier.CORE,
        country: str = "KZ",
        mineral: str = "tungsten",
        backlog: bool = False,
        copied: bool = False,
        review: bool = False,
    ) -> int:
        """One more story of a happening; the id of its event."""
        number = len(self._stories.get(happening, ())) + 1
        told = decided(tier, countries=(country,), minerals=(mineral,))
        item = story(
            f"{happening}-{number}",
            source=source,
            at=at,
            decision=told,
            feed_id=self._feed(source, at),
            backlog=backlog,
        )
        [made] = kept(self.database, [item], at)
        ids = self._stories.setdefault(happening, [])
        ids.append(made)
        stages = self._stages.setdefault(happening, [])
        if stage not in stages:
            stages.insert(0, stage)
        actions = tuple(Action(instrument, each, (country,), minerals=(mineral,)) for each in stages)
        event = Gathered(
            tuple(ids),
            headline=f"What happened: {happening}",
            summary="",
            tier=tier,
            score=1.0,
            record=Record((country,), (mineral,), actions),
            review=review,
            copies={made: ids[0]} if copied else {},
        )
        with self.database.writing() as session:
            [number] = events.regroup(session, [event], at)
        return number

    def _feed(self, source: str, now: datetime) -> int:
        if source not in self._feeds:
            kind = FeedKind.OFFICIAL if source in self.official else FeedKind.AGENCY
            with self.database.writing() as session:
                made = feeds.add(session, NewFeed(f"https://{source}/feed", kind=kind), now)
            self._feeds[source] = made.id
        return self._feeds[source]
