"""Kinds of value that a setting can have, with their units, bounds and ways of being written.

A kind is a function that takes what stood in the file or the environment and
gives the value, or raises ValueError whose text says what would be right. The
file has TOML's own types; the environment has only text (`EnvText`), of which
numbers, switches and lists are read here.
"""

import difflib
import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import time, timedelta
from typing import Final

from pydantic import PlainValidator

WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONG_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_SECONDS: Final = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_BYTES: Final = {"B": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30}
_DURATION: Final = re.compile(r"(?:\d{1,7}(?:ms|[smhdw])){1,6}", re.ASCII)
_SIZE: Final = re.compile(r"(\d{1,12}(?:\.\d{1,3})?) ?(B|[kMG]B|[KMG]iB)", re.ASCII)
CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What no setting on one line may hold."""


class EnvText(str):
    """A value that came from the environment, where everything is text."""

    __slots__ = ()


def suggestion(word: str, known: Iterable[str]) -> str:
    """`; did you mean X` for the known word that is nearest to `word`, or "" when none is near.

    >>> suggestion("at_onc", ["at_once", "deadline"])
    '; did you mean at_once?'
    """
    by_lower = {name.lower(): name for name in known}
    near = difflib.get_close_matches(word.lower()[:80], by_lower, n=1, cutoff=0.6)
    return f"; did you mean {by_lower[near[0]]}?" if near else ""


def read_duration(text: str) -> timedelta:
    """Read a length of time with its unit: "90s", "30m", "1h30m", "7d".

    Raises ValueError when it is not one.

    >>> read_duration("1h30m")
    datetime.timedelta(seconds=5400)
    """
    if not _DURATION.fullmatch(text):
        raise ValueError('a length of time with its unit, as in "90s", "30m", "1h30m" or "7d"')
    parts = re.findall(r"(\d+)(ms|[smhdw])", text, re.ASCII)
    return timedelta(seconds=sum(int(number) * _SECONDS[unit] for number, unit in parts))


def show_duration(value: timedelta) -> str:
    """Write a length of time as `read_duration` reads it.

    >>> show_duration(timedelta(hours=1, minutes=30))
    '1h30m'
    """
    left = round(value.total_seconds() * 1000)
    shown = ""
    for unit, size in (("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)):
        count, left = divmod(left, size)
        shown += f"{count}{unit}" if count else ""
    return shown or "0s"


def read_size(text: str) -> int:
    """Read a size in bytes with its unit; kB, MB, GB are powers of 1000, KiB, MiB, GiB of 1024.

    >>> read_size("8MB")
    8000000
    """
    match = _SIZE.fullmatch(text)
    if match is None:
        raise ValueError('a size with its unit, as in "500kB", "8MB" or "1MiB"')
    return int(float(match[1]) * _BYTES[match[2]])


def show_size(value: int) -> str:
    """Write a size as `read_size` reads it, in the largest unit that fits exactly."""
    for unit in ("GB", "GiB", "MB", "MiB", "kB", "KiB"):
        if value and value % _BYTES[unit] == 0:
            return f"{value // _BYTES[unit]}{unit}"
    return f"{value}B"


def duration(least: str, most: str) -> PlainValidator:
    """A length of time between two."""
    lower, upper = read_duration(least), read_duration(most)

    def check(value: object) -> timedelta:
        if isinstance(value, timedelta):
            found = value
        elif isinstance(value, str):
            found = read_duration(value.strip())
        else:
            raise ValueError('a length of time with its unit, as in "90s", "30m", "1h30m" or "7d"')  # noqa: TRY004
        if not lower <= found <= upper:
            raise ValueError(f"from {least} to {most}")
        return found

    return PlainValidator(check)


def size(least: str, most: str) -> PlainValidator:
    """A size in bytes between two."""
    lower, upper = read_size(least), read_size(most)

    def check(value: object) -> int:
        if not isinstance(value, str):
            raise ValueError('a size with its unit, as in "500kB", "8MB" or "1MiB"')  # noqa: TRY004
        found = read_size(value.strip())
        if not lower <= found <= upper:
            raise ValueError(f"from {least} to {most}")
        return found

    return PlainValidator(check)


def whole(least: int, most: int) -> PlainValidator:
    """A whole number between two."""

    def check(value: object) -> int:
        if isinstance(value, EnvText) and re.fullmatch(r"-?[0-9]{1,12}", value.strip()):
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise ValueError(f"a whole number from {least} to {most}, without quotes")
        return value

    return PlainValidator(check)


def fraction() -> PlainValidator:
    """A number from 0 to 1."""

    def check(value: object) -> float:
        if isinstance(value, EnvText):
            try:
                value = float(value)
            except ValueError:
                value = None
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
            raise ValueError("a number from 0 to 1")
        return float(value)

    return PlainValidator(check)


def switch() -> PlainValidator:
    """On or off."""
    words = {"true": True, "false": False, "1": True, "0": False, "yes": True, "no": False}

    def check(value: object) -> bool:
        if isinstance(value, EnvText):
            value = words.get(value.strip().lower())
        if not isinstance(value, bool):
            raise ValueError("true or false, without quotes")  # noqa: TRY004
        return value

    return PlainValidator(check)


def text(most: int = 200, *, empty: bool = True) -> PlainValidator:
    """One line of text."""

    def check(value: object) -> str:
        if not isinstance(value, str):
            raise ValueError("text in quotes")  # noqa: TRY004
        value = value.strip()
        if not value and not empty:
            raise ValueError("text that is not empty")
        if CONTROL.search(value):
            raise ValueError("text on one line, without control characters")
        if len(value) > most:
            raise ValueError(f"text of at most {most} characters")
        return str(value)

    return PlainValidator(check)


def choice(words: Sequence[str]) -> PlainValidator:
    """One of some words."""

    def check(value: object) -> str:
        word = value.strip().lower() if isinstance(value, str) else ""
        if word in words:
            return word
        near = suggestion(word, words) if word else ""
        raise ValueError("one of " + ", ".join(words) + near)

    return PlainValidator(check)


def items(value: object, right: str = 'a list, as in ["a", "b"]') -> list[object]:
    """The members of a list; text from the environment may be `a, b` or `["a", "b"]`.

    Raises ValueError that says what would be `right` when it is no list.
    """
    if isinstance(value, EnvText):
        if value.strip().startswith("["):
            try:
                value = json.loads(value)
            except (ValueError, RecursionError):
                raise ValueError('a list: a, b or ["a", "b"]') from None
        else:
            return [EnvText(part.strip()) for part in value.split(",") if part.strip()]
    if not isinstance(value, list | tuple):
        raise ValueError(right)  # noqa: TRY004
    return list(value)


def several(words: Sequence[str]) -> PlainValidator:
    """Some of the words, each once, in their own order; at least one."""
    one = choice(words).func

    def check(value: object) -> tuple[str, ...]:
        found = {_call(one, item) for item in items(value)}
        if not found:
            raise ValueError("at least one of " + ", ".join(words))
        return tuple(word for word in words if word in found)

    return PlainValidator(check)


def weekdays() -> PlainValidator:
    """Days of the week, as "mon" or "Monday", each once, in the order of the week."""

    def check(value: object) -> tuple[str, ...]:
        found = set()
        right = 'a list of days, as in ["mon", "tue", "wed", "thu", "fri"]'
        for item in items(value, right):
            word = item.strip().lower() if isinstance(item, str) else ""
            if word not in WEEK and word not in _LONG_DAYS:
                raise ValueError(right)
            found.add(word[:3])
        if not found:
            raise ValueError('at least one day, as in ["mon"]')
        return tuple(day for day in WEEK if day in found)

    return PlainValidator(check)


def time_of_day() -> PlainValidator:
    """A time of the day, "08:00"."""

    def check(value: object) -> time:
        if isinstance(value, time) and not value.second and not value.microsecond and value.tzinfo is None:
            return value
        match = (
            re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", value.strip())
            if isinstance(value, str)
            else None
        )
        if match is None:
            raise ValueError('a time of day from "00:00" to "23:59"')
        return time(int(match[1]), int(match[2]))

    return PlainValidator(check)


def _call(check: Callable[..., object], value: object) -> str:
    return str(check(value))
