"""How an event is told: the best of its headlines, one or two of its sentences. Nothing is written here."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.events.remarks import is_remark
from bot.core.events.terms import terms_of
from bot.core.events.told import Told
from bot.core.reading.sentences import sentences
from bot.core.weighing.surroundings import dateline
from bot.core.words import Instrument, Stage

_FALLBACK: Final = "en"  # where no report is in the reader's language
_LEAD: Final = 5  # sentences of a report that are looked at: what happened stands there
_SHORTEST, _LONGEST = 40, 360  # characters of a sentence that can stand alone
_ENOUGH: Final = 260  # a summary as long as this takes no second sentence
_SAME: Final = 0.6  # of a sentence's weight: so much said already makes it a repetition
_SHORT_TITLE, _LONG_TITLE = 5, 18  # words
_TELLS_THE_ACT: Final = 0.6  # more than the standing of an official source is worth
_TELLS_THE_TITLE: Final = 0.3  # of the weight of its terms: a lead that says so much says what the title does
_REMARKS: Final = 0.5  # what is thought of it, or what shares did, is not what happened
_TALK: Final = frozenset({Instrument.STATEMENT, Instrument.VISIT, Instrument.SUMMIT, Instrument.OTHER})


@dataclass(frozen=True, slots=True)
class Summary:
    """Sentences of one report, as they stand there."""

    text: str  # "": no report has a sentence that can stand alone
    key: str  # of the story they are taken from
    source: str


def headline(stories: Sequence[Told], lang: str, *, heard: Counter[str] | None = None) -> Told:
    """The story whose title tells the event best to a reader of `lang`.

    A title in the reader's language before an English one, and that before others; then the one that says
    what the others say too and tells what was done, from a source of standing, neither clipped nor endless.
    `heard` is what `heard_in` says of them, where that is at hand. Raises ValueError without stories.
    """
    if not stories:
        raise ValueError("an event without stories has no headline")
    if len(stories) == 1:
        return stories[0]
    known = heard_in(stories) if heard is None else heard
    done = _done(stories)

    def worth(story: Told) -> tuple[int, bool, float, str]:
        terms = terms_of(story.title, "", story.lang, None)
        said = _agreed(terms, known) / (sum(terms.values()) or 1.0)
        words = len(story.title.split())
        clipped = not _SHORT_TITLE <= words <= _LONG_TITLE or story.title.rstrip().endswith(("?", "...", "…"))
        value = said + 0.5 * story.standing - (0.5 if clipped else 0.0)
        # A read-out of the talks has more standing than an outlet, and says less of what came of them.
        value -= _REMARKS if is_remark(story.title, story.lang) else 0.0
        value += _TELLS_THE_ACT if done is not None and _act(story) == done else 0.0
        return _preferred(story, lang), story.copy_of is not None, -round(value, 6), story.key

    return min(stories, key=worth)


def _done(stories: Sequence[Told]) -> tuple[Instrument, Stage] | None:
    """What most reports say was done; None: none tells of an act."""
    acts = Counter(act for story in stories if (act := _act(story)) is not None)
    return min(acts, key=lambda act: (-acts[act], act)) if acts else None


def _act(story: Told) -> tuple[Instrument, Stage] | None:
    """What a report is about, when that is an act and not talk."""
    for act in story.decision.actions[:1]:
        if act.instrument not in _TALK:
            return act.instrument, act.stage
    return None


def summary(stories: Sequence[Told], lang: str, *, heard: Counter[str] | None = None) -> Summary:
    """One or two sentences that say what happened, of one report, in the reader's language if there is one.

    Of the report that heads the event, if its lead tells what its title says; else of the one whose sentence
    holds most of what several reports say. A second sentence is taken only when it adds to the first. `heard`
    is what `heard_in` says of them, where that is at hand. Raises ValueError without stories.
    """
    heard = heard_in(stories) if heard is None else heard
    title = headline(stories, lang, heard=heard)
    told = terms_of(title.title, "", title.lang, None)
    ranked = sorted(
        stories, key=lambda story: (_preferred(story, lang), story.copy_of is not None, story.key)
    )
    own = _sentences_of(title, heard, told)
    if own.alike >= _TELLS_THE_TITLE:
        return Summary(own.text, title.key, title.source)
    best, chosen = 0.0, Summary("", title.key, title.source)
    for story in ranked:
        if _preferred(story, lang) > _preferred(ranked[0], lang) and chosen.text:
            break
        found = _sentences_of(story, heard, told)
        value = found.value * (0.7 + 0.3 * story.standing)
        if value > best:
            best, chosen = value, Summary(found.text, story.key, story.source)
    return chosen


@dataclass(frozen=True, slots=True)
class _Sentences:
    """What a report has to offer for a summary."""

    text: str = ""
    value: float = 0.0  # of the chief sentence: by how much others say it too
    alike: float = 0.0  # how much of what the headline says it tells, 0 to 1


def _sentences_of(story: Told, heard: Counter[str], told: dict[str, float]) -> _Sentences:
    """The sentence of a report's lead that tells the act, else the best one; a second if it adds enough."""
    spans = [span for span in sentences(story.text)[:_LEAD] if _SHORTEST <= span[1] - span[0] <= _LONGEST]
    rated: list[tuple[float, int, dict[str, float]]] = []
    for place, (start, end) in enumerate(spans):
        terms = terms_of("", story.text[start:end], story.lang, None)
        fresh = {term: weight for term, weight in terms.items() if term not in told}
        value = _agreed(terms, heard) + 0.5 * _agreed(fresh, heard) - 0.5 * place
        rated.append((value, place, terms))
    if not rated:
        return _Sentences()
    acts = [
        (act.start, act.end)
        for act in story.decision.actions[:1]
        if act.field == "text" and act.instrument not in _TALK
    ]
    tells = [found for found in rated if spans[found[1]] in acts]
    value, first, terms = max(tells or rated, key=lambda found: (found[0], -found[1]))
    taken = [first]
    length = spans[first][1] - spans[first][0]
    for worth, place, others in sorted(rated, key=lambda found: (-found[0], found[1])):
        new = sum(weight for term, weight in others.items() if term not in terms)
        size = spans[place][1] - spans[place][0]
        adds = new > (1 - _SAME) * sum(others.values())
        if place != first and worth > 0.5 * value and adds and length + size <= _ENOUGH:
            taken.append(place)
            break
    reported_from = dateline(story.text)
    return _Sentences(
        " ".join(
            story.text[reported_from if start < reported_from < end else start : end]
            for start, end in sorted(spans[n] for n in taken)
        ),
        value,
        sum(weight for term, weight in told.items() if term in terms) / (sum(told.values()) or 1.0),
    )


def heard_in(stories: Sequence[Told]) -> Counter[str]:
    """How many reports hold each term; copies do not count again."""
    heard: Counter[str] = Counter()
    for story in stories:
        if story.copy_of is None:
            heard.update(terms_of(story.title, story.text, story.lang, None).keys())
    return heard


def _agreed(terms: dict[str, float], heard: Counter[str]) -> float:
    """The weight of the terms that another report has too; of all terms where there is but one report."""
    least = 2 if max(heard.values(), default=0) > 1 else 1
    return sum(weight for term, weight in terms.items() if heard[term] >= least)


def _preferred(story: Told, lang: str) -> int:
    return 0 if story.lang == lang else 1 if story.lang == _FALLBACK else 2
