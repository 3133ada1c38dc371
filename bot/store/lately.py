"""What was reported lately: what an event must be measured against to be called new."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from bot.core.events import NOVEL_FOR_DAYS, Seen
from bot.core.words import Instrument
from bot.store.sql import moments
from models import Label, Story

_MOST: Final = 200
"""Stories that are looked at, the latest first: so many of one kind of act in a month make nothing new."""
_SECOND: Final = timedelta(seconds=1)


def seen(
    session: Session,
    *,
    before: datetime,
    act: Instrument,
    about: Collection[tuple[str, str]],
) -> list[Seen]:
    """What the stories of the `NOVEL_FOR_DAYS` before a moment told of such an act.

    `about` are labels (kind, value) of which a story must have one; without any, every story of the act
    counts. Stories and not events are looked at: an event goes on changing, and a digest asked for again
    must rank as it did.
    """
    labelled = aliased(Label)
    wanted = (
        select(Story.id)
        .join(Label, (Label.story_id == Story.id) & (Label.kind == "type") & (Label.value == act.value))
        .where(Story.moment.between(*moments(before - timedelta(days=NOVEL_FOR_DAYS), before - _SECOND)))
        .where(Story.held.is_(False), Story.reported_at < before)
        .order_by(Story.moment.desc())
        .limit(_MOST)
    )
    if about:
        either = or_(*(and_(labelled.kind == kind, labelled.value == value) for kind, value in sorted(about)))
        wanted = wanted.where(select(labelled.story_id).where(labelled.story_id == Story.id, either).exists())
    stories = session.scalars(wanted).all()
    found: dict[int, dict[str, list[str]]] = {story: {"country": [], "mineral": []} for story in stories}
    rows = session.execute(
        select(Label.story_id, Label.kind, Label.value)
        .where(Label.story_id.in_(stories), Label.kind.in_(("country", "mineral")))
        .order_by(Label.kind, Label.value)
    )
    for row in rows:
        found[row.story_id][row.kind].append(row.value)
    return [Seen(tuple(one["country"]), tuple(one["mineral"]), act) for one in found.values()]
