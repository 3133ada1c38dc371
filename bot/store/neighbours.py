"""Stories that a story may report one happening with: they share block keys, and came about the same time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from types import MappingProxyType
from typing import Final

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from bot.core.events import SHARED_KEYS, WINDOW_DAYS, Features, Told, block_keys, unpack
from bot.core.words import FeedKind
from bot.store import decisions, stories
from bot.store.holders import asked, holders
from bot.store.sql import LAST_MOMENT, moment, moments, those
from models import EventFeature, Feed, Ruling, Story

_WINDOW: Final = timedelta(days=WINDOW_DAYS)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A stored story and its features."""

    story: int
    features: Features


def neighbours(
    session: Session,
    story: Features,
    known: Mapping[int, Features] = MappingProxyType({}),
    *,
    number: int = 0,
) -> list[Neighbour]:
    """The stored stories that share enough block keys with a story and came within the window of it.

    A key that very many have leads to the nearest only (`holders`). `known` are stories, by id, that were
    read before and need not be read again; `number` is the id of the story itself, where it has one.
    """
    at, within = 0, (0, LAST_MOMENT)
    if story.when is not None:
        at, within = moment(story.when, number), moments(story.when - _WINDOW, story.when + _WINDOW)
    sharing = _sharing(session.get_bind().dialect.name)
    near = session.scalars(sharing, asked(session, block_keys(story), at, within)).all()
    found = [Neighbour(one, known[one]) for one in near if one in known]
    return found + of(session, [one for one in near if one not in known])


@cache
def _sharing(dialect: str) -> Select[int]:
    keys, theirs, near = holders(dialect)
    whose = select(theirs.story_id).select_from(keys).join(theirs, near)
    return whose.group_by(theirs.story_id).having(func.count() >= SHARED_KEYS)


def ruled(session: Session, start: datetime, end: datetime) -> list[tuple[Neighbour, Neighbour, bool]]:
    """What people ruled of pairs with a story of [start, end]: both stories, and whether they are one."""
    inside = select(Story.id).where(Story.reported_at.between(start, end))
    rows = session.execute(
        select(Ruling.story_a, Ruling.story_b, Ruling.same)
        .where(or_(Ruling.story_a.in_(inside), Ruling.story_b.in_(inside)))
        .order_by(Ruling.story_a, Ruling.story_b)
    ).all()
    named = {story for row in rows for story in (row.story_a, row.story_b)}
    known = {story.story: story for story in of(session, named)}
    return [
        (known[row.story_a], known[row.story_b], row.same)
        for row in rows
        if row.story_a in known and row.story_b in known
    ]


def of(session: Session, stories: Collection[int]) -> list[Neighbour]:
    """These stories, where grouping knows them."""
    rows = those(session, select(EventFeature.story_id, EventFeature.body), EventFeature.story_id, stories)
    read = ((row.story_id, unpack(row.body)) for row in rows)
    return [Neighbour(story, features) for story, features in read if features is not None]


def told(session: Session, keys: Mapping[int, str], copies: Mapping[int, int]) -> dict[int, Told]:
    """Stories as the record of their event sees them; `keys` are the names they are grouped by."""
    of_feeds = select(Story.id, Feed.kind).join(Feed, Feed.id == Story.feed_id)
    kinds = {row.id: FeedKind(row.kind) for row in those(session, of_feeds, Story.id, keys)}
    decided = decisions.get(session, list(keys))
    return {
        story.id: Told(
            key=keys[story.id],
            title=story.title,
            text=story.text,
            source=story.source,
            lang=story.lang,
            when=story.reported_at,
            decision=decided[story.id],
            kind=kinds.get(story.id, FeedKind.OTHER),
            copy_of=keys.get(copies[story.id]) if story.id in copies else None,
            url=story.url,
        )
        for story in stories.get(session, list(keys))
        if story.id in decided
    }
