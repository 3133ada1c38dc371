"""Taking in a document: which of its entries are new, which were edited, and keeping what comes of it.

What is known is recognized before anything is understood: an entry whose digest
the feed showed before costs one look-up, shared by the whole document.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from typing import Final, Protocol

from bot.core.events import Features
from bot.core.identity import Identified
from bot.core.new_story import Fresh, Origin, article_of, features_by, is_gathered, sight
from bot.core.story import Article, Decision
from bot.fetch.document import Reading
from bot.store import feeds, stories
from bot.store import intake as rows
from bot.store.database import Database, Session
from bot.store.feeds import DueFeed, FeedState
from bot.store.sql import chunks
from bot.store.stories import Edit
from bot.work import gather
from bot.work.sorting import Sorted, sort_out

_BATCH: Final = 500  # stories in one transaction: others want to write as well
_GATHERED: Final = 15  # so many times as long takes one that is gathered into an event

_Job = tuple[int | None, Identified]  # the story that is edited, or None for a new one


class Mind(Protocol):
    """Decides what is new, and what was edited."""

    def make(self, items: Sequence[Identified], origin: Origin) -> list[Fresh]:
        """New stories of entries, in their order."""

    def decide(self, articles: Sequence[Article]) -> list[Decision]:
        """Decisions of articles, in their order."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in."""

    new: int = 0
    updated: int = 0
    flagged: int = 0
    notice: str = ""


@dataclass(slots=True)
class _Part:
    """Stories that are kept in one transaction."""

    fresh: list[Fresh] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    edited: dict[int, Identified | None] = field(default_factory=dict)  # None: in no event from now on
    weight: int = 0  # what keeping it takes, in stories that are in no event; known of a slice

    def slices(self) -> "Iterator[_Part]":
        """The same, so many stories at a time that others need not wait long."""
        part = _Part()
        both: Iterator[Fresh | Edit] = chain(self.fresh, self.edits)
        for story in both:
            gathered = self.edited[story.story] if isinstance(story, Edit) else story.features
            weight = 1 if gathered is None else _GATHERED
            if part.weight + weight > _BATCH:
                yield part
                part = _Part()
            part.weight += weight
            if isinstance(story, Edit):
                part.edits.append(story)
                part.edited[story.story] = self.edited[story.story]
            else:
                part.fresh.append(story)
        yield part


@dataclass(frozen=True, slots=True)
class Found:
    """What a document brings, decided, but for what is kept of it already; and the feed's state with it."""

    due: DueFeed
    now: datetime
    after: Callable[[Taken], FeedState]
    move_to: str | None
    todo: Sorted
    part: _Part
    before: Taken  # what was kept already

    @property
    def weight(self) -> int:
        """What keeping it takes, in stories that are in no event."""
        return self.part.weight


def find(
    database: Database,
    due: DueFeed,
    reading: Reading,
    now: datetime,
    *,
    after: Callable[[Taken], FeedState],
    move_to: str | None,
    mind: Mind,
) -> Found:
    """Say what a document brings. Of one that brings very much all is kept here but the last part.

    Stories are kept once however often this is begun and broken off; the state is noted only when all of
    them are kept, by `keep`. Raises FetchError and StoreError.
    """
    if reading.fresh:
        found = Found(due, now, after, move_to, Sorted(), _Part(), Taken())
        return _all_but_the_last(database, found, _Part(list(reading.fresh)).slices())
    with database.reading() as session:
        todo = sort_out(session, due.feed, reading.items, now)
    making = _Making(origin_of(due, now, reading.head.lang, migrated=todo.migrated), mind)
    jobs: Iterator[_Job] = chain(((None, item) for item in todo.new), todo.edited)
    found = Found(due, now, after, move_to, todo, _Part(), Taken(notice=todo.notice))
    decided = (making.part(some) for some in chunks(jobs, _BATCH))
    return _all_but_the_last(database, found, (part for whole in decided for part in whole.slices()))


def _all_but_the_last(database: Database, found: Found, parts: Iterator[_Part]) -> Found:
    """Keep the parts of a document, each by itself; what is left to be kept with the state of its feed."""
    found = replace(found, part=next(parts, _Part()))
    for part in parts:
        with database.writing(in_bulk=True) as session:
            if not feeds.still_ours(session, [found.due]):
                return found  # `keep` says so
            (taken,) = _store(session, [found])
        found = replace(found, before=taken, part=part)
    return found


def keep(session: Session, found: Sequence[Found]) -> list[tuple[Taken, FeedState] | None]:
    """Keep what documents bring, and the states of their feeds; what was taken in, and the state.

    None: another worker has the feed meanwhile, or it is another feed now; nothing of it is kept.
    """
    ours = feeds.still_ours(session, [one.due for one in found])
    mine = [one for one in found if (one.due.feed.id, one.due.lease) in ours]
    came: dict[int, tuple[Taken, FeedState]] = {}
    for one, taken in zip(mine, _store(session, mine), strict=True):
        _note(session, one)
        came[id(one)] = taken, one.after(taken)
    stay = [one for one in mine if one.move_to is None]
    feeds.record_all(session, [(one.due, came[id(one)][1]) for one in stay])
    for one in mine:
        if one.move_to is not None:
            feeds.record(session, one.due, came[id(one)][1], url=one.move_to)
    return [came.get(id(one)) for one in found]


def origin_of(due: DueFeed, now: datetime, lang: str, *, migrated: bool = False) -> Origin:
    """Where entries come from; `lang` is what their document declares."""
    feed = due.feed
    backlog = not feed.state.backlog_done or migrated
    return Origin(feed.id, feed.url, feed.kind.value, lang or feed.lang, now, backlog, migrated)


@dataclass(frozen=True, slots=True)
class _Making:
    """Makes decided stories of what is to be done."""

    origin: Origin
    mind: Mind

    def part(self, jobs: Sequence[_Job]) -> _Part:
        """Decide the stories of a part."""
        new = [item for story, item in jobs if story is None]
        edits = [(story, item) for story, item in jobs if story is not None]
        part = _Part(self.mind.make(new, self.origin) if new else [])
        articles = [article_of(item.entry, self.origin) for _, item in edits]
        decided = self.mind.decide(articles) if edits else []
        for (story, item), article, decision in zip(edits, articles, decided, strict=True):
            # An edited story is decided anew. Its time stays: an edit is no news.
            part.edits.append(Edit(story, article.title, article.text, item.digest, decision))
            part.edited[story] = item if is_gathered(decision) else None
        return part


def _store(session: Session, found: Sequence[Found]) -> list[Taken]:
    """Store the parts of some feeds, and gather their events."""
    now = max((one.now for one in found), default=None)
    if now is None:
        return []
    kept = iter(stories.add(session, [new.story for one in found for new in one.part.fresh], now))
    features = {}
    leaving: list[int] = []
    taken = []
    for one in found:
        fresh, edits = one.part.fresh, one.part.edits
        pairs = list(zip(fresh, kept, strict=False))
        stories.sight(
            session, one.due.feed.id, [(new.place, new.sight, same.story) for new, same in pairs], one.now
        )
        brought = [(new, same.story) for new, same in pairs if same.new]
        features.update({story: new.features for new, story in brought if new.features is not None})
        flagged = sum(new.story.flagged for new, _ in brought)
        taken.append(
            replace(
                one.before,
                new=one.before.new + len(brought),
                updated=one.before.updated + len(edits),
                flagged=one.before.flagged + flagged + sum(edit.decision.tier.flagged for edit in edits),
            )
        )
    for one in found:
        if one.part.edits:
            stories.edit(session, one.part.edits, one.now)
            features.update(_edited_features(session, one.part))
            leaving += [story for story, item in one.part.edited.items() if item is None]
    gather.gather(session, features, now, leaving=leaving)
    return taken


def _edited_features(session: Session, part: _Part) -> dict[int, Features]:
    """What grouping keeps of edited stories that are in events."""
    decided = {edit.story: edit for edit in part.edits}
    wanted = {story: item for story, item in part.edited.items() if item is not None}
    found: dict[int, Features] = {}
    for story in stories.get(session, list(wanted)):
        article = Article(title=story.title, text=story.text, source=story.source)
        made = features_by(wanted[story.id], article, story.reported_at, decided[story.id].decision)
        if made is not None:
            found[story.id] = made
    return found


def _note(session: Session, found: Found) -> None:
    """What is noted of stories that are known."""
    todo, feed = found.todo, found.due.feed.id
    sighted = [(item.place, sight(item), story) for story, item in todo.sighted]
    stories.sight(session, feed, sighted, found.now)
    stories.meet_again(session, feed, todo.met, found.now)
    rows.relink(session, todo.relinked)
    rows.learn(session, todo.renamed)
