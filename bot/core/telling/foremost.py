"""Which minerals of an event are named where there is no room for all."""

from collections.abc import Collection, Iterator

from bot.core.asking.query import And, Field, Or, Phrase, Query, Word
from bot.core.event import Event
from bot.core.tokens import Expand


def asked_minerals(query: Query, expand: Expand) -> frozenset[str]:
    """The minerals that a query asks for, by a field or by a word.

    >>> from bot.core.asking.query import parse
    >>> sorted(asked_minerals(parse("mineral:tin,copper -mineral:zinc"), lambda word: ()))
    ['copper', 'tin']
    """
    return frozenset(_asked(query, expand))


def foremost_minerals(event: Event, most: int, asked: Collection[str] = ()) -> tuple[str, ...]:
    """At most so many of its minerals: those that were asked for, then the main ones of its first story.

    Where there is room for all they stand as they are.
    """
    if len(event.minerals) <= most:
        return event.minerals
    weights: dict[str, float] = {}
    for reason in event.why:
        kind, _, name = reason.concept.partition(".")
        if kind == "mineral" and reason.weight > 0:
            metal = name.partition(".")[0]  # "titanium.ore" is told as titanium
            mineral = metal.replace("_", " ").casefold()
            weights[mineral] = weights.get(mineral, 0.0) + reason.weight
    wanted = {each.casefold() for each in asked}

    def rank(mineral: str) -> tuple[bool, float]:
        folded = mineral.casefold()
        return folded not in wanted, -weights.get(folded, 0.0)

    return tuple(sorted(event.minerals, key=rank)[:most])  # stable: those that weigh alike stay as they stand


def _asked(query: Query, expand: Expand) -> Iterator[str]:
    match query:
        case Field("mineral", values):
            yield from (value.casefold() for value in values)
        case Word(text) | Phrase(text):
            yield from (value.casefold() for kind, value in expand(text) if kind == "mineral")
        case And(parts) | Or(parts):
            for part in parts:
                yield from _asked(part, expand)
