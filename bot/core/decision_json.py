"""A decision as JSON for the store. What people are shown is `bot.core.as_json`.

By hand and not by pydantic, which reads it back (`bot.store.codec`): it is written where stories are
decided, in processes that hold nothing else of pydantic's ten megabytes.
"""

import json
from dataclasses import fields
from datetime import date
from typing import Any, Final

from bot.core.story import Decision
from bot.core.text import storable

_FIELDS: Final = tuple(field.name for field in fields(Decision))


def dump(decision: Decision) -> str:
    """The whole decision as a JSON string. Letters stay readable; what no database keeps becomes U+FFFD."""
    return storable(_ENCODER.encode({name: getattr(decision, name) for name in _FIELDS}))


def _plain(value: Any) -> object:
    """A value that JSON does not know: a day, or one of our own."""
    if isinstance(value, date):
        return value.isoformat()
    return {field.name: getattr(value, field.name) for field in fields(value)}


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain)
