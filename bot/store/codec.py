"""Values to JSON and back, for the columns that hold a whole value."""

import json
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from bot.core.text import storable

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")


@cache
def _adapter(kind: Any) -> "TypeAdapter[Any]":
    from pydantic import TypeAdapter  # 6 MB: a process that only polls reads no whole values back

    return TypeAdapter(kind)


def dump(value: object, kind: Any) -> str:
    """JSON of a frozen value of type `kind`. Letters stay readable; lone surrogates become U+FFFD."""
    return storable(json.dumps(_adapter(kind).dump_python(value, mode="json"), ensure_ascii=False))


def load(body: str, kind: type[T]) -> T:
    """The value that `dump` made. Fields that an older program did not know take their defaults."""
    adapter: TypeAdapter[T] = _adapter(kind)  # type: ignore[arg-type]  # types are hashable
    return adapter.validate_json(body)
