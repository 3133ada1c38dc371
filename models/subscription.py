"""A channel's saved query with a timetable."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Subscription(Base):
    """What a channel wants told, and when. Lists are JSON texts. A removed one stays, for what it told."""

    __tablename__ = "subscription"
    __table_args__ = (
        CheckConstraint("origin IN ('config', 'user')", name="origin"),
        CheckConstraint("most > 0", name="most"),
        CheckConstraint("review BETWEEN 0 AND 6", name="review"),
        Index(
            "uq_subscription_name",
            "name",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]  # unique among those that are not removed
    channel: Mapped[str] = mapped_column(index=True)
    query: Mapped[str]
    times: Mapped[str]  # JSON list of "HH:MM", local to `timezone`
    timezone: Mapped[str]  # IANA name
    weekdays: Mapped[str]  # JSON list of 0..6, Monday is 0
    holidays: Mapped[str]  # ISO country whose holidays are skipped; "": none
    tiers: Mapped[str]  # JSON list
    most: Mapped[int]  # events in the main message
    on_quiet_days: Mapped[bool]  # say so when there is nothing to tell
    language: Mapped[str]  # of the headings
    alerts: Mapped[bool]  # tell at once what cannot wait
    watch: Mapped[bool] = mapped_column(server_default=false())  # tells at once all that matches; no digest
    review: Mapped[int | None]  # weekday of the review of the week, Monday is 0; None: there is none
    owner: Mapped[str]  # Slack user; "": the config file
    origin: Mapped[str]  # config: follows the file; user: made by people, left alone
    paused: Mapped[str | None]  # why nothing is sent; None: it is sent
    created_at: Mapped[datetime]
    told_until: Mapped[datetime]  # end of the last window; the next one starts here
    changed_at: Mapped[datetime]  # of its timetable: slots before that are not made up for
    removed_at: Mapped[datetime | None]  # None: it is there
