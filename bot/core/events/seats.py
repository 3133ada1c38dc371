"""Capitals abroad, by which a story may name a state and not say its name: "Windhoek stops raw ore".

These are those that the packs do not know as their states. Left out is what is as often something else:
where all states meet (Vienna), what is a surname (Wellington), and in Chinese what lies across two words
(多哈 in 许多哈萨克). Of a Russian name there is what all cases share, or each case where that is short.
"""

import re
from typing import Final

_SEATS: Final = """
    AO Luanda Луанд 罗安达
    AR Buenos_Aires Буэнос-Айрес 布宜诺斯艾利斯
    BD Dhaka Dakka Дакка Дакке Дакки Дакку
    BF Ouagadougou Wagadugu Уагадугу 瓦加杜古
    BI Bujumbura Gitega Бужумбур Гитег
    BJ Cotonou Porto-Novo Котону
    BO La_Paz Ла-Пас 拉巴斯
    BW Gaborone Габорон 哈博罗内
    CF Bangui Банги 班吉
    CG Brazzaville Браззавил 布拉柴维尔
    CI Abidjan Yamoussoukro Абиджан 阿比让
    CM Yaounde Yaoundé Яунде 雅温得
    CO Bogota Bogotá Богот 波哥大
    CU Havana Havanna Гавана Гаване Гаваны Гавану 哈瓦那
    DZ Algiers Alger 阿尔及尔
    EC Quito Кито
    EE Tallinn Таллин
    EG Cairo Kairo Qohira Каир Каира Каире Каиру Каиром
    ET Addis_Ababa Addis_Abeba Аддис-Абеб 亚的斯亚贝巴
    GA Libreville Либревил 利伯维尔
    GH Accra Аккра Аккре Аккры Аккру 阿克拉
    GN Conakry Konakri Конакри 科纳克里
    IE Dublin Дублин 都柏林
    IN New_Delhi Neu-Delhi Yangi_Dehli Нью-Дели Жаңа_Дели 新德里
    IQ Baghdad Bagdad Багдад 巴格达
    KH Phnom_Penh Пномпен
    LA Vientiane Вьентьян
    LK Colombo Коломбо 科伦坡
    LR Monrovia Монрови
    LV Riga Рига Риге Риги Ригу
    LY Tripoli Триполи 的黎波里
    MA Rabat Рабат 拉巴特
    MG Antananarivo Антананариву 塔那那利佛
    ML Bamako Бамако 巴马科
    MM Naypyidaw Naypyitaw Yangon Нейпьидо Янгон 内比都 仰光
    MR Nouakchott Нуакшот 努瓦克肖特
    MW Lilongwe Лилонгве 利隆圭
    MZ Maputo Мапуту 马普托
    NA Windhoek Windhuk Виндхук 温得和克
    NC Noumea Nouméa Нумеа
    NE Niamey Ниамей Ниамее
    NG Abuja Абудж 阿布贾
    NO Oslo Осло 奥斯陆
    NP Kathmandu Катманду 加德满都
    OM Muscat Маскат 马斯喀特
    PE Lima Лима Лиме Лимы Лиму
    PH Manila Манила Маниле Манилы Манилу 马尼拉
    PY Asuncion Asunción Асунсьон
    QA Doha Доха Дохе Дохи Доху
    RO Bucharest Bukarest Бухарест 布加勒斯特
    RW Kigali Кигали 基加利
    SD Khartoum Хартум 喀土穆
    SE Stockholm Стокгольм 斯德哥尔摩
    SK Bratislava Братислав 布拉迪斯拉发
    SL Freetown Фритаун 弗里敦
    SN Dakar Дакар 达喀尔
    SY Damascus Damaskus Дамаск 大马士革
    TD Ndjamena N'Djamena Нджамен
    TN Tunis
    TZ Dodoma Dar_es_Salaam Додом Дар-эс-Салам 达累斯萨拉姆
    UG Kampala Кампал 坎帕拉
    UY Montevideo Монтевидео
    ZM Lusaka Лусак 卢萨卡
    ZW Harare Хараре 哈拉雷
"""
_CYRILLIC: Final = "\u0400"
_HAN: Final = "\u3400"
_LONG: Final = {"latin": 6, "cyrillic": 5}  # letters; below, only the whole name is one (a German Rabatt)


def _spelled(name: str) -> str:
    """A name as a pattern, with the endings that cases put on it. Where a firm is "based" is no matter."""
    if name >= _HAN:
        return re.escape(name)
    long = len(name) >= _LONG["cyrillic" if name >= _CYRILLIC else "latin"]
    endings = r"\w{0,4}" if long else ""
    return rf"{re.escape(name)}(?=(?:['’‘]s|{endings})(?!\w|-based))"


def _states() -> dict[str, str]:
    """The states by the names of their capitals."""
    found: dict[str, str] = {}
    for line in _SEATS.strip().splitlines():
        state, *names = line.split()
        found |= {name.replace("_", " "): state for name in names}
    return found


_STATES: Final = _states()
_LONGEST_FIRST: Final = sorted(_STATES, key=lambda name: (-len(name), name))
_NAMED: Final = re.compile(
    r"(?<!\w)(?:{})|(?:{})".format(
        "|".join(_spelled(name) for name in _LONGEST_FIRST if name < _HAN),
        "|".join(_spelled(name) for name in _LONGEST_FIRST if name >= _HAN),
    )
)


def states_of(text: str) -> frozenset[str]:
    """The states whose capitals a text names, beside those that the packs know.

    >>> sorted(states_of("Windhoek follows Harare; в Луанде молчат, 卢萨卡市"))
    ['AO', 'NA', 'ZM', 'ZW']
    >>> states_of("A Manila-based bank; ein Rabatt")
    frozenset()
    """
    return frozenset(_STATES[found.group()] for found in _NAMED.finditer(text))
