"""Which event keeps which id when stories are grouped anew: an id, once posted, stays."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.events.grouping import Group


@dataclass(frozen=True, slots=True)
class Kept:
    """What a new grouping does to the events that were there."""

    ids: tuple[int | None, ...]  # one for each group, in their order; None: a new event
    became: Mapping[int, int] = field(default_factory=dict)  # ids whose stories all went to another event


def keep_ids(groups: Sequence[Group], before: Mapping[str, int]) -> Kept:
    """Say which group goes on under which id; `before` is the event of every story that had one.

    An id goes to the group that holds most of its stories: of the two halves of an event that was split the
    larger keeps it. A group that several ids go to keeps the oldest (smallest): of two events that turn out
    to be one the first stays, and `became` says where the other went.

    >>> a, b = Group(("k1", "k2"), "k1"), Group(("k3",), "k1")
    >>> keep_ids([a, b], {"k1": 7, "k2": 7, "k3": 7}).ids
    (7, None)
    """
    held = [Counter(before[key] for key in group.keys if key in before) for group in groups]
    heir: dict[int, int] = {}  # id -> the group that has most of its stories
    for at, counts in enumerate(held):
        for event, stories in counts.items():
            if event not in heir or (stories, -at) > (held[heir[event]][event], -heir[event]):
                heir[event] = at
    claims: dict[int, list[int]] = defaultdict(list)
    for event, at in heir.items():
        claims[at].append(event)
    ids = tuple(min(claims[at]) if at in claims else None for at in range(len(groups)))
    became = {event: kept for event, at in heir.items() if (kept := ids[at]) is not None and kept != event}
    return Kept(ids, became)
