"""Which of many a text tells of: the first forum of its kind, the third auction, the second nuclear plant."""

import re
from collections.abc import Iterator
from typing import Final

from bot.core.events.letters import fold

_ORDINALS: Final = (
    """first inaugural первый первая первое первого первой первом первую первые birinchi birinji биринчи
    бірінші алғашқы якум якуми нахустин аввалин erste erster erstes ersten premier première ilk birinci""",
    """second второй вторая второе второго втором вторую ikkinchi ikinji экинчи екінші дуюм дуюми zweite
    zweiter zweites zweiten deuxième ikinci""",
    """third третий третья третье третьего третьей третьем третью uchinchi üçünji үчүнчү үшінші сеюм
    сеюми dritte dritter drittes dritten troisième üçüncü""",
    """fourth четвёртый четвёртая четвёртое четвёртого четвёртой to'rtinchi dördünji төртүнчү төртінші vierte
    vierter""",
    "fifth пятый пятая пятое пятого пятой beshinchi bäşinji бешинчи бесінші fünfte fünfter",
    "sixth шестой шестая шестое шестого oltinchi altynjy алтынчы алтыншы sechste sechster",
    "seventh седьмой седьмая седьмое седьмого yettinchi ýedinji жетинчи жетінші siebte siebter",
    "eighth восьмой восьмая восьмое восьмого sakkizinchi sekizinji сегизинчи сегізінші achte achter",
    "ninth девятый девятая девятое девятого to'qqizinchi dokuzynjy тогузунчу тоғызыншы neunte neunter",
    "tenth десятый десятая десятое десятого o'ninchi onunjy онунчу оныншы zehnte zehnter",
)
_ORDINAL: Final = {fold(word): n for n, words in enumerate(_ORDINALS, 1) for word in words.split()}
_NUMBERED: Final = re.compile(
    r"(\d{1,2})-?(?:st|nd|rd|th|y|ya|aya|oe|go|mu|om|oy|yu|uyu|m|ch[iyu]|[iu]nch[iu]|sh[iy]|nj[iy]|[iu]nc[iu]|yum)$"
)
_HELD: Final = {  # what is held again and again, by how its names begin, folded
    "summit": "samit sammit sumit summit gipfel sommet zirve",
    "forum": "forum",
    "meeting": "meeting session sessi dialog round raund vstrech zasedan uchrashuv kezdesu zholugush zhiyin "
    "yigilish treffen reunion toplant madzhlis vulokhot mulokot",
    "conference": "conferen konferen",
    "auction": "auction auktsion auksion tender tranche transh",
    "quarter": "quarter kvartal chorak toksan trimestr ceyrek cheyrek",
    # And what is of many, and told by its number: of a bill, of sanctions, of a plan, of a plant.
    "reading": "reading chten okuu okylym oqyl oqish ukish khonish lesung lecture okunus",
    "package": "package paket",
    "stage": "stage phase etap faza faz asama boskich bosqich kezen marhila tapgyr baskych etappe",
    "unit": "reactor reaktor unit(?!ed) energoblok blok(?!ch|ad|ir)",
    "plant": "plant aes npp stants stansi elektrostan santral kraftwerk centrale",
}
_BEGINS: Final = re.compile(
    "|".join(f"(?P<{kind}>{'|'.join(begins.split())})" for kind, begins in _HELD.items())
)
_HAN: Final = re.compile(r"(首|第([一二三四五六七八九十]))(届|次|轮|批)")
_HAN_HELD: Final = {"届": "summit", "次": "meeting", "轮": "meeting", "批": "auction"}
_HAN_DIGITS: Final = "一二三四五六七八九十"
_WORD: Final = re.compile(r"[^\W_]+(?:['’ʻ‘ʼ`-][^\W_]+)*")
_QUARTER: Final = re.compile(
    r"\b(?:Q([1-4])|([1-4])Q|(I{1,3}|IV)(?= (?:квартал|chorak|тоқсан))"
    r"|(?i:first|second|third|fourth)-(?=quarter))\b"
)
_ROMAN: Final = {"I": 1, "II": 2, "III": 3, "IV": 4}
_NEAR: Final = 3  # words after the ordinal, of which one is what is held


def _spelled_out(quarter: re.Match[str]) -> str:
    if number := quarter[1] or quarter[2]:
        return f"{number}th quarter"
    return f"{_ROMAN[quarter[3]]}th" if quarter[3] else quarter[0].replace("-", " ")


def rounds_of(body: str) -> Iterator[str]:
    """The rounds that a text names, each by its number and what is held.

    >>> sorted(rounds_of("Second B5+1 forum opens; the first meeting was in Almaty, on the third day"))
    ['1 meeting', '2 forum']
    >>> [next(rounds_of(body)) for body in ("Output in Q3", "Third-quarter output", "в III квартале")]
    ['3 quarter', '3 quarter', '3 quarter']
    """
    words = [fold(match.group()) for match in _WORD.finditer(_QUARTER.sub(_spelled_out, body))]
    for at, word in enumerate(words):
        number = _ORDINAL.get(word)
        if number is None and word[:1].isdigit() and (counted := _NUMBERED.match(word)):
            number = int(counted[1])
        held = (_BEGINS.match(near) for near in words[at + 1 : at + 1 + _NEAR]) if number else ()
        for match in held:
            if match:
                yield f"{number} {match.lastgroup}"
                break
    for match in _HAN.finditer(body):
        yield f"{_HAN_DIGITS.index(match[2]) + 1 if match[2] else 1} {_HAN_HELD[match[3]]}"
