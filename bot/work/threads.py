"""Linking events to what they follow, each time they are gathered anew."""

from collections.abc import Collection, Iterable

from bot.core.events.threads import Knot, follows
from bot.store import threads as store
from bot.store.database import Session


def link(session: Session, events: Collection[int]) -> None:
    """Find again what these events follow, and what follows them now.

    In a writing session. Which link an event has depends on the stored events
    alone and not on the order they came in: one that came late is offered to
    every later event near it. Every event is read once.
    """
    known: dict[int, Knot] = {}

    def knots(wanted: Iterable[int]) -> list[Knot]:
        """These events, where they are there."""
        wanted = list(wanted)
        known.update(store.knots(session, [event for event in wanted if event not in known]))
        return [known[event] for event in wanted if event in known]

    later: dict[int, Knot] = {}
    for me in knots(sorted(events)):
        near = knots(store.around(session, me.id))
        store.follow(session, me.id, follows(me, near))
        later |= {knot.id: knot for knot in near if knot.id not in events and follows(knot, [me])}
    for event, me in sorted(later.items()):
        store.follow(session, event, follows(me, knots(store.around(session, event))))
