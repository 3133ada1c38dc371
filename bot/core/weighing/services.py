"""A rule that a government makes of what is otherwise daily life: hospitals, admissions, houses by a lake.

The title says what the rule is about ("Who will be treated free"), and its words are of no policy. Whether
somebody in power settles it, the first sentence says: "The cabinet has approved the order of admission".
Later ones name ministries and laws where a surgeon has done well, or somebody ran into a cyclist.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from bot.core.reading.lexicon import Hit
from bot.core.text import Folded

RULES: Final = "state.rule"
SERVED: Final = frozenset({"battery.device", "noise.car", "noise.everyday", "noise.health", "noise.travel"})
METALS: Final = frozenset({"mineral", "umbrella"})  # beside which a ministry settles what a drug is
WHO: Final = frozenset({"actor.government", "actor.office", "actor.parliament", "actor.regulator"})
MAKES: Final = frozenset({
    "act.approve", "act.ban", "act.bill", "act.decree", "act.impose", "act.law", "act.lift", "act.quota",
    "act.ratify", "act.restrict", "act.revoke", "act.subsidy", "act.tariff", "act.tax", "act.vote",
    "deed.govern",
})  # fmt: skip
FIRST: Final = 40  # characters that a first sentence has at least; a dateline's full stops are no end
NEAR: Final = 60  # characters from who rules to what is made
_ENDS: Final = re.compile(r"[.!?]\s|\n")


def governs(title: Folded, titled: Sequence[Hit], text: Folded, told: Sequence[Hit]) -> bool:
    """Whether a story is on what people are served with, and begins with a rule of who is in power."""
    hits = (*titled, *told)
    if not any(one.id in SERVED for _, _, one in hits) or any(one.kind in METALS for _, _, one in hits):
        return False
    ends = _ENDS.search(text.text, FIRST)
    said = ends.start() if ends else len(text.text)
    return _made(title.text, titled) or _made(text.text, [hit for hit in told if hit[1] <= said])


def _made(text: str, hits: Sequence[Hit]) -> bool:
    """Whether who rules stands in one sentence with what is made, and near it."""
    telling = [(start, end, one.id in WHO) for start, end, one in hits if one.id in WHO or one.id in MAKES]
    return any(
        before[2] is not after[2]
        and after[0] - before[1] <= NEAR
        and not _ENDS.search(text, before[1], after[0])
        for before, after in pairwise(telling)
    )
