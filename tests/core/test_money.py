"""Amounts of money, as eleven languages write them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.reading.money import find_money


@pytest.mark.parametrize(
    ("text", "amount", "currency", "phrase"),
    [
        ("a stockpile of $12 billion", 12e9, "USD", "$12 billion"),
        ("пакет на €12 млрд для региона", 12e9, "EUR", "€12 млрд"),
        ("about 900 million US dollars", 900e6, "USD", "900 million US dollars"),
        ("1,1 млрд долларов США", 1.1e9, "USD", "1,1 млрд долларов"),
        ("12 mlrd. so'm ajratildi", 12e9, "UZS", "12 mlrd. so'm"),
        ("257 млрд сумов", 257e9, "UZS", "257 млрд сумов"),
        ("29 milliard yevrodan ortiq", 29e9, "EUR", "29 milliard yevrodan"),
        ("240 млрд теңгедей қаржы", 240e9, "KZT", "240 млрд теңгедей"),
        ("240 млрд тенге", 240e9, "KZT", "240 млрд тенге"),
        ("5 млн сомони", 5e6, "TJS", "5 млн сомони"),
        ("300 миллион сом бөлүндү", 300e6, "KGS", "300 миллион сом"),
        ("投资37亿美元", 3.7e9, "USD", "37亿美元"),
        ("约500万元", 5e6, "CNY", "500万元"),
        ("US$20M plant", 20e6, "USD", "US$20M"),
        ("C$55 million", 55e6, "CAD", "C$55 million"),
        ("30 million Australian dollars", 30e6, "AUD", "30 million Australian dollars"),
        ("a $2-billion smelter", 2e9, "USD", "$2-billion"),
        ("15 Mrd. Euro", 15e9, "EUR", "15 Mrd. Euro"),
        ("1,2 milliard d'euros", 1.2e9, "EUR", "1,2 milliard d'euros"),
        ("3 milyar dolarlık yatırım", 3e9, "USD", "3 milyar dolarlık"),
        ("91 млрд рублей", 91e9, "RUB", "91 млрд рублей"),
        ("21 trillion won", 21e12, "KRW", "21 trillion won"),
        ("a scheme of ₹7,280 crore", 72.8e9, "INR", "₹7,280 crore"),
        ("worth 50 lakh rupees", 5e6, "INR", "50 lakh rupees"),
        ("700 million yuan", 700e6, "CNY", "700 million yuan"),
        ("4 500 000 $ were paid", 4.5e6, "USD", "4 500 000 $"),
        ("a fine of $1,234,567.50", 1234567.5, "USD", "$1,234,567.50"),
        ("eine Strafe von 15.000 Euro", 15000, "EUR", "15.000 Euro"),
        ("$1,100 million in all", 1.1e9, "USD", "$1,100 million"),
    ],
)
def test_an_amount_is_read_as_its_language_writes_it(
    text: str, amount: float, currency: str, phrase: str
) -> None:
    (found,) = find_money(text, "text")

    assert found.amount == pytest.approx(amount)
    assert found.currency == currency
    assert text[found.start : found.end] == phrase


@pytest.mark.parametrize(
    "text",
    [
        "18,125 тыс. т кобальта",
        "1.3 bcm of gas in 2025",
        "2,15 million funt uran",
        "2 млн фунтов закиси-окиси урана",
        "3 won medals in 2024",
        "в 2025 г. доллар подорожал",
        "20 m deep",
        "10 percent",
        "",
    ],
)
def test_a_number_without_a_currency_is_not_money(text: str) -> None:
    assert find_money(text, "text") == ()


@pytest.mark.parametrize(
    ("text", "amount", "currency", "phrase"),
    [
        ("half a billion dollars", 5e8, "USD", "half a billion dollars"),
        ("cost one and a half billion euros", 1.5e9, "EUR", "one and a half billion euros"),
        ("кредит на полмиллиарда долларов", 5e8, "USD", "полмиллиарда долларов"),
        ("полтора миллиарда тенге", 1.5e9, "KZT", "полтора миллиарда тенге"),
        ("миллиард долларов", 1e9, "USD", "миллиард долларов"),
        ("yarim milliard dollar", 5e8, "USD", "yarim milliard dollar"),
        ("жарты миллиард теңге", 5e8, "KZT", "жарты миллиард теңге"),
        ("eine halbe Milliarde Euro", 5e8, "EUR", "halbe Milliarde Euro"),
        ("100 billion Japanese yen", 100e9, "JPY", "100 billion Japanese yen"),
        ("$1-1.5 billion", 1.5e9, "USD", "$1-1.5 billion"),
    ],
)
def test_a_number_may_be_a_word(text: str, amount: float, currency: str, phrase: str) -> None:
    (found,) = find_money(text, "text")

    assert (found.amount, found.currency) == (amount, currency)
    assert text[found.start : found.end] == phrase


@pytest.mark.parametrize(
    "text",
    [
        "$85 per pound",
        "$12,000 a tonne",
        "$85/lb",
        "60 долларов за тонну",
        "$80 за фунт",
        "每吨6000美元",
        "6000 Dollar je Tonne",
        "bir tonnasi 6000 dollar",
        "one million tons and two dollars",
        "несколько миллиардов долларов",
    ],
)
def test_the_price_of_a_unit_is_no_amount_nor_is_a_number_untold(text: str) -> None:
    assert find_money(text, "text") == ()


def test_of_a_range_the_upper_end_is_given() -> None:
    (found,) = find_money("стоимостью 10–15 млрд долларов", "title")

    assert (found.amount, found.currency, found.field) == (15e9, "USD", "title")


def test_all_amounts_are_found_in_order() -> None:
    found = find_money("$4,7 млрд: около $2,3 млрд даёт Китай, 100 млн евро – банк", "text")

    assert [(money.amount, money.currency) for money in found] == [
        (4.7e9, "USD"),
        (2.3e9, "USD"),
        (1e8, "EUR"),
    ]


pieces = st.lists(
    st.sampled_from(
        ["$", "€", "12", "1,1", " ", "млрд", "долл.", "so'm", "亿", "美元", ".", "US", "000", "-", "x", "\n"]
    )
)


@given(st.one_of(st.text(), pieces.map("".join)))
def test_spans_lie_in_the_text_in_order_and_hold_a_digit(text: str) -> None:
    found = find_money(text, "text")

    assert all(0 <= money.start < money.end <= len(text) for money in found)
    assert all(any(c.isdigit() for c in text[money.start : money.end]) for money in found)
    assert [money.start for money in found] == sorted(money.start for money in found)
    assert all(money.amount >= 0 and len(money.currency) == 3 for money in found)


@pytest.mark.parametrize("unit", ["1 ", "1,", "9", "$", "1 000 ", "1 US ", "1亿", "12 млрд ", " ", "\u00a0"])
def test_hostile_text_is_read_in_bounded_time(unit: str) -> None:
    text = unit * (300_000 // len(unit))

    started = time.perf_counter()
    find_money(text, "text")

    assert time.perf_counter() - started < 10
