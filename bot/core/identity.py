"""When two entries are one story, and the moment a story counts for.

Feeds change their guids, their links and their titles, each while the others
stay. So an entry goes by several names, each strong enough to stand alone, and
any of them that leads to a story makes it that story. A name that several
different entries of one document share names nothing and is left out.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from bot.core.addresses import canonical, host_of
from bot.core.story import Entry

ARCHIVE_AGE: Final = timedelta(days=7)
_AHEAD: Final = timedelta(days=1)  # clocks and zones are wrong by less than this
_OLDEST: Final = datetime(1995, 1, 1, tzinfo=UTC)  # there was no feed before
_WORD = re.compile(r"\w+")
_WORDINGS: Final = 2  # of one story in one document, at most
_TELLING_WORDS: Final = 4  # a title of fewer words is often a rubric


@dataclass(frozen=True, slots=True)
class Identified:
    """An entry, the names it goes by, and what it says."""

    entry: Entry
    keys: tuple[str, ...]  # names of the story, the strongest first; never empty
    digest: str  # of the wording

    @property
    def place(self) -> str:
        """The feed's own name for the entry."""
        return self.keys[0]


def identify(entries: Sequence[Entry], *, feed: str) -> list[Identified]:
    """Name the entries of a document; one that is there twice is named once.

    `feed` is what guids are unique within: the feed's id, as guids are often
    small numbers. The order is kept; of duplicates the first stays.
    """
    names = [_names(entry, feed) for entry in entries]
    first: dict[str, int] = {}
    several: dict[str, list[int]] = {}
    for at, of_entry in enumerate(names):
        for name in of_entry:
            before = first.setdefault(name, at)
            if before != at:
                several.setdefault(name, [before]).append(at)
    senseless = {name for name, places in several.items() if _shared(name, [entries[at] for at in places])}
    del first
    found: list[Identified] = []
    taken: set[str] = set()
    for entry, of_entry in zip(entries, names, strict=True):
        keys = tuple(name for name in of_entry if name not in senseless) or (_last_resort(entry, feed),)
        if taken.isdisjoint(keys):
            found.append(Identified(entry, keys, wording(entry)))
        taken.update(keys)
    return found


def address_key(url: str) -> str:
    """The name that a story goes by because of its address; "" when the address names none."""
    address = canonical(url)
    return f"u:{_hash(address)}" if "/" in address or "?" in address else ""


def wording(entry: Entry) -> str:
    """A digest of what an entry says; the same digest means that nobody edited it."""
    return _hash(entry.title, entry.text)


def source_of(entry: Entry, feed_url: str) -> str:
    """The host of the outlet: what an aggregator names, else where the link leads, else the feed's own."""
    named = entry.source if re.fullmatch(r"[\w-]+(\.[\w-]+)+", entry.source) else ""
    return named or host_of(entry.url) or host_of(feed_url)


def believable(published: datetime | None, first_seen: datetime) -> datetime | None:
    """The date that a feed claims, or None for one that cannot be true."""
    if published is None or not _OLDEST <= published <= first_seen + _AHEAD:
        return None
    return published


def reported_at(published: datetime | None, first_seen: datetime, *, backlog: bool) -> datetime:
    """The moment a story counts for in windows of time.

    What was there when its feed was first read (`backlog`) counts for when it
    was published; afterwards a story counts for the moment we first saw it,
    but for what a site dug out of its archive. Never later than first seen.
    """
    claimed = believable(published, first_seen)
    if claimed is None:
        return first_seen
    if backlog or claimed < first_seen - ARCHIVE_AGE:
        return min(claimed, first_seen)
    return first_seen


@lru_cache(maxsize=1024)  # a title is asked for several times while its document is taken in
def folded(title: str) -> str:
    """A title for comparing: letters and digits of one case."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", title).casefold()))


def _names(entry: Entry, feed: str) -> tuple[str, ...]:
    """The names that an entry may go by, the strongest first."""
    names = []
    if entry.guid:
        names.append(_guid_key(entry.guid, feed))
    address = address_key(entry.url)
    if address:
        names.append(address)
    told = folded(entry.title)
    if entry.published is not None and len(told.split()) >= _TELLING_WORDS and _has_time(entry.published):
        names.append(f"t:{_hash(feed, told, entry.published.isoformat())}")
    return tuple(names)


def _guid_key(guid: str, feed: str) -> str:
    """A guid that is an address means the same in every feed; any other only in its own."""
    address = canonical(guid)
    if "/" in address or "?" in address:
        return f"g:{_hash(address)}"
    return f"g:{_hash(feed, guid)}"


def _last_resort(entry: Entry, feed: str) -> str:
    """The name of an entry that has none: what it says, and where."""
    return f"w:{_hash(feed, folded(entry.title), entry.text, entry.url, entry.guid)}"


def _shared(name: str, entries: Sequence[Entry]) -> bool:
    """Whether different stories of one document have the same guid, or the same address."""
    if name.startswith("t:"):
        return False
    titles = {folded(entry.title) for entry in entries}
    others = {entry.guid if name.startswith("u:") else canonical(entry.url) for entry in entries}
    if others == {""}:
        return len(titles) > _WORDINGS  # nothing else tells: two may be one story and its correction
    return len(titles) > 1 and len(others) > 1


def _has_time(moment: datetime) -> bool:
    """Whether a date came with a time of day."""
    return (moment.hour, moment.minute, moment.second) != (0, 0, 0)


def _hash(*parts: str) -> str:
    """A short digest; the parts are kept apart."""
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()
