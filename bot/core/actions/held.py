"""All that the cues of `action_rules` may ask of a sentence: its deeds, and what stands by them."""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import Final

from bot.core.actions import rules
from bot.core.actions.deeds import DONE, THINGS, Deed, Told
from bot.core.reading.lexicon import Mention
from bot.core.story import Article
from bot.core.words import FIVE, THE_FIVE

FORMAT: Final = "region.format"
COLONS: Final = (": ", "：")
ASKING: Final = ("?", "？")
QUOTING: Final = frozenset('"«“„‘')  # what is asked in quotation marks is asked by those who speak
TALK: Final = frozenset({"say", "judge", "view", "piece"})
NO_TALKS: Final = DONE - {"negotiate", "met", "propose"}
NAMED: Final = frozenset({"seat", "company", "state", "firm", "deposit", "chain", "reserves"})
SPOKEN_OF: Final = TALK | NAMED  # what titles name
MADE_THINGS: Final = (THINGS | {"infra"}) - rules.GOODS
ALL_SPOKEN_OF: Final = SPOKEN_OF | rules.GOODS | THINGS | {"infra"}
NEWS: Final = DONE | {
    "agree",
    "held",
    "ban",
    "appoint",
    "buy",
    "build",
    "visit",
    "discovery",
    "tender",
    "court",
    "vote",
    "halt",
    "nationalise",
    "takeover",
    "election",
}
CALLING: Final = frozenset({"say", "propose"})
WHERE_THEY_SPEAK: Final = frozenset({"summit", "forum", "meeting"})
URGED: Final = frozenset(
    {"impose", "change", "negotiate"}
)  # "to strengthen", "to widen": no measure by themselves
MUCH: Final = 6  # the title and sentences that say what kind of a text it is
THOUGHT: Final = frozenset({"propose"})  # of these, what is only considered
SPEAKERS: Final = frozenset({"person", "actor"})
SEAT: Final = {"people": 10, "country": 1}  # characters up to the firm: "Canadian mining company", "US firm"
OWN: Final = 4  # characters between a state and its firm: "France's Orano", "российский «Росатом»"
BOUGHT: Final = frozenset({"buy", "trade"})
PARTED: Final = frozenset(
    {"change", "volume", "export", "import", "produce", "tariff", "tax"}
)  # have shares, too
SHARE: Final = 15  # characters between what is bought and its share in hundredths
_HUNDREDTHS: Final = re.compile(
    r"%|per ?cent|процент|пайыз|foiz|фоиз|prozent|pour cent|yüzde|göterim|дарсад", re.IGNORECASE
)
BESIDE_IT: Final = 30  # characters between a verb and what it is said of
SPEAK_FOR_STATES: Final = frozenset({"country", "people", "person", "region"})
_STATES: Final = (("two", 2), ("many", 3))
_PAIRS: Final = (
    ("views", "view", "view"),
    ("pair", "negotiate", "person"),
    ("host", "issue", "person"),  # "received": a guest, where two persons are named
)
_PAIRED: Final = frozenset(of for _, of, _ in _PAIRS)
_KINDS: Final = frozenset({"mineral", "umbrella", "person", "body"})  # that cues ask for


def only_looks(tale: Sequence[Told]) -> bool:
    """Whether a story does but look at things: its title says so, or neither title nor lead tells of a deed.

    What is done further down is then what it looks back on: "The race for raw materials". One word for
    looking is enough in the title, but for a headline with one sentence, a sum or a summit: those want two.
    """
    title = tale[0].names
    goes_on = any(one.order > 1 for one in tale)  # else it is a headline, and a word to it
    asked = 1 if goes_on and not tale[0].money and "summit" not in title else 2
    looked = len([d for d in tale[0].deeds if d.name == "view"])
    if looked >= asked and title & NEWS <= (THOUGHT if looked > 1 else frozenset()):
        return True
    if not tale[0].money and NEWS.isdisjoint(title) and any("piece" in one.names for one in tale[:MUCH]):
        return True
    lead = next((one for one in tale if one.order == 1), None)
    if lead is None or tale[0].money or lead.money or not NEWS.isdisjoint(lead.names):
        return False
    return title <= SPOKEN_OF or (goes_on and lead.names <= SPOKEN_OF and NEWS.isdisjoint(title))


def opens_question(title: str, asks: tuple[str, ...]) -> bool:
    """Whether a title begins as a question does, whatever mark it ends with: "Why the mine was closed"."""
    return title.lstrip("\"'«“„‘(").lower().startswith(tuple([f"{word} " for word in asks]))


def held_in(article: Article, sentence: Told) -> set[str]:
    """All that cues may ask of a sentence: its deeds, and what stands by them."""
    held = {*sentence.names, *[deed.bent for deed in sentence.deeds if deed.bent]}
    held.update(["kept" for deed in sentence.deeds if deed.name == "export" and deed.bent == "not"])
    held |= _KINDS.intersection([m.concept.kind for m in sentence.mentions])
    if "body" in held and not rules.LENDERS.isdisjoint([m.concept.id for m in sentence.mentions]):
        held.add("lender")
    if not held.isdisjoint(_PAIRED):
        held.update([name for name, of, kind in _PAIRS if of in held and _two(sentence, kind)])
    if sentence.money:
        held.add("money")
    if not held.isdisjoint(BOUGHT) and _a_share(article, sentence):
        held.add("stake")
    if "start" in held and not held.isdisjoint(rules.FOUNDED):
        held.update(_founds(sentence))
    if not held.isdisjoint(rules.ASK_STATES):
        named = len(states(sentence))
        held.update([name for name, least in _STATES if named >= least])
    if not held.isdisjoint(rules.GATHER) and FORMAT in [m.concept.id for m in sentence.mentions]:
        held.add("format")
    if sentence.field == "title":
        held.update(_spoken(article.title, sentence))
    elif article.text[sentence.end - 1] in ASKING and QUOTING.isdisjoint(
        article.text[sentence.start : sentence.end]
    ):
        held.add("asks")
    return held


def _two(sentence: Told, kind: str) -> bool:
    """Whether a sentence has two signs of opinion, or names two persons: who talked is the news then."""
    if kind == "view":
        return len([deed for deed in sentence.deeds if deed.name == kind]) > 1
    return len({m.concept.id for m in sentence.mentions if m.concept.kind == kind}) > 1


def _a_share(article: Article, sentence: Told) -> bool:
    """Whether what is bought or sold is told as a share: "to take 17% of a mine", "sold 49.9%"."""
    text = article.title if sentence.field == "title" else article.text
    near = [
        text[max(deed.start - SHARE, sentence.start) : min(deed.end + SHARE, sentence.end)]
        for deed in sentence.deeds
        if deed.name in BOUGHT and deed.bent != "not"
    ]
    return any(_HUNDREDTHS.search(one) for one in near) and sentence.names.isdisjoint(PARTED)


def _spoken(title: str, sentence: Told) -> tuple[str, ...]:
    """How a title speaks, when it tells of no deed."""
    if title.rstrip().endswith(ASKING):
        return ("asks",)
    looks = _judges(title, sentence) or _hails(sentence)
    if looks or _speaks_of(sentence.deeds) or _calls(sentence.deeds):
        return ("quotes", "judges")
    return ("quotes",) if _only_talks(sentence.deeds) or _quotes(title, sentence) else ()


def _only_talks(deeds: Sequence[Deed]) -> bool:
    """Whether all that is told as done is that something is said."""
    return "say" in [deed.name for deed in deeds] and all(
        deed.name in TALK or deed.name in rules.GOODS or deed.bent == "not" for deed in deeds
    )


def _calls(deeds: Sequence[Deed]) -> bool:
    """Whether a title calls for something at a gathering, and tells of nothing done: "urges at a summit"."""
    names = {deed.name for deed in deeds}
    return (
        not names.isdisjoint(CALLING)
        and not names.isdisjoint(WHERE_THEY_SPEAK)
        and all(
            deed.name in TALK | CALLING | WHERE_THEY_SPEAK
            or deed.name in rules.GOODS
            or deed.bent == "not"
            or (deed.bent and deed.name in URGED)
            for deed in deeds
        )
    )


def _hails(sentence: Told) -> bool:
    """Whether a title judges what others did, and tells of nothing that was: "denounces", "hails"."""
    return "judge" in sentence.names and sentence.names.isdisjoint(NO_TALKS)


def _speaks_of(deeds: Sequence[Deed]) -> bool:
    """Whether all that is told is that somebody, or a gathering, speaks of a thing: "denounces sanctions"."""
    spoken = [deed for deed in deeds if deed.name not in WHERE_THEY_SPEAK]
    names = {deed.name for deed in spoken}
    return (
        not names.isdisjoint(MADE_THINGS)
        and min(spoken, key=lambda deed: deed.start).name == "say"
        and names <= ALL_SPOKEN_OF
        and not any(deed.bent for deed in deeds)
    )


def _quotes(title: str, sentence: Told) -> bool:
    """Whether a title is somebody's words: a person, an office or talk beside a colon, and no deed there."""
    at = max(title.find(mark) for mark in COLONS)
    if at < 0:
        return False
    for before in (True, False):
        deeds = [deed for deed in sentence.deeds if (deed.start < at) is before]
        named = [m.concept.kind for m in sentence.mentions if (m.start < at) is before]
        if all(deed.name in TALK for deed in deeds) and (deeds or not SPEAKERS.isdisjoint(named)):
            return True
    return False


def _judges(title: str, sentence: Told) -> bool:
    """Whether a title begins with who thinks so: "Expert: ..."."""
    at = max(title.find(mark) for mark in COLONS)
    before = [deed.name for deed in sentence.deeds if deed.start < at]
    return "view" in before and {"seat", *TALK}.issuperset(before)


def _founds(sentence: Told) -> tuple[str, ...]:
    """What is said when a company or an agency is set up: no other deed stands between the words."""
    if not _set_up(sentence.deeds):
        return ()
    bodies = {m.concept.id for m in sentence.mentions if m.concept.kind == "body"}
    return ("founded", "partners") if len(bodies) > 1 else ("founded",)


def _set_up(deeds: Sequence[Deed]) -> bool:
    """A firm that stands before the verb is who sets up; "a state company" there is what is set up."""
    places = [list(place) for _, place in groupby(deeds, key=lambda deed: deed.start)]
    words = [{deed.name for deed in place} for place in places]
    return any({"start", "company"} <= named for named in words) or any(
        apart(one[0], other[0]) <= BESIDE_IT
        and (("start" in named and after & rules.FOUNDED) or ("company" in named and "start" in after))
        for (one, named), (other, after) in pairwise(zip(places, words, strict=True))
    )


def states(
    sentence: Told, kinds: frozenset[str] = SPEAK_FOR_STATES, but: frozenset[int] = frozenset()
) -> tuple[str, ...]:
    """The states a sentence names, themselves or by their people, in order; the region is all five.

    What begins at one of `but` is left out.
    """
    found: dict[str, None] = {}
    for mention in sentence.mentions:
        if mention.concept.kind in kinds and mention.start not in but:
            for code in mention.concept.of:
                found |= dict.fromkeys(FIVE if code == "C5" else (code,))
    return tuple(found)


def homes(sentence: Told, *, named: bool = False) -> frozenset[int]:
    """Where states stand that are but the home of a firm: "a Canadian mining company", "France's Orano".

    `named`: only of one that is known by its name.
    """
    seats = [] if named else [deed.start for deed in sentence.deeds if deed.name == "seat"]
    firms = [m for m in sentence.mentions if m.concept.kind == "body" and _is_foreign_firm(m)]
    return frozenset(
        one.start
        for one in sentence.mentions
        if (far := SEAT.get(one.concept.kind))
        and (
            any(0 <= seat - one.end <= far for seat in seats)
            or any(0 <= firm.start - one.end <= OWN and firm.concept.of == one.concept.of for firm in firms)
        )
    )


def _is_foreign_firm(body: Mention) -> bool:
    """Whether a body of another state is none of its offices: what it signs, its state does not."""
    return THE_FIVE.isdisjoint(body.concept.of) and body.concept.id not in rules.OFFICES


def apart(one: Deed, other: Deed) -> int:
    """The characters between two deeds."""
    return max(one.start - other.end, other.start - one.end, 0)
