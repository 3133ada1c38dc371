"""Who holds an office, by what stands right after it: a minister is another's by his name.

In the news of the five a bare ministry is that of home. But nobody at home is called Jonathan
Wilkinson, and a president who is Joe Biden is no other state's.
"""

import re
from collections.abc import Container, Sequence
from itertools import islice
from typing import Final

from bot.core.reading.concepts import Language
from bot.core.reading.lexicon import Mention
from bot.core.story import Article
from bot.core.text import fold

REACH: Final = 40  # characters in which a name stands that follows an office
CALLED: Final = 3  # words of what somebody is called, at most
WHOLE: Final = 4  # letters of what may be a whole surname: "Иброҳим"; less only ends one
FOR: Final = 3  # words that say what an office is for
GIVEN: Final = 20  # characters of the given names before a surname
_WORDS: Final = re.compile(r"[\w']+")
_RUNS: Final = re.compile(r"\S+")


Taken = Container[tuple[str, int]]
"""Where something else is named than people: in "title" or "text", and at which character."""


def taken(mentions: Sequence[Mention]) -> Taken:
    """Where mentions stand that are no part of what somebody is called."""
    return {(one.field, one.start) for one in mentions if one.concept.kind != "person"}


def strangers_hold(article: Article, offices: Sequence[Mention], others: Taken, language: Language) -> bool:
    """Whether those who hold offices, and are named in full, have names that nobody has at home."""
    called = [name for one in offices for name in _called(article, one, others, language)]
    return bool(called and language.surnames) and not _is_native(called, language)


def bears(article: Article, one: Mention, office: Mention) -> bool:
    """Whether somebody is named right after an office, which is his: "President Joe Biden"."""
    if one.concept.kind != "person" or one.field != office.field or one.start <= office.end:
        return False
    text = article.title if office.field == "title" else article.text
    between = text[office.end : one.start]
    return len(between) <= GIVEN and between.count(" ") <= CALLED - 1 and "," not in between


def _called(article: Article, office: Mention, others: Taken, language: Language) -> list[str]:
    """What somebody is called by two words or three right after an office, without the first; []: by none."""
    text = article.title if office.field == "title" else article.text
    called: list[str] = []
    # "вазири корҳои хориҷӣ": in Tajik what an office is for stands before the name.
    whose = 0 if language.owned else FOR
    for found in islice(_RUNS.finditer(text, office.end, office.end + REACH), CALLED + whose):
        word = found[0]
        if whose and not called and word.islower() and word.isalpha():
            continue
        if len(called) == CALLED or not word[0].isupper() or (called and called[-1][-1] in ",."):
            break  # a comma ends a name
        if (office.field, found.start()) in others:
            break
        called.append(word)
    return called[1:]


def _is_native(names: Sequence[str], language: Language) -> bool:
    """Whether one of some names ends as the surnames of home do, in any case."""
    for name in names:
        surname = "".join(_WORDS.findall(fold(name).text))
        ends = [
            surname.rfind(one) + len(one)
            for one in language.surnames
            if surname.find(one) >= (len(one) < WHOLE)
        ]
        if any(surname[end:] in {"", *language.endings} for end in ends):
            return True
    return False


def a_native_holds(article: Article, offices: Sequence[Mention], others: Taken, language: Language) -> bool:
    """Whether one who holds an office, and is named in full, is called as people at home are."""
    return _is_native([name for one in offices for name in _called(article, one, others, language)], language)


def is_strange(article: Article, office: Mention, others: Taken, language: Language) -> bool:
    """Whether who holds an office, by two names or three, is called as nobody is at home."""
    names = _called(article, office, others, language)
    return bool(names and language.surnames) and not _is_native(names, language)
