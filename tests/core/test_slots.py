"""Slots over every zone that has summer time, whatever the hour of the digest and of the looks."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.subscribing import holidays
from bot.core.subscribing.slots import due_slots, next_slot, slot_before
from bot.core.words import FIVE

BRUSSELS = ZoneInfo("Europe/Brussels")
EVERY_DAY = range(7)
WORKING_DAYS = range(5)

# Lord Howe, nearly everybody, and Troll in Antarctica.
SKIPS = (timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2))

YEAR_BEGINS = datetime(2026, 1, 1, tzinfo=UTC)
YEAR_ENDS = datetime(2027, 1, 1, tzinfo=UTC)


def has_summer_time(name: str) -> bool:
    zone = ZoneInfo(name)
    days = (YEAR_BEGINS + timedelta(days=n) for n in range(0, 366, 7))
    return len({day.astimezone(zone).utcoffset() for day in days}) > 1


SUMMER_ZONES = sorted(filter(has_summer_time, available_timezones()))

zones = st.sampled_from(SUMMER_ZONES).map(ZoneInfo)
times_of_day = st.builds(time, st.integers(0, 23), st.integers(0, 59))
timetables = st.frozensets(times_of_day, min_size=1, max_size=3)
some_weekdays = st.frozensets(st.integers(0, 6), min_size=1)
moments = st.integers(0, 365 * 86_400).map(lambda seconds: YEAR_BEGINS + timedelta(seconds=seconds))


def test_there_are_zones_to_try() -> None:
    assert len(SUMMER_ZONES) > 100


def turns(name: str) -> tuple[tuple[datetime, timedelta | None], ...]:
    """The hours of the days on which its clocks are put: where they are the same, so are all slots."""
    zone = ZoneInfo(name)
    days = [YEAR_BEGINS + timedelta(days=n) for n in range(366)]
    return tuple(
        (hour, hour.astimezone(zone).utcoffset())
        for day, after in pairwise(days)
        if day.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset()
        for hour in (day + timedelta(hours=n) for n in range(25))
    )


def test_each_day_of_a_year_has_its_slot_once_in_every_summer_zone() -> None:
    one_of_each = {turns(name): name for name in SUMMER_ZONES}
    assert len(one_of_each) > 20

    for name in one_of_each.values():
        zone = ZoneInfo(name)
        for at in (time(0, 0), time(0, 30), time(1, 30), time(2, 0), time(2, 30), time(3, 30), time(23, 59)):
            slots = due_slots([at], zone, EVERY_DAY, YEAR_BEGINS, YEAR_ENDS)

            days = [slot.astimezone(zone).date() for slot in slots]
            assert len(slots) == 365, name
            # A time skipped at the end of a day is told on the next one, beside that day's own.
            assert len(set(days)) >= 364, name
            assert all(timedelta(hours=22) <= b - a <= timedelta(hours=26) for a, b in pairwise(slots)), name


@given(timetables, zones, some_weekdays, st.lists(moments, min_size=2, max_size=30))
def test_however_time_is_cut_no_slot_is_lost_or_doubled(
    times: frozenset[time], zone: ZoneInfo, weekdays: frozenset[int], looks: list[datetime]
) -> None:
    looks.sort()

    piecewise = [
        slot for last, now in pairwise(looks) for slot in due_slots(times, zone, weekdays, last, now)
    ]

    assert tuple(piecewise) == due_slots(times, zone, weekdays, looks[0], looks[-1])
    assert piecewise == sorted(set(piecewise))


@given(times_of_day, zones, some_weekdays)
def test_a_slot_reads_as_its_time_unless_the_clocks_skip_it(
    at: time, zone: ZoneInfo, weekdays: frozenset[int]
) -> None:
    for slot in due_slots([at], zone, weekdays, YEAR_BEGINS, YEAR_ENDS):
        local = slot.astimezone(zone)
        shown = local.time().replace(fold=0)
        if shown == at:
            assert local.weekday() in weekdays
            assert local.fold == 0, "of two comings, the first"
        else:
            shift = timedelta(hours=shown.hour - at.hour, minutes=shown.minute - at.minute)
            assert shift % timedelta(days=1) in SKIPS


@given(timetables, zones, some_weekdays, moments)
def test_the_next_slot_is_the_first_that_becomes_due(
    times: frozenset[time], zone: ZoneInfo, weekdays: frozenset[int], now: datetime
) -> None:
    coming = next_slot(times, zone, weekdays, now)

    assert coming is not None
    assert due_slots(times, zone, weekdays, now, coming) == (coming,)


@given(timetables, zones, some_weekdays, moments)
def test_nothing_lies_between_a_slot_and_the_one_before(
    times: frozenset[time], zone: ZoneInfo, weekdays: frozenset[int], now: datetime
) -> None:
    slot = next_slot(times, zone, weekdays, now)
    assert slot is not None

    before = slot_before(times, zone, weekdays, slot)

    assert before is not None
    assert due_slots(times, zone, weekdays, before, slot) == (slot,)


def test_a_time_in_the_spring_gap_is_told_by_the_offset_before_it() -> None:
    night = datetime(2026, 3, 28, 12, tzinfo=UTC)

    slots = due_slots([time(2, 30)], BRUSSELS, EVERY_DAY, night, night + timedelta(days=1))

    assert [slot.astimezone(BRUSSELS).isoformat() for slot in slots] == ["2026-03-29T03:30:00+02:00"]


def test_a_time_that_comes_twice_in_autumn_is_told_at_its_first_coming() -> None:
    night = datetime(2026, 10, 24, 12, tzinfo=UTC)

    slots = due_slots([time(2, 30)], BRUSSELS, EVERY_DAY, night, night + timedelta(days=1))

    assert [slot.astimezone(BRUSSELS).isoformat() for slot in slots] == ["2026-10-25T02:30:00+02:00"]


def test_a_day_that_a_zone_left_out_adds_no_second_slot() -> None:
    apia = ZoneInfo("Pacific/Apia")  # went from 29 to 31 December 2011
    start = datetime(2011, 12, 28, tzinfo=UTC)

    slots = due_slots([time(10)], apia, EVERY_DAY, start, start + timedelta(days=5))

    days = [slot.astimezone(apia).date() for slot in slots]
    assert days == sorted(set(days))
    assert date(2011, 12, 30) not in days


def test_working_days_are_those_of_the_channel_and_not_of_greenwich() -> None:
    auckland = ZoneInfo("Pacific/Auckland")
    sunday_noon = datetime(2026, 2, 8, 12, tzinfo=UTC)  # Monday, one in the morning there

    slots = due_slots([time(8)], auckland, WORKING_DAYS, sunday_noon, sunday_noon + timedelta(hours=12))

    assert [slot.astimezone(auckland).strftime("%a %H:%M") for slot in slots] == ["Mon 08:00"]


def test_a_timetable_without_weekdays_never_comes() -> None:
    assert next_slot([time(8)], BRUSSELS, (), YEAR_BEGINS) is None


def test_naive_moments_and_odd_weekdays_are_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        due_slots([time(8)], BRUSSELS, EVERY_DAY, YEAR_BEGINS.replace(tzinfo=None), YEAR_ENDS)
    with pytest.raises(ValueError, match="weekday"):
        due_slots([time(8)], BRUSSELS, [7], YEAR_BEGINS, YEAR_ENDS)


def test_a_holiday_has_no_slot_and_the_next_window_takes_it_in() -> None:
    tashkent, nine = ZoneInfo("Asia/Tashkent"), [time(9)]
    uzbek = holidays.of("UZ")
    friday = datetime(2026, 3, 20, 12, tzinfo=UTC)  # Nowruz is on Saturday, made up for on Monday

    coming = next_slot(nine, tashkent, WORKING_DAYS, friday - timedelta(days=1), skip=uzbek)

    assert coming is not None
    assert coming.astimezone(tashkent).date() == date(2026, 3, 24)  # the 20th is the end of Ramadan
    assert slot_before(nine, tashkent, WORKING_DAYS, coming, skip=uzbek) == datetime(
        2026, 3, 19, 4, tzinfo=UTC
    )


def test_a_weekday_that_is_a_holiday_week_after_week_is_skipped_until_it_is_none() -> None:
    first, second = date(2026, 1, 9), date(2026, 1, 16)

    coming = next_slot(
        [time(9)], UTC, [4], datetime(2026, 1, 5, tzinfo=UTC), skip={first, second}.__contains__
    )

    assert coming == datetime(2026, 1, 23, 9, tzinfo=UTC)


@given(
    times=timetables,
    zone=zones,
    start=moments,
    days=st.integers(1, 40),
    away=st.frozensets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=40),
)
def test_slots_with_holidays_are_those_without_less_those_of_the_holidays(
    times: frozenset[time], zone: ZoneInfo, start: datetime, days: int, away: frozenset[date]
) -> None:
    end = start + timedelta(days=days)

    slots = due_slots(times, zone, EVERY_DAY, start, end)
    kept = due_slots(times, zone, EVERY_DAY, start, end, skip=away.__contains__)

    assert set(kept) <= set(slots)
    at_night = {time(0), time(1), time(2), time(3), time(23)}  # summer time may move these to another day
    if not {each.replace(minute=0) for each in times} & at_night:
        assert [slot for slot in slots if slot.astimezone(zone).date() not in away] == list(kept)


def test_all_five_countries_have_holidays() -> None:
    assert set(FIVE) <= holidays.known()
    assert not any(holidays.of("")(date(2026, 1, day)) for day in range(1, 32))
