"""Events: what grouping needs to know, and what it found. Ids once given stay.

One round, in one writing session: `take_turns`, `put_features` of the new stories, `neighbours`
for the stories they may join, `core.events.group`, then `regroup`; see `bot/work/gather.py`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session, aliased

from bot.core.actions.accounts import Account
from bot.core.events import Features, Group, block_keys, keep_ids
from bot.core.story import Action
from bot.core.words import Tier
from bot.store.codec import dump
from bot.store.sql import add_rows, among, drop_those, put_rows, table, take_turns, those
from models import Event as EventRow
from models import EventFeature, EventKey, EventStory, Ruling, Story

__all__ = [
    "MORE", "Gathered", "Record", "beside", "leave", "more_of_one_text", "of_events", "of_stories",
    "put_features", "put_with", "regroup", "rule", "rulings", "take_turns", "unrule",
]  # fmt: skip

MORE: Final = 1 << 20
"""The place in its event of a story whose text the event has often enough (`more_of_one_text`)."""


@dataclass(frozen=True, slots=True)
class Record:
    """What an event says beside its headline; stored as JSON."""

    countries: tuple[str, ...] = ()
    minerals: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    accounts: tuple[Account, ...] = ()  # who tells each action; () in a record of an older program


@dataclass(frozen=True, slots=True)
class Gathered:
    """An event as grouping found it; it has no id yet."""

    stories: tuple[int, ...]  # in order of weight; the first gave the headline
    headline: str
    summary: str
    tier: Tier
    score: float
    record: Record
    review: bool = False
    copies: Mapping[int, int] = field(default_factory=dict)  # story -> the story whose text it repeats


def put_features(
    session: Session, stories: Mapping[int, Features], *, unlooked_at: Collection[int] = ()
) -> None:
    """Remember what grouping keeps of stories, over what was remembered; those `unlooked_at` nobody finds."""
    drop_those(session, EventKey.story_id, stories)
    packed = [{"story_id": story, "body": kept.packed()} for story, kept in stories.items()]
    put_rows(session, EventFeature, packed, renew=["body"])
    add_rows(
        session,
        EventKey,
        [
            {"key": key, "moment": moment, "story_id": story}
            for story, moment in those(session, select(Story.id, Story.moment), Story.id, stories)
            if story not in unlooked_at
            for key in sorted(block_keys(stories[story]))
        ],
    )


def regroup(
    session: Session, events: Sequence[Gathered], now: datetime, *, changed: Collection[int] = ()
) -> list[int]:
    """Make these the events of their stories; gives their ids, in order.

    An id stays with the event that holds most of its stories, those not counted that have `changed`, and of
    as many with the one whose story gave the headline (`core.events.keep_ids`); of two events that became
    one the elder id stays, and the other points at it, unless it has stories that are not among these: in a
    crowd not all of an event are met again. Stories that are in no event any more leave none behind.
    """
    take_turns(session)
    everyone = [story for event in events for story in event.stories]
    before = of_stories(session, everyone)
    groups = [Group(tuple(map(str, event.stories)), "") for event in events]
    kept = keep_ids(
        groups,
        {str(story): event for story, event in before.items()},
        leads=_leads(session, set(before.values())) if len(events) > 1 else {},
        changed={str(story) for story in changed},
    )
    reported_at = those(session, select(Story.id, Story.reported_at), Story.id, everyone)
    times = {row.id: row.reported_at for row in reported_at}
    ids: list[int] = []
    for known, event in zip(kept.ids, events, strict=True):
        reported = [times[story] for story in event.stories]
        values = {
            "headline": event.headline,
            "summary": event.summary,
            "tier": event.tier.value,
            "score": event.score,
            "review": event.review,
            "lead_id": event.stories[0],
            "first_at": min(reported),
            "last_at": max(reported),
            "record": dump(event.record, Record),
            "updated_at": now,
            "folded_into": None,
        }
        ids.append(_write(session, known, values))
    _place(session, events, ids, everyone)
    _fold(session, kept.became, now)
    _drop_empty(session, set(before.values()) - set(ids) - set(kept.became))
    return ids


def _fold(session: Session, became: Mapping[int, int], now: datetime) -> None:
    """Let events that became one with another point at it, but for those that still have stories."""
    remaining = left_in(session, became)
    for gone, into in became.items():
        if gone in remaining:
            continue
        session.execute(
            update(table(EventRow))
            .where(table(EventRow).c.id == gone)
            .values(folded_into=into, updated_at=now)
        )
        # Those that had been folded into the one that is gone now point past it.
        session.execute(
            update(table(EventRow)).where(table(EventRow).c.folded_into == gone).values(folded_into=into)
        )


def left_in(session: Session, events: Collection[int]) -> dict[int, dict[int, int | None]]:
    """The stories that were looked at of each of these events that has any, and what each is a copy of."""
    found: dict[int, dict[int, int | None]] = {}
    wanted = (
        select(EventStory.event_id, EventStory.story_id, EventStory.copy_of)
        .where(EventStory.place < MORE)
        .order_by(EventStory.event_id, EventStory.place, EventStory.story_id)
    )
    for row in those(session, wanted, EventStory.event_id, events):
        found.setdefault(row.event_id, {})[row.story_id] = row.copy_of
    return found


def more_of_one_text(session: Session, texts: Mapping[int, int]) -> None:
    """Put stories, unlooked at, into the event of another that says the same; `texts` has story by story.

    They change nothing about the event, find nobody and are found by nobody, and go where that story goes.
    Who was put with one of them goes along.
    """
    texts = {**{story: texts[text] for story, text in put_with(session, texts).items()}, **texts}
    before = set(of_stories(session, texts).values())
    into = of_stories(session, set(texts.values()))
    put_rows(
        session,
        EventStory,
        [
            {"story_id": story, "event_id": into[text], "place": MORE, "copy_of": text}
            for story, text in texts.items()
            if text in into
        ],
        renew=["event_id", "place", "copy_of"],
    )
    _drop_empty(session, before - set(into.values()))


def put_with(session: Session, texts: Collection[int]) -> dict[int, int]:
    """The stories that were put with these by `more_of_one_text`, each with that one; by their ids."""
    text = aliased(EventStory)
    wanted = (
        select(EventStory.story_id, text.story_id.label("text"))
        .join(text, text.story_id == EventStory.copy_of)
        .where(EventStory.place == MORE)
        .order_by(EventStory.story_id)
    )
    return {row.story_id: row.text for row in those(session, wanted, text.story_id, texts)}


def beside(session: Session, stories: Collection[int]) -> list[int]:
    """The other stories that were looked at of the events that these are in."""
    looked_at = select(EventStory.story_id).where(EventStory.place < MORE)
    found = those(session, looked_at, EventStory.event_id, set(of_stories(session, stories).values()))
    return sorted({row.story_id for row in found}.difference(stories))


def leave(session: Session, stories: Collection[int]) -> None:
    """These stories are in no event any more, e.g. because their new decision is `none`."""
    before = of_stories(session, stories)
    for theirs in (EventStory.story_id, EventKey.story_id, EventFeature.story_id):
        drop_those(session, theirs, stories)
    _drop_empty(session, set(before.values()))


def of_stories(session: Session, stories: Collection[int]) -> dict[int, int]:
    """The event of each of these stories that is in one."""
    rows = those(session, select(EventStory.story_id, EventStory.event_id), EventStory.story_id, stories)
    return {row.story_id: row.event_id for row in rows}


def of_events(session: Session, events: Collection[int]) -> list[int]:
    """The stories of these events."""
    found = those(session, select(EventStory.story_id), EventStory.event_id, events)
    return sorted(row.story_id for row in found)


def rule(session: Session, one: int, other: int, *, same: bool, by: str, now: datetime) -> None:
    """Note a person's word that two stories are, or are not, one event; the last word counts."""
    first, second = sorted((one, other))
    row = {"story_a": first, "story_b": second, "same": same, "ruled_by": by, "ruled_at": now}
    put_rows(session, Ruling, [row], renew=["same", "ruled_by", "ruled_at"])


def unrule(session: Session, one: int, other: int) -> None:
    """Forget what was ruled of two stories."""
    first, second = sorted((one, other))
    rows = table(Ruling)
    session.execute(delete(rows).where(rows.c.story_a == first, rows.c.story_b == second))


def rulings(session: Session, stories: Collection[int]) -> list[tuple[int, int, bool]]:
    """What was ruled of pairs with at least one of these stories: (story, story, same)."""
    wanted = select(Ruling.story_a, Ruling.story_b, Ruling.same)
    of_either = or_(*(among(session, one, stories) for one in (Ruling.story_a, Ruling.story_b)))
    rows = session.execute(wanted.where(of_either).order_by(Ruling.story_a, Ruling.story_b))
    return [(row.story_a, row.story_b, row.same) for row in rows]


def _leads(session: Session, events: Collection[int]) -> dict[int, str]:
    """The story that gave the headline, of each of these events that has one still."""
    rows = those(session, select(EventRow.id, EventRow.lead_id), EventRow.id, events)
    return {row.id: str(row.lead_id) for row in rows if row.lead_id is not None}


def _write(session: Session, known: int | None, values: dict[str, Any]) -> int:
    rows = table(EventRow)
    if known is None:
        made: int = session.execute(insert(rows).values(**values).returning(rows.c.id)).scalar_one()
        return made
    session.execute(update(rows).where(rows.c.id == known).values(**values))
    return known


def _place(session: Session, events: Sequence[Gathered], ids: Sequence[int], everyone: Sequence[int]) -> None:
    drop_those(session, EventStory.story_id, everyone)
    add_rows(
        session,
        EventStory,
        [
            {"story_id": story, "event_id": made, "place": place, "copy_of": event.copies.get(story)}
            for made, event in zip(ids, events, strict=True)
            for place, story in enumerate(event.stories)
        ],
    )
    rows, text = table(EventStory), aliased(EventStory)
    into = select(text.event_id).where(text.story_id == rows.c.copy_of).scalar_subquery()
    # Those that are more of their text follow.
    follows = (among(session, rows.c.copy_of, everyone), rows.c.place == MORE, rows.c.event_id != into)
    session.execute(update(rows).where(*follows).values(event_id=into))


def _drop_empty(session: Session, events: Collection[int]) -> None:
    """Events without stories are deleted: whoever was told of them has the message."""
    held = {row.event_id for row in those(session, select(EventStory.event_id), EventStory.event_id, events)}
    drop_those(session, EventRow.id, set(events) - held)
