"""Names and words across alphabets, numbers and days as terms."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.events.letters import fold, skeleton, stem
from bot.core.events.terms import days_of, terms_of


@pytest.mark.parametrize(
    "spellings",
    [
        "Tokayev/en Tokaev/en Toqayev/en Токаев/ru Токаевым/ru Тоқаевтың/kk",
        "Mirziyoyev/en Мирзиёев/ru Мирзиёевнинг/uz",
        "Japarov/en Zhaparov/en Djaparov/en Жапаров/ru Жапаровдун/ky",
        "Berdimuhamedov/en Berdymukhammedov/en Бердымухамедова/ru",
        "Kutessay/en Кутессай/ru",
        "Khujand/en Худжанде/ru Xo‘jandda/uz",
        "Kosherbayev/en Кошербаев/ru Көшербаев/kk",
        "Muhriddin/en Mukhriddin/en Мухриддин/ru",
        "Christopher/en Кристофером/ru",
        "Glencore/en Гленкор/ru",
        "Samarkand/en Самарканде/ru Samarqandda/uz",
    ],
)
def test_the_spellings_of_a_name_have_one_skeleton(spellings: str) -> None:
    bones = {skeleton(*spelling.split("/")) for spelling in spellings.split()}

    assert len(bones) == 1


def test_different_names_have_different_skeletons() -> None:
    names = ["Saidov", "Landau", "Kosherbayev", "Rubio", "Fernandez", "Kudratov", "Ingichka", "Kumtor"]

    assert len({skeleton(name, "en") for name in names}) == len(names)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("минералов", "ru"), ("minerals", "en")),
        (("меморандума", "ru"), ("memorandum", "en")),
        (("geologiyaga", "uz"), ("геологии", "ru")),
        (("надёжности", "ru"), ("надежность", "ru")),
    ],
)
def test_words_that_languages_share_have_one_stem(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert stem(*one) == stem(*other)


@given(st.text(max_size=40), st.sampled_from(["en", "ru", "uz", "kk", "zh", "und"]))
def test_any_word_can_be_folded_stemmed_and_boned(word: str, lang: str) -> None:
    assert fold(word) == fold(word)
    assert len(stem(word, lang)) <= 6
    assert len(skeleton(word, lang)) <= 2 * len(fold(word)) + 1


@pytest.mark.parametrize(
    ("text", "lang", "term"),
    [
        ("worth $2.6 billion over three years", "en", "#2.6e+09"),
        ("проекты на 2,6 млрд долларов", "ru", "#2.6e+09"),
        ("qiymati 2,6 milliard dollar", "uz", "#2.6e+09"),
        ("quota of 18,125 tonnes", "en", "#18100"),
        ("квота 18 125 тонн", "ru", "#18100"),
        ("квота 18,125 тыс. тонн", "ru", "#18100"),
        ("some 1,006.84 kilometres", "en", "#1010"),
        ("可供应2000万吨", "zh", "#2e+07"),
        ("投资3万亿元", "zh", "#3e+12"),
        ("a Rs 7,280 crore scheme", "en", "#7.28e+10"),
        ("projects for $2.6 bln", "en", "#2.6e+09"),
        ("7,6 milliards d’euros", "fr", "#7.6e+09"),
        ("2 milliardlik loyiha", "uz", "#2e+09"),
        ("с 240 миллиардами тенге", "ru", "#2.4e+11"),
        ("por 6.700 millones de dólares", "es", "#6.7e+09"),
        ("über 1.250 Millionen Euro", "de", "#1.25e+09"),
        ("6.7 млрд долларов", "ru", "#6.7e+09"),
        ("120 миллионеров", "ru", "#120"),
        ("12 milyarder", "tr", "#12"),
    ],
)
def test_a_number_is_its_value_however_it_is_written(text: str, lang: str, term: str) -> None:
    assert term in terms_of("", text, lang, None)


def test_days_are_read_in_any_language_with_the_year_when_it_can_be_told() -> None:
    assert days_of("signed on 4 February 2026, then again on 19 February", None) == (
        "2026-02-04",
        "2026-02-19",
    )
    assert days_of("подписан 4 февраля", None) == ("02-04",)
    assert days_of("4-fevral kuni", datetime(2026, 2, 6, tzinfo=UTC)) == ("2026-02-04",)


def test_a_title_in_capitals_makes_no_names_of_its_words() -> None:
    terms = terms_of(
        "Kumtor Dispute Reaches Settlement Tribunal", "The dispute over Kumtor went on.", "en", None
    )

    assert "nkmtr" in terms
    assert terms["nkmtr"] > terms["wtribun"]


def test_leaders_and_capitals_weigh_less_than_the_names_of_the_thing_itself() -> None:
    terms = terms_of("", "In Tashkent, Mirziyoyev praised Ingichka.", "en", None)

    assert terms[f"w{stem('Mirziyoyev', 'en')}"] < 0.5 * terms["nangck"]
