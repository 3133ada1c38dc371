"""Who tells of an event's actions, and what they tell differently."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.core.story import Money
from bot.core.wording import many, money, stage_name
from bot.core.words import Stage

FIELDS: Final = ("stage", "amount", "date")
_ROUNDED: Final = 0.05  # amounts that differ by less are one amount, told in rounder figures
_BEFORE: Final = frozenset({Stage.PROPOSED, Stage.NEGOTIATED, Stage.ANNOUNCED})
_OVER: Final = frozenset({Stage.SUSPENDED, Stage.ENDED})


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


def disagreement(account: Account, sources: Mapping[int, str]) -> str:
    """What is told differently, in a line; "" when nothing is. `sources`: the outlet of each story.

    >>> told = (Claim("signed", (1, 2)), Claim("announced", (3,)))
    >>> disagreement(Account(1, (1, 2, 3), told), {1: "a.test", 2: "b.test", 3: "c.test"})
    'stage: signed (2 sources), announced (1 source)'
    """
    parts = []
    for name in account.contradicted:
        told = (
            f"{_text(name, claim.value)} ({many(len(outlets(claim.stories, sources)), 'source')})"
            for claim in account.claims[name]
        )
        parts.append(f"{name}: {', '.join(told)}")
    return "; ".join(parts)


def conflicts(account: Account, sources: Mapping[int, str]) -> tuple[tuple[Claim, ...], ...]:
    """What outlets tell so differently that a reader should know, field by field, the believed value first.

    Amounts in one currency that are not the same one rounded; stages of which one is before the deed and one
    after it. Days are left out: what one outlet dates by the deed another dates by its news.
    """
    found = []
    for claims in (account.amounts, account.stages):
        kept: list[Claim] = []
        for claim in claims:
            known = {outlet for other in kept for outlet in outlets(other.stories, sources)}
            new = any(outlet not in known for outlet in outlets(claim.stories, sources))
            if new and all(_conflict(claim.value, other.value) for other in kept):
                kept.append(claim)
        if len(kept) > 1:
            found.append(tuple(kept))
    return tuple(found)


def _conflict(one: str, other: str) -> bool:
    """Whether two values of one field cannot both be so."""
    if " " not in one:
        phases = {_phase(Stage(one)), _phase(Stage(other))}
        return len(phases) == 2 and "" not in phases
    (amount, currency), (amount_there, currency_there) = one.split(), other.split()
    least, most = sorted((float(amount), float(amount_there)))
    return currency == currency_there and least < (1 - _ROUNDED) * most


def _phase(stage: Stage) -> str:
    if stage is Stage.NONE:
        return ""
    return "before" if stage in _BEFORE else "over" if stage in _OVER else "done"


def outlets(stories: Iterable[int], sources: Mapping[int, str]) -> tuple[str, ...]:
    """The outlets of these stories, each once, in their order; stories that are gone have none."""
    return tuple(dict.fromkeys(sources[story] for story in stories if story in sources))


def _text(field: str, value: str) -> str:
    if field == "stage":
        return stage_name(Stage(value))
    return money(as_money(value)) if field == "amount" else value


def as_money(value: str) -> Money:
    """The amount that a claim tells."""
    amount, currency = value.split()
    return Money(float(amount), currency, "text", 0, 0)
