"""What a story tells of that but looks at things, and what it is quoted with."""

import pytest

from bot.core.story import Article
from tests.core.reading import understander
from tests.core.test_actions import actions


def test_a_caption_says_nothing() -> None:
    title = "Kazakhstan signs uranium treaty with France"
    assert actions(title, "Photo by A. B. They met in the spring.")[0].sentence == title


def test_who_asks_looks_at_things() -> None:
    title, lead = "Gallium of the steppe", "Kazakhstan began to export gallium to Europe."
    deed = "In May a contract to supply gallium for ten years was signed."
    assert actions(title, f"{lead} What will Beijing say? {deed}")[0].instrument == "statement"
    assert actions(title, f'{lead} "What will Beijing say?" {deed}')[0].instrument == "offtake"


@pytest.mark.parametrize("title", ["Tajikistan has large antimony reserves", "Запасы урана в Узбекистане"])
def test_what_lies_in_the_ground_is_no_find(title: str) -> None:
    assert actions(title)[0].instrument == "statement"
    assert actions("Drilling doubles antimony reserves in Kyrgyzstan")[0].instrument == "discovery"


def test_who_speaks_of_what_others_did_makes_a_statement() -> None:
    text = "He asked for proof and spoke of politics."
    assert actions("Kyrgyz president denounces sanctions on banks", text)[0].instrument == "statement"
    assert actions("Kyrgyz president says sanctions on banks lifted", text)[0].instrument == "sanctions"


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        ("Why Kyrgyzstan nationalised its mine", "Kyrgyzstan nationalised the mine and won in court.", "en"),
        ("Чем кончилась национализация рудника", "Кыргызстан национализировал рудник и выиграл суд.", "ru"),
    ],
)
def test_a_title_that_begins_as_a_question_asks_whatever_mark_it_ends_with(
    title: str, text: str, lang: str
) -> None:
    article = Article(title, text, url="https://news.example/1", lang=lang)
    assert understander().decide(article).actions[0].instrument == "statement"
    told = Article(title.partition(" ")[2].capitalize(), text, url="https://news.example/1", lang=lang)
    assert understander().decide(told).actions[0].instrument == "nationalisation"


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        ("Raisi hails talks on Turkmen gas swap", "en"),
        ("Bishkek criticises sanctions on its banks, calls for talks", "en"),
        ("Жапаров раскритиковал запрет на экспорт угля", "ru"),
        ("Мирзиёев волфрам келишувини юқори баҳолади", "uz"),
    ],
)
def test_who_judges_what_others_did_makes_a_statement(title: str, lang: str) -> None:
    assert actions(title, "In May a contract was signed.", lang=lang)[0].instrument == "statement"


@pytest.mark.parametrize(
    ("title", "text", "lang"),
    [
        ("Uranium pact at a crossroads", "In May Kazakhstan signed a uranium agreement with France.", "en"),
        ("Соглашение по урану: уроки региону", "Казахстан подписал соглашение по урану с Францией.", "ru"),
        ("哈萨克斯坦铀协议的启示", "哈萨克斯坦5月与法国签署铀协议。", "zh"),
    ],
)
def test_one_word_for_looking_in_a_title_is_enough_where_its_text_goes_on(
    title: str, text: str, lang: str
) -> None:
    onwards = {"en": " Mines wait for roads.", "ru": " Рудники ждут дорог.", "zh": "矿山在等公路。"}[lang]
    assert actions(title, text + onwards, lang=lang)[0].instrument == "statement"
    assert actions(title, text, lang=lang)[0].instrument == "agreement"


def test_a_title_that_names_a_summit_looks_only_where_two_words_say_so() -> None:
    text = "The leaders of the five met in Astana on Friday. Mines wait for roads."
    assert actions("Potential of the region praised at first summit", text)[0].instrument == "summit"
    assert actions("Lessons of the summit: why it matters", text)[0].instrument == "statement"


def test_a_venture_that_rests_its_work_is_none_newly_made() -> None:
    halted, made = "Joint venture Inkai suspends output of uranium", "Joint venture to mine uranium launched"
    assert actions(halted)[0].instrument == "production"
    assert actions(made)[0].instrument == "joint_venture"


def test_what_its_author_tells_of_is_no_deed_of_today() -> None:
    title = "Uzbekistan's rare metals: a long way from paper to plant"
    deeds = "Tashkent signed memorandums with Washington, Brussels and Seoul. Not one has become a plant yet."
    assert actions(title, f"{deeds} The author argues that buyers come first.")[0].instrument == "statement"
    assert actions(title, f"{deeds} The authors of the bill are deputies.")[0].instrument == "mou"


def test_what_is_called_for_at_a_gathering_is_not_done() -> None:
    text = "The forum in Bishkek ended with a call for a Trans-Caspian corridor, businesses said on Thursday."
    assert actions("Business forum asks for Trans-Caspian corridor", text)[0].instrument == "statement"
    assert actions("Uzbek president urges at summit to strengthen ties")[0].instrument == "statement"
    assert actions("Forum opens Trans-Caspian corridor", text)[0].instrument == "infrastructure"


def test_to_learn_something_is_no_find() -> None:
    assert actions("A republic discovers that it has lithium", "It has been there for ever.")[
        0
    ].instrument == ("statement")


def test_what_may_not_leave_the_country_is_kept_by_a_measure() -> None:
    added = "Beijing on Thursday added magnets to a catalogue of what may not leave the country."
    assert actions("China tightens its hold on magnets", added)[0].instrument == "export_control"
    assert actions("Tajikistan does not export antimony to the US", "A minister told this.")[
        0
    ].instrument == ("statement")
