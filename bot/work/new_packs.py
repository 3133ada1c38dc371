"""Packs looked over before they are used: whether their examples hold, and what they would change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Final

from bot.core import new_story
from bot.core.story import Article, Decision, Story
from bot.core.understand import Understander
from bot.store import decisions, neighbours, stories
from bot.store.database import Database, Session
from bot.work import gather


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

    @property
    def shows(self) -> bool:
        """Whether people would see a difference, and not only other scores."""
        return labels(self.before) != labels(self.after)

    @property
    def said(self) -> str:
        """The difference in a line: "none -> core; minerals: nothing -> tungsten"."""
        before, after = labels(self.before), labels(self.after)
        tier = before["tier"] if before["tier"] == after["tier"] else f"{before['tier']} -> {after['tier']}"
        others = [
            f"{name}: {before[name] or 'nothing'} -> {after[name] or 'nothing'}"
            for name in before
            if name != "tier" and before[name] != after[name]
        ]
        return "; ".join([tier, *others])


def labels(decision: Decision) -> dict[str, str]:
    """What people see of a decision, and packs may change: each as one text."""
    first = next(iter(decision.actions), None)
    return {
        "tier": str(decision.tier),
        "topics": ", ".join(decision.topics),
        "countries": ", ".join(decision.countries),
        "minerals": ", ".join(decision.minerals),
        "done": f"{first.instrument} {first.stage}" if first else "",
    }


@lru_cache(maxsize=1)
def broken_examples(understander: Understander) -> Sequence[Broken]:
    """The examples of all packs that are not decided as they say.

    Looked at once a process: it takes half a second, and nothing changes it.
    """
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
            change = Change(story, before, _again(understander, story, before))
            if change.shows:
                yield change


def apply(database: Database, understander: Understander, now: datetime) -> Iterator[Change]:
    """Decide all stored stories again by these packs, and gather their events anew; gives what shows.

    In turns, each whole when it is given; they are decided before, for others wait while a turn is kept.
    Broken off, it goes on where it was: a story that these packs decided already is not decided again. What
    was told stays told, and events keep their ids.
    """
    for batch in _outdated(database, understander):
        for turn in _turns(batch):
            with database.writing() as session:
                kept = _kept(session, understander, turn, now)
            yield from (one for one in kept if one.shows)


_BATCH: Final = 200
_GATHERED: Final = 32  # of a turn: each takes some 10 ms


def _outdated(database: Database, understander: Understander) -> Iterator[list[Change]]:
    """The stories that other packs decided, decided by these; what comes meanwhile by others is taken up.

    Each goes on below the one before: from the top it would pass over all that was done, each time.
    """
    below: int | None = None
    while True:
        with database.reading() as session:
            batch = decisions.outdated(session, understander.packs.version, below=below, limit=_BATCH)
            before = decisions.get(session, batch)
            there = stories.get(session, batch)
        if batch:
            yield [
                Change(story, before[story.id], _again(understander, story, before[story.id]))
                for story in there
            ]
        elif below is None:
            return
        below = min(batch, default=None)


def _turns(batch: Sequence[Change]) -> Iterator[list[Change]]:
    """Changes, with so many in a row as are kept in half a second."""
    turn: list[Change] = []
    gathered = 0
    for one in batch:
        turn.append(one)
        gathered += new_story.is_gathered(one.before) or new_story.is_gathered(one.after)
        if gathered == _GATHERED:
            yield turn
            turn, gathered = [], 0
    if turn:
        yield turn


def _kept(
    session: Session, understander: Understander, turn: Sequence[Change], now: datetime
) -> list[Change]:
    """Changes as they were kept. What was edited meanwhile is decided here, and what is gone is left out."""
    ids = [one.story.id for one in turn]
    decided = {one.story.id: one for one in turn}
    before = decisions.get(session, ids)
    again = [
        Change(
            story,
            before[story.id],
            decided[story.id].after
            if story == decided[story.id].story
            else _again(understander, story, before[story.id]),
        )
        for story in stories.get(session, ids)
    ]
    stories.decide_again(session, {one.story.id: one.after for one in again}, now)
    leaving = [one.story.id for one in again if not new_story.is_gathered(one.after)]
    names = {one.story: one.features.key for one in neighbours.of(session, ids)}
    fresh = {
        one.story.id: new_story.features_kept(one.story, one.after, name=names.get(one.story.id, ""))
        for one in again
    }
    gather.gather(session, {story: made for story, made in fresh.items() if made}, now, leaving=leaving)
    return again


def _again(understander: Understander, story: Story, before: Decision) -> Decision:
    article = Article(story.title, story.text, story.url, story.source, story.lang, story.published)
    return replace(understander.decide(article), basis=before.basis)
