"""A question in a person's own words, as a query: no model, the words and dates that the packs know.

"tungsten in Kazakhstan this month?" is `mineral:tungsten country:kz since:2026-02-01`.
Countries, minerals and kinds of action are found in any language of the packs; several of
one kind are alternatives. What holds a sentence together is dropped; the rest is looked for
as words. What was understood is shown, so it need not be clever, only plain.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.core.asking.asked_when import when
from bot.core.asking.loose import DEALS, straight
from bot.core.asking.query import And, Field, Query, Word, parse
from bot.core.reading.concepts import Packs
from bot.core.text import fold
from bot.core.words import CENTRAL_ASIA, CRITICAL_MINERALS, FIVE, Instrument, Stage

LONGEST: Final = 1000  # characters that are read
_LONGEST_NAME: Final = 4  # words of the longest name that is looked up

_ACTS: Final[Mapping[str, tuple[Instrument, ...]]] = {
    "act.memo": (Instrument.MOU,),
    "act.agreement": (Instrument.AGREEMENT, Instrument.MOU, Instrument.OFFTAKE, Instrument.TREATY),
    "act.treaty": (Instrument.TREATY,),
    "act.law": (Instrument.LAW,),
    "act.bill": (Instrument.LAW,),
    "act.decree": (Instrument.LAW,),
    "act.strategy": (Instrument.STRATEGY,),
    "act.control": (Instrument.EXPORT_CONTROL,),
    "act.ban": (Instrument.EXPORT_CONTROL, Instrument.SANCTIONS),
    "act.restrict": (Instrument.EXPORT_CONTROL,),
    "act.tariff": (Instrument.TARIFF,),
    "act.sanction": (Instrument.SANCTIONS,),
    "act.licence": (Instrument.LICENCE,),
    "act.tender": (Instrument.TENDER,),
    "act.finance": (Instrument.FINANCING,),
    "act.grant": (Instrument.FINANCING,),
    "act.invest": (Instrument.INVESTMENT,),
    "act.jv": (Instrument.JOINT_VENTURE,),
    "act.offtake": (Instrument.OFFTAKE,),
    "act.stake": (Instrument.STAKE_SALE,),
    "act.nationalise": (Instrument.NATIONALISATION,),
    "act.subsidy": (Instrument.SUBSIDY,),
}
"""The deeds of the packs that a question may name, and the kinds of action they are."""

_DEAL: Final = "commerce.deal"

_STAGES: Final[Mapping[str, Stage]] = {
    "signed": Stage.SIGNED, "proposed": Stage.PROPOSED, "announced": Stage.ANNOUNCED,
    "ratified": Stage.RATIFIED, "suspended": Stage.SUSPENDED, "negotiated": Stage.NEGOTIATED,
    "подписаны": Stage.SIGNED, "подписанные": Stage.SIGNED, "ратифицированные": Stage.RATIFIED,
}  # fmt: skip

_TOPICS: Final[Mapping[str, str]] = {
    "central asia": CENTRAL_ASIA, "central asian": CENTRAL_ASIA, "центральная азия": CENTRAL_ASIA,
    "центральной азии": CENTRAL_ASIA, "critical minerals": CRITICAL_MINERALS,
    "critical mineral": CRITICAL_MINERALS, "critical raw materials": CRITICAL_MINERALS,
    "критические минералы": CRITICAL_MINERALS, "критических минералов": CRITICAL_MINERALS,
}  # fmt: skip

_ASKING: Final = frozenset(
    (  # noqa: SIM905 - nobody reads a list of two hundred strings
        "a about all an and any anything are around article articles at been between bot by can could "
        "did do does event events ever everything find for from get give got happened happening happens "
        "has have hello hey hi how i in info inform information is it latest let list look looking me "
        "mention mentioned mentions my new newest news of on or our over please publish published "
        "recent recently regarding relating report reported reports s said say says search see shall "
        "should show some steppewatch stories story tell thank thanks that the there these this to up "
        "update updates us want was we were what what's whats when where which who why will with would "
        "you your "
        "бы был была были в во все всё где дай для до есть за и из или инфо к как какая какие какой "
        "когда кто ли мне на искать ищи найди найти нового новостей новости новость новые новый о об "
        "обо от по пожалуйста поиск покажи про расскажи с свежие сейчас со событие события статьи "
        "там то у что эти это "
    ).split()
)
"""What holds a question together, and asks for nothing by itself (English and Russian)."""

_TOKEN: Final = re.compile(
    r'-?[^\W\d_]+:(?:"[^"]*"|[^\s"]+)|-?"[^"]*"|(?<!\S)-?[^\W_]+(?:[\'-][^\W_]+)*|[^\W_]+'
)
_NOISE: Final = re.compile(r"<[@#!][^>]*>|<?https?://[^\s>]*>?")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was understood of a question."""

    query: Query  # And(): nothing to look for
    dropped: tuple[str, ...] = ()  # words that ask for nothing


@dataclass(slots=True)
class _Found:
    fields: dict[str, list[str]] = field(default_factory=dict)
    rest: list[Query] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    def label(self, name: str, *values: str) -> None:
        kept = self.fields.setdefault(name, [])
        kept += [value for value in values if value not in kept]

    def query(self) -> Query:
        labels = [
            Field(name, values) for name, known in self.fields.items() for values in _groups(name, known)
        ]
        parts = [*dict.fromkeys([*self.rest, *labels])]
        return parts[0] if len(parts) == 1 else And(tuple(parts))


def _groups(name: str, values: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Values of which one is enough. All topics are asked for; of countries, one of the five and another."""
    if name == "topic":
        yield from ((value,) for value in values)
    elif name == "country":
        five = tuple(value for value in values if value.upper() in FIVE)
        others = tuple(value for value in values if value.upper() not in FIVE)
        yield from (group for group in (five, others) if group)
    else:
        yield tuple(values)


def filler(word: str) -> bool:
    """Whether a folded word only holds a question together."""
    return word in _ASKING


def understand(text: str, packs: Packs, now: datetime) -> Asked:
    """Read a question. What is written as in the query language (`type:mou`, "a phrase") keeps its meaning.

    Days are those of `now`'s zone. Raises UserError for a field that makes no sense.
    """
    text = _NOISE.sub(" ", straight(text[:LONGEST]))
    words = _TOKEN.findall(text)
    spans, words = when([fold(word).text for word in words], words, now)
    found = _Found()
    at = 0
    while at < len(words):
        at += _take(words[at:], packs, found)
    for span in spans[:1]:  # a second one would contradict it
        found.label("since", span.since.isoformat())
        if span.before is not None:
            found.label("before", span.before.isoformat())
    return Asked(found.query(), tuple(found.dropped))


def _take(words: Sequence[str], packs: Packs, found: _Found) -> int:
    """Understand what `words` begin with; how many of them that took."""
    typed = words[0]
    if '"' in typed or ":" in typed or typed.startswith("-"):
        part = parse(typed, packs)
        if part != And():
            found.rest.append(part)
        return 1
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        if _named(words[:length], packs, found):
            return length
    folded = fold(typed).text
    if folded in _ASKING or len(folded) < 2:
        found.dropped.append(typed)
    else:
        found.rest.append(Word(typed))
    return 1


def _named(words: Sequence[str], packs: Packs, found: _Found) -> bool:
    """Whether these words together are the name of something; then it is noted."""
    typed = " ".join(words)
    folded = fold(typed).text
    if folded in _ASKING and not (typed.isupper() and len(typed) > 1):  # "us" and US, "it" and IT
        return False
    labels = (
        _closed(folded) or _code(typed, packs) or packs.labels(typed) or tuple(_of_concepts(typed, packs))
    )
    for name, value in labels:
        found.label(name, value.casefold())
    deed = bool(labels) and len(words) > 1 and all(name == "type" for name, _ in labels)
    if deed and any(map(packs.labels, words)):
        for word in words:  # of a "uranium deal" the metal is asked for, and any deal
            _named([word], packs, found)
    return bool(labels)


Labels = tuple[tuple[str, str], ...]


def _closed(folded: str) -> Labels:
    if folded in _TOPICS:
        return (("topic", _TOPICS[folded]),)
    return (("stage", _STAGES[folded]),) if folded in _STAGES else ()


def _code(typed: str, packs: Packs) -> Labels:
    """A country by its two letters; those of others than the five have to be capitals to be no word."""
    if len(typed) != 2 or not (typed.upper() in FIVE or typed.isupper()):
        return ()
    country = packs.resolve("country", typed)
    return (("country", country),) if country is not None else ()


def _of_concepts(typed: str, packs: Packs) -> Iterator[tuple[str, str]]:
    """A people speaks for its country; a deed is a kind of action."""
    named = packs.expand(typed)
    for one in named:
        if packs.concepts[one].kind == "people":
            yield from (("country", country) for country in packs.concepts[one].of)
        if _DEAL not in named:
            yield from (("type", act) for act in _ACTS.get(one, ()))
    if _DEAL in named:
        yield from (("type", act) for act in DEALS)
