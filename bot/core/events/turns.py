"""Which way a title turns a thing: a ban shuts it, the end of a ban opens it, and a halt of the ban does too.

Two reports of one happening turn it the same way; an affair that is told for months (a mine that is halted
and starts again, exports banned and freed, talks begun and broken off, a licence refused and granted) turns
now this way and now that.
"""

import re
from typing import Final, NamedTuple

from bot.core.events.letters import fold


class _Words(NamedTuple):
    """How words of a language that turn things begin; those with "=" behind are whole words."""

    shuts: str
    lifts: str  # undoes what shuts: the end of a ban
    opens: str  # what was shut before, or needed leave, without saying so
    drops: str  # gives up or turns down, where nothing else says what is shut


_LATIN: Final = {
    "en": _Words(
        "ban= bans= banned= banning= halt suspend suspens stop= stops= stopped= stopping= prohibit block= "
        "blocks= blocked= blocking= freez= freeze= freezes= frozen= curbs= restriction controls= sanctions= "
        "moratorium= paus",
        "lift= lifts= lifted= lifting= end= ends= ended= ending= revoke= revokes= revoked= repeal",
        "resum restart reopen restor reinstat reviv unblock unfreez approv allow greenlight clears= cleared= "
        "permits= permitted= regain",
        "shelv mothball cancel scraps= scrapped= reject refus denies= denied= withdraw withdrew "
        "quit= quits= walk= walks= collaps fail= fails= failed= abandon drops= dropped= annul terminat ice= "
        "lose= loses= lost=",
    ),
    "de": _Words(
        "verbiet verbot untersag stopp= stoppt= ausgesetzt= aussetz sperrt= sanktion beschrankung",
        "hebt= aufgehoben= aufheb beende lockert=",
        "wieder= wiederher genehmig erlaub grünes=",
        "lehnt= abgelehnt= ablehn scheiter geplatzt= platzt= verwirft= verweiger verliert= verlor=",
    ),
    "fr": _Words(
        "interdi linterdi suspen gele= geler= bloque sanctions= restriction",
        "leve levee= lever= mettent= fin=",
        "reprend= reprise= rouvr relanc autoris approuv rétabl",
        "rejet refus annul abandonn renonc échou échec= enterr perd= perdu=",
    ),
    "uz": _Words("taqiq toxtat cheklov sanksiya", "bekor= olib=", "tiklan ruxsat ma'qulla", "rad="),
    "tr": _Words("yasak yasag durdur askıya= kısıtlama yaptırım", "kaldır", "yeniden= onayla izin=",
                 "reddet vazgeç iptal="),
    "tk": _Words("gadagan togtat", "ýatyr", "täzeden= rugsat", "ret="),
}  # fmt: skip
_CYRILLIC: Final = {
    "ru": _Words(
        "запрет запрещ приостан останов прекра заморо блокир ограничен санкци мораторий= отлож",
        "снима снят= снята= сняты= снял= сняла= сняли= снять= отмен",
        "возобнов перезапуст восстанов одобр разрешил разрешит= разрешат= разреша вернёт= вернул размороз",
        "отклон отказал отказыв отказ= откажет= отозва отзыв лиши потеря утрат сверн аннулир провал сорва "
        "расторг",
    ),
    "kk": _Words("тыйым тоқтат шектеу санкция", "алып= алды= жойды=", "жанданд рұқсат мақұлда", "қабылдамад"),
    "ky": _Words("тыюу токтот чектөө санкция", "алып= алды= жокко=", "жандан уруксат жактыр", "четке="),
    "tg": _Words("манъ= боздош таҳрим", "бекор= бардош", "азнав= иҷозат", "рад="),
}
_HAN: Final = _Words(
    "禁止 禁令 暂停 中止 停止 叫停 管制 制裁",
    "解除 取消 结束 终止",
    "恢复 重启 复产 批准 允许 获准",
    "拒绝 否决 撤销 搁置 冻结 失败 破裂 退出",
)
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
    >>> turn_of("Rio walks away from Glencore", "en"), turn_of("Licences approved in spite of curbs", "en")
    ('-', '')
    """
    if lang == "zh":
        shut, lifted, opened, dropped = (sum(map(title.count, words.split())) for words in _HAN)
    elif lang in _TURNS:
        words = [fold(match.group()) for match in _WORD.finditer(title)]
        shut, lifted, opened, dropped = (
            sum(bool(begins.match(word)) for word in words) for begins in _TURNS[lang]
        )
    else:
        return ""
    if shut and not (shut + lifted) % 2:
        return "+"
    closed = shut or dropped
    return "" if bool(closed) == bool(opened) else "-" if closed else "+"
