"""Goods that states ban, tax and ration, besides minerals: a ban on scrap is none on coal.

Two decrees of one ministry on one day say the same but for what they are about. Minerals are told apart as
concepts; these are told apart where both titles name some.
"""

from collections.abc import Iterable
from typing import Final

from bot.core.events.cities import spelled

# A line is one kind of goods in the words of many languages, some of them in their cases.
_GOODS: Final = """
    scrap лом лома сынык сыныктарын сынық сынықтарын metallolom Schrott ferraille hurda
    coal уголь угля углем углю көмүр көмүрдү көмір көмірді ko'mir ангишт Kohle charbon 煤炭
    fuel petrol gasoline diesel ГСМ бензин дизель дизтопливо топливо нефтепродукты benzin yoqilg'i жанармай
        жағармай жанар-жағармай сӯзишворӣ Kraftstoff carburant akaryakıt 燃油
    grain wheat flour пшеница зерно мука муки муку bug'doy буудай бидай астық гандум Weizen Getreide céréales
        buğday 小麦 粮食
    timber logs древесина лесоматериалы yog'och жыгач ағаш Holz bois kereste 木材
    livestock cattle meat скот мясо chorva go'sht чорво Vieh bétail hayvan
    sugar сахар shakar шекер қант шакар Zucker sucre şeker 食糖
    vegetables onions potatoes лук картофель картошка kartoshka piyoz пияз сабзавот
    cotton хлопок хлопка paxta мақта пахта Baumwolle coton pamuk 棉花
    fertiliser fertilizer удобрения o'g'it тыңайтқыш нуриҳо Dünger engrais gübre 化肥
    electricity электроэнергия электричество elektr электр Strom électricité elektrik 电力
"""


def goods_of(terms: Iterable[str]) -> frozenset[str]:
    """The goods that terms name, each by one name.

    >>> sorted(goods_of({"wkomur", "wlom", "wban"}))
    ['coal', 'scrap']
    """
    return frozenset(_GOOD[term] for term in terms if term in _GOOD)


_GOOD: Final = spelled(_GOODS.replace("\n        ", " "))  # one line for each kind
