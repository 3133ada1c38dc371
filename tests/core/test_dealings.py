"""Whose a story in Russian is by an outlet of one of the five, where nobody says whose minister acts."""

import pytest

from bot.core.story import Article
from bot.core.weighing.home import home_of
from tests.core.reading import decide


@pytest.mark.parametrize(
    ("title", "text", "countries"),
    [
        ("Ввоз муки из Узбекистана запретят", "Минсельхоз подготовил проект приказа.", ("KG", "UZ")),
        ("Экспорт угля в Китай ограничат", "Кабмин принял постановление.", ("KG",)),
        ("С Россией договорились о топливе", "Соглашение подпишет министр энергетики.", ("KG",)),
        ("Министр встретился с послом Китая", "Обсудили инвестиции.", ("KG",)),
        ("Уголь пойдёт за рубеж", "Министерство разрешило экспорт в Китай, Казахстан и Японию.", ("KG",)),
        ("В Узбекистане повысят тарифы", "Министр представил проект приказа.", ("UZ",)),
        ("Президент Узбекистана утвердил бюджет", "Закон опубликовало министерство.", ("UZ",)),
        ("Китай ввёл пошлины на товары из США", "Министерство опубликовало список.", ()),
        ("Трамп пригрозил тарифами", "Президент заявил, что правительство введёт пошлины в США.", ()),
    ],
)
def test_an_unnamed_ministry_is_the_outlets_where_others_are_but_dealt_with(
    title: str, text: str, countries: tuple[str, ...]
) -> None:
    assert decide(title, text, lang="ru", source="kaktus.media").countries == countries


@pytest.mark.parametrize(
    ("source", "country"),
    [
        ("kursiv.media", "KZ"),
        ("kz.kursiv.media", "KZ"),
        ("uz.kursiv.media", "UZ"),
        ("kazpravda.kz.", "KZ"),
        ("WWW.24.KG", "KG"),
        ("ca.akipress.org", ""),
        ("notkursiv.media", ""),
        ("", ""),
    ],
)
def test_an_outlet_is_known_by_its_address_or_by_one_it_is_below(source: str, country: str) -> None:
    outlets = {"kursiv.media": "KZ", "uz.kursiv.media": "UZ", "akipress.org": "KG", "ca.akipress.org": "C5"}

    assert home_of(Article(title="", text="", source=source), None, outlets).country == country


def test_whom_a_story_only_deals_with_takes_nothing_from_it() -> None:
    text = "BOTAŞ и «Туркменгаз» договорились о прокачке, рассказал министр. Контракт рассчитан на год."

    assert decide("Топливо пойдёт в Турцию через Иран", text, lang="ru").countries == ("TM",)
