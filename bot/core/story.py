"""The values that flow from a feed to a decision: entry, story, decision."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

from bot.core.words import Instrument, Stage, Tier

Field = Literal["title", "text"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as a feed gave it, reduced to plain text (no markup, no control characters)."""

    guid: str  # as the feed gave it; "": none
    url: str  # absolute http(s) address; "": none
    title: str
    text: str
    published: datetime | None = None  # aware, UTC; None: missing, impossible or unreadable
    lang: str = ""  # as declared (BCP 47); often wrong
    source: str = ""  # the outlet an aggregator names for the item


@dataclass(frozen=True, slots=True)
class Story:
    """One news item, however often and in however many feeds it was seen."""

    id: int
    url: str
    title: str
    text: str
    source: str  # host of the outlet, e.g. "gazeta.uz"
    lang: str  # detected, ISO 639-1; "und": not known
    published: datetime | None  # as claimed by the feed, when believable
    reported_at: datetime  # the moment it counts for in windows; see core.identity.reported_at
    guid: str = ""
    feed: str = ""  # name of the feed that brought it first


@dataclass(frozen=True, slots=True)
class Article:
    """What understanding reads: a title and a text, from whatever source."""

    title: str
    text: str
    url: str = ""
    source: str = ""
    lang: str = ""  # as declared; only a hint
    published: datetime | None = None


class Reason(NamedTuple):
    """A place in a story that earned (weight > 0) or cost (weight < 0) a topic something.

    `start` and `end` are character offsets into `field` as given, so that
    `getattr(article, field)[start:end] == phrase`. A tuple and not a dataclass: a story has a hundred.
    """

    topic: str
    concept: str  # id of the concept in its pack, e.g. "mineral.tungsten"
    phrase: str
    field: Field
    start: int
    end: int
    weight: float
    note: str = ""  # why it was set aside or turned round; "" for plain evidence


def once(reasons: Iterable[Reason]) -> list[Reason]:
    """The weightiest first; what a place earned by several rules of a topic is told once, as their sum."""
    found: dict[object, Reason] = {}
    for reason in reasons:
        topic = reason.topic if reason.weight else ""
        key = (topic, reason.concept, reason.field, reason.start, reason.end, reason.note)
        same = found.get(key)
        found[key] = reason._replace(weight=round(same.weight + reason.weight, 3)) if same else reason
    return sorted(found.values(), key=lambda reason: -abs(reason.weight))


@dataclass(frozen=True, slots=True)
class Money:
    """An amount named in a story."""

    amount: float  # in units of the currency, not millions
    currency: str  # ISO 4217
    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Action:
    """One policy record: who did what, how far it came, and the sentence that says so."""

    instrument: Instrument
    stage: Stage
    parties: tuple[str, ...] = ()  # states, ISO 3166-1 alpha-2, "EU" for the Union, sorted
    actors: tuple[str, ...] = ()  # ids of bodies and companies, sorted
    minerals: tuple[str, ...] = ()
    amount: Money | None = None
    day: date | None = None
    sentence: str = ""
    field: Field = "title"
    start: int = 0  # of the sentence, in `field`
    end: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of a story, once, with the reasons."""

    tier: Tier
    topics: tuple[str, ...]  # those whose score reached its line
    scores: dict[str, float]  # topic -> 0..1
    lang: str  # detected, ISO 639-1; "und": not known
    countries: tuple[str, ...] = ()  # of the five, that it is substantively about
    minerals: tuple[str, ...] = ()  # names as in LABELS: "rare earths", "tungsten"
    places: tuple[str, ...] = ()  # all countries named with weight, the counterparts included
    people: tuple[str, ...] = ()  # ids
    bodies: tuple[str, ...] = ()  # ids
    amounts: tuple[Money, ...] = ()
    dates: tuple[date, ...] = ()
    actions: tuple[Action, ...] = ()  # the first is the one the story is about
    why: tuple[Reason, ...] = ()
    against: tuple[Reason, ...] = ()  # set aside, or counted against
    review: bool = False  # in the grey band: shown, and marked for a person's look
    packs: str = ""  # version of the packs that decided
    basis: Literal["feed", "page"] = "feed"  # page: the article was fetched for its full text
    notes: tuple[str, ...] = field(default=())
