"""`eval`, the part on events: how well stories are grouped, by language pair, and what was wrong and why."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.core.documents import Bullets, Heading, Paragraph, Part, Span, Table, plain
from bot.core.events import Features, group
from bot.core.events.likeness import likeness, shared
from bot.core.scores import (
    Pairs,
    Score,
    across_languages,
    bcubed,
    by_language_pair,
    in_several,
    pairwise,
)
from bot.core.understand import Understander
from bot.work.cluster import as_features

MOST_TOLD: Final = 100
"""Wrong pairs of each kind that the document tells; the data have all."""


@dataclass(frozen=True, slots=True)
class WrongPair:
    """Two stories that were wrongly joined, or wrongly kept apart."""

    one: str  # id of a row
    other: str
    languages: str
    titles: tuple[str, str]
    score: float  # of their likeness; above zero: one event, as far as the two alone say
    parts: Mapping[str, float]  # of evidence, that which weighs most first
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventMeasures:
    """How well stories were grouped; all is empty where no two rows name one event."""

    scores: Mapping[str, Score]
    languages: Mapping[str, Pairs]  # "en-ru" -> the pairs of these languages
    joined: tuple[WrongPair, ...]
    split: tuple[WrongPair, ...]


NOTHING: Final = EventMeasures({}, {}, (), ())


def measure_events(rows: Sequence[Mapping[str, Any]], understander: Understander) -> EventMeasures:
    """Group the rows and compare with the `event` they name; rows that name none stand alone."""
    named = Counter(str(row["event"]) for row in rows if row.get("event"))
    if not named or max(named.values()) < 2:
        return NOTHING
    keyed = {str(row["id"]): row for row in rows}
    stories = {key: as_features(row, understander) for key, row in keyed.items()}
    found = {key: made.keys[0] for made in group(stories.values()) for key in made.keys}
    true = {key: str(row.get("event") or f"alone {key}") for key, row in keyed.items()}
    lang = {key: story.lang for key, story in stories.items()}
    pairs = pairwise(found, true)
    titles = {key: str(row.get("title") or "") for key, row in keyed.items()}

    def wrong(kind: Sequence[tuple[str, str]]) -> tuple[WrongPair, ...]:
        told = [_wrong(stories[one], stories[other], titles) for one, other in kind]
        return tuple(sorted(told, key=lambda pair: (-abs(pair.score), pair.one, pair.other)))

    return EventMeasures(
        scores={
            "pairwise": pairs.score,
            "pairwise_across_languages": across_languages(pairs, lang).score,
            "b_cubed": bcubed(found, true),
            "b_cubed_of_events_told_twice": bcubed(found, true, in_several(true)),
        },
        languages={"-".join(langs): of for langs, of in by_language_pair(pairs, lang).items()},
        joined=wrong(pairs.joined),
        split=wrong(pairs.split),
    )


def _wrong(one: Features, other: Features, titles: Mapping[str, str]) -> WrongPair:
    found = likeness(one, other)
    parts = sorted(found.parts.items(), key=lambda part: (-abs(part[1]), part[0]))
    return WrongPair(
        one.key,
        other.key,
        "-".join(sorted((one.lang, other.lang))),
        (titles[one.key], titles[other.key]),
        round(found.score, 3),
        {name: round(weight, 2) for name, weight in parts},
        shared(one, other),
    )


def told(measured: EventMeasures) -> list[Part]:
    """The scores by language pair, the wrong joins and the wrong splits, for a person."""
    if not measured.scores:
        return []
    rows = tuple(
        (
            langs,
            *map(str, (len(of.right), len(of.joined), len(of.split))),
            f"{of.score.precision:.3f}",
            f"{of.score.recall:.3f}",
            f"{of.score.f1:.3f}",
        )
        for langs, of in measured.languages.items()
    )
    head = ("languages", "right", "wrongly joined", "wrongly split", "precision", "recall", "F1")
    parts: list[Part] = [Heading("Events: pairs by language"), Table(head, rows)]
    for title, wrong in (("Wrongly joined", measured.joined), ("Wrongly kept apart", measured.split)):
        if wrong:
            parts.append(Heading(f"{title}: {len(wrong)} pairs"))
        for pair in wrong[:MOST_TOLD]:
            weighed = ", ".join(f"{name} {weight:+.1f}" for name, weight in pair.parts.items() if weight)
            parts += [
                Paragraph((Span(f"{pair.one} / {pair.other}", style="strong"), Span(f" {pair.score:+.1f}"))),
                Bullets(
                    (
                        *map(plain, pair.titles),
                        plain(f"because: {weighed}"),
                        plain(f"both hold: {', '.join(pair.shared) or 'nothing'}"),
                    )
                ),
            ]
    return parts


def rounded(score: Score) -> dict[str, float]:
    """A score, JSON-ready."""
    return {
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
    }


def as_data(measured: EventMeasures) -> dict[str, object]:
    """All of it, JSON-ready; nothing where nothing was measured."""
    if not measured.scores:
        return {}

    def listed(wrong: Sequence[WrongPair]) -> list[dict[str, object]]:
        return [
            {
                "stories": [pair.one, pair.other],
                "languages": pair.languages,
                "titles": list(pair.titles),
                "score": pair.score,
                "parts": dict(pair.parts),
                "shared": list(pair.shared),
            }
            for pair in wrong
        ]

    return {
        **{name: rounded(score) for name, score in measured.scores.items()},
        "languages": {
            langs: {
                "right": len(of.right),
                "joined": len(of.joined),
                "split": len(of.split),
                **rounded(of.score),
            }
            for langs, of in measured.languages.items()
        },
        "wrong_joins": listed(measured.joined),
        "wrong_splits": listed(measured.split),
    }
