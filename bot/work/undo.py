"""Taking a change back: the old value is put where the new one is, if that is still there.

Of each kind of thing this knows how to look at one as it is now, and how to
make it what a value says, by the same functions that commands use.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.core.wording import minute
from bot.errors import UserError
from bot.store import events, feeds, neighbours, people, subscriptions, votes
from bot.store.codec import load
from bot.store.database import Session
from bot.store.feeds import NewFeed
from bot.store.people import Changed
from bot.work import audit
from bot.work.audit import FeedValue, LearnedValue, MuteValue, RulingValue, SubscriptionValue
from bot.work.gather import gather

REMOVED: Final = "taken back"
"""Why a feed is not polled whose adding was undone."""


def undo(session: Session, changed: Changed, *, by: str, now: datetime) -> int:
    """Take a change back; the number of the entry that says so.

    Raises UserError with the reason when it cannot be: something newer changed the same, or
    it is not for the database to say.
    """
    kind = _KINDS.get(changed.what)
    if kind is None:
        raise UserError(f"{changed.ref} cannot be taken back from here: {_why_not(changed)}")
    try:
        before, after = (
            None if value is None else load(value, audit.KINDS[changed.what])
            for value in (changed.before, changed.after)
        )
    except ValueError as error:
        raise UserError(f"{changed.ref} was noted by another version and cannot be read") from error
    now_is = kind.present(session, after or before, now)
    if now_is != after:
        raise UserError(f"{changed.ref} cannot be taken back: {_newer(session, changed)}")
    kind.put(session, before, after, by, now)
    return audit.note(
        session,
        changed.what,
        changed.thing,
        after,
        before,
        by=by,
        now=now,
        channel=changed.channel,
        undoes=changed.id,
    )


def _newer(session: Session, changed: Changed) -> str:
    """What came after it."""
    later = people.changes(session, what=changed.what, thing=changed.thing, after=changed.id)
    of_same = [each for each in later if each.channel == changed.channel]
    if not of_same:
        return f"{changed.what} {changed.thing} is not as it was left; `changes {changed.what}` says more"
    newest = of_same[0]
    return f"{newest.ref} changed the same on {minute(newest.at)}; undo that first"


def _why_not(changed: Changed) -> str:
    if changed.what == "released":
        return "what was let go may have been told"
    if changed.what == "packs":
        return "put the packs back as they were, and run `steppewatch packs apply`"
    return f"nothing is known of {changed.what!r}"


@dataclass(frozen=True, slots=True)
class _Kind:
    present: Callable[[Session, Any, datetime], Any]
    """The thing as it is now, found by a value of it; None: it is not there."""
    put: Callable[[Session, Any, Any, str, datetime], None]
    """Make it what the first value says, where it is what the second says."""


def _subscription(session: Session, value: SubscriptionValue, now: datetime) -> SubscriptionValue | None:
    del now
    return audit.subscription_value(subscriptions.get(session, value.id))


def _put_subscription(
    session: Session, to: SubscriptionValue | None, was: SubscriptionValue | None, by: str, now: datetime
) -> None:
    del by
    some = to or was
    assert some is not None, "something changed"
    kept = subscriptions.get(session, some.id)
    if kept is not None and kept.origin == "config":
        raise UserError(f"{kept.name} is in the configuration file: change it there")
    if to is None:
        subscriptions.remove(session, some.id, now)
        return
    if kept is None:
        try:
            subscriptions.restore(session, to.id, to.plan, now, paused=to.paused)
        except LookupError as error:
            raise UserError(str(error)) from error
        return
    subscriptions.change(session, kept, to.plan, now)
    if was is not None and was.paused != to.paused:
        subscriptions.resume(session, to.id)
        if to.paused is not None:
            subscriptions.pause(session, to.id, to.paused)


def _feed(session: Session, value: FeedValue, now: datetime) -> FeedValue | None:
    del now
    return audit.feed_value(feeds.get(session, value.id))


def _put_feed(session: Session, to: FeedValue | None, was: FeedValue | None, by: str, now: datetime) -> None:
    some = to or was
    assert some is not None, "something changed"
    kept = feeds.get(session, some.id)
    if kept is None:
        raise UserError(f"there is no feed {some.id}")
    if kept.origin == "config" and kept.state.stopped is None:
        raise UserError(f"{kept.name} is in the configuration file: change it there")
    if to is None:
        feeds.stop(session, kept.id, REMOVED)
        return
    new = NewFeed(kept.url, to.name, to.lang, to.country, to.kind, to.user_agent)
    if was is None:
        feeds.add(session, new, now, by=by)
    else:
        feeds.describe(session, kept.id, new)


def _mute(session: Session, value: MuteValue, now: datetime) -> MuteValue | None:
    in_force = people.muted(session, value.channel, now)
    wanted = (value.kind, value.value)
    return audit.mute_value(next((each for each in in_force if (each.kind, each.value) == wanted), None))


def _put_mute(session: Session, to: MuteValue | None, was: MuteValue | None, by: str, now: datetime) -> None:
    del by
    some = to or was
    assert some is not None, "something changed"
    for each in people.muted(session, some.channel, now):
        if (each.kind, each.value) == (some.kind, some.value):
            people.unmute(session, each.id)
    if to is not None:
        people.mute(
            session,
            channel=to.channel,
            kind=to.kind,
            value=to.value,
            until=to.until,
            person=to.person,
            now=now,
        )


def _learned(session: Session, value: LearnedValue, now: datetime) -> LearnedValue | None:
    until = votes.unlearned(session, value.channel, now).get(value.feature)
    return audit.learned_value(value.channel, value.feature, until)


def _put_learned(
    session: Session, to: LearnedValue | None, was: LearnedValue | None, by: str, now: datetime
) -> None:
    del by, now
    if to is not None:
        votes.unlearn(session, to.channel, to.feature, to.until)
    elif was is not None:
        votes.relearn(session, was.channel, was.feature)


def _ruling(session: Session, value: RulingValue, now: datetime) -> RulingValue:
    del now
    pairs = [(one, other) for one, other, _ in value.pairs]
    stories = {story for pair in pairs for story in pair}
    return audit.ruling_value(pairs, events.rulings(session, stories))


def _put_ruling(
    session: Session, to: RulingValue | None, was: RulingValue | None, by: str, now: datetime
) -> None:
    """Rule as before, and group again what that is about."""
    assert to is not None, "a ruling is there, or says that it is not"
    del was
    for one, other, same in to.pairs:
        if same is None:
            events.unrule(session, one, other)
        else:
            events.rule(session, one, other, same=same, by=by, now=now)
    stories = {story for one, other, _ in to.pairs for story in (one, other)}
    in_events = events.of_events(session, set(events.of_stories(session, stories).values()))
    gather(session, {each.story: each.features for each in neighbours.of(session, in_events)}, now)


_KINDS: Final[dict[str, _Kind]] = {
    "subscription": _Kind(_subscription, _put_subscription),
    "feed": _Kind(_feed, _put_feed),
    "mute": _Kind(_mute, _put_mute),
    "learned": _Kind(_learned, _put_learned),
    "event": _Kind(_ruling, _put_ruling),
}

UNDOABLE: Final = frozenset(_KINDS)
"""The kinds of change that can be taken back."""
