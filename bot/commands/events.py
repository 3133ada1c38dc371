"""`event`: one event, whole."""

from bot.commands.answer import Answer, Ask
from bot.commands.room import Room
from bot.core.accounts import disagreement
from bot.core.as_json import event_json
from bot.core.digest import item
from bot.core.documents import Bullets, Button, Buttons, Document, Heading, Line, Paragraph, Part, Span, plain
from bot.core.event import Event, Report
from bot.core.wording import action_line, minute
from bot.errors import UserError
from bot.store import happenings
from bot.store.database import Database


def card(room: Room, ask: Ask) -> Answer:
    """What was done, by which sources, over what time, and what it follows."""
    event = find(room.database, ask.words)
    with room.database.reading() as session:
        thread = [
            each for each in happenings.get(session, happenings.thread(session, event.id)) if each != event
        ]
    parts: list[Part] = [item(event)]
    if event.actions:
        acts = tuple(_done(event, number) for number in range(len(event.actions)))
        parts += [Heading("What was done"), Bullets(acts)]
    parts += [Heading("Sources"), Bullets(tuple(_source(report) for report in event.stories))]
    if thread:
        lines = tuple(
            (
                Span(f"{minute(each.first_at)} "),
                Span(each.headline, url=each.stories[0].url),
                Span(f" {each.ref}"),
            )
            for each in thread
        )
        parts += [Heading("On the same thread"), Bullets(lines)]
    parts.append(
        Buttons((Button("Why", f"why {event.ref}"), Button("Share", f"event {event.ref}", kind="share")))
    )
    if ask.asker.channel:
        source = event.stories[0].source
        parts.append(
            Buttons(
                (
                    Button("Mute this event for 7 days", f"mute {event.ref} for:7d"),
                    Button(f"Mute {source} for 7 days", f"mute source:{source} for:7d"),
                )
            )
        )
    times = minute(event.first_at)
    if event.last_at != event.first_at:
        times = f"{times} to {minute(event.last_at)}"
    parts.append(
        Paragraph((Span(f"{event.ref} · reported {times} · weight {event.score:.2f}", style="soft"),))
    )
    title = f"Event {event.ref}"
    return Answer(
        Document(title=title, parts=tuple(parts), gist=f"{title}: {event.headline}"),
        event_json(event) | {"thread": [each.ref for each in thread]},
    )


def find(database: Database, words: str) -> Event:
    """The event that was named. Raises UserError when there is none."""
    if not words:
        raise UserError("which event? For example: event e17", at=0)
    with database.reading() as session:
        event = happenings.named(session, words)
    if event is None:
        raise UserError(f"there is no event {words[:40]!r}; search and latest show the ids, such as e17")
    return event


def _done(event: Event, number: int) -> Line:
    """What was done: in a line, in the words of the one who says so, and what others tell differently."""
    action, account = event.actions[number], event.account(number)
    line = plain(action_line(action))
    if action.sentence:
        report = event.telling(number)
        line = (*line, Span(f": {action.sentence} ", style="soft"), Span(report.source, url=report.url))
    differs = disagreement(account, event.sources) if account else ""
    return (*line, Span(f" Told differently: {differs}.", style="strong")) if differs else line


def _source(report: Report) -> Line:
    when = report.published or report.reported_at
    copy = " · copy" if report.copy_of is not None else ""
    kind = f" ({report.kind})" if report.kind != "other" else ""
    return (
        Span(report.title, url=report.url),
        Span(f" {report.source}{kind} · {report.lang} · {minute(when)}{copy}"),
    )
