"""Taking in a document: which of its entries are new, which were edited, and keeping what comes of it.

What is known is recognized before anything is understood: an entry whose digest
the feed showed before costs one look-up, shared by the whole document.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Protocol

from bot.core import identity
from bot.core.addresses import unwrapped
from bot.core.events import Features
from bot.core.identity import Identified
from bot.core.story import Article, Decision, Entry
from bot.errors import StoreError
from bot.fetch.document import FeedDocument
from bot.store import feeds, stories
from bot.store import intake as rows
from bot.store.database import Session
from bot.store.feeds import DueFeed, FeedState
from bot.store.stories import Edit, NewStory
from bot.work import gather
from bot.work.polling import Polling
from bot.work.sorting import Sorted, sight, sort_out

_BATCH: Final = 500  # stories in one transaction: others want to write as well
_LONGEST_FALLBACK: Final = 100  # characters of a text that stands for a missing title

_Job = tuple[int | None, Identified]  # the story that is edited, or None for a new one


class Decide(Protocol):
    """Decides articles; with `may_fetch`, by their pages where the feed says too little."""

    def __call__(self, articles: Sequence[Article], *, may_fetch: bool) -> list[tuple[Article, Decision]]:
        """In their order; an article comes back as it was decided."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in."""

    new: int = 0
    updated: int = 0
    flagged: int = 0
    notice: str = ""


class LeaseLostError(StoreError):
    """Another worker has the feed meanwhile; what this one brought is not noted."""


@dataclass(slots=True)
class _Batch:
    """Stories that are kept in one transaction."""

    new: list[NewStory] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)  # of the new: (place, sight)
    edits: list[Edit] = field(default_factory=list)
    features: dict[str, Features] = field(default_factory=dict)  # of new stories, by their first key
    edited: dict[int, Identified | None] = field(default_factory=dict)  # None: in no event from now on


def take_in(
    polling: Polling,
    due: DueFeed,
    document: FeedDocument,
    now: datetime,
    *,
    after: Callable[[Taken], FeedState],
    move_to: str | None,
    decide: Decide,
) -> Taken:
    """Keep what a document brings, and the feed's state with the last of it, in one transaction.

    Stories are kept once however often this is begun and broken off; the state
    is noted only when all of them are kept. Raises LeaseLostError.
    """
    entries = [entry for entry in document.entries if _says_something(entry)]
    named = identity.identify(entries, feed=f"f{due.feed.id}")
    with polling.database.reading() as session:
        todo = sort_out(session, due.feed, named, now)
    making = _Making(due, todo, document.lang or due.feed.lang, now, decide)
    taken = Taken(notice=todo.notice)
    parts = making.parts()
    for part in parts[:-1]:
        batch = making.batch(part)
        with polling.database.writing(in_bulk=True) as session:
            taken = _keep(session, due, batch, taken, now)
    batch = making.batch(parts[-1])
    with polling.database.writing(in_bulk=True) as session:
        taken = _keep(session, due, batch, taken, now)
        _note(session, due, todo, now)
        if not feeds.record(session, due, after(taken), url=move_to):
            raise LeaseLostError(f"feed {due.feed.id}: another worker took it over")
    return taken


@dataclass(frozen=True, slots=True)
class _Making:
    """Makes batches of decided stories of what is to be done."""

    due: DueFeed
    todo: Sorted
    lang: str  # as declared
    now: datetime
    decide: Decide

    def parts(self) -> list[list[_Job]]:
        """What is to be decided, in parts of one transaction each; one part at least."""
        jobs: list[_Job] = [*((None, item) for item in self.todo.new), *self.todo.edited]
        return [jobs[at : at + _BATCH] for at in range(0, max(len(jobs), 1), _BATCH)]

    def batch(self, part: Sequence[_Job]) -> _Batch:
        """Decide the stories of a part."""
        batch = _Batch()
        new = [item for story, item in part if story is None]
        backlog = not self.due.feed.state.backlog_done or self.todo.migrated
        decided = self.decide([self._article(item.entry) for item in new], may_fetch=not backlog)
        for item, (article, decision) in zip(new, decided, strict=True):
            self._add_new(batch, item, article, decision, backlog=backlog)
        edits = [(story, item) for story, item in part if story is not None]
        decided = self.decide([self._article(item.entry) for _, item in edits], may_fetch=False)
        for (story, item), (article, decision) in zip(edits, decided, strict=True):
            self._add_edit(batch, story, item, article, decision)
        return batch

    def _add_new(
        self, batch: _Batch, item: Identified, article: Article, decision: Decision, *, backlog: bool
    ) -> None:
        entry, feed = item.entry, self.due.feed
        published = identity.believable(entry.published, self.now)
        new = NewStory(
            url=unwrapped(entry.url),
            title=article.title,
            text=article.text,
            source=article.source,
            published=published,
            first_seen_at=self.now,
            reported_at=identity.reported_at(entry.published, self.now, backlog=backlog),
            digest=item.digest,
            keys=item.keys,
            decision=decision,
            feed_id=feed.id,
            guid=entry.guid,
            backlog=backlog,
            held=self.todo.migrated and published is None,
        )
        batch.new.append(new)
        batch.places.append((item.place, sight(item)))
        found = None if new.held else _features(item, article, new.reported_at, decision)
        if found is not None:
            batch.features[item.place] = found

    @staticmethod
    def _add_edit(batch: _Batch, story: int, item: Identified, article: Article, decision: Decision) -> None:
        """An edited story is decided anew. Its time stays: an edit is no news."""
        batch.edits.append(
            Edit(story=story, title=article.title, text=article.text, digest=item.digest, decision=decision)
        )
        batch.edited[story] = item if gather.is_gathered(decision) else None

    def _article(self, entry: Entry) -> Article:
        """An entry as understanding reads it."""
        return Article(
            title=_title(entry),
            text=entry.text,
            url=entry.url,
            source=identity.source_of(entry, self.due.feed.url),
            lang=entry.lang or self.lang,
            published=entry.published,
        )


def _keep(session: Session, due: DueFeed, batch: _Batch, taken: Taken, now: datetime) -> Taken:
    """Store a batch and gather its events."""
    kept = stories.add(session, batch.new, now)
    stories.sight(
        session,
        due.feed.id,
        [(place, digest, one.story) for (place, digest), one in zip(batch.places, kept, strict=True)],
        now,
    )
    fresh = {
        one.story: batch.features[new.keys[0]]
        for new, one in zip(batch.new, kept, strict=True)
        if one.new and new.keys[0] in batch.features
    }
    stories.edit(session, batch.edits, now)
    fresh |= _edited_features(session, batch)
    gather.leave(session, [story for story, item in batch.edited.items() if item is None])
    gather.gather(session, fresh, now)
    flagged = sum(one.new and new.decision.tier.flagged for new, one in zip(batch.new, kept, strict=True))
    return replace(
        taken,
        new=taken.new + sum(one.new for one in kept),
        updated=taken.updated + len(batch.edits),
        flagged=taken.flagged + flagged + sum(edit.decision.tier.flagged for edit in batch.edits),
    )


def _edited_features(session: Session, batch: _Batch) -> dict[int, Features]:
    """What grouping keeps of edited stories that are in events."""
    decided = {edit.story: edit for edit in batch.edits}
    wanted = {story: item for story, item in batch.edited.items() if item is not None}
    found: dict[int, Features] = {}
    for story in stories.get(session, list(wanted)):
        article = Article(title=story.title, text=story.text, source=story.source)
        made = _features(wanted[story.id], article, story.reported_at, decided[story.id].decision)
        if made is not None:
            found[story.id] = made
    return found


def _note(session: Session, due: DueFeed, todo: Sorted, now: datetime) -> None:
    """What is noted of stories that are known."""
    stories.sight(
        session, due.feed.id, [(item.place, sight(item), story) for story, item in todo.sighted], now
    )
    stories.meet_again(session, due.feed.id, todo.met, now)
    rows.relink(session, todo.relinked)
    rows.learn(session, todo.renamed)


def _features(
    item: Identified, article: Article, reported_at: datetime, decision: Decision
) -> Features | None:
    """What grouping keeps of a story. It goes by its address there if it has one: feeds differ in guids."""
    key = next((name for name in item.keys if name.startswith("u:")), item.place)
    return gather.features(
        key=key,
        title=article.title,
        text=article.text,
        source=article.source,
        reported_at=reported_at,
        decision=decision,
    )


def _title(entry: Entry) -> str:
    """The title, or what stands for one: the beginning of the text, else where it is."""
    if entry.title:
        return entry.title
    if len(entry.text) > _LONGEST_FALLBACK:
        return entry.text[:_LONGEST_FALLBACK].rpartition(" ")[0] + " …"
    return entry.text or entry.url or entry.guid


def _says_something(entry: Entry) -> bool:
    """Whether there is anything to show of an entry."""
    return bool(entry.title or entry.text or entry.url or entry.guid)
