"""Whether a title remarks on a happening: what is thought of it, what it did to prices, what it means.

A remark is told beside the news and belongs to it, yet names people, acts and states of its own: who condemns
a law is not who passed it. So what a remark tells contradicts nothing (`evidence`); what it shares with the
news must still be enough to join the two.
"""

import re
from typing import Final, NamedTuple

from bot.core.events.letters import fold


class _Words(NamedTuple):
    """How words of a language that make a remark begin; those with "=" behind are whole words."""

    asks: str  # as the first word, of all or after a colon: why, how; but not whether something will be
    remarks: str  # who says something about it, and what is said
    trades: str  # what is bought and sold,
    moves: str  # and moves: the two together


_LATIN: Final = {
    "en": _Words(
        "why= what= how= inside= behind= opinion= analysis= comment= commentary= explainer= editorial= "
        "interview=",
        "analys= analyz analyst comment= comments= commented= commentary= opinion= explain economist "
        "expert= experts= observer= observers= watchdog critic= critics= criticis criticiz condemn decr= "
        "decries= decry= decried= denounc slam= slams= slammed= rebuk blame= blames= blamed= lash= "
        "lashes= mock= mocks= welcom hail= hails= hailed= prais applaud cheer= cheers= cheered= react= "
        "reacts= reacted= reaction respond= responds= response= warn= warns= warned= urge= urges= urged= "
        "caution= cautions= cautious vow= vows= vowed= protested= defend= defends= defended= regret "
        "lament mourn puzzl doubt= doubts= question= questions= skeptic sceptic fear= fears= feared= "
        "hope= hopes= bet= bets= alarmed= worr concern= concerned= concerns= nervous= anxious= angry= "
        "anger= angers= angered= furious= dismay outcry= backlash= jitter relief= relieved= upbeat= "
        "bullish= bearish= weigh= weighs= impact= impacts= implication fallout= aftermath= lesson= "
        "lessons= mean= means= meaning= matter= matters= scrambl grapple shrug brace= braces=",
        "asx= bond= bonds= comex= etf= equities= future= futures= investor= investors= lme= market= "
        "markets= metal= metals= miner= miners= price= prices= producer= producers= share= shares= "
        "stock= stocks=",
        "boom= booms= climb collaps crash= crashes= crashed= dive= dives= dived= doubl drop= drops= "
        "dropped= ease= eases= edge= edges= edged= fall= falls= fell= gain= gains= gained= high= jump= "
        "jumps= jumped= leap= leaps= leapt= low= nosediv plung rall= rallies= rallied= rally= rebound "
        "record= recover= recovers= retreat rise= rises= rose= rocket= rockets= sank= sink= sinks= "
        "skyrocket slid= slide= slides= slump soar spik surg swing= swings= tank= tanks= tanked= tick= "
        "ticks= tripl tumbl",
    ),
    "de": _Words(
        "warum= was= wie= weshalb= wieso= kommentar= analyse= interview=",
        "analyst auswirkung bedeutet= begrüßt= begrüßen= beobachter besorgt= emport erklärt= experte= "
        "experten= folgen= fordert= fürchte hofft= hoffen= jubel kommentier kritiker kritisier lobt= "
        "loben= mahnt= mahnen= ökonom protest reagier reaktion sorge= sorgen= verurteil warnt= warnen=",
        "aktie anleger börse kurs= kurse= markt= märkte= preis= preise=",
        "absturz einbrech einbruch= fallen= fällt= klettert= legt= rekord schieß sinken= sinkt= spring "
        "springt= sprung= steig stürz sturz verdoppel",
    ),
    "fr": _Words(
        "pourquoi= comment= que= quel= quelle= quels= quelles= analyse= tribune= entretien= décryptage=",
        "alerte= alertent= analyste commente= condamn conséquence craignent= craint= critiquent= dénonc "
        "expert= experts= explique= expliquent= impact= inquiet= inquiète= inquiétude proteste réagi= "
        "réagit= réaction regrett réjoui répercussion salue= saluent= sindign sinquiet",
        "action= actions= bourse= cours= laction= marché= marchés= prix= titre=",
        "baiss bond= bondi chut envol flamb grimp hausse= plong recul record= seffondr senvol",
    ),
    "es": _Words(
        "por= porque= que= como= cuanto= opinión= análisis= entrevista=",
        "advierte= advierten= analist celebra= celebran= celebró= comenta= condena= condenan= "
        "consecuencia critica= critican= expert explica= impacto= lamenta= preocup protesta= reaccion "
        "respira= respiran= saluda= teme= temen=",
        "accion= acciones= bolsa= futuros= mercado= mercados= precio= precios=",
        "cae= caen= cayeron= cayó= desplom dispar hund record= récord= sube= suben= subieron= subió= trepa",
    ),
    "uz": _Words(
        "nega= nima= qanday=",
        "baho= ekspert iqtisodchi izoh munosabat= norozi olqish qoral sharh tahlil tanqid tushuntir",
        "aksiya birja narx",
        "keskin= kotaril osh= oshdi= oshib= pasay tush= tushdi=",
    ),
    "tr": _Words(
        "neden= nasıl= niye=",
        "açıkladı= analist analiz= değerlendir eleştir etkisi= kınadı= protesto= tepki= uyardı= uzman yorum",
        "borsa fiyat hisse",
        "art= arttı= düş düştü= fırla rekor yüksel",
    ),
    "tk": _Words(
        "näme= nädip=",
        "bilermen düşündir teswir",
        "",
        "",
    ),
}
_CYRILLIC: Final = {
    "ru": _Words(
        "почему= зачем= что= как= чем= мнение= комментарий= интервью= анализ= реакция=",
        "аналитик= аналитика= аналитики= беспоко возмущ возража встревож высказал значит= грозит= "
        "комментарий= комментир критик мнени наблюдател надеется= надеются= назвал= назвала= назвали= "
        "обвинил обрадов объясн означает= опаса осуди осужд отразится= отреагир оценил= оценила= "
        "оценили= повлияет= поблагодар пожалел политолог последстви похвал поясн правозащитник предостер "
        "предупред призва приветств прогноз прокомментир протест разъясн раскритик рассказал реакци "
        "скажется= усомнил эколог экономист эксперт",
        "акци бирж инвестор котировк рынок= фьючерс цен= цена= цены=",
        "взлет вырос обвал обруш падают= подешев подорож подскоч прыгн просел растут= рекорд рост= рухн "
        "скакнул удвои упал",
    ),
    "kk": _Words(
        "неге= қалай= не=",
        "айыптады бағала наразылық пікір сарапшы сынады түсіндір эксперт",
        "акция баға",
        "арзанда күрт= қымбатта өсті=",
    ),
    "ky": _Words(
        "эмнеге= эмне= кантип=",
        "айыптады баалады нааразы пикир сындады түшүндүр эксперт",
        "акция баа",
        "арзанда кымбатта өстү=",
    ),
    "tg": _Words(
        "чаро= чӣ=",
        "изҳор коршинос таҳлил шарҳ эътироз",
        "",
        "",
    ),
}
_HAN: Final = re.compile(
    "为何|为什么|如何|专家|分析|评论|解读|回应|谴责|抗议|欢迎|影响|意味|股价|概念股|大涨|大跌|飙升|暴涨|暴跌"
)
_CAUSES: Final = frozenset({"after", "as", "on", "amid", "following"})  # Lynas soars on news of a ban
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’ʻ‘ʼ`][^\W\d_]+)*")


def _begins(words: str) -> re.Pattern[str]:
    """What finds the words that begin as these do, or are these; all folded."""
    if not words:
        return re.compile(r"(?!)")
    return re.compile(
        "|".join(fold(word.rstrip("=")) + ("$" if word[-1] == "=" else "") for word in words.split())
    )


_SIGNS: Final = {lang: tuple(map(_begins, words)) for lang, words in (_LATIN | _CYRILLIC).items()}


def is_remark(title: str, lang: str) -> bool:
    """Whether a title remarks on what happened.

    >>> is_remark("Uranium stocks jump as Astana raises tax", "en"), is_remark("Astana raises tax", "en")
    (True, False)
    >>> is_remark("Почему Астана подняла налог", "ru"), is_remark("Поднимет ли Астана налог?", "ru")
    (True, False)
    """
    if lang == "zh":
        return bool(_HAN.search(title))
    if lang not in _SIGNS:
        return False
    asks, remarks, trades, moves = _SIGNS[lang]
    first = (_WORD.search(part) for part in title.split(":"))
    if any(word and asks.match(fold(word.group())) for word in first):
        return True
    words = [fold(match.group()) for match in _WORD.finditer(title)]
    if any(map(remarks.match, words)):
        return True
    moved = next((at for at, word in enumerate(words) if moves.match(word)), None)
    if moved is None:
        return False
    behind = words[moved + 1 :]
    return any(map(trades.match, words[:moved] or behind)) or (
        lang == "en" and not _CAUSES.isdisjoint(behind)
    )
