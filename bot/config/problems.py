"""What is wrong with a configuration, in words: where, what was found, what would be right."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from pydantic_core import ErrorDetails

from bot.config.kinds import EnvText, suggestion
from bot.config.settings import FeedSettings, Section, Settings, SubscriptionSettings
from bot.core.redact import escaped, redact

if TYPE_CHECKING:
    from collections.abc import Hashable

Origins = dict[tuple[str, ...], str]
"""Which environment variable a section's key, or a whole list, came from; what is not here is the file's."""

_LONGEST_SHOWN: Final = 60
_ENTRIES: Final[Mapping[str, type[Section]]] = MappingProxyType(
    {"feeds": FeedSettings, "subscriptions": SubscriptionSettings}
)


def in_words(
    errors: Sequence[ErrorDetails], label: str, raw: Mapping[str, Any], origins: Origins
) -> list[str]:
    """One line for each error that pydantic found in `raw`."""
    return [_line(error, label, raw, origins) for error in errors]


def duplicates(raw: Mapping[str, Any], label: str) -> list[str]:
    """One line for each feed or subscription that is there twice."""
    problems = []
    for table, key in (("feeds", "url"), ("subscriptions", "name")):
        entries = raw.get(table)
        values: list[Hashable] = [
            entry[key].strip()
            for entry in (entries if isinstance(entries, list) else [])
            if isinstance(entry, dict) and isinstance(entry.get(key), str)
        ]
        problems += [
            f"{label}: [[{table}]] {key} = {_shown(value)} is there {count} times; once is right"
            for value, count in Counter(values).items()
            if count > 1
        ]
    return problems


def _line(error: ErrorDetails, label: str, raw: Mapping[str, Any], origins: Origins) -> str:
    place = error["loc"]
    kind = error["type"]
    origin = origins.get(tuple(str(part) for part in place[:2])) or origins.get((str(place[0]),))
    if kind == "extra_forbidden":
        return f"{origin or label}: {_unknown(place)}"
    where = _where(place)
    if kind == "missing":
        return f"{origin or label}: {where} is missing"
    if kind == "value_error":
        right = str(error.get("ctx", {}).get("error", ""))
    elif place[0] in _ENTRIES:
        right = f"a table for each, [[{place[0]}]]"
    else:
        right = f"a table, [{place[0]}]"
    if _is_secret(place):
        return f"{origin or label}: {'' if origin else where + ': '}wants {right}"
    found = _shown(_at(raw, place))
    if origin and (str(place[0]),) not in origins:
        return f"{origin} = {found}: wants {right}"
    return f"{origin or label}: {where} = {found}: wants {right}"


def _where(place: Sequence[str | int]) -> str:
    """[section] key; [[feeds]] no. 2: key."""
    if len(place) == 1:
        return str(place[0])
    if place[0] in _ENTRIES:
        entry = f"[[{place[0]}]] no. {int(place[1]) + 1}"
        return entry if len(place) == 2 else f"{entry}: {place[2]}"
    return f"[{place[0]}] {place[1]}"


def _unknown(place: Sequence[str | int]) -> str:
    """An unknown key, with the one that may have been meant. Its value is not shown: it may be a secret."""
    key = _word(place[-1])
    if len(place) == 1:
        home = [name for name in _sections() if key in _sections()[name]]
        if home:
            return f"{key} stands before any section; it belongs under [{home[0]}]"
        near = suggestion(key, Settings.model_fields) or f"; there are {', '.join(Settings.model_fields)}"
        return f"[{key}] is not a section{near}"
    where = _where([*place[:-1], key])
    known = _ENTRIES[str(place[0])].model_fields if place[0] in _ENTRIES else _sections()[str(place[0])]
    near = suggestion(key, known)
    if not near:
        home = [name for name in _sections() if key in _sections()[name]]
        near = f"; it belongs under [{home[0]}]" if home else f"; there are {', '.join(known)}"
    return f"{where} is not a setting{near}"


def _sections() -> dict[str, Iterable[str]]:
    found: dict[str, Iterable[str]] = {}
    for name, field in Settings.model_fields.items():
        kind = field.annotation
        if name not in _ENTRIES and isinstance(kind, type) and issubclass(kind, Section):
            found[name] = kind.model_fields.keys()
    return found


def _is_secret(place: Sequence[str | int]) -> bool:
    field = Settings.model_fields.get(str(place[0]))
    kind = field.annotation if field else None
    return (
        len(place) > 1
        and isinstance(kind, type)
        and issubclass(kind, Section)
        and str(place[1]) in kind.secrets
    )


def _at(raw: Any, place: Sequence[str | int]) -> Any:
    for part in place:
        raw = raw[part]
    return raw


def _shown(value: object) -> str:
    """The value as one would write it in TOML, on one line, cut, and with no secret in it."""
    match value:
        case EnvText() | str():
            shown = json.dumps(redact(str(value)), ensure_ascii=False)
        case bool():
            shown = str(value).lower()
        case datetime() | date() | time():
            shown = value.isoformat()
        case int() | float():
            shown = (
                repr(value) if not isinstance(value, int) or abs(value) < 10**20 else "a very large number"
            )
        case dict():
            shown = "a table"
        case list():
            shown = (
                "["
                + ", ".join(_shown(item) for item in value[:4])
                + (", ..." if len(value) > 4 else "")
                + "]"
            )
        case _:
            shown = redact(repr(value))
    shown = escaped(shown)
    return shown if len(shown) <= _LONGEST_SHOWN else shown[: _LONGEST_SHOWN - 1] + "…"


def _word(key: object) -> str:
    """A key as it may be shown."""
    shown = escaped(redact(str(key)))
    return shown if len(shown) <= _LONGEST_SHOWN else shown[: _LONGEST_SHOWN - 1] + "…"
