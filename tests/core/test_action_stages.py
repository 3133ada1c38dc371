"""How far an action came, where what is signed, or begins, decides."""

from datetime import UTC, datetime

import pytest

from tests.core.test_actions import actions


@pytest.mark.parametrize(
    ("title", "lang", "stage"),
    [
        ("President of Kyrgyzstan signs decree to ban exports of coal", "en", "signed"),
        ("Садыр Жапаров мыйзамга өзгөртүүлөрдү киргизүү тууралуу мыйзамга кол койду", "ky", "signed"),
        ("Токаев подписал закон о ратификации договора с Узбекистаном", "ru", "ratified"),
        ("Жапаров макулдашууну ратификациялоо тууралуу мыйзамга кол койду", "ky", "ratified"),
        ("Deliveries of Turkmen gas to Turkey begin under swap deal", "en", "in_force"),
        ("Minerals ministerial in Washington closes without Kazakhstan", "en", "in_force"),
        ("Turkey to begin deliveries of Turkmen gas under swap deal", "en", "announced"),
    ],
)
def test_what_is_signed_or_begins_says_how_far_it_came(title: str, lang: str, stage: str) -> None:
    assert actions(title, lang=lang)[0].stage == stage


def test_the_end_of_last_year_is_not_yet_looked_back_on() -> None:
    text = "Kazakhstan and Japan signed a tungsten agreement on 30 December 2025. They met again."
    told = [
        actions("Tungsten for Tokyo", text, published=datetime(2026, month, 3, tzinfo=UTC))[0].sentence
        for month in (1, 12)
    ]
    assert [text.startswith(sentence) for sentence in told] == [True, False]


def test_a_bill_that_is_signed_is_a_bill_no_more() -> None:
    signed = "President Sadyr Japarov signed legislation on non-profits. Parliament passed it on March 14."
    assert actions("Kyrgyz president approves bill on non-profits", signed)[0].stage in {"signed", "in_force"}
    drafted = "Deputies propose changes to the law signed in May."
    assert actions("Kyrgyz bill on non-profits", drafted)[0].stage == "proposed"


def test_works_that_were_long_delayed_are_not_put_off() -> None:
    text = "A ceremony on Friday marked the start of construction of the long-delayed railway."
    assert actions("Ground broken for railway to Kyrgyzstan", text)[0].stage == "in_force"


@pytest.mark.parametrize(
    ("title", "lang", "told"),
    [
        ("Indonesia may stop exports of nickel", "en", ("export_control", "proposed")),
        ("Miner will halt output of nickel in May", "en", ("production", "announced")),
        ("Russia and Tajikistan's action plan on trade signed", "en", ("mou", "signed")),
        ("World Bank halts loan for Tajik dam", "en", ("financing", "suspended")),
        ("На Тенгизе запущен проект расширения добычи нефти", "ru", ("production", "in_force")),
    ],
)
def test_what_stops_is_bent_and_a_plan_that_is_named_bends_nothing(
    title: str, lang: str, told: tuple[str, str]
) -> None:
    found = actions(title, lang=lang)[0]
    assert (found.instrument, found.stage) == told


def test_an_emergency_that_is_declared_is_there() -> None:
    text = "The president imposed a month of emergency rule after thousands took to the streets."
    assert actions("Uzbekistan declares state of emergency in Karakalpakstan", text)[0].stage == "in_force"
