"""What is shut and what is opened again, and what is another state's: look-alikes told without dates."""

import pytest

from bot.core.events import Features, group
from bot.core.events.likeness import likeness
from bot.core.events.turns import turn_of
from bot.core.words import Instrument, Stage
from tests.core.event_stories import decided, story
from tests.core.test_events_alike import read


def told(key: str, title: str, text: str) -> Features:
    return read(key, title, text, day=None)


@pytest.mark.parametrize(
    ("lang", "shut", "opened"),
    [
        ("en", "Congo halts exports of cobalt", "Congo lifts halt of cobalt exports"),
        ("en", "Uranium mine suspended", "Uranium mine to restart"),
        ("ru", "Конго приостановила экспорт кобальта", "Конго отменила запрет на экспорт кобальта"),
        ("de", "Kongo stoppt Ausfuhr von Kobalt", "Kongo hebt Verbot der Ausfuhr von Kobalt auf"),
        ("fr", "Le Congo suspend les exportations", "Le Congo lève l’interdiction des exportations"),
        ("kk", "Конго кобальт экспортына тыйым салды", "Конго кобальт экспортына тыйымды алып тастады"),
        ("tr", "Kongo kobalt ihracatını yasakladı", "Kongo kobalt ihracatı yasağını kaldırdı"),
        ("zh", "刚果暂停钴出口", "刚果解除钴出口禁令"),
        ("en", "Senate votes to ban nickel ore exports", "Congress drops nickel ore export ban from bill"),
        ("en", "Company quits mine after ban", "Jakarta shelves plan to ban bauxite exports"),
        ("en", "Copper miner quits joint venture", "Lawmakers drop plan to ban ore exports"),
        ("en", "Firm scraps plan for mine", "Beijing drops trade sanctions on beef"),
        ("ru", "Парламент принял запрет на вывоз руды", "Парламент отклонил запрет на вывоз руды"),
        ("tr", "Ankara ihracatı yasakladı", "Ankara ihracat yasağından vazgeçti"),
        ("zh", "菲律宾禁止镍矿出口", "国会否决镍矿出口禁令"),
        ("en", "Government shelves lithium mine", "Government approves lithium mine"),
        ("ru", "Министерство отклонило проект рудника", "Министерство одобрило проект рудника"),
        ("de", "Fusion der Bergbaukonzerne geplatzt", "Behörde genehmigt Fusion der Bergbaukonzerne"),
        ("fr", "Le ministère rejette le projet de mine", "Le ministère autorise le projet de mine"),
        ("uz", "Loyiha rad etildi", "Loyihaga ruxsat berildi"),
        ("zh", "部委否决采矿项目", "部委批准采矿项目"),
        ("en", "Barrick loses control of gold mine", "Barrick regains control of gold mine"),
        ("en", "Court will not allow gold mine", "Court will allow gold mine"),
        ("en", "China won't lift ban on gallium", "China will lift ban on gallium"),
        ("ru", "Суд не одобрил возвращение казни", "Суд одобрил возвращение казни"),
        ("ru", "Китай не только запретил экспорт", "Китай снова разрешил экспорт"),
        ("kk", "Парламент жобаны мақұлдамады", "Парламент жобаны мақұлдады"),
        ("uz", "Vazirlik konga ruxsat bermadi", "Vazirlik konga ruxsat berdi"),
        ("tr", "Meclis anlaşmayı onaylamadı", "Meclis anlaşmayı onayladı"),
        ("zh", "政府不批准出口", "政府批准出口"),
    ],
)
def test_the_end_of_what_was_shut_turns_the_other_way(lang: str, shut: str, opened: str) -> None:
    assert (turn_of(shut, lang), turn_of(opened, lang)) == ("-", "+")


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "Bank lends money for a copper mine"),  # no ban
        ("ru", "Банк выделит деньги на рудник"),
        ("uz", "Mis qayta ishlash zavodi quriladi"),  # to process is not to begin again
        ("en", "First licences for gallium approved since export curbs"),  # both: which way is not told
        ("en", "Recyclers of battery scrap to be paid"),  # goods, and nothing that is given up
        ("en", "Kazakhstan will not ban exports of uranium"),
        ("ru", "Казахстан не будет запрещать вывоз скота"),
        ("xx", "Exports banned"),  # nobody taught us the words
        ("en", ""),
    ],
)
def test_a_title_that_shuts_and_opens_nothing_turns_nothing(lang: str, title: str) -> None:
    assert turn_of(title, lang) == ""


def test_the_halt_of_a_mine_and_its_start_are_two_events_in_both_languages() -> None:
    halt = [
        told("halt-1", "Output at Inkai uranium mine suspended",
             "Kazatomprom and Cameco stopped the Inkai mine in Kazakhstan: a paper of the ministry is late."),
        told("halt-2", "На руднике Инкай приостановлена добыча урана",
             "Казатомпром и Cameco остановили Инкай: министерство не выдало бумагу."),
    ]  # fmt: skip
    start = [
        told("start-1", "Kazatomprom and Cameco restart Inkai uranium mine",
             "The Inkai mine in Kazakhstan works again, for the ministry gave the paper it had waited for."),
        told("start-2", "На руднике Инкай возобновлена добыча урана",
             "Казатомпром и Cameco снова добывают на Инкае: министерство выдало бумагу."),
    ]  # fmt: skip

    found = {made.keys for made in group([*halt, *start])}

    assert found == {("halt-1", "halt-2"), ("start-1", "start-2")}


def test_a_ban_that_is_halted_and_one_that_is_lifted_do_not_contradict_each_other() -> None:
    halted = told("halted", "China suspends ban on exports of gallium",
                  "Beijing's ministry of commerce put off its ban on gallium exports.")  # fmt: skip
    lifted = told("lifted", "Китай снял запрет на экспорт галлия",
                  "Министерство коммерции Китая отменило запрет на вывоз галлия.")  # fmt: skip

    assert "opposed" not in likeness(halted, lifted).parts


def test_what_is_said_of_an_end_does_not_contradict_it_as_the_making_does() -> None:
    ended, made, said = (
        story(title, title, "A copper plant in Osh.", decision=decided(act=act))
        for title, act in (
            ("Owner leaves the city", (Instrument.LICENCE, Stage.ENDED)),
            ("A paper for new smelters", (Instrument.LICENCE, Stage.SIGNED)),
            ("Town mayor is sad about jobs", (Instrument.STATEMENT, Stage.NONE)),
        )
    )

    assert likeness(ended, made).parts["opposed"] < 0
    assert "opposed" not in likeness(ended, said).parts


def test_one_sum_of_one_bank_for_two_of_the_five_makes_two_events() -> None:
    loans = [
        told("kg-1", "World Bank lends Kyrgyzstan $150 million",
             "The World Bank approved $150 million for canals in Kyrgyzstan."),
        told("kg-2", "Всемирный банк даст Кыргызстану 150 млн долларов",
             "Всемирный банк одобрил 150 млн долларов на каналы Кыргызстана."),
        told("tj-1", "World Bank lends Tajikistan $150 million",
             "The World Bank approved $150 million for power lines in Tajikistan."),
        told("tj-2", "Всемирный банк даст Таджикистану 150 млн долларов",
             "Всемирный банк одобрил 150 млн долларов на линии Таджикистана."),
    ]  # fmt: skip

    assert {made.keys for made in group(loans)} == {("kg-1", "kg-2"), ("tj-1", "tj-2")}


def test_two_bans_of_one_government_on_one_day_are_two_events_by_what_they_ban() -> None:
    bans = [
        told("coal-1", "Kyrgyzstan bans export of coal by lorry",
             "Adylbek Kasymaliev signed the order of the cabinet of Kyrgyzstan; trains are free to take it."),
        told("coal-2", "Кыргызстандан көмүр чыгарууга тыюу салынды",
             "Министрлер кабинетинин төрагасы Адылбек Касымалиев буйрукка кол койду."),
        told("scrap-1", "Export of scrap banned in Kyrgyzstan",
             "An order that Adylbek Kasymaliev signed keeps ferrous metal in Kyrgyzstan for half a year."),
        told("scrap-2", "Кыргызстандан металл сыныктарын чыгарууга тыюу салынды",
             "Адылбек Касымалиев кол койгон чечим жарым жыл күчүндө болот."),
    ]  # fmt: skip

    assert {made.keys for made in group(bans)} == {("coal-1", "coal-2"), ("scrap-1", "scrap-2")}


def test_a_report_of_all_five_is_not_of_another_state() -> None:
    of_one = told("one", "Uzbekistan at the summit", "The leader of Uzbekistan spoke of uranium.")
    leaders = "The leaders of Kazakhstan, Kyrgyzstan, Tajikistan, Turkmenistan and Uzbekistan met."
    of_all = told("all", "Summit of Central Asia held", leaders)

    assert "another of the five" not in likeness(of_one, of_all).parts


def test_the_first_quarter_is_not_the_third() -> None:
    first = told("first", "Kazatomprom reports on Q1", "Sales of uranium rose in Kazakhstan.")
    third = told("third", "Казатомпром отчитался за III квартал", "Продажи урана Казахстана выросли.")

    assert likeness(first, third).parts["another round"] < 0


def test_what_is_put_into_a_mine_may_be_told_as_one_deal_or_another() -> None:
    def of(act: Instrument) -> Features:
        decision = decided(concepts="country.KZ mineral.copper", act=(act, Stage.ANNOUNCED), parties=("KZ",))
        return story(act, f"Copper of the steppe: {act}", "It lies in Chu-Sarysu.", decision=decision)

    invests, ventures, finds = map(
        of, (Instrument.INVESTMENT, Instrument.JOINT_VENTURE, Instrument.DISCOVERY)
    )

    assert "other acts" not in likeness(invests, ventures).parts
    assert likeness(invests, finds).parts["other acts"] < 0
