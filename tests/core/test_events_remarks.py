"""What is said of a happening, and what it did to prices, is told beside the news and belongs to it."""

import pytest

from bot.core.events import Features, features, group
from bot.core.events.likeness import likeness
from bot.core.events.remarks import is_remark
from bot.core.story import Article
from tests.core.event_stories import at
from tests.core.reading import understander


def told(key: str, title: str, text: str, day: str = "2026-03-02") -> Features:
    decision = understander().decide(Article(title, text))
    return features(
        key=key, title=title, text=text, lang=decision.lang, source=f"{key}.test", when=at(day),
        decision=decision,
    )  # fmt: skip


def groups(*stories: Features) -> list[int]:
    return sorted(len(made.keys) for made in group(stories))


NEWS = told(
    "news", "Malaysia lets Lynas go on with rare earths at Kuantan",
    "The government varied the licence of the refinery on Monday: Lynas may import and crack ore until 2028.",
)  # fmt: skip


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        ("Lynas soars on Kuala Lumpur's change of heart", "en"),
        ("Uranium stocks jump as Astana raises its tax", "en"),
        ("Villagers vow to fight Savannah's lithium mine", "en"),
        ("Trans-Afghan line: why it matters", "en"),
        ("Почему Казахстан не может добывать больше урана", "ru"),
        ("Акции «Казатомпрома» подскочили после прогноза", "ru"),
        ("Эксперт прокомментировал договор о границе", "ru"),
        ("Nega Toshkent kichik AESni tanladi", "uz"),
        ("Саясатшы пікірі: келісім нені өзгертеді", "kk"),
        ("Antimon-Preise springen nach Pekings Verbot", "de"),
        ("Orano dénonce la saisie de la Somaïr", "fr"),
        ("Chile celebra que los cátodos queden fuera", "es"),
        ("专家解读锑出口管制", "zh"),
    ],
)  # fmt: skip
def test_a_title_that_says_what_is_thought_of_it_or_what_it_did_is_a_remark(title: str, lang: str) -> None:
    assert is_remark(title, lang)


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        ("China bans exports of gallium to the United States", "en"),
        ("US rallies 55 nations for critical minerals bloc with price floors", "en"),
        ("Are Centerra and Kyrgyzstan nearing a deal to split?", "en"),
        ("Who will dig at Teskei?", "en"),
        ("Казатомпром снизил план по добыче урана", "ru"),
        ("Özbekistan ve ABD'den kritik mineraller anlaşması", "tr"),
        ("Kritische Rohstoffe: EU und Kasachstan unterzeichnen", "de"),
        ("商务部对锑实施出口管制", "zh"),
    ],
)
def test_a_title_that_tells_the_news_or_asks_what_will_be_is_none(title: str, lang: str) -> None:
    assert not is_remark(title, lang)


def test_shares_that_move_on_the_news_are_told_with_it() -> None:
    shares = told(
        "shares", "Lynas soars on Kuala Lumpur's change of heart",
        "The miner gained 16% in Sydney after Malaysia dropped what would have shut the cracking of "
        "rare earths at Kuantan. Amanda Lacaze said that Kalgoorlie will come on stream.",
    )  # fmt: skip

    assert groups(NEWS, shares) == [2]


def test_a_remark_on_something_else_stays_by_itself() -> None:
    other = told(
        "other", "Analysts doubt that Iluka can sell the oxide of Eneabba",
        "Brokers in Perth say that buyers of rare earths want lower prices than Canberra's loan supposes.",
    )  # fmt: skip

    assert groups(NEWS, other) == [1, 1]


def test_heads_and_guests_of_a_meeting_of_the_five_part_no_reports_of_it() -> None:
    hosts = told(
        "hosts", "Central Asian leaders gather in Astana for sixth consultative meeting",
        "President Tokayev hosted the summit with the leaders of Kyrgyzstan, Tajikistan, Turkmenistan and "
        "Uzbekistan on Friday; Ilham Aliyev of Azerbaijan was a guest.",
    )  # fmt: skip
    guest = told(
        "guest", "Садыр Жапаров выступил на саммите глав государств Центральной Азии",
        "На шестой консультативной встрече в Астане президент Кыргызстана говорил с коллегами из Казахстана, "
        "Таджикистана, Туркменистана и Узбекистана о дороге в Китай.",
    )  # fmt: skip

    assert groups(hosts, guest) == [2]


def test_the_metals_that_a_remark_is_about_contradict_no_news() -> None:
    news = told(
        "news", "Washington starts stockpile of rare earths", "A bank lends ten billion dollars for it."
    )
    metals = told(
        "metals", "What the stockpile means for cobalt and gallium", "Cobalt and gallium are scarce."
    )
    other = told("other", "Washington buys cobalt and gallium", "Cobalt and gallium are scarce.")

    assert "other minerals" not in likeness(news, metals).parts
    assert likeness(news, other).parts["other minerals"] < 0
