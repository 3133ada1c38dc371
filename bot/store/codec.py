"""Values to JSON and back, for the columns that hold a whole value."""

import json
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from bot.core.story import Decision
from models.base import storable

T = TypeVar("T")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def dump(value: object, kind: Any) -> str:
    """JSON of a frozen value of type `kind`. Letters stay readable; lone surrogates become U+FFFD."""
    return storable(json.dumps(_adapter(kind).dump_python(value, mode="json"), ensure_ascii=False))


def decision_out(decision: Decision) -> str:
    """A decision as it is stored."""
    try:
        return _adapter(Decision).dump_json(decision).decode()
    except PydanticSerializationError:  # half a character, which `dump` mends
        return dump(decision, Decision)


def decision_in(body: str) -> Decision:
    """A stored decision. Fields that an older program did not know take their defaults."""
    found: Decision = _adapter(Decision).validate_json(body)
    return found


def load(body: str, kind: type[T]) -> T:
    """The value of type `kind` that `dump` made."""
    adapter: TypeAdapter[T] = _adapter(kind)  # type: ignore[arg-type]  # types are hashable
    return adapter.validate_json(body)
