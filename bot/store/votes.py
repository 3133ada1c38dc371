"""Votes: what people find useful, in which channel, and what is not to be learned of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from bot.store.sql import among, put_rows, table
from models import EventStory, Story, Unlearned, Vote

MOST: Final = 1000
"""The last votes of a channel that are looked at."""


@dataclass(frozen=True, slots=True)
class Cast:
    """One person's vote on a story, and the event that the story is in now."""

    story: int
    event: int | None  # None: in none
    source: str
    person: str
    useful: bool
    at: datetime


def vote(
    session: Session, stories: Sequence[int], *, channel: str, person: str, useful: bool, now: datetime
) -> None:
    """One person's word on the event of these stories, kept of the first of them; the last word counts."""
    withdraw(session, stories, channel=channel, person=person)
    row = {"story_id": stories[0], "channel": channel, "person": person, "voted_at": now}
    put_rows(session, Vote, [{**row, "useful": 1 if useful else -1}], renew=["useful", "voted_at"])


def withdraw(session: Session, stories: Collection[int], *, channel: str, person: str) -> bool:
    """Take a person's word on these stories back. False: there was none."""
    rows = table(Vote)
    mine = delete(rows).where(rows.c.channel == channel, rows.c.person == person)
    gone = session.execute(mine.where(among(session, rows.c.story_id, stories)).returning(rows.c.story_id))
    return bool(gone.all())


def of(session: Session, channel: str, stories: Collection[int]) -> list[Cast]:
    """A channel's votes on these stories, the oldest first."""
    found = _read(session, _all(channel).where(among(session, Vote.story_id, stories)))
    return sorted(found, key=lambda cast: (cast.at, cast.story, cast.person))


def latest(session: Session, channel: str, *, since: datetime, until: datetime) -> list[Cast]:
    """A channel's votes of (since, until], the latest first, `MOST` of them at most."""
    within = _all(channel).where(Vote.voted_at > since, Vote.voted_at <= until)
    newest = within.order_by(Vote.voted_at.desc(), Vote.story_id, Vote.person)
    return _read(session, newest.limit(MOST))


def unlearn(session: Session, channel: str, feature: str, now: datetime) -> None:
    """Votes up to now teach this channel nothing of a feature; "": of any."""
    row = {"channel": channel, "feature": feature, "unlearned_at": now}
    put_rows(session, Unlearned, [row], renew=["unlearned_at"])


def relearn(session: Session, channel: str, feature: str) -> None:
    """All its votes teach again."""
    rows = table(Unlearned)
    session.execute(delete(rows).where(rows.c.channel == channel, rows.c.feature == feature))


def unlearned(session: Session, channel: str, at: datetime) -> dict[str, datetime]:
    """The features that votes up to a moment teach nothing of, as it was known at `at`."""
    rows = session.execute(
        select(Unlearned.feature, Unlearned.unlearned_at)
        .where(Unlearned.channel == channel, Unlearned.unlearned_at <= at)
        .order_by(Unlearned.feature)
    )
    return {row.feature: row.unlearned_at for row in rows}


def _all(channel: str) -> Select[Any]:
    columns: tuple[Any, ...] = (
        Vote.story_id,
        EventStory.event_id,
        Story.source,
        Vote.person,
        Vote.useful,
        Vote.voted_at,
    )
    return (
        select(*columns)
        .join(Story, Story.id == Vote.story_id)
        .outerjoin(EventStory, EventStory.story_id == Vote.story_id)
        .where(Vote.channel == channel)
    )


def _read(session: Session, wanted: Select[Any]) -> list[Cast]:
    return [
        Cast(row.story_id, row.event_id, row.source, row.person, row.useful > 0, row.voted_at)
        for row in session.execute(wanted)
    ]
