"""What each deed says of the stage of an instrument: one table for all languages.

Beside the deed itself, what bends it and what is told in the same sentence have a say.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.core.actions.deeds import GATHERINGS, THINGS, Deed, Told
from bot.core.actions.held import apart
from bot.core.actions.rules import DEAL, GOODS, HAPPENING, MONEY, UNILATERAL
from bot.core.words import Instrument, Stage

I = Instrument  # noqa: E741
S = Stage

NEAR: Final = 70  # characters between a deed and the instrument's word within which it speaks fully
FAR: Final = 0.5
LIFTED_BY: Final = 36  # characters between a measure and the word that does away with it

TALKS: Final = frozenset({I.VISIT, I.SUMMIT})
# What people come for.
AIMS: Final = (THINGS - GATHERINGS) | {"negotiate", "sign", "change", "build", "invest"}

MEASURES: Final = frozenset({I.LAW, I.EXPORT_CONTROL, I.TARIFF, I.SANCTIONS})  # that parliaments make, too
SIGNED: Final = DEAL | MEASURES

BROUGHT_IN: Final = frozenset({"impose", "start", "announce", "lift", "ban", "restrict", "force"})
"""Deeds beside a bill that are its makers', or its own: it is proposed."""

PASSES: Final = frozenset({"approve", "lift", "ban", "impose"})
"""Deeds of a parliament that pass a law: announced, for it is neither signed nor in force."""

PROPOSES: Final = frozenset({"propose", "ban"})
"""What deputies propose to forbid, they have not forbidden."""

LATE: Final = frozenset({"ratify", "force"})
"""Deeds that come after signing: a title that tells of them recalls what was signed."""

BEFORE: Final = 0.4

TRADED: Final = frozenset({"export", "import"})

PAPERS: Final = frozenset(
    {"memo", "agreement", "treaty", "offtake", "jv", "stake", "paper", "declaration", "friendship", "supply"}
)
LAWS: Final = frozenset({"law", "decree", "bill"})
UNDOES: Final = frozenset({"lift", "revoke"})
RULED_BY_LAW: Final = frozenset({"ban", "restrict", "tax", "tariff", "licence", "export", "import", "quota"})

LIMITED_BY: Final = 12  # characters between a limit and what it limits
LIMITS: Final = frozenset({"restrict", "control", "quota"})

# deed -> (stage, worth), for measures; what differs for the other families stands below.
_MEASURE: Final = {
    "sign": (S.SIGNED, 4.0),
    "ratify": (S.RATIFIED, 5.0),
    "force": (S.IN_FORCE, 3.5),
    "start": (S.IN_FORCE, 1.5),
    "held": (S.IN_FORCE, 0.5),
    "approve": (S.IN_FORCE, 2.0),
    "impose": (S.IN_FORCE, 1.8),
    "ban": (S.IN_FORCE, 1.5),
    "issue": (S.IN_FORCE, 2.2),
    "announce": (S.ANNOUNCED, 2.6),
    "propose": (S.PROPOSED, 3.0),
    "bill": (S.PROPOSED, 4.0),
    "negotiate": (S.NEGOTIATED, 2.4),
    "suspend": (S.SUSPENDED, 4.0),
    "lift": (S.ENDED, 4.0),
    "revoke": (S.ENDED, 3.0),
}
# What lets a firm do something is no end of its licence; who is stopped may yet go on.
_LICENCE: Final = {deed: said for deed, said in _MEASURE.items() if deed != "lift"} | {
    "halt": (S.SUSPENDED, 3.0)
}
_DEAL: Final = _MEASURE | {
    "sign": (S.SIGNED, 6.0),
    "start": (S.IN_FORCE, 0.8),
    "held": (S.IN_FORCE, 0.2),
    "approve": (S.ANNOUNCED, 2.0),
    "impose": (S.ANNOUNCED, 0.5),
    "issue": (S.SIGNED, 0.8),
    "negotiate": (S.NEGOTIATED, 2.6),
    "propose": (S.PROPOSED, 2.0),
    "buy": (S.ANNOUNCED, 1.5),
    "suspend": (S.SUSPENDED, 2.0),
    "halt": (S.SUSPENDED, 2.0),
    "lift": (S.ENDED, 1.5),
}
_MONEY: Final = _DEAL | {
    "approve": (S.ANNOUNCED, 3.0),
    "issue": (S.IN_FORCE, 1.0),
    "start": (S.IN_FORCE, 2.4),
    "build": (S.IN_FORCE, 0.8),
    "announce": (S.ANNOUNCED, 2.6),
    "negotiate": (S.NEGOTIATED, 1.5),
    "propose": (S.PROPOSED, 1.5),
}
_HAPPENING: Final = _MEASURE | {
    "target": (S.ANNOUNCED, 2.6),
    "sign": (S.SIGNED, 0.4),
    "held": (S.IN_FORCE, 3.0),
    "met": (S.IN_FORCE, 2.5),
    "start": (S.IN_FORCE, 3.0),
    "approve": (S.IN_FORCE, 1.0),
    "impose": (S.IN_FORCE, 1.0),
    "discovery": (S.IN_FORCE, 3.0),
    "find": (S.IN_FORCE, 2.5),
    "change": (S.IN_FORCE, 2.0),
    "announce": (S.ANNOUNCED, 0.8),
    "propose": (S.PROPOSED, 1.0),
    "negotiate": (S.NEGOTIATED, 1.0),
    "suspend": (S.SUSPENDED, 3.5),
    "halt": (S.SUSPENDED, 2.0),
    "lift": (S.ENDED, 0.6),
    "revoke": (S.ENDED, 0.6),
}

# What a bent deed says, whatever the deed; talk cannot be bent.
BENT: Final = {"will": (S.ANNOUNCED, 3.4), "may": (S.PROPOSED, 3.0)}
BENT_THING: Final = 0.7  # a factor where the bent deed names no stage of its own
UNBENT: Final = frozenset({"say", "view", "propose"})

# A court that cancels or rejects has ruled: nothing of its own has ended, nor is it only announced.
_COURT: Final = {
    deed: said
    for deed, said in _HAPPENING.items()
    if said[0] not in {S.ENDED, S.ANNOUNCED, S.PROPOSED, S.SUSPENDED}
}

# What a law does away with is ended by a law that is made.
_LAW: Final = _MEASURE | {"lift": (S.IN_FORCE, 1.5), "revoke": (S.IN_FORCE, 1.5)}

# What is revoked or lost when the state takes a mine is the owner's.
_TAKING: Final = {deed: said for deed, said in _MEASURE.items() if deed not in {"revoke", "suspend"}}

# Who is named to an office holds it; what was put off are other things.
_OFFICE: Final = {deed: said for deed, said in _HAPPENING.items() if deed != "suspend"} | {
    "announce": (S.IN_FORCE, 0.8)
}

# Who declares an emergency, or who was elected, has done it.
_OTHER: Final = _HAPPENING | {"announce": (S.IN_FORCE, 0.8)}

# A summit that ends or closes was held.
_GATHERING: Final = {deed: said for deed, said in _HAPPENING.items() if deed not in {"lift", "halt"}}

# The stage when no deed says one: what the bare word usually means in the news.
USUAL: Final = {
    I.MOU: S.SIGNED,
    I.AGREEMENT: S.ANNOUNCED,
    I.TREATY: S.SIGNED,
    I.LAW: S.ANNOUNCED,
    I.STRATEGY: S.ANNOUNCED,
    I.EXPORT_CONTROL: S.IN_FORCE,
    I.TARIFF: S.ANNOUNCED,
    I.SANCTIONS: S.IN_FORCE,
    I.LICENCE: S.IN_FORCE,
    I.SUMMIT: S.IN_FORCE,
    I.VISIT: S.IN_FORCE,
    I.DISCOVERY: S.IN_FORCE,
    I.COURT: S.IN_FORCE,
    I.NATIONALISATION: S.IN_FORCE,
    I.PRODUCTION: S.IN_FORCE,
    I.APPOINTMENT: S.IN_FORCE,
    I.STATEMENT: S.NONE,
    I.OTHER: S.IN_FORCE,
}


_TABLES: Final = {
    **dict.fromkeys(DEAL, _DEAL),
    I.OFFTAKE: _DEAL | {"start": (S.IN_FORCE, 3.0)},  # what is delivered is
    **dict.fromkeys(MONEY, _MONEY),
    **dict.fromkeys(HAPPENING, _HAPPENING),
    I.COURT: _COURT,
    I.LICENCE: _LICENCE,
    I.OTHER: _OTHER,
    I.LAW: _LAW,
    I.NATIONALISATION: _TAKING,
    I.APPOINTMENT: _OFFICE,
    **dict.fromkeys((I.SUMMIT, I.VISIT), _GATHERING),
}


def said_in(instrument: Instrument, sentence: Told, own: Sequence[Deed]) -> dict[Stage, float]:
    """What the deeds of a sentence say of the stage, loudest by the instrument's `own`."""
    table = _TABLES.get(instrument, _MEASURE)
    best: dict[Stage, float] = {}
    came = instrument in TALKS and any(not one.bent for one in own)
    signed = instrument in SIGNED and any(one.name == "sign" and not one.bent for one in sentence.deeds)
    for deed in sentence.deeds:
        if deed.bent and not own and instrument is Instrument.COURT:
            continue  # what parties to a dispute will do
        if came and deed.bent and deed.name in AIMS:
            continue  # "visits Astana to discuss uranium", "at a summit calls for a tariff"
        if signed and deed.bent and deed.name != "sign":
            continue  # "signed a contract to supply gallium": what is to come is what was signed
        if deed.name == "lift" and instrument in UNILATERAL and own and _way_off(deed, own) > LIFTED_BY:
            continue  # "imports do harm, which lets the ministry go on": no duty is lifted
        vote = _vote(instrument, deed, table, sentence, own)
        if vote is not None:
            nearness = 1.0 if not own or _way_off(deed, own) <= NEAR else FAR
            best[vote[0]] = max(best.get(vote[0], 0.0), vote[1] * nearness)
    return best


def _vote(
    instrument: Instrument,
    deed: Deed,
    table: Mapping[str, tuple[Stage, float]],
    sentence: Told,
    own: Sequence[Deed],
) -> tuple[Stage, float] | None:
    """What one deed says of the stage; None: nothing."""
    names = sentence.names
    if deed.bent == "aside":
        return None
    if deed.bent == "not":
        return _undone(instrument, deed, names)
    if instrument in MEASURES and "bill" in names and deed.name in BROUGHT_IN:
        return Stage.PROPOSED, 2.0  # what is brought in is the bill; what it "would end" is not ended
    if not deed.bent or deed.name in UNBENT:
        return _in_company(instrument, deed, sentence) or table.get(deed.name)
    if _of_others(instrument, deed, table, own):
        return None
    stage, worth = BENT[deed.bent]
    # "to supply", "to build" are told of what was signed, too: a stage of its own they have not.
    return stage, worth if deed.name in table else worth * BENT_THING


def _of_others(
    instrument: Instrument, deed: Deed, table: Mapping[str, tuple[Stage, float]], own: Sequence[Deed]
) -> bool:
    """Whether a bent deed is told of and not done: what "may be exported", what was "decided to revoke"."""
    if instrument is Instrument.COURT:
        return deed.name not in table and deed.name != "court"
    if instrument not in UNILATERAL:
        return False
    return deed.name in TRADED or (deed.name in GOODS and deed not in own)  # "tax will depend on output"


def _undone(instrument: Instrument, deed: Deed, names: frozenset[str]) -> tuple[Stage, float] | None:
    """What a deed says that was not done: a deal is still talked about, a law that is rejected has ended."""
    if deed.name == "revoke" and instrument in MEASURES and "parliament" in names:
        return Stage.ENDED, 3.0  # where "rejects" is a word for not doing, too
    return (Stage.NEGOTIATED, 2.0) if deed.name == "sign" and instrument in DEAL else None


def _in_company(instrument: Instrument, deed: Deed, sentence: Told) -> tuple[Stage, float] | None:
    """What a deed says that it would not say alone; None: what it always says."""
    names = sentence.names
    if deed.name == "sign" and (said := _law_signed(instrument, deed, sentence)):
        return said
    if "parliament" in names and (said := _in_parliament(instrument, deed, names)):
        return said
    if deed.name in UNDOES and instrument is Instrument.LAW and "sign" not in names:
        return _law_undone(deed, sentence)
    spared = names & LIMITS or _spares(instrument, deed, sentence)
    if deed.name == "lift" and "impose" in names and spared:
        return Stage.ANNOUNCED, 2.0  # one measure takes the place of another
    stops = deed.name in {"suspend", "halt"} and instrument is Instrument.EXPORT_CONTROL
    if stops and _way(deed, sentence, TRADED, _limited(sentence)) <= _way(deed, sentence, LIMITS | {"ban"}):
        return Stage.IN_FORCE, 1.5  # what is stopped are the exports: the control begins
    return None


def _spares(instrument: Instrument, deed: Deed, sentence: Told) -> bool:
    """Whether a title tells whom a new duty does not hit: "imposes 50% tariff, exempts ore"."""
    return (
        instrument is Instrument.TARIFF
        and sentence.field == "title"
        and any(one.name == "impose" and not one.bent and one.start < deed.start for one in sentence.deeds)
    )


def overtaken(instrument: Instrument, title: Told, lead: Sequence[Told]) -> Stage | None:
    """The stage that a story but recalls: signed, what is ratified; proposed, a bill that is signed.

    Of a law that the title tells as signed, that parliament passed it, and that it is yet to take effect.
    """
    if not LATE.isdisjoint(title.names):
        return Stage.SIGNED
    if "bill" in title.names and any(_is_law_now(one) for one in lead):
        return Stage.PROPOSED
    return Stage.ANNOUNCED if instrument is Instrument.LAW and _is_law_now(title) else None


def _is_law_now(sentence: Told) -> bool:
    """Whether a sentence tells of a law that is signed, and of nothing that is proposed."""
    return (
        not sentence.past
        and "propose" not in sentence.names
        and not sentence.names.isdisjoint(LAWS)
        and any(deed.name == "sign" and not deed.bent for deed in sentence.deeds)
    )


def _law_signed(instrument: Instrument, deed: Deed, sentence: Told) -> tuple[Stage, float] | None:
    """What it says of a deal that a law on it is signed; None: no law is."""
    if "ratify" in sentence.names and sentence.names & LAWS:
        return Stage.RATIFIED, 6.0
    if instrument in DEAL and _way(deed, sentence, LAWS) < _way(deed, sentence, PAPERS):
        return Stage.ANNOUNCED, 1.0
    return None


def _in_parliament(instrument: Instrument, deed: Deed, names: frozenset[str]) -> tuple[Stage, float] | None:
    """What a deed says in a sentence that names a parliament: what it passes of others it ratifies."""
    if instrument in DEAL and deed.name == "approve":
        return Stage.RATIFIED, 4.0
    if instrument in MEASURES:
        if deed.name in PASSES:
            if "sign" in names:
                return None  # "parliament passed and the president signed": the later of the two
            return (Stage.PROPOSED, 2.0) if names >= PROPOSES else (Stage.ANNOUNCED, 2.6)
        if "approve" in names and deed.name in {"bill", "propose"}:
            return Stage.PROPOSED, 1.0 if deed.name == "bill" else 4.0  # passed; in a first reading
    return None


def _law_undone(deed: Deed, sentence: Told) -> tuple[Stage, float] | None:
    """What a law says that something is done away with: the law itself, or what it ruled."""
    if _way(deed, sentence, LAWS) < min(_way(deed, sentence, RULED_BY_LAW), NEAR):
        return Stage.ENDED, 3.0
    # a tax that is taken off
    return (Stage.ANNOUNCED, 2.0) if deed.name == "lift" and "tax" in sentence.names else None


def _limited(sentence: Told) -> frozenset[int]:
    """Where trade stands that is but what a limit limits: "a ban on exports" is suspended, not exports."""
    limits = [one for one in sentence.deeds if one.name in LIMITS or one.name == "ban"]
    return frozenset(
        one.start
        for one in sentence.deeds
        if one.name in TRADED and any(apart(one, limit) <= LIMITED_BY for limit in limits)
    )


def _way_off(deed: Deed, own: Sequence[Deed]) -> int:
    """The characters from a deed to the nearest of the instrument's own."""
    return min(apart(deed, one) for one in own)


def _way(deed: Deed, sentence: Told, to: frozenset[str], but: frozenset[int] = frozenset()) -> int:
    """The characters from a deed to the nearest of these, but for those at `but`; many: there is none."""
    far = [apart(deed, one) for one in sentence.deeds if one.name in to and one.start not in but]
    return min(far, default=sentence.end)
