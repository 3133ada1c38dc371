"""`eval`: how well labelled stories are decided and grouped, as a document and as data."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.core.documents import Bullets, Document, Facts, Heading, Paragraph, Part, Span, Table, plain
from bot.core.measures import LEAST, Judged, Label, Measures, measure
from bot.core.scores import Score
from bot.core.understand import Understander
from bot.core.wording import many
from bot.core.words import THE_FIVE, TOPICS, Tier
from bot.work.evaluate_events import EventMeasures, as_data, measure_events, rounded, told
from bot.work.rows import article_of, id_of

MOST_MISTAKES = 200  # told in the document; the data have all


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The same figures twice: for a person, and JSON-ready for a program."""

    document: Document
    data: Mapping[str, object]


def evaluate(rows: Sequence[Mapping[str, Any]], understander: Understander) -> Evaluation:
    """Measure decisions, and the grouping into events, on labelled stories.

    A row holds what `work.rows` says and `tier`, and may hold `labels` (topic -> true or
    false), `countries`, `minerals` and `event` (rows that share one report one happening).
    Raises ValueError for a row that is not one.
    """
    judged, wrong_spans = [], 0
    for row in rows:
        label = label_of(row)
        article = article_of(row)
        decision = understander.decide(article)
        wrong_spans += sum(
            getattr(article, reason.field)[reason.start : reason.end] != reason.phrase
            for reason in decision.why
        )
        judged.append(Judged(str(id_of(row)), article.title, label, decision))
    measures = measure(judged)
    events = measure_events(rows, understander)
    spans = sum(len(one.decision.why) for one in judged)
    exact = 1.0 - wrong_spans / spans if spans else 1.0
    return Evaluation(_document(measures, events, exact), _data(measures, events, exact))


def label_of(row: Mapping[str, Any]) -> Label:
    """The label that a row holds. Raises ValueError with what would be right when it holds none."""
    try:
        tier = Tier(str(row.get("tier")))
    except ValueError:
        said = f"tier is {row['tier']!r}, not" if "tier" in row else '"tier" is missing; it is'
        raise ValueError(f"{said} one of {', '.join(Tier)}") from None
    labels, countries, minerals = row.get("labels"), row.get("countries"), row.get("minerals")
    if labels is not None and not isinstance(labels, Mapping):
        raise ValueError("labels must be an object of topics and true or false")
    for name, values in (("countries", countries), ("minerals", minerals)):
        if values is not None and not isinstance(values, list):
            raise ValueError(f"{name} must be a list")
    return Label(
        tier=tier,
        topics={topic: bool(labels[topic]) for topic in TOPICS if topic in labels} if labels else None,
        countries=None if countries is None else frozenset(map(str, countries)) & THE_FIVE,
        minerals=None if minerals is None else frozenset(map(str, minerals)),
        lang=str(row.get("lang") or ""),
    )


def _document(measures: Measures, events: EventMeasures, exact: float) -> Document:
    figures = [("macro F1 of tiers", f"{measures.macro_f1:.3f}")]
    figures += [(name, _told(score)) for name, score in _entities(measures).items()]
    figures += [("spans that are the phrase named", f"{exact:.3f}")]
    figures += [(f"events, {name.replace('_', ' ')}", _told(score)) for name, score in events.scores.items()]
    parts: list[Part] = [
        Facts(tuple((name, plain(value)) for name, value in figures)),
        Heading("Tiers and topics"),
        _scores({"flagged": measures.flagged, **measures.tiers, **measures.topics}),
        Heading("Languages"),
        Table(
            ("language", "stories", "macro F1", ""),
            tuple(
                (lang, str(count), f"{f1:.3f}", "" if count >= LEAST else "too few to say")
                for lang, (count, f1) in measures.languages.items()
            ),
        ),
        Heading("Calibration: scores, and how often they were right"),
        Table(
            ("topic", "scores", "stories", "mean score", "share right"),
            tuple(
                (
                    topic,
                    f"{one.low:.2f}-{one.high:.2f}",
                    str(one.count),
                    f"{one.mean:.2f}",
                    f"{one.right:.2f}",
                )
                for topic, bins in measures.calibration.items()
                for one in bins
            ),
        ),
    ]
    parts += told(events)
    if measures.mistakes:
        parts.append(Heading("Decided otherwise than labelled"))
        for mistake in measures.mistakes[:MOST_MISTAKES]:
            case = Span(f"{mistake.key}: {mistake.wanted}, decided {mistake.got}", style="strong")
            parts += [
                Paragraph((case, Span(f" {mistake.title}"))),
                Bullets(tuple(plain(said) for said in mistake.said)),
            ]
    return Document(
        title=many(measures.stories, "labelled story", "labelled stories"),
        parts=tuple(parts),
        gist=f"macro F1 {measures.macro_f1:.3f} on {measures.stories} stories",
    )


def _scores(scores: Mapping[str, Score]) -> Table:
    rows = tuple(
        (name, f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}")
        for name, score in scores.items()
    )
    return Table(("", "precision", "recall", "F1"), rows)


def _entities(measures: Measures) -> dict[str, Score]:
    both = {"countries": measures.countries, "minerals": measures.minerals}
    return {name: score for name, score in both.items() if score is not None}


def _told(score: Score) -> str:
    return f"F1 {score.f1:.3f} (precision {score.precision:.3f}, recall {score.recall:.3f})"


def _data(measures: Measures, events: EventMeasures, exact: float) -> dict[str, object]:
    return {
        "stories": measures.stories,
        "macro_f1": round(measures.macro_f1, 4),
        "flagged": rounded(measures.flagged),
        "tiers": {name: rounded(score) for name, score in measures.tiers.items()},
        "topics": {name: rounded(score) for name, score in measures.topics.items()},
        "languages": {
            lang: {"stories": count, "macro_f1": round(f1, 4)}
            for lang, (count, f1) in measures.languages.items()
        },
        **{name: rounded(score) for name, score in _entities(measures).items()},
        "spans_exact": round(exact, 4),
        "events": as_data(events),
        "calibration": {topic: [asdict(one) for one in bins] for topic, bins in measures.calibration.items()},
        "mistakes": [
            {"id": m.key, "title": m.title, "wanted": str(m.wanted), "got": str(m.got), "said": list(m.said)}
            for m in measures.mistakes
        ],
    }
