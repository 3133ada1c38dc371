"""Which acts of an event are asked for by a query that names kinds or stages."""

from collections.abc import Sequence

from bot.core.asking.query import And, Field, Query
from bot.core.story import Action


def asked_for(actions: Sequence[Action], query: Query) -> tuple[int, ...]:
    """The numbers of the acts of an event that matches which are of the kinds and stages asked for.

    All of them where none is: its stories told it so, and their accounts came to another. What a query leaves
    out or offers as an alternative takes no act away.

    >>> from bot.core.asking.query import parse
    >>> from bot.core.words import Instrument, Stage
    >>> done = (Action(Instrument.SUMMIT, Stage.IN_FORCE), Action(Instrument.MOU, Stage.SIGNED))
    >>> asked_for(done, parse("rare earths type:mou,agreement")), asked_for(done, parse("stage:ratified"))
    ((1,), (0, 1))
    """
    parts = query.parts if isinstance(query, And) else (query,)
    asked = [part for part in parts if isinstance(part, Field) and part.name in ("type", "stage")]
    numbers = tuple(range(len(actions)))
    return tuple(n for n in numbers if all(_is(actions[n], each) for each in asked)) or numbers


def _is(action: Action, asked: Field) -> bool:
    return (action.instrument if asked.name == "type" else action.stage) in asked.values
