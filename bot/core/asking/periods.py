"""Times as since: has them: a length of a number and a letter, a day of the week, a month."""

import re
from datetime import date, timedelta
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


WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            "monday понедельник понедельника", "tuesday вторник вторника", "wednesday среда среды среду",
            "thursday четверг четверга", "friday пятница пятницы пятницу", "saturday суббота субботы субботу",
            "sunday воскресенье воскресенья",
        )
    )
    for name in names.split()
}  # fmt: skip
"""Days of the week by their names, Monday 0."""

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan январь января январе", "february feb февраль февраля феврале",
            "march mar март марта марте", "april apr апрель апреля апреле", "may май мая мае",
            "june jun июнь июня июне", "july jul июль июля июле", "august aug август августа августе",
            "september sep sept сентябрь сентября сентябре", "october oct октябрь октября октябре",
            "november nov ноябрь ноября ноябре", "december dec декабрь декабря декабре",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip

_THIS: Final = {
    name: unit
    for unit, names in {
        "week": "this week, эта неделя, эту неделю, этой недели",
        "month": "this month, этот месяц, этого месяца",
        "year": "this year, этот год, этого года",
    }.items()
    for name in names.split(", ")
}


def last_named(name: str, today: date) -> date | None:
    """The last day of the week of that name before today, or the first day of the last month of that name
    that has begun, or of this week, month or year.

    None: it names neither.

    >>> last_named("friday", date(2026, 2, 6)), last_named("march", date(2026, 2, 6))
    (datetime.date(2026, 1, 30), datetime.date(2025, 3, 1))
    """
    if (weekday := WEEKDAYS.get(name)) is not None:
        return today - timedelta(days=(today.weekday() - weekday) % 7 or 7)
    if (month := MONTHS.get(name)) is not None:
        return date(today.year - (month > today.month), month, 1)
    match _THIS.get(name):
        case "week":
            return today - timedelta(days=today.weekday())
        case "month":
            return today.replace(day=1)
        case "year":
            return today.replace(month=1, day=1)
        case _:
            return None
