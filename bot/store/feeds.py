"""Feeds: who is polled, who is due, how each last answered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import Row, Select, bindparam, func, insert, or_, select, update
from sqlalchemy.orm import Session

from bot.core.event import FailingFeed, FeedHealth
from bot.core.redact import redact
from bot.core.words import FeedKind
from bot.errors import UserError
from bot.store import index, leases
from bot.store.sql import among, change_rows, table, typed_id
from models import Feed, Story

GONE_FROM_CONFIG: Final = "no longer in the configuration"
GONE: Final = "the site says that it has ended (410 Gone); it is not asked any more"


@dataclass(frozen=True, slots=True)
class NewFeed:
    """A feed to follow, as somebody wrote it down."""

    url: str
    name: str = ""  # "": its address
    lang: str = ""
    country: str = ""
    kind: FeedKind = FeedKind.OTHER
    user_agent: str | None = None  # None: the usual one


@dataclass(frozen=True, slots=True)
class FeedState:
    """How a feed last answered, and when to ask again. Replaced whole after each fetch."""

    next_fetch_at: datetime
    etag: str | None = None
    last_modified: str | None = None
    body_digest: str | None = None
    failures: int = 0  # in a row
    failing_since: datetime | None = None
    problem: str | None = None  # one line; None: it can be read
    notice: str | None = None  # one line: readable, yet something should be known
    last_fetched_at: datetime | None = None
    last_good_at: datetime | None = None
    last_new_at: datetime | None = None
    new_per_day: float | None = None
    wait_seconds: int | None = None
    backlog_done: bool = False
    moved_to: str | None = None
    moved_seen: int = 0
    stopped: str | None = None  # why it is not polled any more


@dataclass(frozen=True, slots=True)
class KnownFeed:
    """A feed with all that is known of it."""

    id: int
    url: str
    name: str
    lang: str
    country: str
    kind: FeedKind
    origin: str  # "config" or "user"
    user_agent: str | None
    added_at: datetime
    state: FeedState


@dataclass(frozen=True, slots=True)
class DueFeed:
    """A feed that was claimed; `lease` must be shown to record what came of it."""

    feed: KnownFeed
    lease: str


Synced = tuple[KnownFeed | None, KnownFeed | None]
"""A feed as it was and as it is; None: it was not there."""

_STATE: Final = tuple(field.name for field in fields(FeedState))
_state_of: Final = attrgetter(*_STATE)
_FACTS: Final = ("id", "url", "name", "lang", "country", "kind", "origin", "user_agent", "added_at")
_COLUMNS: Final = tuple(table(Feed).columns[name] for name in (*_FACTS, *_STATE))
_RECORD: Final = (  # built once: building it costs more than running it
    update(table(Feed))
    .where(table(Feed).c.id == bindparam("of_feed"), table(Feed).c.lease == bindparam("of_lease"))
    .values(
        {name: bindparam(f"new_{name}") for name in ("url", *_STATE)} | {"lease": None, "leased_until": None}
    )
)


def add(session: Session, new: NewFeed, now: datetime, *, origin: str = "user", by: str = "") -> KnownFeed:
    """Follow a feed from now on; one that was stopped starts afresh.

    Raises UserError when it is polled already.
    """
    there = session.execute(_all().where(Feed.url == new.url)).one_or_none()
    if there is not None and there.stopped is None:
        raise UserError(f"{redact(new.url)} is polled already: it is feed {there.id}")
    values = {**_described(new), "origin": origin, "next_fetch_at": now}
    if there is None:
        session.execute(insert(table(Feed)).values(url=new.url, added_at=now, added_by=by, **values))
    else:
        afresh = {"stopped": None, "failures": 0, "failing_since": None, "problem": None}
        session.execute(update(Feed).where(Feed.id == there.id).values(**values, **afresh))
    return _known(session.execute(_all().where(Feed.url == new.url)).one())


def sync(session: Session, wanted: Sequence[NewFeed], now: datetime) -> list[Synced]:
    """Make the feeds of the configuration those in `wanted`; what people added is left alone.

    A feed that is gone from the configuration is stopped, not deleted: its stories stay.
    Gives what changed: as it was, and as it is.
    """
    there = {row.url: row for row in session.execute(_all()).all()}
    changed: list[Synced] = []
    for new in {feed.url: feed for feed in wanted}.values():
        row = there.get(new.url)
        if row is None:
            changed.append((None, add(session, new, now, origin="config")))
        elif row.origin == "config":
            back = row.stopped == GONE_FROM_CONFIG
            if back or any(row._mapping[name] != value for name, value in _described(new).items()):
                describe(session, row.id, new)
                if back:
                    again = {"stopped": None, "next_fetch_at": now}
                    session.execute(update(Feed).where(Feed.id == row.id).values(**again))
                changed.append((_known(row), get(session, row.id)))
    urls = {feed.url for feed in wanted}
    for url, row in there.items():
        if row.origin == "config" and url not in urls and row.stopped is None:
            stop(session, row.id, GONE_FROM_CONFIG)
            changed.append((_known(row), get(session, row.id)))
    return changed


def describe(session: Session, feed_id: int, new: NewFeed) -> None:
    """Say anew what a feed is called, and whose and of what kind it is; its address stays.

    A fetch under way loses its lease when the kind is another: its stories bear the old one.
    """
    values = _described(new)
    if session.scalar(select(Feed.kind).where(Feed.id == feed_id)) != values["kind"]:
        index.change_kind(session, feed_id, values["kind"])
        values |= {"lease": None, "leased_until": None}
    session.execute(update(Feed).where(Feed.id == feed_id).values(**values))


def stop(session: Session, feed_id: int, why: str) -> None:
    """Poll it no more; `why` is shown to people. A fetch under way loses its lease."""
    session.execute(update(Feed).where(Feed.id == feed_id).values(stopped=why, lease=None, leased_until=None))


def claim_due(
    session: Session,
    now: datetime,
    *,
    limit: int,
    lease: timedelta,
    everything: bool = False,
    only: Collection[int] = (),
) -> list[DueFeed]:
    """Take up to `limit` due feeds; no other worker gets them until `lease` runs out.

    With `everything`, feeds that are not due yet as well; with `only`, none but these.
    One statement for both databases: PostgreSQL skips rows that another worker
    holds, SQLite has one writer and drops the FOR UPDATE.
    """
    due = (
        select(Feed.id)
        .where(Feed.stopped.is_(None))
        .where(or_(Feed.leased_until.is_(None), Feed.leased_until <= now))
        .order_by(Feed.next_fetch_at, Feed.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    if not everything:
        due = due.where(Feed.next_fetch_at <= now)
    if only:
        due = due.where(among(session, Feed.id, only))
    token = leases.token()
    claimed = session.execute(
        update(table(Feed))
        .where(table(Feed).c.id.in_(due.scalar_subquery()))
        .values(leased_until=now + lease, lease=token)
        .returning(*_COLUMNS)
    )
    taken = [DueFeed(_known(row), token) for row in claimed.all()]
    return sorted(taken, key=lambda due: (due.feed.state.next_fetch_at, due.feed.id))


def still_ours(session: Session, claimed: Collection[DueFeed]) -> set[tuple[int, str]]:
    """Those of these feeds, by id and lease, that nobody took; nobody does before this transaction ends."""
    rows = table(Feed).c
    wanted = among(session, rows.id, [due.feed.id for due in claimed])
    found = session.execute(select(rows.id, rows.lease).where(wanted).with_for_update())
    return {(row.id, row.lease) for row in found}


def record(session: Session, due: DueFeed, after: FeedState, *, url: str | None = None) -> bool:
    """Note what came of a fetch and give the lease back. To be committed together with its stories.

    `url` is its new address when it moved for good; ignored when another feed has that address.
    False: the lease had run out and another worker has the feed, or it was stopped; nothing was
    noted, and the caller stores nothing either.
    """
    if url is not None and session.scalar(select(Feed.id).where(Feed.url == url)) is not None:
        url = None
    noted = session.execute(_RECORD.returning(table(Feed).c.id), _recorded(due, after, url))
    return noted.scalar() is not None


def record_all(session: Session, fetched: Sequence[tuple[DueFeed, FeedState]]) -> None:
    """Note what came of many fetches, what has changed of each; lost leases are passed over."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for due, after in fetched:
        pairs = zip(_STATE, _state_of(due.feed.state), _state_of(after), strict=True)
        changed = {name: new for name, old, new in pairs if new != old}
        row = {"id": due.feed.id, "lease": due.lease, **changed}
        alike.setdefault(tuple(changed), []).append(row)
    for rows in alike.values():
        change_rows(session, Feed, rows, by=("id", "lease"), empty=("lease", "leased_until"))


def release(session: Session, due: DueFeed) -> None:
    """Give a feed back unread, e.g. at shutdown: it is due as before."""
    session.execute(
        update(Feed)
        .where(Feed.id == due.feed.id, Feed.lease == due.lease)
        .values(lease=None, leased_until=None)
    )


def listing(session: Session, *, stopped: bool = False) -> list[KnownFeed]:
    """All polled feeds by name; with `stopped`, those that are not polled any more as well."""
    wanted = _all().order_by(Feed.name, Feed.id)
    if not stopped:
        wanted = wanted.where(Feed.stopped.is_(None))
    return [_known(row) for row in session.execute(wanted).all()]


def get(session: Session, feed_id: int) -> KnownFeed | None:
    """The feed as it is, also when it is not polled any more."""
    row = session.execute(_all().where(Feed.id == feed_id)).one_or_none()
    return None if row is None else _known(row)


def find(session: Session, named: str) -> KnownFeed | None:
    """The feed with this id ("18"), address or name."""
    meant = or_(Feed.url == named, Feed.name == named, Feed.id == typed_id(named))
    found = session.execute(_all().where(meant).limit(1))
    row = found.one_or_none()
    return None if row is None else _known(row)


def health(session: Session) -> FeedHealth:
    """How many feeds can be read, and which cannot, the longest first; one that ended until it is removed.

    One that was never asked is neither.
    """
    rows = session.execute(
        select(
            Feed.name,
            Feed.problem,
            Feed.failing_since,
            Feed.last_fetched_at,
            Feed.last_good_at,
            Feed.added_at,
        )
        .where(or_(Feed.stopped.is_(None), Feed.stopped == GONE))
        .order_by(Feed.failing_since, Feed.name)
    ).all()
    failing = tuple(
        FailingFeed(row.name, row.failing_since or row.last_fetched_at or row.added_at, row.problem)
        for row in rows
        if row.problem is not None
    )
    read = sum(row.problem is None and row.last_good_at is not None for row in rows)
    held = session.execute(
        select(Feed.name, func.count())
        .join(Story, Story.feed_id == Feed.id)
        .where(Story.held)
        .group_by(Feed.id, Feed.name)
        .order_by(Feed.name)
    )
    return FeedHealth(read, len(rows), failing, tuple((name, count) for name, count in held))


def _recorded(due: DueFeed, after: FeedState, url: str | None = None) -> dict[str, Any]:
    values = {f"new_{name}": getattr(after, name) for name in _STATE}
    return values | {"new_url": url or due.feed.url, "of_feed": due.feed.id, "of_lease": due.lease}


def _all() -> Select[Any]:
    return select(*_COLUMNS)


def _described(new: NewFeed) -> dict[str, Any]:
    return {
        "name": new.name or redact(new.url),  # an address may hold a password
        "lang": new.lang,
        "country": new.country,
        "kind": new.kind.value,
        "user_agent": new.user_agent,
    }


def _known(row: Row[Any]) -> KnownFeed:
    values = row._mapping
    facts = {name: values[name] for name in _FACTS}
    facts["kind"] = FeedKind(facts["kind"])
    return KnownFeed(**facts, state=FeedState(**{name: values[name] for name in _STATE}))
