"""What follows from the features of a story and is needed again and again."""

import math
from bisect import bisect
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.core.events import common
from bot.core.events.cities import cities_of
from bot.core.events.goods import goods_of
from bot.core.events.terms import DAY, NAME, NUMBER, REMARK, ROUND, SEAT, TURN, WORD
from bot.core.words import FIVE

_WEIGHTY: Final = 0.6  # heads of state and the like weigh less, and are in stories of every kind
_MONTH_AND_DAY: Final = len("02-04")
_TERM_KEYS: Final = 16  # of a story's heaviest terms serve to find its neighbours,
_CONCEPT_KEYS: Final = 6  # and of its foremost concepts, alone and with its foremost countries:
_COUNTRY_KEYS: Final = 3  # the same act in the same country is worth a look, the same country alone is not
_KEY_CONCEPT: Final = 0.45
_TOGETHER: Final = 3  # of the five and more
_RARE: Final = 2.0
_NUMBER_KEYS: Final = 2
_AMOUNT: Final = 1e6
_KINDS: Final = (100, _AMOUNT)  # below: shares, ordinals, days; from: money, tonnes; between: counts
_FIVE: Final = frozenset(f"country.{code}" for code in FIVE)
_NO_PARTNERS: Final = _FIVE | {"country.seat"}  # Geneva and The Hague, where all meet
_FILLED_IN: Final = (NUMBER, DAY)  # what a form leaves blank
_YEARS: Final = range(1990, 2036)  # a number of these is taken for a year


@dataclass(frozen=True, slots=True)
class Weighed:
    """Concepts of one kind, with their weights and the norm of these."""

    weights: Mapping[str, float]
    norm: float


@dataclass(frozen=True, slots=True)
class Sketch:
    """See the module."""

    keys: frozenset[str]  # its block keys
    form: int  # what it says, but for numbers and days: equal for stories that differ in these alone
    norm_of_concepts: float
    rare: float  # the weight of what is not everybody's, of all terms
    rare_without_words: float
    names: frozenset[str]  # of full weight
    named: frozenset[str]  # of any weight
    title_names: frozenset[str]
    numbers: frozenset[str]  # of two digits or more
    rarity: Mapping[str, float]  # of those that count something; see `common.number_rarity`
    rarest: float  # the sum of these
    title_numbers: frozenset[str]  # of any length
    title_kinds: tuple[bool, ...]  # whether a year is among these, a small number, a count, an amount
    amounts: frozenset[str]  # numbers of a million and more: money, tonnes, people
    sizes: tuple[float, ...]  # of these
    years: frozenset[int]
    rounds: frozenset[str]  # the second summit, the third auction, the first reading
    title_rounds: frozenset[str]  # those of its title
    minerals: Weighed
    title_minerals: frozenset[str]
    people: frozenset[str]  # heads of state included
    cities: frozenset[str]  # of meetings; see `cities`
    title_cities: frozenset[str]  # one, or none: two in a title are two governments
    title_seats: frozenset[str]  # the state of the capital abroad that its title begins with
    partners: frozenset[str]  # countries besides the five
    title_partners: frozenset[str]  # those of its title
    five: frozenset[str]  # those of the five that it names or is about
    title_five: frozenset[str]
    turn: str  # of its title; see `turns`
    remark: bool  # see `remarks`
    actors: frozenset[str]  # people of weight
    title_goods: frozenset[str]  # see `goods`
    told_days: frozenset[str]  # that the text names, "02-04"
    days: frozenset[date | str]  # when it came, else the days it names


def sketch(
    *,
    lang: str,
    terms: Mapping[str, float],
    titled: Collection[str],
    concepts: Mapping[str, float],
    days: Collection[str],
    places: Collection[str],
    came: date | None,
) -> Sketch:
    """Measure a story once; the parameters are those of `Features`."""
    names = frozenset(term for term, weight in terms.items() if term[0] == NAME and weight >= common.NAME)
    numbers = frozenset(term for term in terms if term[0] == NUMBER)
    told: set[date | str] = {day if len(day) == _MONTH_AND_DAY else date.fromisoformat(day) for day in days}
    rare = {term: weight for term, weight in terms.items() if weight >= common.WORD}
    rounds = frozenset(term for term in terms if term[0] == ROUND)
    # The 14th conference is the name of one, and no count.
    which = {f"{NUMBER}{of[1:].partition(' ')[0]}" for of in rounds}
    rarity = {term: common.number_rarity(float(term[1:])) for term in numbers - which}
    amounts = frozenset(term for term in numbers if float(term[1:]) >= _AMOUNT)
    title_cities = cities_of(titled)
    five = _FIVE.intersection(concepts) | _FIVE.intersection(f"country.{code}" for code in places)
    return Sketch(
        keys=_keys(terms, concepts, together=len(five) >= _TOGETHER),
        form=hash(frozenset((lang, *concepts, *(term for term in terms if term[0] not in _FILLED_IN)))),
        norm_of_concepts=_norm(concepts.values()),
        rare=math.fsum(rare.values()),
        rare_without_words=math.fsum(weight for term, weight in rare.items() if term[0] != WORD),
        names=names,
        named=frozenset(term for term in terms if term[0] == NAME),
        title_names=names & frozenset(titled),
        numbers=numbers & rare.keys(),
        rarity={term: rarely for term, rarely in rarity.items() if rarely},
        rarest=math.fsum(rarity.values()),
        title_numbers=numbers & frozenset(titled),
        title_kinds=_kinds(float(term[1:]) for term in numbers & frozenset(titled)),
        amounts=amounts,
        sizes=tuple(sorted(float(term[1:]) for term in amounts)),
        rounds=rounds,
        title_rounds=rounds & frozenset(titled),
        years=frozenset(_years(terms, days)),
        minerals=_weighed(concepts, "mineral"),
        title_minerals=frozenset(term for term in titled if term.startswith("mineral.")),
        people=_of_kind(concepts, "person"),
        cities=cities_of(terms),
        title_cities=title_cities if len(title_cities) == 1 else frozenset(),
        title_seats=frozenset(term[1:] for term in terms if term[0] == SEAT),
        partners=_of_kind(concepts, "country") - _NO_PARTNERS,
        title_partners=frozenset(term for term in titled if term.startswith("country.")) - _NO_PARTNERS,
        five=five,
        title_five=_FIVE.intersection(titled),
        turn=next((turn for turn in "+-" if f"{TURN}{turn}" in terms), ""),
        remark=REMARK in terms,
        title_goods=goods_of(titled),
        actors=_of_kind(concepts, "person", from_=_WEIGHTY),
        told_days=frozenset(day[-_MONTH_AND_DAY:] for day in days),
        days=frozenset({came} if came else told),
    )


def _years(terms: Iterable[str], days: Iterable[str]) -> Iterable[int]:
    """The years that a story names, alone or with a day."""
    for term in terms:
        if term[0] == NUMBER and term[1:].isdigit() and int(term[1:]) in _YEARS:
            yield int(term[1:])
    for day in days:
        if len(day) > _MONTH_AND_DAY:
            yield int(day[:4])


def _kinds(numbers: Iterable[float]) -> tuple[bool, ...]:
    """Which kinds of numbers there are: only numbers of one kind can contradict each other."""
    found = {"year" if number in _YEARS else bisect(_KINDS, number) for number in numbers}
    return tuple(kind in found for kind in ("year", *range(len(_KINDS) + 1)))


def _keys(terms: Mapping[str, float], concepts: Mapping[str, float], *, together: bool) -> frozenset[str]:
    """The heaviest terms that are not everybody's, the foremost concepts, and these with their countries.

    What is told of the five `together` has now one of them foremost and now another: "five" stands for all.
    """
    heaviest = sorted(terms, key=lambda term: (-terms[term], term[0] == WORD, term))[:_TERM_KEYS]
    foremost = sorted(concepts, key=lambda concept: (-concepts[concept], concept))
    countries = [concept for concept in foremost if concept.startswith("country.")][:_COUNTRY_KEYS]
    others = [
        concept for concept in foremost if concepts[concept] >= _KEY_CONCEPT and concept not in countries
    ]
    countries += ["five"] * together
    others = others[:_CONCEPT_KEYS]
    kept = [term for term in heaviest if terms[term] >= common.WORD]
    # Two that share a number of three digits, and a country, are worth a look whatever else they hold.
    rare = [term for term in kept if term[0] == NUMBER and common.number_rarity(float(term[1:])) >= _RARE]
    return frozenset(
        kept
        + others
        + [f"{country}&{other}" for country in countries for other in (*others, *rare[:_NUMBER_KEYS])]
    )


def _weighed(concepts: Mapping[str, float], *kinds: str) -> Weighed:
    weights = {concept: concepts[concept] for kind in kinds for concept in sorted(_of_kind(concepts, kind))}
    return Weighed(weights, _norm(weights.values()))


def _of_kind(concepts: Mapping[str, float], kind: str, *, from_: float = 0.0) -> frozenset[str]:
    return frozenset(c for c, weight in concepts.items() if c.startswith(f"{kind}.") and weight >= from_)


def _norm(weights: Iterable[float]) -> float:
    return math.sqrt(math.fsum(weight * weight for weight in weights))  # exact: the order is no matter
