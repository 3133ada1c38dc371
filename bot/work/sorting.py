"""Sorting the entries of a document by what is to be done with them. Reads the store, writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.core import identity
from bot.core.addresses import canonical, unwrapped
from bot.core.identity import Identified, folded
from bot.core.new_story import sight
from bot.fetch.packed import Items
from bot.store import intake, stories
from bot.store.database import Session
from bot.store.feeds import KnownFeed
from bot.store.intake import Known

_TITLES: Final = 2000  # of a feed's stories that are compared when all its ids have changed
_MANY: Final = 8  # entries; fewer that are all new are no migration
_MOST: Final = 0.8  # of a document's entries


@dataclass(slots=True)
class Sorted:
    """The entries of a document by what is to be done with them."""

    new: Items = ()
    edited: list[tuple[int, Identified]] = field(default_factory=list)
    sighted: list[tuple[int, Identified]] = field(default_factory=list)  # known; to be noted as seen
    met: list[int] = field(default_factory=list)  # known stories that the feed shows on, to be noted
    relinked: dict[int, str] = field(default_factory=dict)
    renamed: list[tuple[str, int]] = field(default_factory=list)  # names that known stories learn
    migrated: bool = False  # all ids changed at once: what is left as new is no news
    notice: str = ""


def sort_out(session: Session, feed: KnownFeed, items: Items, now: datetime) -> Sorted:
    """Say what is new, what was edited, and what only needs a note.

    What is unchanged is in none, but that now and then it is noted as shown.
    """
    if not feed.state.backlog_done:
        return Sorted(new=items)  # nothing of it was seen; what others brought `stories.add` knows
    seen = stories.seen(session, feed.id, (item.place for item in items))
    rest = [item for item in items if item.place not in seen or seen[item.place].digest != sight(item)]
    names = stories.by_keys(session, (key for item in rest if item.place not in seen for key in item.keys))
    leads = {id(item): _leads_to(item, seen, names) for item in rest}
    known = intake.known(session, [story for story in leads.values() if story is not None])
    stale = now - stories.NOTED_FOR
    new: list[Identified] = []
    todo = Sorted(new=new, met=[one.story for one in seen.values() if one.seen_at < stale])
    for item in rest:
        story = leads[id(item)]
        if (
            story is None
            or story not in known
            or (item.place not in seen and _another(feed, item, known[story], names))
        ):
            new.append(item)
        else:
            _compare(todo, feed, item, story, known[story], placed=item.place in seen)
    if feed.state.backlog_done and len(items) >= _MANY and len(todo.new) >= _MOST * len(items):
        _find_by_title(session, todo, feed, now)
    return todo


def _leads_to(item: Identified, seen: Mapping[str, stories.Seen], names: Mapping[str, int]) -> int | None:
    """The story that an entry is, by the feed's own name for it or by any other."""
    if item.place in seen:
        return seen[item.place].story
    return next((names[key] for key in item.keys if key in names), None)


def _another(feed: KnownFeed, item: Identified, known: Known, names: Mapping[str, int]) -> bool:
    """Whether only the address agrees, within one feed, and neither guid nor any word of the title.

    Some feeds give all their entries the address of one page.
    """
    by_address_alone = item.place.startswith("g:") and item.place not in names
    if not by_address_alone or known.feed != feed.id:
        return False
    words, others = set(folded(item.entry.title).split()), set(folded(known.title).split())
    return bool(words) and bool(others) and not words & others


def _compare(
    todo: Sorted, feed: KnownFeed, item: Identified, story: int, known: Known, *, placed: bool
) -> None:
    """What to do with an entry whose story is known.

    Only the feed that brought a story first can edit it: another may show the
    same story in other words, and the two would overwrite each other for ever.
    """
    own = known.feed in {feed.id, None}
    edited = own and known.digest != item.digest
    if edited:
        todo.edited.append((story, item))
    elif own and item.entry.url and canonical(item.entry.url) != canonical(known.url):
        todo.relinked[story] = unwrapped(item.entry.url)
    if placed or edited or not own or not item.place.startswith("g:"):
        todo.sighted.append((story, item))
    else:
        todo.met.append(story)  # its guid may change on every poll: not each of them is kept


def _find_by_title(session: Session, todo: Sorted, feed: KnownFeed, now: datetime) -> None:
    """A document whose entries are all new: a site may have changed all its ids at once. Titles tell."""
    titles = intake.titles(session, feed.id, limit=_TITLES)
    stories_of = {folded(title): story for story, title in sorted(titles.items()) if folded(title)}
    known = [
        (stories_of[told], item) for item in todo.new if (told := folded(item.entry.title)) in stories_of
    ]
    if len(known) < _MANY / 2:
        return
    taken = {id(item) for _, item in known}
    todo.new = [item for item in todo.new if id(item) not in taken]
    todo.sighted += known
    todo.renamed += [(key, story) for story, item in known for key in item.keys]
    todo.migrated = True
    undated = sum(identity.believable(item.entry.published, now) is None for item in todo.new)
    dated = len(todo.new) - undated
    old = f", {dated} that are not known by title are kept as old" if dated else ""
    held = f", {undated} without a date are held back until `feeds release {feed.name}`" if undated else ""
    todo.notice = f"the site changed the ids of {len(known)} items at once: none is told again{old}{held}"
