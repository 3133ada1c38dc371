"""From an article to a decision: what it is about, by which words, and what was set aside."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Final

from bot.core.actions.finding import find_actions
from bot.core.reading.concepts import Packs
from bot.core.reading.dates import NO_DAYS, days_of
from bot.core.reading.language import Detector
from bot.core.reading.lexicon import Hit, Lexicon, Mention
from bot.core.reading.money import amounts_of
from bot.core.story import Article, Decision, Field, Reason
from bot.core.text import Folded, fold
from bot.core.weighing import beside, scoring, surroundings
from bot.core.weighing.dealings import deals, dealt_with
from bot.core.weighing.entities import entities
from bot.core.weighing.epithets import epithets
from bot.core.weighing.home import Home, acts_at_home, foreigners, home_of, is_abroad
from bot.core.weighing.namesakes import namesakes
from bot.core.weighing.scoring import BODY, BODY_ENDS, DEEP, LEAD, LEAD_ENDS, TITLE
from bot.core.weighing.sectors import sectors
from bot.core.weighing.services import RULES, governs
from bot.core.weighing.subjects import capitals, deed_of
from bot.core.words import CENTRAL_ASIA, CRITICAL_MINERALS, FIVE, POLICY, Tier

_TUPLE: Final = tuple.__new__
# What befalls a mine turns no metal into something else, as kitchens, laboratories and medals do.
HAPPENS: Final = frozenset({"noise.disaster", "noise.labour", "noise.rescue"})
OPENS: Final = 1.25  # times the weight of the lead: what one of the five counts with which a text begins
DATED: Final = 100  # characters that a dateline before it takes at most
_DASHES: Final = ("-", "–", "—")
TOLD: Final = 0.05  # points from which on a reason is worth telling


@dataclass(frozen=True, slots=True)
class Lines:
    """From which score on a topic is found, and how near to it is too near to call."""

    central_asia: float = 0.5
    critical_minerals: float = 0.5
    policy: float = 0.5
    others: float = 0.5  # topics of an operator's own packs
    grey: float = 0.25  # a tier that would differ this much higher or lower is for review
    _by_topic: Mapping[str, float] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        lines = {
            CENTRAL_ASIA: self.central_asia,
            CRITICAL_MINERALS: self.critical_minerals,
            POLICY: self.policy,
        }
        object.__setattr__(self, "_by_topic", lines)

    def of(self, topic: str) -> float:
        """The line of a topic."""
        return self._by_topic.get(topic, self.others)


def tier_of(topics: frozenset[str]) -> Tier:
    """The tier that a set of topics makes; its meaning is the labelling guide's.

    >>> tier_of(frozenset({"central_asia", "policy"}))
    <Tier.REGION: 'region'>
    """
    if POLICY not in topics:
        return Tier.NONE
    if CENTRAL_ASIA in topics:
        return Tier.CORE if CRITICAL_MINERALS in topics else Tier.REGION
    return Tier.MINERALS if CRITICAL_MINERALS in topics else Tier.NONE


class Understander:
    """Decides articles by packs. Construct once; `decide` is pure and threads may share it."""

    def __init__(self, packs: Packs, lines: Lines | None = None) -> None:
        self.packs = packs
        self.lines = lines or Lines()
        self.scorer = scoring.Scorer(packs)
        self._detector = Detector(packs.languages)
        self._lines = {topic.id: self.lines.of(topic.id) for topic in packs.topics}
        self._foreign = foreigners(packs.concepts)
        self._elsewhere = {code: foreigners(packs.concepts, (code,)) for code in FIVE}
        self._deed = packs.concepts.get("state.deed")
        turns = [(*one.on, *one.off) for one in packs.concepts.values()]
        # What it matters of how often it is named.
        self._turning = frozenset(chain(surroundings.KINDS, (beside.KIND,), *turns))

    @cached_property
    def _lexicon(self) -> Lexicon:
        """Made for the first article: most commands know the packs and decide nothing."""
        return Lexicon(self.packs)

    def decide(self, article: Article) -> Decision:
        """Decide one article. Linear in its length; any strings are good."""
        lang, sure = self._detector.detect(article.title, article.text, article.lang)
        mentions = self.mentions(article, lang)
        home = self._home(article, lang if sure else "")
        sums = self._sums(article, mentions, home, lang)
        found = frozenset(topic for topic, score in sums.scores.items() if score >= self._lines[topic])
        named = entities(
            mentions,
            about_region=CENTRAL_ASIA in found,
            about_minerals=CRITICAL_MINERALS in found,
            home=home.country,
            acts=CENTRAL_ASIA in found and self._acts(article, mentions, home),
            governs=POLICY in found,
        )
        why, against = self._reasons(article, mentions, sums)
        tier = tier_of(found)
        # Only what is shown to people needs its amounts, days and deeds.
        amounts, days = (amounts_of(article), days_of(article)) if tier.flagged else ((), NO_DAYS)
        return Decision(
            tier=tier,
            topics=tuple(topic.id for topic in self.packs.topics if topic.id in found),
            scores=dict(sums.scores),
            lang=lang,
            countries=named.countries,
            minerals=named.minerals,
            places=named.places,
            people=named.people,
            bodies=named.bodies,
            amounts=amounts,
            dates=days.once(),
            actions=find_actions(article, mentions, amounts, days, home) if tier.flagged else (),
            why=why,
            against=against,
            review=self._is_grey(sums.scores),
            packs=self.packs.version,
            notes=(home.note,) if home.note and CENTRAL_ASIA in found else (),
        )

    def points(self, article: Article) -> Mapping[str, float]:
        """The points of each topic, before they are scores: what calibration is fitted to."""
        lang, sure = self._detector.detect(article.title, article.text, article.lang)
        home = self._home(article, lang if sure else "")
        return self._sums(article, self.mentions(article, lang), home, lang).points

    def _sums(self, article: Article, mentions: tuple[Mention, ...], home: Home, lang: str) -> scoring.Sums:
        abroad = bool(home.country) and is_abroad(article, mentions, self._foreign, home.language)
        if abroad and home.spoken is not None:
            abroad = not deals(article, mentions, self._foreign, home.spoken, home.country)
        language = self.packs.languages.get(lang)
        dealt = dealt_with(article, mentions, language) if language and language.capitals else ()
        return self.scorer.sums(mentions, self._lines, home.country, abroad=abroad, dealt=dealt)

    def _acts(self, article: Article, mentions: tuple[Mention, ...], home: Home) -> bool:
        """Whether home acts in a story that names another of the five."""
        if home.country not in self._elsewhere:
            return False
        others = self._elsewhere[home.country]
        if home.spoken is not None:
            return deals(article, mentions, others, home.spoken, home.country)
        return home.language is not None and acts_at_home(article, mentions, others, home.language)

    def language(self, article: Article) -> str:
        """The language an article is in, whatever its feed declares."""
        return self._detector.detect(article.title, article.text, article.lang)[0]

    def mentions(self, article: Article, lang: str = "") -> tuple[Mention, ...]:
        """All places of an article that name a concept, title first; set aside or not."""
        lang = lang or self.language(article)
        title, text = fold(article.title), fold(article.text)
        titled, told = self._lexicon.find(title, lang), self._lexicon.find(text, lang)
        titled, told = self._states(title, titled, lang), self._states(text, told, lang)
        titled = deed_of(title, titled, self.packs.languages.get(lang), self._deed) + titled
        pictured = surroundings.pictured(text.text, told)
        # What stands around matters to some concepts only.
        turning = [concept for _, _, concept in titled + told if not concept.plain]
        around = [hit for n, hit in enumerate(told) if n not in pictured] if pictured else told
        counts = self._counts(titled, around) if turning else None
        about = frozenset([code for _, _, concept in titled for code in concept.of])
        named = surroundings.named_in(titled)
        home = self._home(article, lang).country
        if counts and (home or any(one.ours for _, _, one in titled + told)):
            counts[RULES] = governs(title, titled, text, told)
        in_title = surroundings.of_title(title, titled, counts)
        in_text = surroundings.of_text(text, told, counts, about, home, shown=pictured, named=named)
        names, again = namesakes(title, titled, text, told, lang)
        in_title |= names
        in_text |= again
        in_text |= epithets(titled, told, in_text)
        in_text |= sectors(titled, text, told, in_text)
        if counts and counts[beside.KIND]:
            in_title |= beside.beside(title, titled, in_title, frozenset())
            metals = beside.metals(titled, in_title)
            in_text |= beside.beside(text, told, in_text, metals)
        return (*_weigh("title", title, titled, in_title), *_weigh("text", text, told, in_text))

    def _states(self, folded: Folded, hits: list[Hit], lang: str) -> list[Hit]:
        """The hits, with capitals that do something as the states they stand for."""
        acting = capitals(folded, hits, self.packs.languages.get(lang))
        if not acting:
            return hits
        hits = [*hits]
        for number in acting:
            start, end, one = hits[number]
            hits[number] = (start, end, self.packs.concepts.get(f"country.{one.of[0]}", one))
        return hits

    def _home(self, article: Article, lang: str) -> Home:
        return home_of(article, self.packs.languages.get(lang), self.packs.outlets)

    def _counts(self, titled: list[Hit], told: list[Hit]) -> Counter[str]:
        """How often concepts and kinds are named that turn others; the title counts twice."""
        turning = self._turning
        concepts = [concept for _, _, concept in titled + titled + told]
        return Counter(
            [one.id for one in concepts if one.id in turning]
            + [one.kind for one in concepts if one.kind in turning and one.id not in HAPPENS]
        )

    def _reasons(
        self, article: Article, mentions: tuple[Mention, ...], sums: scoring.Sums
    ) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
        """What earned and what cost, the weightiest first; then what was set aside."""
        ordered = sorted(
            [
                (-abs(points), topic, mention.field == "text", mention.start, n, points, mention)
                for n, (topic, mention, points) in enumerate(sums.shares)
                if points >= TOLD or points <= -TOLD
            ]
        )
        why: list[Reason] = []
        against: list[Reason] = []
        for _, topic, inside, _, _, points, (concept, where, start, end, _, _) in ordered:
            phrase = article.text[start:end] if inside else article.title[start:end]
            told, note = (why, "") if points > 0 else (against, "counts against it")
            # `round` takes thrice as long
            weight = int(points * 1000.0 + (0.5 if points > 0 else -0.5)) / 1000.0
            told.append(_TUPLE(Reason, (topic, concept.id, phrase, where, start, end, weight, note)))
        aside: dict[tuple[str, str], Mention] = {}  # each once, where it first stands
        for mention in [m for m in mentions if m.set_aside and m.concept.kind != "tail"]:
            aside.setdefault((mention.concept.id, mention.set_aside), mention)
        for concept, where, start, end, _, why_not in aside.values():
            if topic := self.scorer.main_topic(concept.id):
                phrase = article.text[start:end] if where == "text" else article.title[start:end]
                against.append(Reason(topic, concept.id, phrase, where, start, end, 0.0, why_not))
        return tuple(why), tuple(against)

    def _is_grey(self, scores: Mapping[str, float]) -> bool:
        """Whether the tier would be another with scores a little higher or lower."""
        near = self.lines.grey
        if not any(abs(score - self._lines[topic]) <= near for topic, score in scores.items()):
            return False
        low, high = (
            tier_of(frozenset(t for t, s in scores.items() if s >= self._lines[t] + shift))
            for shift in (near, -near)
        )
        return low is not high


def _weigh(field: Field, folded: Folded, hits: list[Hit], asides: Mapping[int, str]) -> list[Mention]:
    """Hits with the weight of their places, or the reason why they are set aside, by their number."""
    if folded.places is not None:
        hits = [(*folded.span(start, end), concept) for start, end, concept in hits]
    # Past the constructor: this is done a hundred times a story.
    if field == "title":
        found = [_TUPLE(Mention, (concept, field, start, end, TITLE, "")) for start, end, concept in hits]
    else:
        found = [
            _TUPLE(
                Mention,
                (
                    concept,
                    field,
                    start,
                    end,
                    LEAD if start < LEAD_ENDS else BODY if start < BODY_ENDS else DEEP,
                    "",
                ),
            )
            for start, end, concept in hits
        ]
    for number, reason in asides.items():
        found[number] = found[number]._replace(set_aside=reason)
    if field == "text":
        _weigh_opening(folded.original, found)
    return found


def _weigh_opening(text: str, found: list[Mention]) -> None:
    """Give more weight to one of the five that a text begins with: what follows is what it does.

    Its own outlets title "Senate ratifies pact with EU", and begin "Kazakhstan's Senate".
    """
    number = next((n for n, one in enumerate(found) if not one.set_aside), None)
    if number is None or (one := found[number]).start > DATED or one.concept.kind != "country":
        return
    begins = not one.start or text[: one.start].rstrip().endswith(_DASHES)
    if begins and one.concept.ours and text[one.end : one.end + 1] != "-":  # a Kazakhstan-bound ship is not
        found[number] = one._replace(weight=one.weight * OPENS)
