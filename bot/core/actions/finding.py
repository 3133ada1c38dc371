"""What was done: the policy actions a story tells of, the one it is about first.

The words of deeds come with the story's mentions; `action_rules` says what they make. Each
sentence votes for instruments by the cues it holds, the title more than the lead, the lead more
than the rest, and what is told of earlier times hardly at all. For an instrument, the
deeds in its sentences vote for the stage, each as it is bent: "signed" is signed, "will sign" is
announced, "may sign" is proposed, "did not sign" says nothing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from bot.core.actions import rules, stages
from bot.core.actions.deeds import DONE, NEWS, Deed, Told, told
from bot.core.actions.held import held_in, only_looks, opens_question
from bot.core.actions.parties import parties_of
from bot.core.reading.dates import Dated, Days, dated
from bot.core.reading.lexicon import Mention
from bot.core.reading.money import FIGURES_END
from bot.core.story import Action, Article, Money
from bot.core.weighing.home import NOWHERE, Home
from bot.core.words import Instrument, Stage

MOST: Final = 3  # actions of one story
MUCH: Final = 5  # sentences that say what kind of a text it is
LEADS: Final = 3  # title and lead, where the states are looked for that the sentence leaves out
BESIDE: Final = 2  # title, lead and the next: sentences that say something of the stage of any instrument
BUILT: Final = frozenset({"build", "invest"})
CONTRACTED: Final = frozenset({"sign", "agreement"})
OVER: Final = frozenset({Stage.SUSPENDED, Stage.ENDED})
TALKS: Final = frozenset({"negotiate", "met", "held"})
_STAGES: Final = {stage: place for place, stage in enumerate(Stage)}
_INSTRUMENTS: Final = {instrument: place for place, instrument in enumerate(Instrument)}
WITH_AMOUNTS: Final = (
    rules.DEAL
    | rules.MONEY
    | {
        Instrument.INFRASTRUCTURE,
        Instrument.PRODUCTION,
        Instrument.STOCKPILE,
        Instrument.COURT,
        Instrument.TENDER,
        Instrument.LICENCE,
        Instrument.OTHER,
    }
)
# Of these the lead may name the sum in a sentence of its own, when it is a large one.
SUMS_IN_LEAD: Final = rules.MONEY | {
    Instrument.AGREEMENT,
    Instrument.INFRASTRUCTURE,
    Instrument.PRODUCTION,
    Instrument.TENDER,
    Instrument.LICENCE,
    Instrument.JOINT_VENTURE,
    Instrument.STOCKPILE,
    Instrument.OTHER,
}
TODAY: Final = timedelta(0)
DAY: Final = timedelta(days=1)
MONTH: Final = timedelta(days=31)
SURE: Final = timedelta(days=3)  # up to which a weekday is the last one, and hardly the next
WEEK: Final = timedelta(days=7)
TOLD_ON: Final = DONE | frozenset({"say", "visit", "invest", "build", "buy"})  # verbs a weekday may stand by
SUMS: Final = 3  # sentences of the text where it may
LARGE: Final = 100_000.0
TALLIED: Final = 40  # characters between a turnover or a debt and its sum


def find_actions(
    article: Article,
    mentions: Sequence[Mention],
    amounts: Sequence[Money],
    days: Days,
    home: Home = NOWHERE,
) -> tuple[Action, ...]:
    """The actions of a story, at most three, that which it is about first; never empty.

    `mentions`, `amounts` and `days` are the story's, title first, each field in order; `home` is whose
    it is, which goes without saying where only the other side of a deal is named.
    A story in which nothing is done is a statement. `start` and `end` are the offsets of the sentence
    that says it, in `field` as given.
    """
    tale = told(article, mentions, amounts, days)
    votes = _votes(article, tale)
    ranked = sorted(votes, key=lambda one: (-votes[one].score, _INSTRUMENTS[one]))
    looks = only_looks(tale) or opens_question(article.title, home.asks)
    if looks or not ranked or votes[ranked[0]].score < rules.FLOOR:
        return (
            _action(article, Instrument.STATEMENT, tale, tale, _sentence(tale, {}), days=days, home=home),
        )
    first = _contract(votes, _narrower(votes, ranked[0]))
    said = _sentence(votes[first].sentences, votes[first].loud)
    actions = [_action(article, first, votes[first].sentences, tale, said, days=days, home=home)]
    for one in ranked:
        if one is first or not _stands_beside(one, votes[one], first, votes[first]):
            continue
        words = _sentence(votes[one].chiefly, votes[one].loud)
        if words is said and any(one in kin and first in kin for kin in rules.KIN):
            continue  # the same words told twice
        actions.append(_action(article, one, votes[one].chiefly, tale, words, days=days, home=home))
    return tuple(actions[:MOST])


@dataclass(slots=True)
class _Votes:
    """What a story says for an instrument."""

    score: float = 0.0
    sentences: list[Told] = field(default_factory=list)
    chiefly: list[Told] = field(default_factory=list)  # those that speak for no other as loudly
    chief_score: float = 0.0
    loud: dict[int, float] = field(default_factory=dict)  # how loudly each sentence does, by its order


def _narrower(votes: Mapping[Instrument, _Votes], first: Instrument) -> Instrument:
    """What the lead calls a thing to which the title gives its wider name: a "pact" is a memorandum there."""
    one, words = rules.NARROWER.get(first, (first, frozenset()))
    if one not in votes or not any(s.order == 1 and words & s.names for s in votes[one].sentences):
        return first
    wider = votes[first].loud
    return one if votes[one].loud[1] > max(wider.get(order, 0.0) for order in range(1, BESIDE + 1)) else first


def _contract(votes: Mapping[Instrument, _Votes], first: Instrument) -> Instrument:
    """The signed agreement in place of what it is for, when title or lead tell of it."""
    if first is Instrument.PRODUCTION and _paid_for(votes):
        return Instrument.INVESTMENT
    if first not in rules.YIELDS or Instrument.AGREEMENT not in votes:
        return first
    top = (one for one in votes[Instrument.AGREEMENT].sentences if one.order <= 1)
    signed = any(deed.name == "sign" and not deed.bent for one in top for deed in one.deeds)
    return Instrument.AGREEMENT if signed else first


def _paid_for(votes: Mapping[Instrument, _Votes]) -> bool:
    """Whether of a plant that is built title or lead tell what is put into it: that is an investment."""
    money, plant = votes.get(Instrument.INVESTMENT), votes[Instrument.PRODUCTION]
    return (
        money is not None
        and money.score >= rules.RIVAL * plant.score
        and any(one.money for one in money.sentences if one.order <= BESIDE)
        and any(not BUILT.isdisjoint(one.names) for one in plant.sentences if one.order <= 1)
    )


def _stands_beside(one: Instrument, votes: _Votes, first: Instrument, most: _Votes) -> bool:
    """Whether a story tells of this action too, and not only of a side of its first one."""
    if one is Instrument.STATEMENT or (one is Instrument.AGREEMENT and first in rules.DEAL | rules.MONEY):
        return False
    return votes.chief_score >= rules.ALSO * most.score


def _votes(article: Article, tale: Sequence[Told]) -> dict[Instrument, _Votes]:
    """How much the story speaks for each instrument, and the sentences that do."""
    votes: dict[Instrument, _Votes] = defaultdict(_Votes)
    done: frozenset[str] = frozenset()  # what the title tells as done and does not say to what
    retold = any("piece" in sentence.names for sentence in tale[:MUCH])
    for sentence in tale:
        held = frozenset(held_in(article, sentence))
        best = _worths(held)
        if not sentence.order:
            done = sentence.names & DONE - TALKS if best.keys() <= {Instrument.STATEMENT} else done
        elif sentence.order == 1 and done:
            both = _worths(frozenset((held - DONE) | done))
            best = {one: max(best.get(one, 0.0), both.get(one, 0.0)) for one in {**best, **both}}
        if not best:
            continue
        if retold and sentence.order:
            best = {
                one: worth if one is Instrument.STATEMENT else worth * rules.RETOLD
                for one, worth in best.items()
            }
        weight = _weight(sentence)
        chief = max(best.values())
        for instrument, worth in best.items():
            of = votes[instrument]
            of.score += weight * worth
            of.loud[sentence.order] = weight * worth
            of.sentences.append(sentence)
            if worth == chief:
                of.chief_score += weight * worth
                of.chiefly.append(sentence)
    return dict(votes)


@lru_cache(maxsize=4096)  # sentences that tell of little are much the same
def _worths(held: frozenset[str]) -> Mapping[Instrument, float]:
    """What a sentence that holds this is worth for each instrument it speaks for."""
    best: dict[Instrument, float] = {}
    for name in held:
        for instrument, worth, needs, bars in rules.CUES_BY.get(name, ()):
            if (
                worth > best.get(instrument, 0.0)
                and held.isdisjoint(bars)
                and not (needs and any(held.isdisjoint(need) for need in needs))
            ):
                best[instrument] = worth
    return best


def _weight(sentence: Told) -> float:
    if sentence.field == "title":
        return rules.TITLE
    place = sentence.order - 1
    weight = rules.LEAD[place] if place < len(rules.LEAD) else rules.LATER
    return weight * rules.PAST if sentence.past else weight


def _action(
    article: Article,
    instrument: Instrument,
    anchors: Sequence[Told],
    tale: Sequence[Told],
    said: Told,
    *,
    days: Days,
    home: Home,
) -> Action:
    lead = tale[:LEADS]
    near = [sentence for sentence in tale if sentence is said or sentence.field == "title"]
    text = article.title if said.field == "title" else article.text
    stage = _stage(instrument, anchors, tale)
    return Action(
        instrument=instrument,
        stage=stage,
        parties=parties_of(article, instrument, near, lead, home),
        actors=tuple(sorted({m.concept.id for s in near for m in s.mentions if m.concept.kind == "body"})),
        minerals=_minerals(near) or _minerals(lead),
        amount=_amount(instrument, near, [one for one in tale if one.order <= SUMS]),
        day=_day(article, days, (said, *[one for one in lead if one is not said]), stage),
        sentence=text[said.start : said.end],
        field=said.field,
        start=said.start,
        end=said.end,
    )


def _minerals(sentences: Sequence[Told]) -> tuple[str, ...]:
    return tuple(
        sorted({m.concept.value for s in sentences for m in s.mentions if m.concept.kind == "mineral"})
    )


def _sentence(anchors: Sequence[Told], loud: Mapping[int, float]) -> Told:
    """The sentence that says it loudest: a whole one of the text where there is one, else the title."""
    lead = [
        one
        for one in anchors
        if one.field == "text"
        and not one.past
        and one.order <= len(rules.LEAD)
        and (one.deeds or one.mentions)
    ]
    return max(lead, key=lambda one: loud.get(one.order, 0.0), default=anchors[0])


def _stage(instrument: Instrument, anchors: Sequence[Told], tale: Sequence[Told]) -> Stage:
    """How far it came, by the votes of the deeds in the instrument's sentences.

    The title and the lead have a say even when they do not name the instrument: it is often named in
    one of them and done in the other.
    """
    usual = stages.USUAL.get(instrument, Stage.ANNOUNCED)
    if instrument is Instrument.STATEMENT:
        return usual
    votes: dict[Stage, float] = defaultdict(float)
    words = rules.NAMED_BY[instrument]
    named = {sentence.order for sentence in anchors}
    if instrument in rules.DEAL | rules.MONEY:  # "will supply uranium. The contract was signed"
        named |= {one.order for one in tale[: BESIDE + 1] if one.names >= CONTRACTED}
    for sentence in tale:
        if sentence.order not in named and sentence.order > BESIDE:
            continue
        weight = _weight(sentence)
        if sentence.order in named:
            votes[usual] += weight * rules.PRIOR
        else:
            weight *= rules.ASIDE
        own = [deed for deed in sentence.deeds if deed.name in words]
        best = stages.said_in(instrument, sentence, own)
        if instrument in rules.UNILATERAL and not best.keys().isdisjoint(OVER):
            _end(best, bent=any(deed.bent for deed in sentence.deeds))
        for stage, worth in best.items():
            votes[stage] += weight * worth
    if not votes:
        return usual
    if overtaken := stages.overtaken(instrument, tale[0], tale[:LEADS]):
        votes[overtaken] *= stages.BEFORE
    return max(votes, key=lambda stage: (votes[stage], -_STAGES[stage]))


def _end(best: dict[Stage, float], *, bent: bool) -> None:
    """Of a sentence that tells the end of a measure: what takes effect, or is announced, is its end."""
    best.pop(Stage.IN_FORCE, None)
    if not bent:
        best.pop(Stage.ANNOUNCED, None)


def _amount(instrument: Instrument, near: Sequence[Told], lead: Sequence[Told]) -> Money | None:
    """The largest amount of the title, else of the sentence, else of the first of the lead that names one."""
    if instrument not in WITH_AMOUNTS:
        return None
    for sentence in near:
        if sums := _sums(sentence):
            return _in_its_currency(max(sums, key=lambda m: (m.amount, -m.start)), lead)
    beside = lead if instrument in SUMS_IN_LEAD else ()
    large = (
        [m for m in _sums(one) if m.amount >= LARGE]
        for one in beside
        if not one.past and (instrument is Instrument.COURT or "court" not in one.names)  # a fine
    )
    return max(next(filter(None, large), ()), key=lambda m: (m.amount, -m.start), default=None)


def _in_its_currency(told: Money, lead: Sequence[Told]) -> Money:
    """A sum in dollars as the lead has it: a title leaves out of which state they are."""
    others = [m for one in lead for m in one.money if m.amount == told.amount and m.currency != told.currency]
    return others[0] if told.currency == "USD" and others else told


def _sums(sentence: Told) -> list[Money]:
    """The sums of a sentence that may be what something costs: none that tells turnover or debt."""
    tallies = [deed for deed in sentence.deeds if deed.name == "tally"]
    return [
        m
        for m in sentence.money
        if not any(max(m.start - one.end, one.start - m.end) <= TALLIED for one in tallies)
    ]


def _day(article: Article, days: Days, sentences: Sequence[Told], stage: Stage) -> date | None:
    """The day it happened: the first one not yet to come that its sentence names, else title or lead.

    A weekday of days ago may as well be one to come; one of today or yesterday is believed before it.
    Who speaks does so about when it is told of: what is earlier is spoken of.
    """
    found = [
        one._replace(day=one.day + (WEEK if _to_come(one, sentence, article) else TODAY))
        for sentence in sentences
        if not sentence.past
        for one in _days_in(article, days, sentence)
    ]
    if article.published is None:
        return found[0].day if found else None
    today = article.published.date()
    found = [one for one in found if today - one.day <= MONTH]  # what is older is recalled
    if stage is Stage.NONE:
        found = [one for one in found if abs(one.day - today) <= NEWS]
    if stage is not Stage.ANNOUNCED:
        found = [one for one in found if one.day <= today + DAY]
    if found and found[0].weekday and today - found[0].day > SURE:
        found = [one for one in found if abs(one.day - today) <= DAY] or found
    return found[0].day if found else None


def _to_come(found: Dated, one: Told, article: Article) -> bool:
    """Whether a weekday is the next one: the verb nearest to it tells what will be done."""
    if not found.weekday or article.published is None or found.day >= article.published.date():
        return False
    text = article.title if one.field == "title" else article.text

    def way(deed: Deed) -> tuple[bool, int]:
        """Whether another clause begins in between, and the characters up to the deed."""
        start, end = min(found.end, deed.end), max(found.start, deed.start)
        return "," in text[start:end], end - start

    nearest = min([deed for deed in one.deeds if deed.name in TOLD_ON], key=way, default=None)
    return nearest is not None and nearest.bent == "will"


def _days_in(article: Article, days: Days, one: Told) -> Sequence[Dated]:
    """The days that a sentence names: read already, unless it stands further down."""
    if one.end > FIGURES_END and one.field == "text":
        below = dated(article.text[one.start : one.end], published=article.published)
        return [found._replace(start=one.start + found.start, end=one.start + found.end) for found in below]
    known = days.title if one.field == "title" else days.text
    return [found for found in known if one.start <= found.start < one.end]
