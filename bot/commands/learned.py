"""`learned`: what this channel's votes taught, what that changes, and how to take it back."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.commands import place
from bot.commands.answer import Answer, Ask
from bot.commands.rights import Right
from bot.commands.room import Room
from bot.core.asking.options import take
from bot.core.asking.query import And, Field, parse
from bot.core.documents import (
    Bullets,
    Button,
    Buttons,
    Document,
    Heading,
    Line,
    Menu,
    Notice,
    Part,
    Span,
    Table,
)
from bot.core.event import Event
from bot.core.subscribing import learned as rule
from bot.core.subscribing.learned import Feature, Lesson
from bot.core.wording import many, minute
from bot.errors import UserError
from bot.store import happenings, votes
from bot.work import audit, learning

BACK: Final = timedelta(days=7)
"""So far back it is shown what the lessons change."""

SHOWN: Final = 10
_WANTS: Final = (
    "source:, country:, mineral: or type: with a value, or all; for example: learned forget source:gazeta.uz"
)


def learned(room: Room, ask: Ask) -> Answer:
    """What was learned; `forget` takes it back."""
    options = take(ask.words, ["in"], begins=ask.begins)
    channel = place.channel(ask, options.values.get("in", ""))
    verb, _, rest = options.rest.strip().partition(" ")
    if not verb:
        return _shown(room, ask, channel)
    if verb.casefold() != "forget":
        raise UserError(f"learned {verb[:40]}? It is learned, or learned forget", at=ask.begins)
    begins = ask.begins + ask.words.find(rest.strip()) if rest.strip() else ask.begins
    return _forgotten(room, ask, channel, _features(room, rest.strip(), begins))


def changes(room: Room, ask: Ask) -> Right | None:
    """What it takes to forget for a channel: to see what was learned takes nothing."""
    del room
    return Right.MUTES if take(ask.words, ["in"]).rest.strip() else None


def _forgotten(room: Room, ask: Ask, channel: str, names: Sequence[str]) -> Answer:
    entries: list[int] = []
    with room.database.writing() as session:
        known = votes.unlearned(session, channel, ask.now)
        for name in names:
            before = audit.learned_value(channel, name, known.get(name))
            votes.unlearn(session, channel, name, ask.now)
            after = audit.learned_value(channel, name, ask.now)
            entries.append(audit.of_learned(session, before, after, by=ask.person, now=ask.now))
    title = f"Forgotten: {', '.join(name or 'all' for name in names)}"
    undo = (Button("Undo", f"undo c{entry}") for entry in entries[:4])
    parts = (
        Notice("Votes up to now teach nothing of it here; new ones do."),
        Buttons((*undo, Button("What is left", "learned"))),
    )
    return Answer(Document(title, parts, gist=title), {"forgotten": [name or "all" for name in names]})


def _shown(room: Room, ask: Ask, channel: str) -> Answer:
    with room.database.reading() as session:
        lessons = learning.lessons(session, channel, ask.now)
        cast = votes.latest(session, channel, since=ask.now - rule.REMEMBERED, until=ask.now)
        forgotten = votes.unlearned(session, channel, ask.now)
        lately = [each for each in happenings.between(session, ask.now - BACK, ask.now) if each.tier.flagged]
    title = f"Learned here: {many(len(lessons), 'lesson')} from {many(len(cast), 'vote')}"
    parts: list[Part] = []
    if not lessons:
        parts.append(
            Notice(
                f"A source, country, mineral or kind of act is learned of with {rule.LEAST_VOTES} votes on "
                f"{rule.LEAST_THINGS} events. Votes are the thumbs under an event, or `useful e17`."
            )
        )
    else:
        rows = tuple(
            (
                str(each.feature),
                str(each.useful),
                str(each.useless),
                _percent(each.lift),
                str(_met(each, lately)),
            )
            for each in lessons
        )
        buttons: list[Button | Menu] = [Button("Forget all", "learned forget all")]
        forget = tuple(Button(str(each.feature), f"learned forget {each.feature}") for each in lessons)
        parts += [
            Table(("of", "useful", "not", "weight", "events in 7 days"), rows),
            Notice(
                f"All lessons together shift the weight of an event by {rule.MOST:.0%} at most. "
                "None is hidden by it, and what is core stays in the main message."
            ),
            Buttons((Menu("Forget", forget), *buttons)),
            *_moved(lately, lessons),
        ]
    if forgotten:
        lines: tuple[Line, ...] = tuple(
            (Span(name or "all", style="code"), Span(f" of votes up to {minute(until)}"))
            for name, until in forgotten.items()
        )
        parts += [Heading("Forgotten", level=3), Bullets(lines), Notice("`changes learned` takes it back.")]
    data = {
        "votes": len(cast),
        "lessons": [
            {"of": str(each.feature), "useful": each.useful, "useless": each.useless, "shift": each.lift}
            for each in lessons
        ],
        "forgotten": {name or "all": until.isoformat() for name, until in forgotten.items()},
    }
    return Answer(Document(title, tuple(parts), gist=title), data)


def _moved(lately: Sequence[Event], lessons: Sequence[Lesson]) -> list[Part]:
    """Which events of late stand elsewhere because of the lessons."""
    usual = {event.id: number for number, event in enumerate(rule.ordered(lately), 1)}
    lines: list[Line] = [
        (
            Span(f"{usual[event.id]} → {number} ", style="strong"),
            Span(event.headline, url=event.stories[0].url),
            Span(f" {event.ref}, {_percent(rule.shift(rule.features_of(event), lessons))}", style="soft"),
        )
        for number, event in enumerate(rule.ordered(lately, lessons), 1)
        if usual[event.id] != number
    ]
    if not lines:
        return []
    return [Heading("What that moved, of the last 7 days", level=3), Bullets(tuple(lines[:SHOWN]))]


def _features(room: Room, text: str, begins: int) -> list[str]:
    if text.casefold() == "all":
        return [""]
    query = parse(text, room.understander.packs, begins=begins)
    parts = query.parts if isinstance(query, And) else (query,)
    fields = [part for part in parts if isinstance(part, Field) and part.name in rule.KINDS]
    if not parts or len(fields) < len(parts):
        raise UserError(f"it wants {_WANTS}", at=begins)
    return [str(Feature(field.name, value)) for field in fields for value in field.values]


def _met(lesson: Lesson, lately: Sequence[Event]) -> int:
    return sum(lesson.feature in rule.features_of(event) for event in lately)


def _percent(part: float) -> str:
    return f"{part:+.0%}".replace("-", "−")
