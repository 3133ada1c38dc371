"""Reads packs: TOML files that say which concepts there are, by which words, for which topics.

A file may hold any of these tables, so that a new language or a new topic is one new file:

    [language.kk]          how the language's words end, and what it is recognized by
    [topic.policy]         a topic's line, slope and parts
    [concepts]             "mineral.tungsten" = {name = "tungsten", off = ["noise.bulb"]}
    [words.ru]             "mineral.tungsten" = ["вольфрам~"]  (notation: bot.core.reading.patterns)
    [sites.mul]            "mineral.copper" = ["Aktogay*"]: words too, each the name of a place or a firm
    [outlets]              KZ = ["kursiv.media"]: hosts that write for a country, whatever their ending
    [[example]]            a title and text, and what must (`topics`, `tier`) and must not (`no`) be found
    [[action]]             a title and text with what was done; read by the tests of actions only

A later file may add words and examples to any concept; a concept, topic or language is
defined once.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import tomli

from bot.core.reading.concepts import SITE, Concept, Example, Language, Led, Packs, Part, Topic, Words
from bot.core.reading.patterns import spelled
from bot.core.text import fold
from bot.core.words import TOPICS, Tier
from bot.errors import ConfigError
from bot.packs.table import STRINGS, Table, meant, meant_country

_CONCEPT_ID: Final = re.compile(r"[a-z_]+\.[\w.+-]+")
_TABLES: Final = ("language", "topic", "concepts", "words", "sites", "outlets", "example", "action")


def load(folders: Sequence[Path] = ()) -> Packs:
    """The packs that ship with the program, and those of an operator's folders after them.

    Those that ship are read once a process. Raises ConfigError naming every
    file and key that is wrong and what would be right.
    """
    return _read(tuple(folders)) if folders else _those_that_ship()


@cache
def _those_that_ship() -> Packs:
    return _read(())


def _read(folders: Sequence[Path]) -> Packs:
    draft = _Draft()
    for name, body in _shipped():
        draft.read(name, body)
    for folder in folders:
        if not folder.is_dir():
            draft.problems.append(f"{folder}: packs are read from folders, and this is not one")
            continue
        for path in sorted(folder.rglob("*.toml")):
            try:
                draft.read(str(path), path.read_bytes())
            except OSError as error:
                draft.problems.append(f"{path}: cannot be read: {error.strerror}")
    return draft.finished()


def _shipped() -> Iterator[tuple[str, bytes]]:
    """The files beside this module, by name and in an order that is the same everywhere."""

    def below(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
        for entry in sorted(folder.iterdir(), key=lambda e: e.name):
            if entry.is_dir():
                yield from below(entry, f"{prefix}{entry.name}/")
            elif entry.name.endswith(".toml"):
                yield f"{prefix}{entry.name}", entry

    root = resources.files("bot.packs")
    for room in ("topics", "words", "examples"):
        for name, entry in below(root / room, f"{room}/"):
            yield name, entry.read_bytes()


@dataclass(slots=True)
class _Draft:
    """Packs while they are read. Problems are gathered, so that all are told at once."""

    concepts: dict[str, Concept] = field(default_factory=dict)
    words: list[Words] = field(default_factory=list)
    topics: dict[str, Topic] = field(default_factory=dict)
    languages: dict[str, Language] = field(default_factory=dict)
    outlets: dict[str, str] = field(default_factory=dict)
    examples: list[Example] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    _word_places: list[str] = field(default_factory=list)
    _references: list[tuple[str, str]] = field(default_factory=list)  # place, beginning of an id
    _asked: list[tuple[str, str, str]] = field(default_factory=list)  # place, topic, one that it asks about
    _hash: Any = field(default_factory=hashlib.sha256)

    def read(self, name: str, body: bytes) -> None:
        """Take in one file; what is wrong with it is noted."""
        self.files.append(name)
        self._hash.update(hashlib.sha256(body).digest())
        try:
            tables = tomli.loads(body.decode("utf-8"))
        except UnicodeDecodeError as error:
            self.problems.append(f"{name}: is not UTF-8 (byte {error.start}); save it as UTF-8")
            return
        except tomli.TOMLDecodeError as error:
            self.problems.append(f"{name}: is not TOML: {error}")
            return
        for key in tables:
            if key not in _TABLES:
                self.problems.append(f"{name}: [{key}] is not a table of a pack; {meant(key, _TABLES)}")
        self._take_in(name, tables)

    def _take_in(self, name: str, tables: Mapping[str, Any]) -> None:
        for code, table in self._tables(name, tables, "language"):
            self._language(f"{name}: [language.{code}]", code, table)
        for one, table in self._tables(name, tables, "topic"):
            self._topic(f"{name}: [topic.{one}]", one, table)
        for one, table in self._tables(name, tables, "concepts"):
            self._concept(f'{name}: [concepts] "{one}"', one, table)
        for code, table in self._tables(name, tables, "words"):
            for concept, patterns in table.items():
                self._words(f'{name}: [words.{code}] "{concept}"', code, concept, patterns)
        for code, table in self._tables(name, tables, "sites"):
            for concept, patterns in table.items():
                place = f'{name}: [sites.{code}] "{concept}"'
                self._words(place, code, concept, patterns)
                self._words(place, code, SITE, patterns)
        of = Table(f"{name}: [outlets]", tables.get("outlets", {}), self.problems)
        for country in self._countries(of.place, "", of.keys):
            self.outlets |= dict.fromkeys(map(str.lower, of.strings(country)), country)
        for number, table in enumerate(self._list(name, tables, "example"), 1):
            self._example(f"{name}: [[example]] {number}", name, table)

    def finished(self) -> Packs:
        """The packs, or a ConfigError with everything that is wrong."""
        for one, place in zip(self.words, self._word_places, strict=True):
            if one.concept not in self.concepts:
                self.problems.append(f"{place}: no such concept; {meant(one.concept, self.concepts)}")
        known = {*self.concepts, *(one.kind for one in self.concepts.values())}
        for place, named in self._references:
            if named not in known and not any(one.startswith(named) for one in self.concepts):
                self.problems.append(f"{place}: no concept's id begins with {named}; {meant(named, known)}")
        for topic in TOPICS:
            if topic not in self.topics:
                self.problems.append(f"topic {topic} is nowhere defined")
        order = {one: place for place, one in enumerate(TOPICS)}
        topics = sorted(self.topics.values(), key=lambda t: (order.get(t.id, len(order)), t.id))
        decided = [topic.id for topic in topics]
        for place, asking, asked in self._asked:
            earlier = decided[: decided.index(asking)]
            if asked not in earlier:
                self.problems.append(
                    f"{place}: no topic {asked} is decided before it; {meant(asked, earlier)}"
                )
        if self.problems:
            raise ConfigError(self.problems)
        words = tuple(self.words)
        return Packs(
            version=self._hash.hexdigest()[:12],
            concepts=MappingProxyType(dict(self.concepts)),
            words=words,
            topics=tuple(topics),
            languages=MappingProxyType(dict(self.languages)),
            examples=tuple(self.examples),
            files=tuple(self.files),
            outlets=MappingProxyType(dict(self.outlets)),
        )

    def _tables(
        self, name: str, tables: Mapping[str, Any], key: str
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        found = tables.get(key, {})
        if not isinstance(found, dict):
            self.problems.append(f"{name}: {key} must be a table: [{key}...]")
            return
        for one, table in found.items():
            if isinstance(table, dict):
                yield one, table
            else:
                self.problems.append(f"{name}: {key}.{one} must be a table, as in {{name = ...}}")

    def _list(self, name: str, tables: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
        found = tables.get(key, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            self.problems.append(f"{name}: {key} must be written [[{key}]]")
            return
        yield from found

    def _language(self, place: str, code: str, table: Mapping[str, Any]) -> None:
        take = Table(place, table, self.problems)
        spellings = tuple(self._spelling(place, table) for table in take.strings("spellings"))

        def also(words: Iterable[str]) -> frozenset[str]:
            folded = [fold(word).text for word in words]
            return frozenset(folded).union(*(spelled(word, spellings) for word in folded))

        made = Language(
            code=code,
            endings=also(take.strings("endings")),
            chain=int(take.number("chain", 1)),
            spellings=spellings,
            softens=self._spelling(place, take.text("softens")),
            letters=frozenset(take.text("letters")),
            common=also(take.strings("common")),
            home=take.text("home"),
            partner=tuple(take.strings("partner")),
            along=tuple(take.strings("along")),
            to=tuple(take.strings("to")),
            at=tuple(take.strings("at")),
            comes=tuple(sorted(also(take.strings("comes")))),
            rises=tuple(sorted(also(take.strings("rises")))),
            deeds=tuple(sorted(also(take.strings("deeds")))),
            asks=tuple(sorted(also(take.strings("asks")))),
            articles=tuple(sorted(also(take.strings("articles")))),
            things=tuple(sorted(also(take.strings("things")))),
            last=tuple(sorted(also(take.strings("last")))),
            capitals=tuple(sorted(also(take.strings("capitals")))),
            bent=tuple(sorted(also(take.strings("bent")))),
            owned=tuple(sorted(also(take.strings("owned")))),
            whole=tuple(sorted(also(take.strings("whole")))),
            surnames=tuple(sorted(also(take.strings("surnames")))),
            apart=take.flag("apart", default=False),
        )
        take.done()
        self._once(place, self.languages, code, made)

    def _spelling(self, place: str, table: str) -> tuple[tuple[str, str], ...]:
        """How letters are written in another script: "ш=sh" and so on; "^e=э" where a word begins."""
        pairs = [pair.partition("=") for pair in table.split()]
        self.problems += [
            f"{place}: spellings: {''.join(pair)!r} is not written as 'ш=sh'"
            for pair in pairs
            if not (pair[0] and pair[1])
        ]
        return tuple(
            (letters.replace("^", " "), " " * letters.startswith("^") + written)
            for letters, _, written in pairs
            if letters
        )

    def _topic(self, place: str, one: str, table: Mapping[str, Any]) -> None:
        take = Table(place, table, self.problems)
        parts = tuple(
            self._part(f"{place}.parts.{name}", one, name, part) for name, part in take.table("parts").items()
        )
        made = Topic(
            id=one,
            line=take.number("line", 2.0),
            slope=take.number("slope", 1.5),
            parts=parts,
            name=take.text("name"),
            home=take.number("home", 0.0),
            at_home=self._countries(place, "at_home", take.strings("at_home")),
            led=self._led(f"{place}.led", one, take.table("led")),
        )
        take.done()
        self._once(place, self.topics, one, made)

    def _led(self, place: str, topic: str, table: Mapping[str, Any]) -> Led:
        take = Table(place, table, self.problems)
        made = Led(
            by=self._ids(take, "by"),
            also=self._ids(take, "also"),
            but=self._ids(take, "but"),
            over=self._ids(take, "over"),
            given=self._decided(take, topic, "given"),
            without=self._decided(take, topic, "without"),
            share=take.number("share", 1.0),
        )
        take.done()
        return made

    def _part(self, place: str, topic: str, name: str, table: Any) -> Part:
        take = Table(place, table if isinstance(table, dict) else {}, self.problems)
        points = Table(f"{place}: kinds", take.table("kinds"), self.problems)
        kinds = {kind: points.number(kind, 0.0) for kind in points.keys}
        self._references += [(f"{place}: kinds", kind) for kind in kinds]
        if not kinds:
            self.problems.append(
                f"{place}: kinds must give points to kinds of concept, as in {{mineral = 1.2}}"
            )
        made = Part(
            name,
            MappingProxyType(kinds),
            self._countries(place, "of", take.strings("of")),
            self._countries(place, "but", take.strings("but")),
            cap := take.number("cap", 4.0),
            self._decided(take, topic, "given"),
            self._decided(take, topic, "without"),
            take.number("alone", cap),
            take.number("hushes", 1.0),
        )
        take.done()
        return made

    def _concept(self, place: str, one: str, table: Mapping[str, Any]) -> None:
        if not _CONCEPT_ID.fullmatch(one):
            self.problems.append(f'{place}: an id is written kind.name, as in "mineral.tungsten"')
        take = Table(place, table, self.problems)
        made = Concept(
            id=one,
            name=take.text("name"),
            of=self._countries(place, "of", take.strings("of")),
            weight=take.number("weight", 1.0),
            sure=take.flag("sure", default=True),
            on=self._ids(take, "on"),
            off=self._ids(take, "off"),
            bulk=take.flag("bulk", default=False),
            note=take.text("note"),
        )
        take.done()
        self._once(place, self.concepts, one, made)

    def _countries(self, place: str, key: str, codes: Iterable[str]) -> tuple[str, ...]:
        """The codes, as they are written; those that are no country's are noted."""
        codes = tuple(codes)
        said = f"{place}: {key} = " if key else f"{place}: "
        self.problems += [
            f'{said}"{code}" is no country; {right}' for code in codes if (right := meant_country(code))
        ]
        return codes

    def _words(self, place: str, code: str, concept: str, patterns: Any) -> None:
        if not isinstance(patterns, list) or not {*map(type, patterns)} <= {str}:
            self.problems.append(f"{place}: must be {STRINGS}")
            return
        bare = " ".join(patterns).replace("-", " ")
        for mark in "*~='":
            bare = bare.replace(mark, "")
        # Nearly all are words and nothing else: where all of a list are, none of it need be looked at.
        if not all(map(str.isalnum, bare.split(" "))) and not self._are_words(place, patterns):
            return
        self.words.append(Words(concept, code, tuple(patterns)))
        self._word_places.append(place)

    def _are_words(self, place: str, patterns: Sequence[str]) -> bool:
        """Whether each pattern has words of letters on one line; the first that has not is noted."""
        for pattern in patterns:
            bare = fold(pattern.lstrip("=")).text.replace("-", " ").split()
            if not bare or any(not word.strip("*~") for word in bare):
                self.problems.append(f'{place}: "{pattern}" has a word without letters')
                return False
            if "\n" in pattern:
                self.problems.append(f"{place}: {pattern!r} has a line break")
                return False
        return True

    def _example(self, place: str, pack: str, table: Mapping[str, Any]) -> None:
        take = Table(place, table, self.problems)
        self.examples.append(
            Example(
                title=take.text("title"),
                text=take.text("text"),
                lang=take.text("lang"),
                topics=take.strings("topics"),
                no=take.strings("no"),
                tier=self._tier(place, take.text("tier")),
                countries=take.strings("countries") if "countries" in table else None,
                minerals=take.strings("minerals") if "minerals" in table else None,
                pack=pack,
            )
        )
        take.done()

    def _ids(self, take: Table, key: str) -> tuple[str, ...]:
        """Concepts that another is to be read with, by ids or beginnings; looked for when all are known."""
        found = take.strings(key)
        self._references += [(f"{take.place}: {key}", each) for each in found]
        return found

    def _decided(self, take: Table, topic: str, key: str) -> str:
        """Another topic that a part goes by, "" for none; it has to be decided before the part's own."""
        asked = take.text(key)
        if asked:
            self._asked.append((f"{take.place}: {key}", topic, asked))
        return asked

    def _tier(self, place: str, name: str) -> Tier | None:
        if name and name not in set(Tier):
            self.problems.append(f"{place}: tier = {name!r} is not one of {', '.join(Tier)}")
            return None
        return Tier(name) if name else None

    def _once(self, place: str, into: dict[str, Any], key: str, made: Any) -> None:
        if key in into:
            self.problems.append(f"{place}: is defined already; words and examples may be added, not this")
        into[key] = made
