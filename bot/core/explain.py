"""A decision in words: what decided it, what counted against it, and how far the next tier was."""

from bot.core.countries import NAMES
from bot.core.documents import Bullets, Heading, Line, Notice, Paragraph, Part, Span, plain
from bot.core.reading.concepts import Concept, Packs
from bot.core.story import Decision, Reason, once
from bot.core.understand import Lines, tier_of
from bot.core.wording import action_line, country_name, topic_name
from bot.core.words import TOPICS, Tier

SHOWN = 6
"""Reasons that are told a topic, the weightiest first; all are in the data."""

WORDS = 4
"""Of a topic that is told in short."""


def explain(decision: Decision, packs: Packs, lines: Lines) -> tuple[Part, ...]:
    """The parts of a document that account for a decision, down to the words."""
    parts: list[Part] = [Paragraph((Span(_verdict(decision, lines), style="strong"),))]
    if decision.review:
        parts.append(
            Notice(
                "Near a line: marked for review, so that a person looks. "
                "Of stories so marked four in ten had another tier."
            )
        )
    if decision.actions:
        parts.append(Bullets(tuple(_done(decision))))
    for topic in TOPICS:
        score, line = decision.scores.get(topic, 0.0), lines.of(topic)
        reached = "reached" if score >= line else "not reached"
        parts.append(Heading(f"{_heading(topic)}: {score:.2f} (line {line:.2f}, {reached})", level=3))
        for_it = [reason for reason in decision.why if reason.topic == topic]
        if for_it:
            parts.append(Bullets(tuple(_reason(reason, packs) for reason in once(for_it)[:SHOWN])))
        else:
            parts.append(Paragraph(plain("Nothing spoke for it.")))
    if decision.against:
        parts += [
            Heading("Set aside, or counted against", level=3),
            Bullets(tuple(_reason(reason, packs, whole=True) for reason in once(decision.against)[:SHOWN])),
        ]
    if step := _next_tier(decision, lines):
        parts.append(Paragraph((Span(step, style="soft"),)))
    return tuple(parts)


def in_short(decision: Decision, lines: Lines) -> Bullets:
    """What made it of its tier, a line a topic: its score, its line, and the words that earned most."""
    return Bullets(tuple(_topic(decision, lines, topic) for topic in TOPICS))


def _topic(decision: Decision, lines: Lines, topic: str) -> Line:
    score, line = decision.scores.get(topic, 0.0), lines.of(topic)
    earned = [reason for reason in decision.why if reason.topic == topic and reason.weight > 0]
    words: list[str] = []
    for phrase in (reason.phrase for reason in once(earned)[:SHOWN]):
        if not any(phrase.casefold() in word.casefold() for word in words):
            words.append(phrase)
    told: list[Span] = [
        Span(_heading(topic), style="strong"),
        Span(f" {score:.2f}, the line is {line:.2f}" + (": " if words else "")),
    ]
    for number, word in enumerate(words[:WORDS]):
        told += [Span(", ")] * bool(number) + [Span(word, style="hit")]
    return tuple(told)


def _heading(topic: str) -> str:
    name = topic_name(topic)
    return name[:1].upper() + name[1:]


def _verdict(decision: Decision, lines: Lines) -> str:
    found = [country_name(code) for code in decision.countries] + list(decision.minerals)
    about = f": {', '.join(found)}" if found else ""
    if decision.tier.flagged:
        return f"Flagged {decision.tier}{about}"
    missing = [topic_name(topic) for topic in TOPICS if decision.scores.get(topic, 0.0) < lines.of(topic)]
    return f"Not flagged{about}; below the line: {', '.join(missing)}"


def _done(decision: Decision) -> list[Line]:
    return [
        (Span(action_line(action)), Span(f": {action.sentence}", style="soft"))
        if action.sentence
        else plain(action_line(action))
        for action in decision.actions[:3]
    ]


def _reason(reason: Reason, packs: Packs, *, whole: bool = False) -> Line:
    """The words, what they name unless they say it, where, and how much; `whole`: and for which topic."""
    named = _named(packs.concepts.get(reason.concept), reason.concept)
    said = f": {named}" if named.casefold() != reason.phrase.casefold() else ""
    said += f", in the {reason.field} at {reason.start}, {reason.weight:+.2f}"
    said += f" for {topic_name(reason.topic)}" if whole and reason.weight else ""
    return (Span(reason.phrase, style="hit"), Span(said + (f" ({reason.note})" if reason.note else "")))


def _named(concept: Concept | None, unknown: str) -> str:
    """What a concept is called: "tungsten", "Kazakhstan", "Kazakhstan (capital)"; `unknown` without one."""
    if concept is None:
        return unknown
    country, _, which = concept.value.partition(".")
    if country in NAMES:
        return f"{NAMES[country]} ({which})" if which else NAMES[country]
    return concept.value.replace("_", " ")


def _next_tier(decision: Decision, lines: Lines) -> str:
    """What would lift it: the topic that is nearest to its line and would make it another tier."""
    have = frozenset(topic for topic in TOPICS if decision.scores.get(topic, 0.0) >= lines.of(topic))
    lifts = []
    for topic in TOPICS:
        tier = tier_of(have | {topic})
        if topic not in have and tier is not decision.tier and tier is not Tier.NONE:
            lifts.append((lines.of(topic) - decision.scores.get(topic, 0.0), topic, tier))
    if not lifts:
        return ""
    short, topic, tier = min(lifts)
    return f"It would be {tier} with {short:.2f} more on {topic_name(topic)}."
