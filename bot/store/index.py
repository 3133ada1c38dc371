"""Keeping the search index in step with the stories.

`story_search` is a contentless FTS5 table on SQLite and a table with a tsvector on
PostgreSQL; in both a row is named by the story's `moment`. A contentless index forgets
a row only when shown what was put in, which is read back from the story: so `drop` comes
before a story, its decision or its labels change, and `put` after.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from bot.core.tokens import fingerprint, for_postgresql, index_text
from bot.core.words import FeedKind
from bot.store.sql import add_rows, among, chunks, put_rows, span_of, span_token, table, take_turns
from models import Decision, Label, Meta, Story

# As the drivers take them: SQLAlchemy's own way with many long texts costs as much as making them.
_PUT = {
    "sqlite": "INSERT INTO story_search (rowid, words) VALUES (:moment, :words)",
    "postgresql": (
        "INSERT INTO story_search (moment, words) VALUES (%(moment)s, CAST(%(words)s AS tsvector))"
    ),
}
_DROP = {
    "sqlite": "INSERT INTO story_search (story_search, rowid, words) VALUES ('delete', :moment, :words)",
    "postgresql": "DELETE FROM story_search WHERE moment = %(moment)s",
}
_CLEAR = {
    "sqlite": text("INSERT INTO story_search (story_search) VALUES ('delete-all')"),
    "postgresql": text("TRUNCATE story_search"),
}
_BUILT_WITH: Final = "search_index"  # the name of the fact in `meta`


Page = tuple[int, str]
"""A story as it is looked for: its moment, and what is indexed of it (`tokens.index_text`)."""


def add(session: Session, pages: Sequence[Page]) -> None:
    """Index stories that are stored a moment ago, without reading them back."""
    _write(session, _PUT, sorted(pages))


def put(session: Session, stories: Iterable[int]) -> None:
    """Index these stories as they are now. None of them may be in the index; held ones stay out."""
    for chunk in chunks(stories):
        _write(session, _PUT, _pages(session, chunk))


def drop(session: Session, stories: Iterable[int]) -> None:
    """Take these stories out of the index, before anything about them changes."""
    for chunk in chunks(stories):
        _write(session, _DROP, _pages(session, chunk))


def change_kind(session: Session, feed: int, kind: str) -> None:
    """Let the stories of a feed bear another kind of source (`is:official`)."""
    take_turns(session)
    ids = session.scalars(select(Story.id).where(Story.feed_id == feed).order_by(Story.id)).all()
    rows = table(Label)
    for chunk in chunks(ids):
        drop(session, chunk)
        kinds = [each.value for each in FeedKind]
        theirs = among(session, rows.c.story_id, chunk)
        session.execute(delete(rows).where(theirs, rows.c.kind == "is", rows.c.value.in_(kinds)))
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


def _write(session: Session, statement: Mapping[str, str], pages: Sequence[Page]) -> None:
    if not pages:
        return
    connection = session.connection()
    dialect = connection.dialect.name
    rows = (
        [{"moment": moment, "words": words} for moment, words in pages]
        if dialect == "sqlite"
        else [
            {"moment": moment, "words": for_postgresql(f"{span_token(span_of(moment))} {words}")}
            for moment, words in pages
        ]
    )
    connection.exec_driver_sql(statement[dialect], rows)


def _pages(session: Session, stories: Sequence[int]) -> list[Page]:
    """The stories as they are now, but for those kept back."""
    labels: dict[int, list[tuple[str, str]]] = defaultdict(list)
    borne = select(Label.story_id, Label.kind, Label.value).where(among(session, Label.story_id, stories))
    for story, kind, value in session.execute(borne):
        labels[story].append((kind, value))
    found = session.execute(
        select(Story.id, Story.moment, Story.title, Story.text, Story.source, Story.lang, Decision.tier)
        .outerjoin(Decision, Decision.story_id == Story.id)
        .where(among(session, Story.id, stories), Story.held.is_(False))
        .order_by(Story.moment)
    )
    return [
        (
            row.moment,
            index_text(
                row.title,
                row.text,
                source=row.source,
                lang=row.lang,
                tier=row.tier or "none",
                labels=labels[row.id],
            ),
        )
        for row in found
    ]
