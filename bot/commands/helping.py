"""A verb as it is known to help, terminal and Slack alike; and `help`, which tells of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.commands import rights
from bot.commands.answer import Answer, Ask
from bot.commands.room import Room
from bot.core.documents import Bullets, Document, Heading, Line, Paragraph, Part, Span, plain
from bot.core.query import FIELDS


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


def everything(commands: Sequence[Command]) -> Answer:
    """All verbs, an example of each, and the query language."""
    lines = tuple((Span(command.usage, style="code"), Span(f" {command.summary}")) for command in commands)
    fields: tuple[Line, ...] = tuple(
        (Span(f"{name}:", style="code"), Span(f" {meaning}")) for name, meaning in FIELDS.items()
    )
    return Answer(
        Document(
            title="What you can ask",
            gist="Verbs: " + ", ".join(command.verb for command in commands),
            parts=(
                Bullets(lines),
                Heading("Examples"),
                Bullets(
                    tuple(
                        (Span(command.examples[0], style="code"),) for command in commands if command.examples
                    )
                ),
                Heading("The query language"),
                Paragraph(
                    plain(
                        'Words are ANDed; "a phrase"; OR; -not; ( ); and fields, commas between alternatives:'
                    )
                ),
                Bullets(fields),
            ),
        ),
        {"commands": [{"verb": c.verb, "usage": c.usage, "summary": c.summary} for c in commands]},
    )


def of(command: Command) -> Answer:
    """One verb in full."""
    parts: list[Part] = [Paragraph((Span(command.usage, style="code"),)), Paragraph(plain(command.summary))]
    if command.examples:
        parts += [Heading("Examples"), Bullets(tuple((Span(e, style="code"),) for e in command.examples))]
    return Answer(
        Document(
            title=f"Help: {command.verb}", parts=tuple(parts), gist=f"{command.usage}: {command.summary}"
        ),
        {
            "verb": command.verb,
            "usage": command.usage,
            "summary": command.summary,
            "examples": list(command.examples),
        },
    )
