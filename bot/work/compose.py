"""Composing a digest: which events a window holds for a query, as they stood at its end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.asking.query import EVERYTHING, parse
from bot.core.event import Digest, Event
from bot.core.reading.concepts import Packs
from bot.core.subscribing.learned import ordered
from bot.core.subscription import Plan, Subscription
from bot.core.telling import digest as rendering
from bot.core.telling.foremost import asked_minerals
from bot.core.telling.phrases import phrases
from bot.store import alerts, decisions, deliveries, events, feeds, happenings, search
from bot.store.database import Database, Session
from bot.work import learning, muting
from bot.work.issues import Issue
from bot.work.telling import told_by

LATE: Final = timedelta(hours=1)
"""How far before its window a subscription looks for what it was not told. A story is stamped when its poll
begins and stored when it ends, so one that was being polled while a digest was composed is only seen now."""


def compose(
    database: Database,
    packs: Packs,
    plan: Plan,
    *,
    start: datetime,
    end: datetime,
    told_to: int | None = None,
) -> Digest:
    """What a plan tells of (start, end], from stored decisions: the same whenever it is asked for.

    `told_to` is a subscription's id: what it was told before is left out, and
    what came in late is told now. What the plan's channel muted is left out, and kept in `hidden`;
    what its votes taught orders the rest. Raises UserError for a query that makes no sense.
    """
    wanted = parse(plan.query, packs)
    since = start if told_to is None else start - LATE
    alerted: dict[int, datetime] = {}
    with database.reading() as session:
        found = happenings.between(session, since, end)
        if wanted != EVERYTHING:
            stories = search.matching(session, wanted, now=end, expand=packs.labels, start=since, end=end)
            matching = set(events.of_stories(session, stories).values())
            found = [event for event in found if event.id in matching]
        if told_to is not None:
            told = deliveries.told(session, told_to, [event.id for event in found])
            found = [event for event in found if event.id not in told]
            alerted = alerts.told_at(session, told_to, [event.id for event in found], until=end)
        health = feeds.health(session)
        then = [_as_of(session, event, end) for event in found]
        mutes = muting.in_force(session, plan.channel, end)
        lessons = learning.lessons(session, plan.channel, end)
    left = muting.left(ordered([event for event in then if event.tier in plan.tiers]), mutes)
    return Digest(
        subscription=plan.name,
        start=start,
        end=end,
        events=ordered(left.shown, lessons, most=plan.most),
        feeds=health,
        alerted=alerted,
        hidden=left.hidden,
        lessons=len(lessons),
        asked=asked_minerals(wanted, packs.labels),
    )


def _as_of(session: Session, event: Event, end: datetime) -> Event:
    """An event as it stood at `end`, told again from the reports that were there by then."""
    reports = {report.story: report for report in event.stories if report.reported_at <= end}
    if len(reports) == len(event.stories):
        return event
    [then] = told_by(session, [{story: report.copy_of for story, report in reports.items()}])
    stories = tuple(replace(reports[story], copy_of=then.copies.get(story)) for story in then.stories)
    moments = [report.reported_at for report in stories]
    return replace(
        event,
        headline=then.headline,
        summary=then.summary,
        tier=then.tier,
        countries=then.record.countries,
        minerals=then.record.minerals,
        actions=then.record.actions,
        accounts=then.record.accounts,
        score=then.score,
        stories=stories,
        why=decisions.get(session, [stories[0].story])[stories[0].story].why,
        first_at=min(moments),
        last_at=max(moments),
        review=then.review,
    )


def composer(database: Database, packs: Packs) -> Callable[[Subscription, datetime, datetime], Issue]:
    """What the worker calls for each issue that is due."""

    def issue(subscription: Subscription, start: datetime, end: datetime) -> Issue:
        digest = compose(database, packs, subscription, start=start, end=end, told_to=subscription.id)
        document = rendering.document(
            digest,
            zone=ZoneInfo(subscription.timezone),
            most=subscription.most,
            words=phrases(subscription.language),
        )
        return Issue(document, tuple(event.id for event in digest.events), quiet=digest.quiet)

    return issue
