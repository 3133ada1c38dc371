"""Which way a title turns a thing: a ban shuts it, the end of a ban opens it, and a halt of the ban does too.

Two reports of one happening turn it the same way; an affair that is told for months (a mine that is halted
and starts again, exports banned and freed, talks begun and broken off, a licence refused and granted) turns
now this way and now that. What is not opened is shut (`_denied`); what is not shut, or not lifted, says
nothing.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import islice
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

# Folded. What says no to one of the two words behind it: will not lift, не будет запрещать,
_NOT_YET: Final = {
    "en": r"not|never|cannot|(?:wo|do|does|did|is|was|has|have|are|were|ca|would|could|should)nt",
    "de": r"nicht|nie|niemals|keine?[mnrs]?",
    "fr": r"ne|pas|jamais",
    "ru": r"ne|nikogda",
}
# or, where verbs come last, is the word or one of the two behind it: ruxsat bermadi, мақұлдамады.
_NOT_DONE: Final = {
    **dict.fromkeys(
        ("uz", "kk", "ky", "tr", "tk"),
        r"\w\w+[mbp][aeo](?:d[iyu]\w*|yd[iy]|y|yapti|[gk][aeo]n|s|z|yor)|yok|emes|degil|dal",
    ),
    "tg": r"na(?:dod|dodand|medihad|medihand|kard|kardand|mekunad|shud|shudand|meshavad)",
}
_NOT_ONLY: Final = frozenset({"only", "nur", "seulement", "tolko"})
_NOT_HAN: Final = re.compile("(?:不|未|没有|不予|尚未)(?:" + _HAN.opens.replace(" ", "|") + ")")
_AS_FAR: Final = 2

# What is shut by a name of its own. Who drops a ban, or a plan to ban, opens; who quits a mine shuts it.
_BANS: Final = {
    "en": "ban= prohibit= prohibition moratorium restriction curbs= controls= sanctions=",
    "de": "verbot sanktion beschrankung",
    "fr": "interdiction linterdiction sanctions= restriction",
    "ru": "запрет= запрета= запрету= запретом= запретов= мораторий моратория= ограничен санкци",
    "uz": "taqiq cheklov sanksiya",
    "tr": "yasak yasag kısıtlama yaptırım",
    "kk": "тыйым шектеу санкция",
    "ky": "тыюу чектөө санкция",
}
_DROPPED_HAN: Final = re.compile("(?:拒绝|否决|撤销|搁置)[^，。；]{0,8}(?:禁令|制裁|管制)")
_AS_FAR_AS_BANS: Final = 4
_CAUSES: Final = re.compile(
    "(?:after|over|amid|despite|following|as|because|due|under|ahead|on|nach|wegen|trotz|apres|malgre|face"
    "|posle|iz|za|na|po|nesmotrya)$"
)
_DROPS, _LIFTS = 3, 1  # places in `_Words`


def _begins(words: str) -> re.Pattern[str]:
    """What finds the words that begin as these do, or are these; all folded."""
    return re.compile(
        "|".join(fold(word.rstrip("=")) + ("$" if word[-1] == "=" else "") for word in words.split())
    )


_TURNS: Final = {lang: tuple(map(_begins, words)) for lang, words in (_LATIN | _CYRILLIC).items()}


_LETS_GO: Final = {  # of a ban alone: prices drop, and a minister is removed
    lang: _begins(words)
    for lang, words in {
        "en": "drop= dropping= remov delet spare ditch axe= axes= axed= omit scrap= scrapping=",
        "ru": "исключ убра",
    }.items()
}
_NAMES_A_BAN: Final = {lang: _begins(words) for lang, words in _BANS.items()}


_SAYS_NO: Final = {lang: re.compile(f"(?:{words})$") for lang, words in (_NOT_YET | _NOT_DONE).items()}


def _signs(word: str, lang: str) -> list[int]:
    """What a folded word is a sign of, by its place in `_Words`."""
    return [which for which, begins in enumerate(_TURNS[lang]) if begins.match(word)]


def _dropped(words: Sequence[str], signs: Collection[tuple[int, int]], lang: str) -> list[tuple[int, int]]:
    """The signs, with what drops a ban as what lifts it: before its name, or behind where verbs come last."""
    if lang not in _NAMES_A_BAN:
        return list(signs)
    bans = [at for at, word in enumerate(words) if _NAMES_A_BAN[lang].match(word)]
    if not bans:
        return list(signs)
    drops = {at for at, which in signs if which == _DROPS}
    drops |= {at for at, word in enumerate(words) if lang in _LETS_GO and _LETS_GO[lang].match(word)}
    lifts = {at for at in drops if any(_of_it(words, at, ban, lang) for ban in bans)}
    return [sign for sign in signs if sign[0] not in lifts] + [(at, _LIFTS) for at in sorted(lifts)]


def _of_it(words: Sequence[str], verb: int, ban: int, lang: str) -> bool:
    """Whether a ban may be what a verb drops: near it, on its side, and no cause ("quits mine after ban")."""
    near = (verb - ban if lang in _NOT_DONE else ban - verb) in range(1, _AS_FAR_AS_BANS + 1)
    return near and not any(map(_CAUSES.match, words[verb + 1 : ban]))


def _denied(words: Sequence[str], signs: Collection[int], lang: str) -> set[int]:
    """Which of the signs, by their places among the words of a title, it says no to: one for each no."""
    found: set[int] = set()
    for at, word in enumerate(words):
        if not _SAYS_NO[lang].match(word) or not _NOT_ONLY.isdisjoint(words[at + 1 : at + 2]):
            continue
        last = lang in _NOT_DONE
        near = range(at, at - _AS_FAR - 1, -1) if last else range(at + 1, at + _AS_FAR + 1)
        found.update(islice((place for place in near if place in signs), 1))
    return found


def turn_of(title: str, lang: str) -> str:
    """Say "-" where a title tells that something is shut, "+" where it is opened again; "" where neither.

    >>> turn_of("China bans exports of gallium", "en"), turn_of("Beijing lifts ban on gallium", "en")
    ('-', '+')
    >>> turn_of("Китай приостановил запрет на экспорт галлия", "ru"), turn_of("Gallium exports rise", "en")
    ('+', '')
    >>> turn_of("Rio walks away from Glencore", "en"), turn_of("Licences approved in spite of curbs", "en")
    ('-', '')
    >>> turn_of("Суд не одобрил возвращение казни", "ru"), turn_of("Beijing will not lift its ban", "en")
    ('-', '-')
    """
    if lang == "zh":
        shut, lifted, opened, dropped = (sum(map(title.count, words.split())) for words in _HAN)
        refused = len(_NOT_HAN.findall(title))
        opened -= refused
        let_go = len(_DROPPED_HAN.findall(title))
        lifted, dropped = lifted + let_go, dropped - let_go
    elif lang in _TURNS:
        words = [fold(match.group()) for match in _WORD.finditer(title)]
        signs = [(at, which) for at, word in enumerate(words) for which in _signs(word, lang)]
        signs = _dropped(words, signs, lang)
        denied = _denied(words, {at for at, _ in signs}, lang)
        told = Counter((which, at in denied) for at, which in signs)
        shut, lifted, opened = (told[at, False] for at in range(3))
        dropped, refused = told[3, False] + told[3, True], told[2, True]
    else:
        return ""
    if shut and not (shut + lifted) % 2:
        return "+"
    closed = shut or dropped or refused
    return "" if bool(closed) == bool(opened) else "-" if closed else "+"
