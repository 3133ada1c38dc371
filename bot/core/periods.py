"""Lengths of time as since: has them: a number and a letter."""

import re
from datetime import timedelta
from typing import Final

_HOURS: Final = {"h": 1, "d": 24, "w": 24 * 7, "m": 24 * 30, "y": 24 * 365}
_PERIOD: Final = re.compile(r"(\d{1,4})([hdwmy])")


def period(text: str) -> timedelta | None:
    """The length of time that is meant, a month being 30 days; None: it is none.

    >>> period("1m"), period("90s")
    (datetime.timedelta(days=30), None)
    """
    found = _PERIOD.fullmatch(text)
    return timedelta(hours=int(found[1]) * _HOURS[found[2]]) if found else None
