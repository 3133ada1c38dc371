"""How often decisions are right, against labels: topics, tiers, entities, calibration, and each mistake."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.scores import Score
from bot.core.story import Decision
from bot.core.words import TOPICS, Tier

BINS: Final = (0.0, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 1.0)
LEAST: Final = 10  # items of a language from which on its figure says something


@dataclass(frozen=True, slots=True)
class Label:
    """What is right of a story. `topics` maps a topic to whether it is about it; None: not labelled."""

    tier: Tier
    topics: Mapping[str, bool] | None = None
    countries: frozenset[str] | None = None
    minerals: frozenset[str] | None = None
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A decision beside its label."""

    key: str
    title: str
    label: Label
    decision: Decision


@dataclass(frozen=True, slots=True)
class Bin:
    """The scores from `low` up to `high`: how many there were, their mean, and how many were right."""

    low: float
    high: float
    count: int
    mean: float
    right: float  # share of the stories that are labelled with the topic


@dataclass(frozen=True, slots=True)
class Mistake:
    """A story that was decided otherwise than it is labelled, and what the decision said for itself."""

    key: str
    title: str
    wanted: Tier
    got: Tier
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """All figures of one evaluation; F1 and shares are 0..1."""

    stories: int
    tiers: Mapping[str, Score]
    macro_f1: float  # mean of the tiers' F1
    flagged: Score  # any tier but none
    topics: Mapping[str, Score]
    languages: Mapping[str, tuple[int, float]]  # stories, macro F1 of tiers
    countries: Score | None
    minerals: Score | None
    calibration: Mapping[str, tuple[Bin, ...]]
    mistakes: tuple[Mistake, ...]


def measure(judged: Sequence[Judged]) -> Measures:
    """Measure decisions against their labels."""
    pairs = [(one.label.tier, one.decision.tier) for one in judged]
    by_language: dict[str, list[tuple[Tier, Tier]]] = defaultdict(list)
    for one, pair in zip(judged, pairs, strict=True):
        by_language[one.label.lang or one.decision.lang].append(pair)
    return Measures(
        stories=len(judged),
        tiers={str(tier): _of_tier(pairs, tier) for tier in Tier},
        macro_f1=macro_f1(pairs),
        flagged=_score((wanted.flagged, got.flagged) for wanted, got in pairs),
        topics={topic: _of_topic(judged, topic) for topic in TOPICS},
        languages={
            lang: (len(of), macro_f1(of))
            for lang, of in sorted(by_language.items(), key=lambda e: (-len(e[1]), e[0]))
        },
        countries=_of_names((one.label.countries, one.decision.countries) for one in judged),
        minerals=_of_names((one.label.minerals, one.decision.minerals) for one in judged),
        calibration={topic: calibration(judged, topic) for topic in TOPICS},
        mistakes=tuple(_mistake(one) for one in judged if one.label.tier is not one.decision.tier),
    )


def macro_f1(pairs: Sequence[tuple[Tier, Tier]]) -> float:
    """The mean F1 of the tiers that are wanted or were found; 1.0 when there are none.

    >>> macro_f1([(Tier.CORE, Tier.CORE), (Tier.NONE, Tier.CORE)])
    0.3333333333333333
    """
    present = sorted({tier for pair in pairs for tier in pair})
    return sum(_of_tier(pairs, tier).f1 for tier in present) / len(present) if present else 1.0


def calibration(judged: Sequence[Judged], topic: str) -> tuple[Bin, ...]:
    """How often a score of so much was right: a score means what it says when `mean` and `right` agree."""
    found: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for one in judged:
        if one.label.topics is not None and topic in one.label.topics:
            score = one.decision.scores.get(topic, 0.0)
            place = max(i for i, low in enumerate(BINS[:-1]) if score >= low)
            found[place].append((score, one.label.topics[topic]))
    return tuple(
        Bin(
            low=BINS[place],
            high=BINS[place + 1],
            count=len(found[place]),
            mean=sum(score for score, _ in found[place]) / len(found[place]),
            right=sum(right for _, right in found[place]) / len(found[place]),
        )
        for place in sorted(found)
    )


def _of_tier(pairs: Sequence[tuple[Tier, Tier]], tier: Tier) -> Score:
    return _score((wanted is tier, got is tier) for wanted, got in pairs)


def _of_topic(judged: Sequence[Judged], topic: str) -> Score:
    return _score(
        (one.label.topics[topic], topic in one.decision.topics)
        for one in judged
        if one.label.topics is not None and topic in one.label.topics
    )


def _score(pairs: Iterable[tuple[bool, bool]]) -> Score:
    counted = Counter(pairs)
    right, found, missed = counted[True, True], counted[False, True], counted[True, False]
    return Score(
        right / (right + found) if right + found else 1.0, right / (right + missed) if right + missed else 1.0
    )


def _of_names(pairs: Iterable[tuple[frozenset[str] | None, Sequence[str]]]) -> Score | None:
    """Precision and recall over all names of all stories; None: nothing is labelled."""
    labelled = [(wanted, frozenset(got)) for wanted, got in pairs if wanted is not None]
    if not labelled:
        return None
    return _score((name in wanted, name in got) for wanted, got in labelled for name in wanted | got)


def _mistake(one: Judged) -> Mistake:
    said = []
    for topic in TOPICS:
        wanted = (one.label.topics or {}).get(topic)
        score = one.decision.scores.get(topic, 0.0)
        if wanted is not None and wanted is not (topic in one.decision.topics):
            spoke = [
                f"{reason.phrase} {reason.weight:+.1f}"
                for reason in one.decision.why
                if reason.topic == topic
            ]
            spoke += [
                f"{reason.phrase} {reason.weight:+.1f} ({reason.note})"
                for reason in one.decision.against
                if reason.topic == topic
            ]
            verb = "missed" if wanted else "found wrongly"
            said.append(f"{topic} {verb} at {score:.2f}: {', '.join(spoke[:6]) or 'nothing spoke for it'}")
    return Mistake(one.key, one.title, one.label.tier, one.decision.tier, tuple(said))
