"""How much a word says about what a story is about: weights of words and names, static."""

from functools import lru_cache
from typing import Final

from bot.core.events import common_en, common_local, common_ru
from bot.core.events.letters import skeleton, stem

_EVERYWHERE: Final = {
    "en": frozenset(common_en.EVERYWHERE.split()),
    "ru": frozenset(stem(word, "ru") for word in common_ru.EVERYWHERE.split()),
}
_OFTEN: Final = {
    "en": frozenset(common_en.OFTEN.split())
    | frozenset(stem(word, "en") for word in common_en.OF_THE_FIELD.split()),
    "ru": frozenset(stem(word, "ru") for word in common_ru.OFTEN.split()),
    **{
        lang: frozenset(stem(word, lang) for word in words.split())
        for lang, words in common_local.OFTEN.items()
    },
}

# Heads of state and government, their capitals and countries, the national companies of the five: they are in
# most stories of a day, or of what they mine, and are what wrong joins share. Countries count through the
# decision instead.
_LOUD_NAMES: Final = """
    Tokayev Kassym-Jomart Kassym Jomart Mirziyoyev Shavkat Japarov Sadyr Rahmon Rahmonov Emomali
    Berdimuhamedov Serdar Gurbanguly Trump Donald Biden Joe Putin Vladimir Xi Jinping Macron Emmanuel
    Erdogan Modi Zelensky Zelenskyy Lukashenko Aliyev Ilham Starmer Keir Merz Friedrich Scholz Olaf Ursula
    Leyen Meloni Giorgia Takaichi Sanae Kishida Fumio Ishiba Yoon Jae-myung Albanese Carney Trudeau Sharif
    Pezeshkian Pashinyan Prabowo Subianto Anwar Milei Javier Boric Lula Tshisekedi Kagame Mishustin Qiang
    Nazarbayev Vance Obama President Minister
    Ministry Government State Department Foreign Kazakhstan Kazakh Kyrgyzstan Kyrgyz Kirghizia Tajikistan
    Tajik Turkmenistan Turkmen Uzbekistan Uzbek Central Asia China Chinese Russia Russian USA US EU UK
    America American Europe European Union United States Nations UN Germany France Japan Korea India
    Turkey Türkiye Iran Afghanistan Azerbaijan Ukraine Pakistan Canada Australia Britain London Brussels
    Berlin Paris Tokyo Kyiv Kremlin Seoul Delhi Baku Astana Tashkent Bishkek Dushanbe Ashgabat Almaty
    Washington Moscow Beijing Republic House White Reuters AFP Bloomberg TASS Interfax Xinhua Trend
    Kazinform UzA Azertac Anadolu Sputnik Kabar Khovar Report Euronews Telegram Facebook Monday Tuesday
    Wednesday Thursday Friday Saturday Sunday January February March April May June July August September
    October November December Kazatomprom Samruk Kazyna KazMunayGas Navoiyuran Uzatom Uzbekneftegaz
    Kyrgyzaltyn TALCO Turkmengaz
"""
_LOUD_ELSEWHERE: Final = """
    Россия Китай КНР США ЕС РФ РК РУз МИД ООН СНГ Европа Европейский Союз Германия Франция Япония Корея
    Индия Турция Иран Афганистан Азербайджан Украина Казахстан Кыргызстан Киргизия Таджикистан
    Туркменистан Узбекистан Азия Центральная Пекин Москва Вашингтон Астана Ташкент Бишкек Душанбе Ашхабад
    Алматы Баку РИА Новости Интерфакс ТАСС Рейтер Трамп Байден Путин Макрон Токаев Мирзиеев Жапаров Рахмон
    Бердымухамедов Касым Жомарт Шавкат Эмомали Эрдоган Моди Зеленский Лукашенко Алиев Ильхам Стармер Мерц
    Шольц Урсула Ляйен Мелони Джорджа Такаити Кисида Албанезе Карни Шариф Пезешкиан Пашинян Прабово Милей
    Чисекеди Мишустин Цян Назарбаев Дональд Эммануэль Казатомпром Самрук Казына КазМунайГаз Навоийуран Узатом
    Узбекнефтегаз Кыргызалтын ТАЛКО Туркменгаз
"""
_LOUD: Final = frozenset(skeleton(name, "en") for name in _LOUD_NAMES.split()) | frozenset(
    skeleton(name, "ru") for name in _LOUD_ELSEWHERE.split()
)
_LOUD_WORDS: Final = frozenset(  # the same as words: in titles written in capitals, and as adjectives
    stem(name, "en") for name in _LOUD_NAMES.split()
) | frozenset(stem(name, "ru") for name in _LOUD_ELSEWHERE.split())

# A word that most stories hold says little, one that few hold says more; a name more, unless loud.
LITTLE: Final = 0.1
SOME: Final = 0.5
WORD: Final = 1.0
NAME: Final = 2.0
LOUD: Final = 0.3
_LARGE: Final = 1e5


@lru_cache(maxsize=65536)
def word_weight(stemmed: str, lang: str) -> float:
    """The weight of a word by its stem; languages without a table have words of full weight."""
    if stemmed in _EVERYWHERE.get(lang, ()) or len(stemmed) < 2:
        return LITTLE
    if stemmed in _LOUD_WORDS:
        return LOUD
    return SOME if stemmed in _OFTEN.get(lang, ()) else WORD


def is_common(stemmed: str, lang: str) -> bool:
    """Whether the word of this stem is one that most news holds."""
    return word_weight(stemmed, lang) < WORD


def name_weight(bones: str) -> float:
    """The weight of a proper name by its skeleton."""
    return LOUD if bones in _LOUD else NAME


def number_weight(value: float) -> float:
    """The weight of a number: the more digits it takes to say it, the less likely it is met by chance.

    >>> number_weight(18_125), number_weight(76), number_weight(2025), number_weight(3)
    (2.0, 1.0, 0.3, 0.1)
    """
    digits = len(f"{value:.12g}".replace(".", "").split("e")[0].strip("0"))
    if is_year(value):
        return LOUD
    return {0: LITTLE, 1: LITTLE, 2: WORD}.get(digits, NAME)


def number_rarity(value: float) -> float:
    """How seldom two stories hold this number by chance, 0 to 2; years and numbers below ten say nothing.

    A large number is rare though it be round: "20 million tonnes" is no "20".

    >>> number_rarity(18_125), number_rarity(20e6), number_rarity(76), number_rarity(300), number_rarity(20)
    (2.0, 1.2, 0.7, 0.5, 0.3)
    """
    weight = number_weight(value)
    if is_year(value):
        return 0.0
    if weight >= NAME:
        return 2.0
    if value >= _LARGE:
        return 1.5 if weight >= WORD else 1.2
    if weight >= WORD:
        return 0.7
    return 0.5 if value >= 100 else 0.3 if value >= 10 else 0.0


def is_year(value: float) -> bool:
    """Whether a number is taken for a year, or what one may stand for."""
    return 1900 <= value <= 2100 and value == int(value)
