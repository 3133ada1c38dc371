"""`join` and `split`: what the grouping got wrong, put right and remembered."""

from bot.commands.answer import Answer, Ask
from bot.commands.events import find
from bot.commands.room import Room
from bot.core.documents import Button, Buttons, Document, Notice, Part
from bot.core.event import Event
from bot.errors import UserError
from bot.work import rule


def join(room: Room, ask: Ask) -> Answer:
    """Two events are one happening."""
    one, other = _two(room, ask)
    became, noted = rule.join(room.database, one, other, by=ask.person, now=ask.now)
    title = f"e{became} is now one event with both"
    return Answer(
        Document(title=title, parts=_remembered(noted, became), gist=title),
        {"event": f"e{became}", "joined": [one.ref, other.ref]},
    )


def check_join(room: Room, ask: Ask) -> None:
    """Raise UserError where the words of `join` name no two events."""
    _two(room, ask)


def split(room: Room, ask: Ask) -> Answer:
    """A story is not of this event."""
    event, story = _odd_one(room, ask)
    own, rest, noted = rule.split(room.database, event, story, by=ask.person, now=ask.now)
    title = f"s{story} is an event of its own now: e{own}"
    return Answer(
        Document(title=title, parts=_remembered(noted, own), gist=title),
        {"event": f"e{own}", "story": f"s{story}", "rest": f"e{rest}"},
    )


def check_split(room: Room, ask: Ask) -> None:
    """Raise UserError where the words of `split` name no story of several of an event."""
    _odd_one(room, ask)


def _two(room: Room, ask: Ask) -> tuple[Event, Event]:
    words = ask.words.split()
    if len(words) != 2:
        raise UserError("which two events are one? For example: join e17 e21", at=ask.begins)
    one, other = (find(room.database, word) for word in words)
    if one.id == other.id:
        raise UserError(f"{words[0]} and {words[1]} are one event already")
    return one, other


def _odd_one(room: Room, ask: Ask) -> tuple[Event, int]:
    """An event of several stories, and the one of them that is not of it."""
    words = ask.words.split()
    if len(words) != 2 or not (words[1][:1] == "s" and words[1][1:].isdigit()):
        raise UserError("which story is not of which event? For example: split e17 s203", at=ask.begins)
    event, story = find(room.database, words[0]), int(words[1][1:])
    if story not in {report.story for report in event.stories}:
        raise UserError(f"{words[1]} is not a story of {words[0]}; `event {words[0]}` shows which are")
    if len(event.stories) == 1:
        raise UserError(f"{words[1]} is the only story of {words[0]}")
    return event, story


def _remembered(change: int, event: int) -> tuple[Part, ...]:
    return (
        Notice("This is remembered, and holds whenever its stories are grouped again."),
        Buttons((Button("Undo", f"undo c{change}"), Button("Show it", f"event e{event}"))),
    )
