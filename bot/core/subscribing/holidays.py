"""Public holidays by country: the days on which a digest is not posted when its readers are away.

The days are those of the `holidays` library (see docs/decisions/0061); what it holds is data, so
this asks nothing of the machine it runs on.
"""

from collections.abc import Callable
from datetime import date
from functools import cache


def none(_day: date) -> bool:
    """No day is a holiday."""
    return False


def of(country: str) -> Callable[[date], bool]:
    """Whether a day is a public holiday of a country (ISO 3166-1 alpha-2); "": none is.

    Days that hang on the moon are the library's estimate until a government has announced them.

    >>> of("UZ")(date(2026, 3, 21)), of("")(date(2026, 3, 21))
    (True, False)
    """
    if not country:
        return none
    return lambda day: day in _days(country, day.year)


@cache
def known() -> frozenset[str]:
    """The countries whose holidays are known."""
    from holidays import list_supported_countries

    return frozenset(code for code in list_supported_countries(include_aliases=False) if len(code) == 2)


@cache
def _days(country: str, year: int) -> frozenset[date]:
    from holidays import country_holidays

    return frozenset(country_holidays(country, years=year))
