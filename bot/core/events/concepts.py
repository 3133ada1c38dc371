"""What the packs know of a story, as terms that are the same in every language."""

from collections import Counter
from typing import Final

from bot.core.story import Decision

# A concept of a kind says so much about what a story is about; kinds that are not here say little.
_KIND: Final = {"body": 1.2, "person": 1.2, "mineral": 0.8, "act": 0.6, "country": 0.4}
_LITTLE: Final = 0.15

# Of their kind, but in half of all stories: words that tell of any act, great powers, heads of state.
_EVERYWHERE: Final = frozenset(
    [f"act.{act}" for act in (
        "agreement", "announce", "approve", "build", "export", "force", "held", "impose", "invest", "issue",
        "meeting", "met", "negotiate", "plant", "produce", "propose", "say", "sign", "start",
    )]
    + [f"country.{power}" for power in ("US", "CN", "RU", "EU")]
    + [f"person.{head}" for head in (
        "trump", "biden", "putin", "xi", "tokayev", "mirziyoyev", "japarov", "rahmon", "berdimuhamedov",
        "gurbanguly", "modi", "macron", "erdogan",
    )]
    + ["body.un", "body.state_department", "body.white_house"]
)  # fmt: skip
_MOST: Final = 1.5  # a concept named again and again, or in the title, weighs up to so much more


def concepts_of(decision: Decision) -> dict[str, float]:
    """The concepts that a story names, with their weights: by kind, and by how often it names them.

    What was set aside counts too: a sport story is one event with other sport stories of the same people.
    """
    named: Counter[str] = Counter()
    for reason in (*decision.why, *decision.against):
        named[reason.concept] += 2 if reason.field == "title" else 1
    found: dict[str, float] = {}
    for concept, times in named.items():
        weight = _KIND.get(concept.partition(".")[0], _LITTLE)
        if concept in _EVERYWHERE:
            weight = min(weight, 2 * _LITTLE)
        found[concept] = weight * min(_MOST, 0.75 + 0.25 * times)
    return found
