"""When it was done and for how much: which day and which sum are those of the deed itself."""

from datetime import UTC, date, datetime

import pytest

from bot.core.actions.finding import find_actions
from bot.core.reading.dates import days_of
from bot.core.reading.money import amounts_of
from bot.core.story import Action, Article
from bot.core.words import Instrument
from tests.core.reading import understander

FRIDAY = datetime(2026, 6, 5, 12, tzinfo=UTC)
UNDERSTANDER = understander()


def actions(title: str, text: str) -> tuple[Action, ...]:
    article = Article(title, text, published=FRIDAY)
    return find_actions(article, UNDERSTANDER.mentions(article), amounts_of(article), days_of(article))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("The loan was approved by the bank. Foreign debt stands at $4.5 billion.", None),
        ("Банк одобрил кредит. Товарооборот двух стран составил 18 млн долларов.", None),
        ("The bank approved the loan. The two want to bring annual trade to $15 billion.", None),
        ("Banka krediyi onayladı. Bakan, iki ülke ticaretinin 15 milyar dolara çıkacağını söyledi.", None),
        ("Banque: le prêt est approuvé. Les échanges bilatéraux atteignent 2 milliards de dollars.", None),
        ("The bank approved a loan of $90 million. Foreign debt stands at $4.5 billion.", 9e7),
    ],
)
def test_turnover_and_debt_are_no_sum_of_a_deed(text: str, amount: float | None) -> None:
    told = actions("Kazakhstan: loan for railway approved", text)[0].amount

    assert (told.amount if told else None) == amount


def test_the_day_is_found_where_its_sentence_names_a_year_that_is_past() -> None:
    first = actions("Kyrgyz parliament lifts uranium ban", "Deputies repealed on June 4 the ban of 2019.")[0]

    assert (first.instrument, first.day) == (Instrument.LAW, date(2026, 6, 4))


def test_a_weekday_of_days_ago_yields_to_one_of_yesterday() -> None:
    text = "Scholz met the president in Astana on Thursday. On Monday he sees the leaders of the region."

    assert actions("Scholz visits Astana", text)[0].day == date(2026, 6, 4)


def test_a_statement_is_not_dated_by_what_it_recalls() -> None:
    text = "The controls of April 4 have lifted prices, analysts said."

    assert actions("Why rare earths are dear", text)[0].day is None


def test_a_day_of_months_ago_is_recalled() -> None:
    text = "Senators approved the law that ratifies the treaty. It was signed in Khujand on March 31."

    assert actions("Uzbek Senate ratifies treaty on border", text)[0].day is None


def test_a_title_leaves_out_whose_dollars_they_are() -> None:
    text = "Labor will put A$1.2 billion into a strategic reserve of minerals, the government announced."
    told = actions("Australia promises $1.2b critical minerals reserve", text)[0].amount

    assert told is not None
    assert (told.amount, told.currency) == (1.2e9, "AUD")
