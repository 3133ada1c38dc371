"""What is wrong with a query, and where."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from bot.core.asking.loose import when
from bot.core.asking.periods import last_named, period
from bot.errors import Fix, UserError


class Mistake(Exception):  # noqa: N818  (it becomes a UserError before anybody sees it)
    """What is wrong, at which offset of the query, and what would be right for how many letters there."""

    def __init__(self, message: str, at: int, *, right: str = "", long: int = 0) -> None:
        self.at, self.right, self.long = at, right, long
        super().__init__(message)


def error(mistakes: Sequence[Mistake], begins: int) -> UserError:
    """All of them in words, with what is right for each; the query begins at `begins` of what was typed."""
    return UserError.together([_told(each, begins + each.at) for each in mistakes])


def _told(mistake: Mistake, at: int) -> UserError:
    fix = Fix(at, at + mistake.long, mistake.right) if mistake.right else None
    return UserError(f"{mistake} (at character {at + 1})", at=at, fix=fix)


_ANY_DAY: Final = date(2000, 1, 1)
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def moment_of(name: str, value: str, at: int) -> str:
    """A period or a day as it was typed, or said in words. Raises Mistake."""
    if period(value) is not None or last_named(value, _ANY_DAY) is not None:
        return value
    if _DATE.fullmatch(value):
        try:
            datetime.fromisoformat(value)
        except ValueError:
            raise Mistake(f"{value} is not a day of the calendar", at) from None
        return value
    if said := when(value):
        return moment_of(name, said, at)
    wanted = "a period such as 12h, 7d, 4w, 3m, or a day such as 2026-02-01 or friday"
    raise Mistake(f"{name}: wants {wanted}", at)
