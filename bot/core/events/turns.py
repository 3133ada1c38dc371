"""Which way a title turns a thing: a ban shuts it, the end of a ban opens it, and a halt of the ban does too.

Two reports of one happening turn it the same way; an affair that is told for months (a mine that is halted
and starts again, exports banned and freed) turns now this way and now that.
"""

import re
from typing import Final, NamedTuple

from bot.core.events.letters import fold


class _Words(NamedTuple):
    """How words of a language that turn things begin; those with "=" behind are whole words."""

    shuts: str
    lifts: str  # undoes what shuts: the end of a ban
    opens: str  # what was shut before, without saying so


_LATIN: Final = {
    "en": _Words(
        "ban= bans= banned= banning= halt suspend suspens stop= stops= stopped= stopping= prohibit block= "
        "blocks= blocked= blocking= freez= freeze= freezes= frozen= curbs= restriction controls= sanctions= "
        "moratorium= paus",
        "lift= lifts= lifted= lifting= end= ends= ended= ending= revoke= revokes= revoked= repeal",
        "resum restart reopen",
    ),
    "de": _Words(
        "verbiet verbot untersag stopp= stoppt= ausgesetzt= aussetz sperrt= sanktion beschrankung",
        "hebt= aufgehoben= aufheb beende lockert=",
        "wieder=",
    ),
    "fr": _Words(
        "interdi linterdi suspen gele= geler= bloque sanctions= restriction",
        "leve levee= lever= mettent= fin=",
        "reprend= reprise= rouvr relanc",
    ),
    "uz": _Words("taqiq toxtat cheklov sanksiya", "bekor= olib=", "tiklan"),
    "tr": _Words("yasak yasag durdur askıya= kısıtlama yaptırım", "kaldır", "yeniden="),
    "tk": _Words("gadagan togtat", "ýatyr", "täzeden="),
}
_CYRILLIC: Final = {
    "ru": _Words(
        "запрет запрещ приостан останов прекра заморо блокир ограничен санкци мораторий= отлож",
        "снима снят= снята= сняты= снял= сняла= сняли= снять= отмен",
        "возобнов перезапуст",
    ),
    "kk": _Words("тыйым тоқтат шектеу санкция", "алып= алды= жойды=", "жанданд"),
    "ky": _Words("тыюу токтот чектөө санкция", "алып= алды= жокко=", "жандан"),
    "tg": _Words("манъ= боздош таҳрим", "бекор= бардош", "азнав="),
}
_HAN: Final = _Words("禁止 禁令 暂停 中止 停止 叫停 管制 制裁", "解除 取消 结束 终止", "恢复 重启 复产")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’ʻ‘ʼ`][^\W\d_]+)*")


def _begins(words: str) -> re.Pattern[str]:
    """What finds the words that begin as these do, or are these; all folded."""
    return re.compile(
        "|".join(fold(word.rstrip("=")) + ("$" if word[-1] == "=" else "") for word in words.split())
    )


_TURNS: Final = {lang: tuple(map(_begins, words)) for lang, words in (_LATIN | _CYRILLIC).items()}


def turn_of(title: str, lang: str) -> str:
    """Say "-" where a title tells that something is shut, "+" where it is opened again; "" where neither.

    >>> turn_of("China bans exports of gallium", "en"), turn_of("Beijing lifts ban on gallium", "en")
    ('-', '+')
    >>> turn_of("Китай приостановил запрет на экспорт галлия", "ru"), turn_of("Gallium exports rise", "en")
    ('+', '')
    """
    if lang == "zh":
        shut, lifted, opened = (sum(map(title.count, words.split())) for words in _HAN)
    elif lang in _TURNS:
        words = [fold(match.group()) for match in _WORD.finditer(title)]
        shut, lifted, opened = (sum(bool(begins.match(word)) for word in words) for begins in _TURNS[lang])
    else:
        return ""
    if shut:
        return "-" if (shut + lifted) % 2 else "+"
    return "+" if opened else ""
