"""Composing a digest: which events a window holds for a query, as they stood at its end."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.core import digest as rendering
from bot.core.concepts import Packs
from bot.core.event import Digest, Event
from bot.core.query import EVERYTHING, parse
from bot.core.subscription import Subscription
from bot.core.words import Tier
from bot.store import deliveries, events, feeds, happenings, search
from bot.store.database import Database
from bot.work.issues import Issue

LATE: Final = timedelta(hours=1)
"""How far before its window a subscription looks for what it was not told. A story is stamped when its poll
begins and stored when it ends, so one that was being polled while a digest was composed is only seen now."""


def compose(
    database: Database,
    packs: Packs,
    *,
    name: str,
    start: datetime,
    end: datetime,
    query: str = "",
    tiers: Collection[Tier] = (Tier.CORE, Tier.REGION, Tier.MINERALS),
    told_to: int | None = None,
) -> Digest:
    """The digest of (start, end] from stored decisions: the same whenever it is asked for.

    `told_to` is a subscription's id: what it was told before is left out, and
    what came in late is told now. Raises UserError for a query that makes no sense.
    """
    wanted = parse(query, packs)
    since = start if told_to is None else start - LATE
    with database.reading() as session:
        found = happenings.between(session, since, end)
        if wanted != EVERYTHING:
            stories = search.matching(session, wanted, now=end, expand=packs.labels, start=since, end=end)
            matching = set(events.of_stories(session, stories).values())
            found = [event for event in found if event.id in matching]
        if told_to is not None:
            told = deliveries.told(session, told_to, [event.id for event in found])
            found = [event for event in found if event.id not in told]
        health = feeds.health(session)
    shown = [as_of(event, end) for event in found if event.tier in tiers]
    shown.sort(key=lambda event: (-event.score, event.id))
    return Digest(subscription=name, start=start, end=end, events=tuple(shown), feeds=health)


def as_of(event: Event, end: datetime) -> Event:
    """An event without the reports that came after `end`; at least one came before."""
    stories = tuple(report for report in event.stories if report.reported_at <= end)
    if len(stories) == len(event.stories):
        return event
    last = max(report.reported_at for report in stories)
    headline = event.headline if stories[0] == event.stories[0] else stories[0].title
    return replace(event, stories=stories, headline=headline, last_at=last)


def composer(database: Database, packs: Packs) -> Callable[[Subscription, datetime, datetime], Issue]:
    """What the worker calls for each issue that is due."""

    def issue(subscription: Subscription, start: datetime, end: datetime) -> Issue:
        digest = compose(
            database,
            packs,
            name=subscription.name,
            start=start,
            end=end,
            query=subscription.query,
            tiers=subscription.tiers,
            told_to=subscription.id,
        )
        document = rendering.document(digest, zone=ZoneInfo(subscription.timezone), most=subscription.most)
        return Issue(document, tuple(event.id for event in digest.events), quiet=digest.quiet)

    return issue
