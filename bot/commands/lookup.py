"""`search` and `latest`: events that match a query."""

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.commands import facets, meant
from bot.commands.answer import Answer, Ask
from bot.commands.room import Room
from bot.core.as_json import event_json
from bot.core.asking.options import number, take
from bot.core.asking.query import And, Field, Query, Word, fields_of, parse
from bot.core.asking.snippet import Wanted, snippet, wanted
from bot.core.documents import Button, Buttons, Document, Item, Paragraph, Part, Span, plain
from bot.core.event import Event
from bot.core.inert import host_of
from bot.core.story import Story
from bot.core.telling.digest import item
from bot.core.telling.foremost import asked_minerals
from bot.core.telling.phrases import ENGLISH
from bot.core.wording import many
from bot.errors import UserError
from bot.store import events, feeds, happenings, stories
from bot.store import search as index
from bot.store.database import Session

PAGE: Final = 8
"""Events on one page: as many as one message of Slack holds, as a rule. Turning it replaces one message."""
LAST_PAGE: Final = 200
_DATES: Final = ("since", "before")
_AT_FIRST: Final = 200  # stories read for the first pages; further ones read as many as they need


def search(room: Room, ask: Ask) -> Answer:
    """Events with a story that matches, the best of the newest first."""
    if not ask.words:
        raise UserError("search for what? For example: search tungsten country:kz since:1y", at=0)
    return _found(room, ask, "search")


def latest(room: Room, ask: Ask) -> Answer:
    """Events with a story that matches, or all of them, the newest first."""
    return _found(room, ask, "latest")


@dataclass(frozen=True, slots=True)
class _Results:
    """What was found, as far as it was looked for: which events, each with the story that matched best."""

    hits: tuple[tuple[int | None, int], ...]  # without an event: a story that was not flagged
    more: bool  # there are stories that were not
    facets: facets.Facets

    @property
    def events(self) -> list[int]:
        return [event for event, _ in self.hits if event is not None]


def _found(room: Room, ask: Ask, verb: str) -> Answer:
    options = take(ask.words, ["page"], begins=ask.begins)
    page = number(options, "page", usual=1, most=LAST_PAGE)
    query = parse(options.rest, room.understander.packs, begins=ask.begins)
    with room.database.reading() as session:
        results = _look(session, room, ask, query, verb, enough=page * PAGE)
        total, pages = len(results.events), max(1, -(-len(results.hits) // PAGE))
        if page > pages:
            raise UserError(f"page:{pages} is the last page", at=options.places["page"])
        here = results.hits[(page - 1) * PAGE : page * PAGE]
        shown = [event for event, _ in here if event is not None]
        # A program, which asks in a terminal, is told all events unless it asks for a page.
        everything = ask.asker.within is None and "page" not in options.values
        told = happenings.get(session, results.events if everything else shown)
        items = _items(session, room, query, here, {event.id: event for event in told})
    data = {
        "query": str(query),
        "total": total,
        "more": results.more,
        "page": page,
        "events": [event_json(event) for event in told],
        "facets": {kind: dict(values) for kind, values in results.facets.items()},
    }
    if not results.hits:
        return Answer(_nothing(room, ask, query), data)
    count = many(total, "event") if total else f"{many(len(results.hits), 'story', 'stories')}, none flagged,"
    count = ("more than " if results.more else "") + count
    title = f"{count} for {query}" if str(query) else f"The newest of {count}"
    parts: list[Part] = [*items]
    if pages > 1:
        parts.append(_turn(verb, query, page, pages, more=results.more))
    parts += facets.buttons(verb, query, results.facets, among=len(results.hits))
    parts.append(_further(query, ask))
    return Answer(Document(title=title, parts=tuple(parts), gist=_gist(title, items)), data)


def _look(session: Session, room: Room, ask: Ask, query: Query, verb: str, *, enough: int) -> _Results:
    """Look at stories until there are `enough` to show and one more. Further ones only add at the end."""
    packs = room.understander.packs
    limit = _AT_FIRST
    while True:
        found = index.search(session, query, now=ask.now, limit=limit, expand=packs.labels)
        of = events.of_stories(session, found.stories)
        hits = _hits(found.stories, of)
        if not found.more or limit >= PAGE * LAST_PAGE or len(hits) > enough:
            break
        limit *= 2
    if verb == "latest":
        told = happenings.last_told(session, [event for event, _ in hits if event is not None])
        reported = dict(zip(found.stories, found.reported, strict=True))
        hits.sort(
            key=lambda hit: (reported[hit[1]] if hit[0] is None else told[hit[0]], hit[0] or 0), reverse=True
        )
    return _Results(tuple(hits), found.more, facets.of(session, found, of))


def _hits(found: Sequence[int], of: Mapping[int, int]) -> list[tuple[int | None, int]]:
    """Each event with the first of its stories, and stories that are in no event (`of`), in their order."""
    hits: dict[tuple[bool, int], tuple[int | None, int]] = {}
    for story in found:
        event = of.get(story)
        hits.setdefault((event is None, event or story), (event, story))
    return list(hits.values())


def _items(
    session: Session,
    room: Room,
    query: Query,
    hits: Sequence[tuple[int | None, int]],
    told: Mapping[int, Event],
) -> list[Item]:
    """The events of a page; where a story says what was looked for, that is shown, and else the summary."""
    packs = room.understander.packs
    looked_for, asked = wanted(query, packs), asked_minerals(query, packs.labels)
    known = {story.id: story for story in stories.get(session, [story for _, story in hits])}
    return [_shown(told.get(event or 0), known[story], looked_for, asked) for event, story in hits]


def _shown(event: Event | None, story: Story, looked_for: Wanted, asked: Collection[str]) -> Item:
    shown = _unflagged(story) if event is None else item(event, asked=asked)
    found = snippet(story.text, looked_for)
    return replace(shown, summary="", snippet=found) if found else shown


def _turn(verb: str, query: Query, page: int, pages: int, *, more: bool) -> Buttons:
    """To the pages before and after. A button edits the answer where it stands."""
    row = []
    if page > 1:
        row.append(Button(f"‹ Page {page - 1}", f"{verb} {query} page:{page - 1}", "more"))
    if page < pages:
        of = f" of {pages}" + ("+" if more else "")
        row.append(Button(f"Page {page + 1}{of} ›", f"{verb} {query} page:{page + 1}", "more"))
    return Buttons(tuple(row))


def _further(query: Query, ask: Ask) -> Buttons:
    row = [Button("Export as CSV", f"export events {query}".strip())]
    if ask.asker.channel or ask.asker.user:  # in a terminal nobody knows which channel to tell
        row.insert(0, Button("Save as subscription", f"subscribe {query}".strip()))
    return Buttons(tuple(row))


def _unflagged(story: Story) -> Item:
    return Item(
        headline=Span(story.title, url=story.url),
        note=f"not flagged: why s{story.id}",
        ref=f"s{story.id}",
        menu=(Button(ENGLISH.why, f"why s{story.id}"),),
    )


def _gist(title: str, page: Sequence[Item]) -> str:
    return " ".join([f"{title}.", *(f"{n}. {each.headline.text}." for n, each in enumerate(page[:5], 1))])


def _nothing(room: Room, ask: Ask, query: Query) -> Document:
    """No result says what would have had one: each part of the query left out in turn, or all its dates."""
    title = f"Nothing found for {query}" if str(query) else "Nothing is stored yet"
    lines: list[Part] = []
    buttons: list[Button] = []
    parts = query.parts if isinstance(query, And) else (query,)
    for label, rest in _wider(parts):
        if number := _count(room, ask, rest):
            lines.append(Paragraph(plain(f"{label}: {_at_least(number, 'story', 'stories')}.")))
            buttons.append(Button(label[:60], f"search {rest}" if str(rest) else "latest"))
    for source, known in _sources(room, query):
        right, typed = f"source:{known}", str(Field("source", (source,)))
        lines.append(Paragraph(plain(f"No outlet is called {source}; did you mean {right}?")))
        buttons.append(Button(right, f"search {str(query).replace(typed, right)}"))
    for part in parts:
        if isinstance(part, Word) and (near := _near(room, part.text)):
            meant_so = _all_of([near if each is part else each for each in parts])
            lines.append(Paragraph(plain(f"Did you mean {near}?")))
            buttons.append(Button(f"With {near}", f"search {meant_so}"))
    if not any(fields_of(query, "tier")) and (number := _count(room, ask, query, flagged=False)):
        matched = _at_least(number, "story matches", "stories match")
        lines.append(
            Paragraph(plain(f"{matched} that was not flagged: add tier:none to see, why to ask why."))
        )
    if asked := meant.instead(room, ask, str(query)):
        lines.append(Paragraph((Span("As a question it is "), Span(f"search {asked}", style="code"))))
        buttons.insert(0, Button("Ask it as a question", f"search {asked}"))
    if not lines and str(query):
        buttons.append(Button("The newest events", "latest"))
    if buttons:
        lines.append(Buttons(tuple(buttons[:5])))
    return Document(title=title, parts=tuple(lines), gist=title)


def _wider(parts: Sequence[Query]) -> Iterator[tuple[str, Query]]:
    """What is left of a query without one of its parts, and without all its dates."""
    undated = [part for part in parts if not (isinstance(part, Field) and part.name in _DATES)]
    if len(parts) > 1:
        for part in parts:
            yield f"Without {part}", _all_of([each for each in parts if each is not part])
    if len(undated) < len(parts) - 1 or not undated:
        yield "At any time", _all_of(undated)


def _all_of(parts: Sequence[Query]) -> Query:
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _sources(room: Room, query: Query) -> Iterator[tuple[str, str]]:
    """Each outlet that is asked for alone and that no feed is of, with the host that is most like it."""
    asked = [each.values[0] for each in fields_of(query, "source") if len(each.values) == 1]
    if not asked:
        return
    with room.database.reading() as session:
        known = feeds.listing(session)
        hosts = {host: feed for feed in known if (host := host_of(feed.url))}
        names = {feed.name.casefold(): feed for feed in known} | hosts
        for source in asked:
            part = sorted((name for name in names if source in name), key=len)
            near = difflib.get_close_matches(source, names, n=1, cutoff=0.7) or part
            if near and source not in hosts:
                feed = names[near[0]]
                # Its stories may be of another host than it is itself.
                yield source, next(iter(stories.sources(session, feed.id)), host_of(feed.url))


def _count(room: Room, ask: Ask, query: Query, *, flagged: bool = True) -> int:
    expand = room.understander.packs.labels
    with room.database.reading() as session:
        return index.count(session, query, now=ask.now, expand=expand, flagged=flagged)


def _at_least(counted: int, noun: str, plural: str) -> str:
    return ("more than " if counted > index.COUNTED else "") + many(min(counted, index.COUNTED), noun, plural)


def _near(room: Room, word: str) -> Field | None:
    """The mineral or country whose name a word looks like that names none."""
    packs = room.understander.packs
    if packs.labels(word):
        return None
    found = ((kind, packs.suggest(kind, word)) for kind in ("mineral", "country"))
    return next((Field(kind, (value.casefold(),)) for kind, value in found if value), None)
