"""A sentence as the deeds it tells of: which, where, and whether they have happened."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import timedelta
from itertools import islice
from typing import Final, NamedTuple

from bot.core.actions.parted import joined
from bot.core.reading.dates import NO_DAYS, Days
from bot.core.reading.lexicon import Mention
from bot.core.reading.sentences import each_sentence
from bot.core.story import Article, Field, Money

_TUPLE: Final = tuple.__new__
PAST: Final = "bend.past"  # a word for looking back
BENT_AHEAD: Final = 40  # how many characters before a deed "will" or "may" still bends it
BENT_BEHIND: Final = 28  # the same after it, where the verb stands last
_FORWARD: Final = {"will": "will", "may": "may", "not": "not", "aside": "aside"}
_BACKWARD: Final = {"willed": "will", "to": "will", "mayed": "may", "noted": "not", "aside_after": "aside"}
_FOLLOWING: Final = {
    name: how for name, how in {**_FORWARD, **_BACKWARD}.items() if "aside" not in name and name != "to"
}
_STRENGTH: Final = ("not", "noted", "may", "mayed", "will", "willed", "to", "aside", "aside_after")
_UNDONE: Final = frozenset({"aside", "not"})
_UNSURE: Final = frozenset({"not", "noted", "may", "mayed"})  # bends of what may never be
NAMED: Final = (
    "named"  # a deed that is named and not told ("the signing of"): other words say what came of it
)
NAMED_AHEAD: Final = 100  # how many characters after it they may stand: all that is signed stands between
NAMED_BEHIND: Final = 30  # the same before it: "postpones the signing", "talks on the signing"
PUT_OFF: Final = frozenset({"suspend", "halt", "lift", "revoke"})
SOUGHT: Final = frozenset({"negotiate", "propose"})
LAST: Final = "last"  # a verb that ends its sentence, bent by what stands anywhere before it: German
_ELSEWHERE: Final = frozenset({NAMED, LAST})
IN_NAMES: Final = frozenset({"parliament", "stockpile", "court", "infra"})  # deeds told by who does them
FIRMS: Final = frozenset({"firm", "seat"})
_CLAUSE: Final = (", ", "; ", " – ", " — ", " after ", "，", "、")  # where what is told beside it may begin
_YEAR: Final = re.compile(r"[12](?<!\d.)(?:(?<=1)9|(?<=2)0)\d{2}(?!\d)")
OF_IT: Final = 15  # characters between a thing and what is done to it: "agreement has been signed"
DATELINE: Final = 50  # characters; a first sentence that is shorter and tells of no deed is no lead
FRESH: Final = timedelta(days=60)  # after its end a year is not yet one that is looked back on
NEWS: Final = timedelta(days=14)  # from a day that is told to the story that tells it as news
MOST_MENTIONS: Final = 150  # of one sentence; a longer one is a list, or mischief
MOST_SENTENCES: Final = 60  # that are looked at
MOST_TOLD: Final = 12  # that name anything: further down a story tells of other things
FIRST: Final = 2  # sentences of the text that are kept though they name nothing: their place says something


class Deed(NamedTuple):
    """A deed in a sentence. `bent` is "" (it happened), "will", "may", "not" or "aside" (done at it)."""

    name: str
    start: int
    end: int
    bent: str = ""


class Told(NamedTuple):
    """A sentence (the title is one) with its deeds and the mentions in it."""

    field: Field
    start: int
    end: int
    order: int  # 0: the title; 1: the first sentence of the text
    deeds: tuple[Deed, ...]
    mentions: tuple[Mention, ...]  # of all other kinds, in order
    money: tuple[Money, ...]
    past: bool  # it tells of earlier times
    names: frozenset[str]  # of the deeds that it tells of as done, or to be done


def told(
    article: Article, mentions: Sequence[Mention], amounts: Sequence[Money], days: Days = NO_DAYS
) -> tuple[Told, ...]:
    """The sentences of an article that name anything, the title and the first of the text whatever they name.

    `mentions`, `amounts` and `days` are the article's, title first, in order.
    """
    counted = joined(article, [m for m in mentions if not m.set_aside])
    titled = next((n for n, m in enumerate(counted) if m.field == "text"), len(counted))
    whole = article.text
    found = [_sentence("title", (0, len(article.title)), 0, counted[:titled], amounts, past=False)]
    inside = counted[titled:]
    starts = [m.start for m in inside]
    looks_back = PAST in [m.concept.id for m in inside]
    money = [one for one in amounts if one.field == "text"]
    year = _year(article, days)
    recent = _recent(article, days)
    at = skipped = 0
    for order, (start, end) in enumerate(islice(each_sentence(whole), MOST_SENTENCES), 1):
        first, at = at, bisect_left(starts, end, at)
        if at == first and order - skipped > FIRST:
            continue
        here = inside[first : min(at, first + MOST_MENTIONS)]
        if order - skipped == 1 and end - start < DATELINE and not any(m.concept.kind == "act" for m in here):
            skipped += 1  # "ASTANA, 4 February.": the lead is the next one
            continue
        among = money if here else ()  # of a sentence that names nothing, no amount is asked
        back = next((m.start for m in here if m.concept.id == PAST), end) if looks_back else end
        past = _looks_back(whole[start:end], year) and not any(start <= day < end for day in recent)
        if back < end:
            here, past = _look_back(whole, here, (start, back), past=past)
        elif past and (year_at := _YEAR.search(whole, start, end)):
            here, past = _look_back(whole, here, (start, year_at.start()), past=False)
        found.append(_sentence("text", (start, end), order - skipped, here, among, past=past))
        if len(found) > MOST_TOLD:
            break
    return tuple(found)


def _sentence(
    field: Field,
    place: tuple[int, int],
    order: int,
    here: Sequence[Mention],
    amounts: Sequence[Money],
    *,
    past: bool,
) -> Told:
    start, end = place
    acts: list[Mention] = []
    bends: list[Mention] = []
    others: list[Mention] = []
    works, seats = False, list[int]()  # whether it names works, and where firms stand
    for one in here:  # a loop, for one look at each: a story has a dozen sentences
        kind = one.concept.kind
        if kind == "act":
            works = works or one.concept.word == "infra"
            if one.concept.word in FIRMS:
                seats.append(one.start)
        (acts if kind == "act" else bends if kind == "bend" else others).append(one)
    if acts and (named := [(m.start, m.end) for m in others if m.concept.kind == "body"]):
        # "The Ministry of Construction", "the Finance Corporation": no deed, but a name
        acts = [
            m
            for m in acts
            if m.concept.word in IN_NAMES or not any(at <= m.start and m.end <= to for at, to in named)
        ]
    if works and seats:  # "Caspian Pipeline Consortium"
        acts = [m for m in acts if m.concept.word != "infra" or not (m.end in seats or m.end + 1 in seats)]
    bent = _bent(acts, bends) if acts and bends else {}
    # Past the constructor: a story has fifty.
    deeds = [_TUPLE(Deed, (m.concept.word, m.start, m.end, bent.get(i, ""))) for i, m in enumerate(acts)]
    money = [one for one in amounts if one.start >= start and one.end <= end and one.field == field]
    names = frozenset([deed.name for deed in deeds if deed.bent not in _UNDONE])
    return _TUPLE(Told, (field, start, end, order, tuple(deeds), tuple(others), tuple(money), past, names))


def _bent(acts: Sequence[Mention], bends: Sequence[Mention]) -> dict[int, str]:
    """How the deeds of a sentence are bent, each by the will, may or not that stands by it."""
    bent: dict[int, str] = {}
    for bend in bends:
        if bend.concept.word in _ELSEWHERE:
            # What bends this deed stands further off.
            named = bend.concept.word == NAMED
            how = _named(acts, bends, bend) if named else _last(bends, bend)
            bent |= dict.fromkeys(_same(acts, bend), how) if how else {}
    # "Refuses to sign": what is not done is not to be done either.
    for bend in sorted([m for m in bends if m.concept.word in _STRENGTH], key=_strength):
        name = bend.concept.word
        among = NONE if name == "to" else GATHERINGS if "aside" in name else VERBS
        reach = _ahead(acts, bend, among) if name in _FORWARD else _behind(acts, bend, among)
        if name == "not" and reach and acts[reach[0]].concept.word in THINGS:
            # "No agreement was signed": nor is what is done to the thing
            reach += [
                i
                for i, m in enumerate(acts)
                if 0 <= m.start - acts[reach[-1]].end <= OF_IT and m.concept.word in DONE
            ]
        if name in _UNSURE and (made := [acts[i] for i in reach if acts[i].concept.word in MADE]):
            reach += _unmade(acts, made[0], behind=name not in _FORWARD)
        for index in reach:
            bent.setdefault(index, _how(acts, index, name))
    return bent


def _strength(bend: Mention) -> int:
    return _STRENGTH.index(bend.concept.word)


def _ahead(plain: Sequence[Mention], bend: Mention, among: frozenset[str]) -> list[int]:
    """The deeds at the first place after the bend, when it is near."""
    after = [
        i
        for i, m in enumerate(plain)
        if m.start >= bend.start
        and (m.start, m.end) != (bend.start, bend.end)
        and m.end >= bend.end
        and m.concept.word in among
    ]
    if not after or plain[after[0]].start - bend.end > BENT_AHEAD:
        return []
    return [i for i in after if plain[i].start == plain[after[0]].start]


def _behind(plain: Sequence[Mention], bend: Mention, among: frozenset[str]) -> list[int]:
    """The deeds at the bend's own place, else at the last place before it, when it is near."""
    if same := _same(plain, bend):
        return same
    before = [i for i, m in enumerate(plain) if m.end <= bend.start and m.concept.word in among]
    if not before or bend.start - plain[before[-1]].end > BENT_BEHIND:
        return []
    return [i for i in before if plain[i].start == plain[before[-1]].start]


def _same(plain: Sequence[Mention], bend: Mention) -> list[int]:
    """The deeds at the bend's own place."""
    return [i for i, m in enumerate(plain) if m.start < bend.end and bend.start < m.end]


def _how(acts: Sequence[Mention], index: int, name: str) -> str:
    """How a bend bends this deed: what it is proposed to do may be done."""
    if name == "to" and any(m.concept.word == "propose" and _apart(acts[index], m) <= OF_IT for m in acts):
        return "may"
    return _FORWARD.get(name) or _BACKWARD[name]


def _unmade(acts: Sequence[Mention], made: Mention, *, behind: bool) -> list[int]:
    """What is not there, as this deed does not make it, or not yet: "may impose a ban". It may come first."""
    near = [
        m
        for m in acts
        if m.concept.word not in DONE
        and _apart(made, m) <= (UNMADE if behind and m.start < made.start else MADE_OF)
    ]
    if not near:
        return []
    of = min(near, key=lambda m: _apart(made, m))
    return [i for i, m in enumerate(acts) if m in near and _apart(of, m) <= OF_IT]


def _apart(one: Mention, other: Mention) -> int:
    """The characters between two mentions."""
    return max(one.start - other.end, other.start - one.end, 0)


def _named(acts: Sequence[Mention], bends: Sequence[Mention], deed: Mention) -> str:
    """How a deed is bent that is only named: "The signing is planned", "postpones the signing"."""
    here = range(deed.start - NAMED_BEHIND, deed.end + NAMED_AHEAD)
    before = [m for m in acts if m.end <= deed.start and m.end in here]
    after = [m for m in acts if m.start >= deed.end and m.start in here and m.concept.word in DONE]
    then = [m for m in bends if m.start >= deed.end and m.start in here and m.concept.word in _FOLLOWING]
    if any(m.concept.word in PUT_OFF for m in (*before, *after[:1])):
        return "not"
    if then and not any(m.end <= then[0].start for m in after):
        return _FOLLOWING[then[0].concept.word]
    return "aside" if any(m.concept.word in SOUGHT for m in before) else ""


def _last(bends: Sequence[Mention], deed: Mention) -> str:
    """How a verb at the end is bent: as the last word before it that bends what comes."""
    before = [m for m in bends if m.end <= deed.start and m.concept.word in _FORWARD]
    return _FORWARD[before[-1].concept.word] if before else ""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


VERBS: Final = _set(
    "sign ratify force start held approve impose issue announce propose negotiate suspend lift revoke "
    "ban restrict control quota tariff sanction memo agreement treaty offtake jv summit stockpile "
    "finance grant export build invest buy nationalise visit met produce appoint discovery find change "
    "trade supply takeover truce leaders tender halt"
)
"""Deeds that can be bent; the others are things."""

TOLD_BEFORE: Final = VERBS | {"court"}
"""Deeds that a clause tells of, before one that looks back: "ruled, reversing an earlier verdict"."""

DONE: Final = _set(
    "sign ratify force start held approve impose issue announce propose negotiate suspend lift revoke met"
    " find change"
)
THINGS: Final = (
    VERBS - DONE - _set("visit build invest buy nationalise produce appoint takeover leaders halt")
)
"""Of these, what is mostly named by nouns: "no agreement was signed"."""

MADE: Final = _set("impose approve issue start")
"""Of these, what makes its thing: a ban that is not imposed is none."""

MADE_OF: Final = 20  # characters between what is not done and what would come of it
UNMADE: Final = 60  # the same where the thing comes first

NONE: Final = frozenset[str]()
"""What an infinitive bends beside itself: in "signed a treaty to secure supplies" all is signed."""

GATHERINGS: Final = _set("summit visit delegation forum meeting met election vote negotiate")
"""What a deed can be done at: named so ("signed during the visit"), it is not what was done."""


def _look_back(
    whole: str, here: Sequence[Mention], place: tuple[int, int], *, past: bool
) -> tuple[Sequence[Mention], bool]:
    """The mentions of a sentence that looks back, and whether all of it does; `place` is up to that word.

    A clause at its end does so alone: "signed a decree, after parliament took the mines last year". The
    deeds in that clause are told of no more than as what was.
    """
    begins = max([whole.rfind(mark, *place) for mark in _CLAUSE])
    if not any(m.start < begins and m.concept.word in TOLD_BEFORE and m.concept.kind == "act" for m in here):
        return here, True
    return [m for m in here if m.concept.kind != "act" or m.start < begins], past


def _year(article: Article, days: Days) -> int:
    """The year of a story, or in its first weeks the one before; undated, that of the first day it names."""
    if article.published:
        return (article.published - FRESH).year
    named = next(iter((*days.title, *days.text)), None)
    return (named.day - FRESH).year if named else 0


def _recent(article: Article, days: Days) -> list[int]:
    """Where the text names days about its own: what was done then is news, whatever years stand beside."""
    if not article.published:
        return []
    today = article.published.date()
    return [found.start for found in days.text if abs(found.day - today) <= NEWS]


def _looks_back(sentence: str, year: int) -> bool:
    """Whether a sentence names years, and only such as are before `year` (0: not known)."""
    if not year or not ("19" in sentence or "20" in sentence):
        return False
    years = [int(one) for one in _YEAR.findall(sentence)]
    return bool(years) and max(years) < year
