"""`event`: one event, whole."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.commands import meant
from bot.commands.answer import Answer, Ask
from bot.commands.room import Room
from bot.core.actions.accounts import disagreement
from bot.core.as_json import event_json
from bot.core.documents import (
    Bullets,
    Button,
    Buttons,
    Document,
    Feedback,
    Heading,
    Line,
    Menu,
    Notice,
    Paragraph,
    Part,
    Span,
    plain,
)
from bot.core.event import Event, Report
from bot.core.events.told import STANDING
from bot.core.explain import in_short
from bot.core.telling.digest import item, menu
from bot.core.wording import action_line, country_name, minute
from bot.errors import Fix, UserError
from bot.store import decisions, happenings, threads
from bot.store.database import Database, Session
from bot.work import learning

SHOWN: Final = 12
"""Sources, moments and stories to choose from that a card has room for."""

NEAR: Final = 5
CHOICES: Final = 3  # of one kind, to mute


def card(room: Room, ask: Ask) -> Answer:
    """What was done, by which sources, over what time, why it was flagged, and what is near it."""
    event = find(room.database, ask.words)
    here = ask.asker.channel
    with room.database.reading() as session:
        on_thread = happenings.get(session, happenings.thread(session, event.id))
        thread = [each for each in on_thread if each.id != event.id]
        near = _near(session, event, thread)
        lead = event.stories[0].story
        decision = decisions.get(session, [lead]).get(lead)
        votes = learning.tally(session, here, [report.story for report in event.stories])
    parts: list[Part] = [replace(item(event), sources=(), menu=()), *_buttons(event, here)]
    if event.actions:
        acts = tuple(_done(event, number) for number in range(len(event.actions)))
        parts += [Heading("What was done"), Bullets(acts)]
    moments = _moments(event, thread)
    ranked = sorted(event.stories, key=lambda report: (bool(report.copy_of), -STANDING[report.kind]))
    sources = tuple(_source(report, timed=not moments) for report in ranked[:SHOWN])
    parts += [Heading("Sources by standing"), Bullets(sources)]
    if len(ranked) > SHOWN:
        parts.append(Notice(f"and {len(ranked) - SHOWN} more; `export stories` has them all"))
    if moments:
        parts += [Heading("Time line"), Bullets(moments)]
    if decision is not None:
        parts += [Heading("Why it was flagged"), in_short(decision, room.understander.lines)]
    if near:
        parts += [Heading("Near events"), Bullets(tuple(map(_other, near)))]
    parts.append(Paragraph((Span(_foot(event, votes), style="soft"),)))
    title = f"Event {event.ref}"
    return Answer(
        Document(title=title, parts=tuple(parts), gist=f"{title}: {event.headline}"),
        event_json(event)
        | {
            "thread": [each.ref for each in thread],
            "near": [each.ref for each in near],
            "votes": {"useful": votes[0], "useless": votes[1]},
        },
    )


def find(database: Database, words: str) -> Event:
    """The event that was named. Raises UserError when there is none."""
    if not words:
        raise UserError("which event? For example: event e17", at=0)
    with database.reading() as session:
        event = happenings.named(session, meant.named(words))
    if event is None:
        said = f"there is no event {words[:40]!r}; search and latest show the ids, such as e17"
        raise UserError(said, fix=None if meant.reference(words) else Fix(0, None, f"search {words}"))
    return event


def mutes(event: Event) -> Menu:
    """Everything that a mute of this event can be of, each for a week and for good."""
    sources = list(dict.fromkeys(report.source for report in event.stories))[:CHOICES]
    things = [("This event", event.ref)]
    things += [(source, f"source:{source}") for source in sources]
    things += [(country_name(code), f"country:{code.casefold()}") for code in event.countries[:CHOICES]]
    lengths = (("for 7 days", "7d"), ("forever", "ever"))
    return Menu(
        "Mute",
        tuple(
            Button(f"{name} {long}", f"mute {thing} for:{length}")
            for name, thing in things
            for long, length in lengths
        ),
    )


def _buttons(event: Event, channel: str) -> list[Part]:
    """What can be done with it. Where nobody is told anything, nothing is muted or watched."""
    choices = menu(event)
    row: list[Button | Menu] = [choices.why, *([choices.watch] if channel else [])]
    row.append(Button("Share", f"event {event.ref}", kind="share"))
    if channel:
        row.append(mutes(event))
    if len(event.stories) > 1:
        others = tuple(
            Button(f"{report.source}: {report.title}", f"split {event.ref} s{report.story}")
            for report in event.stories[1 : SHOWN + 1]
        )
        row.append(Menu("Not the same event", others))
    if not channel:
        return [Buttons(tuple(row))]
    return [Feedback(choices.useful, choices.useless), Buttons(tuple(row))]


def _near(session: Session, event: Event, thread: Sequence[Event]) -> list[Event]:
    """Events that share most with this one and are not on its thread."""
    known = {each.id for each in thread}
    around = [each for each in threads.around(session, event.id) if each not in known]
    return happenings.get(session, around[:NEAR])


def _moments(event: Event, thread: Sequence[Event]) -> tuple[Line, ...]:
    """The events of its thread and who reported it when, in order of time; one report is no time line."""
    first: dict[str, Report] = {}
    for report in sorted(event.stories, key=lambda each: (each.reported_at, each.story)):
        first.setdefault(report.source, report)
    if len(first) + len(thread) < 2:
        return ()
    told: list[tuple[datetime, Line]] = [(each.first_at, _other(each)) for each in thread]
    told += [
        (
            report.reported_at,
            (Span(f"{minute(report.reported_at)} ", style="soft"), Span(f"told by {source}", report.url)),
        )
        for source, report in first.items()
    ]
    told.sort(key=lambda each: each[0])
    return tuple(line for _, line in told[:SHOWN])


def _other(event: Event) -> Line:
    done = f" {action_line(event.actions[0])}" if event.actions else ""
    return (
        Span(f"{minute(event.first_at)} ", style="soft"),
        Span(event.headline, url=event.stories[0].url),
        Span(done, style="strong"),
        Span(f" {event.ref}", style="code"),
    )


def _foot(event: Event, votes: tuple[int, int]) -> str:
    times = minute(event.first_at)
    if event.last_at != event.first_at:
        times = f"{times} to {minute(event.last_at)}"
    told = f"{event.ref} · reported {times} · weight {event.score:.2f}"
    return f"{told} · votes here: {votes[0]} useful, {votes[1]} not" if any(votes) else told


def _done(event: Event, number: int) -> Line:
    """What was done: in a line, in the words of the one who says so, and what others tell differently."""
    action, account = event.actions[number], event.account(number)
    line = plain(action_line(action))
    if action.sentence:
        report = event.telling(number)
        line = (*line, Span(f": {action.sentence} ", style="soft"), Span(report.source, url=report.url))
    differs = disagreement(account, event.sources, event.moments, action.instrument) if account else ""
    return (*line, Span(f" Told differently: {differs}.", style="strong")) if differs else line


def _source(report: Report, *, timed: bool) -> Line:
    """Who tells it; when, where no time line says so."""
    kind = f" ({report.kind})" if report.kind != "other" else ""
    told = [f" {report.source}{kind}", report.lang]
    if timed:
        told.append(minute(report.published or report.reported_at))
    if report.copy_of is not None:
        told.append("copy")
    return (Span(report.title, url=report.url), Span(" · ".join(told)))
