"""Whether a story by an outlet of one of the five, in no language of its own, tells of home beside others.

In Russian, which four of the five write, neither a ministry nor a minister says whose he is. He is of the
outlet's country where every other state is but dealt with: "imports from China", "talks with Moscow".
"""

from collections.abc import Sequence, Set
from typing import Final

from bot.core.reading.concepts import Language
from bot.core.reading.lexicon import Mention
from bot.core.story import Article
from bot.core.weighing.scoring import LEAD

ACTING: Final = frozenset({"actor.government", "actor.parliament", "actor.office", "actor.regulator"})
NAMING: Final = frozenset({"country", "people", "person", "body"})
DEALT: Final = frozenset({"country", "person"})
ENVOY: Final = "actor.diplomat"
BETWEEN: Final = 2  # words between what says "with" and a name: "with the president of China"
NEXT: Final = (", ", " и ")  # between names of which the second is dealt with as the first is
BEFORE: Final = 60  # characters before a name in which those words stand


def deals(
    article: Article, mentions: Sequence[Mention], others: Set[str], language: Language, home: str
) -> bool:
    """Whether somebody of `home` acts, unnamed, and those of `others` whom title or lead name are dealt with.

    `others` are the ids of those who do not speak for home.
    """
    first = [one for one in mentions if one.weight >= LEAD]
    if not any(one.concept.id in ACTING for one in first):
        return False
    envoys = [one for one in first if one.concept.id == ENVOY]
    dealt: Mention | None = None
    strangers = 0
    for one in first:
        if one.concept.kind not in NAMING:
            continue
        if dealt is not None and one.start < dealt.end and one.field == dealt.field:
            continue  # another reading of the same words
        if _is_dealt_with(article, one, language) or _goes_on(article, dealt, one) or _is_sent(envoys, one):
            dealt = one
        elif one.concept.id in others and home not in one.concept.of:
            return False
        strangers += one.concept.id in others
    return strangers > 0


def dealt_with(article: Article, mentions: Sequence[Mention], language: Language) -> frozenset[str]:
    """The ids of the countries and people that a story first names as those one deals with."""
    first = {one.concept.id: one for one in reversed(mentions) if one.concept.kind in DEALT}
    return frozenset(name for name, one in first.items() if _is_dealt_with(article, one, language))


def _is_dealt_with(article: Article, name: Mention, language: Language) -> bool:
    """Whether "with", "from" or "to" stands before a name, or before a word or two that it ends."""
    text = article.title if name.field == "title" else article.text
    if name.start == 0 or text[name.start - 1] != " ":
        return False
    words = text[max(0, name.start - BEFORE) : name.start].lower().split()
    if not words:
        return False
    mark, said = f"{words[-1]} ", text[name.start : name.end]
    if mark in language.partner:
        return True
    if mark in language.to:
        return said[-1].islower() and not _is_there(words[-1], said, language)
    for n in range(2, min(BETWEEN + 2, len(words) + 1)):
        if f"{words[-n]} " in language.partner:
            return all(map(str.isalpha, words[1 - n :])) and said.lower().endswith(language.bent)
    return False


def _is_there(word: str, said: str, language: Language) -> bool:
    """Whether a word and how a name ends say where something is: "в Китае"."""
    return any(
        mark.partition(" ~")[0] == word and said.lower().endswith(mark.partition(" ~")[2])
        for mark in language.at
    )


def _goes_on(article: Article, before: Mention | None, name: Mention) -> bool:
    """Whether a name follows, in a list, another that is dealt with."""
    if before is None or before.field != name.field:
        return False
    text = article.title if name.field == "title" else article.text
    return text[before.end : name.start] in NEXT


def _is_sent(envoys: Sequence[Mention], name: Mention) -> bool:
    """Whether a name says whose envoy is here."""
    return any(one.field == name.field and 0 <= name.start - one.end <= 1 for one in envoys)
