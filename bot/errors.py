"""Errors by whose move is next. Each text is meant to be read by that person."""

from collections.abc import Sequence
from dataclasses import dataclass


class SteppewatchError(Exception):
    """Anything this program says on purpose; its text is fit to be shown."""


class ConfigError(SteppewatchError):
    """The operator's move: the configuration is unusable. Lists every problem found, not the first."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class StoreError(SteppewatchError):
    """The operator's move: the database cannot be used (newer schema, corrupt, read-only, unreachable)."""


class FetchError(SteppewatchError):
    """The clock's move: a feed or page could not be read now; the text is the one-line reason."""


@dataclass(frozen=True, slots=True)
class Fix:
    """Words that would be right in the place of some that were typed."""

    begin: int
    end: int | None  # None: up to the end of what was typed
    words: str

    def of(self, typed: str) -> str:
        """What was typed, put right.

        >>> Fix(0, 6, "search").of("serach tungsten")
        'search tungsten'
        """
        after = "" if self.end is None else typed[self.end :]
        return f"{typed[: self.begin]}{self.words}{after}".strip()


class UserError(SteppewatchError):
    """The asker's move: what was asked makes no sense, or cannot be; the text says where and what would.

    `at` is the character offset of the mistake in what was typed, if it has one; `fix`
    is what was probably meant, for those who can offer it to be pressed.
    """

    def __init__(
        self, message: str, *, at: int | None = None, fix: Fix | None = None, each: Sequence["UserError"] = ()
    ) -> None:
        self.at = at
        self.fix = fix
        self._each = tuple(each)
        super().__init__(message)

    @property
    def each(self) -> Sequence["UserError"]:
        """The mistakes that it tells of, in the order of their places."""
        return self._each or (self,)

    @classmethod
    def together(cls, mistakes: Sequence["UserError"]) -> "UserError":
        """One that tells of all, in the order of their places, with what is right instead of the first."""
        each = sorted(mistakes, key=lambda mistake: mistake.at or 0)
        if len(each) == 1:
            return each[0]
        return cls("; and ".join(map(str, each)), at=each[0].at, fix=each[0].fix, each=each)

    @property
    def made_no_sense(self) -> bool:
        """Whether it is a matter of the words; any other was understood, and the world does not let it."""
        return self.at is not None or self.fix is not None


class InputError(SteppewatchError):
    """The caller's move: a line of a file is not what it should be; the text names the line."""
