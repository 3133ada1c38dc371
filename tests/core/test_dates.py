"""Days as eleven languages name them."""

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.reading.dates import dated, days_of
from bot.core.story import Article

THURSDAY = datetime(2026, 2, 5, 12, tzinfo=UTC)


def find_dates(text: str, *, published: datetime | None) -> tuple[date, ...]:
    return days_of(Article("", text, published=published)).once()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("signed on 4 February 2026", date(2026, 2, 4)),
        ("on November 6, 2025", date(2025, 11, 6)),
        ("Sept. 16, 2024", date(2024, 9, 16)),
        ("the 13th of March 2025", date(2025, 3, 13)),
        ("с 1 декабря 2025 года", date(2025, 12, 1)),
        ("2025 жылғы 12 қараша", date(2025, 11, 12)),
        ("2026-yil 4-fevral kuni", date(2026, 2, 4)),
        ("2026 йил 4 февраль куни", date(2026, 2, 4)),
        ("2023-жылдын 1-майынан тартып", date(2023, 5, 1)),
        ("13 марти соли 2025", None),
        ("4 феврали 2026", date(2026, 2, 4)),
        ("2025-nji ýylyň 12-nji noýabrynda", date(2025, 11, 12)),
        ("am 18. Dezember 2025", date(2025, 12, 18)),
        ("le 4 février 2026", date(2026, 2, 4)),
        ("16 Ekim 2025 tarihinde", date(2025, 10, 16)),
        ("2025年10月9日", date(2025, 10, 9)),
        ("2025-10-09", date(2025, 10, 9)),
        ("09.10.2025", date(2025, 10, 9)),
    ],
)
def test_a_day_with_its_year_needs_no_help(text: str, day: date | None) -> None:
    assert find_dates(text, published=None) == ((day,) if day else ())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("4 февраля", date(2026, 2, 4)),
        ("29-iyun kuni", date(2025, 6, 29)),
        ("on November 6", date(2025, 11, 6)),
        ("30 дек – ПРАЙМ", date(2025, 12, 30)),
        ("by March 31", date(2026, 3, 31)),
        ("10月9日", date(2025, 10, 9)),
        ("on Tuesday", date(2026, 2, 3)),
        ("on Thursday", date(2026, 2, 5)),
        ("во вторник", date(2026, 2, 3)),
        ("сейсенбі күні", date(2026, 2, 3)),
        ("周二", date(2026, 2, 3)),
        ("yesterday", date(2026, 2, 4)),
        ("вчера", date(2026, 2, 4)),
        ("bugun", date(2026, 2, 5)),
        ("今天", date(2026, 2, 5)),
        ("tomorrow", date(2026, 2, 6)),
        ("明天", date(2026, 2, 6)),
        ("позавчера", date(2026, 2, 3)),
        ("the day before yesterday", date(2026, 2, 3)),
        ("next Tuesday", date(2026, 2, 10)),
        ("в следующую пятницу", date(2026, 2, 6)),
        ("рӯзи душанбе", date(2026, 2, 2)),
        ("рӯзи сешанбе", date(2026, 2, 3)),
        ("juma kuni", date(2026, 1, 30)),
        ("Cuma günü", date(2026, 1, 30)),
        ("Pazar günü", date(2026, 2, 1)),
    ],
)
def test_a_day_without_a_year_is_read_from_the_day_of_publication(text: str, day: date) -> None:
    assert find_dates(text, published=THURSDAY) == (day,)
    assert find_dates(text, published=None) == ()


def test_in_december_a_day_of_january_is_the_next_one() -> None:
    assert find_dates("on 15 January", published=datetime(2025, 12, 20, tzinfo=UTC)) == (date(2026, 1, 15),)


@pytest.mark.parametrize(
    "text",
    [
        "5 майоров",
        "prices may 12 percent",
        "31 February 2026",
        "12:30",
        "1 203 456",
        "99.99.2025",
        "mayor",
        "",
    ],
)
def test_what_only_looks_like_a_day_is_none(text: str) -> None:
    assert find_dates(text, published=THURSDAY) == ()


def test_each_day_is_given_once_in_order_of_mention() -> None:
    text = "Signed on 4 February 2026, in force on 1 March 2026. The 4 February 2026 paper is short."

    assert find_dates(text, published=None) == (date(2026, 2, 4), date(2026, 3, 1))


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_any_iso_date_is_found(day: date) -> None:
    assert find_dates(f"on {day.isoformat()}.", published=None) == (day,)


pieces = st.lists(
    st.sampled_from(
        ["12", "2025", "-", " ", "мая", "May", "年", "月", "日", "жыл", "th", ".", "Feb.", "вторник"]
    )
)


@given(st.one_of(st.text(), pieces.map("".join)), st.sampled_from([None, THURSDAY]))
def test_spans_lie_in_the_text_in_order(text: str, published: datetime | None) -> None:
    found = dated(text, published=published)

    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)


@pytest.mark.parametrize("unit", ["1 ", "12 ma", "1年", "2025-", "1.", "Feb. ", "вторник ", "9"])
def test_hostile_text_is_read_in_bounded_time(unit: str) -> None:
    text = unit * (300_000 // len(unit))

    started = time.perf_counter()
    dated(text, published=THURSDAY)

    assert time.perf_counter() - started < 10
