"""Which countries, minerals, people and bodies a story is about, by the weight of their mentions."""

from collections.abc import Container, Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from bot.core.reading.concepts import SITE
from bot.core.reading.lexicon import Mention
from bot.core.weighing.scoring import LEAD
from bot.core.weighing.subjects import CAPITAL, OPENS
from bot.core.words import FIVE, THE_FIVE

# How much a mention of each kind says that the story is about the country it speaks for.
SPEAKS: Final = {"country": 1.0, "region": 1.0, "people": 0.8, "place": 0.7, "person": 0.7, "body": 0.7}
MAKER: Final = "maker"  # a firm known for a metal: it stands for that where a story names none
ENTITIES: Final = frozenset({*SPEAKS, "mineral", MAKER})
ENOUGH: Final = 0.5  # weight from which on a country or mineral is more than named
SHARE: Final = 0.3  # of the weightiest one's weight, to stand beside it
OPENING: Final = 300  # characters of a text: a mineral named there is told, however much is said of another
COMMA: Final = 2  # characters between two states: ", "
SIDE: Final = 6  # the same with an "and": ", and "
JOINED: Final = 5  # characters from a mineral to the one told in one breath with it: " and "
SPELLED: Final = 3  # letters of its name; a shorter one is of a script that says a whole story in so many
REGION: Final = "C5"
SOME: Final = "region.some"  # "a Central Asian state" is not the five of them
FORMAT: Final = "region.format"  # "C5+1"
DEED: Final = "state.deed"
MOST: Final = 4  # of the five named, where the title names their region: all are meant
FEW: Final = 2  # of the five named, from which on a story on the region is about those
SOME_METALS: Final = 3  # metals that a title names, from which on others want more than one word
MADE: Final = 1.6  # weight from which on a firm's metal is meant: its name in the title, or twice in the text
GROUPS: Final = {"PGM": ("platinum", "palladium")}  # a group is told of where none of its members is
GATHERINGS: Final = frozenset({"act.summit", "act.leaders"})
PACTS: Final = frozenset({"act.treaty", "act.agreement", "act.declaration", "act.memo", "act.friendship"})
BY_NAME: Final = frozenset({"country", "people", "person", "body"})  # a place may only be where they met
NAMES: Final = frozenset({"country", "people"})
PLACE: Final = "place"
THEIRS: Final = frozenset({"people", "person"})


class Entities(NamedTuple):
    """Names as the decision carries them."""

    countries: tuple[str, ...]
    minerals: tuple[str, ...]
    places: tuple[str, ...]
    people: tuple[str, ...]
    bodies: tuple[str, ...]


def entities(
    mentions: Sequence[Mention],
    *,
    about_region: bool,
    about_minerals: bool,
    home: str,
    acts: bool,
    governs: bool,
) -> Entities:
    """The entities of a story; countries of the five and minerals only when it is about such.

    `home` is one of them where it `acts`, or nothing else is. Of a story that `governs` nothing and is from
    elsewhere, only those count that its title speaks of, or that it names somebody by: a museum borrows
    from Tashkent, a player is "of Kazakhstan". Where it names one of them itself, another that only its
    cities speak for is where a match is played.
    """
    counted = [m for m in mentions if m.concept.kind in ENTITIES and not m.set_aside]
    spoken = _spoken(mentions, counted)
    named = sorted(code for code, weight in spoken.weights.items() if weight >= ENOUGH and code != REGION)
    five = _five(spoken, home, acts=acts) if about_region and (governs or home or spoken.told) else ()
    return Entities(
        five if governs else _without_hosts(five, spoken, home),
        _minerals(counted, _sites(mentions)) if about_minerals else (),
        tuple(named),
        tuple(sorted({m.concept.id for m in counted if m.concept.kind == "person"})),
        tuple(sorted({m.concept.id for m in counted if m.concept.kind == "body"})),
    )


class _Spoken(NamedTuple):
    """The countries that a story speaks of, with their weight, and how it does."""

    weights: dict[str, float]
    titled: set[str]  # the title speaks of them
    named_in_title: set[str]  # it names them, and is not about where somebody gathers
    by_name: set[str]  # they are named at all, and not only by a place or a person
    by_place: set[str]  # nothing but a place speaks for them
    regional: bool  # the title names the region
    some: set[str]  # the two or three that a story on the region names, where its title tells of no meeting
    beside: set[str]  # the lead names them side by side with one that the title names
    met: bool  # the title is about where somebody gathers, and names none of ours but by a place
    told: bool  # the title speaks of one of ours, the text begins with it, or somebody of theirs is named


def _spoken(mentions: Sequence[Mention], counted: Sequence[Mention]) -> _Spoken:
    title = _titled(mentions)
    gatherings = [m for m in mentions if m.concept.id in GATHERINGS and not m.set_aside and m.weight >= LEAD]
    gathers = any(m.field == "title" for m in gatherings)
    does = max([m.end for m in title if m.concept.id == DEED], default=0)  # where the deed of a title ends
    regional = any(REGION in m.concept.of for m in title)
    beside = _beside_titled(title, counted)
    told = any(
        m.concept.ours and (m.field == "title" or m.concept.kind in THEIRS or _begins(m)) for m in counted
    )
    met = gathers and not _names_ours(title)
    formal = gathers or any(m.concept.id == FORMAT for m in title)
    some = _named_few(counted) if regional and not formal else set()
    spoken = _Spoken({}, set(), set(), set(), set(), regional, some, beside, met, told)
    more: set[str] = set()
    for mention in counted:
        concept = mention.concept
        kind = concept.kind
        if kind in {"mineral", MAKER} or concept.id == SOME:
            continue
        titled = mention.field == "title"
        # "Central Asia" is a place; only where its leaders gather, or agree, are the five of them meant.
        if concept.id == "region.C5" and not (titled and (gatherings or _agrees(title))):
            continue
        share = mention.weight * SPEAKS[kind]
        for code in concept.of:
            spoken.weights[code] = spoken.weights.get(code, 0.0) + share
            if kind in NAMES:
                spoken.by_name.add(code)
            if kind != PLACE:
                more.add(code)
            if titled:
                spoken.titled.add(code)
                acts = mention.start < does and concept.id.endswith(CAPITAL)
                if (kind in BY_NAME or acts) and not gathers:
                    spoken.named_in_title.add(code)
    spoken.by_place.update(spoken.weights.keys() - more)
    return spoken


def _beside_titled(title: Sequence[Mention], counted: Sequence[Mention]) -> set[str]:
    """Those of the five whom the lead names beside one that the title names: "ministers of A, B and C".

    A comma joins where an "and" does too: a full stop is as long.
    """
    titled = {code for m in title if m.concept.kind in NAMES for code in m.concept.of} & THE_FIVE
    found: set[str] = set()
    run: set[str] = set()
    joined, ends = False, -1
    for m in counted:
        if m.field != "text" or m.weight < LEAD or m.concept.kind != "country":
            continue
        if not COMMA <= m.start - ends <= SIDE:
            run, joined = set(), False
        joined = joined or (bool(run) and m.start - ends > COMMA)
        run |= {*m.concept.of} & THE_FIVE
        ends = m.end
        if joined and run & titled:
            found |= run
    return found


def _named_few(counted: Sequence[Mention]) -> set[str]:
    """The two or three of the five that a story names as states; none where it names fewer or more."""
    named = {code for m in counted if m.concept.kind == "country" for code in m.concept.of} & THE_FIVE
    return named if FEW <= len(named) < MOST else set()


def _begins(mention: Mention) -> bool:
    """Whether a text begins with a state: "Kazakhstan's Elena Rybakina" plays for it, wherever she does."""
    return mention.field == "text" and mention.start <= OPENS and mention.concept.kind == "country"


def _titled(mentions: Sequence[Mention]) -> list[Mention]:
    """What counts of a title."""
    return [m for m in takewhile(lambda m: m.field == "title", mentions) if not m.set_aside]


def _agrees(title: Sequence[Mention]) -> bool:
    """Whether a title tells of something that is agreed."""
    return any(m.concept.id in PACTS for m in title)


def _names_ours(title: Sequence[Mention]) -> bool:
    """Whether a title names one of the five, and not only by a place."""
    return any(m.concept.kind in BY_NAME and not THE_FIVE.isdisjoint(m.concept.of) for m in title)


def _five(spoken: _Spoken, home: str, *, acts: bool) -> tuple[str, ...]:
    """The countries of the five that matter, at best those that the title speaks of.

    The region stands for all of them, unless the title names one, or nobody meets and the text names two or
    three; home counts when nothing else does, or it acts.
    """
    ours = {code: spoken.weights[code] for code in FIVE if code in spoken.weights}
    most = max(ours.values(), default=0.0)
    # Whom the lead names stands beside whoever is told of at length, unless the title names somebody.
    share = SHARE * most if spoken.named_in_title & THE_FIVE else min(LEAD, SHARE * most)
    least = max(ENOUGH, share)
    told = spoken.titled | spoken.beside
    found = [code for code, weight in ours.items() if weight >= least or code in told]
    if spoken.named_in_title & THE_FIVE:
        named = [code for code in found if code in spoken.titled or code in spoken.by_name]
        return tuple(code for code in FIVE if code in named or (acts and code == home))
    if spoken.regional and len(spoken.by_name & THE_FIVE) >= MOST:
        return FIVE
    region = spoken.weights.get(REGION, 0.0)
    alone = spoken.met and region >= LEAD
    if REGION in spoken.titled or alone or (region > most and not spoken.titled & THE_FIVE):
        return tuple(code for code in FIVE if code in spoken.some) or FIVE
    return tuple(code for code in FIVE if code in found or (code == home and (acts or not found)))


def _without_hosts(five: tuple[str, ...], spoken: _Spoken, home: str) -> tuple[str, ...]:
    """The countries of a story on nothing governed, without those that only give it a place."""
    hosts = {code for code in five if code in spoken.by_place and code != home}
    named = any(code in spoken.by_name for code in five)
    return tuple(code for code in five if code not in hosts) if named else five


class _Metals(NamedTuple):
    """The minerals that a story names."""

    weights: dict[str, float]
    bulk: set[str]  # those that are named in passing more often than not
    titled: set[str]  # those that the title names
    opening: set[str]  # those, but for such, that the text names where it opens
    pairs: list[tuple[str, str, bool]]  # "lead and zinc", and whether that opens the text
    outright: set[str]  # those named by more than a mine of theirs, or by one in the title


def _sites(mentions: Sequence[Mention]) -> frozenset[tuple[str, int, int]]:
    """Where the names of places and firms stand that are known for a metal."""
    return frozenset([(m.field, m.start, m.end) for m in mentions if m.concept.id == SITE])


def _metals(counted: Sequence[Mention], sites: Container[tuple[str, int, int]]) -> _Metals:
    found = _Metals({}, set(), set(), set(), [], set())
    before: Mention | None = None
    for mention in [m for m in counted if m.concept.kind == "mineral"]:
        name = mention.concept.value
        if before and _is_again(before, mention):
            continue
        found.weights[name] = found.weights.get(name, 0.0) + mention.weight
        if before and _is_beside(before, mention):
            opens = before.concept.bulk and mention.start < OPENING
            found.pairs.append((before.concept.value, name, opens))
        before = mention
        if mention.field == "title" or (mention.field, mention.start, mention.end) not in sites:
            found.outright.add(name)
        if mention.field == "title":
            found.titled.add(name)
        if mention.concept.bulk:
            found.bulk.add(name)
        elif mention.field == "text" and mention.start < OPENING and mention.end - mention.start >= SPELLED:
            found.opening.add(name)
    return found


def _minerals(counted: Sequence[Mention], sites: Container[tuple[str, int, int]]) -> tuple[str, ...]:
    """The minerals that matter: by their share of the weightiest one's weight, or named where the text opens.

    One of bulk only where the title names it, or just who makes it, or the text more than once, or the lead
    no other, or where the text opens with two of them side by side. Where none is told, that which the firm
    makes that the title names, or the text twice. A title that names some is about those. What only the name
    of a mine in the text stands for is told where no metal is outright: the ore's buyer may own Grasberg.
    """
    weights, bulk, titled, opening, pairs, outright = _metals(counted, sites)
    least = SHARE * max(weights.values(), default=0.0)
    told = {n for n, w in weights.items() if n in opening or (w >= least and (w > LEAD or n not in bulk))}
    told = told or {n for n, w in weights.items() if w >= LEAD}
    for one, other, opens in pairs:
        if opens or one in told or other in told:
            told |= {one, other}
    if len(titled) >= SOME_METALS:
        told = {n for n in told if n in titled or weights[n] > LEAD}
    made = _made(counted)
    told = (told | (set() if titled else made & bulk)) or made
    for group, members in GROUPS.items():
        if group in told and not weights.keys().isdisjoint(members):
            told = (told | (weights.keys() & {*members})) - {group}
    return tuple(sorted(told & outright or told))


def _made(counted: Sequence[Mention]) -> set[str]:
    """The minerals that the firms make which a title names, or a text more than once."""
    weights: dict[str, float] = {}
    for mention in [m for m in counted if m.concept.kind == MAKER]:
        weights[mention.concept.value] = weights.get(mention.concept.value, 0.0) + mention.weight
    return {name for name, weight in weights.items() if weight >= MADE}


def _is_again(one: Mention, other: Mention) -> bool:
    """Whether two mentions of one mineral are of the same words: an alumina refinery of its town."""
    return one.concept is other.concept and one.field == other.field and other.start < one.end


def _is_beside(one: Mention, other: Mention) -> bool:
    """Whether two minerals are told in one breath: by one phrase, or both of bulk, with "and" between."""
    if one.field != other.field:
        return False
    in_bulk = one.concept.bulk and other.concept.bulk
    return other.start == one.start or (in_bulk and other.start - one.end <= JOINED)
