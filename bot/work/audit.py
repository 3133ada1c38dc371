"""The audit log: what was changed, as values that can be put back.

Each kind of thing has a value that says all of it that people can change. A
change is noted with the value before and after it, as JSON; None: it was not
there. So any change can be taken back, as long as the thing is still what the
change made of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final, TypeVar

from bot.core.redact import redact
from bot.core.subscribing.muting import Kind, Muted
from bot.core.subscription import Plan, Subscription
from bot.core.words import FeedKind
from bot.store import people, subscriptions
from bot.store.codec import dump
from bot.store.database import Session
from bot.store.feeds import KnownFeed

Known = TypeVar("Known")


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionValue(Plan):
    """A subscription that is there."""

    id: int
    paused: str | None

    @property
    def plan(self) -> Plan:
        """What can be said of it with `subscribe`."""
        return Plan(**{field.name: getattr(self, field.name) for field in fields(Plan)})


@dataclass(frozen=True, slots=True)
class FeedValue:
    """A feed that is polled."""

    id: int
    url: str
    name: str
    lang: str
    country: str
    kind: FeedKind
    user_agent: str | None


@dataclass(frozen=True, slots=True)
class MuteValue:
    """A mute in force."""

    channel: str
    kind: Kind
    value: str
    until: datetime | None
    person: str


@dataclass(frozen=True, slots=True)
class LearnedValue:
    """What a channel is not to learn from votes up to a moment."""

    channel: str
    feature: str  # "": any
    until: datetime


@dataclass(frozen=True, slots=True)
class RulingValue:
    """What was ruled of pairs of stories: that they are one event, or are not; None: nothing."""

    pairs: tuple[tuple[int, int, bool | None], ...]


@dataclass(frozen=True, slots=True)
class PacksValue:
    """By which packs what is stored was decided; it cannot be put back from here."""

    version: str
    stories: int  # that were decided differently


@dataclass(frozen=True, slots=True)
class ReleasedValue:
    """Stories of a feed that were kept back and are news after all; they may have been told since."""

    feed: int
    stories: int


KINDS: Final[dict[str, type[Any]]] = {
    "subscription": SubscriptionValue,
    "feed": FeedValue,
    "mute": MuteValue,
    "learned": LearnedValue,
    "event": RulingValue,
    "packs": PacksValue,
    "released": ReleasedValue,
}
"""What can be changed, by the word it has in the log."""


BOT: Final = "steppewatch"
"""Whose changes those are that nobody made: what Slack refuses is paused."""


def pause(session: Session, subscription: int, why: str, *, by: str, now: datetime) -> bool:
    """Stop sending, with the reason that people are shown, and note it. False: it was paused, or is gone."""
    before = subscriptions.get(session, subscription)
    if before is None or not subscriptions.pause(session, subscription, why):
        return False
    of_subscription(session, before, subscriptions.get(session, subscription), by=by, now=now)
    return True


def resume(session: Session, subscription: int, *, by: str, now: datetime) -> bool:
    """Go on sending, and note it. False: it was not paused."""
    before = subscriptions.get(session, subscription)
    if before is None or before.paused is None:
        return False
    subscriptions.resume(session, subscription)
    of_subscription(session, before, subscriptions.get(session, subscription), by=by, now=now)
    return True


def _either(after: Known | None, before: Known | None) -> Known:
    """The thing that a change is about: as it is, or as it was when it is gone."""
    some = after or before
    assert some is not None, "something changed"
    return some


def of_subscription(
    session: Session, before: Subscription | None, after: Subscription | None, *, by: str, now: datetime
) -> int:
    """Note that a subscription is not what it was."""
    some = _either(after, before)
    was, became = subscription_value(before), subscription_value(after)
    return note(session, "subscription", some.name, was, became, by=by, now=now, channel=some.channel)


def of_feed(
    session: Session, before: KnownFeed | None, after: KnownFeed | None, *, by: str, now: datetime
) -> int:
    """Note that a feed is followed, is described otherwise, or is not followed any more."""
    some = _either(after, before)
    return note(session, "feed", some.name, feed_value(before), feed_value(after), by=by, now=now)


def of_mute(session: Session, before: Muted | None, after: Muted | None, *, by: str, now: datetime) -> int:
    """Note that something is muted, or is not any more."""
    some = _either(after, before)
    was, became = mute_value(before), mute_value(after)
    return note(session, "mute", some.thing, was, became, by=by, now=now, channel=some.channel)


def of_learned(
    session: Session, before: LearnedValue | None, after: LearnedValue | None, *, by: str, now: datetime
) -> int:
    """Note that votes are not to teach something any more."""
    some = _either(after, before)
    thing = some.feature or "all"
    return note(session, "learned", thing, before, after, by=by, now=now, channel=some.channel)


def of_ruling(
    session: Session, words: str, before: RulingValue, after: RulingValue, *, by: str, now: datetime
) -> int:
    """Note that events were joined or parted; `words` say it as it was typed."""
    return note(session, "event", words, before, after, by=by, now=now)


def of_packs(session: Session, before: str, after: PacksValue, *, by: str, now: datetime) -> int:
    """Note that what is stored was decided by other packs; `before` is their version."""
    return note(session, "packs", "packs", PacksValue(before, 0), after, by=by, now=now)


def of_released(session: Session, feed: KnownFeed, stories: int, *, by: str, now: datetime) -> int:
    """Note that what was kept back of a feed was let go."""
    return note(session, "released", feed.name, None, ReleasedValue(feed.id, stories), by=by, now=now)


def note(
    session: Session,
    what: str,
    thing: str,
    before: object | None,
    after: object | None,
    *,
    by: str,
    now: datetime,
    channel: str = "",
    undoes: int | None = None,
) -> int:
    """Note a change of a value of KINDS; the number of the entry."""
    kind = KINDS[what]
    return people.note_change(
        session,
        person=by,
        what=what,
        thing=redact(thing),
        before=None if before is None else dump(before, kind),
        after=None if after is None else dump(after, kind),
        now=now,
        channel=channel,
        undoes=undoes,
    )


def subscription_value(kept: Subscription | None) -> SubscriptionValue | None:
    """A subscription as a value; None: there is none."""
    return None if kept is None else SubscriptionValue(**_of(kept, SubscriptionValue))


def feed_value(feed: KnownFeed | None) -> FeedValue | None:
    """A feed as a value; None: it is not polled."""
    if feed is None or feed.state.stopped is not None:
        return None
    return FeedValue(**_of(feed, FeedValue) | {"url": redact(feed.url)})


def mute_value(muted: Muted | None) -> MuteValue | None:
    """A mute as a value; None: there is none."""
    return None if muted is None else MuteValue(**_of(muted, MuteValue))


def learned_value(channel: str, feature: str, until: datetime | None) -> LearnedValue | None:
    """What is not to be learned as a value; None: all votes teach."""
    return None if until is None else LearnedValue(channel, feature, until)


def ruling_value(pairs: Sequence[tuple[int, int]], ruled: Sequence[tuple[int, int, bool]]) -> RulingValue:
    """What was ruled of these pairs."""
    known = {(one, other): same for one, other, same in ruled}
    wanted = sorted({(min(pair), max(pair)) for pair in pairs})
    return RulingValue(tuple((one, other, known.get((one, other))) for one, other in wanted))


def _of(thing: object, kind: type[Any]) -> dict[str, Any]:
    return {field.name: getattr(thing, field.name) for field in fields(kind)}
