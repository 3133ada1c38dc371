"""A decision as JSON for the store, and back, losslessly. What people are shown is `bot.core.as_json`."""

from typing import Final

from pydantic import TypeAdapter

from bot.core.story import Decision

_DECISIONS: Final = TypeAdapter(Decision)


def dump(decision: Decision) -> str:
    """The whole decision as a JSON string; `parse` gives it back as it was."""
    return _DECISIONS.dump_json(decision).decode()


def parse(text: str) -> Decision:
    """The decision that `dump` wrote. Raises ValueError on anything else."""
    return _DECISIONS.validate_json(text)
