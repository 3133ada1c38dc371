"""What speaks for two stories reporting one happening, and against: measured, not yet weighed.

Each kind of evidence is a number that `likeness` multiplies with its weight; what is not there to be compared
says nothing (0).
"""

import math
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from bot.core.events import common
from bot.core.events.sketch import Sketch, Weighed
from bot.core.events.terms import WORD, number_term
from bot.core.words import Instrument, Stage

if TYPE_CHECKING:
    from bot.core.events.features import Features

_SAME_DAYS: Final = 2  # apart, and the two may well tell of one day
_OTHER_DAYS: Final = 7  # apart, and they hardly do
_DAY: Final = timedelta(days=1)
_EVERYWHERE: Final = frozenset(
    f"country.{power}" for power in ("US", "CN", "RU", "EU")
)  # in half of all news
_PAST: Final = 4  # years back, and it is told for what came before
_PLANNED: Final = 2  # years ahead, and it is a target
_DAYS_OF_NEWS: Final = 3  # later hardly anybody reports for the first time
_NAMES_ENOUGH: Final = 3
_MOST_NAMES: Final = 6  # more than these make it no surer
_TWO: Final = 2
_SOME_NUMBERS: Final = 0.5  # rarity: two numbers of two digits, or one that is large
_MANY_NUMBERS: Final = 3
_ONE_SIZE: Final = 100.0  # so many times as large, and it is an amount of something else
_TOLD: Final = 0.25
_SMOOTH_CONCEPTS: Final = 1.0  # added to the product of norms: little shared by short texts is no proof
_SMOOTH_RARE: Final = 4.0
_SMOOTH_PLACES: Final = 0.5
_SMOOTH_NUMBERS: Final = 0.7
_TALK: Final = frozenset[str]({Instrument.STATEMENT, Instrument.OTHER})  # two statements are not one act
_PAPERS: Final = frozenset[str](  # what states sign with each other: who signs makes it this one
    {Instrument.TREATY, Instrument.AGREEMENT, Instrument.MOU, Instrument.JOINT_VENTURE}
)
_DEALS: Final = frozenset[str]({  # what is put into a mine, told as the one or as the other
    Instrument.AGREEMENT, Instrument.FINANCING, Instrument.INFRASTRUCTURE, Instrument.INVESTMENT,
    Instrument.JOINT_VENTURE, Instrument.OFFTAKE, Instrument.STAKE_SALE,
})  # fmt: skip
_BEFORE: Final = frozenset[str]({Stage.PROPOSED, Stage.NEGOTIATED})
_DONE: Final = frozenset[str]({Stage.SIGNED, Stage.RATIFIED, Stage.IN_FORCE})
_OVER: Final = frozenset({Stage.SUSPENDED, Stage.ENDED})
_MEETINGS: Final = frozenset[str]({Instrument.SUMMIT, Instrument.VISIT})
_MANY_STATES: Final = 3  # of the five
_HEADS: Final = frozenset(f"person.{head}" for head in (
    "tokayev", "mirziyoyev", "japarov", "rahmon", "berdimuhamedov", "gurbanguly",
))  # fmt: skip
_OF_ITS_OWN: Final = frozenset({  # a remark has its own, and they contradict nothing; see `remarks`
    "another step", "mineral of one title", "one tells of no act", "other acts", "other minerals",
    "other names", "other names in titles", "other parties",
})  # fmt: skip


def evidence(one: "Features", other: "Features") -> Iterator[tuple[str, float]]:
    """Compare two stories kind by kind; the same whichever is named first."""
    remarked = one.sketch.remark or other.sketch.remark
    for compare in (_told, _named, _counted, _about, _done, _timed):
        for kind, amount in compare(one, other):
            if not (remarked and kind in _OF_ITS_OWN):
                yield kind, amount


def _told(one: "Features", other: "Features") -> Iterator[tuple[str, float]]:
    """What the two texts share; words are compared within one language."""
    left, right = one.sketch, other.sketch
    same = one.lang == other.lang
    rare = []
    for term in one.terms.keys() & other.terms.keys():
        if term[0] == WORD and not same:
            continue
        mine, others = one.terms[term], other.terms[term]
        if mine >= common.WORD and others >= common.WORD:
            rare.append(math.sqrt(mine * others))
    both = left.actors & right.actors  # but not bodies: their names are among the terms, and are weekly news
    rare += [math.sqrt(one.concepts[name] * other.concepts[name]) for name in both]
    # Of the story that says less, how much does the other say too: a teaser against a long report.
    least = min(left.rare, right.rare) if same else min(left.rare_without_words, right.rare_without_words)
    yield "nothing rare", float(not rare)
    yield "rare terms", min(1.0, math.fsum(rare) / (least + _SMOOTH_RARE))
    shared = one.concepts.keys() & other.concepts.keys()
    concepts = math.fsum(one.concepts[name] * other.concepts[name] for name in shared)
    yield "concepts", concepts / (left.norm_of_concepts * right.norm_of_concepts + _SMOOTH_CONCEPTS)


def _named(one: "Features", other: "Features") -> Iterator[tuple[str, float]]:
    """Names: two happenings of one kind differ in just these, and in numbers."""
    left, right = one.sketch, other.sketch
    yield "names", min(_MOST_NAMES, len(left.names & right.names)) / _MOST_NAMES
    # A name may be spelled otherwise, or be translated, in another language: there its lack says little.
    if one.lang == other.lang:
        enough = min(len(left.names), len(right.names)) >= _NAMES_ENOUGH
        # Where it begins a sentence a name weighs less, and is one all the same.
        if enough and not left.names & right.named and not right.names & left.named:
            yield "other names", 1.0
        titled = left.title_names and right.title_names
        if titled and not left.title_names & right.names and not right.title_names & left.names:
            yield "other names in titles", 1.0
    if _title_told(one, other):
        yield "name in a title", 1.0
    # One sum of money says more than a city that one of the two tells of besides.
    if not set(one.money) & set(other.money) and (_elsewhere(left, right) or _elsewhere(right, left)):
        yield "another city", 1.0


def _title_told(one: "Features", other: "Features") -> bool:
    """Whether a name of the one title is in the other story, and neither title names only what the other
    story does not tell of.

    What is in a title is what a story is about. But mines and firms come again from year to year: where
    neither story is dated, or days lie between the two, it says nothing.
    """
    left, right = one.sketch, other.sketch
    if not (one.when or other.when):
        return False
    mine, others = left.title_names & right.named, right.title_names & left.named
    if not (mine or others):
        return False
    untold = (left.title_names and not mine) or (right.title_names and not others)
    if untold and one.lang == other.lang:
        return False
    return (days_apart(one, other) or 0) <= _DAYS_OF_NEWS


def _elsewhere(one: Sketch, other: Sketch) -> bool:
    """Whether the title of one story names a city, and the other story names others and not that one.

    A capital abroad that begins a title may be a government: where the other story tells of its state, the
    two say nothing of where.
    """
    if not one.title_cities or not other.cities or one.title_cities & other.cities:
        return False
    return not (one.title_seats & other.partners or other.title_seats & one.partners)


def _counted(one: "Features", other: "Features") -> Iterator[tuple[str, float]]:
    """Numbers, rounds and sums of money."""
    left, right = one.sketch, other.sketch
    if left.title_numbers & right.title_numbers:
        yield "numbers in titles", 1.0
    elif left.title_numbers & right.rarity.keys() or right.title_numbers & left.rarity.keys():
        yield "numbers in titles", _TOLD  # what one title counts, the other story tells
    elif any(mine and others for mine, others in _kinds(left, right)):
        yield "other numbers in titles", 1.0
    sums = set(one.money) & set(other.money)
    if same := _same_numbers(left, right, {number_term(float(money.split()[0])) for money in sums}):
        yield "numbers", same
    elif min(len(left.numbers), len(right.numbers)) >= _MANY_NUMBERS and not left.numbers & right.numbers:
        yield "other numbers", 1.0
    if left.rounds and right.rounds and left.rounds.isdisjoint(right.rounds):
        held = [{_kind_of(which) for which in rounds} for rounds in (left.rounds, right.rounds)]
        yield "another round", float(not held[0].isdisjoint(held[1]))
    numbered = left.rounds and right.rounds
    if numbered and (_of_another_round(left, right) or _of_another_round(right, left)):
        yield "round of one title", 1.0
    if sums:
        yield "amounts", 1.0
    if left.sizes and right.sizes and not left.amounts & right.amounts and _of_one_size(left, right):
        yield "other amounts", 1.0


def _of_another_round(one: Sketch, other: Sketch) -> bool:
    """Whether the title of one story says which of many it is, and the other story names only others.

    What a text names besides may be the round before; of its title's kind it names the title's round too.
    """
    for kind in {_kind_of(which) for which in one.title_rounds}:
        others = {which for which in other.rounds if _kind_of(which) == kind}
        if others and others.isdisjoint(one.title_rounds):
            return True
    return False


def _kind_of(which: str) -> str:
    """What is held, of a round: "summit" of the second summit."""
    return which.partition(" ")[2]


def _of_one_size(one: Sketch, other: Sketch) -> bool:
    """Whether amounts of two stories could be of one thing: pounds of ore contradict no profit in tenge."""
    return any(
        max(mine, others) <= _ONE_SIZE * min(mine, others) for mine in one.sizes for others in other.sizes
    )


def _kinds(one: Sketch, other: Sketch) -> list[tuple[bool, bool]]:
    """Which kinds of numbers the two titles hold. Of a remark only years: a price moves by its own."""
    kinds = list(zip(one.title_kinds, other.title_kinds, strict=True))
    return kinds[:1] if one.remark or other.remark else kinds


def _same_numbers(one: Sketch, other: Sketch, sums: Collection[str]) -> float:
    """Of the story that counts less, how much the other counts too, 0 to 1; 0 where it may be chance.

    Rare numbers say more. `sums` of money that both name are no matter: they speak for themselves.
    """
    same = math.fsum(one.rarity[number] for number in one.rarity.keys() & other.rarity.keys() - sums)
    if same < _SOME_NUMBERS:
        return 0.0
    least = min(it.rarest - math.fsum(it.rarity.get(told, 0.0) for told in sums) for it in (one, other))
    return same / (least + _SMOOTH_NUMBERS)


def _about(one: "Features", other: "Features") -> Iterator[tuple[str, float]]:
    """People, places and minerals."""
    left, right = one.sketch, other.sketch
    many = _of_many(one, other)
    if left.people and right.people:
        same = len(left.people & right.people)
        if same:
            yield "people", same / min(len(left.people), len(right.people))
        elif not many or (left.people - _HEADS and right.people - _HEADS):
            yield "other people", 1.0
    if one.places and other.places:
        both = len(set(one.places) & set(other.places))
        yield "places", both / (min(len(one.places), len(other.places)) + _SMOOTH_PLACES)
    if not many and _with_others(left, right):
        yield "other partners", 1.0
    if _of_another(left, right) or _of_another(right, left):
        yield "another of the five", 1.0
    yield "other minerals", _unlike(left.minerals, right.minerals)
    if _untold(left.title_minerals, right.minerals) or _untold(right.title_minerals, left.minerals):
        yield "mineral of one title", 1.0
    if left.title_goods and right.title_goods and not left.title_goods & right.title_goods:
        yield "other goods", 1.0


def _of_many(one: "Features", other: "Features") -> bool:
    """Whether both tell of a meeting of three and more of the five, of which each report has its own guests
    and follows a head of its own."""
    both = one.sketch.five & other.sketch.five
    return one.act == other.act and one.act in _MEETINGS and len(both) >= _MANY_STATES


def _with_others(one: Sketch, other: Sketch) -> bool:
    """Whether two stories tell of other partners: those of a title, where it names some, else all.

    What both name further down is no matter, unless all partners of the one are told by the other.
    """
    mine, others = (story.title_partners or story.partners for story in (one, other))
    return bool(mine and others) and not (mine & others or mine <= other.partners or others <= one.partners)


def _of_another(one: Sketch, other: Sketch) -> bool:
    """Whether the title of one story names some of the five, and the other story others of them."""
    return bool(one.title_five and other.five and not one.title_five & other.five)


def _untold(titled: Collection[str], told: Weighed) -> bool:
    """Whether a title names minerals, and the other story none of these."""
    return bool(titled) and told.weights.keys().isdisjoint(titled)


def _unlike(one: Weighed, other: Weighed) -> float:
    """How much the one that names fewer names what the other does not: a list is like its first lines."""
    if not one.weights or not other.weights:
        return 0.0
    both = one.weights.keys() & other.weights.keys()
    if not both:
        return 1.0
    held = (math.fsum(story.weights[name] ** 2 for name in both) / story.norm**2 for story in (one, other))
    return max(0.0, round(1.0 - max(held), 6))


def _done(one: "Features", other: "Features") -> Iterator[tuple[str, float]]:
    """What was done, by whom."""
    if one.act and other.act:
        if one.act == other.act and one.act not in _TALK:
            yield "act", 1.0
        both = {one.act, other.act}
        if set(one.acts).isdisjoint(other.acts) and not (both <= _PAPERS or both <= _DEALS):
            yield "other acts", 1.0
        stages = {one.stage, other.stage}
        if stages & _BEFORE and stages & _DONE and both != {Instrument.DISCOVERY}:  # none plans a find
            yield "another step", 1.0
    elif one.act or other.act:
        yield "one tells of no act", 1.0
    turns = {one.sketch.turn, other.sketch.turn}
    if "" not in turns:  # both titles say it
        yield "turned", float(len(turns) > 1)
    elif _deed(one) and _deed(other) and (one.stage in _OVER) != (other.stage in _OVER):
        yield "opposed", 1.0
    left, right = set(one.parties), set(other.parties)
    if left and right:
        yield "other parties", 1.0 - len(left & right) / len(left | right)
        papers = {one.act, other.act} <= _PAPERS and min(len(left), len(right)) > 1
        if left != right and (papers or len(left) == len(right) == _TWO):
            yield "act of other parties", 1.0


def _deed(story: "Features") -> bool:
    """Whether the main act of a story is something done, and not said."""
    return bool(story.act) and story.act not in _TALK


def _timed(one: "Features", other: "Features") -> Iterator[tuple[str, float]]:
    """When the two came, and the days that they name.

    What happened is told within hours, or on the day after: that two came close together speaks for one
    event, that they came in one week does not.
    """
    left, right = one.sketch, other.sketch
    if left.told_days & right.told_days:
        yield "day", 1.0
    if left.years and right.years and max(left.years) != max(right.years):
        yield "other year", float(not (_beside(one, other) or _beside(other, one)))
    if one.when and other.when:
        apart = abs(one.when - other.when) / _DAY
        yield "same day", max(0.0, 1.0 - apart)
        yield "came apart", min(1.0, max(0.0, (apart - 1.0) / (_DAYS_OF_NEWS - 1.0)))
        if apart <= 1.0 and left.partners & right.partners - _EVERYWHERE:
            yield "partner in a day", 1.0
    elif (gap := days_apart(one, other)) is not None:
        yield "other time", min(1.0, max(0.0, (gap - _SAME_DAYS) / (_OTHER_DAYS - _SAME_DAYS)))
        yield "near days", float(gap < _OTHER_DAYS)


def _beside(one: "Features", other: "Features") -> bool:
    """Whether the last year that an undated story names is far from the day the other came.

    Then it is the past that the undated one tells beside, or what is planned, and says nothing of when.
    """
    if one.when or other.when is None:
        return False
    return not -_PAST < max(one.sketch.years) - other.when.year < _PLANNED


def days_apart(one: "Features", other: "Features") -> int | None:
    """Days between two stories, as far as can be told; None where they cannot.

    Between the moments they came where both are known, else between the nearest two days that they name,
    where a moment known counts as a day named.
    """
    left, right = one.sketch.days, other.sketch.days
    if not left or not right:
        return None
    if all(isinstance(day, date) for day in left | right):
        return min(
            abs((a - b).days) for a in left for b in right if isinstance(a, date) and isinstance(b, date)
        )
    return min(_round_the_year(a, b) for a in left for b in right)


def _round_the_year(one: date | str, other: date | str) -> int:
    """Days between two days of the year, whatever the years."""
    places = [
        date.fromisoformat(f"2024-{day}" if isinstance(day, str) else f"2024-{day:%m-%d}").timetuple().tm_yday
        for day in (one, other)
    ]
    apart = abs(places[0] - places[1])
    return min(apart, 366 - apart)
