"""What the tests of the command line share."""

from tests.cli.terminal import settled, terminal

__all__ = ["settled", "terminal"]
