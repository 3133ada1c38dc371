"""The example file, written from the settings themselves so that it cannot be wrong."""

import json
import textwrap
from datetime import time, timedelta
from pathlib import Path
from typing import Final

from pydantic.fields import FieldInfo

from bot.config.kinds import show_duration, show_size
from bot.config.settings import Section, Settings

_WIDTH: Final = 100

_HEAD: Final = """\
# Settings of Steppewatch. Every value shown is what holds without it: keep what you change.
# Each can be overridden by the environment: [poll] at_once is STEPPEWATCH_POLL__AT_ONCE.
# Secrets are not here. They come from the environment, or from a file that ..._FILE names.
"""

_TAIL: Final = """\
# Feeds that are polled from the start; `steppewatch feeds add` and /policy feeds add others.
# kind: official, agency, independent, state, trade, think_tank, aggregator or other; it decides
# a source's standing. user_agent is for a site that answers only to some.
#
# [[feeds]]
# url = "https://example.org/feed"
# name = "Example"
# lang = "en"
# country = "KZ"
# kind = "independent"

# Digests that are posted; /policy subscribe makes others. The query is a search, in the words of
# /policy search; empty: everything that is flagged. What is left out is as in [digest].
#
# [[subscriptions]]
# name = "Tungsten in the morning"
# channel = "C0123456789"
# query = "country:kz,uz mineral:tungsten"
# time = "09:00"
# timezone = "Asia/Tashkent"
# weekdays = ["mon", "tue", "wed", "thu", "fri"]
# holidays = "UZ"
# alerts = true
# review = "mon"
# headings = "ru"
"""


def example() -> str:
    """The text of config.example.toml."""
    parts = [_HEAD]
    for name, field in Settings.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, Section):
            parts.append(_section(name, kind))
    return "\n".join([*parts, _TAIL])


def _section(name: str, kind: type[Section]) -> str:
    lines = [f"# {kind.__doc__}", f"[{name}]"]
    for key, field in kind.model_fields.items():
        if key in kind.secrets:
            variable = f"STEPPEWATCH_{name.upper()}__{key.upper()}"
            lines += _comment(f"{variable} (or {variable}_FILE): {field.description}")
        else:
            lines += [*_comment(field.description or ""), f"{key} = {_toml(key, field)}"]
    return "\n".join(lines) + "\n"


def _comment(text: str) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent="# ",
        subsequent_indent="# ",
        break_on_hyphens=False,
        break_long_words=False,
    )


def _toml(key: str, field: FieldInfo) -> str:
    """The default as it is written in the file."""
    value = field.default
    if key == "largest_body":
        return f'"{show_size(value)}"'
    match value:
        case timedelta():
            return f'"{show_duration(value)}"'
        case time():
            return f'"{value:%H:%M}"'
        case bool() | int() | float():
            return str(value).lower()
        case tuple():
            return json.dumps([str(item) for item in value])
        case str() | Path():
            return json.dumps(str(value))
        case _:
            raise TypeError(f"no way to write {key} = {value!r}")
