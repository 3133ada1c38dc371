"""Packs looked over before they are used: whether their examples hold, and what they would change."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.story import Article, Decision, Story
from bot.core.understand import Understander
from bot.store import stories
from bot.store.database import Database


@dataclass(frozen=True, slots=True)
class Broken:
    """An example of a pack that is not decided as it says."""

    pack: str
    title: str
    said: str  # what was expected and what came


@dataclass(frozen=True, slots=True)
class Change:
    """A stored story that is decided differently now."""

    story: Story
    before: Decision
    after: Decision


def broken_examples(understander: Understander) -> list[Broken]:
    """The examples of all packs that are not decided as they say."""
    broken = []
    for example in understander.packs.examples:
        decision = understander.decide(Article(example.title, example.text, lang=example.lang))
        said = []
        missed = [topic for topic in example.topics if topic not in decision.topics]
        wrong = [topic for topic in example.no if topic in decision.topics]
        if missed:
            said.append(f"{', '.join(missed)} not found")
        if wrong:
            said.append(f"{', '.join(wrong)} found")
        if example.tier is not None and decision.tier is not example.tier:
            said.append(f"tier: {decision.tier} instead of {example.tier}")
        for name, expected in (("countries", example.countries), ("minerals", example.minerals)):
            came = getattr(decision, name)
            if expected is not None and set(expected) != set(came):
                said.append(f"{name}: {', '.join(came) or 'none'} instead of {', '.join(expected) or 'none'}")
        if said:
            broken.append(Broken(example.pack, example.title, "; ".join(said)))
    return broken


def changes(database: Database, understander: Understander) -> Iterator[Change]:
    """The stored stories whose tier, topics, countries or minerals are others by these packs.

    Nothing is stored. Every story is decided again, in about a tenth of a millisecond a kilobyte.
    """
    with database.reading() as session:
        for story, before in stories.every(session):
            article = Article(story.title, story.text, story.url, story.source, story.lang, story.published)
            after = understander.decide(article)
            if any(getattr(before, name) != getattr(after, name) for name in _COMPARED):
                yield Change(story, before, after)


_COMPARED = ("tier", "topics", "countries", "minerals")
