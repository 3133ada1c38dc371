"""Which countries, minerals, people and bodies a story is about, by the weight of their mentions."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.core.concepts import Packs
from bot.core.lexicon import Mention
from bot.core.scoring import LEAD
from bot.core.words import FIVE

# How much a mention of each kind says that the story is about the country it speaks for.
SPEAKS: Final = {"country": 1.0, "people": 0.8, "place": 0.7, "person": 0.7, "body": 0.7}
ENTITIES: Final = frozenset({*SPEAKS, "region", "mineral"})
ENOUGH: Final = 0.5  # weight from which on a country or mineral is more than named
SHARE: Final = 0.3  # of the weightiest one's weight, to stand beside it
REGION: Final = "C5"
GATHERINGS: Final = frozenset({"act.summit", "act.leaders"})
BY_NAME: Final = frozenset({"country", "people", "person", "body"})  # a place may only be where they met
RARE_EARTHS: Final = "rare earths"


class Entities(NamedTuple):
    """Names as the decision carries them."""

    countries: tuple[str, ...]
    minerals: tuple[str, ...]
    places: tuple[str, ...]
    people: tuple[str, ...]
    bodies: tuple[str, ...]


def entities(
    mentions: Sequence[Mention], packs: Packs, *, about_region: bool, about_minerals: bool, home: str
) -> Entities:
    """The entities of a story; countries of the five and minerals only when it is about such."""
    countries: dict[str, float] = {}
    minerals: dict[str, float] = {}
    people: dict[str, None] = {}
    bodies: dict[str, None] = {}
    titled: set[str] = set()
    named_in_title: set[str] = set()
    gatherings = [m for m in mentions if m.concept in GATHERINGS and not m.set_aside and m.weight >= LEAD]
    gathers = any(m.field == "title" for m in gatherings)
    for mention in mentions:
        if mention.kind not in ENTITIES or mention.set_aside:
            continue
        concept = packs.concepts[mention.concept]
        if mention.kind in SPEAKS or mention.kind == "region":
            # "Central Asia" is a place; only where its leaders gather are the five of them meant.
            meant = mention.concept != "region.C5" or (gatherings and mention.field == "title")
            for code in concept.of if meant else ():
                countries[code] = countries.get(code, 0.0) + mention.weight * SPEAKS.get(mention.kind, 1.0)
                if mention.field == "title":
                    titled.add(code)
                    if mention.kind in BY_NAME and not gathers:
                        named_in_title.add(code)
        if mention.kind == "mineral":
            minerals[concept.value] = minerals.get(concept.value, 0.0) + mention.weight
        elif mention.kind == "person":
            people[concept.id] = None
        elif mention.kind == "body":
            bodies[concept.id] = None
    named = sorted(code for code, weight in countries.items() if weight >= ENOUGH and code != REGION)
    return Entities(
        _five(countries, titled, named_in_title, home) if about_region else (),
        _weighty(minerals) if about_minerals else (),
        tuple(named),
        tuple(sorted(people)),
        tuple(sorted(bodies)),
    )


def _five(
    countries: dict[str, float], titled: set[str], named_in_title: set[str], home: str
) -> tuple[str, ...]:
    """The countries of the five that matter, at best those that the title speaks of.

    The region stands for all of them, unless the title names one; home counts when nothing else does.
    """
    ours = {code: countries[code] for code in FIVE if code in countries}
    most = max(ours.values(), default=0.0)
    found = [code for code, weight in ours.items() if weight >= max(ENOUGH, SHARE * most) or code in titled]
    region = countries.get(REGION, 0.0)
    if (REGION in titled or (region > most and not titled & set(FIVE))) and not named_in_title & set(FIVE):
        return FIVE
    return tuple(found) or ((home,) if home in FIVE else ())


def _weighty(minerals: dict[str, float]) -> tuple[str, ...]:
    most = max(minerals.values(), default=0.0)
    return tuple(sorted(name for name, weight in minerals.items() if weight >= SHARE * most))
