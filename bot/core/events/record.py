"""What is kept of an event: how it is told, what it is about, what was done, how much it weighs."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.core.actions.merging import ActionRecord, Telling, merge_all
from bot.core.events.headline import Summary, headline, heard_in, summary
from bot.core.events.rank import Score, Seen, rank
from bot.core.events.told import Told, independent
from bot.core.story import Action
from bot.core.words import Tier

_SHARE: Final = 1 / 3  # of the reports must name a country or a mineral for the event to be about it


@dataclass(frozen=True, slots=True)
class Record:
    """The record of one event."""

    headline: str
    lead: str  # key of the story that gave the headline
    summary: Summary
    tier: Tier
    countries: tuple[str, ...]
    minerals: tuple[str, ...]
    acts: tuple[ActionRecord, ...]  # what was done, and who tells it how
    score: Score
    order: tuple[str, ...]  # keys: the lead, then own reports by standing and time, then copies
    sources: tuple[str, ...]  # that report in their own words
    copies: int
    first_at: datetime
    last_at: datetime
    review: bool

    @property
    def actions(self) -> tuple[Action, ...]:
        """What was done, that which the event is about first."""
        return tuple(act.action for act in self.acts)


def record(stories: Sequence[Told], *, lang: str = "en", recent: Iterable[Seen] = ()) -> Record:
    """Make the record of an event from its stories; the order they come in changes nothing.

    Stories that are of no tier say what happened but not what the event is about, as long as any other does.
    Raises ValueError without stories.
    """
    heard = heard_in(stories)  # once, for reading them again is dear
    lead = headline(stories, lang, heard=heard)
    weighty = [story for story in stories if story.decision.tier.flagged] or list(stories)
    tier = _tier(weighty)
    countries = _held(weighty, lambda story: story.decision.countries)
    minerals = _held(weighty, lambda story: story.decision.minerals)
    acts = _acts(weighty)
    actions = tuple(act.action for act in acts)
    by_weight = sorted(stories, key=lambda story: (story.key != lead.key, *_weight(story)))
    return Record(
        headline=lead.title,
        lead=lead.key,
        summary=summary(stories, lang, heard=heard),
        tier=tier,
        countries=countries,
        minerals=minerals,
        acts=acts,
        score=rank(
            stories, tier=tier, countries=countries, minerals=minerals, actions=actions, recent=recent
        ),
        order=tuple(story.key for story in by_weight),
        sources=independent(stories),
        copies=sum(story.copy_of is not None for story in stories),
        first_at=min(story.when for story in stories),
        last_at=max(story.when for story in stories),
        review=all(story.decision.review for story in weighty),
    )


def _weight(story: Told) -> tuple[bool, float, datetime, str]:
    return story.copy_of is not None, -story.standing, story.when, story.key


def _tier(stories: Sequence[Told]) -> Tier:
    """The tier that most reports have; of as many the weightier."""
    order = list(Tier)
    votes = Counter(story.decision.tier for story in stories)
    return min(votes, key=lambda tier: (-votes[tier], order.index(tier)))


def _held(stories: Sequence[Told], of: Callable[[Told], Iterable[str]]) -> tuple[str, ...]:
    """What a third of the reports or more name, sorted."""
    votes = Counter(name for story in stories for name in set(of(story)))
    return tuple(sorted(name for name, count in votes.items() if count >= _SHARE * len(stories)))


def _acts(stories: Sequence[Told]) -> tuple[ActionRecord, ...]:
    """What was done, by all reports; a copy is listed and has no vote, unless there are only copies."""
    own = any(story.copy_of is None and story.decision.actions for story in stories)
    return merge_all(
        Telling(
            story.key,
            story.source,
            story.decision.actions,
            0.0 if own and story.copy_of is not None else story.standing,
            story.decision.amounts,
        )
        for story in stories
    )
