"""Whose action it is: the states that act or sign, as far as the title and the sentence name them."""

from collections.abc import Sequence
from typing import Final

from bot.core.actions import rules
from bot.core.actions.deeds import Told
from bot.core.actions.held import SPEAK_FOR_STATES, homes, states
from bot.core.reading.lexicon import Mention
from bot.core.story import Article
from bot.core.weighing.home import Home, is_partner
from bot.core.words import THE_FIVE, Instrument

PLACES: Final = frozenset({"place"})
TWO: Final = 2
MEDIATED: Final = 4  # characters between who brings others together and the word that says so
AND: Final = 5  # characters: ", ", " and ", " және "
DASHES: Final = frozenset("-–—")
RIVALS: Final = frozenset({"CN", "RU"})  # papers of others are said to be signed against them
IMPOSERS: Final = frozenset({"US", "EU", "GB", "UA", "CA", "JP", "AU", "CH", "CN", "RU"})


def parties_of(
    article: Article, instrument: Instrument, near: Sequence[Told], lead: Sequence[Told], home: Home
) -> tuple[str, ...]:
    """The parties of an action, sorted: those of title and sentence (`near`), else of the `lead`.

    Where no state is named, or only the other side of a deal, `home` goes without saying.
    """
    if instrument is Instrument.STATEMENT and (two := _side_by_side(near)):
        return two
    near, lead = (_but_routes(article, instrument, found) for found in (near, lead))
    parties = _named_by(instrument, near) or _named_by(instrument, lead) or _share_works(near) or _where(lead)
    least = TWO if instrument in rules.BETWEEN else 1
    venues = [*_venues(article, near, home.at), *_mediators(near)] if len(parties) > least else []
    if venues:
        others = _named_by(instrument, [_without(one, venues) for one in near])
        parties = others if len(others) >= least else parties
    if not parties:
        return (home.country,) if home.country else ()
    if home.along and instrument in rules.BETWEEN and len(parties) == 1:
        return _with_home(article, parties[0], near, home.country, home.along)
    return parties


def _side_by_side(near: Sequence[Told]) -> tuple[str, ...]:
    """The two states that a title names side by side, and no third: what is said is said of both."""
    named = [
        m
        for one in near
        for m in one.mentions
        if one.field == "title" and m.concept.kind in SPEAK_FOR_STATES and len(m.concept.of) == 1
    ]
    codes = {m.concept.of[0] for m in named} - {"C5"}
    if len(codes) != TWO or len(named) != TWO:
        return ()
    return tuple(sorted(codes)) if 0 < named[1].start - named[0].end <= AND else ()


def _bodies(sentences: Sequence[Told], but: frozenset[str]) -> list[tuple[str, ...]]:
    """The states of each body that is named, but for banks that belong to many, and for these."""
    return [
        m.concept.of
        for one in sentences
        for m in one.mentions
        if m.concept.kind == "body" and m.concept.id not in rules.LENDERS | but
    ]


def _offices(sentences: Sequence[Told]) -> list[str]:
    """The states that a title names by an office which acts for them: "DFC and Uzbekistan"."""
    return [
        code
        for one in sentences
        if one.field == "title"
        for m in one.mentions
        if m.concept.id in rules.OFFICES
        for code in m.concept.of
    ]


def _share_works(near: Sequence[Told]) -> tuple[str, ...]:
    """The states whose common work is named ("Kambarata-1"): theirs where no other word names a state."""
    return tuple(sorted({code for of in _bodies(near, but=frozenset()) for code in of}))


def _but_routes(article: Article, instrument: Instrument, sentences: Sequence[Told]) -> Sequence[Told]:
    """The sentences without the states that but name a line, where they name another: "the A-B-C railway"."""
    if instrument not in rules.MEETS:
        return sentences  # what is built or paid for is theirs
    routes = [m for one in sentences if "infra" in one.names for m in _route(article, one)]
    if not routes:
        return sentences
    others = [_without(one, routes) for one in sentences]
    return others if len(_named_by(instrument, others)) >= TWO else sentences


def _route(article: Article, sentence: Told) -> list[Mention]:
    """Three states or more in a row with dashes between them."""
    text = article.title if sentence.field == "title" else article.text
    named = [m for m in sentence.mentions if m.concept.kind == "country"]
    rows: list[list[Mention]] = []
    for one in named:
        if rows and text[rows[-1][-1].end : one.start].strip() in DASHES:
            rows[-1].append(one)
        else:
            rows.append([one])
    return [m for row in rows if len(row) > TWO for m in row]


def _venues(article: Article, near: Sequence[Told], at: tuple[str, ...]) -> list[Mention]:
    """The states in which, as sentences say, something was done: "signed in Tokyo"."""
    return [
        m
        for sentence in near
        for m in sentence.mentions
        if m.concept.kind == "country" and THE_FIVE.isdisjoint(m.concept.of) and _is_venue(article, m, at)
    ]


def _without(sentence: Told, venues: Sequence[Mention]) -> Told:
    """A sentence that does not name them."""
    return sentence._replace(mentions=tuple([m for m in sentence.mentions if m not in venues]))


def _mediators(near: Sequence[Told]) -> list[Mention]:
    """The states that bring others together: "US-brokered", "при посредничестве США"."""
    return [
        m
        for sentence in near
        for deed in sentence.deeds
        if deed.name == "mediate"
        for m in sentence.mentions
        if m.concept.kind in SPEAK_FOR_STATES and max(deed.start - m.end, m.start - deed.end) <= MEDIATED
    ]


def _is_venue(article: Article, name: Mention, at: tuple[str, ...]) -> bool:
    """Whether a name is where, and not where to: a mark may say how it ends then ("в ~е")."""
    text = article.title if name.field == "title" else article.text
    said = text[name.start : name.end].lower()
    marks = (mark.partition("~") for mark in at)
    return is_partner(article, name, tuple(mark for mark, _, end in marks if said.endswith(end)))


def _named_by(instrument: Instrument, near: Sequence[Told]) -> tuple[str, ...]:
    """The states that act or sign, as far as the title and the sentence name them."""
    # "Central Asia" in passing is no party; at a summit its five states are.
    kinds = SPEAK_FOR_STATES if instrument is Instrument.SUMMIT else SPEAK_FOR_STATES - {"region"}
    # In a deal a firm may speak for its state; else only its home is told: "a Canadian company finds gold".
    away = [homes(one, named=instrument in rules.DEAL) for one in near]
    titled, inside = (
        [
            code
            for one, but in zip(near, away, strict=True)
            if (one.field == "title") is title
            for code in states(one, kinds, but)
        ]
        for title in (True, False)
    )
    if instrument is not Instrument.SUMMIT and len(set(titled)) < (TWO if instrument in rules.BETWEEN else 1):
        # "Bishkek and Tashkent agree"; a plant "in Zhambyl region"
        titled += [code for one in near if one.field == "title" for code in states(one, PLACES)]
    # Of what one state does or what happens there, the title names whose it is.
    alone = bool(titled) and instrument in rules.ALONE
    named = dict.fromkeys(titled if alone else titled + inside)
    if instrument in rules.BETWEEN and len(named) > TWO:
        # Of a third state the text but speaks: "to break China's hold". The title names who signs.
        own = dict.fromkeys(
            titled if len(set(titled)) >= TWO else [c for c in named if c in titled or c not in RIVALS]
        )
        named = own if len(own) >= TWO else named
    if instrument is Instrument.SUMMIT and not set(titled) <= THE_FIVE:  # its title says with whom
        named = dict.fromkeys([code for code in named if code in titled or code not in RIVALS])
    # What a body of the five signs, its state signs: nearly all are the state's. Others' are firms.
    bodies = [code for of in _bodies(near, but=rules.WORKS) for code in of]
    named |= dict.fromkeys(code for code in bodies if not named or code in THE_FIVE)
    if len(named) == 1 and instrument in rules.WITH_OFFICES:
        named |= dict.fromkeys(_offices(near))
    if instrument not in rules.UNILATERAL or len(named) < TWO:
        return tuple(sorted(named))
    if len(set(titled)) == TWO and any("agree" in one.names for one in near if one.field == "title"):
        return tuple(sorted(set(titled)))  # "agree to lower duties"
    if instrument is Instrument.SANCTIONS and (imposers := [code for code in named if code in IMPOSERS]):
        return (min(imposers, key=lambda code: code in RIVALS),)  # who is hit may be named first
    return (next(iter(named)),)


def _with_home(
    article: Article, other: str, near: Sequence[Told], home: str, along: tuple[str, ...]
) -> tuple[str, ...]:
    """The one party that is named, and home where that one is but dealt with: "a deal with Turkey"."""
    named = [
        m
        for one in near
        for m in one.mentions
        if m.concept.kind in SPEAK_FOR_STATES and other in m.concept.of
    ]
    titled = [m for m in named if m.field == "title"]
    alone = named and all(is_partner(article, m, along) for m in titled or named)
    return tuple(sorted({other, home})) if alone else (other,)


def _where(lead: Sequence[Told]) -> tuple[str, ...]:
    """The state whose places a story names that names no state: it is its own that acts there."""
    placed = [code for one in lead for code in states(one, PLACES)]
    return (placed[0],) if len(set(placed)) == 1 else ()
