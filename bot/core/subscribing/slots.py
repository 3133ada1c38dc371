"""When a digest is due: a timetable in a channel's own zone, as moments in UTC.

A slot is one moment of a timetable. A time that a zone skips (clocks go
forward) is told by the offset before the gap, so 02:30 becomes 03:30; a time
that comes twice (clocks go back) counts at its first coming. That is the rule
of RFC 5545, 3.3.5. Every day of the timetable so has each of its times once.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from bot.core.subscribing.holidays import none

_A_DAY: Final = timedelta(days=1)

# A local day begins at most 14 hours before and ends at most 12 hours after its day in UTC,
# and a gap moves a slot by at most a day (Samoa, 2011): two days on either side hold them all.
_MARGIN: Final = timedelta(days=2)

_LONGEST_GAP: Final = 9
"""Days that hold a slot of any timetable with a weekday: a week, and a day on either side."""


_STRETCHES: Final = 8
"""Of that length are looked through: of one weekday, holidays may take several in a row."""


def due_slots(
    times: Collection[time],
    timezone: tzinfo,
    weekdays: Collection[int],
    last: datetime,
    now: datetime,
    *,
    skip: Callable[[date], bool] = none,
) -> tuple[datetime, ...]:
    """Give the slots after `last` and not after `now`, in UTC, the oldest first.

    `times` are wall clock times in `timezone`; `weekdays` are 0 (Monday) to 6; days there that
    `skip` names (holidays) have no slot.
    However a stretch of time is cut into calls, each of its slots is given once.
    Two times that fall on one moment (02:30 and 03:30 where 02:30 is skipped) are one slot.
    Raises ValueError on a naive `last` or `now`, or a weekday that is none.

    >>> from zoneinfo import ZoneInfo
    >>> friday = datetime(2026, 2, 6, 12, tzinfo=UTC)
    >>> due_slots([time(8, 30)], ZoneInfo("Asia/Tashkent"), range(5), friday, friday + timedelta(days=4))[0]
    datetime.datetime(2026, 2, 9, 3, 30, tzinfo=datetime.timezone.utc)
    """
    _check(weekdays, last, now)
    days = _days(last.astimezone(UTC).date() - _MARGIN, now.astimezone(UTC).date() + _MARGIN)
    found = {
        slot
        for day in days
        if day.weekday() in weekdays and not skip(day)
        for slot in (_moment(day, at, timezone) for at in times)
        if last < slot <= now
    }
    return tuple(sorted(found))


def next_slot(
    times: Collection[time],
    timezone: tzinfo,
    weekdays: Collection[int],
    after: datetime,
    *,
    skip: Callable[[date], bool] = none,
) -> datetime | None:
    """The first slot after `after`; None for a timetable without a time or a weekday."""
    for stretch in range(_STRETCHES):
        begins = after + stretch * _LONGEST_GAP * _A_DAY
        ends = begins + _LONGEST_GAP * _A_DAY
        if coming := due_slots(times, timezone, weekdays, begins, ends, skip=skip):
            return coming[0]
    return None


def slot_before(
    times: Collection[time],
    timezone: tzinfo,
    weekdays: Collection[int],
    slot: datetime,
    *,
    skip: Callable[[date], bool] = none,
) -> datetime | None:
    """The last slot before `slot`: where the window of a first digest begins. None: there is none."""
    for stretch in range(_STRETCHES):
        ends = slot - stretch * _LONGEST_GAP * _A_DAY
        past = due_slots(times, timezone, weekdays, ends - _LONGEST_GAP * _A_DAY, ends, skip=skip)
        if found := [moment for moment in past if moment < slot]:
            return found[-1]
    return None


def _moment(day: date, at: time, timezone: tzinfo) -> datetime:
    """The moment of a wall clock time. fold=0: the offset before a gap, the first of two comings."""
    return datetime.combine(day, at.replace(fold=0), timezone).astimezone(UTC)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _check(weekdays: Collection[int], *moments: datetime) -> None:
    for moment in moments:
        if moment.tzinfo is None:
            raise ValueError(f"moment is naive: {moment!r}")
    for weekday in weekdays:
        if not 0 <= weekday <= 6:
            raise ValueError(f"not a weekday: {weekday!r}")
