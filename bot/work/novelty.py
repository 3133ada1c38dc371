"""How much an event weighs, beside what was told lately."""

from collections.abc import Sequence

from bot.core.events import Record, Told, rank
from bot.store import lately
from bot.store.database import Session


def weighed(session: Session, stories: Sequence[Told], kept: Record) -> float:
    """The score of an event with its novelty against the month before it; one bounded query.

    An event without an act, or of no tier, is left as `record` weighed it: nothing it does is new.
    """
    if not kept.actions or not kept.tier.flagged:
        return kept.score.value
    about = [("country", country) for country in kept.countries]
    about += [("mineral", mineral) for mineral in kept.minerals]
    recent = lately.seen(session, before=kept.first_at, act=kept.actions[0].instrument, about=about)
    if not recent:
        return kept.score.value
    return rank(
        stories,
        tier=kept.tier,
        countries=kept.countries,
        minerals=kept.minerals,
        actions=kept.actions,
        recent=recent,
    ).value
