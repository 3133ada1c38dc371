"""Who tells of an event's actions, and what they tell differently."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.core.story import Money
from bot.core.wording import many, money, stage_name
from bot.core.words import Stage

FIELDS: Final = ("stage", "amount", "date")


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


def outlets(stories: Iterable[int], sources: Mapping[int, str]) -> tuple[str, ...]:
    """The outlets of these stories, each once, in their order; stories that are gone have none."""
    return tuple(dict.fromkeys(sources[story] for story in stories if story in sources))


def _text(field: str, value: str) -> str:
    if field == "stage":
        return stage_name(Stage(value))
    if field == "amount":
        amount, currency = value.split()
        return money(Money(float(amount), currency, "text", 0, 0))
    return value
