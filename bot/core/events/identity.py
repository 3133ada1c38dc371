"""Which event keeps which id when stories are grouped anew: an id, once posted, stays."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.core.events.grouping import Group


@dataclass(frozen=True, slots=True)
class Kept:
    """What a new grouping does to the events that were there."""

    ids: tuple[int | None, ...]  # one for each group, in their order; None: a new event
    became: Mapping[int, int] = field(default_factory=dict)  # ids whose stories all went to another event


def keep_ids(
    groups: Sequence[Group],
    before: Mapping[str, int],
    *,
    leads: Mapping[int, str] = MappingProxyType({}),
    changed: Collection[str] = (),
) -> Kept:
    """Say which group goes on under which id; `before` is the event of every story that had one.

    An id goes to the group that holds most of its stories: of the two parts of an event that was split the
    larger keeps it, and of two that are as large the one with the story that gave the headline, for that is
    what people saw; `leads` are those stories by the ids of events. Stories that have `changed` say something
    else now than they did when the event was told: they count only where no other does.

    A group that several ids go to keeps the oldest (smallest): of two events that turn out to be one the
    first stays, and `became` says where the other went.

    >>> a, b, c = Group(("k1", "k2"), "k1"), Group(("k3",), "k1"), Group(("k4", "k5"), "k1")
    >>> keep_ids([a, b], {"k1": 7, "k2": 7, "k3": 7}).ids
    (7, None)
    >>> keep_ids([a, c], {"k1": 7, "k2": 7, "k4": 7, "k5": 7}, leads={7: "k5"}).ids
    (None, 7)
    """
    # Of the part of an event that a group holds: stories that say what they said, all stories, the lead.
    parts: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    for at, group in enumerate(groups):
        for key in group.keys:
            if (event := before.get(key)) is not None:
                part = parts[event, at]
                part[0] += key not in changed
                part[1] += 1
                part[2] += leads.get(event) == key and key not in changed
    # id -> the group that it goes to: the last of these, so of as weighty ones that which is named first
    heir = dict(sorted(parts, key=lambda part: (parts[part], -part[1])))
    claims: dict[int, list[int]] = defaultdict(list)
    for event, at in heir.items():
        claims[at].append(event)
    ids = tuple(min(claims[at]) if at in claims else None for at in range(len(groups)))
    became = {event: kept for event, at in heir.items() if (kept := ids[at]) is not None and kept != event}
    return Kept(ids, became)
