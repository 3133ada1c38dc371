"""Decisions: one a story, whole, with the labels that come of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, true
from sqlalchemy.orm import Session

from bot.core import decision_json
from bot.core.events.features import OF_THIS_VERSION
from bot.core.new_story import Ready, labels_of
from bot.core.story import Decision
from bot.core.words import CENTRAL_ASIA, CRITICAL_MINERALS, POLICY
from bot.store.codec import load
from bot.store.sql import add_rows, drop_those, put_rows, those
from models import Decision as DecisionRow
from models import EventFeature, Feed, Label, Story

_RENEW = ("tier", "central_asia", "critical_minerals", "policy", "review", "packs", "decided_at", "body")


def put(session: Session, decided: Mapping[int, Decision], now: datetime) -> None:
    """Store decisions and their labels over those that were there.

    The search index is not touched: `stories` keeps it in step.
    """
    drop_those(session, Label.story_id, decided)
    kinds = select(Story.id, Feed.kind).join(Feed, Feed.id == Story.feed_id)
    standing = {row.id: row.kind for row in those(session, kinds, Story.id, decided)}
    _write(
        session,
        [_row(story, decision, now) for story, decision in decided.items()],
        {
            story: dict.fromkeys(labels_of(decision, standing.get(story, "")))
            for story, decision in decided.items()
        },
    )


def add(session: Session, decided: Mapping[int, Ready], now: datetime) -> None:
    """Store the decisions of stories that have none yet, and their labels."""
    _write(
        session,
        [
            {
                "story_id": story,
                "tier": one.tier,
                "central_asia": one.central_asia,
                "critical_minerals": one.critical_minerals,
                "policy": one.policy,
                "review": one.review,
                "packs": one.packs,
                "decided_at": now,
                "body": one.body,
            }
            for story, one in decided.items()
        ],
        {story: one.labels for story, one in decided.items()},
    )


def _write(
    session: Session, rows: Sequence[Mapping[str, Any]], labels: Mapping[int, Iterable[tuple[str, str]]]
) -> None:
    put_rows(session, DecisionRow, rows, renew=_RENEW)
    add_rows(
        session,
        Label,
        [
            {"story_id": story, "kind": kind, "value": value}
            for story, borne in labels.items()
            for kind, value in borne
        ],
    )


def get(session: Session, stories: Collection[int]) -> dict[int, Decision]:
    """The decisions of these stories; those without one are left out."""
    wanted = select(DecisionRow.story_id, DecisionRow.body)
    rows = those(session, wanted, DecisionRow.story_id, stories)
    return {row.story_id: load(row.body, Decision) for row in rows}


def outdated(session: Session, packs: str, *, below: int | None = None, limit: int = 1000) -> list[int]:
    """Stories that other packs than these decided, the newest first, or the newest below an id.

    And those of which grouping keeps what another version of it made: nobody finds them until they are looked
    at anew.
    """
    made_anew = select(EventFeature.story_id).where(
        ~EventFeature.body.contains(OF_THIS_VERSION, autoescape=True)
    )
    return list(
        session.scalars(
            select(DecisionRow.story_id)
            .where(or_(DecisionRow.packs != packs, DecisionRow.story_id.in_(made_anew)))
            .where(true() if below is None else DecisionRow.story_id < below)
            .order_by(DecisionRow.story_id.desc())
            .limit(limit)
        )
    )


def _row(story: int, decision: Decision, now: datetime) -> dict[str, Any]:
    return {
        "story_id": story,
        "tier": decision.tier.value,
        "central_asia": decision.scores.get(CENTRAL_ASIA, 0.0),
        "critical_minerals": decision.scores.get(CRITICAL_MINERALS, 0.0),
        "policy": decision.scores.get(POLICY, 0.0),
        "review": decision.review,
        "packs": decision.packs,
        "decided_at": now,
        "body": decision_json.dump(decision),
    }
