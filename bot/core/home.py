"""Whether a story that is written for one of the five tells of another country."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from bot.core.concepts import Concept, Language
from bot.core.lexicon import Mention
from bot.core.scoring import LEAD
from bot.core.story import Article
from bot.core.words import FIVE

ACTS: Final = frozenset({"actor", "person", "body", "country", "people", "place", "instrument"})
INSTITUTIONS: Final = frozenset({"actor.government", "actor.parliament", "actor.office"})
BESIDE: Final = 40  # characters within which a name says whose ministry it is


class Home(NamedTuple):
    """The country a story is written for, ISO 3166-1 alpha-2, "" when that is not known; and how it is."""

    country: str
    note: str
    own_language: bool


def home_of(article: Article, language: Language | None) -> Home:
    """The home of a story: by its language, or by its outlet's address."""
    if language is not None and language.home:
        return Home(language.home, f"written in the language of {language.home}", own_language=True)
    host = article.source or article.url.partition("://")[2].partition("/")[0]
    ending = host.rpartition(".")[2].upper()
    if ending in FIVE:
        return Home(ending, f"from an outlet of {ending}", own_language=False)
    return Home("", "", own_language=False)


def foreigners(concepts: Mapping[str, Concept]) -> frozenset[str]:
    """The ids of the countries, people and bodies that speak for none of the five."""
    return frozenset(
        one.id
        for one in concepts.values()
        if one.kind in {"country", "people", "person", "body"} and one.of and not {*FIVE, "C5"} & {*one.of}
    )


def is_abroad(mentions: Sequence[Mention], foreign: frozenset[str], *, own_language: bool) -> bool:
    """Whether home has nothing to say of a story: it names another country, or nobody who acts.

    In a country's `own_language` a ministry or senate of the title or lead is that country's,
    wherever it travels, unless another's name stands beside it.
    """
    if ACTS.isdisjoint([mention.concept.kind for mention in mentions]):
        return True
    others = [mention for mention in mentions if mention.concept.id in foreign]
    if not any(mention.concept.kind == "country" for mention in others):
        return False
    near = [mention for mention in others if mention.weight >= LEAD]
    return not own_language or all(
        any(_beside(mention, other) for other in near)
        for mention in mentions
        if mention.concept.id in INSTITUTIONS and mention.weight >= LEAD
    )


def _beside(one: Mention, other: Mention) -> bool:
    return one.field == other.field and -BESIDE <= other.start - one.start <= BESIDE
