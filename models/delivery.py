"""The row that makes a post happen once."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Delivery(Base):
    """One issue for one subscription: written before the post, completed after it."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("subscription_id", "kind", "slot"),
        CheckConstraint("kind IN ('digest', 'alert', 'growth', 'review')", name="kind"),
        CheckConstraint(
            "state IN ('pending', 'sending', 'sent', 'unknown', 'failed', 'skipped')", name="state"
        ),
        Index("ix_delivery_state_slot", "state", "slot"),  # what is not finished
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscription.id", ondelete="CASCADE"))
    kind: Mapped[str]  # digest, alert, growth (of an alerted event), review (of the week)
    slot: Mapped[datetime]  # the moment it is due; with subscription and kind it is the post's identity
    window_start: Mapped[datetime]  # tells (start, end]
    window_end: Mapped[datetime]
    channel: Mapped[str]
    state: Mapped[str]
    created_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    attempt_started_at: Mapped[datetime | None]
    retry_at: Mapped[datetime | None]  # not before; None: at once
    sent_at: Mapped[datetime | None]
    ts: Mapped[str | None]  # Slack's name of the message
    parts: Mapped[int] = mapped_column(default=0)  # messages that are there: the main one, then its thread
    error: Mapped[str | None]
    document: Mapped[str | None]  # what is posted, as JSON; fixed before the first attempt

    # Of a growth: the alert that it goes on from, the message whose thread it stands in, and what
    # takes the place of what that message said.
    of_id: Mapped[int | None] = mapped_column(ForeignKey("delivery.id", ondelete="CASCADE"), index=True)
    under: Mapped[str | None]
    replaces: Mapped[str | None]
    seen: Mapped[str | None]  # the sources and stages that an alert or a growth told of, as JSON


class DeliveryEvent(Base):
    """An event is told once a subscription by each kind of delivery."""

    __tablename__ = "delivery_event"

    subscription_id: Mapped[int] = mapped_column(
        ForeignKey("subscription.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(primary_key=True)  # of the delivery
    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    delivery_id: Mapped[int] = mapped_column(ForeignKey("delivery.id", ondelete="CASCADE"), index=True)
