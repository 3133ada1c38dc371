"""`timeline` and `actions`: what was done over months, and what followed what."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.commands import meant
from bot.commands.answer import Answer, Ask
from bot.commands.events import find
from bot.commands.room import Room
from bot.core.actions.accounts import disagreement
from bot.core.as_json import event_json, told_json
from bot.core.asking.asked_for import asked_for
from bot.core.asking.query import Query, parse
from bot.core.documents import Bullets, Document, Heading, Line, Notice, Part, Span
from bot.core.event import Event
from bot.core.wording import action_line, date_said, many
from bot.core.words import Instrument
from bot.errors import UserError
from bot.store import events, happenings, search, threads

MOST = 60
"""Lines of one answer; a narrower query or a shorter time shows the rest."""
_STORIES = 2000  # that are looked through


def timeline(room: Room, ask: Ask) -> Answer:
    """Events that match, the oldest first, gathered by thread; of one event, those on its thread."""
    if not ask.words:
        raise UserError("a time line of what? For example: timeline country:uz mineral:tungsten", at=0)
    found = _on_thread(room, ask) or _matching(room, ask, _query(room, ask))
    ids = [event.id for event in found]
    with room.database.reading() as session:
        links = threads.earlier(session, ids)
        whole = {event: tuple(happenings.thread(session, event)) for event in ids if event in links}
    parts: list[Part] = []
    lines: dict[int, list[Line]] = {}
    for event in found[-MOST:]:
        first = next((one for one in whole.get(event.id, ()) if one in ids), event.id)
        lines.setdefault(first, []).append(_moment(event, links.get(event.id)))
    threaded = [group for group in lines.values() if len(group) > 1]
    alone = [group[0] for group in lines.values() if len(group) == 1]
    for number, group in enumerate(threaded, 1):
        parts += [Heading(f"Thread {number}: {many(len(group), 'event')}", level=3), Bullets(tuple(group))]
    if alone:
        parts += [*([Heading("Others", level=3)] if threaded else []), Bullets(tuple(alone))]
    if len(found) > MOST:
        parts.append(Notice(f"The latest {MOST} of {len(found):,} are shown; since: and before: narrow it."))
    if not found:
        parts.append(Notice("No event matches; `search` with the same words says what would."))
    title = f"Time line of {ask.words.strip()}: {many(len(found), 'event')}"
    data = [event_json(event) | {"follows": _follows(links.get(event.id))} for event in found]
    return Answer(Document(title=title, parts=tuple(parts), gist=title), {"query": ask.words, "events": data})


def actions(room: Room, ask: Ask) -> Answer:
    """What was done: the policy record of the events that match, the latest first."""
    query = _query(room, ask)
    found = list(reversed(_matching(room, ask, query)))
    done = [(event, number) for event in found for number in _acts(event, query)]
    done.sort(key=lambda act: _day(*act), reverse=True)  # by the day that is shown; of one day, as reported
    lines = tuple(_act(event, number) for event, number in done[:MOST])
    parts: list[Part] = (
        [Bullets(lines)] if lines else [Notice("No event that matches has an action on record.")]
    )
    if len(done) > MOST:
        parts.append(Notice(f"The latest {MOST} of {len(done):,} are shown; `export actions` has them all."))
    title = many(len(done), "action") + (f" for {ask.words.strip()}" if ask.words else "")
    data = [
        {"event": event.ref, "headline": event.headline} | told_json(event, number) for event, number in done
    ]
    return Answer(
        Document(title=title, parts=tuple(parts), gist=title), {"query": ask.words, "actions": data}
    )


def _query(room: Room, ask: Ask) -> Query:
    return parse(ask.words, room.understander.packs, begins=ask.begins)


def _matching(room: Room, ask: Ask, query: Query) -> Sequence[Event]:
    """The events with a story that matches, the oldest first."""
    labels = room.understander.packs.labels
    with room.database.reading() as session:
        found = search.matching(session, query, now=ask.now, expand=labels, most=_STORIES)
        of = events.of_stories(session, found)
        known = happenings.get(session, sorted(set(of.values())))
    return sorted(known, key=lambda event: (event.first_at, event.id))


def _on_thread(room: Room, ask: Ask) -> Sequence[Event]:
    """Where the id of an event was typed, all that is on its thread, the oldest first."""
    verb, words = meant.reference(ask.words) or ("", "")
    if verb != "event":
        return ()
    event = find(room.database, words)
    with room.database.reading() as session:
        return tuple(happenings.get(session, happenings.thread(session, event.id)))


def _acts(event: Event, query: Query) -> Iterator[int]:
    """The numbers of what was done, of the kinds and stages that were asked for; talk is no act."""
    for number in asked_for(event.actions, query):
        if event.actions[number].instrument is not Instrument.STATEMENT:
            yield number


def _moment(event: Event, follows: tuple[int, str] | None) -> Line:
    line = (
        Span(f"{date_said(event.first_at)} ", style="soft"),
        Span(event.headline, url=event.stories[0].url),
        Span(f" {action_line(event.actions[0])}" if event.actions else "", style="strong"),
        Span(f" {event.ref}", style="code"),
    )
    return (*line, Span(f", follows e{follows[0]}", style="soft")) if follows else line


def _day(event: Event, number: int) -> date:
    """When something was done, as far as it is said; else when it was first told."""
    return event.actions[number].day or event.first_at.date()


def _act(event: Event, number: int) -> Line:
    action, report, account = event.actions[number], event.telling(number), event.account(number)
    differs = disagreement(account, event.sources, event.moments, action.instrument) if account else ""
    return (
        Span(f"{date_said(_day(event, number))} ", style="soft"),
        Span(action_line(action), style="strong"),
        Span(f" {action.sentence or event.headline} "),
        Span(report.source, url=report.url),
        Span(f" {event.ref}", style="code"),
        *((Span(f" Told differently: {differs}.", style="soft"),) if differs else ()),
    )


def _follows(link: tuple[int, str] | None) -> dict[str, str] | None:
    return {"event": f"e{link[0]}", "why": link[1]} if link else None
