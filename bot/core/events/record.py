"""What is kept of an event: how it is told, what it is about, what was done, how much it weighs."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.core.actions_merge import Telling, merge_actions
from bot.core.events.headline import Summary, headline, summary
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
    actions: tuple[Action, ...]
    score: Score
    order: tuple[str, ...]  # keys: the lead, then own reports by standing and time, then copies
    sources: tuple[str, ...]  # that report in their own words
    copies: int
    first_at: datetime
    last_at: datetime
    review: bool


def record(stories: Sequence[Told], *, lang: str = "en", recent: Iterable[Seen] = ()) -> Record:
    """Make the record of an event from its stories; the order they come in changes nothing.

    Stories that are of no tier say what happened but not what the event is about, as long as any other does.
    Raises ValueError without stories.
    """
    lead = headline(stories, lang)
    weighty = [story for story in stories if story.decision.tier.flagged] or list(stories)
    tier = _tier(weighty)
    countries = _held(weighty, lambda story: story.decision.countries)
    minerals = _held(weighty, lambda story: story.decision.minerals)
    actions = _actions(sorted(weighty, key=lambda story: (story.key != lead.key, *_weight(story))))
    by_weight = sorted(stories, key=lambda story: (story.key != lead.key, *_weight(story)))
    return Record(
        headline=lead.title,
        lead=lead.key,
        summary=summary(stories, lang),
        tier=tier,
        countries=countries,
        minerals=minerals,
        actions=actions,
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


def _actions(stories: Sequence[Told]) -> tuple[Action, ...]:
    """The act that most reports tell first, as the weightiest tells it; then the others that lead a report.

    What that telling leaves open (amount, day, parties) is taken from the next one of the same act.
    """
    tellings = [
        Telling(story.key, story.source, story.decision.actions, 0.0 if story.copy_of else story.standing)
        for story in stories
        if story.decision.actions
    ]
    if not tellings:
        return ()
    merged = merge_actions(tellings)
    acts = [act for telling in tellings for act in telling.actions]
    ours = sorted(
        (act for act in acts if act.instrument is merged.instrument),
        key=lambda act: act.stage is not merged.stage,
    )
    main = ours[0]
    for act in ours[1:]:
        main = replace(
            main,
            amount=main.amount or act.amount,
            day=main.day or act.day,
            parties=main.parties or act.parties,
        )
    chosen = {main.instrument: main}
    for telling in tellings:
        chosen.setdefault(telling.actions[0].instrument, telling.actions[0])
    return tuple(chosen.values())
