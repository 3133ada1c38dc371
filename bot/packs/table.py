"""A table of a pack, read key by key: what is wrong with it is noted with its place, and reading goes on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final

from bot.core.countries import NAMES

STRINGS: Final = "a list of strings"

_COUNTRIES: Final = frozenset(NAMES) | {"C5"}  # C5: the five of Central Asia together
_BY_NAME: Final = {name.casefold(): code for code, name in NAMES.items()}


@dataclass(slots=True)
class Table:
    """A table whose keys are taken one by one; `done` complains of what was not taken."""

    place: str
    keys: Mapping[str, Any]
    problems: list[str]
    taken: list[str] = field(default_factory=list)

    def text(self, key: str) -> str:
        """A string; "" where there is none."""
        return str(self._take(key, "", str, "a string"))

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        return bool(self._take(key, default, bool, "true or false"))

    def number(self, key: str, default: float) -> float:
        """A number, whole or not."""
        return float(self._take(key, default, (int, float), "a number"))

    def table(self, key: str) -> Mapping[str, Any]:
        """A table; empty where there is none."""
        found: Mapping[str, Any] = self._take(key, {}, dict, "a table")
        return found

    def strings(self, key: str) -> tuple[str, ...]:
        """A list of strings; empty where there is none."""
        found = self._take(key, [], list, STRINGS)
        if not all(isinstance(one, str) for one in found):
            self.problems.append(f"{self.place}: {key} must be {STRINGS}")
            return ()
        return tuple(found)

    def _take(self, key: str, default: Any, kind: Any, wanted: str) -> Any:
        self.taken.append(key)
        found = self.keys.get(key, default)
        if not isinstance(found, kind) or (isinstance(found, bool) and kind is not bool):
            self.problems.append(f"{self.place}: {key} = {found!r} is not {wanted}")
            return default
        return found

    def done(self) -> None:
        """Note every key that nobody asked for."""
        for key in self.keys:
            if key not in self.taken:
                self.problems.append(f"{self.place}: {key} is not a key here; {meant(key, self.taken)}")


def meant(word: str, known: Iterable[str]) -> str:
    """What to say of a word that is not known: the nearest that is, or some of those."""
    known = list(known)
    near = get_close_matches(word, known, n=1)
    return f"did you mean {near[0]}?" if near else "known are: " + ", ".join(sorted(known)[:12])


def meant_country(code: str) -> str:
    """What to say of a code that is no country's; "": it is one.

    >>> meant_country("KZ"), meant_country("Uzbekistan")
    ('', 'did you mean "UZ"?')
    """
    if code in _COUNTRIES:
        return ""
    right = code.upper() if code.upper() in _COUNTRIES else _BY_NAME.get(code.casefold())
    return f'did you mean "{right}"?' if right else 'two capital letters, as in "KZ", or "C5"'
