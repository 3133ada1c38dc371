"""Whose an institution is in the language of one country, and how a language is told by its words."""

import pytest

from bot.core.story import Article
from bot.core.words import Tier
from tests.core.reading import decide, understander


@pytest.mark.parametrize(
    ("lang", "title", "countries"),
    [
        ("kk", "Сенат Өзбекстанмен әскери шартты ратификациялады", ("KZ", "UZ")),
        ("uz", "Vazirlik Tojikiston bilan kelishuv imzoladi", ("TJ", "UZ")),
        ("tk", "Gaz nyrhy barada Özbegistan bilen ylalaşyldy", ("TM", "UZ")),
        ("kk", "Өзбекстан сенаты әскери шартты ратификациялады", ("UZ",)),
    ],
)
def test_home_stands_beside_another_of_the_five_where_it_acts_or_deals_with_it(
    lang: str, title: str, countries: tuple[str, ...]
) -> None:
    assert decide(title, lang=lang).countries == countries


@pytest.mark.parametrize(
    ("lang", "title", "country"),
    [
        ("uz", "Uran konini o‘zlashtirish: Turkiya kompaniyasi bilan qo‘shma korxona tuzildi", "UZ"),
        ("tk", "Türkiýäniň kompaniýasy bilen uran barada şertnama gol çekildi", "TM"),
        ("kk", "Уран өндіру: Түркия компаниясымен келісімшартқа қол қойылды", "KZ"),
        ("kk", "Мырыш кеніші Түркия компаниясына сатылды", "KZ"),
        ("uz", "Xitoyga uran eksporti ikki barobar oshiriladi", "UZ"),
        ("uz", "Uran koni uchun Koreyadan kredit olindi", "UZ"),
    ],
)
def test_a_deal_with_another_country_or_its_firm_is_one_of_home(lang: str, title: str, country: str) -> None:
    assert decide(title, lang=lang).countries == (country,)


def test_two_metals_joined_by_and_are_no_deal_with_their_owner() -> None:
    decision = decide("Қытай вольфрам мен германий экспортына шектеу қойды", lang="kk")

    assert decision.countries == ()


@pytest.mark.parametrize(
    ("lang", "title", "countries"),
    [
        ("ky", "Энергетика министри Пекинде сүйлөшүү жүргүздү", ("KG",)),
        ("tg", "Сарвазир дар Пекин созишнома имзо кард", ("TJ",)),
        ("uz", "Xitoy energetika vaziri Parijda muzokara o‘tkazdi", ()),
    ],
)
def test_a_minister_abroad_is_still_that_of_home(lang: str, title: str, countries: tuple[str, ...]) -> None:
    assert decide(title, lang=lang).countries == countries


@pytest.mark.parametrize(
    ("lang", "title", "countries"),
    [
        ("uz", "Tramp mis importiga boj joriy qildi", ()),
        ("uz", "Pentagon surma zaxirasini oshiradi", ()),
        ("uz", "Tramp bilan mis eksporti bo‘yicha muzokara boshlandi", ("UZ",)),
    ],
)
def test_a_foreign_leader_or_body_that_opens_a_title_takes_it_away_from_home(
    lang: str, title: str, countries: tuple[str, ...]
) -> None:
    assert decide(title, lang=lang).countries == countries


@pytest.mark.parametrize(
    ("lang", "title", "countries"),
    [
        ("uz", "Janubiy Koreya prezidenti davlat tashrifi bilan keldi", ("UZ",)),
        ("uz", "Жанубий Корея президенти келди", ("UZ",)),
        ("kk", "АҚШ Гренландияны сатып алғысы келеді", ()),
        ("ky", "Кытайдын президенти мамлекеттик сапар менен келди", ("KG",)),
        ("tg", "Президенти Чин бо сафари давлатӣ омад", ("TJ",)),
        ("tk", "Hytaýyň wise-premýeri iş sapary bilen geldi", ("TM",)),
        ("uz", "Yaponiya bosh vaziri Pekinga keldi", ()),
    ],
)
def test_who_comes_and_to_nowhere_else_comes_home(lang: str, title: str, countries: tuple[str, ...]) -> None:
    assert decide(title, lang=lang).countries == countries


@pytest.mark.parametrize(
    ("lang", "title", "countries"),
    [
        ("tk", "Mejlisiň Başlygy Omanyň ilçisini kabul etdi", ("TM",)),
        ("tk", "Omanyň Mejlisiniň Başlygy ilçini kabul etdi", ()),
        ("uz", "Hukumat Xitoy konchilik firmasi huquqini bekor qildi", ("UZ",)),
    ],
)
def test_whose_an_institution_is_stands_before_it(lang: str, title: str, countries: tuple[str, ...]) -> None:
    assert decide(title, lang=lang).countries == countries


@pytest.mark.parametrize(
    ("lang", "title", "text", "countries"),
    [
        (
            "uz",
            "Litiy koni davlatga o‘tdi",
            "Meksika Energetika vazirligi qaror chiqardi. Vazir uni e’lon qildi.",
            (),
        ),
        (
            "kk",
            "Никель зауыты жабылды",
            "Индонезияда ереже қатайды. Министр Ханиф Фаисол тексеру болатынын айтты.",
            (),
        ),
        (
            "kk",
            "Литий жобасына рұқсат берілді",
            "Жапониямен келісім бар. Министр Ерсайын Нағаспаев мұны айтты.",
            ("KZ",),
        ),
        (
            "kk",
            "Сенат литий саласын мемлекетке беру туралы заңды бекітті",
            "Президент Андрес Мануэль Лопес Обрадор бастаманы қолдады.",
            (),
        ),
        (
            "kk",
            "Литий саласы туралы заң бекітілді",
            "Премьер-министр Асқар Мамин Бакуде мұны айтты.",
            ("KZ",),
        ),
        (
            "uz",
            "Konni qaytarib oldi: Mali hukumati litiy loyihasini davlatga o‘tkazdi",
            "Ilgari vazirlik ruxsatnomani to‘xtatgan edi.",
            (),
        ),
        (
            "uz",
            "Litiy koni davlatga o‘tdi",
            "AQSHda qaror chiqdi. Prezident Jo Bayden uni imzoladi.",
            (),
        ),
        (
            "tg",
            "Ҳукумат маъдани литийро ба ширкати давлатӣ супурд",
            "Дар Ла-Пас вазири энергетика Алехандро Галярдо инро эълон кард.",
            (),
        ),
        (
            "tg",
            "Ҳукумат кони литийро ба ширкати давлатӣ супурд",
            "Дар Теҳрон вазири энергетика Азим Иброҳим инро эълон кард.",
            ("TJ",),
        ),
        (
            "tg",
            "Содироти кобалт манъ шуд",
            "Вазорати маъдани Конго қарор кард. Вазир Кизито Пакабомба онро эълон кард.",
            (),
        ),
    ],
)
def test_a_minister_is_anothers_by_his_name_or_by_the_ministry_before_him(
    lang: str, title: str, text: str, countries: tuple[str, ...]
) -> None:
    assert decide(title, text, lang=lang).countries == countries


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("uz", "Davlat qarzi 40 milliard dollardan oshdi"),
        ("tg", "Конҳои мис ва волфрам ба сармоягузорон пешниҳод шуданд"),
    ],
)
def test_a_budget_and_a_mine_without_a_country_are_those_of_home(lang: str, title: str) -> None:
    assert decide(title, lang=lang).countries


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("kk", "Ükımet jañarmai bağasyn köterdı"),
        ("ky", "Президент субсидиялардын тизмесин бекитти"),
        ("tg", "Президент субсидияро бекор кард"),
        ("uz", "Andijondagi fermer 15 kilogrammli tarvuz yetishtirdi"),
        ("uz", "Волфрам конига хорижий инвестор келди"),
        ("de", "Erste Lieferungen treffen am Montag in Hamburg ein"),
    ],
)
def test_a_title_without_letters_of_its_own_tells_its_language_by_parts_of_its_words(
    lang: str, title: str
) -> None:
    assert understander().language(Article(title, "")) == lang


@pytest.mark.parametrize(
    ("word", "mineral"),
    [("Kupferpreise", "copper"), ("Zinnlagerstätten", "tin"), ("Nickelkonzentrats", "nickel")],
)
def test_a_metal_is_found_in_a_compound_and_the_span_is_all_of_it(word: str, mineral: str) -> None:
    title = f"{word}: Regierung erteilt Lizenz für die Mine"

    found = understander().mentions(Article(title, ""), "de")

    assert (mineral, word) in [(one.concept.value, title[one.start : one.end]) for one in found]


def test_what_only_begins_like_a_compound_of_a_metal_is_none() -> None:
    found = understander().mentions(Article("Zinnsoldaten, Bleibende und Titanen", ""), "de")

    assert "mineral" not in {one.concept.kind for one in found}


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("uz", "Buxoroda shamol elektr stansiyasi quriladi"),
        ("ky", "Ысык-Көлдө шамал паркы курулат"),
        ("kk", "Жамбылда жел паркі салынады"),
    ],
)
def test_wind_that_makes_power_is_no_weather(lang: str, title: str) -> None:
    decision = decide(title, lang=lang)

    assert "noise.weather" not in [reason.concept for reason in decision.against]


@pytest.mark.parametrize(
    ("title", "country"),
    [
        ("哈政府批准新的地下资源法", "KZ"),
        ("吉议会批准铁路贷款协议", "KG"),
        ("塔总统签署法令", "TJ"),
        ("努列克水电站改造贷款协议签署", "TJ"),
    ],
)
def test_a_state_is_known_by_the_one_character_that_chinese_headlines_give_it(
    title: str, country: str
) -> None:
    assert decide(title, lang="zh").countries == (country,)


@pytest.mark.parametrize(
    ("lang", "title", "minerals"),
    [
        (
            "uz",
            "Qo‘rg‘oshin-rux koni va mis-molibden koni uchun litsenziya",
            ("copper", "lead", "molybdenum", "zinc"),
        ),
        ("tg", "Барои кони сурб ва руҳ иҷозатнома дода шуд", ("lead", "zinc")),
        ("kk", "Мыс-никель кен орнын игеруге лицензия берілді", ("copper", "nickel")),
        ("zh", "塔吉克斯坦政府发放锡钨矿开采许可证", ("tin", "tungsten")),
    ],
)
def test_of_two_metals_in_one_word_none_hides_the_other(
    lang: str, title: str, minerals: tuple[str, ...]
) -> None:
    assert decide(title, lang=lang).minerals == minerals


def test_a_text_of_one_sentence_names_nothing_late() -> None:
    decision = decide(
        "Yangi uran konlari haqida muzokara", "Rossiya vakili bilan vazir Toshkentda gaplashdi.", lang="uz"
    )

    assert decision.countries == ("UZ",)


def test_a_mine_that_is_called_youth_is_no_mine_where_youth_is_meant() -> None:
    sung = decide("Navoiyda “Yoshlik” ansambli konsert berdi", lang="uz")
    mined = decide("“Yoshlik” koni uchun yangi fabrika quriladi", lang="uz")

    assert (sung.minerals, mined.minerals) == ((), ("copper",))


@pytest.mark.parametrize("whence", ["", "ASTANA (Reuters) - "])
def test_a_text_that_begins_with_one_of_the_five_is_of_what_it_does(whence: str) -> None:
    title = "China to build second nuclear plant"
    chosen = decide(title, f"{whence}Kazakhstan has chosen China's CNNC, the atomic agency said.")
    bound = decide(title, f"{whence}Kazakhstan-bound ships have waited at China's ports, the ministry said.")

    assert (chosen.tier, chosen.countries) == (Tier.REGION, ("KZ",))
    assert bound.scores["central_asia"] < chosen.scores["central_asia"]


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("kk", "Сирияда билікке жаңа үкімет келді"),
        ("kk", "Sırııada bılikke jańa úkimet keldi"),
        ("uz", "Nepalda hokimiyatga yangi hukumat keldi"),
        ("uz", "Непалда ҳокимиятга янги ҳукумат келди"),
        ("ky", "Сирияда бийликке жаңы өкмөт келди"),
        ("tg", "Интихоботи президентӣ дар Фаронса: Макрон ғолиб омад"),
        ("tk", "Siriýada häkimiýet başyna täze hökümet geldi"),
    ],
)
def test_who_comes_to_power_or_first_comes_not_to_us(lang: str, title: str) -> None:
    assert decide(title, lang=lang).countries == ()


def test_who_comes_on_a_visit_comes_to_us() -> None:
    assert decide("Қытай төрағасы мемлекеттік сапармен келді", lang="kk").countries == ("KZ",)


def test_who_is_in_geneva_is_of_no_country() -> None:
    decided = decide("Женева астрономдары жұлдыздағы литийдің азаюын түсіндірді", lang="kk")
    assert decided.countries == ()


def test_what_customs_seize_of_smugglers_is_no_nationalization() -> None:
    assert decide("«Қордай» бекетінде 17 келі есірткі тәркіленді", lang="kk").tier is Tier.NONE
