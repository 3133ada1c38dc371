"""`mute` and `unmute`: what a channel does not want to see, until when, and what that hid."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.commands import described, place
from bot.commands.answer import Answer, Ask
from bot.commands.rights import Right
from bot.commands.room import Room
from bot.core.asking.options import Options, take
from bot.core.documents import Button, Buttons, Document, Notice, Part, Table
from bot.core.event import Event
from bot.core.subscribing import muting as rule
from bot.core.subscribing.muting import Muted, Wish
from bot.core.wording import capitalized, many
from bot.core.wording import until as said_until
from bot.errors import UserError
from bot.store import events, feeds, happenings, people, stories
from bot.work import audit, muting

BACK: Final = timedelta(days=7)
"""So far back `mute list` looks for what a mute hid."""

MOST: Final = 200
"""Mutes of one channel."""

_STORY: Final = re.compile(r"s(\d{1,18})", re.IGNORECASE)


def mute(room: Room, ask: Ask) -> Answer:
    """Hide something from this channel's digests and alerts, for a week unless it is said otherwise."""
    options = take(ask.words, ["in"], begins=ask.begins)
    channel = place.channel(ask, options.values.get("in", ""))
    if _lists(options):
        return _listed(room, ask, channel)
    wish = _read(room, options.rest, ask)
    until = None if wish.length is None else ask.now + wish.length
    with room.database.writing() as session:
        before = {(each.kind, each.value): each for each in people.muted(session, channel, ask.now)}
        if len(before) + len(wish.things) > MOST:
            raise UserError(
                f"a channel has {MOST} mutes at most; `mute list` shows them, `unmute ID` ends one"
            )
        for kind, value in wish.things:
            if kind == "event" and happenings.named(session, value) is None:
                raise UserError(f"there is no event e{value}; search and latest show the ids", at=ask.begins)
            person, now = ask.asker.user, ask.now
            people.mute(session, channel=channel, kind=kind, value=value, until=until, person=person, now=now)
        made = [
            each for each in people.muted(session, channel, ask.now) if (each.kind, each.value) in wish.things
        ]
        for each in made:
            was = before.get((each.kind, each.value))
            audit.of_mute(session, was, each, by=ask.person, now=ask.now)
    things = ", ".join(each.thing for each in made)
    title = f"Muted here: {things}, {said_until(until)}"
    hidden = len(_hidden(room, made, ask.now))
    parts = (
        Notice(
            "Alerts and digests of this channel leave it out; a digest says how much. Search still finds it. "
            f"Of the last 7 days it would have hidden {many(hidden, 'event') if hidden else 'nothing'}."
        ),
        Buttons((*(Button(f"Unmute {each.thing}", f"unmute {each.id}") for each in made[:4]), _LIST)),
    )
    return Answer(Document(title=title, parts=parts, gist=title), {"muted": [_data(each) for each in made]})


def changes(room: Room, ask: Ask) -> Right | None:
    """What it takes to mute: to see what is muted takes nothing."""
    del room
    return None if _lists(take(ask.words, ["in"])) else Right.MUTES


def unmute(room: Room, ask: Ask) -> Answer:
    """End a mute by its number, or by what was muted."""
    ask = place.said_in(ask)
    wanted = ask.words.strip()
    with room.database.writing() as session:
        here = people.muted(session, ask.asker.within, ask.now)
        ended = [each for each in here if wanted.casefold() in _names(each)]
        if not ended:
            known = f"there are {', '.join(f'{each.id} ({each.thing})' for each in here[:10])}"
            hint = known if here else "nothing is muted here"
            told = f"nothing muted here is called {wanted[:60]!r}; {hint}"
            raise UserError(told if wanted else f"which mute? {capitalized(hint)}", at=ask.begins)
        for each in ended:
            people.unmute(session, each.id)
            audit.of_mute(session, each, None, by=ask.person, now=ask.now)
    title = f"Shown again: {', '.join(each.thing for each in ended)}"
    again = tuple(Button("Mute again", _again(each, ask.now)) for each in ended[:4])
    return Answer(
        Document(title=title, parts=(Buttons((*again, _LIST)),), gist=title),
        {"unmuted": [_data(each) for each in ended]},
    )


_LIST: Final = Button("What is muted", "mute list")


def _names(mute: Muted) -> tuple[str, ...]:
    """What a mute may be called to end it."""
    short = () if mute.kind == "event" else (mute.value,)
    return (str(mute.id), mute.thing.casefold(), *short)


def _lists(options: Options) -> bool:
    return options.rest.strip().casefold() in ("", "list")


def _listed(room: Room, ask: Ask, channel: str) -> Answer:
    with room.database.reading() as session:
        mutes = muting.in_force(session, channel, ask.now)
    if not mutes:
        hint = Notice("Nothing is muted here. For example: mute source:example.org for:7d")
        return Answer(Document(title="Mutes", parts=(hint,), gist="Nothing is muted here"), {"mutes": []})
    hidden = _hidden(room, mutes, ask.now)
    counts = muting.counted(hidden, mutes)
    rows = tuple((str(each.id), each.thing, said_until(each.until), str(counts[each.id])) for each in mutes)
    title = f"{many(len(mutes), 'mute')} here"
    parts: list[Part] = [
        Table(("id", "muted", "until", "hid in 7 days"), rows),
        Buttons(tuple(Button(f"Unmute {each.thing}", f"unmute {each.id}") for each in mutes[:5])),
    ]
    parts += described.listed("Hidden in the last 7 days", hidden)
    return Answer(
        Document(title=title, parts=tuple(parts), gist=title),
        {"mutes": [_data(each) | {"hid": counts[each.id]} for each in mutes]},
    )


def _hidden(room: Room, mutes: Sequence[Muted], now: datetime) -> tuple[Event, ...]:
    with room.database.reading() as session:
        return muting.left(happenings.between(session, now - BACK, now), mutes).hidden


def _read(room: Room, text: str, ask: Ask) -> Wish:
    """What is to be muted; a story means its event."""
    if (found := _STORY.match(text.strip())) is None:
        return _of_feed(room, rule.read(text, ask.now, room.understander.packs, begins=ask.begins))
    with room.database.reading() as session:
        event = events.of_stories(session, [int(found[1])]).get(int(found[1]))
    if event is None:
        raise UserError(f"{found[0]} is in no event, so no digest tells it", at=ask.begins)
    named = text.replace(found[0], f"e{event}", 1)
    return rule.read(named, ask.now, room.understander.packs, begins=ask.begins)


def _of_feed(room: Room, wish: Wish) -> Wish:
    """A wish, with the host of its stories in the place of the name of a feed."""
    [(kind, value), *others] = wish.things
    if others or kind not in ("words", "source") or "." in value:
        return wish
    with room.database.reading() as session:
        named = [each for each in feeds.listing(session) if rule.plain(each.name) == rule.plain(value)]
        hosts = [host for each in named for host in stories.sources(session, each.id)]
    return replace(wish, things=tuple(("source", host) for host in dict.fromkeys(hosts))) if hosts else wish


def _again(mute: Muted, now: datetime) -> str:
    if mute.until is None:
        return f"mute {mute.thing} for:ever"
    hours = max(1, -(-(mute.until - now) // timedelta(hours=1)))
    return f"mute {mute.thing} for:{f'{hours}h' if hours % 24 else f'{hours // 24}d'}"


def _data(mute: Muted) -> dict[str, object]:
    until = mute.until.isoformat() if mute.until else None
    return {"id": mute.id, "channel": mute.channel, "muted": mute.thing, "until": until}
