"""An understander for tests: packs are read and automata built once."""

from functools import cache

from bot.core.story import Article, Decision
from bot.core.understand import Understander
from bot.packs.reader import load


@cache
def understander() -> Understander:
    """The packs that ship, ready to decide."""
    return Understander(load())


def decide(title: str, text: str = "", **known: str) -> Decision:
    """Decide a story of a test."""
    return understander().decide(Article(title, text, **known))  # type: ignore[arg-type]
