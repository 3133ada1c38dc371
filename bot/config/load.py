"""From a file and the environment to settings, or to the list of everything that is wrong with them.

Nothing but the configuration's own files is opened, and no message ever holds
a secret: the value of a secret, of an unknown key and of anything shaped like
a token is not shown.
"""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import tomli
from pydantic import ValidationError

from bot.config.kinds import EnvText, suggestion
from bot.config.problems import Origins, duplicates, in_words
from bot.config.settings import Section, Settings
from bot.errors import ConfigError

PREFIX: Final = "STEPPEWATCH_"
USUAL_FILE: Final = "steppewatch.toml"

_LARGEST_FILE: Final = 4_000_000  # bytes; ten thousand feeds fit
_LARGEST_SECRET: Final = 16_000  # bytes
_LISTS: Final = ("feeds", "subscriptions")

Raw = dict[str, Any]


class SettingsError(ConfigError):
    """The same, with the settings that are left without what is wrong; None: none are."""

    def __init__(self, problems: Sequence[str], rest: Settings | None) -> None:
        super().__init__(problems)
        self.rest = rest


def find(option: str | None, environ: Mapping[str, str]) -> Path | None:
    """Say which file configures: the one asked for, else STEPPEWATCH_CONFIG, else ./steppewatch.toml.

    None: there is none, and the defaults hold. A file that is asked for need
    not exist; `load` complains about that.
    """
    named = option if option is not None else environ.get("STEPPEWATCH_CONFIG") or None
    if named is not None:
        return Path(named)
    usual = Path(USUAL_FILE)
    return usual if usual.exists() else None


def load(path: Path | None, environ: Mapping[str, str]) -> Settings:
    """Read the settings from the file at `path` (None: no file), overridden by `environ`.

    Raises SettingsError that lists every problem in the file and in the
    environment, one line each.
    """
    label = str(path) if path is not None else "configuration"
    raw = _read(path, label) if path is not None else {}
    problems = _take_out_secrets(raw, label)
    origins: Origins = {}
    problems += _overlay(raw, environ, origins)
    problems += duplicates(raw, label)
    settings: Settings | None
    try:
        settings = Settings.model_validate(raw)
    except ValidationError as error:
        wrong = error.errors(include_url=False)
        problems += in_words(wrong, label, raw, origins)
        settings = _without(raw, dict.fromkeys(each["loc"] for each in wrong))
    if problems or settings is None:
        # From None: the cause would carry the values.
        raise SettingsError(list(dict.fromkeys(problems)), settings) from None
    return settings


def _without(raw: Raw, places: Iterable[Sequence[str | int]]) -> Settings | None:
    """The settings without feeds and without what stands at some places; subscriptions keep their numbers."""
    for *way, last in places:
        there: Any = raw
        for part in way:
            there = there[part]
        if isinstance(last, int):  # an entry that is no table
            there[last] = {"name": "?", "channel": "?"}
        elif last in there:
            del there[last]
        else:  # what is missing
            there[last] = "?"
    try:
        return Settings.model_validate({**raw, "feeds": []})
    except ValidationError:
        return None


def section_type(name: str) -> type[Section] | None:
    """The class behind `[name]`, or None when there is no such section."""
    field = Settings.model_fields.get(name)
    kind = field.annotation if field is not None and name not in _LISTS else None
    return kind if isinstance(kind, type) and issubclass(kind, Section) else None


def _read(path: Path, label: str) -> Raw:
    """The tables of the file. Raises ConfigError when there are none to be had."""
    body = _bytes(path, label)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise ConfigError(
            [f"{label}: line {line} is not UTF-8 text; save the file in the encoding UTF-8"]
        ) from None
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise ConfigError([f"{label}: {_where(str(error), text)}"]) from None
    except RecursionError:
        raise ConfigError([f"{label}: not TOML that can be read: brackets are nested too deep"]) from None
    except ValueError as error:  # a number of thousands of digits, a date that is none
        raise ConfigError([f"{label}: not TOML that can be read: {str(error).partition(';')[0]}"]) from None


def _bytes(path: Path, label: str) -> bytes:
    try:
        if path.is_dir():
            raise ConfigError([f"{label}: is a folder; name the file in it"])
        if not path.exists():
            raise ConfigError(
                [f"{label}: there is no such file; `steppewatch config example` prints one to begin with"]
            )
        if not path.is_file():
            raise ConfigError([f"{label}: is not an ordinary file"])
        with path.open("rb") as file:
            body = file.read(_LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ConfigError([f"{label!r}: cannot be read: {reason}"]) from None
    if len(body) > _LARGEST_FILE:
        raise ConfigError([f"{label}: is larger than {_LARGEST_FILE // 1_000_000} MB; this cannot be it"])
    return body


def _where(message: str, text: str) -> str:
    """The parser's complaint with its place in front."""
    what, _, place = message.rstrip(")").rpartition(" (at ")
    if place == "end of document":
        place = f"line {text.count(chr(10)) + 1}"
    return f"{place}: not TOML: {what[:1].lower()}{what[1:]}"


def _take_out_secrets(raw: Raw, label: str) -> list[str]:
    """Refuse secrets in the file, and take them out so that nothing else meets them."""
    problems = []
    for section, table in raw.items():
        kind = section_type(section)
        if kind is None or not isinstance(table, dict):
            continue
        for key in sorted(kind.secrets & table.keys()):
            del table[key]
            problems.append(
                f"{label}: [{section}] {key}: a secret does not belong in this file; {_instead(section, key)}"
            )
    database = raw.get("database")
    if isinstance(database, dict) and _has_password(database.get("url")):
        del database["url"]
        problems.append(
            f"{label}: [database] url: holds a password, which does not belong in this file; "
            + _instead("database", "url")
        )
    feeds = raw.get("feeds")
    for number, feed in enumerate(feeds if isinstance(feeds, list) else [], 1):
        if isinstance(feed, dict) and _has_password(feed.get("url")):
            feed["url"] = "https://example.org/"
            problems.append(
                f"{label}: [[feeds]] no. {number}: url: holds a password, which does not belong in this "
                "file; `steppewatch feeds add` keeps it in the database"
            )
    return problems


def _instead(section: str, key: str) -> str:
    name = f"{PREFIX}{section.upper()}__{key.upper()}"
    return f"set {name}, or name a file in {name}_FILE"


def _has_password(url: object) -> bool:
    try:
        return isinstance(url, str) and bool(urlsplit(url).password)
    except ValueError:
        return False


def _overlay(raw: Raw, environ: Mapping[str, str], origins: Origins) -> list[str]:
    """Put what the environment says over what the file said; note where each came from."""
    problems: list[str] = []
    for name in sorted(environ):
        value = environ[name]
        if not name.startswith(PREFIX) or name == f"{PREFIX}CONFIG" or not value.strip():
            continue  # an empty variable is one that is not set: container files often pass those
        rest = name.removeprefix(PREFIX).lower()
        section, separator, key = rest.partition("__")
        kind = section_type(section)
        if rest in _LISTS:
            problems += _overlay_list(raw, name, rest, value, origins)
        elif not separator:
            # Others are not for us: Kubernetes makes STEPPEWATCH_PORT and such for a service of our name.
            if (meant := _with_one_underscore(rest)) and not value.startswith("tcp://"):
                problems.append(f"{name}: two underscores follow the section: {meant}")
        elif kind is None:
            problems.append(f"{name}: there is no section [{section}]{suggestion(section, _section_names())}")
        else:
            problems += _overlay_key(raw, environ, name, place=(section, key), kind=kind, origins=origins)
    return problems


def _with_one_underscore(rest: str) -> str:
    """The variable that was meant by one whose section is followed by one underscore; "": none.

    >>> _with_one_underscore("database_url"), _with_one_underscore("port")
    ('STEPPEWATCH_DATABASE__URL', '')
    """
    for section in _section_names():
        kind, key = section_type(section), rest.removeprefix(f"{section}_")
        if kind is not None and key != rest and key.removesuffix("_file") in kind.model_fields:
            return f"{PREFIX}{section}__{key}".upper()
    return ""


def _overlay_key(
    raw: Raw,
    environ: Mapping[str, str],
    name: str,
    *,
    place: tuple[str, str],
    kind: type[Section],
    origins: Origins,
) -> list[str]:
    section, key = place
    value = environ[name]
    may_be_in_file = kind.secrets | ({"url"} if section == "database" else set())
    if key.removesuffix("_file") in may_be_in_file and key.endswith("_file"):
        key = key.removesuffix("_file")
        direct = name.removesuffix("_FILE")
        if environ.get(direct, "").strip():
            return [f"{name}: {direct} is set too; leave one of them"]
        problems: list[str] = []
        found = _secret_in(name, value, problems)
        if found is None:
            return problems
        value = found
    if key not in kind.model_fields:
        known = [f"{PREFIX}{section.upper()}__{field.upper()}" for field in kind.model_fields]
        return [f"{name}: is not a setting{suggestion(name, known)}"]
    table = raw.setdefault(section, {})
    if isinstance(table, dict):
        table[key] = EnvText(value)
        origins[section, key] = name
    return []


def _section_names() -> list[str]:
    return [name for name in Settings.model_fields if name not in _LISTS]


def _overlay_list(raw: Raw, name: str, key: str, value: str, origins: Origins) -> list[str]:
    try:
        raw[key] = json.loads(value)
    except (ValueError, RecursionError):
        return [f'{name}: a list in JSON, as in [{{"url": "https://example.org/feed"}}]']
    origins[(key,)] = name
    return []


def _secret_in(name: str, file: str, problems: list[str]) -> str | None:
    """The secret that the file holds; None, and a problem noted, when it cannot be had."""
    try:
        with Path(file).open("rb") as opened:
            body = opened.read(_LARGEST_SECRET + 1)
        found = body.decode().strip()
    except UnicodeDecodeError:
        problems.append(f"{name}: {file}: is not text")
    except (OSError, ValueError) as error:
        reason = (
            os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "not a file's name"
        )
        problems.append(f"{name}: {file}: cannot be read: {reason}")
    else:
        if found and len(body) <= _LARGEST_SECRET:
            return found
        problems.append(f"{name}: {file}: " + ("is empty" if not found else "is too long to be a secret"))
    return None
