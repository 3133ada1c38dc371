"""How the closed vocabularies, counts and lengths of time read in Russian."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from bot.core.wording import DEEDS, MEETINGS, topic_name
from bot.core.words import CENTRAL_ASIA, CRITICAL_MINERALS, POLICY, FeedKind, Instrument, Stage, Tier


def counted(count: int, one: str, few: str, many: str) -> str:
    """A count with its noun, as Russian counts.

    >>> [counted(n, "лента", "ленты", "лент") for n in (1, 3, 11, 22)]
    ['1 лента', '3 ленты', '11 лент', '22 ленты']
    """
    last, two = count % 10, count % 100
    if last == 1 and two != 11:
        return f"{count} {one}"
    return f"{count} {few if 2 <= last <= 4 and not 12 <= two <= 14 else many}"


def decimal(number: float, form: str = ".3g") -> str:
    """A number with the comma that Russian has in it.

    >>> decimal(0.25)
    '0,25'
    """
    return format(number, form).replace(".", ",")


def topic(name: str) -> str:
    """As a reader writes it; one that only packs of your own know as they call it."""
    return TOPICS.get(name, topic_name(name))


def span_of_time(length: timedelta) -> str:
    """A length of time in its largest whole unit, as what it lasts: "3 дня"."""
    seconds = max(0, int(length.total_seconds()))
    for size, names in _UNITS:
        if seconds >= size:
            return counted(seconds // size, *names)
    return "меньше минуты"


_UNITS: Final = (
    (86_400, ("день", "дня", "дней")),
    (3_600, ("час", "часа", "часов")),
    (60, ("минуту", "минуты", "минут")),
)
DAYS: Final = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
MONTHS: Final = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
SIZES: Final = (" трлн", " млрд", " млн", " тыс.")
TIERS: Final[Mapping[Tier, str]] = {
    Tier.CORE: "Центральная Азия и критическое сырьё",
    Tier.REGION: "Центральная Азия: политика",
    Tier.MINERALS: "Критическое сырьё в мире",
    Tier.NONE: "Не отобрано",
}
TIERS_SHORT: Final[Mapping[Tier, str]] = {
    Tier.CORE: "главное",
    Tier.REGION: "регион",
    Tier.MINERALS: "сырьё",
    Tier.NONE: "прочее",
}
TOPICS: Final[Mapping[str, str]] = {
    CENTRAL_ASIA: "Центральная Азия",
    CRITICAL_MINERALS: "критическое сырьё",
    POLICY: "политика",
}
COUNTRIES: Final[Mapping[str, str]] = {
    "KZ": "Казахстан",
    "KG": "Кыргызстан",
    "TJ": "Таджикистан",
    "TM": "Туркменистан",
    "UZ": "Узбекистан",
}
MINERALS: Final[Mapping[str, str]] = {
    "PGM": "платиноиды",
    "aluminum": "алюминий",
    "antimony": "сурьма",
    "arsenic": "мышьяк",
    "barite": "барит",
    "beryllium": "бериллий",
    "bismuth": "висмут",
    "boron": "бор",
    "cadmium": "кадмий",
    "cesium": "цезий",
    "chromium": "хром",
    "cobalt": "кобальт",
    "copper": "медь",
    "feldspar": "полевой шпат",
    "fluorspar": "плавиковый шпат",
    "gallium": "галлий",
    "germanium": "германий",
    "graphite": "графит",
    "hafnium": "гафний",
    "helium": "гелий",
    "indium": "индий",
    "iodine": "йод",
    "iridium": "иридий",
    "lead": "свинец",
    "lithium": "литий",
    "magnesium": "магний",
    "manganese": "марганец",
    "mercury": "ртуть",
    "metallurgical coal": "коксующийся уголь",
    "molybdenum": "молибден",
    "nickel": "никель",
    "niobium": "ниобий",
    "osmium": "осмий",
    "palladium": "палладий",
    "phosphate": "фосфаты",
    "platinum": "платина",
    "potash": "калийные соли",
    "rare earths": "редкие земли",
    "rhenium": "рений",
    "rhodium": "родий",
    "rubidium": "рубидий",
    "ruthenium": "рутений",
    "scandium": "скандий",
    "selenium": "селен",
    "silicon": "кремний",
    "silver": "серебро",
    "strontium": "стронций",
    "tantalum": "тантал",
    "tellurium": "теллур",
    "thorium": "торий",
    "tin": "олово",
    "titanium": "титан",
    "tungsten": "вольфрам",
    "uranium": "уран",
    "vanadium": "ванадий",
    "zinc": "цинк",
    "zirconium": "цирконий",
}
STAGES: Final[Mapping[Stage, str]] = {
    Stage.PROPOSED: "предложено",
    Stage.NEGOTIATED: "на переговорах",
    Stage.ANNOUNCED: "объявлено",
    Stage.SIGNED: "подписано",
    Stage.RATIFIED: "ратифицировано",
    Stage.IN_FORCE: "в силе",
    Stage.SUSPENDED: "приостановлено",
    Stage.ENDED: "прекращено",
    Stage.NONE: "",
}
HAPPENED: Final[Mapping[Instrument, str]] = dict.fromkeys(MEETINGS, "состоялось") | dict.fromkeys(
    DEEDS, "выполнено"
)
KINDS: Final[Mapping[FeedKind, str]] = {
    FeedKind.OFFICIAL: "официальный",
    FeedKind.AGENCY: "агентство",
    FeedKind.INDEPENDENT: "независимый",
    FeedKind.STATE: "государственный",
    FeedKind.TRADE: "отраслевой",
    FeedKind.THINK_TANK: "аналитический центр",
    FeedKind.AGGREGATOR: "агрегатор",
    FeedKind.OTHER: "прочее",
}
INSTRUMENTS: Final[Mapping[Instrument, str]] = {
    Instrument.MOU: "меморандум",
    Instrument.AGREEMENT: "соглашение",
    Instrument.TREATY: "договор",
    Instrument.LAW: "закон",
    Instrument.STRATEGY: "стратегия",
    Instrument.EXPORT_CONTROL: "экспортный контроль",
    Instrument.TARIFF: "пошлина",
    Instrument.SANCTIONS: "санкции",
    Instrument.LICENCE: "лицензия",
    Instrument.TENDER: "тендер",
    Instrument.FINANCING: "финансирование",
    Instrument.INVESTMENT: "инвестиции",
    Instrument.JOINT_VENTURE: "совместное предприятие",
    Instrument.OFFTAKE: "договор поставки",
    Instrument.STAKE_SALE: "продажа доли",
    Instrument.NATIONALISATION: "национализация",
    Instrument.SUBSIDY: "субсидия",
    Instrument.STOCKPILE: "госрезерв",
    Instrument.LIST: "перечень",
    Instrument.SUMMIT: "саммит",
    Instrument.VISIT: "визит",
    Instrument.DISCOVERY: "открытие месторождения",
    Instrument.COURT: "суд",
    Instrument.INFRASTRUCTURE: "инфраструктура",
    Instrument.PRODUCTION: "производство",
    Instrument.APPOINTMENT: "назначение",
    Instrument.STATEMENT: "заявление",
    Instrument.OTHER: "прочее",
}
