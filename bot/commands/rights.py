"""Who may change what: the one door through which every command goes that changes something.

A channel's subscriptions and mutes are its members' business; feeds and packs
are for all, and an admin decides. Who reads events sees best which are one, so
members say that too, unless the settings want it otherwise. Who may not, proposes: the
words are kept as they were typed, and run again in the proposer's name once an
admin has approved them. A terminal may all: whoever sits there has the database.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Final

from bot.commands.answer import Answer, Ask, Asker
from bot.commands.room import Room
from bot.core.asking.options import take, unwrapped
from bot.core.documents import Button, Buttons, Document, Facts, Notice, Part, Span, plain
from bot.core.wording import many
from bot.errors import UserError
from bot.store import proposals
from bot.store.proposals import Proposal

MOST: Final = 20
"""Open proposals of one person."""


class Right(StrEnum):
    """What may be changed; named as in [rights]."""

    SUBSCRIPTIONS = "subscriptions"
    MUTES = "mutes"
    FEEDS = "feeds"
    OVERRULE = "overrule"
    PACKS = "packs"


OF_A_CHANNEL: Final = frozenset({Right.SUBSCRIPTIONS, Right.MUTES})
"""What belongs to one channel, and not to all."""

Changes = Callable[[Room, Ask], Right | None]
"""What a question would change; None: nothing that is not one's own."""

Run = Callable[[Room, Ask], Answer]

Check = Callable[[Room, Ask], None]
"""Looks at the words of a question, and does nothing. Raises UserError where they make no sense."""


def nothing(room: Room, ask: Ask) -> Right | None:
    """For verbs that only read, or change what is the asker's own."""
    del room, ask
    return None


def always(right: Right) -> Changes:
    """For verbs that change something, whatever the words."""

    def changes(room: Room, ask: Ask) -> Right | None:
        del room, ask
        return right

    return changes


def gate(room: Room, ask: Ask, verb: str, changes: Changes, run: Run, *, check: Check | None) -> Answer:
    """Run a command where the asker may, or keep what they want as a proposal, if its words make sense.

    Raises UserError for a channel that the asker is not in, and what `run` and `check` raise.
    """
    right = changes(room, ask)
    if right is None or ask.approved_by:
        return run(room, ask)
    if right in OF_A_CHANNEL:
        ask = _at_home(room, ask)
    if may(room, right, ask.asker):
        return run(room, ask)
    if check is not None:
        check(room, ask)
    return _propose(room, ask, verb, right)


def may(room: Room, right: Right, asker: Asker) -> bool:
    """Whether somebody may change what a right is of."""
    return getattr(room.rights, right) == "members" or decides(room, asker)


def decides(room: Room, asker: Asker) -> bool:
    """Whether somebody decides for all: an admin, or whoever sits at the terminal."""
    if not asker.user or asker.user in room.rights.admins:
        return True
    return room.rights.workspace_admins and room.directory.is_admin(asker.user)


def _at_home(room: Room, ask: Ask) -> Ask:
    """The question as asked in the channel that it is about. To be in a channel is to be able to write there.

    What is typed in a channel proves that; a channel that is named, or picked from a list, proves nothing.
    """
    asker = ask.asker
    ask = _by_id(room, ask)
    named = unwrapped(take(ask.words, ["in"]).values.get("in", ""))
    channel = named or asker.channel
    if not asker.user or channel == asker.user or (asker.here and channel == asker.channel):
        return ask
    if not room.directory.is_member(asker.user, channel):
        raise UserError(f"only who is in {channel} can change that: type it there, once the app is in it too")
    return replace(ask, asker=replace(asker, channel=channel, here=True))


def _by_id(room: Room, ask: Ask) -> Ask:
    """The question with the id of a channel of the asker that it names: of "in:#minerals" it is "in:C012"."""
    named = unwrapped(take(ask.words, ["in"]).values.get("in", ""))
    if not named or not ask.asker.user or _CHANNEL.fullmatch(named):
        return ask
    known = room.directory.channels(ask.asker.user) or {}
    found = next((channel for channel, name in known.items() if name.casefold() == named.casefold()), None)
    return replace(ask, words=_IN.sub(f"in:{found}", ask.words, count=1)) if found else ask


_CHANNEL: Final = re.compile(r"[CGD][A-Z0-9]+")
_IN: Final = re.compile(r'(?<!\S)in:(?:"[^"]*"|\S*)', re.IGNORECASE)


def _propose(room: Room, ask: Ask, verb: str, right: Right) -> Answer:
    words = f"{verb} {ask.words}".strip()
    with room.database.writing() as session:
        if proposals.waiting(session, ask.asker.user) >= MOST:
            raise UserError(f"you have {MOST} open proposals; `proposals` lists them")
        made = proposals.add(
            session,
            person=ask.asker.user,
            channel=ask.asker.channel,
            changes=right,
            words=words,
            now=ask.now,
        )
    asked = [to for to in _deciders(room) if room.directory.tell(to, proposed(room, made))]
    title = f"Proposed as {made.ref}, waiting for an admin"
    parts: list[Part] = [
        Facts((("Proposed", (Span(words, style="code"),)),)),
        Notice(_waits(room, asked)),
        Buttons(
            (Button("Ask for it here", f"proposals {made.ref}", "share"), Button("Proposals", "proposals"))
        ),
    ]
    return Answer(Document(title, tuple(parts), gist=f"{title}: {words}"), {"proposed": data(made)})


def _deciders(room: Room) -> tuple[str, ...]:
    return (room.rights.channel,) if room.rights.channel else room.rights.admins


def _waits(room: Room, asked: list[str]) -> str:
    what = "Only an admin can change that for all."
    if asked and room.rights.channel:
        return f"{what} It was posted where admins decide. You will be told."
    if asked:
        return f"{what} {many(len(asked), 'admin')} asked. You will be told."
    return (
        f"{what} No message could be sent to one: ask for it in a channel where one is, "
        "or whoever runs the bot to approve it in the terminal."
    )


def proposed(room: Room, proposal: Proposal) -> Document:
    """A proposal as those see it who can decide it."""
    who = room.directory.name(proposal.person)
    facts: list[tuple[str, tuple[Span, ...]]] = [
        ("What", (Span(proposal.words, style="code"),)),
        ("By", plain(who)),
        ("In", (Span(proposal.channel, style="channel"),)),
    ]
    title = f"Proposal {proposal.ref}"
    parts: list[Part] = [Facts(tuple(facts))]
    if proposal.state == "open":
        row = (
            Button("Approve", f"approve {proposal.ref}", "more"),
            Button("Decline", f"decline {proposal.ref}", "more"),
        )
        parts.append(Buttons(row))
    else:
        because = f": {proposal.because}" if proposal.because else ""
        parts.append(Notice(f"{proposal.state} by {room.directory.name(proposal.decided_by)}{because}"))
    return Document(title, tuple(parts), gist=f"{who} proposes: {proposal.words}")


def data(proposal: Proposal) -> dict[str, object]:
    """A proposal for programs."""
    return {
        "id": proposal.ref,
        "person": proposal.person,
        "channel": proposal.channel,
        "changes": proposal.changes,
        "command": proposal.words,
        "state": proposal.state,
        "decided_by": proposal.decided_by or None,
        "because": proposal.because or None,
    }
