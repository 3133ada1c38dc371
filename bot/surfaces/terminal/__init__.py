"""Documents in the terminal: in colour for a person, as plain lines for a pipe."""

from bot.surfaces.terminal.colour import show
from bot.surfaces.terminal.lines import as_text

__all__ = ["as_text", "show"]
