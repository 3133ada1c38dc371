"""Cities in which states meet: what happened in Samarkand did not happen in Astana the day after.

Names of capitals weigh little, for they stand for governments; what is asked of them here is only that two
stories name other cities and none in common. Those that stand for a power more often than for a place
(Washington, Beijing, Moscow, Brussels) are left out; of the others a title that begins with one may speak of
its government: that Tokyo puts off a summit is no meeting in Tokyo (`seat_of`).
"""

from collections.abc import Iterable
from typing import Final

from bot.core.events.letters import skeleton, stem
from bot.core.events.terms import NAME, SEAT, WORD

# A line is one city in the spellings of many languages; of a Chinese name, the first two characters.
_CITIES: Final = """
    Astana Астана Ostona 阿斯
    Tashkent Ташкент Toshkent Taschkent Tachkent Daşkent Taşkent Тошканд 塔什
    Bishkek Бишкек Bischkek Bichkek Bişkek 比什
    Dushanbe Душанбе Duschanbe Douchanbé Duşanbe 杜尚
    Ashgabat Ашхабад Aşgabat Ashxobod Aşkabat Ашғабат Aschgabat Achgabat
    Almaty Алматы Olmaota Almatı
    Samarkand Самарканд Samarqand Samarcande Semerkant Самарқанд 撒马
    Khujand Худжанд Хуҷанд Xo'jand Hucend
    Bukhara Бухара Buxoro Boukhara Бухоро
    London Лондон Londres Londra 伦敦
    Berlin Берлин 柏林
    Paris Париж Parij 巴黎
    Tokyo Токио Tokio 东京
    Seoul Сеул Seul 首尔
    Ankara Анкара 安卡
    Istanbul Стамбул Стамбұл 伊斯
    Tehran Тегеран Tehron Téhéran 德黑
    Kabul Кабул Kobul Kaboul 喀布
    Islamabad Исламабад Islomobod
    Baku Баку Boku Bakou
    Geneva Jeneva Genève
    Riyadh Эр-Рияд Riad 利雅
    Kinshasa Киншаса 金沙
    Canberra Канберра 堪培
    Tianjin Тяньцзинь 天津
    Kazan Казань Qozon
    Davos Давос 达沃
    Warsaw Варшава Warschau Varsovie
    Budapest Будапешт
    Prague Прага Prag
    Kyiv Киев Kiew
"""
_SEATS: Final = {
    "London": "country.GB", "Berlin": "country.DE", "Paris": "country.FR", "Tokyo": "country.JP",
    "Seoul": "country.KR", "Ankara": "country.TR", "Tehran": "country.IR", "Kabul": "country.AF",
    "Islamabad": "country.PK", "Baku": "country.AZ", "Riyadh": "country.SA", "Kinshasa": "country.CD",
    "Canberra": "country.AU", "Warsaw": "country.PL", "Budapest": "country.HU", "Prague": "country.CZ",
    "Kyiv": "country.UA",
}  # fmt: skip
"""Capitals besides those of the five, and the states they are of."""

_HAN: Final = range(0x3400, 0xA000)
_CYRILLIC: Final = range(0x0400, 0x0530)


def cities_of(terms: Iterable[str]) -> frozenset[str]:
    """The cities that terms name, each by one name.

    >>> sorted(cities_of({"nsmrknt", "wastan", "wpari", "wsummit"}))
    ['Astana', 'Paris', 'Samarkand']
    """
    return frozenset(_CITY[term] for term in terms if term in _CITY)


def seat_of(title: str, lang: str) -> str:
    """As a term, the state of the capital abroad that a title begins with; "": it begins with none.

    >>> seat_of("Tokyo puts off its summit", "en"), seat_of("Talks in Tokyo", "en")
    ('scountry.JP', '')
    """
    first = title.split(maxsplit=1)
    city = _CITY.get(NAME + skeleton(first[0].strip("«“\"',:"), lang)) if first else None
    return SEAT + _SEATS[city] if city in _SEATS else ""


def spelled(table: str) -> dict[str, str]:
    """The terms that things are found by, to the first word of their lines: as names, and as words."""
    found: dict[str, str] = {}
    for line in table.strip().splitlines():
        first, *others = line.split()
        for name in (first, *others):
            if ord(name[0]) in _HAN:
                found[WORD + name] = first
                continue
            for lang in ("ru", "kk", "tg") if ord(name[0]) in _CYRILLIC else ("en", "uz", "de"):
                if name[0].isupper():
                    found[NAME + skeleton(name, lang)] = first
                found[WORD + stem(name, lang)] = first
    return found


_CITY: Final = spelled(_CITIES)
