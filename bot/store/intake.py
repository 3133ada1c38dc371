"""What taking in a feed's entries asks of the stored stories, and notes beside them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.store.sql import put_rows, table, those
from models import Story, StoryKey


@dataclass(frozen=True, slots=True)
class Known:
    """A stored story, as far as a new sight of it is compared with it."""

    feed: int | None  # that brought it first
    digest: str  # of its wording
    title: str
    url: str


def known(session: Session, stories: Collection[int]) -> dict[int, Known]:
    """These stories; those that are not there are left out."""
    wanted = select(Story.id, Story.feed_id, Story.digest, Story.title, Story.url)
    return {row.id: Known(*row[1:]) for row in those(session, wanted, Story.id, stories)}


def titles(session: Session, feed: int, *, limit: int) -> dict[int, str]:
    """The titles of the newest stories that a feed brought, by story."""
    rows = session.execute(
        select(Story.id, Story.title).where(Story.feed_id == feed).order_by(Story.id.desc()).limit(limit)
    )
    return {row.id: row.title for row in rows}


def learn(session: Session, names: Iterable[tuple[str, int]]) -> None:
    """Let stories go by more names; a name that leads to a story already stays with it."""
    put_rows(session, StoryKey, [{"key": key, "story_id": story} for key, story in names])


def relink(session: Session, links: Mapping[int, str]) -> None:
    """Note where stories are to be read now. Their wording is as it was."""
    rows = table(Story)
    for story, url in links.items():
        session.execute(update(rows).where(rows.c.id == story).values(url=url))
