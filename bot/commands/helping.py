"""A verb as it is known to help, terminal and Slack alike; and `help`, which tells of them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.commands import asking, rights
from bot.commands.answer import Answer, Ask
from bot.commands.room import Room
from bot.core.asking.query import FIELDS, Field
from bot.core.documents import Bullets, Document, Heading, Line, Notice, Paragraph, Part, Span, plain, worded
from bot.core.subscribing.plans import OPTIONS
from bot.store import happenings, subscriptions


@dataclass(frozen=True, slots=True)
class Command:
    """A verb: how it is written, what it does, and two or three examples that work as they stand."""

    usage: str
    summary: str
    examples: tuple[str, ...]
    run: Callable[[Room, Ask], Answer]
    changes: rights.Changes = rights.nothing  # what only some may change, as far as the words do
    check: rights.Check | None = None  # what its words say of themselves, without doing it

    @property
    def verb(self) -> str:
        """What it is called: how it is written begins with that."""
        return self.usage.split()[0].rstrip(",")


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


def everything(room: Room, groups: Mapping[str, Sequence[Command]], ask: Ask, *, unknown: str = "") -> Answer:
    """All verbs by what they are for, after what people ask most, from what the asker has.

    `unknown` is what help was wanted for and is no verb.
    """
    own = _Own.of(room, ask)
    parts: list[Part] = [
        *([Notice(f"There is no verb {unknown[:40]!r}; this is what there is.")] if unknown else []),
        Paragraph(worded("Ask in your own words, or begin with a verb. Only you see the answer.")),
        Paragraph(worded("`help VERB` tells one in full, with examples; `help query` what a QUERY is.")),
        Bullets(tuple((Span(own(each), style="code"), Span(f" {told}")) for each, told in _FIRST.items())),
    ]
    for title, commands in groups.items():
        lines = ((Span(each.usage, style="code"), *worded(f" {each.summary}")) for each in commands)
        parts += [Heading(title), Bullets(tuple(lines))]
    told = [each for commands in groups.values() for each in commands]
    return Answer(
        Document(
            title="What you can ask",
            gist="Verbs: " + ", ".join(each.verb for each in told),
            parts=tuple(parts),
        ),
        {"commands": [{"verb": c.verb, "usage": c.usage, "summary": c.summary} for c in told]},
    )


_FIRST: Final[Mapping[str, str]] = {
    asking.EXAMPLE: "finds events",
    "search mineral:tungsten country:kz since:90d": "finds them by a query",
    "why e1": "says why it was told; of any address, why it was not",
    "subscribe": "opens the form of a digest for this channel",
    "mute source:sputnik.kg for:7d": "leaves a source out for a week",
    "watch e1": "tells you at once what comes of an event",
}
"""What people ask most, with what is made up in it."""


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
