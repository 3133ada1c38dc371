"""What was reported lately: what an event must be measured against to be called new."""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from sqlalchemy import Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from bot.core.events import NOVEL_FOR_DAYS, Seen
from bot.core.words import Instrument
from bot.store.sql import among, moments
from models import Label, Story

_MOST: Final = 200
"""Stories that are looked at, the latest first: so many of one kind of act in a month make nothing new."""
_SECOND: Final = timedelta(seconds=1)
_ABOUT: Final = ("country", "mineral")


def seen(
    session: Session,
    *,
    before: datetime,
    act: Instrument,
    about: Collection[tuple[str, str]],
) -> list[Seen]:
    """What the stories of the `NOVEL_FOR_DAYS` before a moment told of such an act.

    `about` are labels (country or mineral, value) of which a story must have one; without any, every story
    of the act counts. Stories and not events are looked at: an event goes on changing, and a digest asked
    for again must rank as it did.
    """
    start, end = moments(before - timedelta(days=NOVEL_FOR_DAYS), before - _SECOND)
    asked: dict[str, Any] = {"act": act.value, "start": start, "end": end, "before": before}
    asked |= {kind: sorted({value for of, value in about if of == kind}) for kind in _ABOUT}
    stories = session.scalars(_told(any_subject=not about), asked).all()
    found: dict[int, dict[str, list[str]]] = {story: {"country": [], "mineral": []} for story in stories}
    mine = among(session, Label.story_id, stories)
    rows = session.execute(_LABELS.where(mine))
    for row in rows:
        found[row.story_id][row.kind].append(row.value)
    return [Seen(tuple(one["country"]), tuple(one["mineral"]), act) for one in found.values()]


@cache
def _told(*, any_subject: bool) -> Select[int]:
    """Made once for each kind of question: to make a statement takes longer than to answer it."""
    labelled = aliased(Label)
    wanted = (
        select(Story.id)
        .join(
            Label, (Label.story_id == Story.id) & (Label.kind == "type") & (Label.value == bindparam("act"))
        )
        .where(Story.moment.between(bindparam("start"), bindparam("end")))
        .where(Story.held.is_(False), Story.reported_at < bindparam("before"))
        .order_by(Story.moment.desc())
        .limit(_MOST)
    )
    if any_subject:
        return wanted
    either = or_(
        *(and_(labelled.kind == kind, labelled.value.in_(bindparam(kind, expanding=True))) for kind in _ABOUT)
    )
    return wanted.where(select(labelled.story_id).where(labelled.story_id == Story.id, either).exists())


_LABELS: Final = (
    select(Label.story_id, Label.kind, Label.value)
    .where(Label.kind.in_(_ABOUT))
    .order_by(Label.kind, Label.value)
)
