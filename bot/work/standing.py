"""What stands in the configuration and in the database as well: feeds and subscriptions, kept in step."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.config import FeedSettings, Settings
from bot.config.kinds import WEEK
from bot.core.asking.query import Vocabulary, parse
from bot.core.subscription import Plan
from bot.core.words import Tier
from bot.errors import ConfigError, UserError
from bot.store import feeds, subscriptions
from bot.store.database import Database
from bot.store.feeds import NewFeed
from bot.work import audit

BY: Final = "configuration"
"""Whose changes these are in the audit log."""


def keep_in_step(database: Database, settings: Settings, now: datetime) -> None:
    """Make the feeds and subscriptions of the configuration those of the database; people's own stay.

    What that changed is noted.
    """
    with database.writing() as session:
        for was, became in feeds.sync(session, [_feed(feed) for feed in settings.feeds], now):
            audit.of_feed(session, was, became, by=BY, now=now)
        for before, after in subscriptions.sync(session, plans(settings), now):
            audit.of_subscription(session, before, after, by=BY, now=now)


def check_queries(settings: Settings, vocabulary: Vocabulary, path: Path | None) -> None:
    """Look whether what the subscriptions of the configuration at `path` ask for is known to the packs.

    Nobody would be told of a country that nobody knows. Raises ConfigError with every one that is not.
    """
    if problems := list(_not_known(settings, vocabulary)):
        label = str(path) if path else "configuration"
        raise ConfigError([f"{label}: {problem}" for problem in problems])


def _not_known(settings: Settings, vocabulary: Vocabulary) -> Iterator[str]:
    for number, wanted in enumerate(settings.subscriptions, 1):
        try:
            parse(wanted.query, vocabulary)
        except UserError as error:
            query = json.dumps(wanted.query, ensure_ascii=False)
            yield f"[[subscriptions]] no. {number}: query = {query}: {error}"


def is_new(database: Database) -> bool:
    """Whether nothing was ever kept in step here: no feed is known, and no subscription."""
    with database.reading() as session:
        return not (feeds.listing(session, stopped=True) or subscriptions.listing(session))


def usual_plan(settings: Settings) -> Plan:
    """A subscription as the configuration would have it; its name and channel are empty."""
    usual = settings.digest
    return Plan(
        name="",
        channel="",
        times=(usual.time,),
        timezone=usual.timezone,
        weekdays=_days(usual.weekdays),
        tiers=tuple(map(Tier, usual.tiers)),
        most=usual.most,
        on_quiet_days=usual.on_quiet_days,
        holidays=usual.holidays,
        language=usual.headings,
        alerts=settings.alerts.on,
        review=_review_day(usual.review),
    )


def plans(settings: Settings) -> list[Plan]:
    """The subscriptions of the configuration."""
    usual = usual_plan(settings)
    return [
        replace(
            usual,
            name=wanted.name,
            channel=wanted.channel,
            query=wanted.query,
            times=(wanted.time,) if wanted.time else usual.times,
            timezone=wanted.timezone or usual.timezone,
            weekdays=_days(wanted.weekdays) if wanted.weekdays else usual.weekdays,
            holidays=usual.holidays if wanted.holidays is None else wanted.holidays,
            language=wanted.headings or usual.language,
            alerts=usual.alerts if wanted.alerts is None else wanted.alerts,
            review=usual.review if wanted.review is None else _review_day(wanted.review),
        )
        for wanted in settings.subscriptions
    ]


def _days(names: Sequence[str]) -> tuple[int, ...]:
    return tuple(WEEK.index(name) for name in names)


def _review_day(named: str) -> int | None:
    return None if named == "no" else WEEK.index(named)


def _feed(wanted: FeedSettings) -> NewFeed:
    return NewFeed(
        url=wanted.url,
        name=wanted.name,
        lang=wanted.lang,
        country=wanted.country,
        kind=wanted.kind,
        user_agent=wanted.user_agent or None,
    )
