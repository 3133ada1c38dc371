"""A state that opens a title and does something: "Kazakhstan wants", whatever it is that it wants.

No list of deeds is ever long enough for headlines. But what a title says its first
word does, that state does: grammar says so where the word itself is not known. What a
title asks of a state ("Can Kazakhstan", "Why China") is about its deeds as well. Where
verbs stand last, the deed is the last word of what is said first.
"""

import re
from collections.abc import Container, Sequence
from typing import Final

from bot.core.reading.concepts import Concept, Language
from bot.core.reading.lexicon import Hit
from bot.core.text import Folded

OPENS: Final = 1  # characters before a name that opens a title: a quotation mark
STATES: Final = frozenset({"country", "region"})
CAPITAL: Final = ".capital"  # how the id of a capital of ours ends: it stands for its government
PEOPLE: Final = "people"
PERSON: Final = "person"  # those in power; where verbs stand last, what they do is heard the same way
OBJECT: Final = 2  # words that a deed has, which stands last: what is done it to, and the verb
SHORTEST: Final = 4  # letters of a word that is a deed by its ending
LONGEST: Final = 24  # letters of a word that is looked at
AT: Final = (" in ", " at ", " near ", " outside ", " around ")  # before a city: something else does it there
# Of a title, what is said first; a name of some words may stand in quotation marks.
_SAID: Final = re.compile(r"(?:[^:;.?!,—–\"“”«»]|[\"“«][^\"“”«».,:;?!]{1,40}[\"”»])*")
_AND: Final = re.compile(r", | (?:and|&|и|i) ")  # between two states of which both do it


def deed_of(title: Folded, hits: Sequence[Hit], language: Language | None, deed: Concept | None) -> list[Hit]:
    """The name and the deed of the state that opens a title, as one hit; none where none does."""
    if language is None or deed is None or not (language.deeds or language.last):
        return []
    asked = _asked(title.text, language.asks)
    begins = asked or max([len(one) for one in language.articles if title.text.startswith(one)], default=0)
    led = PERSON if language.last else ""
    opening = [
        s for s, _, one in hits if begins <= s <= begins + OPENS and (_is_state(one) or one.kind == led)
    ]
    if not opening:
        return []
    people = {end for _, end, one in hits if one.kind == PEOPLE}  # "Казахстанец" names a man by his country
    states = {
        start: end for start, end, one in hits if (_is_state(one) or one.kind == led) and end not in people
    }
    first = min(opening)
    if first not in states:
        return []
    ends = states[first]
    while (joined := _joined(title.text, ends, language.along)) and joined in states:
        ends = states[joined]
    if title.text[ends : ends + 1] != " " or joined:
        return []
    if language.last:
        done = _done(title.text, ends, language)
        return [(0, done, deed)] if done else []
    word = title.text[ends + 1 :].partition(" ")[0].rstrip(":,;.?!")
    does = _is_deed(word, language, asked=bool(asked))
    return [(0, ends + 1 + len(word), deed)] if does else []


def capitals(folded: Folded, hits: Sequence[Hit], language: Language | None) -> list[int]:
    """Those of the hits, by their numbers, that are capitals which do something: "Dushanbe has asked".

    A city does nothing; its government does, wherever in a sentence it stands.
    """
    if language is None or not language.deeds:
        return []
    found: list[int] = []
    for number, (start, end, one) in enumerate(hits):
        if not (one.ours and one.id.endswith(CAPITAL)):
            continue
        if language.capitals and folded.text[start:end] not in language.capitals:
            continue  # in another case: the schools of Astana
        if folded.text[:start].endswith(AT):
            continue  # "a forum in Bishkek ends": the forum does
        if folded.text[end : end + 1] == " ":
            word = folded.text[end + 1 : end + 1 + LONGEST].partition(" ")[0].rstrip(":,;.?!")
            if len(word) >= SHORTEST and _is_deed(word, language, asked=False):
                found.append(number)
    return found


def _joined(title: str, ends: int, along: tuple[str, ...]) -> int:
    """Where a title goes on after the "and" or "with" behind a name that `ends` there; 0: there is none."""
    if joined := _AND.match(title, ends):
        return joined.end()
    word = title[ends + 1 :].split(" ", 1)[0]
    return ends + len(word) + 2 if word in along else 0


def _done(title: str, ends: int, language: Language) -> int:
    """Where the last word ends of what a title says first, when that is a deed of the name that `ends` there.

    0 when it is none, or the name is not in the case of who does, or what follows is a thing of its.
    """
    said = _SAID.match(title, ends + 1)
    words = said.group().split() if said else []
    if said is None or len(words) < OBJECT or title[:ends].endswith(language.bent):
        return 0
    owned = words[0].endswith(language.owned) and not words[0].endswith(language.whole)
    last = words[-1].replace("'", "")
    does = last in language.last or (len(last) >= SHORTEST and last.endswith(language.last))
    does = does and last.isalpha() and not _is_thing(last, language)
    return said.start() + len(said.group().rstrip()) if does and not owned else 0


def _is_state(one: Concept) -> bool:
    return one.kind in STATES or one.id.endswith(CAPITAL)


def _asked(title: str, asks: Container[str]) -> int:
    """Where a title goes on after the word or two that make it a question; 0: it asks none."""
    words = title.split(" ", 2)
    one, two = words[0], " ".join(words[:2])
    return len(one) + 1 if one in asks else len(two) + 1 if two in asks else 0


def _is_deed(word: str, language: Language, *, asked: bool) -> bool:
    """Whether a word after a name is a deed of its bearer: "to", "will", or by its ending "wants".

    In a question any word is, that is no thing: its verbs have no ending of their own.
    """
    if word in language.deeds:
        return True
    if not word.isalpha() or _is_thing(word, language):
        return False
    endings = tuple(one[1:] for one in language.deeds if one.startswith("~"))
    return asked or (len(word) >= SHORTEST and word.endswith(endings))


def _is_thing(word: str, language: Language) -> bool:
    """Whether a word that may be a deed ends as things do."""
    return word.endswith(tuple(one.lstrip("~") for one in language.things))
