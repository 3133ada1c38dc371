"""`watch` and `unwatch`: to be told at once, as a person or a channel, of what one names."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.commands import meant, place
from bot.commands.answer import Answer, Ask
from bot.commands.events import find
from bot.commands.rights import Right
from bot.commands.room import Room
from bot.core.asking.options import Options, take, unwrapped
from bot.core.asking.query import And, parse
from bot.core.documents import Button, Buttons, Document, Facts, Line, Notice, Part, Table, plain
from bot.core.subscribing import plans
from bot.core.subscription import Plan, Subscription
from bot.core.telling.alerts import Hours
from bot.core.wording import capitalized, many, minute
from bot.errors import UserError
from bot.store import subscriptions
from bot.store.database import Session
from bot.work import audit, watching

MOST: Final = 20
"""Watches of one person."""

OPTIONS: Final = ("to", "in", "zone")
_ID: Final = re.compile(r"[CDGUW][A-Za-z0-9_-]{0,79}")
_EVENT: Final = re.compile(r"e\d{1,18}", re.IGNORECASE)
_LIST: Final = Button("What is watched", "watch list")


def watch(room: Room, ask: Ask) -> Answer:
    """Watch a query or an event, or list what is watched."""
    options = take(ask.words, OPTIONS, begins=ask.begins)
    if _lists(options):
        return _listed(room, ask)
    plan = _plan(room, ask, options)
    with room.database.writing() as session:
        own = subscriptions.listing(session, watches=True)
        mine = [each for each in own if each.owner == plan.owner]
        same = [each for each in mine if (each.query, each.channel) == (plan.query, plan.channel)]
        if same:
            raise UserError(f"that is watched already: `unwatch {same[0].id}` ends it")
        if len(mine) >= MOST:
            raise UserError(f"{MOST} watches are the most; `watch list` shows them, `unwatch ID` ends one")
        made = watching.begin(session, room.understander.packs, plan, ask.now)
        _note(session, ask, None, made)
    title = f"Watching: {made.query}"
    facts: list[tuple[str, Line]] = [
        ("Told", plain(_who(made, ask))),
        ("At once", plain(_what(made))),
        ("Not", plain(_not_told(room.alerting.hours, made.timezone))),
    ]
    look = f"event {made.follows}" if made.follows else f"latest {made.query}"
    row = (Button("Stop watching", watching.end_of(made)), Button("What there is now", look), _LIST)
    return Answer(Document(title, (Facts(tuple(facts)), Buttons(row)), gist=title), {"watch": _data(made)})


def unwatch(room: Room, ask: Ask) -> Answer:
    """End a watch by its number, or by what is watched."""
    ask = place.said_in(ask)
    with room.database.writing() as session:
        ended = _named(session, ask)
        for each in ended:
            subscriptions.remove(session, each.id, ask.now)
            _note(session, ask, each, None)
    title = f"Not watched any more: {', '.join(each.query for each in ended)}"
    again = tuple(Button("Watch again", f"watch {each.query}{_to(each, ask)}") for each in ended[:4])
    return Answer(
        Document(title, (Buttons((*again, _LIST)),), gist=title),
        {"unwatched": [_data(each) for each in ended]},
    )


def changes(room: Room, ask: Ask) -> Right | None:
    """What is told to a channel is its members' business; what is told to a person their own."""
    del room
    options = take(ask.words, OPTIONS)
    return None if _lists(options) or not _of_channel(options) else Right.SUBSCRIPTIONS


def ends(room: Room, ask: Ask) -> Right | None:
    """The same of the end of a watch."""
    ask = place.said_in(ask)
    with room.database.reading() as session:
        found = _seen(session, ask)
    of_others = [each for each in _matching(found, ask.words) if each.owner != ask.asker.user]
    return Right.SUBSCRIPTIONS if of_others else None


def _plan(room: Room, ask: Ask, options: Options) -> Plan:
    words = meant.named(options.rest)
    if _EVENT.fullmatch(words):
        query = find(room.database, words).ref
    else:
        meant.query(room, ask, "watch")
        parsed = parse(options.rest, room.understander.packs, begins=ask.begins)
        if parsed == And():
            raise UserError("watch what? For example: watch tungsten country:kz, or watch e17", at=ask.begins)
        query = str(parsed)
    usual = room.usual_plan
    zone = plans.zone(options.values["zone"]) if "zone" in options.values else usual.timezone
    if zone is None:
        raise UserError("zone: wants a time zone or its city: zone:Tashkent", at=options.places["zone"])
    return replace(
        usual,
        name=f"Watch of {query} for {ask.person}, {ask.now.isoformat()}",
        channel=_told_to(ask, options),
        query=query,
        times=(),
        timezone=zone,
        alerts=False,
        review=None,
        watch=True,
        owner=ask.asker.user,
    )


def _told_to(ask: Ask, options: Options) -> str:
    """Where it is told. A person is written to by their own id, which Slack takes for a conversation."""
    asker = ask.asker
    to = options.values.get("to", "me").casefold()
    if to not in ("me", "channel"):
        raise UserError("to: is to:me or to:channel", at=options.places["to"])
    named = unwrapped(options.values.get("in", "")).lstrip("@")
    if named and asker.user:
        raise UserError("to:channel tells the channel in which it is typed", at=options.places["in"])
    if named and not _ID.fullmatch(named):
        raise UserError("in: wants the id of a channel or a person: in:C0123456789", at=options.places["in"])
    told = named or (asker.channel if to == "channel" else asker.user)
    if not told:
        raise UserError("who is told? in:C0123456789 says it, or a person's in:U0123456789", at=ask.begins)
    return told


def _listed(room: Room, ask: Ask) -> Answer:
    with room.database.reading() as session:
        found = _seen(session, ask)
    if not found:
        hint = Notice("Nothing is watched. For example: watch tungsten country:kz, or watch e17")
        return Answer(Document("Watches", (hint,), gist="Nothing is watched"), {"watches": []})
    rows = tuple(
        (str(each.id), each.query, _who(each, ask), minute(each.created_at), each.paused or "")
        for each in found
    )
    title = many(len(found), "watch", "watches")
    parts: list[Part] = [
        Table(("id", "watched", "told", "since", "paused"), rows),
        Buttons(tuple(Button(f"Stop watching {each.query}", watching.end_of(each)) for each in found[:5])),
    ]
    return Answer(Document(title, tuple(parts), gist=title), {"watches": [_data(each) for each in found]})


def _seen(session: Session, ask: Ask) -> list[Subscription]:
    """The watches that an asker may see: their own and those of this channel; a terminal sees all."""
    found = subscriptions.listing(session, watches=True)
    who = ask.asker
    if who.within is None:
        return list(found)
    return [each for each in found if who.channel == each.channel or (who.user and who.user == each.owner)]


def _named(session: Session, ask: Ask) -> Sequence[Subscription]:
    found = _seen(session, ask)
    named = _matching(found, ask.words)
    if not named:
        known = ", ".join(f"{each.id} ({each.query})" for each in found[:10])
        hint = f"there are {known}" if known else "nothing is watched"
        wanted = ask.words.strip()[:60]
        told = (
            f"nothing watched is called {wanted!r}; {hint}" if wanted else f"which watch? {capitalized(hint)}"
        )
        raise UserError(told, at=ask.begins)
    return named


def _matching(found: Sequence[Subscription], words: str) -> Sequence[Subscription]:
    wanted = words.strip().casefold()
    return [each for each in found if wanted in (str(each.id), each.query.casefold())]


def _lists(options: Options) -> bool:
    return options.rest.strip().casefold() in ("", "list")


def _of_channel(options: Options) -> bool:
    return options.values.get("to", "").casefold() == "channel"


def _to(each: Subscription, ask: Ask) -> str:
    here = ask.asker.user and each.channel == ask.asker.channel != ask.asker.user
    return " to:channel" if here else ""


def _who(each: Subscription, ask: Ask) -> str:
    if each.channel == ask.asker.user:
        return "you, in a direct message"
    return "here" if ask.asker.user and each.channel == ask.asker.channel else each.channel


def _what(made: Subscription) -> str:
    if made.follows:
        return f"what {made.follows} gains, a source or a stage, and what goes on from it"
    return "new events with a story that matches; what there is already counts as told"


def _not_told(hours: Hours, zone: str) -> str:
    most = f"more often than {many(hours.per_day, 'time')} a day"
    if hours.quiet_from == hours.quiet_until:
        return most
    return f"from {hours.quiet_from:%H:%M} to {hours.quiet_until:%H:%M}, {zone}, nor {most}"


def _note(session: Session, ask: Ask, before: Subscription | None, after: Subscription | None) -> None:
    """Write it down; what a person is told only they, and a terminal, see in the log."""
    audit.of_subscription(session, before, after, by=ask.person, now=ask.now)


def _data(each: Subscription) -> dict[str, object]:
    return {
        "id": each.id,
        "query": each.query,
        "to": each.channel,
        "owner": each.owner,
        "paused": each.paused,
    }
