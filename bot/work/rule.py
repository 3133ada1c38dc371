"""People overrule the grouping: two events are one, or a story is not of its event. It is remembered."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.core.event import Event
from bot.store import events, neighbours
from bot.store.database import Database, Session
from bot.work import audit
from bot.work.audit import RulingValue
from bot.work.gather import gather


def join(database: Database, one: Event, other: Event, *, by: str, now: datetime) -> tuple[int, int]:
    """Make two events one, now and whenever they are grouped again.

    Gives the id of what they became, and the number of the change in the log.
    """
    with database.writing() as session:
        leads = one.stories[0].story, other.stories[0].story
        before = _ruled(session, [leads])
        events.rule(session, *leads, same=True, by=by, now=now)
        words = f"join {one.ref} {other.ref}"
        noted = audit.of_ruling(session, words, before, _ruled(session, [leads]), by=by, now=now)
        _again(session, [report.story for event in (one, other) for report in event.stories], now)
        return events.of_stories(session, leads)[leads[0]], noted


def split(database: Database, event: Event, story: int, *, by: str, now: datetime) -> tuple[int, int, int]:
    """Take a story out of its event, now and whenever it is grouped again.

    Gives the ids of its own event and of the one that the others are in, and the number of the change.
    """
    with database.writing() as session:
        pairs = [(story, report.story) for report in event.stories if report.story != story]
        before = _ruled(session, pairs)
        for pair in pairs:
            events.rule(session, *pair, same=False, by=by, now=now)
        words = f"split {event.ref} s{story}"
        noted = audit.of_ruling(session, words, before, _ruled(session, pairs), by=by, now=now)
        _again(session, [report.story for report in event.stories], now)
        other = next(report.story for report in event.stories if report.story != story)
        found = events.of_stories(session, [story, other])
    return found[story], found[other], noted


def _ruled(session: Session, pairs: Sequence[tuple[int, int]]) -> RulingValue:
    stories = {story for pair in pairs for story in pair}
    return audit.ruling_value(pairs, events.rulings(session, stories))


def _again(session: Session, stories: Collection[int], now: datetime) -> None:
    gather(session, {each.story: each.features for each in neighbours.of(session, stories)}, now)
