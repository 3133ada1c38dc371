"""Questions in a person's own words become queries that can be shown, and corrected."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.asking.asked import understand
from bot.core.asking.query import And, parse
from bot.errors import UserError
from tests.core.reading import understander

NOW = datetime(2026, 2, 6, 9, tzinfo=UTC)  # a Friday
PACKS = understander().packs


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("<@U0BOT> tungsten in Kazakhstan this month?", "mineral:tungsten country:kz since:2026-02-01"),
        (
            "что про вольфрам в Казахстане за последние 7 дней?",
            "mineral:tungsten country:kz since:2026-01-30",
        ),
        ("Kazakh and Uzbek lithium", "country:kz,uz mineral:lithium"),
        ("US sanctions on Kyrgyz banks", "banks country:kg country:us type:sanctions"),
        ("rare earths and antimony MoUs signed", 'mineral:"rare earths",antimony type:mou stage:signed'),
        ("export controls on gallium", "type:export_control mineral:gallium"),
        ("critical minerals in Central Asia", "topic:critical_minerals topic:central_asia"),
        ('type:mou "offtake deal" -gold uz', 'type:mou "offtake deal" -gold country:uz'),
        ("tell us about Khoja-Kand", "Khoja-Kand"),
        ("please tell me the news", ""),
        ("", ""),
    ],
)
def test_a_question_is_understood_by_the_words_of_the_packs(question: str, query: str) -> None:
    assert str(understand(question, PACKS, NOW).query) == query


@pytest.mark.parametrize(
    ("when", "query"),
    [
        ("today", "since:2026-02-06"),
        ("yesterday", "since:2026-02-05 before:2026-02-06"),
        ("this week", "since:2026-02-02"),
        ("last week", "since:2026-01-26 before:2026-02-02"),
        ("this month", "since:2026-02-01"),
        ("last month", "since:2026-01-01 before:2026-02-01"),
        ("this year", "since:2026-01-01"),
        ("last year", "since:2025-01-01 before:2026-01-01"),
        ("in the last 3 weeks", "since:2026-01-16"),
        ("past two days", "since:2026-02-04"),
        ("over the past month", "since:2026-01-07"),
        ("since March", "since:2025-03-01"),
        ("since March 2024", "since:2024-03-01"),
        ("since Friday", "since:2026-01-30"),  # it is one today
        ("since Tuesday", "since:2026-02-03"),
        ("on Friday", "since:2026-02-06 before:2026-02-07"),
        ("last Friday", "since:2026-01-30 before:2026-01-31"),
        ("on Wednesday", "since:2026-02-04 before:2026-02-05"),
        ("on last Friday", "since:2026-01-30 before:2026-01-31"),
        ("over the weekend", "since:2026-01-31 before:2026-02-02"),
        ("this weekend", "since:2026-01-31 before:2026-02-02"),
        ("since the weekend", "since:2026-01-31"),
        ("с пятницы", "since:2026-01-30"),
        ("во вторник", "since:2026-02-03 before:2026-02-04"),
        ("за выходные", "since:2026-01-31 before:2026-02-02"),
        ("in January", "since:2026-01-01 before:2026-02-01"),
        ("in December 2025", "since:2025-12-01 before:2026-01-01"),
        ("2025", "since:2025-01-01 before:2026-01-01"),
        ("since 2025", "since:2025-01-01"),
        ("since 2026-01-15", "since:2026-01-15"),
        ("on 2026-01-15", "since:2026-01-15 before:2026-01-16"),
        ("сегодня", "since:2026-02-06"),
        ("в прошлом месяце", "since:2026-01-01 before:2026-02-01"),
        ("с марта", "since:2025-03-01"),
        ("в 2025 году", "since:2025-01-01 before:2026-01-01"),
    ],
)
def test_times_are_understood(when: str, query: str) -> None:
    assert str(understand(f"{when} uranium", PACKS, NOW).query) == f"mineral:uranium {query}"
    assert str(understand(f"uranium {when}?", PACKS, NOW).query) == f"mineral:uranium {query}"


@pytest.mark.parametrize(
    "question", ["2027 uranium", "may uranium", "9999-99-99 uranium", "last 999 years uranium"]
)
def test_what_is_no_time_is_left_as_it_is(question: str) -> None:
    assert "since" not in str(understand(question, PACKS, NOW).query)


def test_what_was_left_out_is_told() -> None:
    assert understand("What about tin?", PACKS, NOW).dropped == ("What", "about")


def test_a_field_that_makes_no_sense_is_a_mistake_as_it_is_in_a_query() -> None:
    with pytest.raises(UserError, match="did you mean country"):
        understand("contry:kz tungsten", PACKS, NOW)


@given(st.text(max_size=200) | st.text('ab"-():,*<@U>today 2025', max_size=80))
def test_whatever_is_asked_becomes_a_query_that_reads_back(question: str) -> None:
    try:
        query = understand(question, PACKS, NOW).query
    except UserError:
        return
    assert query == And() or parse(str(query), PACKS) == query


def test_a_metal_in_the_name_of_a_deed_is_asked_for_too() -> None:
    asked = str(understand("who signed the uranium deal?", PACKS, NOW).query)

    assert "mineral:uranium" in asked
    assert "agreement" in asked
    assert "offtake" in asked
