"""Rounds of one affair, told without dates: what they say must tell them apart, and hold each together."""

import pytest

from bot.core.events import Features, group
from bot.core.events.likeness import FARTHEST, likeness
from bot.core.events.rounds import rounds_of
from tests.core.test_events_alike import read


def told(key: str, title: str, text: str) -> Features:
    return read(key, title, text, day=None)


def guidance_for_2025() -> list[Features]:
    return [
        told("2025-1", "Kazatomprom lowers its uranium guidance for 2025",
             "Delays at a block in the south make Kazakhstan's national company produce 17 percent less."),
        told("2025-2", "Казатомпром снизил план добычи урана на 2025 год",
             "Национальная компания Казахстана добудет в 2025 году на 17% меньше урана."),
    ]  # fmt: skip


def guidance_for_2026() -> list[Features]:
    return [
        told("2026-1", "Kazatomprom to produce less uranium in 2026",
             "The national company of Kazakhstan sees too much on the market and keeps 8,400 tonnes back."),
        told("2026-2", "В 2026 году Казатомпром сократит добычу урана",
             "Компания оставит в недрах Казахстана 8400 тонн: рынок полон."),
    ]  # fmt: skip


def summit_of_biden() -> list[Features]:
    return [
        told("biden-1", "Biden meets five presidents of Central Asia in New York for C5+1 summit",
             "The leaders of Kazakhstan, Kyrgyzstan, Tajikistan, Turkmenistan and Uzbekistan talked to Joe "
             "Biden about security and a dialogue on critical minerals on the margins of the UN."),
        told("biden-2", "Байден принял в Нью-Йорке лидеров Центральной Азии в формате C5+1",
             "Президенты Казахстана, Кыргызстана, Таджикистана, Туркменистана и Узбекистана обсудили с Джо "
             "Байденом безопасность и диалог по критическим минералам."),
    ]  # fmt: skip


def summit_of_trump() -> list[Features]:
    return [
        told("trump-1", "Trump hosts C5+1 summit at White House, hails deals with Central Asia",
             "Donald Trump dined with the leaders of Kazakhstan, Kyrgyzstan, Tajikistan, Turkmenistan and "
             "Uzbekistan, and said that rare earths and aircraft were on the agenda."),
        told("trump-2", "Саммит C5+1 в Вашингтоне: Трамп говорил о редкоземельных металлах",
             "На ужине с лидерами Казахстана, Кыргызстана, Таджикистана, Туркменистана и Узбекистана Дональд "
             "Трамп назвал регион невероятным и рассказал о самолётах."),
    ]  # fmt: skip


def paper_with_germany() -> list[Features]:
    return [
        told("germany-1", "Kazakhstan and Germany sign memorandum on lithium of Bayankol",
             "The ministers of Kazakhstan and Germany signed a memorandum on critical minerals in Astana."),
        told("germany-2", "Казахстан и Германия подписали меморандум по литию месторождения Баянкол",
             "Министры Казахстана и Германии подписали его в Астане."),
    ]  # fmt: skip


def paper_with_korea() -> list[Features]:
    return [
        told("korea-1", "Kazakhstan and South Korea sign memorandum on lithium of Karaozek",
             "Ministers of Kazakhstan and South Korea put their names to it in Astana."),
        told("korea-2", "Казахстан и Южная Корея подписали меморандум по литию месторождения Караозек",
             "Документ подписали в Астане министры Казахстана и Южной Кореи."),
    ]  # fmt: skip


def first_forum() -> list[Features]:
    return [
        told("first-1", "First minerals forum of Central Asia held",
             "Talgat Omarov of Karaganda opened the forum on critical minerals; 250 delegates came from "
             "Kazakhstan and Uzbekistan."),
        told("first-2", "Состоялся первый форум Центральной Азии по минералам",
             "Талгат Омаров из Караганды открыл форум по критическим минералам. Приехали 250 делегатов из "
             "Казахстана и Узбекистана."),
    ]  # fmt: skip


def second_forum() -> list[Features]:
    return [
        told("second-1", "Second minerals forum of Central Asia held",
             "The forum on critical minerals was opened by Jahongir Sobirov of Zarafshan; 410 delegates from "
             "Kazakhstan and Uzbekistan came."),
        told("second-2", "Состоялся второй форум Центральной Азии по минералам",
             "Форум по критическим минералам открыл Жахонгир Собиров из Зарафшана. Приехали 410 делегатов из "
             "Казахстана и Узбекистана."),
    ]  # fmt: skip


def visit_to_astana() -> list[Features]:
    return [
        told("astana-1", "Carney in Astana for talks on uranium",
             "The prime minister of Canada met the president of Kazakhstan and spoke of uranium."),
        told("astana-2", "Карни прибыл в Астану для переговоров по урану",
             "Премьер-министр Канады встретился с президентом Казахстана, речь шла об уране."),
    ]  # fmt: skip


def visit_to_samarkand() -> list[Features]:
    return [
        told("samarkand-1", "Carney in Samarkand for talks on uranium",
             "The prime minister of Canada met the president of Uzbekistan and spoke of uranium."),
        told("samarkand-2", "Карни прибыл в Самарканд для переговоров по урану",
             "Премьер-министр Канады встретился с президентом Узбекистана, речь шла об уране."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (guidance_for_2025(), guidance_for_2026()),
        (summit_of_biden(), summit_of_trump()),
        (paper_with_germany(), paper_with_korea()),
        (first_forum(), second_forum()),
        (visit_to_astana(), visit_to_samarkand()),
    ],
    ids=[
        "the guidance of another year",
        "a summit of another president",
        "a paper with another partner",
        "the next of a row",
        "talks in another city",
    ],
)
def test_two_rounds_are_two_events_in_both_languages(one: list[Features], other: list[Features]) -> None:
    found = {made.keys for made in group([*one, *other])}

    assert found == {tuple(story.key for story in stories) for stories in (one, other)}


def test_one_sum_of_money_in_two_languages_speaks_for_one_event() -> None:
    bank = told("bank", "Bank lends $47.5 million for Kazakh copper",
                "A development bank lends $47.5 million to a copper mine in Kazakhstan.")  # fmt: skip
    same = told("same", "Банк даст 47,5 млн долларов на медь Казахстана",
                "Банк развития выделит руднику в Казахстане 47,5 млн долларов.")  # fmt: skip
    less = told("less", "Банк даст 12,3 млн долларов на медь Казахстана",
                "Банк развития выделит руднику в Казахстане 12,3 млн долларов.")  # fmt: skip

    assert likeness(bank, same).parts["amounts"] > 0 > likeness(bank, less).parts["other amounts"]
    assert likeness(bank, same).score > 0 > likeness(bank, less).score


def test_a_form_that_is_filled_in_anew_is_no_copy_of_the_last() -> None:
    form = (
        "The national company expects to mine {percent} percent less uranium in {year} than was planned, it "
        "said in its report for the half-year. Its costs rise with the price of acid, and its stocks are at "
        "the level that its board has set. The long contracts with its customers are not touched by this."
    )
    title = "Kazatomprom lowers guidance for {year}"
    last, now, reprint = (
        told(key, title.format(year=year), form.format(year=year, percent=percent))
        for key, year, percent in (("last", 2025, 17), ("now", 2026, 12), ("reprint", 2026, 12))
    )

    assert likeness(now, reprint).copy
    assert not likeness(last, now).copy


def test_the_round_of_one_kind_of_meeting_says_nothing_of_another_kind() -> None:
    forum = told("forum", "First minerals forum of Central Asia held", "Ministers opened it.")
    summit = told("summit", "Second minerals summit of Central Asia held", "Presidents opened it.")
    last = told("last", "Third minerals forum of Central Asia held", "It follows the first forum.")

    assert "another round" not in likeness(forum, summit).parts
    assert "another round" not in likeness(forum, last).parts  # which tells of both
    assert likeness(forum, first := second_forum()[0]).parts["another round"] < 0
    assert likeness(first, forum) == likeness(forum, first)


def test_a_report_that_names_some_of_the_minerals_of_a_list_does_not_contradict_it() -> None:
    listed = told("list", "List of minerals", "The list holds copper, uranium, lithium, graphite and cobalt.")
    some = told("some", "Copper and uranium on list", "Copper and uranium are on the list.")
    else_ = told("else", "Antimony on list", "Antimony and tungsten are on the list.")

    assert likeness(listed, some).parts.get("other minerals", 0.0) == 0
    assert likeness(listed, else_).parts["other minerals"] < 0


def test_the_only_figure_of_a_report_speaks_for_one_event_the_more_the_odder_it_is() -> None:
    one = told("one", "Mine opened", "The mine will give 35,640 tonnes of ore from 12 pits.")
    odd = told("odd", "A mine opened", "It will give 35.6 thousand tonnes of ore.")
    round_ = told("round", "A mine opened", "It will give ore from 12 pits.")

    assert likeness(one, odd).parts["numbers"] > likeness(one, round_).parts["numbers"] > 0


def test_a_letter_that_folding_leaves_nothing_of_is_passed_over() -> None:
    assert list(rounds_of("Первый форум пройдёт в мае, узнал «Ъ»")) == ["1 forum"]


@pytest.mark.parametrize(
    ("text", "told_of"),
    [
        ("Deputies passed the tax code in its second reading", "2 reading"),
        ("Депутаты приняли кодекс в третьем чтении", "3 reading"),
        ("Мәжіліс кодексті екінші оқылымда қабылдады", "2 reading"),
        ("Brussels drafts its 19th sanctions package", "19 package"),
        ("ЕС принял 14-й пакет санкций", "14 package"),
        ("Компания построит вторую атомную станцию", "2 plant"),
        ("Қазақстандағы алғашқы АЭС-ті консорциум салады", "1 plant"),
        ("O‘zbekistonda birinchi atom elektr stansiyasi", "1 plant"),
        ("The third phase of the mine begins", "3 stage"),
    ],
)
def test_readings_packages_stages_and_plants_are_told_by_their_number(text: str, told_of: str) -> None:
    assert list(rounds_of(text)) == [told_of]


def test_a_first_united_or_a_first_blockchain_is_no_unit() -> None:
    assert not list(rounds_of("The first United Nations office; первый блокчейн страны"))


def test_a_title_of_another_plant_goes_into_no_event_however_like_the_others_are() -> None:
    first = [
        told("first-1", "Rosatom to lead consortium for Kazakhstan's first nuclear plant",
             "The Kazakh atomic agency chose Rosatom for the first nuclear plant at Ulken on Lake Balkhash."),
        told("first-2", "Первую АЭС Казахстана построит Росатом",
             "Агентство по атомной энергии Казахстана выбрало Росатом для первой АЭС в Улькене на Балхаше."),
    ]  # fmt: skip
    second = told("second", "CNNC to build Kazakhstan's second nuclear plant",
                  "The Kazakh atomic agency chose CNNC for the second nuclear plant at Ulken.")  # fmt: skip
    neither = told("neither", "Kazakh atomic agency chooses Rosatom for nuclear plant at Ulken",
                   "Rosatom will build at Ulken on Lake Balkhash.")  # fmt: skip

    assert {made.keys for made in group([*first, second, neither])} == {
        ("first-1", "first-2", "neither"),
        ("second",),
    }
    assert likeness(first[0], second).score < FARTHEST


def test_a_title_may_name_one_round_where_the_other_story_names_that_and_the_one_before() -> None:
    one = told("one", "Second minerals forum opens", "It is held in Tashkent.")
    other = told("other", "Minerals forum opens", "After the first forum in 2024 this is the second forum.")

    assert "round of one title" not in likeness(one, other).parts


def test_a_title_that_names_two_capitals_names_two_governments_and_no_place() -> None:
    both = told("both", "Tashkent and Seoul agree on rare metals", "The two sides will build plants.")
    there = told("there", "Korea and Uzbekistan agree on metals", "The talks were held in Khujand.")
    elsewhere = told("elsewhere", "Presidents meet in Seoul", "They agreed on metals of Uzbekistan.")

    assert "another city" not in likeness(both, there).parts
    assert likeness(elsewhere, there).parts["another city"] < 0


def test_a_capital_that_begins_a_title_may_be_a_government_where_its_state_is_told_of() -> None:
    there = told("there", "Japan's premier cancels trip to Astana", "He was to meet Central Asian leaders.")
    speaks = told("speaks", "Tokyo postpones first meeting of leaders", "Central Asia will wait for Japan.")
    meets = told("meets", "Leaders of Central Asia meet in Tokyo", "Japan gave them dinner.")
    without = told("without", "Talks of Central Asia with Korea", "Leaders came to Astana.")

    assert "another city" not in likeness(speaks, there).parts
    assert likeness(meets, there).parts["another city"] < 0
    assert likeness(speaks, without).parts["another city"] < 0
