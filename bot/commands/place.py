"""Which channel something is said of: the one that it is said in, or one that the terminal names."""

from dataclasses import replace

from bot.commands.answer import Ask
from bot.core.asking.options import take, unwrapped
from bot.errors import UserError


def channel(ask: Ask, typed: str = "") -> str:
    """The channel; `typed` is what stood after in:. Raises UserError when it is another, or none is known."""
    named = unwrapped(typed) or ask.asker.channel
    if ask.asker.channel not in ("", named):
        raise UserError("that is said in its own channel", at=ask.begins)
    if not named:
        raise unknown(ask)
    return named


def unknown(ask: Ask) -> UserError:
    """The mistake of naming no channel where none is known."""
    return UserError("which channel? in:C0123456789 says it; a channel's details show its id", at=ask.begins)


def said_in(ask: Ask) -> Ask:
    """What was asked without its in:, as if said in the channel that it names.

    Raises UserError as `channel` does.
    """
    options = take(ask.words, ["in"], begins=ask.begins)
    if "in" not in options.values:
        return ask
    where = replace(ask.asker, channel=channel(ask, options.values["in"]))
    return replace(ask, words=options.rest, asker=where)
