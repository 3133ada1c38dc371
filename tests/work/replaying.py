"""Replaying: news day by day through the store into a daily digest."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.core.event import Digest
from bot.core.reading.concepts import Packs
from bot.core.subscription import EVERY_DAY, Plan
from bot.core.telling.digest import as_json
from bot.store import subscriptions
from bot.store.database import Database
from bot.work.compose import compose, composer
from bot.work.issues import open_issue


def replayed(
    database: Database, packs: Packs, *, start: datetime, days: int, bring: Callable[[int, datetime], None]
) -> list[Digest]:
    """The digests of so many days, each composed and delivered before the next day's news comes.

    `bring` stores the news of a day (counted from 0) at its end.
    """
    with database.writing() as session:
        desk = subscriptions.add(session, Plan(name="Desk", channel="C1", weekdays=EVERY_DAY), start)
    issue = composer(database, packs)
    digests = []
    for day in range(days):
        since, end = start + timedelta(days=day), start + timedelta(days=day + 1)
        bring(day, end)
        digests.append(compose(database, packs, desk, start=since, end=end, told_to=desk.id))
        with database.reading() as session:
            today = subscriptions.find(session, "Desk")
        assert today is not None
        assert open_issue(database, issue, today, end, end, start=since) is not None
    return digests


def letters(digests: list[Digest]) -> list[str]:
    """Each digest to the letter."""
    return [json.dumps(as_json(digest), ensure_ascii=False, sort_keys=True) for digest in digests]
