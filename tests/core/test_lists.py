"""Lists of states: who is but a member is told in passing, who meets or does something is not."""

import pytest

from tests.core.reading import decide


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        (
            "В Бишкеке собрались президенты Турции, Азербайджана, Казахстана и Узбекистана.",
            ("KZ", "KG", "UZ"),
        ),
        ("Саммит в Бишкеке открыл Садыр Жапаров. В нём Турция, Азербайджан, Казахстан, Узбекистан.", ("KG",)),
    ],
)
def test_presidents_whose_states_are_listed_do_something(text: str, countries: tuple[str, ...]) -> None:
    assert decide("Лидеры приняли хартию", text, lang="ru").countries == countries


def test_neighbours_that_a_verb_parts_are_no_list() -> None:
    title = "Детей приезжих в России проверили на знание языка: тест прошла лишь восьмая часть"
    text = (
        "Закон запрещает зачислять в школы тех, кто не сдал экзамен. Омбудсмен Таджикистана направил "
        "обращение, узбекские и киргизские дипломаты ведут консультации с министерством. Правозащитники "
        "называют норму дискриминацией и готовят жалобу."
    )

    assert decide(title, text, lang="ru").countries == ("KG", "TJ", "UZ")


def test_an_accident_at_a_plant_leaves_its_metal_a_metal() -> None:
    title = "Бериллиевое производство остановили: что показала проверка"
    text = (
        "Инспекция труда завершила расследование взрыва на заводе в Усть-Каменогорске и выписала предписание."
    )

    assert decide(title, text, lang="ru").minerals == ("beryllium",)
