"""Minerals as one of several things in a list: "partners in trade, energy, critical minerals and education".

Ministers who meet go over everything. Where a title says nothing of minerals, and a text names them once,
between other sectors, the story is about the meeting.
"""

import re
from collections.abc import Container, Sequence
from typing import Final

from bot.core.reading.lexicon import Hit
from bot.core.text import Folded
from bot.core.weighing.epithets import TELLS

REASON: Final = "in passing, one of several things in a list"
NAMED: Final = frozenset({"umbrella", "mineral"})
ONCE: Final = 30  # characters that one thing of a list takes at most, by all its names
BESIDE: Final = 44  # characters before and after it that are looked at
_AND: Final = r"(?: and| и| und| et| y| va| ва| және| жана| we)"
_THING: Final = r"[\w'’ -]{3,34}"
_AFTER: Final = re.compile(rf"(?:,|,?{_AND}) {_THING}(?:[,.;]|$|{_AND} )")
_MORE: Final = re.compile(rf", {_THING}(?:,|{_AND} )")
_BEFORE: Final = re.compile(rf"[\w'’–-]{{3,}}(?:,|,?{_AND}) (?:in |on |of |the |в |о )?$")


def sectors(
    titled: Sequence[Hit], text: Folded, hits: Sequence[Hit], aside: Container[int]
) -> dict[int, str]:
    """Why hits of a text are set aside that name minerals only among other things, by their numbers."""
    told = [n for n, (_, _, one) in enumerate(hits) if one.kind in TELLS and n not in aside]
    named = [n for n in told if hits[n][2].kind in NAMED]
    if not named or any(one.kind in TELLS for _, _, one in titled):
        return {}
    opens, closes = min(hits[n][0] for n in named), max(hits[n][1] for n in named)
    if closes - opens > ONCE or any(not opens <= hits[n][0] < closes for n in told):
        return {}
    before = text.text[max(0, opens - BESIDE) : opens]
    after = text.text[closes : closes + BESIDE]
    follows = bool(_BEFORE.search(before))
    listed = follows and "," in before
    listed = listed or bool(_AFTER.match(after) and (follows or _MORE.match(after)))
    return dict.fromkeys(told, REASON) if listed else {}
