"""Keeping the search index in step with the stories.

`story_search` is a contentless FTS5 table on SQLite and a table with a tsvector on
PostgreSQL; in both a row is named by the story's `moment`. A contentless index forgets
a row only when shown what was put in, which is read back from the story: so `drop` comes
before a story, its decision or its labels change, and `put` after.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import TextClause, delete, select, text
from sqlalchemy.orm import Session

from bot.core.words import FIVE, FeedKind
from bot.store.sql import add_rows, chunks, put_rows, table, take_turns
from bot.store.tokens import FLAGGED, document, fingerprint, for_postgresql, for_sqlite, hosts, label
from models import Decision, Label, Meta, Story

_PUT = {
    "sqlite": text("INSERT INTO story_search (rowid, words) VALUES (:moment, :words)"),
    "postgresql": text("INSERT INTO story_search (moment, words) VALUES (:moment, CAST(:words AS tsvector))"),
}
_DROP = {
    "sqlite": text(
        "INSERT INTO story_search (story_search, rowid, words) VALUES ('delete', :moment, :words)"
    ),
    "postgresql": text("DELETE FROM story_search WHERE moment = :moment"),
}
_CLEAR = {
    "sqlite": text("INSERT INTO story_search (story_search) VALUES ('delete-all')"),
    "postgresql": text("TRUNCATE story_search"),
}
_BUILT_WITH: Final = "search_index"  # the name of the fact in `meta`


def put(session: Session, stories: Iterable[int]) -> None:
    """Index these stories as they are now. None of them may be in the index; held ones stay out."""
    _write(session, _PUT, stories)


def drop(session: Session, stories: Iterable[int]) -> None:
    """Take these stories out of the index, before anything about them changes."""
    _write(session, _DROP, stories)


def change_kind(session: Session, feed: int, kind: str) -> None:
    """Let the stories of a feed bear another kind of source (`is:official`)."""
    take_turns(session)
    ids = session.scalars(select(Story.id).where(Story.feed_id == feed).order_by(Story.id)).all()
    rows = table(Label)
    for chunk in chunks(ids):
        drop(session, chunk)
        kinds = [each.value for each in FeedKind]
        session.execute(
            delete(rows).where(rows.c.story_id.in_(chunk), rows.c.kind == "is", rows.c.value.in_(kinds))
        )
        add_rows(session, Label, [{"story_id": story, "kind": "is", "value": kind} for story in chunk])
        put(session, chunk)


def rebuild(session: Session) -> None:
    """Make the whole index anew."""
    dialect = session.get_bind().dialect.name
    session.execute(_CLEAR[dialect])
    ids = session.scalars(select(Story.id).order_by(Story.moment)).all()
    put(session, ids)
    put_rows(session, Meta, [{"key": _BUILT_WITH, "value": fingerprint()}], renew=["value"])


def rebuild_if_stale(session: Session) -> bool:
    """Make the index anew when words are folded or cut otherwise than when it was made."""
    if session.scalar(select(Meta.value).where(Meta.key == _BUILT_WITH)) == fingerprint():
        return False
    rebuild(session)
    return True


def _write(session: Session, statement: Mapping[str, TextClause], stories: Iterable[int]) -> None:
    dialect = session.get_bind().dialect.name
    as_stored = for_sqlite if dialect == "sqlite" else for_postgresql
    for chunk in chunks(stories):
        rows = [
            {"moment": moment, "words": as_stored(tokens)} for moment, tokens in _documents(session, chunk)
        ]
        if rows:
            session.execute(statement[dialect], rows)


def _documents(session: Session, stories: Sequence[int]) -> Iterator[tuple[int, list[str]]]:
    labels: dict[int, list[str]] = defaultdict(list)
    borne = select(Label.story_id, Label.kind, Label.value).where(Label.story_id.in_(stories))
    for story, kind, value in session.execute(borne):
        if kind != "place":
            labels[story].append(label(kind, value))
        elif value not in FIVE:  # of the five only what a story is about; elsewhere what it names
            labels[story].append(label("country", value))
    found = session.execute(
        select(Story.id, Story.moment, Story.title, Story.text, Story.source, Story.lang, Decision.tier)
        .outerjoin(Decision, Decision.story_id == Story.id)
        .where(Story.id.in_(stories), Story.held.is_(False))
        .order_by(Story.moment)
    )
    for row in found.all():
        own = [label("source", host) for host in hosts(row.source)]
        own += [label("lang", row.lang), label("tier", row.tier or "none"), *sorted(labels[row.id])]
        if (row.tier or "none") != "none":
            own.append(FLAGGED)
        yield row.moment, document(row.title, row.text, own)
