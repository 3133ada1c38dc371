"""`useful`, `useless`, `unvote`: what a person thinks of an event; it orders what their channel is told."""

import re
from dataclasses import dataclass
from typing import Final

from bot.commands import place
from bot.commands.answer import Answer, Ask
from bot.commands.events import find, mutes
from bot.commands.room import Room
from bot.core.asking.options import take
from bot.core.documents import Button, Buttons, Document, Menu, Notice, Paragraph, Part, Span
from bot.core.event import Event
from bot.core.wording import many
from bot.errors import UserError
from bot.store import events, happenings, stories, votes
from bot.work import learning

_STORY: Final = re.compile(r"s(\d{1,18})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is voted on: an event, or a story that is in none."""

    ref: str
    headline: Span
    stories: tuple[int, ...]  # the one that gave the headline first
    event: Event | None = None


def useful(room: Room, ask: Ask) -> Answer:
    """More like this, in this channel."""
    return _voted(room, ask, useful=True)


def useless(room: Room, ask: Ask) -> Answer:
    """Less like this, in this channel."""
    return _voted(room, ask, useful=False)


def unvote(room: Room, ask: Ask) -> Answer:
    """Take one's own word on an event back."""
    channel, subject = _said(room, ask, "unvote")
    with room.database.writing() as session:
        if not votes.withdraw(session, subject.stories, channel=channel, person=ask.asker.user):
            raise UserError(f"you said nothing of {subject.ref} here")
    title = f"Taken back: what you said of {subject.ref}"
    return Answer(
        Document(title, (Paragraph((subject.headline,)),), gist=title), {"of": subject.ref, "vote": None}
    )


def _voted(room: Room, ask: Ask, *, useful: bool) -> Answer:
    channel, subject = _said(room, ask, "useful" if useful else "useless")
    person = ask.asker.user
    with room.database.writing() as session:
        votes.vote(session, subject.stories, channel=channel, person=person, useful=useful, now=ask.now)
        yes, no = learning.tally(session, channel, subject.stories)
    title = f"Noted: {subject.ref} is {'useful' if useful else 'not useful'}"
    buttons: list[Button | Menu] = [
        Button("Take it back", f"unvote {subject.ref}"),
        Button("What was learned", "learned"),
    ]
    if not useful and subject.event is not None:
        buttons.append(mutes(subject.event))
    parts: tuple[Part, ...] = (
        Paragraph((subject.headline,)),
        Notice(
            f"{many(yes, 'person', 'people')} here found it useful, {no} did not. "
            "It orders what this channel is told; it hides nothing."
        ),
        Buttons(tuple(buttons)),
    )
    data = {"of": subject.ref, "vote": "useful" if useful else "useless", "useful": yes, "useless": no}
    return Answer(Document(title, parts, gist=title), data)


def _said(room: Room, ask: Ask, verb: str) -> tuple[str, Subject]:
    """The channel, and what the vote is on."""
    options = take(ask.words, ["in"], begins=ask.begins)
    words = options.rest.strip()
    if not words:
        raise UserError(f"which event? For example: {verb} e17", at=ask.begins)
    channel = place.channel(ask, options.values.get("in", ""))
    if (found := _STORY.fullmatch(words)) is None:
        return channel, _of_event(find(room.database, words))
    with room.database.reading() as session:
        known = stories.get(session, [int(found[1])])
        event = events.of_stories(session, [int(found[1])]).get(int(found[1]))
        of_event = happenings.get(session, [event]) if event is not None else []
    if not known:
        raise UserError(f"there is no story {words}", at=ask.begins)
    if of_event:
        return channel, _of_event(of_event[0])
    return channel, Subject(f"s{known[0].id}", Span(known[0].title, known[0].url), (known[0].id,))


def _of_event(event: Event) -> Subject:
    told = tuple(report.story for report in event.stories)
    return Subject(event.ref, Span(event.headline, event.stories[0].url), told, event)
