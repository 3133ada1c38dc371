"""A feed we poll: where it is, how it last answered, when to ask again."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Feed(Base):
    """One feed. `next_fetch_at` alone decides when it is polled; a stopped feed never is."""

    __tablename__ = "feed"
    __table_args__ = (
        # The worker's claim reads exactly this: due first, oldest first.
        Index("ix_feed_due", "next_fetch_at", "id"),
        CheckConstraint("failures >= 0", name="failures"),
        CheckConstraint("origin IN ('config', 'user')", name="origin"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    lang: Mapped[str]  # as configured; "": not said
    country: Mapped[str]  # ISO 3166-1 alpha-2; "": none
    kind: Mapped[str]  # core.words.FeedKind
    origin: Mapped[str]  # config: follows the file; user: made by people, left alone
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(default="")
    stopped: Mapped[str | None]  # why it is not polled any more; None: it is polled
    user_agent: Mapped[str | None]  # for sites that refuse the usual one

    # As the server last gave them; sent back to it unchanged.
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    body_digest: Mapped[str | None]  # of the last body that was read whole

    next_fetch_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]  # None: nobody is fetching it
    lease: Mapped[str | None]  # who is; what comes back without it is too late

    failures: Mapped[int] = mapped_column(default=0)  # in a row, since the last good answer
    failing_since: Mapped[datetime | None]
    problem: Mapped[str | None]  # one line for people; None: it can be read
    notice: Mapped[str | None]  # one line: readable, yet something should be known

    last_fetched_at: Mapped[datetime | None]
    last_good_at: Mapped[datetime | None]  # read whole, or unchanged
    last_new_at: Mapped[datetime | None]  # brought a story that was not known
    new_per_day: Mapped[float | None]  # its habit; None: not known yet
    wait_seconds: Mapped[int | None]  # the present wait between two polls
    backlog_done: Mapped[bool] = mapped_column(default=False)  # its first poll is over
    moved_to: Mapped[str | None]  # a permanent redirect, not yet trusted
    moved_seen: Mapped[int] = mapped_column(default=0)  # how often in a row
