"""How much an event weighs: what an ambassador would ask about first is first, and the parts show why."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.events.told import Told, independent
from bot.core.story import Action
from bot.core.words import Instrument, Stage, Tier

_TIER: Final = {Tier.CORE: 40.0, Tier.REGION: 22.0, Tier.MINERALS: 18.0, Tier.NONE: 0.0}

# What changes the rules or the ownership of minerals, then what binds, then what is talked of.
_ACT: Final = {
    Instrument.EXPORT_CONTROL: 20.0, Instrument.NATIONALISATION: 20.0, Instrument.SANCTIONS: 18.0,
    Instrument.TREATY: 18.0, Instrument.AGREEMENT: 16.0, Instrument.LAW: 16.0, Instrument.MOU: 15.0,
    Instrument.JOINT_VENTURE: 15.0, Instrument.STAKE_SALE: 15.0, Instrument.OFFTAKE: 14.0,
    Instrument.FINANCING: 14.0, Instrument.INVESTMENT: 14.0, Instrument.TARIFF: 14.0,
    Instrument.LICENCE: 13.0, Instrument.STOCKPILE: 13.0, Instrument.STRATEGY: 12.0,
    Instrument.LIST: 12.0, Instrument.SUMMIT: 12.0,
    Instrument.COURT: 11.0, Instrument.SUBSIDY: 11.0, Instrument.TENDER: 11.0, Instrument.DISCOVERY: 10.0,
    Instrument.INFRASTRUCTURE: 10.0, Instrument.VISIT: 9.0, Instrument.PRODUCTION: 8.0,
    Instrument.APPOINTMENT: 7.0, Instrument.STATEMENT: 3.0, Instrument.OTHER: 3.0,
}  # fmt: skip
_STAGE: Final = {
    Stage.SIGNED: 1.0, Stage.RATIFIED: 1.0, Stage.IN_FORCE: 1.0, Stage.SUSPENDED: 0.9, Stage.ENDED: 0.9,
    Stage.ANNOUNCED: 0.8, Stage.NEGOTIATED: 0.6, Stage.PROPOSED: 0.6, Stage.NONE: 0.4,
}  # fmt: skip
_PER_DOUBLING: Final = 4.0  # of independent sources, up to
_MOST_SOURCES: Final = 14.0
_STANDING: Final = 8.0
_NOVELTY: Final = 10.0
_LEAST_AMOUNT: Final = 1e6  # in dollars
_PER_TENFOLD: Final = 3.0  # of an amount above that, up to
_MOST_AMOUNT: Final = 12.0
_IN_DOLLARS: Final = {  # rough, for order of magnitude alone
    "USD": 1.0, "EUR": 1.1, "GBP": 1.3, "CNY": 0.14, "RUB": 0.012, "KZT": 0.002, "UZS": 0.00008,
    "KGS": 0.011, "TJS": 0.1, "TMT": 0.29, "JPY": 0.0066, "KRW": 0.0007, "AUD": 0.65, "CAD": 0.72,
}  # fmt: skip
NOVEL_FOR_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Score:
    """`value` is the sum of `parts`, which are named for people, the largest first."""

    value: float
    parts: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What an event of the last `NOVEL_FOR_DAYS` was about."""

    countries: tuple[str, ...]
    minerals: tuple[str, ...]
    instrument: Instrument | None


def rank(
    stories: Sequence[Told],
    *,
    tier: Tier,
    countries: Sequence[str],
    minerals: Sequence[str],
    actions: Sequence[Action],
    recent: Iterable[Seen] = (),
) -> Score:
    """Weigh an event by its tier, act, sources, amount and novelty; about 0 to 100."""
    act = actions[0] if actions else None
    parts = {
        f"tier {tier}": _TIER[tier],
        _said(act): _ACT[act.instrument] * _STAGE[act.stage] if act else 0.0,
        "sources": _sources(len(independent(stories))),
        "standing": _STANDING * max((story.standing for story in stories), default=0.0),
        "amount": max((_amount(action) for action in actions), default=0.0),
        "novelty": _NOVELTY
        * (1.0 - max((_alike(seen, countries, minerals, act) for seen in recent), default=0.0)),
    }
    shown = tuple((name, round(part, 1)) for name, part in parts.items() if round(part, 1))
    ordered = tuple(sorted(shown, key=lambda part: (-part[1], part[0])))
    return Score(round(sum(part for _, part in ordered), 1), ordered)


def _said(act: Action | None) -> str:
    if act is None:
        return "no act"
    return f"{act.instrument} {act.stage}" if act.stage is not Stage.NONE else str(act.instrument)


def _sources(count: int) -> float:
    return min(_MOST_SOURCES, _PER_DOUBLING * math.log2(count)) if count else 0.0


def _amount(action: Action) -> float:
    """What a sum weighs: money that is but spoken of is not yet money."""
    if action.amount is None:
        return 0.0
    dollars = action.amount.amount * _IN_DOLLARS.get(action.amount.currency, 0.0)
    if dollars <= _LEAST_AMOUNT:
        return 0.0
    return _STAGE[action.stage] * min(_MOST_AMOUNT, _PER_TENFOLD * math.log10(dollars / _LEAST_AMOUNT))


def _alike(seen: Seen, countries: Sequence[str], minerals: Sequence[str], act: Action | None) -> float:
    """How much an event of late was about the same, 0 to 1: the same countries, minerals and kind of act."""

    def shared(one: Iterable[str], other: Iterable[str]) -> float:
        left, right = set(one), set(other)
        return len(left & right) / len(left | right) if left | right else 1.0

    same_act = act is not None and seen.instrument is act.instrument
    return shared(seen.countries, countries) * shared(seen.minerals, minerals) * (1.0 if same_act else 0.5)
