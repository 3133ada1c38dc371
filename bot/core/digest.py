"""The digest as a document for people, and as data for programs."""

from collections.abc import Iterable
from datetime import tzinfo
from itertools import groupby

from bot.core.as_json import event_json, health_json
from bot.core.documents import Document, Heading, Item, Notice, Paragraph, Part, Span, plain
from bot.core.event import Digest, Event, FeedHealth, Report
from bot.core.wording import TIER_HEADINGS, action_line, country_name, day, many, minute, span_of_time
from bot.core.words import Instrument, Stage, Tier

SOURCES_SHOWN = 4  # the rest is a number; every source is in the event's own card
MINERALS_SHOWN = 5


def document(digest: Digest, *, zone: tzinfo, most: int = 20) -> Document:
    """What one issue says: the lead in a breath, then by tier and country, then what could not be read.

    `most` events stand in the main part; the others follow in `more`.
    `zone` is the subscription's own; days and times are told in it.
    """
    end = digest.end.astimezone(zone)
    title = f"{digest.subscription}: {day(end)}"
    window = f"{minute(digest.start)} to {minute(digest.end)}"
    health = _health(digest)
    if digest.quiet:
        lead = "Quiet: nothing to report."
        return Document(
            title=title,
            parts=(Paragraph((Span(lead, style="strong"), Span(f" {window}", style="soft"))), *health),
            gist=f"{title}. {lead} {_health_line(digest.feeds)}",
        )
    lead = _lead(digest.events)
    parts: list[Part] = [
        Paragraph((Span(lead, style="strong"),)),
        Paragraph((Span(f"{counts(digest.events)} · {window}", style="soft"),)),
    ]
    shown, rest = digest.events[:most], digest.events[most:]
    parts += sections(shown)
    if rest:
        parts.append(Notice(f"{many(len(rest), 'more event')} below, of less weight."))
    gist = " ".join(
        [f"{title}. {counts(digest.events)}.", *(f"{n}. {e.headline}." for n, e in enumerate(shown[:8], 1))]
    )
    return Document(
        title=title,
        parts=(*parts, *health),
        gist=f"{gist} {_health_line(digest.feeds)}",
        more=tuple(sections(rest)),
    )


def counts(events: Iterable[Event]) -> str:
    """How many events of each tier: "3 core, 5 region"."""
    tiers = [event.tier for event in events]
    told = ", ".join(f"{tiers.count(tier)} {tier}" for tier in Tier if tiers.count(tier))
    return f"{many(len(tiers), 'event')}: {told}" if tiers else "no events"


def sections(events: Iterable[Event]) -> list[Part]:
    """Events under headings by tier and country, each section in order of weight."""
    parts: list[Part] = []
    order = list(Tier)
    by_tier = sorted(events, key=lambda event: order.index(event.tier))  # stable: weight stays within
    for tier, group in groupby(by_tier, key=lambda event: event.tier):
        parts.append(Heading(TIER_HEADINGS[tier]))
        by_place: dict[str, list[Event]] = {}
        for event in group:
            by_place.setdefault(_place(event), []).append(event)
        for place, here in by_place.items():
            if place:
                parts.append(Heading(place, level=3))
            parts.extend(item(event) for event in here)
    return parts


def item(event: Event) -> Item:
    """An event as a reader meets it."""
    first = event.stories[0]
    outlets = {report.source: report for report in reversed(event.stories)}  # the weightiest of each
    shown = [report for report in event.stories if outlets[report.source] is report][:SOURCES_SHOWN]
    sources = [_source(report) for report in shown]
    if len(outlets) > len(shown):
        sources.append(Span(f"{len(outlets) - len(shown)} more"))
    minerals = event.minerals[:MINERALS_SHOWN]
    if len(event.minerals) > len(minerals):
        minerals = (*minerals, f"and {len(event.minerals) - len(minerals)} more")
    notes = ["for review"] if event.review else []
    if told := _told_by(event.stories):
        notes.append(told)
    return Item(
        headline=Span(event.headline, url=first.url),
        tags=(*event.countries, *minerals),
        done=_done(event),
        summary=event.summary,
        sources=tuple(sources),
        note=" · ".join(notes),
        ref=event.ref,
    )


def as_json(digest: Digest) -> dict[str, object]:
    """The digest in the shape of the contract (`digest --format json`)."""
    return {
        "subscription": digest.subscription,
        "window": {"from": digest.start.isoformat(), "to": digest.end.isoformat()},
        "quiet": digest.quiet,
        "events": [event_json(event) for event in digest.events],
        "feeds": health_json(digest.feeds),
    }


def _place(event: Event) -> str:
    """The heading an event stands under: its country, or the region when it has several."""
    match event.countries:
        case ():
            return ""
        case (one,):
            return country_name(one)
        case _:
            return "Several countries"


def _done(event: Event) -> str:
    """The first action, unless there is only talk: then nobody gains from a label."""
    if not event.actions:
        return ""
    first = event.actions[0]
    if first.instrument in (Instrument.STATEMENT, Instrument.OTHER) and first.stage is Stage.NONE:
        return ""
    return action_line(first)


def _lead(events: tuple[Event, ...]) -> str:
    first = events[0]
    done = _done(first)
    return f"{first.headline} ({done})" if done else first.headline


def _source(report: Report) -> Span:
    return Span(
        f"{report.source} ({report.kind})" if report.kind != "other" else report.source, url=report.url
    )


def _told_by(reports: tuple[Report, ...]) -> str:
    """ "4 sources, 2 of them copies" where there are several."""
    if len(reports) == 1:
        return ""
    copies = sum(report.copy_of is not None for report in reports)
    line = many(len({report.source for report in reports}), "source")
    return f"{line}, {copies} of {len(reports)} reports copied" if copies else line


def _health_line(health: FeedHealth) -> str:
    return f"{health.read} of {many(health.of, 'feed')} read."


def _health(digest: Digest) -> tuple[Part, ...]:
    failing = digest.feeds.failing
    line = _health_line(digest.feeds)
    if not failing:
        return (Paragraph(plain(line)),) if digest.quiet else (Paragraph((Span(line, style="soft"),)),)
    named = "; ".join(
        f"{feed.feed} unreadable for {span_of_time(digest.end - feed.since)} ({feed.reason})"
        for feed in failing[:5]
    )
    more = f"; and {len(failing) - 5} others" if len(failing) > 5 else ""
    return (Notice(f"{line} {named}{more}", kind="warning"),)
