"""`changes` and `undo`: who changed what, what it was before, and taking it back."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from bot.commands.answer import Answer, Ask
from bot.commands.described import days
from bot.commands.rights import OF_A_CHANNEL, Right
from bot.commands.room import Room
from bot.core.documents import Button, Buttons, Document, Notice, Part, Table
from bot.core.redact import redact
from bot.core.wording import many, minute
from bot.errors import Fix, UserError
from bot.store import people
from bot.store.people import Changed
from bot.work import audit
from bot.work import undo as work

SHOWN: Final = 20
BUTTONS: Final = 5

RIGHTS: Final[Mapping[str, Right]] = {
    "subscription": Right.SUBSCRIPTIONS,
    "mute": Right.MUTES,
    "learned": Right.MUTES,
    "feed": Right.FEEDS,
    "event": Right.OVERRULE,
    "packs": Right.PACKS,
    "released": Right.FEEDS,
}
"""What it takes to take back a change of a kind; of any other, to be who made it."""

_REF: Final = re.compile(r"c?(\d{1,18})", re.IGNORECASE)


def changes(room: Room, ask: Ask) -> Answer:
    """The last changes of this channel and for all; of one kind, or of one thing."""
    wanted = " ".join(ask.words.split()).strip('"')
    what = wanted.casefold() if wanted.casefold() in audit.KINDS else ""
    with room.database.reading() as session:
        found = people.changes(
            session,
            what=what,
            thing="" if what else wanted,
            channels=_channels(ask),
            limit=SHOWN,
        )
    found = [each for each in found if _seen(each, ask)]
    of = f" of {wanted}" if wanted else ""
    if not found:
        hint = f"Nothing was changed{of}, by anybody. Kinds: {', '.join(audit.KINDS)}."
        return Answer(Document("Changes", (Notice(hint),), gist=hint), {"changes": []})
    undone = {each.undoes for each in found}
    rows = tuple(
        (each.ref, minute(each.at), _who(room, each), _what(each), described(each)) for each in found
    )
    title = many(len(found), "change") + of
    parts: list[Part] = [Table(("id", "when", "who", "what", "before → after"), rows)]
    buttons = [
        Button(f"Undo {each.ref}", f"undo {each.ref}")
        for each in found
        if each.id not in undone and each.what in work.UNDOABLE
    ]
    if buttons:
        parts.append(Buttons(tuple(buttons[:BUTTONS])))
    return Answer(Document(title, tuple(parts), gist=title), {"changes": [_data(each) for each in found]})


def undo(room: Room, ask: Ask) -> Answer:
    """Take a change back. That is a change as well, and can be taken back."""
    wanted = _named(room, ask)
    with room.database.writing() as session:
        number = work.undo(session, wanted, by=ask.person, now=ask.now)
        noted = people.change(session, number)
    assert noted is not None, "it was just written"
    title = f"Taken back: {wanted.ref}, {_what(wanted)}"
    parts = (
        Table(("before → after",), ((described(noted),),)),
        Buttons((Button("Do it again", f"undo {noted.ref}"), Button("Changes", "changes"))),
    )
    return Answer(Document(title, parts, gist=title), {"undone": wanted.ref, "change": _data(noted)})


def right(room: Room, ask: Ask) -> Right | None:
    """What it takes to take back the change that is named; what is one's own takes nothing."""
    change = _named(room, ask)
    return None if change.channel == ask.asker.user else RIGHTS.get(change.what)


def described(change: Changed) -> str:
    """What changed, in a line: the fields that differ, or that it was made or removed."""
    before, after = _fields(change.before), _fields(change.after)
    if before is None or after is None:
        return f"{_told(before)} → {_told(after)}"
    told = [
        f"{name}: {_short(name, before.get(name))} → {_short(name, after.get(name))}"
        for name in {**before, **after}
        if before.get(name) != after.get(name)
    ]
    return "; ".join(told) or "the same"


def _named(room: Room, ask: Ask) -> Changed:
    """The change that is meant. Of another channel there is none, whoever guesses its number."""
    found = _REF.fullmatch(ask.words.strip())
    if found is None:
        raise _which(room, ask)
    with room.database.reading() as session:
        change = people.change(session, int(found[1]))
    if change is None or not _seen(change, ask):
        raise UserError(f"there is no change {ask.words.strip()} here; `changes` lists them", at=ask.begins)
    return change


def _which(room: Room, ask: Ask) -> UserError:
    """What to say where no change is named: the last one that the asker made here, to be pressed."""
    with room.database.reading() as session:
        found = people.changes(session, channels=_channels(ask), limit=SHOWN)
    undone = {each.undoes for each in found}
    own = (
        each
        for each in found
        if each.person == ask.person and each.id not in undone and not each.undoes and _seen(each, ask)
    )
    if (last := next((each for each in own if each.what in work.UNDOABLE), None)) is None:
        return UserError("which change? For example: undo c17; `changes` lists them", at=ask.begins)
    said = f"which change? Yours was last {last.ref}, {_what(last)}; `changes` lists them all"
    return UserError(said, at=ask.begins, fix=Fix(0, None, f"undo {last.ref}"))


def _channels(ask: Ask) -> tuple[str, ...]:
    return (ask.asker.channel, ask.asker.user) if ask.asker.user else ()


def _seen(change: Changed, ask: Ask) -> bool:
    """What is of a channel is seen there; what is somebody's own, by them; a terminal sees all."""
    asker = ask.asker
    if not asker.user:
        return True
    known = RIGHTS.get(change.what)
    if known is None:
        return change.person == asker.user
    return known not in OF_A_CHANNEL or change.channel in (asker.channel, asker.user)


def _what(change: Changed) -> str:
    """The thing that was changed, as people know it: a watch has no name of its own."""
    fields = _fields(change.after) or _fields(change.before) or {}
    return f"watch {fields['query']}" if fields.get("watch") else f"{change.what} {change.thing}"


def _who(room: Room, change: Changed) -> str:
    person, approved, by = change.person.partition(", approved by ")
    return room.directory.name(person) + approved + (room.directory.name(by) if by else "")


def _fields(value: str | None) -> dict[str, Any] | None:
    if value is None:
        return None
    told = json.loads(value)
    return told if isinstance(told, dict) else {"value": told}


def _told(fields: dict[str, Any] | None) -> str:
    """A whole thing: what is worth saying of it."""
    if fields is None:
        return "nothing"
    said = [
        f"{name}: {_short(name, value)}"
        for name, value in fields.items()
        if name in _TELLING and value not in ("", None, [])
    ]
    return ", ".join(said) or "there"


_RULED: Final = {True: "one event", False: "not one event", None: "as found"}
"""What people may have said of two stories; None: nothing."""

_TELLING: Final = (
    "url",
    "query",
    "times",
    "timezone",
    "weekdays",
    "channel",
    "value",
    "until",
    "person",
    "pairs",
)


def _short(name: str, value: Any) -> str:
    match name, value:
        case _, None:
            told = "nothing"
        case "weekdays", [*numbers]:
            told = days(numbers)
        case "times", [*times]:
            told = ", ".join(time.removesuffix(":00") for time in times)
        case "pairs", [*pairs]:
            told = ", ".join(sorted({_RULED[ruled] for _, _, ruled in pairs}))
        case (("until" | "upto"), str()):
            told = minute(datetime.fromisoformat(value))
        case _, str():
            told = value
        case _:
            told = json.dumps(value, ensure_ascii=False)
    told = redact(told)
    return told if len(told) <= 60 else f"{told[:59]}…"


def _data(change: Changed) -> dict[str, object]:
    return {
        "id": change.ref,
        "at": change.at.isoformat(),
        "person": change.person,
        "what": change.what,
        "thing": change.thing,
        "channel": change.channel or None,
        "before": _fields(change.before),
        "after": _fields(change.after),
        "undoes": f"c{change.undoes}" if change.undoes else None,
    }
