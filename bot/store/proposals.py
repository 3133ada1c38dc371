"""Proposals: what somebody would change who may not; it waits for one who may."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from bot.store.sql import table
from models import Proposal as ProposalRow

State = Literal["open", "approved", "declined"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal. `words` is the command as it is typed after /policy."""

    id: int
    made_at: datetime
    person: str
    channel: str  # where it was said
    changes: str  # the right that it takes
    words: str
    state: State
    decided_at: datetime | None
    decided_by: str
    because: str

    @property
    def ref(self) -> str:
        """As people call it: "p3"."""
        return f"p{self.id}"


_TABLE: Final = table(ProposalRow)
_COLUMNS: Final = tuple(_TABLE.columns[field.name] for field in fields(Proposal))


def add(session: Session, *, person: str, channel: str, changes: str, words: str, now: datetime) -> Proposal:
    """Keep a proposal. The same said again while it is open is the same proposal."""
    said = {"person": person, "channel": channel, "changes": changes, "words": words, "state": "open"}
    there = session.execute(select(*_COLUMNS).filter_by(**said)).first()
    if there is not None:
        return Proposal(*there)
    made = insert(_TABLE).values(**said, made_at=now).returning(*_COLUMNS)
    return Proposal(*session.execute(made).one())


def get(session: Session, number: int) -> Proposal | None:
    """One proposal."""
    row = session.execute(select(*_COLUMNS).where(_TABLE.c.id == number)).one_or_none()
    return None if row is None else Proposal(*row)


def listing(session: Session, *, person: str = "", limit: int = 50) -> list[Proposal]:
    """The open ones, the oldest first; of one person, or of all."""
    wanted = select(*_COLUMNS).where(_TABLE.c.state == "open").order_by(_TABLE.c.id).limit(limit)
    if person:
        wanted = wanted.where(_TABLE.c.person == person)
    return [Proposal(*row) for row in session.execute(wanted)]


def waiting(session: Session, person: str) -> int:
    """How many of a person's proposals are open."""
    of_them = select(func.count()).where(_TABLE.c.state == "open", _TABLE.c.person == person)
    return session.execute(of_them).scalar_one()


def decide(
    session: Session, number: int, to: State, *, by: str, now: datetime | None, because: str = ""
) -> Proposal | None:
    """Approve or decline an open one, or open it again. None: somebody else decided it first."""
    was = _TABLE.c.state != "open" if to == "open" else _TABLE.c.state == "open"
    decided = update(_TABLE).where(_TABLE.c.id == number, was)
    values = {"state": to, "decided_by": by, "decided_at": now, "because": because}
    row = session.execute(decided.values(**values).returning(*_COLUMNS)).one_or_none()
    return None if row is None else Proposal(*row)
