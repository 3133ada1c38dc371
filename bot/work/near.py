"""Finding the near misses of a time: what a channel was not told by a little."""

from datetime import datetime
from typing import Final

from bot.core.asking.query import EVERYTHING, parse
from bot.core.event import Event, Report
from bot.core.reading.concepts import Packs
from bot.core.story import Decision, Story
from bot.core.subscribing.muting import hiding
from bot.core.subscription import Plan
from bot.core.telling import near as rule
from bot.core.telling.near import Near
from bot.core.text import fold
from bot.core.understand import Lines
from bot.core.words import TOPICS, Tier
from bot.store import decisions, search, stories
from bot.store import near as store
from bot.store.database import Database
from bot.work import muting

_READ: Final = 60  # of which five are left when those that are muted or repeat others are out


def gather(
    database: Database,
    packs: Packs,
    lines: Lines,
    plan: Plan,
    *,
    start: datetime,
    end: datetime,
) -> tuple[Near, ...]:
    """The stories of (start, end] that fell just short of being told to a plan, five at most.

    Of those that match its query; none that its channel muted or voted on, or that repeats another.
    Raises UserError for a query that makes no sense.
    """
    wanted = parse(plan.query, packs)
    line_of = {topic: lines.of(topic) for topic in TOPICS}
    with database.reading() as session:
        found = store.scored(session, start, end, tiers=plan.tiers, channel=plan.channel)
        if wanted != EVERYTHING:
            match = set(
                search.matching(
                    session, wanted, now=end, expand=packs.labels, start=start, end=end, flagged=False
                )
            )
            found = [each for each in found if each.story in match]
        close = rule.nearest(found, line_of, [tier for tier in Tier if tier in plan.tiers])[:_READ]
        ids = [each.story for each, _ in close]
        known = {story.id: story for story in stories.get(session, ids)}
        decided = decisions.get(session, ids)
        mutes = muting.in_force(session, plan.channel, end)
    told: dict[str, Near] = {}
    for each, short in close:
        story, decision = known[each.story], decided[each.story]
        if not hiding(_alone(story, decision), mutes):
            told.setdefault(fold(story.title).text, _near(story, decision, short))
    return tuple(told.values())[: rule.MOST]


def _near(story: Story, decision: Decision, short: rule.Short) -> Near:
    countries = decision.countries or decision.places
    return Near(story.id, story.title, story.url, story.source, countries, decision.minerals, short)


def _alone(story: Story, decision: Decision) -> Event:
    """A story as the event that it would be, for what mutes look at."""
    report = Report(
        story.id, story.url, story.title, story.source, story.lang, story.published, story.reported_at
    )
    return Event(
        id=0,
        headline=story.title,
        summary="",
        tier=decision.tier,
        countries=decision.countries,
        minerals=decision.minerals,
        actions=(),
        score=0.0,
        stories=(report,),
        why=(),
        first_at=story.reported_at,
        last_at=story.reported_at,
    )
