"""What grouping keeps of a story, small enough to be stored beside it, so that no story is read twice."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from bot.core.events.cities import seat_of
from bot.core.events.common import LITTLE
from bot.core.events.concepts import concepts_of, quoted, titled_concepts
from bot.core.events.copies import shingles
from bot.core.events.seats import states_of
from bot.core.events.sketch import Sketch, sketch
from bot.core.events.terms import REMARK, days_of, terms_of
from bot.core.story import Decision

VERSION: Final = 12
"""Of the way features are made. Stored ones of another version are made anew."""

OF_THIS_VERSION: Final = f'"v":{VERSION},"w":'
"""What is in `Features.packed` of this version, and in that of no other: quotes of a title are escaped."""

WINDOW_DAYS: Final = 14
"""Two stories further apart than this never report one event: what follows later is an event of its own."""

_SEAT: Final = 0.4  # a capital abroad weighs what a state does that is named once
_OWN_TITLE: Final = 6  # words; a shorter title is not a story's own ("Weekly review")
SHARED_KEYS: Final = 2
"""So many keys two stories must share to be compared at all."""


@dataclass(frozen=True, slots=True)
class Features:
    """A story as grouping sees it. `key` names it however it arrived (a canonical address)."""

    key: str
    lang: str
    source: str
    when: datetime | None  # aware, UTC; None: not known, and time decides nothing
    terms: Mapping[str, float]  # names, numbers, days, words; see `terms`
    titled: frozenset[str] = frozenset()  # its terms, and the states and minerals, that its title names
    concepts: Mapping[str, float] = field(default_factory=dict)  # what the packs know; see `concepts`
    days: tuple[str, ...] = ()  # that it names: 2026-02-04, or 02-04 where the year cannot be told
    act: str = ""  # instrument of its main action; "": none was found
    stage: str = ""
    parties: tuple[str, ...] = ()  # states of its main action, sorted
    acts: tuple[str, ...] = ()  # instruments of all its actions, sorted
    places: tuple[str, ...] = ()  # states that it names with weight, or is about, sorted
    money: tuple[str, ...] = ()  # amounts that it names, sorted: "35000000000 USD"
    shingles: frozenset[int] = frozenset()
    title: int = 0  # fingerprint of the title; 0: too short to tell a copy by
    sketch: Sketch = field(init=False, compare=False, repr=False)  # follows from the rest

    def __post_init__(self) -> None:
        """Measure once what every comparison needs."""
        found = sketch(
            lang=self.lang,
            terms=self.terms,
            titled=self.titled,
            concepts=self.concepts,
            days=self.days,
            places=self.places,
            came=self.when.date() if self.when else None,
        )
        object.__setattr__(self, "sketch", found)

    def packed(self) -> str:
        """As JSON, for the store; `unpack` reads it back."""
        return json.dumps(
            {
                "v": VERSION, "k": self.key, "l": self.lang, "s": self.source,
                "w": self.when.isoformat() if self.when else None,
                "t": self.terms, "i": sorted(self.titled), "c": self.concepts, "d": self.days,
                "a": [self.act, self.stage, *self.parties], "b": self.acts,
                "p": self.places, "m": self.money, "h": sorted(self.shingles), "f": self.title,
            },
            ensure_ascii=False, separators=(",", ":"), sort_keys=True,
        )  # fmt: skip


def unpack(packed: str) -> Features | None:
    """Features as `Features.packed` wrote them; None: of another version, to be made anew."""
    found: dict[str, Any] = json.loads(packed)
    if found.get("v") != VERSION:
        return None
    return Features(
        key=found["k"],
        lang=found["l"],
        source=found["s"],
        when=datetime.fromisoformat(found["w"]) if found["w"] else None,
        terms=found["t"],
        titled=frozenset(found["i"]),
        concepts=found["c"],
        days=tuple(found["d"]),
        act=found["a"][0],
        stage=found["a"][1],
        parties=tuple(found["a"][2:]),
        acts=tuple(found["b"]),
        places=tuple(found["p"]),
        money=tuple(found["m"]),
        shingles=frozenset(found["h"]),
        title=found["f"],
    )


def terms_in(packed: str) -> tuple[str, Mapping[str, float]] | None:
    """The key and the terms of a story, as `Features.packed` wrote them; None: of another version."""
    found: dict[str, Any] = json.loads(packed)
    return (found["k"], found["t"]) if found.get("v") == VERSION else None


def features(
    *, key: str, title: str, text: str, lang: str, source: str, when: datetime | None, decision: Decision
) -> Features:
    """Reduce a story to what grouping needs.

    `key` must not depend on the order of arrival: ties are broken by it. `when` is the moment the story
    counts for; None when it is not known. Raises ValueError on a naive `when`.
    """
    if when is not None and when.tzinfo is None:
        raise ValueError(f"when is naive: {when!r}")
    terms = terms_of(title, text, lang, when)
    if quoted(title, decision):
        terms[REMARK] = LITTLE
    if seat := seat_of(title, lang):
        terms[seat] = LITTLE
    seats = states_of(f"{title}\n{text}")
    concepts = {f"country.{state}": _SEAT for state in seats} | concepts_of(decision)
    main = decision.actions[0] if decision.actions else None
    return Features(
        key=key,
        lang=lang,
        source=source,
        when=when.astimezone(UTC) if when else None,
        terms=_rounded(terms),
        titled=frozenset(terms_of(title, "", lang, when).keys() & terms.keys())
        | titled_concepts(decision)
        | {f"country.{state}" for state in states_of(title)},
        concepts=_rounded(concepts),
        days=days_of(f"{title}\n{text}", when),
        act=str(main.instrument) if main else "",
        stage=str(main.stage) if main else "",
        parties=tuple(sorted(main.parties)) if main else (),
        acts=tuple(sorted({str(action.instrument) for action in decision.actions})),
        places=tuple(sorted({*decision.places, *decision.countries, *seats})),
        money=tuple(sorted({f"{money.amount:.15g} {money.currency}" for money in decision.amounts})),
        shingles=shingles(f"{title}\n{text}"),
        title=_fingerprint(title),
    )


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {term: round(weights[term], 3) for term in sorted(weights)}


def block_keys(story: Features) -> frozenset[str]:
    """The keys by which stories find each other: what says most about a story.

    Two reports of one event share `SHARED_KEYS` of them almost surely, and of the stories that came within
    `WINDOW_DAYS` hardly any other does. So a store that finds stories by key and time hands a new story the
    few that it must be compared with, however many it holds.
    """
    return story.sketch.keys


def _fingerprint(title: str) -> int:
    words = "".join(letter.lower() if letter.isalnum() else " " for letter in title).split()
    if len(words) < _OWN_TITLE:
        return 0
    return zlib.crc32(" ".join(words).encode()) or 1
