"""Decisions: one a story, whole, with the labels that come of it."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.core.story import Decision
from bot.core.words import CENTRAL_ASIA, CRITICAL_MINERALS, POLICY, Tier
from bot.store.codec import decision_in, decision_out
from bot.store.sql import add_rows, chunks, put_rows, table
from models import Decision as DecisionRow
from models import Feed, Label, Story

_RENEW = ("tier", "central_asia", "critical_minerals", "policy", "review", "packs", "decided_at", "body")


def put(session: Session, decided: Mapping[int, Decision], now: datetime) -> None:
    """Store decisions and their labels over those that were there.

    The search index is not touched: `stories` keeps it in step.
    """
    for chunk in chunks(decided):
        session.execute(delete(table(Label)).where(table(Label).c.story_id.in_(chunk)))
        kinds = session.execute(
            select(Story.id, Feed.kind).join(Feed, Feed.id == Story.feed_id).where(Story.id.in_(chunk))
        )
        standing = {row.id: row.kind for row in kinds}
        add(
            session,
            {story: decided[story] for story in chunk},
            {story: list(labels_of(decided[story], standing.get(story, ""))) for story in chunk},
            now,
        )


def add(
    session: Session,
    decided: Mapping[int, Decision],
    labels: Mapping[int, Collection[tuple[str, str]]],
    now: datetime,
) -> None:
    """Store decisions of stories that have no labels, with these (`labels_of`)."""
    rows = [
        {
            "story_id": story,
            "tier": decision.tier.value,
            "central_asia": decision.scores.get(CENTRAL_ASIA, 0.0),
            "critical_minerals": decision.scores.get(CRITICAL_MINERALS, 0.0),
            "policy": decision.scores.get(POLICY, 0.0),
            "review": decision.review,
            "packs": decision.packs,
            "decided_at": now,
            "body": decision_out(decision),
        }
        for story, decision in decided.items()
    ]
    put_rows(session, DecisionRow, rows, renew=_RENEW)
    add_rows(
        session,
        Label,
        [
            {"story_id": story, "kind": kind, "value": value}
            for story, borne in labels.items()
            for kind, value in dict.fromkeys(borne)
        ],
    )


def get(session: Session, stories: Collection[int]) -> dict[int, Decision]:
    """The decisions of these stories; those without one are left out."""
    found: dict[int, Decision] = {}
    for chunk in chunks(dict.fromkeys(stories)):
        rows = session.execute(
            select(DecisionRow.story_id, DecisionRow.body).where(DecisionRow.story_id.in_(chunk))
        )
        found |= {row.story_id: decision_in(row.body) for row in rows}
    return found


def outdated(session: Session, packs: str, *, limit: int = 1000) -> list[int]:
    """Stories that other packs than these decided, the newest first."""
    return list(
        session.scalars(
            select(DecisionRow.story_id)
            .where(DecisionRow.packs != packs)
            .order_by(DecisionRow.story_id.desc())
            .limit(limit)
        )
    )


def labels_of(decision: Decision, feed_kind: str = "") -> Iterator[tuple[str, str]]:
    """The labels of a decision as (kind, value); kinds are named as in the query language."""
    yield from (("topic", topic) for topic in decision.topics)
    yield from (("country", country) for country in decision.countries)
    yield from (("place", place) for place in decision.places)
    yield from (("mineral", mineral) for mineral in decision.minerals)
    yield from (("person", person) for person in decision.people)
    yield from (("body", body) for body in decision.bodies)
    if decision.tier is not Tier.NONE:  # actions of what is not shown would only swell the index
        yield from (("type", action.instrument.value) for action in decision.actions)
        yield from (("stage", action.stage.value) for action in decision.actions)
    if decision.review:
        yield "is", "review"
    if feed_kind:
        yield "is", feed_kind
