"""From mentions to points, from points to scores: sums that a person can follow.

Each concept gives its points once, by the best place it stands in, and a
little for being said again. A topic's parts are capped, so that no single kind
of evidence decides by mass alone.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import count
from typing import Final, NamedTuple

from bot.core.reading.concepts import Concept, Led, Packs, Part, Topic
from bot.core.reading.lexicon import Mention

TITLE: Final = 2.0
LEAD: Final = 1.0
BODY: Final = 0.6
DEEP: Final = 0.35
LEAD_ENDS: Final = 350  # characters of text; a teaser is all lead
BODY_ENDS: Final = 1500
AGAIN: Final = 0.2  # of the points, for each of the first two repetitions
NOISE_AGAIN: Final = 0.4  # the same of noise, three times: each of its words is another sign of it
NEAR: Final = 0.5  # points above a line that count double: what passes it is mostly of the topic
FAR: Final = 0.7  # what each further point counts
_REPEATED: Final = tuple(1.0 + AGAIN * times for times in range(3))
_NOISY: Final = tuple(1.0 + NOISE_AGAIN * times for times in range(4))


# Kinds of concepts that tell of somebody who does something, and not only what a story is about.
DOES: Final = frozenset({"act", "deed", "instrument", "actor", "commerce", "state", "person", "body"})

COUNTRY: Final = "country"
FIRM: Final = "body"
BESIDE: Final = 80  # characters from who leads to what it is over

Earned = list[tuple[Part, list[tuple[float, Mention]]]]
"""Parts of a topic, and the points that mentions gave to them."""

Share = tuple[str, Mention, float]
"""A topic, the mention that carries what a concept gave to it, and the points. A story has a hundred."""


class Sums(NamedTuple):
    """The points and score of each topic, and where they came from."""

    points: Mapping[str, float]
    scores: Mapping[str, float]
    shares: tuple[Share, ...]


class Scorer:
    """The topics of some packs, arranged by concept. Immutable; threads may share it."""

    def __init__(self, packs: Packs) -> None:
        numbers = count()
        self._parts = [(topic, [(next(numbers), part) for part in topic.parts]) for topic in packs.topics]
        self._gives: dict[str, list[tuple[int, float]]] = {}  # concept -> number of a part, points
        self._main: dict[str, str] = {}
        self._led = {topic.id: _Led(topic.led, packs.concepts.values()) for topic in packs.topics}
        most: dict[str, float] = {}
        for topic, parts in self._parts:
            for number, part in parts:
                for concept in packs.concepts.values():
                    points = part.kinds.get(concept.id, part.kinds.get(concept.kind, 0.0)) * concept.weight
                    if points and _speaks(part, concept):
                        self._gives.setdefault(concept.id, []).append((number, points))
                        if abs(points) > most.get(concept.id, 0.0):
                            most[concept.id], self._main[concept.id] = abs(points), topic.id

    def main_topic(self, concept: str) -> str:
        """The topic a concept gives most to; "": it gives to none."""
        return self._main.get(concept, "")

    def sums(
        self,
        mentions: Sequence[Mention],
        lines: Mapping[str, float],
        home: str,
        *,
        abroad: bool = True,
        dealt: Container[str] = (),
    ) -> Sums:
        """Points and scores by the mentions that count.

        `lines` says which scores reach a topic; `home` is the country the story
        is written for, "" when that is not known, and speaks doubly unless the
        story is `abroad`, that is, names another country. The concepts of `dealt` count
        against nothing: who is but dealt with makes a story no less ours.
        """
        # Of each concept the first mention: none weighs more, for the title and the lead come first.
        counted = [mention for mention in mentions if not mention.set_aside]
        named = [mention.concept.id for mention in counted]
        first = dict(zip(reversed(named), reversed(counted), strict=True))
        given = self._given(first, Counter(named), dealt)
        points_of: dict[str, float] = {}
        scores: dict[str, float] = {}
        shares: list[Share] = []
        for topic, parts in self._parts:
            total = topic.home * (1 if abroad else 2) if home in topic.at_home else 0.0
            told = [
                (part, given[number])
                for number, part in parts
                if number in given and _applies(part.given, part.without, scores, lines)
            ]
            told = _hushed(told, self._led[topic.id])
            if self._led[topic.id].lacks(counted, first, scores, lines):
                told = _less(told, topic.led.share)
            speaking = sum([earned[0][0] > 0.0 for _, earned in told])
            for part, earned in told:
                raw = sum([points for points, _ in earned])
                held = max(-part.cap, min(part.cap if speaking > 1 else part.alone, raw))
                total += held
                scale = held / raw if raw else 0.0
                shares += [(topic.id, mention, points * scale) for points, mention in earned]
            points_of[topic.id] = total
            scores[topic.id] = score(topic, total)
        return Sums(points_of, scores, tuple(shares))

    def _given(
        self, first: Mapping[str, Mention], times: Mapping[str, int], dealt: Container[str]
    ) -> dict[int, list[tuple[float, Mention]]]:
        """What each concept gives to the parts of topics, by their numbers."""
        given: defaultdict[int, list[tuple[float, Mention]]] = defaultdict(list)
        for concept, said in times.items():
            gives = self._gives.get(concept)
            if gives is None:
                continue
            mention = first[concept]
            growing = _NOISY if mention.concept.kind == "noise" else _REPEATED
            strength = mention.weight * growing[min(said, len(growing)) - 1]
            for number, points in gives:
                if points > 0.0 or concept not in dealt:
                    given[number].append((points * strength, mention))
        return given


class _Led:
    """Who leads in a story, by the ids of concepts."""

    def __init__(self, led: Led, concepts: Iterable[Concept]) -> None:
        concepts = list(concepts)
        self._of = led
        self._by, self._also, self._but, self._over = (
            frozenset([one.id for one in concepts if one.id in named or one.kind in named])
            for named in (led.by, led.also, led.but, led.over)
        )

    def lacks(
        self,
        counted: Sequence[Mention],
        named: Mapping[str, Mention],
        scores: Mapping[str, float],
        lines: Mapping[str, float],
    ) -> bool:
        """Whether a story that has to name somebody names nobody; `named` are the first `counted`."""
        led = self._of
        if led.share == 1.0 or not _applies(led.given, led.without, scores, lines):
            return False
        if not self._by.isdisjoint(named):
            return self._apart(counted)
        titled = any(named[one].field == "title" for one in self._but.intersection(named))
        return titled or self._also.isdisjoint(named)

    def _apart(self, counted: Sequence[Mention]) -> bool:
        """Whether a text names who leads nowhere near what it is over, its title nobody, and neither a firm.

        A shop in a hamlet gets a grant from the council, and there was a mine; a nurse lost her savings in
        lithium, and a regulator fined somebody.
        """
        last = {"led": -2 * BESIDE, "over": -4 * BESIDE}
        for mention in counted:
            one = mention.concept
            leads = one.id in self._by or (one.kind == COUNTRY and one.id in self._also)
            if one.kind == FIRM or (leads and mention.field == "title"):
                return False
            if mention.field == "text" and (leads or one.id in self._over):
                last["led" if leads else "over"] = mention.start
                if abs(last["led"] - last["over"]) <= BESIDE:
                    return False
        return bool(self._over)

    def of_market(self, named: Sequence[str]) -> bool:
        """Whether all these concepts are of stories in which few lead."""
        return bool(named) and self._but.issuperset(named)

    def leads(self, mention: Mention) -> bool:
        """Whether a mention says in the title who leads, or in which state something is done."""
        one = mention.concept
        return mention.field == "title" and (
            one.id in self._by or (one.kind == COUNTRY and one.id in self._also)
        )


def _less(told: Earned, share: float) -> Earned:
    """What parts earned, with a share of what speaks for the topic."""
    return [
        (part, [(points * share if points > 0.0 else points, one) for points, one in earned])
        for part, earned in told
    ]


def _does(mention: Mention) -> bool:
    """Whether a mention says in the title that somebody does something."""
    return mention.field == "title" and mention.concept.kind in DOES


def _hushed(told: Earned, led: _Led) -> Earned:
    """What parts earned, less of the text where the title is of a part that hushes and names nobody's deed.

    A title says what a story is about: one on a tour of canyons names ministries, permits and roads. One for
    shareholders tells of deeds too: there it has to name somebody who leads.
    """
    titled = [
        (part.hushes, mention.concept.id)
        for part, earned in told
        if part.hushes < 1.0
        for _, mention in earned
        if mention.field == "title"
    ]
    does = led.leads if led.of_market([one for _, one in titled]) else _does
    if not titled or any(does(one) for part, earned in told if part.hushes == 1.0 for _, one in earned):
        return told
    left = min(titled)[0]
    return [
        (
            part,
            [
                (points if points < 0.0 or one.field == "title" else points * left, one)
                for points, one in earned
            ],
        )
        for part, earned in told
    ]


def score(topic: Topic, points: float) -> float:
    """A topic's score for some points, 0..1, rounded to four places so that it is the same everywhere."""
    return round(sureness(points - topic.line, topic.slope), 4)


def sureness(above: float, slope: float) -> float:
    """How sure so many points above a line make (below it they are negative): 0..1, 0.5 at the line.

    >>> [round(sureness(above, 1.5), 2) for above in (-1, 0, 0.25, 0.5, 2.5)]
    [0.18, 0.5, 0.68, 0.82, 0.97]
    """
    if above > 0.0:
        above = 2.0 * min(above, NEAR) + FAR * max(0.0, above - NEAR)
    return 1.0 / (1.0 + math.exp(-slope * above))


def _speaks(part: Part, concept: Concept) -> bool:
    """Whether a concept speaks for those whom a part is about."""
    spoken = set(concept.of)
    return (not part.of or bool(spoken & set(part.of))) and not spoken & set(part.but)


def _applies(given: str, without: str, scores: Mapping[str, float], lines: Mapping[str, float]) -> bool:
    """Whether a part counts, by what the topics before it have come to."""
    if given and scores.get(given, 0.0) < lines.get(given, 0.5):
        return False
    return not (without and scores.get(without, 0.0) >= lines.get(without, 0.5))
