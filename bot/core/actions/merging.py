"""The policy record of an event: what its stories say was done, put together with who says it.

Nothing is averaged. Each field holds every value that was told, the best told one first, each
with the stories and sentences it comes from: a contradiction is two values, and stays visible.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Generic, NamedTuple, TypeVar

from bot.core.actions.accounts import Account
from bot.core.actions.accounts import Claim as Told
from bot.core.story import Action, Money
from bot.core.words import Instrument, Stage

_Value = TypeVar("_Value", bound=Hashable)

BESIDE: Final = 0.3  # a vote of a story's second action, beside 1 of its first
QUIET: Final = 0.6  # a factor on a vote for "statement": who tells of a deed says more than who does not

NAMED: Final = 1 / 3  # of those that tell of an action must name a party for it to be one
SIDE: Final = 0.2  # of the votes of the believed instrument, for another to be an action beside it

_FURTHER: Final = (
    # Which stage to believe when as many stories tell one as the other: the one that says more.
    *(Stage.NONE, Stage.PROPOSED, Stage.NEGOTIATED, Stage.ANNOUNCED, Stage.SUSPENDED, Stage.ENDED),
    *(Stage.IN_FORCE, Stage.SIGNED, Stage.RATIFIED),
)


@dataclass(frozen=True, slots=True)
class Telling:
    """The actions of one story of the event. `weight` is the standing of its source; a copy has 0."""

    story: str  # id of the story, as text
    source: str  # host of the outlet
    actions: tuple[Action, ...]
    weight: float = 1.0
    sums: tuple[Money, ...] = ()  # all that the story names


@dataclass(frozen=True, slots=True)
class Said:
    """A place that says a value: the story, its outlet, and the sentence, which may be a headline."""

    story: str
    source: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Claim(Generic[_Value]):
    """A value and all that say it."""

    value: _Value
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ActionRecord:
    """What was done, by all stories of an event. Each tuple of claims begins with the believed one.

    `action` is told as one story tells it, one that says what is believed: its sentence is that story's.
    What it leaves open is filled from the others.
    """

    action: Action
    said: tuple[Said, ...]  # who tells of it; the first is who says the action's sentence
    instruments: tuple[Claim[Instrument], ...]
    stages: tuple[Claim[Stage], ...]  # of the believed instrument
    parties: tuple[Claim[str], ...]
    actors: tuple[Claim[str], ...]
    minerals: tuple[Claim[str], ...]
    amounts: tuple[Claim[tuple[float, str]], ...]  # (units, ISO 4217)
    days: tuple[Claim[date], ...]

    @property
    def instrument(self) -> Instrument:
        """The believed instrument."""
        return self.instruments[0].value

    @property
    def stage(self) -> Stage:
        """The believed stage."""
        return self.stages[0].value

    @property
    def contradicted(self) -> tuple[str, ...]:
        """Names of the fields in which stories say different things that cannot both be so."""
        fields = (("stage", self.stages), ("amount", self.amounts), ("day", self.days))
        return tuple(name for name, claims in fields if len(claims) > 1)


class _Told(NamedTuple):
    """An action, the story that tells it, and how much its word is worth."""

    telling: Telling
    action: Action
    weight: float


def merge_all(tellings: Iterable[Telling]) -> tuple[ActionRecord, ...]:
    """Put the actions of an event's stories together, an instrument each, that which it is about first.

    The order of the stories does not matter. The instrument with most votes is believed: a story's
    first action votes with the story's weight, the others with less, and a statement with less than
    a deed. Stage, parties and the rest are those told of the same instrument.
    """
    told = [
        _Told(telling, action, telling.weight * (BESIDE if place else 1.0))
        for telling in sorted(tellings, key=lambda telling: (-telling.weight, telling.story))
        for place, action in enumerate(telling.actions)
    ]
    votes: dict[Instrument, float] = defaultdict(float)
    for one in told:
        votes[one.action.instrument] += one.weight * (
            QUIET if one.action.instrument is Instrument.STATEMENT else 1.0
        )
    order = list(Instrument)
    ranked = sorted(votes, key=lambda instrument: (-votes[instrument], order.index(instrument)))
    chief = [one for one in told if one.action is one.telling.actions[0]]
    claims = _claims(told, lambda action: (action.instrument,))
    instruments = tuple(sorted(claims, key=lambda claim: ranked.index(claim.value)))
    return tuple(
        _record(
            [one for one in told if one.action.instrument is instrument],
            instruments,
            chief if instrument is ranked[0] else (),
        )
        for instrument in ranked
        if votes[instrument] >= SIDE * votes[ranked[0]]
    )


def accounts(merged: Iterable[ActionRecord], ids: Mapping[str, int]) -> tuple[Account, ...]:
    """Who tells what of each action, by the ids of the stories. `ids`: of their keys."""
    return tuple(_account(record, ids) for record in merged)


def _account(record: ActionRecord, ids: Mapping[str, int]) -> Account:
    def stories(said: Iterable[Said]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(ids[one.story] for one in said))

    return Account(
        story=ids[record.said[0].story],
        stories=stories(record.said),
        stages=tuple(Told(claim.value.value, stories(claim.said)) for claim in record.stages),
        amounts=tuple(
            Told(f"{claim.value[0]:.15g} {claim.value[1]}", stories(claim.said)) for claim in record.amounts
        ),
        days=tuple(Told(claim.value.isoformat(), stories(claim.said)) for claim in record.days),
    )


def _record(
    ours: Sequence[_Told], instruments: tuple[Claim[Instrument], ...], chief: Sequence[_Told]
) -> ActionRecord:
    """What is told of one instrument, by all that tell of it, in order of weight.

    `chief` is what each story is about first: where none of ours says a day, it is the day of those.
    """
    stages = _claims(ours, lambda action: (action.stage,), tie=_FURTHER.index)
    parties = _claims(ours, lambda action: action.parties)
    amounts = _amounts(ours)
    if len(amounts) > 1:
        amounts = _amounts([_agreeing(one, amounts[0].value) for one in ours])
    days = _days(ours) or _days(chief)
    believed = {claims[0].value for claims in (stages, amounts, days) if claims}
    chosen = min(
        ours,
        key=lambda one: (
            one.action.stage is not stages[0].value,
            -one.weight,
            -len(believed & {*_amount(one.action.amount), *_day(one.action.day)}),
        ),
    )
    best = amounts[0].value if amounts else None
    action = replace(
        chosen.action,
        parties=tuple(sorted(claim.value for claim in parties if len(claim.said) >= NAMED * len(ours))),
        amount=next((one.action.amount for one in ours if best in _amount(one.action.amount)), None),
        day=days[0].value if days else None,
    )
    said = [Said(one.telling.story, one.telling.source, one.action.sentence) for one in (chosen, *ours)]
    return ActionRecord(
        action=action,
        said=tuple(dict.fromkeys(said)),
        instruments=instruments,
        stages=stages,
        parties=parties,
        actors=_claims(ours, lambda action: action.actors),
        minerals=_claims(ours, lambda action: action.minerals),
        amounts=amounts,
        days=days,
    )


def _amounts(ours: Sequence[_Told]) -> tuple[Claim[tuple[float, str]], ...]:
    return _claims(ours, lambda action: _amount(action.amount), tie=lambda amount: amount[0])


def _agreeing(one: _Told, believed: tuple[float, str]) -> _Told:
    """An action with the believed amount if its story names that too: a loan, and what the project costs."""
    same = next((money for money in one.telling.sums if believed in _amount(money)), None)
    if same is None or one.action.amount is None:
        return one
    return one._replace(action=replace(one.action, amount=same))


def _amount(money: Money | None) -> tuple[tuple[float, str], ...]:
    return ((money.amount, money.currency),) if money else ()


def _days(told: Sequence[_Told]) -> tuple[Claim[date], ...]:
    return _claims(told, lambda action: _day(action.day), tie=lambda day: -day.toordinal())


def _day(day: date | None) -> tuple[date, ...]:
    return (day,) if day else ()


def _claims(
    told: Sequence[_Told],
    values: Callable[[Action], Iterable[_Value]],
    *,
    tie: Callable[[_Value], float] = lambda _: 0.0,
) -> tuple[Claim[_Value], ...]:
    """Every value with its places: most told first, then by `tie`, the higher first, then by its text."""
    said: dict[_Value, list[Said]] = defaultdict(list)
    weight: dict[_Value, float] = defaultdict(float)
    for one in told:
        for value in values(one.action):
            said[value].append(Said(one.telling.story, one.telling.source, one.action.sentence))
            weight[value] += one.weight
    ordered = sorted(said, key=lambda value: (-weight[value], -tie(value), str(value)))
    return tuple(Claim(value, tuple(said[value])) for value in ordered)
