"""Which channel something is said of: the one that it is said in, or one that the terminal names."""

from bot.commands.answer import Ask
from bot.core.options import unwrapped
from bot.errors import UserError


def channel(ask: Ask, typed: str = "") -> str:
    """The channel; `typed` is what stood after in:. Raises UserError when it is another, or none is known."""
    named = unwrapped(typed) or ask.asker.channel
    if ask.asker.channel not in ("", named):
        raise UserError("that is said in its own channel", at=ask.begins)
    if not named:
        raise UserError(
            "which channel? in:C0123456789 says it; a channel's details show its id", at=ask.begins
        )
    return named
