"""Telling an event anew by some of its stories: as grouping found it, or as it stood at a moment."""

from collections.abc import Mapping, Sequence

from bot.core.actions.merging import accounts
from bot.core.events import Told, record
from bot.store import neighbours
from bot.store.database import Session
from bot.store.events import Gathered, Record
from bot.work import novelty


def told_anew(
    session: Session, ids: Mapping[str, int], told: Sequence[Told], copies: Mapping[int, int]
) -> Gathered:
    """The event of these stories. `ids` has them by their names; `copies` says whose text each repeats."""
    kept = record(told)
    stories = tuple(ids[key] for key in kept.order)
    return Gathered(
        stories=stories,
        headline=kept.headline,
        summary=kept.summary.text,
        tier=kept.tier,
        score=novelty.weighed(session, told, kept),
        record=Record(kept.countries, kept.minerals, kept.actions, accounts(kept.acts, ids)),
        review=kept.review,
        copies={story: copies[story] for story in stories if story in copies},
    )


def told_by(session: Session, events: Sequence[Mapping[int, int | None]]) -> list[Gathered]:
    """The events of these stories alone, each with the story whose text it repeats.

    A copy of one that is not among them is a report of its own. An event of which nothing is stored is
    left out.
    """
    everyone = [story for stories in events for story in stories]
    named = {one.story: one.features.key for one in neighbours.of(session, everyone)}
    keys = {story: named.get(story, f"s:{story}") for story in everyone}
    copies = {
        story: text
        for stories in events
        for story, text in stories.items()
        if text is not None and text in stories
    }
    told = neighbours.told(session, keys, copies)
    ids = {key: story for story, key in keys.items()}
    told_of = ([told[story] for story in stories if story in told] for stories in events)
    return [told_anew(session, ids, each, copies) for each in told_of if each]
