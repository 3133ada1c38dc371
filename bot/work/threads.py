"""Linking events to what they follow, each time they are gathered anew."""

from collections.abc import Collection

from bot.core.events.threads import Knot, follows
from bot.store import threads as store
from bot.store.database import Session


def link(session: Session, events: Collection[int]) -> None:
    """Find again what these events follow, and what follows them now.

    In a writing session. Which link an event has depends on the stored events
    alone and not on the order they came in: one that came late is offered to
    every later event near it.
    """
    for event in sorted(events):
        known = store.knots(session, [event, *store.around(session, event)])
        if event not in known:
            continue
        me = known.pop(event)
        store.follow(session, event, follows(me, known.values()))
        for later in sorted(known.values(), key=lambda knot: knot.id):
            if later.id not in events and follows(later, [me]) is not None:
                _again(session, later)


def _again(session: Session, event: Knot) -> None:
    known = store.knots(session, store.around(session, event.id))
    store.follow(session, event.id, follows(event, known.values()))
