"""What a new story touches: the stored stories that may have to be grouped anew with it."""

import math
from collections.abc import Callable, Collection, Iterable

from bot.core.events import crowds
from bot.core.events.crowds import LINKED, STEPS, Compare, Step
from bot.core.events.features import SHARED_KEYS, Features, block_keys
from bot.core.events.joining import NO_RULINGS, Rulings, pair
from bot.core.events.likeness import likeness

Neighbours = Callable[[Features], Iterable[Features]]
"""The stored stories that share at least `SHARED_KEYS` block keys with a story and came within `WINDOW_DAYS`
of it, and those that people ruled to be one with it; more do no harm."""


class Reach:
    """The components that new stories touch. Neighbours are asked for once a story."""

    def __init__(
        self, neighbours: Neighbours, ruled: Rulings = NO_RULINGS, *, compare: Compare = likeness
    ) -> None:
        self._neighbours = neighbours
        self._ruled = ruled
        self._compare = compare
        self._near: dict[str, list[tuple[float, Features]]] = {}
        # By step: stories of components that are too large to be taken whole.
        self._too_many: list[set[str]] = [set() for _ in STEPS]
        self._were_too_many: list[set[str]] = [set() for _ in STEPS]

    def component(self, story: Features) -> tuple[Features, ...]:
        """The component of a story, itself included, by key. See `crowds.components`."""
        for at, step in enumerate(STEPS):
            if (reached := self._spread(story, step, self._too_many[at])) is not None:
                return tuple(reached[key] for key in sorted(reached))
        raise AssertionError("the last step takes whatever there is")

    def shaken(self, story: Features, new: Collection[str]) -> list[Features]:
        """Stories of components that were not too large until the `new` ones, by key, came; `story` is one.

        What is too large now is taken apart, and that part of it too which the new stories are not in. To be
        asked when the component of `story` is known.
        """
        found: dict[str, Features] = {}
        for at, step in enumerate(STEPS):
            if story.key not in self._too_many[at]:
                break
            for other in self._next(story, step):
                if other.key not in new and other.key not in found:
                    found |= self._spread(other, step, self._were_too_many[at], without=new) or {}
        return list(found.values())

    def _spread(
        self, story: Features, step: Step, too_many: set[str], without: Collection[str] = ()
    ) -> dict[str, Features] | None:
        """What a step connects to a story; None: too many, which is noted."""
        reached, waiting = {story.key: story}, [story]
        while waiting and story.key not in too_many:
            for other in self._next(waiting.pop(), step):
                if other.key not in reached and other.key not in without:
                    reached[other.key] = other
                    waiting.append(other)
                    if other.key in too_many:
                        too_many.update(reached)
            if len(reached) > crowds.MOST_TOGETHER and step is not STEPS[-1]:
                too_many.update(reached)
        return None if story.key in too_many else reached

    def _next(self, one: Features, step: Step) -> list[Features]:
        if one.key not in self._near:
            scored = ((self._link(one, other), other) for other in self._neighbours(one))
            self._near[one.key] = [(score, other) for score, other in scored if score > LINKED]
        return [other for score, other in self._near[one.key] if step.joins(one.key, other.key, score)]

    def _link(self, one: Features, other: Features) -> float:
        """How strongly two stories are connected; -inf: they are not to be compared."""
        if pair(one.key, other.key) in self._ruled.same:
            return math.inf
        near = len(block_keys(one) & block_keys(other)) >= SHARED_KEYS
        return self._compare(one, other).score if near else -math.inf
