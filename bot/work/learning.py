"""What a channel's votes taught by a moment."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.core.subscribing import learned
from bot.core.subscribing.learned import Ballot, Feature, Lesson
from bot.store import decisions, votes
from bot.store.database import Session
from bot.store.votes import Cast


def lessons(session: Session, channel: str, at: datetime) -> tuple[Lesson, ...]:
    """The lessons that order what a channel is told at `at`; none without a channel."""
    if not channel:
        return ()
    cast = votes.latest(session, channel, since=at - learned.REMEMBERED, until=at)
    if len(cast) < learned.LEAST_VOTES:
        return ()
    forgotten = {feature(name): until for name, until in votes.unlearned(session, channel, at).items()}
    return learned.learn(_ballots(session, cast), forgotten)


def tally(session: Session, channel: str, stories: Collection[int]) -> tuple[int, int]:
    """How many people of a channel found the event of these stories useful, and how many did not."""
    last = {cast.person: cast.useful for cast in votes.of(session, channel, stories)}
    return sum(last.values()), len(last) - sum(last.values())


def feature(name: str) -> Feature | None:
    """The feature that is kept under a name; None: any.

    >>> feature("type:mou")
    Feature(kind='type', value='mou')
    """
    kind, _, value = name.partition(":")
    return Feature(kind, value) if name else None


def _ballots(session: Session, cast: Sequence[Cast]) -> list[Ballot]:
    decided = decisions.get(session, {each.story for each in cast})
    return [
        Ballot(
            thing=f"s{each.story}" if each.event is None else f"e{each.event}",
            person=each.person,
            useful=each.useful,
            at=each.at,
            features=learned.features(each.source, of.countries, of.minerals, of.actions),
        )
        for each in cast
        if (of := decided.get(each.story)) is not None
    ]
