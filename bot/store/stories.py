"""Stories: found by any of their names, kept once, edited with the old wording on record."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import Row, Select, func, select, text, update
from sqlalchemy.orm import Session

from bot.core.new_story import Ready
from bot.core.story import Decision, Story
from bot.store import decisions, index
from bot.store.sql import add_rows, among, chunks, drop_those, moment, put_rows, table, take_turns, those
from models import Feed, Sighting, StoryKey, StoryVersion
from models import Story as StoryRow

_STORIES: Final = table(StoryRow)
NOTED_FOR: Final = timedelta(days=7)
"""An entry that a feed shows on is noted again after so long."""
MOST_VERSIONS: Final = 50
"""Old wordings kept of one story, the first ones: some feeds change a counter at every poll."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A story that says something else now, and what is decided of that."""

    story: int
    title: str
    text: str
    digest: str
    decision: Decision
    published: datetime | None = None  # None: as it was


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a NewStory: its id, and whether it was new."""

    story: int
    new: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry of a feed as last met."""

    story: int
    digest: str
    seen_at: datetime  # at most NOTED_FOR before it was really met last


@dataclass(frozen=True, slots=True)
class Version:
    """What a story said before."""

    title: str
    text: str
    replaced_at: datetime


# ---- what a feed's entries are asked for: one query for all of them


def seen(session: Session, feed_id: int, keys: Iterable[str]) -> dict[str, Seen]:
    """Which of a feed's entries were met before, by the feed's own key for them."""
    of = table(Sighting).c
    wanted = select(of.key, of.story_id, of.digest, of.seen_at).where(of.feed_id == feed_id)
    rows = those(session, wanted, of.key, {*keys})
    return {key: Seen(story, digest, seen_at) for key, story, digest, seen_at in rows}


def by_keys(session: Session, keys: Iterable[str]) -> dict[str, int]:
    """Story ids by the names they go by; names that lead nowhere are left out."""
    of = table(StoryKey).c
    rows = those(session, select(of.key, of.story_id), of.key, {*keys})
    return {row.key: row.story_id for row in rows}


def sight(session: Session, feed_id: int, entries: Iterable[tuple[str, str, int]], now: datetime) -> None:
    """Remember entries of a feed as (key, digest, story), over what was remembered of those keys."""
    rows = {
        key: {"feed_id": feed_id, "key": key, "digest": digest, "story_id": story, "seen_at": now}
        for key, digest, story in entries
    }
    put_rows(session, Sighting, list(rows.values()), renew=["digest", "story_id", "seen_at"])


def meet_again(session: Session, feed_id: int, stories: Iterable[int], now: datetime) -> None:
    """Note that a feed still shows stories, under whatever name: pruning lets them be."""
    if shown := {*stories}:
        rows = table(Sighting)
        mine = rows.c.feed_id == feed_id, among(session, rows.c.story_id, shown)
        session.execute(update(rows).where(*mine, rows.c.seen_at < now - NOTED_FOR).values(seen_at=now))


# ---- keeping


def add(session: Session, items: Sequence[Ready], now: datetime) -> list[Kept]:
    """Keep stories, each once: one that any of its keys leads to is known, and learns its other keys.

    Answers in the order of `items`. Two workers who bring the same story at once get the same id:
    on PostgreSQL they take turns here, SQLite has one writer anyway.
    """
    if not items:
        return []
    take_turns(session)
    known = by_keys(session, (key for item in items for key in item.keys))
    free = _next_ids(session, len(items))
    kept: list[Kept] = []
    names: dict[str, int] = {}  # keys that are to be written
    fresh: dict[int, Ready] = {}
    for item in items:
        if not item.keys:
            raise ValueError(f"a story without a key cannot be kept once: {item.title!r}")
        leads_to = [known[key] for key in item.keys if key in known]
        story = min(leads_to) if leads_to else next(free)
        if not leads_to:
            fresh[story] = item
        kept.append(Kept(story, new=not leads_to))
        for key in item.keys:
            if key not in known:
                known[key] = names[key] = story
    rows = [_row(story, item) for story, item in fresh.items()]
    add_rows(session, StoryRow, rows)
    put_rows(session, StoryKey, [{"key": key, "story_id": story} for key, story in names.items()])
    decisions.add(session, fresh, now)
    index.add(session, [(row["moment"], fresh[row["id"]].words) for row in rows if not row["held"]])
    return kept


def edit(session: Session, edits: Sequence[Edit], now: datetime) -> None:
    """Give stories their new wording and decision; the old wording stays on record."""
    take_turns(session)
    by_id = {edit.story: edit for edit in edits}
    for chunk in chunks(by_id):
        wording = select(StoryRow.id, StoryRow.title, StoryRow.text, StoryRow.digest)
        old = those(session, wording, StoryRow.id, chunk)
        there = [row.id for row in old]
        index.drop(session, there)
        of = StoryVersion.story_id
        often = select(of).group_by(of).having(func.count() >= MOST_VERSIONS)
        full = {row.story_id for row in those(session, often, of, there)}
        add_rows(
            session,
            StoryVersion,
            [
                {
                    "story_id": row.id,
                    "title": row.title,
                    "text": row.text,
                    "digest": row.digest,
                    "replaced_at": now,
                }
                for row in old
                if row.id not in full
            ],
        )
        for story in there:
            new = by_id[story]
            values: dict[str, Any] = {"title": new.title, "text": new.text, "digest": new.digest}
            values["lang"] = new.decision.lang
            if new.published is not None:
                values["published"] = new.published
            session.execute(update(_STORIES).where(_STORIES.c.id == story).values(**values))
        decisions.put(session, {story: by_id[story].decision for story in there}, now)
        index.put(session, there)


def decide_again(session: Session, new: Mapping[int, Decision], now: datetime) -> None:
    """Replace the decisions of stories whose wording stays, e.g. after the packs changed."""
    take_turns(session)
    for chunk in chunks(new):
        index.drop(session, chunk)
        decisions.put(session, {story: new[story] for story in chunk}, now)
        index.put(session, chunk)


def hold(session: Session, feed_id: int) -> list[int]:
    """The stories of a feed that are kept back."""
    return list(
        session.scalars(
            select(StoryRow.id).where(StoryRow.feed_id == feed_id, StoryRow.held).order_by(StoryRow.id)
        )
    )


def held_back(session: Session) -> dict[int, int]:
    """How many stories of each feed are kept back; feeds without any are left out."""
    rows = session.execute(
        select(StoryRow.feed_id, func.count()).where(StoryRow.held).group_by(StoryRow.feed_id)
    )
    return {feed: count for feed, count in rows if feed is not None}


def release(session: Session, stories: Iterable[int], now: datetime) -> list[int]:
    """Let stories that were kept back be found and told, as of now; gives those that were."""
    take_turns(session)
    released: list[int] = []
    kept_back = select(StoryRow.id).where(StoryRow.held).order_by(StoryRow.id)
    for chunk in chunks(stories):
        held = [row.id for row in those(session, kept_back, StoryRow.id, chunk)]
        for story in held:
            values = {"held": False, "reported_at": now, "moment": moment(now, story)}
            session.execute(update(_STORIES).where(_STORIES.c.id == story).values(**values))
        index.put(session, held)
        released += held
    return released


# ---- reading


def get(session: Session, stories: Collection[int]) -> list[Story]:
    """These stories in the order asked; those that are not there are left out."""
    found = {row.id: _story(row) for row in those(session, _all(), StoryRow.id, stories)}
    return [found[story] for story in dict.fromkeys(stories) if story in found]


def find(session: Session, keys: Iterable[str]) -> Story | None:
    """The story that the first of `keys` with a story leads to."""
    keys = list(keys)
    known = by_keys(session, keys)
    story = next((known[key] for key in keys if key in known), None)
    found = [] if story is None else get(session, [story])
    return found[0] if found else None


def every(session: Session) -> Iterator[tuple[Story, Decision]]:
    """All stories with their decisions, in order of id."""
    after = 0
    while True:
        batch = [
            _story(row)
            for row in session.execute(_all().where(StoryRow.id > after).order_by(StoryRow.id).limit(500))
        ]
        if not batch:
            return
        decided = decisions.get(session, [story.id for story in batch])
        yield from ((story, decided[story.id]) for story in batch if story.id in decided)
        after = batch[-1].id


def sources(session: Session, feed: int) -> list[str]:
    """The hosts of the newest stories of a feed."""
    newest = select(StoryRow.source).where(StoryRow.feed_id == feed).order_by(StoryRow.id.desc()).limit(50)
    return list(dict.fromkeys(session.scalars(newest)))


def versions(session: Session, story: int) -> list[Version]:
    """What a story said before, the latest wording first."""
    rows = session.execute(
        select(StoryVersion.title, StoryVersion.text, StoryVersion.replaced_at)
        .where(StoryVersion.story_id == story)
        .order_by(StoryVersion.id.desc())
    )
    return [Version(*row) for row in rows]


def remove(session: Session, stories: Iterable[int]) -> None:
    """Delete stories with everything that hangs on them."""
    take_turns(session)
    for chunk in chunks(stories):
        index.drop(session, chunk)
        drop_those(session, StoryRow.id, chunk)


def _next_ids(session: Session, count: int) -> Iterator[int]:
    """Ids that grow with time, also after deletions. The caller holds the turn."""
    if session.get_bind().dialect.name == "postgresql":
        rows = session.execute(
            text("SELECT nextval('story_id_seq') FROM generate_series(1, :n)"), {"n": count}
        )
        return iter(sorted(rows.scalars().all()))
    last = session.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = 'story'")) or 0
    return iter(range(last + 1, last + 1 + count))


def _row(story: int, item: Ready) -> dict[str, Any]:
    return {
        "id": story,
        "moment": moment(item.reported_at, story),
        "feed_id": item.feed_id,
        "guid": item.guid,
        "url": item.url,
        "title": item.title,
        "text": item.text,
        "source": item.source,
        "lang": item.lang,
        "published": item.published,
        "first_seen_at": item.first_seen_at,
        "reported_at": item.reported_at,
        "digest": item.digest,
        "backlog": item.backlog,
        "held": item.held,
    }


def _all() -> Select[Any]:
    wanted: Any = select(
        StoryRow.id,
        StoryRow.url,
        StoryRow.title,
        StoryRow.text,
        StoryRow.source,
        StoryRow.lang,
        StoryRow.published,
        StoryRow.reported_at,
        StoryRow.guid,
        func.coalesce(Feed.name, "").label("feed"),
    ).outerjoin(Feed, Feed.id == StoryRow.feed_id)
    return cast("Select[Any]", wanted)


def _story(row: Row[Any]) -> Story:
    return Story(**row._mapping)
