"""Who tells of an event's actions, and what they tell differently."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.core.story import Money
from bot.core.wording import many, money, stage_name
from bot.core.words import Instrument, Stage

FIELDS: Final = ("stage", "amount", "date")
_ROUNDED: Final = 0.05  # amounts that differ by less are one amount, told in rounder figures
_RANK: Final = {
    Stage.NONE: -1,
    **dict.fromkeys((Stage.PROPOSED, Stage.NEGOTIATED), 0),
    Stage.ANNOUNCED: 1,
    Stage.IN_FORCE: 2,
    **dict.fromkeys((Stage.SIGNED, Stage.RATIFIED), 3),
    **dict.fromkeys((Stage.SUSPENDED, Stage.ENDED), 4),
}
# Announced, signed, in force follow one another: a course, told from its beginning or its end; and an end may
# be what is announced. But what is still talked about is not done, and what is over is not in force.
_APART: Final = frozenset({(0, 2), (0, 3), (0, 4), (2, 4), (3, 4)})


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that is told, and the stories of the event that tell it."""

    value: str  # a stage; an amount in units of its currency, "400000000 USD"; a day, "2026-06-03"
    stories: tuple[int, ...]  # ids, by the standing of their sources; copies last


@dataclass(frozen=True, slots=True)
class Account:
    """Who tells of one action. Each tuple of claims begins with the one that is believed."""

    story: int  # id of the story whose sentence the action quotes
    stories: tuple[int, ...]  # all that tell of it
    stages: tuple[Claim, ...]
    amounts: tuple[Claim, ...] = ()
    days: tuple[Claim, ...] = ()

    @property
    def claims(self) -> dict[str, tuple[Claim, ...]]:
        """The claims by the name of their field."""
        return dict(zip(FIELDS, (self.stages, self.amounts, self.days), strict=True))

    @property
    def contradicted(self) -> tuple[str, ...]:
        """The fields of which stories tell different values."""
        return tuple(name for name, claims in self.claims.items() if len(claims) > 1)


def disagreement(
    account: Account,
    sources: Mapping[int, str],
    moments: Mapping[int, datetime],
    of: Instrument | None = None,
) -> str:
    """What outlets tell that cannot both be so, in a line; "" when nothing is. See `conflicts`.

    `of` is the instrument that they tell of, by which a stage is worded.

    >>> told = (Claim("signed", (1, 2)), Claim("negotiated", (3,)))
    >>> disagreement(Account(1, (1, 2, 3), told), {1: "a.test", 2: "b.test", 3: "c.test"}, {})
    'stage: signed (2 sources), negotiated (1 source)'
    """
    parts = []
    for name, claims in conflicts(account, sources, moments).items():
        told = (
            f"{_text(name, claim.value, of)} ({many(len(outlets(claim.stories, sources)), 'source')})"
            for claim in claims
        )
        parts.append(f"{name}: {', '.join(told)}")
    return "; ".join(parts)


def conflicts(
    account: Account, sources: Mapping[int, str], moments: Mapping[int, datetime]
) -> dict[str, tuple[Claim, ...]]:
    """What outlets tell so differently that a reader should know, by field, the believed value first.

    `sources` and `moments` are the outlet of each story and when it was told.
    Amounts in one currency that are not the same one rounded; stages of which one is before the deed and one
    after it, unless who tells the earlier one told it before the deed was. Days are left out: what one outlet
    dates by the deed another dates by its news.
    """
    found = {}
    for name, claims in (("amount", account.amounts), ("stage", account.stages)):
        kept: list[Claim] = []
        for claim in claims:
            known = {outlet for other in kept for outlet in outlets(other.stories, sources)}
            new = any(outlet not in known for outlet in outlets(claim.stories, sources))
            if new and all(_conflict(claim, other, moments) for other in kept):
                kept.append(claim)
        if len(kept) > 1:
            found[name] = tuple(kept)
    return found


def _conflict(one: Claim, other: Claim, moments: Mapping[int, datetime]) -> bool:
    """Whether two values of one field cannot both be so."""
    if " " not in one.value:
        early, late = sorted((one, other), key=lambda claim: _RANK[Stage(claim.value)])
        ranks = _RANK[Stage(early.value)], _RANK[Stage(late.value)]
        return ranks in _APART and not _overtaken(early, late, moments)
    (amount, currency), (amount_there, currency_there) = one.value.split(), other.value.split()
    least, most = sorted((float(amount), float(amount_there)))
    return currency == currency_there and least < (1 - _ROUNDED) * most


def _overtaken(early: Claim, late: Claim, moments: Mapping[int, datetime]) -> bool:
    """Whether all who tell the earlier stage told it before any told the later one."""
    before, after = (
        [moments[story] for story in claim.stories if story in moments] for claim in (early, late)
    )
    return bool(before and after) and max(before) < min(after)


def outlets(stories: Iterable[int], sources: Mapping[int, str]) -> tuple[str, ...]:
    """The outlets of these stories, each once, in their order; stories that are gone have none."""
    return tuple(dict.fromkeys(sources[story] for story in stories if story in sources))


def _text(field: str, value: str, of: Instrument | None) -> str:
    if field == "stage":
        return stage_name(Stage(value), of)
    return money(as_money(value)) if field == "amount" else value


def as_money(value: str) -> Money:
    """The amount that a claim tells."""
    amount, currency = value.split()
    return Money(float(amount), currency, "text", 0, 0)
