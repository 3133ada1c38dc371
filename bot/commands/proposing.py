"""`proposals`, `approve` and `decline`: what members proposed, and what admins made of it."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.commands import rights
from bot.commands.answer import Answer, Ask
from bot.commands.room import Room
from bot.core.documents import Button, Buttons, Document, Heading, Notice, Paragraph, Part, Span
from bot.core.wording import many, span_of_time
from bot.errors import SteppewatchError, UserError
from bot.store import proposals as store
from bot.store.proposals import Proposal

Do = Callable[[Room, Proposal, str, datetime], Answer]
"""Runs what was proposed, approved by somebody, now."""

_REF: Final = re.compile(r"p?(\d{1,18})", re.IGNORECASE)


def proposals(room: Room, ask: Ask) -> Answer:
    """The open proposals: of a person who cannot decide their own, of an admin all; or one of them."""
    if ask.words.strip():
        one = _named(room, ask, ask.words)
        return Answer(rights.proposed(room, one), {"proposals": [rights.data(one)]})
    asker = ask.asker
    everybody = rights.decides(room, asker)
    with room.database.reading() as session:
        found = store.listing(session, person="" if everybody else asker.user)
    title = f"{many(len(found), 'proposal')} open"
    parts: list[Part] = []
    for each in found:
        age = span_of_time(ask.now - each.made_at)
        who = room.directory.name(each.person)
        parts += [
            Heading(f"{each.ref} by {who}, {age} ago", level=3),
            Paragraph((Span(each.words, style="code"),)),
        ]
        if everybody:
            row = (Button("Approve", f"approve {each.ref}"), Button("Decline", f"decline {each.ref}"))
            parts.append(Buttons(row))
    if not found:
        parts.append(Notice("Nothing waits. What you may not change yourself is proposed by typing it."))
    return Answer(
        Document(title, tuple(parts), gist=title), {"proposals": [rights.data(each) for each in found]}
    )


def approve(room: Room, ask: Ask, do: Do) -> Answer:
    """Do what was proposed. Should that fail, the proposal stays open, and the admin sees why."""
    wanted = _decidable(room, ask, ask.words)
    decided = _decide(room, ask, wanted, "approved")
    try:
        done = do(room, wanted, ask.person, ask.now)
    except Exception as error:  # whatever it was: nothing was done, so nothing was decided
        with room.database.writing() as session:
            store.decide(session, wanted.id, "open", by="", now=None)
        if isinstance(error, SteppewatchError):
            raise UserError(f"{wanted.ref}, {wanted.words}: {error}") from error
        raise
    outcome = Notice(f"Done: {done.document.title}")
    _tell(room, decided, outcome)
    told = rights.proposed(room, decided)
    return Answer(
        Document(f"Approved: {decided.ref}", (*told.parts, outcome), gist=f"Approved: {decided.words}"),
        {"approved": rights.data(decided), "answer": dict(done.data)},
    )


def decline(room: Room, ask: Ask) -> Answer:
    """Leave it as it is, and say why."""
    ref, _, rest = ask.words.strip().partition(" ")
    because = " ".join(rest.split()).removeprefix("because ").strip()[:300]
    wanted = _decidable(room, ask, ref)
    decided = _decide(room, ask, wanted, "declined", because)
    _tell(room, decided)
    told = rights.proposed(room, decided)
    return Answer(
        Document(f"Declined: {decided.ref}", told.parts, gist=f"Declined: {decided.words}"),
        {"declined": rights.data(decided)},
    )


def _decide(room: Room, ask: Ask, wanted: Proposal, to: store.State, because: str = "") -> Proposal:
    """Of several who decide at once, one does."""
    with room.database.writing() as session:
        decided = store.decide(session, wanted.id, to, by=ask.person, now=ask.now, because=because)
    if decided is None:
        raise UserError(f"{wanted.ref} was decided just now by somebody else")
    return decided


def _decidable(room: Room, ask: Ask, words: str) -> Proposal:
    if not rights.decides(room, ask.asker):
        raise UserError("only an admin decides what was proposed; [rights] says who that is")
    wanted = _named(room, ask, words)
    if wanted.state != "open":
        who = room.directory.name(wanted.decided_by)
        raise UserError(f"{wanted.ref} was {wanted.state} already by {who}")
    return wanted


def _named(room: Room, ask: Ask, words: str) -> Proposal:
    found = _REF.fullmatch(words.strip())
    if found is None:
        raise UserError("which proposal? For example: approve p3; `proposals` lists them", at=ask.begins)
    with room.database.reading() as session:
        proposal = store.get(session, int(found[1]))
    of_others = proposal is not None and proposal.person != ask.asker.user
    if proposal is None or (of_others and not rights.decides(room, ask.asker)):
        raise UserError(f"there is no proposal {words.strip()}; `proposals` lists them", at=ask.begins)
    return proposal


def _tell(room: Room, decided: Proposal, *more: Part) -> None:
    """Tell who proposed it. One who cannot be reached finds it under `proposals`."""
    who = room.directory.name(decided.decided_by)
    because = f", because {decided.because}" if decided.because else ""
    gist = f"{who} {decided.state} {decided.ref}{because}: {decided.words}"
    told = rights.proposed(room, decided)
    document = Document(f"{decided.ref} was {decided.state}", (*told.parts, *more), gist=gist)
    room.directory.tell(decided.person, document)
