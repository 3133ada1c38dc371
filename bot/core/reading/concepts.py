"""What packs hold, as values: concepts with words, topics with parts, examples.

A concept is anything a story may name: a country, a mineral, a person, a kind
of act, a noise. Its id is `kind.name` ("mineral.tungsten"); everything else
about it is data. A topic adds up what its parts find; see `Topic`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from bot.core.text import fold
from bot.core.words import THE_FIVE, Tier

OURS: Final = THE_FIVE | {"C5"}
SITE: Final = "site.known"  # a place or firm known for a metal: its name is not the metal's
_BEGUN: Final = 3  # letters of a word that is known by its beginning


@dataclass(frozen=True, slots=True)
class Concept:
    """A thing that stories name, and what its being named is worth."""

    id: str
    name: str = ""  # as people read it: "tungsten", "Shavkat Mirziyoyev"; "": the id's last part
    of: tuple[str, ...] = ()  # countries it speaks for, ISO 3166-1 alpha-2, "C5", "EU"
    weight: float = 1.0  # a factor on what its kind gives to a topic
    sure: bool = True  # False: counts only where one of `on` is named too
    on: tuple[str, ...] = ()  # ids (or beginnings of ids) of concepts that support it
    off: tuple[str, ...] = ()  # ids (or beginnings) that turn it off when they outnumber its support
    bulk: bool = False  # named in passing more often than not: counts as an entity only where it stands out
    note: str = ""  # for people: why it is set aside, or what it is
    kind: str = field(init=False, default="")  # the first part of the id
    word: str = field(init=False, default="")  # the rest of it
    value: str = field(init=False, default="")  # what entity lists and queries call it: its name, or its word
    plain: bool = field(init=False, default=True)  # it means what it says, whatever stands around it
    ours: bool = field(init=False, default=False)  # it speaks for one of the five, or for their region

    def __post_init__(self) -> None:
        kind, _, word = self.id.partition(".")
        object.__setattr__(self, "kind", kind)
        object.__setattr__(self, "word", word)
        object.__setattr__(self, "value", self.name or word)
        object.__setattr__(
            self, "plain", not (self.on or self.off or self.kind in {"decoy", "tail", "origin"})
        )
        object.__setattr__(self, "ours", not OURS.isdisjoint(self.of))


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of evidence for or against a topic."""

    name: str
    kinds: Mapping[str, float]  # kind of concept -> points for one mention in the lead
    of: tuple[str, ...] = ()  # only concepts that speak for one of these; (): any
    but: tuple[str, ...] = ()  # no concepts that speak for one of these
    cap: float = 4.0  # the part's points never pass this (in size)
    given: str = ""  # counts only for stories that reached this topic
    without: str = ""  # counts only for stories that did not
    alone: float = 4.0  # the cap where no other part of the topic speaks for it
    hushes: float = 1.0  # what counts of the text, where the title is of this part and of no deed


@dataclass(frozen=True, slots=True)
class Led:
    """Whom a story has to name, by kinds and ids, for what it tells to count in full; () in all: nobody."""

    by: tuple[str, ...] = ()  # any of these is enough
    also: tuple[str, ...] = ()  # these are, unless its title names one of `but`
    but: tuple[str, ...] = ()
    over: tuple[str, ...] = ()  # what they lead in: named beside it, in the title, or there is a firm
    given: str = ""  # asked only of stories that reached this topic
    without: str = ""  # and did not reach this one
    share: float = 1.0  # what counts in a story that names none


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: the points its parts find, against a line.

    score = 1 / (1 + exp(-slope * (points - line))); above the line the first half point counts
    double, and what is more 0.7 (`bot.core.weighing.scoring.sureness`).
    """

    id: str
    line: float
    slope: float
    parts: tuple[Part, ...]
    name: str = ""
    home: float = 0.0  # points for a story in the language, or from an outlet, of a country of `at_home`
    at_home: tuple[str, ...] = ()  # ISO 3166-1 alpha-2
    led: Led = Led()


@dataclass(frozen=True, slots=True)
class Example:
    """A story in a pack that says what must be decided of it."""

    title: str
    text: str = ""
    lang: str = ""
    topics: tuple[str, ...] = ()  # must be found
    no: tuple[str, ...] = ()  # must not be found
    tier: Tier | None = None
    countries: tuple[str, ...] | None = None
    minerals: tuple[str, ...] | None = None
    pack: str = ""  # the file it stands in


@dataclass(frozen=True, slots=True)
class Language:
    """How words change in a language, and what it is recognized by."""

    code: str
    endings: frozenset[str] = frozenset()
    chain: int = 1  # how many endings may follow one another
    letters: frozenset[str] = frozenset()  # letters that hardly any other language here has
    common: frozenset[str] = frozenset()  # frequent small words, "beginnings*" and "~ends" of others, folded
    home: str = ""  # the one country whose news it is written for, ISO 3166-1 alpha-2; "": none
    spellings: tuple[tuple[tuple[str, str], ...], ...] = ()  # other scripts: letters, how written
    softens: tuple[tuple[str, str], ...] = ()  # consonants after a vowel, and what an ending makes of them
    partner: tuple[str, ...] = ()  # what ends or follows a name one deals with: "with", "to", "from"
    along: tuple[str, ...] = ()  # of these, "with": a deal with somebody is one's own
    to: tuple[str, ...] = ()  # of these, "to": what goes to somebody is one's own
    at: tuple[str, ...] = ()  # what ends or precedes the name of where somebody is: "in"; "~": and its end
    comes: tuple[str, ...] = ()  # what a title says of those who come to us: "came", folded
    rises: tuple[str, ...] = ()  # what it says besides of who comes to no place: "to power", "to terms"
    deeds: tuple[str, ...] = ()  # what follows a name that does something: "to", and by its "~ending"
    asks: tuple[str, ...] = ()  # what opens a question about a name that follows: "why", "can"
    articles: tuple[str, ...] = ()  # what stands before the name that opens a title, with its space: "le "
    things: tuple[str, ...] = ()  # "~endings" of what may follow a name, and is no deed
    last: tuple[str, ...] = ()  # where verbs stand last, how they end; then these three are needed too:
    capitals: tuple[str, ...] = ()  # where names have cases, how our capitals are called that do something
    bent: tuple[str, ...] = ()  # how a name ends that is not who does it
    owned: tuple[str, ...] = ()  # how a word after a name ends that names a thing of its
    whole: tuple[str, ...] = ()  # of these, what may end a word that does not
    surnames: tuple[str, ...] = ()  # how the names of its people end: a minister by another is another's
    apart: bool = False  # its words look like other languages': all but names count in its own texts only


@dataclass(frozen=True, slots=True)
class Words:
    """Patterns for a concept in a language; the notation is explained in `bot.core.reading.patterns`."""

    concept: str
    lang: str
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Packs:
    """Everything the packs say. `version` changes when any of their content does."""

    version: str
    concepts: Mapping[str, Concept]
    words: tuple[Words, ...]
    topics: tuple[Topic, ...]
    languages: Mapping[str, Language]
    examples: tuple[Example, ...] = ()
    files: tuple[str, ...] = ()
    outlets: Mapping[str, str] = field(default_factory=dict)  # the country that a host writes for
    # Of words, and of words by kind: made when one is asked for, which those who only decide never do.
    _index: list[Mapping[str, tuple[str, ...]]] = field(
        init=False, default_factory=list, repr=False, compare=False
    )
    _aliases: dict[str, Mapping[str, str]] = field(
        init=False, default_factory=dict, repr=False, compare=False
    )

    def expand(self, word: str) -> tuple[str, ...]:
        """Ids of the concepts that a word (or phrase) of any language names, sorted.

        "вольфрам" gives ("mineral.tungsten",); an unknown word gives ().
        """
        key = fold(word.strip()).text
        index = self._named()
        found = set(index.get(key, ()))
        if not found:
            for cut in range(1, min(7, len(key) - 2)):
                stem = key[:-cut]
                if stem[-1] == " ":
                    break  # the last word is gone: what is left is another name
                found = set(index.get(stem + "*", ()))
                if found:
                    break
        return tuple(sorted(found))

    def _named(self) -> Mapping[str, tuple[str, ...]]:
        """Which concepts words name; see `index_of`."""
        if not self._index:
            self._index.append(index_of(self.words))
        return self._index[0]

    def labels(self, word: str) -> tuple[tuple[str, str], ...]:
        """The labels (kind, value) that stories about what a word names carry, for search."""
        named = [self.concepts[one] for one in self.expand(word)]
        return tuple(
            (concept.kind, concept.value)
            for concept in named
            if concept.kind in ("mineral", "country") and _labels(concept)
        )

    def synonyms(self, concept: str) -> tuple[str, ...]:
        """The words of a concept in all languages, without their marks, sorted."""
        found = {
            pattern.lstrip("=").replace("*", "").replace("~", "")
            for words in self.words
            if words.concept == concept
            for pattern in words.patterns
        }
        return tuple(sorted(found))

    def names(self, kind: str) -> tuple[str, ...]:
        """The values that queries may name for a kind ("country", "mineral"), sorted."""
        return tuple(sorted({c.value for c in self.concepts.values() if c.kind == kind and _labels(c)}))

    def resolve(self, kind: str, word: str) -> str | None:
        """The value of a kind that a word of any language names; None: none does."""
        key = fold(word.strip()).text
        for concept in self.concepts.values():
            if concept.kind == kind and key == fold(concept.value).text:
                return concept.value
        for one in self.expand(word):
            concept = self.concepts[one]
            if concept.kind == kind and _labels(concept):
                return concept.value
            if kind == "country" and concept.kind == "people" and concept.of:
                return concept.of[0]
        return None

    def suggest(self, kind: str, word: str) -> str | None:
        """The value of a kind whose name or alias begins with a word, or else looks most like it."""
        if kind not in self._aliases:
            self._aliases[kind] = {
                key.removesuffix("*"): self.concepts[one].value
                for key, ids in self._named().items()
                for one in ids
                if self.concepts[one].kind == kind and _labels(self.concepts[one])
            }
        aliases = self._aliases[kind]
        typed = fold(word).text
        begun = [alias for alias in aliases if len(typed) >= _BEGUN and alias.startswith(typed)]
        near = [min(begun, key=lambda alias: (len(alias), alias))] if begun else []
        # Who mistypes a name begins it right, as a rule; words that do not are others.
        alike = [alias for alias in aliases if alias[:1] == typed[:1]] if len(typed) >= _BEGUN else []
        near = near or get_close_matches(typed, alike, n=1, cutoff=0.7)
        return aliases[near[0]] if near else None


def _labels(concept: Concept) -> bool:
    """Whether stories are labelled with it: a place that speaks for no country is no country."""
    return concept.kind != "country" or bool(concept.of)


def index_of(words: tuple[Words, ...]) -> Mapping[str, tuple[str, ...]]:
    """Which concepts a folded word names; stems that take endings end in "*"."""
    found: dict[str, tuple[str, ...]] = {}
    for one in words:
        alone = (one.concept,)
        for pattern in fold("\n".join(one.patterns)).text.split("\n"):
            bare = pattern.lstrip("=")
            plain = bare.replace("*", "").replace("~", "")
            for key in (plain, f"{plain}*") if bare != plain else (plain,):
                known = found.setdefault(key, alone)
                if one.concept not in known:
                    found[key] = tuple(sorted((*known, one.concept)))
    return MappingProxyType(found)
