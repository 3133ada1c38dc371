"""Documents as a page: self-contained, printable, without a script."""

from bot.surfaces.html.render import page

__all__ = ["page"]
