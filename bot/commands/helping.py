"""A verb as it is known to help, terminal and Slack alike; and `help`, which tells of them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.commands import rights
from bot.commands.answer import Answer, Ask
from bot.commands.room import Room
from bot.core.documents import Bullets, Document, Heading, Line, Paragraph, Part, Span, plain, worded
from bot.core.plans import OPTIONS
from bot.core.query import FIELDS, Field
from bot.store import happenings, subscriptions


@dataclass(frozen=True, slots=True)
class Command:
    """A verb: how it is written, what it does, and two or three examples that work as they stand."""

    verb: str
    usage: str
    summary: str
    examples: tuple[str, ...]
    run: Callable[[Room, Ask], Answer]
    changes: rights.Changes = rights.nothing  # what only some may change, as far as the words do
    check: Callable[[Room, Ask], None] | None = None  # what its words say of themselves, without doing it


@dataclass(frozen=True, slots=True)
class _Own:
    """What is there for the one who asks: examples name it in the place of what is made up."""

    words: Mapping[str, str]

    @classmethod
    def of(cls, room: Room, ask: Ask) -> "_Own":
        with room.database.reading() as session:
            newest = happenings.latest(session, limit=_LOOKED_AT)
            here = subscriptions.listing(session, channel=ask.asker.within)
        event = next((each for each in newest if each.minerals and each.countries), None)
        event = event or next(iter(newest), None)
        if event is None:
            return cls({})
        report = event.stories[0]
        own = {"e1": event.ref, "https://example.org/news/1": report.url}
        own["source:sputnik.kg"] = f"source:{report.source}"
        if event.minerals and event.countries:
            mineral, country = Field("mineral", (event.minerals[0],)), f"country:{event.countries[0].lower()}"
            own |= {"mineral:tungsten": str(mineral), "country:kz": country, "country:uz": country}
        if here:
            own["digest NAME"] = f"digest {here[0].name}"
        return cls(own)

    def __call__(self, example: str) -> str:
        """An example with what is there in it."""
        if not self.words:
            return example
        made_up = "|".join(rf"(?<!\S){re.escape(each)}(?!\S)" for each in self.words)
        return re.sub(made_up, lambda found: self.words[found[0]], example)


_LOOKED_AT: Final = 20
"""The newest events among which one is looked for that has a mineral and a country."""


def everything(room: Room, commands: Sequence[Command], ask: Ask) -> Answer:
    """All verbs, an example of each from what the asker has, and the query language."""
    own = _Own.of(room, ask)
    lines = tuple((Span(command.usage, style="code"), *worded(f" {command.summary}")) for command in commands)
    return Answer(
        Document(
            title="What you can ask",
            gist="Verbs: " + ", ".join(command.verb for command in commands),
            parts=(
                *_FIRST,
                Heading("All verbs"),
                Bullets(lines),
                Heading("Examples"),
                Bullets(
                    tuple(
                        (Span(own(command.examples[0]), style="code"),)
                        for command in commands
                        if command.examples
                    )
                ),
                *grammar().document.parts,
            ),
        ),
        {"commands": [{"verb": c.verb, "usage": c.usage, "summary": c.summary} for c in commands]},
    )


_FIRST: Final = (
    Paragraph(plain("Ask in your own words, or begin with one of these verbs. Only you see the answer.")),
    Bullets(
        (
            worded("Find: `tungsten deals in Kazakhstan this year`"),
            worded("A digest for this channel: `subscribe`, and nothing more, opens a form"),
            worded("Why an article was told, or was not: `why ADDRESS`"),
            worded("Not this source for a week: `mute source:HOST for:7d`"),
        )
    ),
)


def grammar() -> Answer:
    """The query language."""
    fields: tuple[Line, ...] = tuple(
        (Span(f"{name}:", style="code"), Span(f" {meaning}")) for name, meaning in FIELDS.items()
    )
    told = 'Words are ANDed; "a phrase"; OR; -not; ( ); and fields, commas between alternatives:'
    parts = (Heading("The query language"), Paragraph(plain(told)), Bullets(fields))
    return Answer(Document("Help: queries", parts, gist=told), {"fields": dict(FIELDS)})


def of(room: Room, command: Command, ask: Ask) -> Answer:
    """One verb in full."""
    own = _Own.of(room, ask)
    examples = [own(each) for each in command.examples]
    parts: list[Part] = [Paragraph((Span(command.usage, style="code"),)), Paragraph(plain(command.summary))]
    if command.verb == "subscribe":
        options = ((Span(f"{name}:", style="code"), Span(f" {told}")) for name, told in OPTIONS.items())
        parts += [Heading("Options"), Bullets(tuple(options))]
    if examples:
        parts += [Heading("Examples"), Bullets(tuple((Span(each, style="code"),) for each in examples))]
    return Answer(
        Document(
            title=f"Help: {command.verb}", parts=tuple(parts), gist=f"{command.usage}: {command.summary}"
        ),
        {"verb": command.verb, "usage": command.usage, "summary": command.summary, "examples": examples},
    )
