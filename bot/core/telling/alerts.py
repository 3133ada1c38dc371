"""What cannot wait for the digest: the rule, its hours, and how an alert is told and goes on."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Final, TypeVar

from bot.core.documents import (
    Button,
    Buttons,
    Document,
    Feedback,
    Item,
    Notice,
    Paragraph,
    Part,
    Span,
    plain,
)
from bot.core.event import Event, Report
from bot.core.telling.digest import item, menu
from bot.core.telling.phrases import ENGLISH, Phrases
from bot.core.wording import sentences
from bot.core.words import FeedKind, Instrument, Stage, Tier

T = TypeVar("T")

FRESH: Final = timedelta(hours=12)
"""What was first reported longer ago than this can wait for the digest: it is no news."""

FOLLOWED: Final = timedelta(days=3)
"""How long an alert goes on: what comes later is another happening, or for the digest."""

_DONE: Final = (Stage.SIGNED, Stage.RATIFIED, Stage.IN_FORCE)

# That people met or spoke is no act; what they signed when they met is an event of its own.
_TALK: Final = frozenset({Instrument.STATEMENT, Instrument.SUMMIT, Instrument.VISIT, Instrument.OTHER})

_NAMED: Final = 5  # sources of one line
_INDEPENDENT: Final = 2  # sources that are as good as an official one


@dataclass(frozen=True, slots=True)
class Hours:
    """How many alerts a channel gets a day, and when it gets none; on the clocks of its subscription."""

    per_day: int = 5
    quiet_from: time = time(22)
    quiet_until: time = time(7)

    def quiet(self, moment: datetime, zone: tzinfo) -> bool:
        """Whether nothing is posted at this moment. Two equal times mean that there are no quiet hours.

        >>> Hours().quiet(datetime(2026, 2, 6, 23, 30, tzinfo=UTC), UTC)
        True
        """
        clock = moment.astimezone(zone).time()
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= clock < self.quiet_until
        return clock >= self.quiet_from or clock < self.quiet_until


def day_began(moment: datetime, zone: tzinfo) -> datetime:
    """Midnight of the day of `moment` in a zone, in UTC."""
    day = moment.astimezone(zone).date()
    return datetime.combine(day, time(), zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Seen:
    """How far an alert has told an event."""

    sources: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()

    def __or__(self, other: "Seen") -> "Seen":
        return Seen(_union(self.sources, other.sources), _union(self.stages, other.stages))


def seen(event: Event) -> Seen:
    """What there is to be told of an event: who reports it in words of their own, and how far it has come."""
    stages = (action.stage for action in event.actions if action.stage is not Stage.NONE)
    return Seen(tuple(_standing(event)), tuple(dict.fromkeys(stages)))


def cannot_wait(event: Event, now: datetime, *, since: datetime, words: Phrases = ENGLISH) -> str:
    """Why an event cannot wait, as people are told; "": it can.

    It is core, something was done, an official source or two independent ones say so, it is new, and
    something of it came after `since`. What was in a feed before its first poll says nothing here.
    """
    if event.tier is not Tier.CORE or event.review or not event.actions:
        return ""
    main = event.actions[0]
    if main.instrument in _TALK or main.stage not in _DONE:
        return ""
    if not is_new(event, now) or not any(since < report.reported_at <= now for report in _live(event)):
        return ""
    standing = _standing(event)
    official = [source for source, kind in standing.items() if kind is FeedKind.OFFICIAL]
    if official:
        return words.official(words.stage(main.stage, main.instrument), official[0])
    if len(standing) >= _INDEPENDENT:
        return words.independent(words.stage(main.stage, main.instrument), len(standing))
    return ""


def is_new(event: Event, now: datetime) -> bool:
    """Whether it was first reported within FRESH, and not only by what a feed had before its first poll."""
    return event.first_at > now - FRESH and bool(_live(event))


def goes_on(event: Event, now: datetime) -> bool:
    """Whether it is late enough to be told as what came of another; a feed's past is not."""
    return event.last_at > now - FOLLOWED and bool(_live(event))


def document(event: Event, why: str, words: Phrases = ENGLISH) -> Document:
    """An alert as it is posted, and as it is edited later."""
    choices = menu(event, words)
    return _alert(
        words.alert, event, (_because(words.at_once(why)), Feedback(choices.useful, choices.useless)), words
    )


def watched(
    event: Event, why: str, unwatch: str, words: Phrases = ENGLISH, *, line: str = "", last: str = ""
) -> Document:
    """What one who watches is told. `line` says what an event has gained; without it, it is new to them.

    `unwatch` is the command that ends it; `last` says that there is no more today.
    """
    gained = (Paragraph((Span(line, style="strong"),)),) if line else ()
    parts = (*gained, _because(words.at_once(why)), *((Notice(last),) if last else ()))
    end = Buttons((Button(words.unwatch, unwatch),))
    return _alert(words.update if line else words.alert, event, (*parts, end), words)


def edited(before: Document, event: Event, words: Phrases = ENGLISH) -> Document:
    """An alert that was posted, of the event as it is now; why it was told at once stays."""
    return _alert(
        words.alert, event, tuple(part for part in before.parts if not isinstance(part, Item)), words
    )


def _because(said: str) -> Paragraph:
    return Paragraph((Span(said, style="soft"),))


def _alert(kind: str, event: Event, after: tuple[Part, ...], words: Phrases) -> Document:
    done = words.action(event.actions[0]) if event.actions else ""
    title = f"{kind}: {event.headline}"
    gist = sentences((title, done))
    return Document(title, (item(event, words), *after), gist, language=words.language)


def growth(before: Seen, event: Event, words: Phrases = ENGLISH) -> str:
    """What an event has gained since it was told, as one line; "": nothing that is worth one."""
    now = seen(event)
    stages = [words.stage(stage) for stage in now.stages if stage not in before.stages]
    standing = _standing(event)
    sources = [
        _named(source, standing[source], words) for source in now.sources if source not in before.sources
    ]
    told = [words.now(stages)] if stages else []
    if sources:
        told.append(words.also_told(sources[:_NAMED], len(sources[_NAMED:])))
    return " ".join(told)


def growth_document(line: str, words: Phrases = ENGLISH) -> Document:
    """The line that is added to the thread of an alert."""
    return Document(words.update, (Paragraph(plain(line)),), line, language=words.language)


def _standing(event: Event) -> dict[str, FeedKind]:
    """The sources that speak for themselves, each with its standing, in order of weight."""
    found: dict[str, FeedKind] = {}
    for report in event.stories:
        if _speaks(report):
            found.setdefault(report.source, report.kind)
    return found


def _live(event: Event) -> list[Report]:
    return [report for report in event.stories if not report.backlog]


def _speaks(report: Report) -> bool:
    if report.backlog or report.kind is FeedKind.AGGREGATOR:
        return False
    return report.copy_of is None or report.kind is FeedKind.OFFICIAL


def _named(source: str, kind: FeedKind, words: Phrases) -> str:
    return f"{source} ({words.kind(kind)})" if kind is FeedKind.OFFICIAL else source


def _union(one: tuple[T, ...], other: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*one, *other)))
