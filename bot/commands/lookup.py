"""`search` and `latest`: events that match a query."""

from collections.abc import Sequence

from bot.commands.answer import Answer, Ask
from bot.commands.room import Room
from bot.core.as_json import event_json
from bot.core.digest import item
from bot.core.documents import Button, Buttons, Document, Item, Notice, Paragraph, Part, Span, plain
from bot.core.event import Event
from bot.core.query import And, Query, Word, fields_of, parse
from bot.core.story import Story
from bot.core.wording import many
from bot.errors import UserError
from bot.store import events, happenings, stories
from bot.store import search as index

PAGE = 10
"""Events on one page."""


def search(room: Room, ask: Ask) -> Answer:
    """Events with a story that matches, the best of the newest first."""
    if not ask.words:
        raise UserError("search for what? For example: search tungsten country:kz since:1y", at=0)
    return _found(room, ask, newest_first=False)


def latest(room: Room, ask: Ask) -> Answer:
    """Events with a story that matches, or all of them, the newest first."""
    return _found(room, ask, newest_first=True)


def _found(room: Room, ask: Ask, *, newest_first: bool) -> Answer:
    packs = room.understander.packs
    query = parse(ask.words, packs, begins=ask.begins)
    with room.database.reading() as session:
        # Stories are found, events are shown: a few stories more than a page make a page of events.
        found = index.search(session, query, now=ask.now, limit=PAGE * 10, expand=packs.labels)
        of = events.of_stories(session, found.stories)
        shown = happenings.get(
            session, list(dict.fromkeys(of[story] for story in found.stories if story in of))
        )
        loose = stories.get(session, [story for story in found.stories if story not in of])
    if newest_first:
        shown.sort(key=lambda event: (event.last_at, event.id), reverse=True)
    total, more = len(shown), found.more or found.total > len(found.stories)
    data = {
        "query": str(query),
        "total": total,
        "more": more,
        "events": [event_json(event) for event in shown],
    }
    items = [*(item(event) for event in shown), *(_unflagged(story) for story in loose)]
    if not items:
        return Answer(_nothing(room, ask, query), data)
    count = ("more than " if more else "") + many(total, "event")
    title = f"{count} for {query}" if str(query) else f"The newest of {count}"
    parts: list[Part] = [*items[:PAGE]]
    if len(items) > PAGE or more:
        parts.append(Notice(f"The first {PAGE} are shown; a field such as since:7d or type:mou narrows it."))
    return Answer(Document(title=title, parts=tuple(parts), gist=_gist(title, shown)), data)


def _unflagged(story: Story) -> Item:
    return Item(
        headline=Span(story.title, url=story.url), note=f"not flagged: why s{story.id}", ref=f"s{story.id}"
    )


def _gist(title: str, page: Sequence[Event]) -> str:
    return " ".join([f"{title}.", *(f"{n}. {event.headline}." for n, event in enumerate(page[:5], 1))])


def _nothing(room: Room, ask: Ask, query: Query) -> Document:
    """No result says what would have had one: each part of the query left out in turn."""
    title = f"Nothing found for {query}" if str(query) else "Nothing is stored yet"
    lines: list[Part] = []
    buttons: list[Button] = []
    parts = query.parts if isinstance(query, And) else (query,)
    if len(parts) > 1:
        for part in parts:
            rest = And(tuple(each for each in parts if each is not part))
            without = rest.parts[0] if len(rest.parts) == 1 else rest
            if number := _count(room, ask, without):
                lines.append(Paragraph(plain(f"Without {part}: {many(number, 'story', 'stories')}.")))
                buttons.append(Button(f"Without {part}"[:60], f"search {without}"))
    lines += [
        Paragraph(plain(f"Did you mean {near}?"))
        for part in parts
        if isinstance(part, Word) and (near := _near(room, part.text))
    ]
    if not any(fields_of(query, "tier")) and (number := _count(room, ask, query, flagged=False)):
        matched = many(number, "story matches", "stories match")
        lines.append(
            Paragraph(plain(f"{matched} that was not flagged: add tier:none to see, why to ask why."))
        )
    if buttons:
        lines.append(Buttons(tuple(buttons[:5])))
    return Document(title=title, parts=tuple(lines), gist=title)


def _count(room: Room, ask: Ask, query: Query, *, flagged: bool = True) -> int:
    expand = room.understander.packs.labels
    with room.database.reading() as session:
        return index.search(session, query, now=ask.now, limit=1, expand=expand, flagged=flagged).total


def _near(room: Room, word: str) -> str | None:
    packs = room.understander.packs
    if packs.labels(word):
        return None
    return packs.suggest("mineral", word) or packs.suggest("country", word)
