"""`why`: what decided a story, in both directions, for any address."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Literal

from bot.commands import meant
from bot.commands.answer import Answer, Ask
from bot.commands.events import find
from bot.commands.room import Room
from bot.core.as_json import decision_json
from bot.core.documents import (
    Bullets,
    Button,
    Buttons,
    Document,
    Facts,
    Heading,
    Line,
    Notice,
    Paragraph,
    Part,
    Span,
    plain,
)
from bot.core.explain import explain
from bot.core.identity import address_key
from bot.core.inert import safe_url
from bot.core.story import Decision, Story
from bot.core.subscribing.muting import Muted, hiding
from bot.core.wording import many, minute, until
from bot.errors import FetchError, Fix, UserError
from bot.store import decisions, deliveries, events, happenings, people, stories, subscriptions
from bot.store.database import Database
from bot.work import muting
from bot.work.untold import untold

Telling = tuple[str, Literal["alert", "digest"], datetime]
"""A subscription, what told it, and the slot of that."""

ELSEWHERE: Final = "a subscription of another channel"

_SAYING: Final = re.compile(
    r"(?<!\S)(?:is|was|are|were|did|do|does|not|no|i|get|told|tell|missing|digests?|in|the|a|yesterday'?s?|today'?s?"
    r"|\w+n['’]t)(?!\S)[?.]?",
    re.IGNORECASE,
)
"""What is said around what one asks for."""

TOGETHER: Final = 5
"""Addresses that are explained together."""

SUBSCRIPTIONS: Final = 8
"""Subscriptions of which is said why they did not tell a story."""


def why(room: Room, ask: Ask) -> Answer:
    """Explain a stored story by its address or id, or read and explain a page that nobody polled."""
    if not ask.words:
        raise UserError("why what? For example: why e17, or why https://example.org/news/1", at=0)
    words = list(meant.references(ask.words))
    if len(words) > 1:
        return _several(room, ask, words[:TOGETHER])
    word = words[0] if words else ask.words.split()[0].strip("<>").split("|")[0]
    if word[:1] in "es" and word[1:].isdigit():
        return _of_id(room, ask, word)
    if "://" not in word:
        word = f"https://{word}"
    url = safe_url(word)
    if not url or "." not in url or not (words or len(ask.words.split()) == 1):
        raise UserError(
            f"{ask.words[:80]!r} is neither an address nor an id such as e17; `search` finds what has one",
            at=0,
            fix=Fix(0, None, f"ask {_SAYING.sub(' ', ask.words).strip() or ask.words}"),
        )
    with room.database.reading() as session:
        story = stories.find(session, [key for key in (address_key(url),) if key])
    return _known(room, ask, story) if story else _never_seen(room, url)


def _several(room: Room, ask: Ask, words: Sequence[str]) -> Answer:
    """Several addresses, one after the other; what is wrong with one is said in its place."""
    parts: list[Part] = []
    found: list[object] = []
    for word in words:
        try:
            one = why(room, replace(ask, words=word))
        except UserError as error:
            parts += [Heading(word), Notice(str(error), kind="error")]
            continue
        parts += [Heading(one.document.title), *one.document.parts]
        found.append(one.data)
    return Answer(Document(f"Why, of {many(len(words), 'link')}", tuple(parts)), {"links": found})


def _of_id(room: Room, ask: Ask, word: str) -> Answer:
    is_event = word.startswith("e")
    wanted = find(room.database, word).stories[0].story if is_event else int(word[1:])
    with room.database.reading() as session:
        found = stories.get(session, [wanted])
    if not found:
        raise UserError(f"there is no story {ask.words[:40]!r}")
    return _known(room, ask, found[0])


def _known(room: Room, ask: Ask, story: Story) -> Answer:
    with room.database.reading() as session:
        decision = decisions.get(session, [story.id])[story.id]
        event = events.of_stories(session, [story.id]).get(story.id)
        older = stories.versions(session, story.id)
    told = _told(room.database, ask, event)
    mutes = _mutes(room.database, ask, event)
    facts: list[tuple[str, Line]] = [
        ("Source", plain(f"{story.source}, by the feed {story.feed}" if story.feed else story.source)),
        ("Counts for", plain(minute(story.reported_at))),
    ]
    if event is not None:
        facts.append(("Event", (Span(f"e{event}", style="code"),)))
    parts: list[Part] = [
        Paragraph((Span(story.title, url=story.url, style="strong"),)),
        *explain(decision, room.understander.packs, room.understander.lines),
        Heading("Its way", level=3),
        Facts(tuple(facts)),
        *(_edited(len(older), older[0].replaced_at) if older else ()),
        *_where(told, decision),
        *_why_not(room, ask, event, [name for name, *_ in told]),
        *_muted(mutes),
    ]
    title = f"Why {decision.tier}"
    return Answer(
        Document(title=title, parts=tuple(parts), gist=f"{title}: {story.title}"),
        {
            "known": True,
            "id": f"s{story.id}",
            "url": story.url,
            "title": story.title,
            "event": f"e{event}" if event is not None else None,
            "muted": [{"id": each.id, "muted": each.thing} for each in mutes],
            "told": [
                {"subscription": name, "kind": kind, "slot": slot.isoformat()} for name, kind, slot in told
            ],
        }
        | decision_json(decision),
    )


def _told(database: Database, ask: Ask, event: int | None) -> list[Telling]:
    """Which subscriptions told the event, by which kind of delivery, and of which slot.

    Those of other channels have no name here: the asker may not be in there.
    """
    if event is None:
        return []
    found: list[Telling] = []
    with database.reading() as session:
        for subscription in subscriptions.listing(session):
            for kind in ("alert", "digest"):
                delivery = deliveries.told(session, subscription.id, [event], kind=kind).get(event)
                issue = deliveries.get(session, delivery) if delivery is not None else None
                if issue is not None:
                    here = ask.asker.within in (None, subscription.channel)
                    found.append((subscription.name if here else ELSEWHERE, kind, issue.slot))
    return found


def _mutes(database: Database, ask: Ask, event: int | None) -> Sequence[Muted]:
    """The mutes of the channel that is asked in, or in the terminal of any, that hide the event."""
    if event is None:
        return ()
    with database.reading() as session:
        channels = {each.channel for each in people.muted(session, ask.asker.within, ask.now)}
        found = happenings.get(session, [event])
        mutes = [muting.in_force(session, channel, ask.now) for channel in sorted(channels)]
    return [each for one in found for of_channel in mutes for each in hiding(one, of_channel)]


def _muted(mutes: Sequence[Muted]) -> Sequence[Part]:
    """That it was muted, until when, and the button that ends it."""
    if not mutes:
        return ()
    told = [
        Notice(f"Muted in {each.channel}: {each.thing}, {until(each.until)}. Its digests leave it out.")
        for each in mutes
    ]
    return (*told, Buttons(tuple(Button(f"Unmute {each.thing}", f"unmute {each.id}") for each in mutes)))


def _where(told: Sequence[Telling], decision: Decision) -> tuple[Part, ...]:
    if told:
        return (
            Bullets(
                tuple(plain(f"Told by {name} in the {kind} of {minute(slot)}") for name, kind, slot in told)
            ),
        )
    if decision.tier.flagged:
        return (Notice("No digest has told it: no subscription's filter and window took it in yet."),)
    return (Notice("Not delivered, because it was not flagged."),)


def _why_not(room: Room, ask: Ask, event: int | None, told: Sequence[str]) -> tuple[Part, ...]:
    """Of the channel's subscriptions that did not tell it, what kept each from it."""
    if event is None:
        return ()
    with room.database.reading() as session:
        here = subscriptions.listing(session, channel=ask.asker.within)
        found = happenings.get(session, [event])
    others = [each for each in here if each.name not in told][:SUBSCRIPTIONS]
    packs = room.understander.packs
    lines = [
        (Span(f"Not by {each.name}: ", style="strong"), Span(f"{reason}."))
        for one in found
        for each, reason in untold(room.database, packs, one, others, ask.now)
    ]
    return (Bullets(tuple(lines)),) if lines else ()


def _edited(times: int, last: datetime) -> tuple[Part, ...]:
    edits = many(times, "time")
    return (Notice(f"Its wording changed {edits}, last on {minute(last)}; the present one was decided."),)


def _never_seen(room: Room, url: str) -> Answer:
    try:
        article = room.article(url)
    except FetchError as error:
        raise UserError(f"{url} is in none of the feeds, and could not be read now: {error}") from error
    decision = room.understander.decide(article)
    parts: list[Part] = [
        Notice("None of the feeds had this address. It was read just now; nothing was stored."),
        Paragraph((Span(article.title or url, url=url, style="strong"),)),
        *explain(decision, room.understander.packs, room.understander.lines),
    ]
    title = f"Why it would be {decision.tier}"
    return Answer(
        Document(title=title, parts=tuple(parts), gist=f"{title}: {article.title or url}"),
        {"known": False, "url": url, "title": article.title} | decision_json(decision),
    )
