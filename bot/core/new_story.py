"""From an entry to a story as the store takes it. Pure, so that it is done where the entry was read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from bot.core import decision_json, identity
from bot.core.addresses import canonical, unwrapped
from bot.core.events import Features
from bot.core.events import features as features_of
from bot.core.identity import Identified
from bot.core.story import Article, Decision, Entry, Story
from bot.core.text import storable
from bot.core.tokens import index_text
from bot.core.words import CENTRAL_ASIA, CRITICAL_MINERALS, POLICY, Tier

_LONGEST_FALLBACK: Final = 100  # characters of a text that stands for a missing title


@dataclass(frozen=True, slots=True)
class Origin:
    """The feed that entries come from, and when they came."""

    feed_id: int
    url: str
    kind: str  # of source
    lang: str  # as declared
    now: datetime
    backlog: bool  # what it shows is no news: it is read for the first time, or has changed all its ids
    migrated: bool = False  # all ids changed: what has no date is held back


@dataclass(frozen=True, slots=True)
class NewStory:
    """A story to keep, with what was decided of it. `keys` are the names it goes by, at least one."""

    url: str
    title: str
    text: str
    source: str
    published: datetime | None
    first_seen_at: datetime
    reported_at: datetime
    digest: str
    keys: tuple[str, ...]
    decision: Decision
    feed_id: int | None = None
    guid: str = ""
    backlog: bool = False
    held: bool = False


class Ready(NamedTuple):
    """A new story as the store takes it: its texts can be kept. A tuple, for many cross a pipe."""

    url: str
    title: str
    text: str
    source: str
    lang: str
    published: datetime | None
    first_seen_at: datetime
    reported_at: datetime
    digest: str
    keys: tuple[str, ...]
    feed_id: int | None
    guid: str
    backlog: bool
    held: bool
    tier: str
    central_asia: float
    critical_minerals: float
    policy: float
    review: bool
    packs: str
    body: str  # the whole decision, as JSON
    labels: tuple[tuple[str, str], ...]
    words: str  # what is indexed of it

    @property
    def flagged(self) -> bool:
        """Whether people are shown it."""
        return Tier(self.tier).flagged


class Fresh(NamedTuple):
    """A new story with what else is noted of its entry."""

    story: Ready
    place: str  # the feed's own name for the entry
    sight: str
    features: Features | None  # None: it is in no event


def says_something(entry: Entry) -> bool:
    """Whether there is anything to show of an entry."""
    return bool(entry.title or entry.text or entry.url or entry.guid)


def article_of(entry: Entry, origin: Origin) -> Article:
    """An entry as understanding reads it."""
    return Article(
        title=_title(entry),
        text=entry.text,
        url=entry.url,
        source=identity.source_of(entry, origin.url),
        lang=entry.lang or origin.lang,
        published=entry.published,
    )


def fresh(item: Identified, origin: Origin, article: Article, decision: Decision) -> Fresh:
    """A new story of an entry, as it was decided; `article` is what was decided, the page's text maybe."""
    entry = item.entry
    published = identity.believable(entry.published, origin.now)
    new = NewStory(
        url=unwrapped(entry.url),
        title=article.title,
        text=article.text,
        source=article.source,
        published=published,
        first_seen_at=origin.now,
        reported_at=identity.reported_at(entry.published, origin.now, backlog=origin.backlog),
        digest=item.digest,
        keys=item.keys,
        decision=decision,
        feed_id=origin.feed_id,
        guid=entry.guid,
        backlog=origin.backlog,
        held=origin.migrated and published is None,
    )
    found = None if new.held else features_by(item, article, new.reported_at, decision)
    return Fresh(ready(new, origin.kind), item.place, sight(item), found)


def ready(new: NewStory, kind: str = "") -> Ready:
    """Make a story ready to be stored; `kind` is what kind of source its feed is, "" without one."""
    decision, scores = new.decision, new.decision.scores
    labels = tuple(dict.fromkeys(labels_of(decision, kind)))
    title, text, source = storable(new.title), storable(new.text), storable(new.source)
    return Ready(
        url=new.url,
        title=title,
        text=text,
        source=source,
        lang=decision.lang,
        published=new.published,
        first_seen_at=new.first_seen_at,
        reported_at=new.reported_at,
        digest=new.digest,
        keys=new.keys,
        feed_id=new.feed_id,
        guid=new.guid,
        backlog=new.backlog,
        held=new.held,
        tier=decision.tier.value,
        central_asia=scores.get(CENTRAL_ASIA, 0.0),
        critical_minerals=scores.get(CRITICAL_MINERALS, 0.0),
        policy=scores.get(POLICY, 0.0),
        review=decision.review,
        packs=decision.packs,
        body=decision_json.dump(decision),
        labels=labels,
        words=index_text(
            title, text, source=source, lang=decision.lang, tier=decision.tier.value, labels=labels
        ),
    )


def labels_of(decision: Decision, feed_kind: str = "") -> Iterator[tuple[str, str]]:
    """The labels of a decision as (kind, value); kinds are named as in the query language."""
    yield from (("topic", topic) for topic in decision.topics)
    yield from (("country", country) for country in decision.countries)
    yield from (("place", place) for place in decision.places)
    yield from (("mineral", mineral) for mineral in decision.minerals)
    yield from (("person", person) for person in decision.people)
    yield from (("body", body) for body in decision.bodies)
    if decision.tier is not Tier.NONE:  # actions of what is not shown would only swell the index
        yield from (("type", action.instrument.value) for action in decision.actions)
        yield from (("stage", action.stage.value) for action in decision.actions)
    if decision.review:
        yield "is", "review"
    if feed_kind:
        yield "is", feed_kind


def sight(item: Identified) -> str:
    """A digest of what a feed shows of an entry: its wording, and where it leads."""
    return f"{item.digest}:{canonical(item.entry.url)[:200]}"


def is_gathered(decision: Decision) -> bool:
    """Whether stories of this decision are put into events: those that are shown, or may be."""
    return decision.tier.flagged or decision.review


def features(
    *, key: str, title: str, text: str, source: str, reported_at: datetime, decision: Decision
) -> Features | None:
    """What grouping keeps of a story; None: it is in no event."""
    if not is_gathered(decision):
        return None
    return features_of(
        key=key,
        title=title,
        text=text,
        lang=decision.lang,
        source=source,
        when=reported_at,
        decision=decision,
    )


def features_by(
    item: Identified, article: Article, reported_at: datetime, decision: Decision
) -> Features | None:
    """The same of an entry. It goes by its address there if it has one: feeds differ in guids."""
    key = next((name for name in item.keys if name.startswith("u:")), item.place)
    return features(
        key=key,
        title=article.title,
        text=article.text,
        source=article.source,
        reported_at=reported_at,
        decision=decision,
    )


def features_kept(story: Story, decision: Decision, *, name: str = "") -> Features | None:
    """The same of a story that is stored, under the `name` that it went by; without one, by its address."""
    return features(
        key=name or identity.address_key(story.url) or f"s:{story.id}",
        title=story.title,
        text=story.text,
        source=story.source,
        reported_at=story.reported_at,
        decision=decision,
    )


def _title(entry: Entry) -> str:
    """The title, or what stands for one: the beginning of the text, else where it is."""
    if entry.title:
        return entry.title
    if len(entry.text) > _LONGEST_FALLBACK:
        return entry.text[:_LONGEST_FALLBACK].rpartition(" ")[0] + " …"
    return entry.text or entry.url or entry.guid
