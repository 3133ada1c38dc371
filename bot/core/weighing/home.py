"""Whether a story that is written for one of the five tells of another country."""

import re
from collections.abc import Collection, Container, Mapping, Sequence
from itertools import islice, takewhile
from typing import Final, NamedTuple

from bot.core.reading.concepts import Concept, Language
from bot.core.reading.lexicon import Mention
from bot.core.story import Article
from bot.core.text import fold
from bot.core.weighing.offices import Taken, a_native_holds, bears, is_strange, strangers_hold, taken
from bot.core.weighing.scoring import LEAD, TITLE
from bot.core.words import FIVE, THE_FIVE

ACTS: Final = frozenset({"actor", "person", "body", "country", "people", "place", "instrument", "society"})
# News of a place, whether it is named or not; advice and prices are of none. Nor is what only a state
# does ever of none: a ban, a tax, a licence.
HAPPENS: Final = frozenset({"noise.crime", "noise.culture", "noise.disaster", "noise.sport", "noise.weather"})
RULES: Final = frozenset(
    {
        *("act.appoint", "act.ban", "act.bill", "act.build", "act.control", "act.decree", "act.election"),
        *("act.export", "act.finance", "act.import", "act.infra", "act.law", "act.licence"),
        *("act.nationalise", "act.plant", "act.produce", "act.quota", "act.ratify", "act.restrict"),
        *("act.sanction", "act.stockpile", "act.strategy", "act.subsidy", "act.summit", "act.tariff"),
        *("act.tax", "act.tender", "act.treaty", "act.visit", "act.vote"),
        *("deed.diplomacy", "deed.govern", "deed.repress", "mining.mine"),
    }
)
OF_A_PLACE: Final = HAPPENS | RULES
NAMES: Final = frozenset({"country", "people", "person", "body"})
LEADS: Final = frozenset({"person", "body"})  # one of another's that opens a title is another country, too
INSTITUTIONS: Final = frozenset({"actor.government", "actor.parliament", "actor.office"})
OPENS: Final = 1  # characters before a name that opens a title: a quotation mark
SEIZED: Final = "act.nationalise"
SEAT: Final = "country.seat"  # Geneva: who is there is of no country
DEED: Final = "state"  # kind of what a state that opens a title does
FIRMS: Final = 3  # words of what a name says whose it is: "Turkish", "Turkey's largest firm"
WORD: Final = 5  # letters of a word that says "with"; shorter ones are endings, and say "and" alone
OWNED: Final = 4  # letters of an ending that says whose a thing is, and that it is given something
_WORDS: Final = re.compile(r"[\w']+")
_RUNS: Final = re.compile(r"\S+")
SOLE: Final = 1  # institution of a title: of two, the second may be home's
# How "ministers of" ends in the five: those of several states are not home's.
PLURAL: Final = ("лері", "лары", "лери", "lari", "leri", "lary", "вазирони")
BEGINS: Final = 25  # characters: a text that names another sooner is of its land, be the title silent
BESIDE: Final = 40  # characters within which a name says whose ministry it is
BEFORE: Final = 60  # the same in a language that says so before it alone


class Home(NamedTuple):
    """The country a story is written for, ISO 3166-1 alpha-2, "" when that is not known; and how it is."""

    country: str
    note: str
    language: Language | None  # of that country alone; None: the story is in another
    along: tuple[str, ...] = ()  # how the story's language says "with"
    at: tuple[str, ...] = ()  # how it says "in", of where somebody is
    asks: tuple[str, ...] = ()  # how it opens a question
    spoken: Language | None = (
        None  # the story's language where it is not that of home alone, by an outlet of home
    )


NOWHERE: Final = Home("", "", None)


def home_of(article: Article, language: Language | None, outlets: Mapping[str, str] | None = None) -> Home:
    """The home of a story: by its language, or by its outlet's address.

    That ends as its country's do, or is one of `outlets` or below it: "kz.kursiv.media" is of "kursiv.media".
    """
    along, at, asks = (language.along, language.at, language.asks) if language else ((), (), ())
    if language is not None and language.home:
        note = f"written in the language of {language.home}"
        return Home(language.home, note, language, along, at, asks)
    host = (article.source or article.url.partition("://")[2].partition("/")[0]).lower().strip(".")
    known = host
    while known and known not in (outlets or ()):
        known = known.partition(".")[2]  # the host that it is below
    country = outlets[known] if outlets and known else host.rpartition(".")[2].upper()
    if country in FIVE:
        return Home(country, f"from an outlet of {country}", None, along, at, asks, language)
    return Home("", "", None, at=at, asks=asks)


def foreigners(concepts: Mapping[str, Concept], ours: Collection[str] = FIVE) -> frozenset[str]:
    """The ids of the countries, people and bodies that speak for none of `ours`."""
    return frozenset(
        one.id for one in concepts.values() if one.kind in NAMES and one.of and not {*ours, "C5"} & {*one.of}
    )


def is_abroad(
    article: Article, mentions: Sequence[Mention], foreign: frozenset[str], language: Language | None
) -> bool:
    """Whether home has nothing to say of a story: it names another country, or nobody who acts.

    A leader or body of another's that opens the title names it, too. In the `language` of home a
    ministry or senate of the title or lead is that country's, wherever it travels, unless another's
    name stands beside it, or opens the title, or its minister has a name that nobody has at home.
    Those whom one only deals with ("with China", "to China") are no such others, nor whom the title
    does not name, and the text not in its first words. Where the first ministry is another's, so are
    those that follow it, unless home is named.
    """
    kinds = {mention.concept.kind for mention in mentions if mention.concept.id != SEAT}
    nobody = ACTS.isdisjoint(kinds) and OF_A_PLACE.isdisjoint([mention.concept.id for mention in mentions])
    others = [mention for mention in mentions if mention.concept.id in foreign]
    named = taken(mentions)
    unnamed = _leaves_home_unnamed(mentions, language)
    offices = _offices(article, mentions) if unnamed else []
    if nobody or (unnamed and language and _is_of_strangers(article, offices, others, named, language)):
        return True
    if not any(
        m.concept.kind == "country" or (m.concept.kind in LEADS and _leads(article, m)) for m in others
    ):
        return False
    if language is None:
        return True
    titled = [other for other in others if other.field == "title"]
    metals = _metals(mentions)
    # Who does what the title says is not dealt with: "America puts a tax on steel and tin".
    does = {one.start for one in titled if _opens(one)} if DEED in kinds else set()
    dealt = [
        one
        for one in titled
        if one.start not in does
        and (is_along(article, one, language.along, metals) or _is_given(article, one, language))
    ]
    if (titled and dealt == titled) or _comes(article, titled, language):
        return False  # "a deal with Turkey", "gas to Turkey": whose, goes without saying
    near = [
        m
        for m in others
        if m.weight >= LEAD
        and (
            (m.field == "title" and m.start in does)
            or not (
                is_partner(article, m, language.partner) or _goes_along(article, m, language.along, metals)
            )
        )
    ]
    told = [one for one in offices if one.field == "text"]
    if told != offices and _begins_elsewhere(near) and not a_native_holds(article, told, named, language):
        offices = told  # whose the title's are, the text says that opens with another's name
    owned = bool(offices) and _owns_first(article, offices, near, language)
    if owned or (not titled and all(other.start > BEGINS for other in near)):
        return owned
    theirs = any(_opens(one) or (one.concept.kind in LEADS and _leads(article, one)) for one in near)
    return bool(near) and all(
        is_strange(article, mention, named, language)
        or any(
            bears(article, other, mention)
            or (
                _beside(article, mention, other, language) and not _travels(article, mention, other, language)
            )
            for other in near
        )
        for mention in _institutions(mentions, TITLE if theirs else LEAD)
    )


def acts_at_home(
    article: Article, mentions: Sequence[Mention], others: frozenset[str], language: Language | None
) -> bool:
    """Whether a story whose title names another of the five is one of home too.

    It is where an institution is that of home, or the others are but dealt with: "gas agreed
    upon with Uzbekistan". Where the title names none of the five, it is when the lead deals with
    the first that it names. `others` are those who do not speak for home.
    """
    titled = [*takewhile(lambda mention: mention.field == "title", mentions)]
    if language is None:
        return False
    metals = _metals(mentions)
    if not any(one.concept.ours for one in titled):
        named = [m for m in mentions if m.weight >= LEAD and _is_neighbour(m.concept, language.home)]
        return bool(named) and is_along(article, named[0], language.along, metals)
    if not any(_is_neighbour(one.concept, language.home) for one in titled):
        return False
    if all(is_along(article, one, language.along, metals) for one in titled if one.concept.id in others):
        return True
    acts = any(m.concept.id in INSTITUTIONS and m.weight >= LEAD and not m.set_aside for m in mentions)
    return acts and not is_abroad(article, mentions, others, language)


def _metals(mentions: Sequence[Mention]) -> frozenset[tuple[str, int]]:
    """Where minerals are named: in "title" or "text", and at which character."""
    return frozenset((one.field, one.start) for one in mentions if one.concept.kind == "mineral")


def _is_neighbour(concept: Concept, home: str) -> bool:
    """Whether a concept is a name of another of the five."""
    return concept.kind in NAMES and not THE_FIVE.isdisjoint(concept.of) and home not in concept.of


def is_partner(article: Article, name: Mention, marks: tuple[str, ...]) -> bool:
    """Whether the end of a name, or the word beside it, says that it is dealt with, and does not act."""
    text = article.title if name.field == "title" else article.text
    following = text[name.end : name.end + BESIDE].split(maxsplit=1)[:1]
    if text[name.start : name.end].lower().endswith(marks) or bool(following and following[0] in marks):
        return True
    before = tuple([f" {mark}" for mark in marks if mark.endswith(" ")])
    return bool(before) and f" {text[max(0, name.start - BESIDE) : name.start].lower()}".endswith(before)


def is_along(
    article: Article, name: Mention, marks: tuple[str, ...], metals: Container[tuple[str, int]]
) -> bool:
    """Whether home does something with a name, or with what stands beside it: "with a Turkish firm".

    `marks` are those of a language that say "with", and between two `metals` "and".
    """
    return is_partner(article, name, marks) or _goes_along(article, name, marks, metals)


def _goes_along(
    article: Article, name: Mention, marks: tuple[str, ...], metals: Container[tuple[str, int]]
) -> bool:
    """Whether what stands beside a name is dealt with. A word between that is itself a name is another's."""
    text = article.title if name.field == "title" else article.text
    after = text[name.end : name.end + BESIDE]
    if any(mark in after for mark in marks):
        following = [*islice(_RUNS.finditer(after), FIRMS)]
        for run, mark in zip(following, [*[one[0] for one in following[1:]], ""], strict=True):
            thing = run[0]
            dealt = thing.endswith(marks) or (len(mark) >= WORD and mark in marks)
            dealt = dealt and (name.field, name.end + run.start()) not in metals
            if dealt and thing[0].islower() and thing not in marks:
                return True
    return _goes_before(text, name, marks)


def _goes_before(text: str, name: Mention, marks: tuple[str, ...]) -> bool:
    """Whether one of `marks` stands before a name and one word: Tajik "барои шаҳрвандони Чин"."""
    before = text[max(0, name.start - BESIDE) : name.start].split()
    return len(before) > 1 and before[-1].islower() and f"{before[-2]} " in marks


def _is_given(article: Article, name: Mention, language: Language) -> bool:
    """Whether something goes to a name, or to or for a thing of its: "to Turkey", "for Turkey's firms"."""
    if is_partner(article, name, language.to):
        return True
    text = article.title if name.field == "title" else article.text
    if _goes_before(text, name, language.to):
        return True
    thing, following, *_ = *text[name.end : name.end + BESIDE].split(maxsplit=2), "", ""
    if not thing or not thing[0].islower():
        return False
    of_its = tuple(mark for mark in language.to if len(mark) >= OWNED)
    owned = thing.endswith(language.owned) or text[: name.end].endswith(language.bent)
    return thing.endswith(of_its) or (owned and following in of_its)


def _travels(article: Article, one: Mention, other: Mention, language: Language) -> bool:
    """Whether one is said to be at another's: "the minister in China" is nobody's there."""
    return one.start < other.start and is_partner(article, other, language.at)


def _leaves_home_unnamed(mentions: Sequence[Mention], language: Language | None) -> bool:
    """Whether a story in the language of home names neither home nor anything of it."""
    if language is None or not language.home:
        return False
    return not any(language.home in one.concept.of and not one.set_aside for one in mentions)


def _institutions(mentions: Sequence[Mention], least: float) -> list[Mention]:
    """The institutions that weigh so much at least; what goes "to the state" is none."""
    seized = {(m.field, m.start) for m in mentions if m.concept.id == SEIZED}
    return [
        one
        for one in mentions
        if one.concept.id in INSTITUTIONS and one.weight >= least and (one.field, one.start) not in seized
    ]


def _offices(article: Article, mentions: Sequence[Mention]) -> list[Mention]:
    """The institutions of title and lead, but for ministers of several states."""
    return [
        one
        for one in _institutions(mentions, LEAD)
        if not (article.title if one.field == "title" else article.text)[: one.end].endswith(PLURAL)
    ]


def _is_of_strangers(
    article: Article,
    offices: Sequence[Mention],
    others: Sequence[Mention],
    named: Taken,
    language: Language,
) -> bool:
    """Whether only people of others act, where home is not named."""
    return strangers_hold(article, offices, named, language) or _is_led_by_others(
        article, offices, others, language
    )


def _is_led_by_others(
    article: Article, offices: Sequence[Mention], others: Sequence[Mention], language: Language
) -> bool:
    """Whether a story names leaders of others, does not deal with them, and names no office but theirs."""
    leaders = [one for one in others if one.concept.kind == "person" and one.weight >= LEAD]
    led = any(not is_partner(article, one, language.partner) for one in leaders)
    return led and all(any(bears(article, one, office) for one in leaders) for office in offices)


def _begins_elsewhere(near: Sequence[Mention]) -> bool:
    """Whether a text begins with a name of another's, that it does not deal with."""
    return any(one.field == "text" and one.start <= BEGINS for one in near)


def _owns_first(
    article: Article, offices: Sequence[Mention], near: Sequence[Mention], language: Language
) -> bool:
    """Whether the first institution is another's: then so are those that follow, where home is not named.

    Not where a title names two, or it is dealt with, or some firm of another's does something to it.
    """
    first = offices[0]
    if is_partner(article, first, language.partner) or [one.field for one in offices].count("title") > SOLE:
        return False
    text = article.title if first.field == "title" else article.text
    return any(
        bears(article, other, first)
        or (
            _beside(article, first, other, language)
            and not _travels(article, first, other, language)
            and not any(word.endswith(language.bent) for word in text[other.end : first.start].split()[1:])
        )
        for other in near
    )


def _comes(article: Article, titled: Sequence[Mention], language: Language) -> bool:
    """Whether a title says that somebody comes, and not to another's: then he comes to home."""
    said = f" {' '.join(_WORDS.findall(fold(article.title).text))} "
    if not any(f" {one} " in said for one in language.comes):
        return False
    if any(f" {one} " in said for one in language.rises):
        return False  # "came to power", "came to terms", "came first"
    return not any(is_partner(article, one, language.to) for one in titled)


def _opens(name: Mention) -> bool:
    return name.field == "title" and name.start <= OPENS


def _leads(article: Article, name: Mention) -> bool:
    """Whether a name opens the title, or what follows its colon: "Antimony: the Pentagon pays"."""
    before = article.title[: name.start].rstrip(' «“"')
    return _opens(name) or (name.field == "title" and before.endswith(":"))


def _beside(article: Article, one: Mention, other: Mention, language: Language) -> bool:
    """Whether a name stands where it says whose a thing is: only before it, in a language with `owned`."""
    before, after = (BEFORE, 0) if language.owned else (BESIDE, BESIDE)
    if one.field != other.field or not -before <= other.start - one.start <= after:
        return False
    text = article.title if one.field == "title" else article.text
    return ". " not in text[min(one.start, other.start) : max(one.start, other.start)]
