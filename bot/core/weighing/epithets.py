"""A country called by its metal: "Chile, the world's largest copper producer", elects a president.

Wire copy tells of every such country what it digs. Where a text says nothing else of minerals, nothing
is told of them.
"""

from collections.abc import Container, Sequence
from typing import Final

from bot.core.reading.lexicon import Hit

KIND: Final = "epithet"
REASON: Final = "what a country is known for, and nothing told of it"
JOINED: Final = 6  # characters between two metals of one country: "cobalt- and copper-rich"
TELLS: Final = frozenset({"mineral", "maker", "umbrella", "mining", "miner", "supply", "metals"})


def epithets(titled: Sequence[Hit], hits: Sequence[Hit], aside: Container[int]) -> dict[int, str]:
    """Why hits of a text are set aside that only call a country by a metal, by their numbers.

    None is where title or text say more of minerals than that.
    """
    called = [(start, end) for start, end, one in hits if one.kind == KIND]
    if not called or any(one.kind in TELLS for _, _, one in titled):
        return {}
    told = [n for n, (_, _, one) in enumerate(hits) if one.kind in TELLS and n not in aside]
    inside: list[int] = []
    for n in reversed(told):
        start, end, _ = hits[n]
        by_name = any(opens <= start < closes for opens, closes in called)
        if by_name or (inside and 0 <= hits[inside[-1]][0] - end <= JOINED):
            inside.append(n)
    return dict.fromkeys(inside, REASON) if len(inside) == len(told) else {}
