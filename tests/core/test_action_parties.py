"""Whose an action is: home where it goes without saying, and what names no state."""

import pytest

from bot.core.story import Article
from tests.core.reading import understander

UNDERSTANDER = understander()


def parties(title: str, text: str = "", *, lang: str = "en", source: str = "news.example") -> tuple[str, ...]:
    article = Article(title, text, url=f"https://{source}/1", source=source, lang=lang)
    actions = UNDERSTANDER.decide(article).actions
    assert actions, UNDERSTANDER.decide(article)
    return actions[0].parties


@pytest.mark.parametrize(
    ("title", "lang", "source", "named"),
    [
        ("Подписано соглашение с Японией о вольфраме", "ru", "vesti.kz", ("JP", "KZ")),
        ("Memorandum signed with Japan on tungsten", "en", "times.uz", ("JP", "UZ")),
        ("Подписано соглашение с Японией о вольфраме", "ru", "vesti.example", ("JP",)),
        ("Япония подписала соглашение с Китаем о вольфраме", "ru", "vesti.kz", ("CN", "JP")),
        ("Принят закон о редких металлах", "ru", "vesti.kz", ("KZ",)),
        ("Nodir metallar to‘g‘risidagi qonun imzolandi", "uz", "xabar.example", ("UZ",)),
    ],
)
def test_home_goes_without_saying(title: str, lang: str, source: str, named: tuple[str, ...]) -> None:
    assert parties(title, lang=lang, source=source) == named


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        ("Kazakhstan and Japan sign tungsten agreement worth 40 million US dollars", "en"),
        ("Казахстан и Япония подписали в Женеве соглашение о вольфраме на 40 млн долларов США", "ru"),
        ("Kasachstan und Japan unterzeichnen in Wien Abkommen über Wolfram für 40 Millionen US-Dollar", "de"),
        ("Қазақстан мен Жапония 40 миллион АҚШ долларына вольфрам туралы келісімге қол қойды", "kk"),
    ],
)
def test_neither_a_currency_nor_a_city_of_meetings_is_a_party(title: str, lang: str) -> None:
    assert parties(title, lang=lang) == ("JP", "KZ")


def test_a_name_that_begins_like_a_country_is_none() -> None:
    assert parties("Abdrakhmanov, minister of Turkmenistan, meets Putin on uranium") == ("RU", "TM")


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        ("Kazakhstan and Korea sign tungsten agreement in Tokyo", "en"),
        ("Казахстан и Корея подписали в Токио соглашение о вольфраме", "ru"),
        ("Kasachstan und Korea unterzeichnen in Tokio Abkommen über Wolfram", "de"),
        ("Қазақстан мен Корея Токиода вольфрам туралы келісімге қол қойды", "kk"),
    ],
)
def test_the_state_in_whose_capital_others_sign_is_no_party(title: str, lang: str) -> None:
    assert parties(title, lang=lang) == ("KR", "KZ")


def test_the_host_is_a_party_where_only_one_other_is_named() -> None:
    assert parties("Kazakhstan signs tungsten agreement in Tokyo") == ("JP", "KZ")


@pytest.mark.parametrize(
    ("title", "text", "named"),
    [
        # A firm signs for itself: its home is no party, in a deal either.
        ("Mongolia and France's Orano sign uranium agreement", "", ("MN",)),
        ("Монголия и французская Orano подписали соглашение об уране", "", ("MN",)),
        # A work of several states is named, and one of them acts.
        (
            "World Bank approves loan for Kambarata-1",
            "Kyrgyzstan will get $150 million for the dam.",
            ("KG",),
        ),
        # A line is called by the states that it joins, and two others speak of it.
        (
            "Japarov and Mirziyoyev meet in Bishkek",
            "They discussed the China – Kyrgyzstan – Uzbekistan railway.",
            ("KG", "UZ"),
        ),
    ],
)
def test_who_is_but_named_beside_who_acts_is_no_party(title: str, text: str, named: tuple[str, ...]) -> None:
    assert parties(title, text) == named


def test_two_states_side_by_side_in_a_title_both_speak() -> None:
    assert parties("Kazakhstan, US eye closer ties in rare earths", "Diplomats spoke of minerals.") == (
        "KZ",
        "US",
    )


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        ("Kazakhstan and Korea sign US-brokered agreement on tungsten", "en"),
        ("Kazakhstan and Korea sign agreement on tungsten, mediated by Turkey", "en"),
        ("Казахстан и Корея подписали соглашение о вольфраме при посредничестве Турции", "ru"),
    ],
)
def test_who_brings_two_others_together_is_no_party(title: str, lang: str) -> None:
    assert parties(title, lang=lang) == ("KR", "KZ")


def test_an_office_of_another_state_that_a_title_names_acts_for_it() -> None:
    told = parties("DFC and Uzbekistan sign a joint investment framework", "It covers mining projects.")

    assert told == ("US", "UZ")
