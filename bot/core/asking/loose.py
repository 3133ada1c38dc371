"""What people call the fields of the query language, and their values, otherwise.

A name of a field that is not the right one is only hinted at; a value that can mean one thing
only is taken for that, and printed in its right form.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Final

from bot.core.asking.periods import MONTHS, WEEKDAYS
from bot.core.asking.spoken import EVER, length
from bot.core.words import Instrument, Stage

DEALS: Final = (
    *(Instrument.AGREEMENT, Instrument.MOU, Instrument.JOINT_VENTURE, Instrument.OFFTAKE),
    *(Instrument.INVESTMENT, Instrument.FINANCING, Instrument.STAKE_SALE),
)
"""The kinds of action that are a deal: all of them together are written type:deal."""

_FIELDS: Final = {
    "country": "countries nation place where land страна страны",
    "mineral": "minerals metal metals commodity element минерал минералы металл металлы сырье",
    "type": "types kind action instrument what тип",
    "stage": "stages step стадия этап",
    "tier": "tiers level priority importance уровень",
    "topic": "topics theme тема",
    "source": "sources outlet site host feed publisher media domain by источник",
    "lang": "language languages язык",
    "since": "from after date year last newer start for с за",
    "before": "until till to older end до",
    "is": "standing",
}
FIELD_OF: Final[Mapping[str, str]] = {also: name for name, told in _FIELDS.items() for also in told.split()}
"""The right name of a field, by what else it is called."""

_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "deal": DEALS,
    "memorandum": (Instrument.MOU,),
    "memoranda": (Instrument.MOU,),
    "contract": (Instrument.AGREEMENT,),
    "jv": (Instrument.JOINT_VENTURE,),
    "decree": (Instrument.LAW,),
    "ban": (Instrument.EXPORT_CONTROL, Instrument.SANCTIONS),
    "license": (Instrument.LICENCE,),
    "loan": (Instrument.FINANCING,),
}
_STAGES: Final[Mapping[str, Stage]] = {
    "sign": Stage.SIGNED,
    "ratify": Stage.RATIFIED,
    "announce": Stage.ANNOUNCED,
    **dict.fromkeys(("held", "done", "happened", "effective", "active"), Stage.IN_FORCE),
}
_LANGUAGES: Final = {
    "english": "en", "russian": "ru", "русский": "ru", "kazakh": "kk", "қазақша": "kk", "kyrgyz": "ky",
    "tajik": "tg", "turkmen": "tk", "uzbek": "uz", "chinese": "zh", "german": "de", "spanish": "es",
    "french": "fr", "italian": "it", "japanese": "ja", "korean": "ko", "polish": "pl", "portuguese": "pt",
    "turkish": "tr", "ukrainian": "uk",
}  # fmt: skip
_CODE: Final = re.compile(r"(?<!\S)`(?P<inside>[^`]*)`(?!\S)")  # as pasted; in "O`zbekiston" it is a letter
_QUOTES: Final = str.maketrans("“”„«»", '"""""')
_MONTH: Final = re.compile(r"(\d{4})(?:-(\d\d))?")
_DAY: Final = re.compile(
    r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})"  # dots: the day comes first
    r"|(?P<y>\d{4})[./](?P<m>\d{1,2})[./](?P<d>\d{1,2})"
)
_LAST: Final = re.compile(r"^(?:last|past|прошл\w+) ")
_MONTH_OF: Final = re.compile(rf"({'|'.join(MONTHS)})[ _-](\d{{4}})")
_DAYS: Final = {"today": "1d", "yesterday": "2d", "сегодня": "1d", "вчера": "2d", "вчерашнего дня": "2d"}


def straight(text: str) -> str:
    """The text with the quotes that writing programs bend made straight, out of the marks of code; as long
    as it was."""
    return _CODE.sub(r" \g<inside> ", text).translate(_QUOTES)


def near_to(word: str, known: Iterable[str]) -> str:
    """The nearest known word, or "" when none is near."""
    folded = {each.casefold(): each for each in known}
    near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else ""


def when(said: str) -> str | None:
    """A period or a day as since: and before: write it; None: it is neither.

    >>> when("30 days"), when("last week"), when("2026"), when("2026-03"), when("soon")
    ('30d', '1w', '2026-01-01', '2026-03-01', None)
    >>> when("1.2.2026"), when("march 2026"), when("last friday")
    ('2026-02-01', '2026-03-01', 'friday')
    """
    if found := _MONTH.fullmatch(said):
        return f"{found[1]}-{found[2] or '01'}-01"
    if found := _DAY.fullmatch(said):
        year, month, day = (
            found["year"] or found["y"],
            found["month"] or found["m"],
            found["day"] or found["d"],
        )
        return f"{year}-{int(month):02}-{int(day):02}"
    said = re.sub(r"(?<=[^\W\d_])[_-](?=[^\W\d_])", " ", said)
    if (named := _LAST.sub("", said)) != said and (named in WEEKDAYS or named in MONTHS):
        return named
    if found := _MONTH_OF.fullmatch(said):
        return f"{found[2]}-{MONTHS[found[1]]:02}-01"
    told = _DAYS.get(said) or length(said)
    return None if told == EVER else told


def values(field: str, said: str) -> tuple[str, ...]:
    """The values that one means; what is not known is left as it is.

    >>> values("source", "https://www.gazeta.uz/ru/"), values("lang", "russian"), values("type", "loans")
    (('gazeta.uz',), ('ru',), ('financing',))
    >>> values("stage", "in force"), values("stage", "held")
    (('in_force',), ('in_force',))
    """
    match field:
        case "source":
            return (re.sub(r"^(?:https?://(?:www\.)?|www\.)([^/]+).*$", r"\1", said),)
        case "lang":
            return (_LANGUAGES.get(said, said),)
        case "type":
            word = said.replace("-", "_").replace(" ", "_")
            known = (word, word.removesuffix("s"), f"{word}s", re.sub("ies$", "y", word))
            if one := next((each for each in known if each in set(Instrument)), None):
                return (one,)
            return tuple(map(str, _KINDS.get(word) or _KINDS.get(word.removesuffix("s")) or (word,)))
        case "stage":
            return (str(_STAGES.get(said, said.replace(" ", "_"))),)
        case _:
            return (said,)
