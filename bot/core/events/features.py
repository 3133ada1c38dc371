"""What grouping keeps of a story, small enough to be stored beside it, so that no story is read twice."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from bot.core.events.copies import shingles
from bot.core.events.terms import CONCEPT, WORD, terms_of
from bot.core.story import Decision

VERSION: Final = 1
"""Of the way features are made. Stored ones of another version are made anew."""

WINDOW_DAYS: Final = 14
"""Two stories further apart than this never report one event: what follows later is an event of its own."""

_OWN_TITLE: Final = 5  # words; a shorter title is not a story's own ("Weekly review")
_KEYS: Final = 14  # rarest terms of a story that serve to find its neighbours
SHARED_KEYS: Final = 2
"""So many keys two stories must share to be compared at all."""


@dataclass(frozen=True, slots=True)
class Features:
    """A story as grouping sees it. `key` names it however it arrived (a canonical address)."""

    key: str
    lang: str
    source: str
    when: datetime | None  # aware, UTC; None: not known, and time decides nothing
    terms: Mapping[str, float]  # see `terms`
    places: tuple[str, ...] = ()  # ISO 3166-1 alpha-2, sorted
    minerals: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()  # "instrument/stage" of its actions, the main one first
    shingles: frozenset[int] = frozenset()
    title: int = 0  # fingerprint of the title; 0: too short to tell a copy by

    def packed(self) -> str:
        """As JSON, for the store; `unpack` reads it back."""
        return json.dumps(
            {
                "v": VERSION, "k": self.key, "l": self.lang, "s": self.source,
                "w": self.when.isoformat() if self.when else None,
                "t": {term: round(weight, 3) for term, weight in self.terms.items()},
                "p": self.places, "m": self.minerals, "a": self.acts,
                "h": sorted(self.shingles), "f": self.title,
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
        places=tuple(found["p"]),
        minerals=tuple(found["m"]),
        acts=tuple(found["a"]),
        shingles=frozenset(found["h"]),
        title=found["f"],
    )


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
    for mineral in decision.minerals:
        terms[f"{CONCEPT}{mineral}"] = 1.0
    for body in decision.bodies:
        terms[f"{CONCEPT}{body}"] = 1.0
    return Features(
        key=key,
        lang=lang,
        source=source,
        when=when.astimezone(UTC) if when else None,
        terms={term: round(terms[term], 3) for term in sorted(terms)},
        places=tuple(sorted(set(decision.places) | set(decision.countries))),
        minerals=tuple(sorted(decision.minerals)),
        acts=tuple(dict.fromkeys(f"{act.instrument}/{act.stage}" for act in decision.actions)),
        shingles=shingles(f"{title}\n{text}"),
        title=_fingerprint(title),
    )


def block_keys(story: Features) -> frozenset[str]:
    """The keys by which stories find each other: the terms that say most about a story.

    Two reports of one event share `SHARED_KEYS` of them almost surely, and of the stories that came within
    `WINDOW_DAYS` hardly any other does. So a store that finds stories by key and time hands a new story the
    few that it must be compared with, however many it holds.
    """
    return frozenset(heaviest(story))


def heaviest(story: Features) -> tuple[str, ...]:
    """The terms that say most about a story, names and numbers before words; ties by spelling."""
    order = sorted(story.terms.items(), key=lambda item: (-item[1], item[0][0] == WORD, item[0]))
    return tuple(term for term, _ in order[:_KEYS])


def _fingerprint(title: str) -> int:
    words = "".join(letter.lower() if letter.isalnum() else " " for letter in title).split()
    if len(words) < _OWN_TITLE:
        return 0
    return zlib.crc32(" ".join(words).encode()) or 1
