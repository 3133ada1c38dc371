"""The digest as a document for people, and as data for programs."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import tzinfo
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

from bot.core.actions.accounts import as_money, conflicts, outlets
from bot.core.as_json import event_json, health_json
from bot.core.documents import (
    Button,
    Divider,
    Document,
    Heading,
    Item,
    Notice,
    Paragraph,
    Part,
    Span,
    plain,
)
from bot.core.event import Digest, Event, Report
from bot.core.telling.foremost import foremost_minerals
from bot.core.telling.phrases import ENGLISH, Phrases
from bot.core.text import fold
from bot.core.wording import sentences
from bot.core.words import FeedKind, Instrument, Stage, Tier

SOURCES_SHOWN = 4  # the rest is a number; every source is in the event's own card
MINERALS_SHOWN = 5
CLAIMS_SHOWN = 3  # that contradict each other; the event's card and the data have all


def document(digest: Digest, *, zone: tzinfo, most: int = 20, words: Phrases = ENGLISH) -> Document:
    """What one issue says: the lead in a breath, then by tier and country, then what could not be read.

    `most` events stand in the main part; the others follow in `more`.
    `zone` is the subscription's own; days and times are told in it. `words` are those of the headings.
    """
    end = digest.end.astimezone(zone)
    title = f"{digest.subscription}: {words.day(end)}"
    window = words.window(digest.start, digest.end, zone)
    health = (*_hidden(digest, words), *_learned(digest, words), *_health(digest, words))
    line = words.feeds_read(digest.feeds)
    if digest.quiet:
        lead = words.quiet
        return Document(
            title=title,
            parts=(Paragraph((Span(lead, style="strong"), Span(f" {window}", style="soft"))), *health),
            gist=f"{title}. {lead} {line}",
            language=words.language,
        )
    lead = _lead(digest.events, words)
    told = {event: words.alerted(moment, digest.end, zone) for event, moment in digest.alerted.items()}
    parts: list[Part] = [
        Paragraph((Span(lead, style="strong"),)),
        Paragraph((Span(f"{counts(digest.events, words)} · {window}", style="soft"),)),
    ]
    shown, rest = digest.events[:most], digest.events[most:]
    parts += sections(shown, words, told, digest.asked)
    heads = (f"{n}. {e.headline}" for n, e in enumerate(shown[:8], 1))
    gist = sentences((title, counts(digest.events, words), *heads))
    return Document(
        title=title,
        parts=(*parts, Divider(), *health),
        gist=f"{gist} {line}",
        more=(Notice(words.of_less_weight(len(rest))), *sections(rest, words, told, digest.asked))
        if rest
        else (),
        language=words.language,
    )


def counts(events: Iterable[Event], words: Phrases = ENGLISH) -> str:
    """How many events of each tier: "3 core, 5 region"."""
    tiers = [event.tier for event in events]
    told = ", ".join(words.tier_count(tier, tiers.count(tier)) for tier in Tier if tiers.count(tier))
    return f"{words.events(len(tiers))}: {told}" if tiers else "no events"


def sections(
    events: Iterable[Event],
    words: Phrases = ENGLISH,
    told: Mapping[int, str] = MappingProxyType({}),
    asked: Collection[str] = (),
) -> list[Part]:
    """Events under headings by tier and country, each section in order of weight.

    Their ranks are by tier and weight, whatever the country. `told` says of some of them that
    they were told already; `asked` are the minerals that are looked for.
    """
    parts: list[Part] = []
    order = list(Tier)
    by_tier = sorted(events, key=lambda event: order.index(event.tier))  # stable: weight stays within
    rank = {event.id: number for number, event in enumerate(by_tier)}
    for tier, group in groupby(by_tier, key=lambda event: event.tier):
        parts.append(Heading(words.tier(tier)))
        by_place: dict[str, list[Event]] = {}
        for event in group:
            by_place.setdefault(_place(event, words), []).append(event)
        for place, here in by_place.items():
            if place:
                parts.append(Heading(place, level=3))
            items = (item(event, words, told=told.get(event.id, ""), asked=asked) for event in here)
            parts += [replace(each, rank=rank[event.id]) for each, event in zip(items, here, strict=True)]
    return parts


def item(event: Event, words: Phrases = ENGLISH, *, told: str = "", asked: Collection[str] = ()) -> Item:
    """An event as a reader meets it; `told` is what there is to say of how it was told before.

    `asked` are the minerals that are looked for: of many, they are named.
    """
    first = event.stories[0]
    outlets = {report.source: report for report in reversed(event.stories)}  # the weightiest of each
    shown = [report for report in event.stories if outlets[report.source] is report][:SOURCES_SHOWN]
    sources = [_source(report, words) for report in shown]
    if len(outlets) > len(shown):
        sources.append(Span(words.more(len(outlets) - len(shown))))
    minerals = [words.mineral(each) for each in foremost_minerals(event, MINERALS_SHOWN, asked)]
    if len(event.minerals) > len(minerals):
        minerals.append(words.more(len(event.minerals) - len(minerals)))
    notes = [words.for_review] if event.review else []
    notes += filter(None, (told, _told_by(event.stories, words)))
    return Item(
        headline=Span(event.headline, url=first.url),
        tags=(*event.countries, *minerals),
        done=" · ".join(filter(None, (_done(event, words), differing(event, words)))),
        summary="" if _says_no_more(event) else event.summary,
        sources=tuple(sources),
        note=" · ".join(notes),
        ref=event.ref,
        menu=menu(event, words),
    )


class Choices(NamedTuple):
    """What can be done with an event wherever it is told."""

    why: Button
    useful: Button
    useless: Button
    mute: Button
    watch: Button


def menu(event: Event, words: Phrases = ENGLISH) -> Choices:
    """What can be done with an event, as buttons."""
    return Choices(
        why=Button(words.why, f"why {event.ref}"),
        useful=Button(words.useful, f"useful {event.ref}"),
        useless=Button(words.useless, f"useless {event.ref}"),
        mute=Button(words.mute_event, f"mute {event.ref} for:7d"),
        watch=Button(words.watch, f"watch {event.ref}"),
    )


def as_json(digest: Digest) -> dict[str, object]:
    """The digest in the shape of the contract (`digest --format json`)."""
    return {
        "subscription": digest.subscription,
        "window": {"from": digest.start.isoformat(), "to": digest.end.isoformat()},
        "quiet": digest.quiet,
        "events": [
            event_json(event)
            | ({"alerted": digest.alerted[event.id].isoformat()} if event.id in digest.alerted else {})
            for event in digest.events
        ],
        "feeds": health_json(digest.feeds),
    } | ({"hidden": [event.ref for event in digest.hidden]} if digest.hidden else {})


def _says_no_more(event: Event) -> bool:
    """Whether the summary only repeats a part of the headline, as where a feed's teaser is its title."""
    told = fold(event.summary).text.rstrip(" .…")
    return told in fold(event.headline).text


def _place(event: Event, words: Phrases) -> str:
    """The heading an event stands under: its country, or the region when it has several."""
    match event.countries:
        case ():
            return ""
        case (one,):
            return words.country(one)
        case _:
            return words.several_countries


def _done(event: Event, words: Phrases) -> str:
    """The first action, unless there is only talk: then nobody gains from a label."""
    if not event.actions:
        return ""
    first = event.actions[0]
    if first.instrument in (Instrument.STATEMENT, Instrument.OTHER) and first.stage is Stage.NONE:
        return ""
    return words.action(first)


def differing(event: Event, words: Phrases = ENGLISH) -> str:
    """Where sources contradict each other in what was done first: values, and an outlet of each; else ""."""
    account = event.account(0)
    told = []
    found = conflicts(account, event.sources, event.moments) if account and _done(event, words) else {}
    for claims in found.values():
        for claim in claims[:CLAIMS_SHOWN]:
            named, *others = outlets(claim.stories, event.sources)
            more = f" +{len(others)}" if others else ""
            told.append(f"{_value(claim.value, event.actions[0].instrument, words)} ({named}{more})")
    return words.differ(", ".join(told)) if told else ""


def _value(value: str, of: Instrument, words: Phrases) -> str:
    return words.money(as_money(value)) if " " in value else words.stage(Stage(value), of)


def _lead(events: tuple[Event, ...], words: Phrases) -> str:
    first = events[0]
    done = _done(first, words)
    return f"{first.headline} ({done})" if done else first.headline


def _source(report: Report, words: Phrases) -> Span:
    named = f"{report.source} ({words.kind(report.kind)})"
    return Span(report.source if report.kind is FeedKind.OTHER else named, url=report.url)


def _told_by(reports: tuple[Report, ...], words: Phrases) -> str:
    """ "4 sources, 2 of them copies" where there are several; that there is one, its name says."""
    copies = sum(report.copy_of is not None for report in reports)
    outlets = len({report.source for report in reports})
    if outlets == 1 and not copies:
        return ""
    line = words.sources(outlets)
    return f"{line}, {words.copied(copies, len(reports))}" if copies else line


def _hidden(digest: Digest, words: Phrases) -> tuple[Part, ...]:
    if not digest.hidden:
        return ()
    core = sum(event.tier is Tier.CORE for event in digest.hidden)
    return (Paragraph((Span(words.muted(len(digest.hidden), core), style="soft"),)),)


def _learned(digest: Digest, words: Phrases) -> tuple[Part, ...]:
    if not digest.lessons or digest.quiet:
        return ()
    return (Paragraph((Span(words.learned(digest.lessons), style="soft"),)),)


def _health(digest: Digest, words: Phrases) -> tuple[Part, ...]:
    failing = digest.feeds.failing
    line = words.feeds_read(digest.feeds)
    if digest.feeds.held:
        line = f"{line} {' '.join(words.held(feed, count) for feed, count in digest.feeds.held)}"
    if not failing:
        return (Paragraph(plain(line)),) if digest.quiet else (Paragraph((Span(line, style="soft"),)),)
    named = "; ".join(
        words.unreadable(feed.feed, digest.end - feed.since, feed.reason) for feed in failing[:5]
    )
    more = f"; {words.others(len(failing) - 5)}" if len(failing) > 5 else ""
    return (Notice(f"{line} {named}{more}. {words.next_steps()}", kind="warning"),)
