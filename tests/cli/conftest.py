"""What the tests of the command line share."""

from tests.cli.terminal import nursed, settled, terminal

__all__ = ["nursed", "settled", "terminal"]
