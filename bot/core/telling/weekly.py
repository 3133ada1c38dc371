"""The review of the week: what was done by country and mineral, what moved on, what is told more of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import groupby
from math import sqrt
from typing import Final

from bot.core.as_json import action_json, event_json
from bot.core.documents import (
    Bullets,
    Document,
    Heading,
    Image,
    Line,
    Paragraph,
    Part,
    Span,
    Table,
    plain,
)
from bot.core.event import Event
from bot.core.story import Action
from bot.core.telling.near import Near, section
from bot.core.telling.near import as_json as near_json
from bot.core.telling.phrases import ENGLISH, Phrases
from bot.core.wording import sentences
from bot.core.words import FIVE, Instrument, Stage

WEEKS: Final = 8
"""That the last one is held against."""

LINES: Final = 12  # of one country; what one event did about one mineral is one
_LEAST: Final = 4  # stories that are worth a word
_KNOWN: Final = 4  # weeks with stories before it can be said what is usual


@dataclass(frozen=True, slots=True)
class Moved:
    """A happening that goes on from an earlier one and stands elsewhere."""

    event: Event
    earlier: Event


@dataclass(frozen=True, slots=True)
class Counts:
    """How many stories each of nine weeks had, the last one last."""

    name: str  # a country's code, a mineral; "": all
    weeks: tuple[int, ...]

    @property
    def now(self) -> int:
        """In the last week."""
        return self.weeks[-1]

    @property
    def usual(self) -> float:
        """A week, in those before."""
        before = self.weeks[:-1]
        return sum(before) / len(before) if before else 0.0

    @property
    def spike(self) -> bool:
        """Whether the last week had more than chance makes of the usual: by three standard deviations.

        >>> Counts("uranium", (2, 3, 2, 1, 2, 3, 2, 2, 9)).spike
        True
        """
        return self.now >= _LEAST and self.now > self.usual + 3 * sqrt(max(self.usual, 1.0))


@dataclass(frozen=True, slots=True)
class Week:
    """What a review is made of."""

    name: str
    start: datetime
    end: datetime
    events: tuple[Event, ...]  # of (start, end], in order of weight
    moved: tuple[Moved, ...]
    all_stories: Counts
    counts: tuple[Counts, ...]  # of countries and minerals
    ends: tuple[datetime, ...]  # of the weeks that were counted
    near: tuple[Near, ...] = ()  # what fell just short of being told

    @property
    def spikes(self) -> tuple[Counts, ...]:
        """What is told of more than usual, once it is known what is usual; the steepest first."""
        if sum(number > 0 for number in self.all_stories.weeks[:-1]) < _KNOWN:
            return ()
        steep = sorted(self.counts, key=lambda each: (each.usual - each.now, each.name))
        return tuple(each for each in steep if each.spike)

    @property
    def quiet(self) -> bool:
        """Nothing was done, and nothing moved."""
        return not self.moved and not any(_acts(event) for event in self.events)


def document(week: Week, chart: bytes, *, zone: tzinfo, words: Phrases = ENGLISH) -> Document:
    """The review as people read it; `chart` is the picture of the stories a week (PNG)."""
    title = f"{week.name}: {words.week_to(week.end.astimezone(zone))}"
    window = words.window(week.start, week.end, zone)
    told = words.stories_a_week(week.all_stories.now, week.all_stories.usual)
    lead = words.quiet_week if week.quiet else f"{words.events(len(week.events))}."
    parts: list[Part] = [
        Paragraph((Span(lead, style="strong"),)),
        Paragraph((Span(window, style="soft"),)),
        Image(chart, told, words.chart, _table(week, zone, words)),
    ]
    if by_country := _done(week.events, words):
        parts += [Heading(words.done), *by_country]
    if week.moved:
        parts += [Heading(words.moved_on), Bullets(tuple(_moved(each, words) for each in week.moved))]
    if spikes := week.spikes:
        named = ((words.country(words.mineral(each.name)), each) for each in spikes)
        lines = (words.spike(name, each.now, each.usual) for name, each in named)
        parts += [Heading(words.more_than_usual), Bullets(tuple(plain(line) for line in lines))]
    parts += section(week.near, words)
    heads = (f"{n}. {event.headline}" for n, event in enumerate(week.events[:5], 1))
    gist = sentences((title, lead, "" if week.quiet else told, *heads))
    return Document(title, tuple(parts), gist, language=words.language)


def as_json(week: Week) -> dict[str, object]:
    """The review as data."""
    return {
        "subscription": week.name,
        "window": {"from": week.start.isoformat(), "to": week.end.isoformat()},
        "actions": [
            {"event": event.ref, "headline": event.headline, "url": event.stories[0].url}
            | action_json(action)
            for event in week.events
            for action in _acts(event)
        ],
        "moved": [
            {
                "event": event_json(each.event),
                "from": str(_stage(each.earlier)),
                "to": str(_stage(each.event)),
            }
            for each in week.moved
        ],
        "weeks": [
            {"to": end.isoformat(), "stories": number}
            for end, number in zip(week.ends, week.all_stories.weeks, strict=True)
        ],
        "near": [near_json(each) for each in week.near],
        "spikes": [{"what": each.name, "stories": each.now, "usual": each.usual} for each in week.spikes],
    }


def moved(events: Iterable[Event], earlier: dict[int, Event]) -> tuple[Moved, ...]:
    """Those events that stand further on than what they follow. `earlier` is by the follower's id."""
    found = (Moved(event, earlier[event.id]) for event in events if event.id in earlier)
    return tuple(each for each in found if _further(_stage(each.earlier), _stage(each.event)))


_HALTED: Final = (Stage.SUSPENDED, Stage.ENDED)


def _further(before: Stage, after: Stage) -> bool:
    """Whether one goes on from the other. An agreement announced after another was signed went nowhere: it is
    a new one; what was halted may begin anew at any stage."""
    if Stage.NONE in (before, after) or before is after:
        return False
    order = list(Stage)
    return before in _HALTED or order.index(after) > order.index(before)


def _done(events: Sequence[Event], words: Phrases) -> list[Part]:
    """What was done, by country and mineral; what concerns several of the five stands once, after those."""
    rows = [
        (_place(event), mineral, acts, event)
        for event in events
        for mineral, acts in _by_mineral(event, words).items()
    ]
    rows.sort(key=lambda row: row[0])
    others = ("", words.several_countries, words.elsewhere)
    parts: list[Part] = []
    for (rank, country), group in groupby(rows, key=lambda row: row[0]):
        here = list(group)
        parts.append(Heading(words.country(country) if country else others[rank], level=3))
        shown = sorted(here[:LINES], key=lambda row: (row[1] == "", row[1]))
        lines = [_line(mineral, acts, event, words) for _, mineral, acts, event in shown]
        lines += [plain(words.more(len(here) - LINES))] if len(here) > LINES else []
        parts.append(Bullets(tuple(lines)))
    return parts


def _place(event: Event) -> tuple[int, str]:
    """Where it stands: first what concerns one of the five, by its code, then several of them, then none."""
    here = [code for code in event.countries if code in FIVE]
    return (0, here[0]) if len(here) == 1 else (1 if here else 2, "")


def _acts(event: Event) -> tuple[Action, ...]:
    """What was done; talk is no act."""
    return tuple(
        action
        for action in event.actions
        if action.instrument not in (Instrument.STATEMENT, Instrument.OTHER)
        and action.stage is not Stage.NONE
    )


def _by_mineral(event: Event, words: Phrases) -> dict[str, list[Action]]:
    """What was done, by the minerals that it concerns; "": none."""
    found: dict[str, list[Action]] = {}
    for action in _acts(event):
        named = ", ".join(map(words.mineral, action.minerals or event.minerals))
        found.setdefault(named, []).append(action)
    return found


def _line(mineral: str, acts: Sequence[Action], event: Event, words: Phrases) -> Line:
    return (
        Span(f"{mineral}: " if mineral else ""),
        Span("; ".join(map(words.action, acts)), style="strong"),
        Span(" "),
        Span(event.headline, url=event.stories[0].url),
        Span(f" {event.ref}", style="code"),
    )


def _moved(each: Moved, words: Phrases) -> Line:
    stages = words.moved(_stands(each.earlier, words), _stands(each.event, words))
    return (
        Span(f"{stages}: ", style="strong"),
        Span(each.event.headline, url=each.event.stories[0].url),
        Span(f" {each.event.ref}", style="code"),
    )


def _stands(event: Event, words: Phrases) -> str:
    """Where its first action stands, in words."""
    return words.stage(_stage(event), event.actions[0].instrument if event.actions else None)


def _stage(event: Event) -> Stage:
    return event.actions[0].stage if event.actions else Stage.NONE


def _table(week: Week, zone: tzinfo, words: Phrases) -> Table:
    rows = (
        (words.day(end.astimezone(zone)), str(number))
        for end, number in zip(week.ends, week.all_stories.weeks, strict=True)
    )
    return Table((words.week, words.stories), tuple(rows))
