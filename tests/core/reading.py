"""An understander for tests: packs are read and automata built once."""

from bot.core.reading.lexicon import Lexicon
from bot.core.story import Article, Decision
from bot.core.understand import Lines, Understander
from bot.wiring import understander_that_ships


def understander() -> Understander:
    """The packs that ship, ready to decide; the one that the program's own commands have in this process."""
    return understander_that_ships(Lines())


def lexicon() -> Lexicon:
    """What it finds words with."""
    return understander()._lexicon


def decide(title: str, text: str = "", **known: str) -> Decision:
    """Decide a story of a test."""
    return understander().decide(Article(title, text, **known))  # type: ignore[arg-type]
