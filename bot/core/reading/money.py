"""Amounts of money in a text: "$12 billion", "1,1 млрд долларов", "37亿美元".

Every number is looked at once, with a window of fixed size before and after
it, so the time grows with the length of the text whatever the text is. A
number without a currency is not money (it may be tonnes, people or pounds).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple, TypeVar

from bot.core.story import Article, Field, Money

FIGURES_END: Final = (
    1_500  # characters of text up to which amounts and days are listed; the rest is background
)

# Begins with the digit itself, and looks back from there: so the engine skips to the digits.
_NUMBER: Final = re.compile(
    r"\d(?:(?<![\d.,].)\d{0,2}(?:[ \u00a0\u202f,.'’]\d{3}){1,5}(?!\d)(?:[.,]\d{1,4})?(?!\d)"
    r"|(?<!\d.)(?<!\d[.,].)\d{0,14}(?:[.,]\d{1,4})?(?!\d))"
)
_BEFORE: Final = re.compile(
    r"(?:(?<!\w)(USD|EUR|GBP|CNY|RMB|RUB|KZT|UZS|KGS|TJS|TMT|JPY|KRW|AUD|CAD|TRY|CHF|AED|INR)"
    r"|((?<!\w)(?:US|AU|CA|HK|A|C)?\$|[€£¥₽₸₩₺₹]))[ \u00a0]?$"
)
_WORD: Final = re.compile(r"[ \u00a0\u202f-]?([^\W\d_]{1,16}(?:['’‘ʻʼ`][^\W\d_]{1,6})?)\.?")
_SYMBOL_AFTER: Final = re.compile(r"[ \u00a0]?([$€£¥₽₸₩₺₹])")
_UNITS: Final = (
    r"(?:(?:metric |short |troy )?(?:ton|tonne|pound|lb|ounce|oz|kg|kilo|kilogram|barrel|hectare|share"
    r"|megawatt|MWh|kWh|t|Tonne|Pfund|Unze|livre|once|baril)s?(?!\w)"
    r"|(?:тонн|фунт|унци|кг|килограмм|баррел|акци|тысяч[аиу]? куб|куб|кВт)|[吨磅桶]|盎司|公斤|千克)"
)
_PER: Final = re.compile(
    rf"(?: ?/ ?| (?:per|an?|за(?: одн\w{{1,3}})?|je|pro|la|le|the) | l'|每){_UNITS}", re.IGNORECASE
)
_EACH: Final = re.compile(
    r"(?:每(?:吨|磅|盎司|公斤|桶)|(?:tonna|тонна|kilogramm?|килограмм|funt|фунт|barrel|баррел|untsiya|унция)"
    r"(?:si|sini|siga|сы|сын|сынын|си|сини|сига|ны|ига|иги|sy)?(?: учун| uchun| үшін| үчүн)?[ ~]{1,2})$",
    re.IGNORECASE,
)
_EACH_STEMS: Final = (
    "每", "tonna", "тонна", "kilogram", "килограмм", "funt", "фунт", "barrel", "баррел", "untsiya", "унция"
)  # fmt: skip
_EACH_ENDS: Final = frozenset("吨磅司斤克桶aiynаиыін")
_WINDOW_PRICE: Final = 24
_TO: Final = frozenset({"-", "–", "—", " - ", " – ", " — ", " to ", " до "})
# Million, milyar, миллиард, each after its first letter: so the engine skips to the two that begin it.
_GREAT: Final = (re.compile(r"il(?:l?i(?:on|ard)|y(?:on|ar))"), re.compile(r"илли(?:он|ард)"))
_GREAT_BEGIN: Final = frozenset("MmBbМм")
_WORDS_BEFORE: Final = re.compile(r"(?:[^\W\d_]{1,12}[ \u00a0-]){1,4}$")
_ONE: Final = frozenset({"миллиард "})  # of one, by their form
_WINDOW_BEFORE_WORD: Final = 30
_HAN: Final = re.compile(
    r"[ ]?(多|余)?(万亿|千亿|百亿|亿|千万|百万|万|兆)?(?:多|余)?(美元|欧元|日元|韩元|卢布|坚戈|元|人民币)"
)
_WINDOW_BEFORE: Final = 5
_WINDOW_AFTER: Final = 60
_LONGEST_ENDING: Final = 7

_SYMBOLS: Final = {
    "$": "USD", "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "HK$": "HKD",
    "€": "EUR", "£": "GBP", "¥": "CNY", "₽": "RUB", "₸": "KZT", "₩": "KRW", "₺": "TRY", "₹": "INR",
    "RMB": "CNY",
}  # fmt: skip
_SPACES: Final = frozenset(" \u00a0")
_SIGNS_BEGIN: Final = frozenset("$€£¥₽₸₩₺₹")
_SIGNS_END: Final = _SIGNS_BEGIN | frozenset("DRPYBTSWF")  # the last letters of the codes before a number
_HAN_FROM: Final = "\u2e80"
_HAN_SCALES: Final = {
    "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "百亿": 1e10, "千亿": 1e11, "万亿": 1e12, "兆": 1e12
}  # fmt: skip
_HAN_CURRENCIES: Final = {
    "美元": "USD", "欧元": "EUR", "日元": "JPY", "韩元": "KRW", "卢布": "RUB", "坚戈": "KZT", "元": "CNY",
    "人民币": "CNY",
}  # fmt: skip


def _each(table: dict[str, str]) -> dict[str, str]:
    """Word -> key, of a table key -> words."""
    return {word: key for key, words in table.items() for word in words.split()}


_NUMBER_WORDS: Final = {
    word: value
    for value, words in {
        0.5: "half a,half,yarim,ярим,жарты,жарым,ним,ýarym,yarım,halbe,halben,einer halben,demi,un demi",
        1.0: "a,one,один,eine,einer,un,bir,бир,бір,як",
        1.5: "one and a half,полтора,полутора,anderthalb,bir yarim,бир ярим,бір жарым,бир жарым,bir buçuk",
        2.0: "two,два,двух,ikki,икки,екі,эки,ду,iki,zwei,deux",
        3.0: "three,три,трех,трёх,uch,уч,үш,үч,се,üç,drei,trois",
        4.0: "four,четыре,четырех,четырёх,to'rt,тўрт,төрт,чор,dört,vier,quatre",
        5.0: "five,пять,пяти,besh,беш,бес,панҷ,bäş,beş,fünf,cinq",
        6.0: "six,шесть,шести,olti,олти,алты,шаш,alty,altı,sechs,six",
        7.0: "seven,семь,семи,yetti,етти,жеті,жети,ҳафт,ýedi,yedi,sieben,sept",
        8.0: "eight,восемь,восьми,sakkiz,саккиз,сегіз,сегиз,ҳашт,sekiz,acht,huit",
        9.0: "nine,девять,девяти,to'qqiz,тўққиз,тоғыз,тогуз,нуҳ,dokuz,neun,neuf",
        10.0: "ten,десять,десяти,o'n,ўн,он,даҳ,on,zehn,dix",
    }.items()
    for word in words.split(",")
}
# Whole words. A letter alone ("$20m") counts only behind a currency sign: "20 m" is a length.
_LETTERS: Final = {"k": 1e3, "m": 1e6, "mm": 1e6, "b": 1e9, "t": 1e12}
_SCALES: Final = {
    "bn": 1e9, "mn": 1e6, "tn": 1e12, "mln": 1e6, "mlrd": 1e9, "trln": 1e12, "mio": 1e6, "mrd": 1e9,
    "bln": 1e9, "lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7,
    "md": 1e9, "mds": 1e9, "milyon": 1e6, "milyar": 1e9, "trilyon": 1e12, "bin": 1e3, "ming": 1e3, "müň": 1e3,
    "млн": 1e6, "млрд": 1e9, "трлн": 1e12, "тыс": 1e3, "мың": 1e3, "миң": 1e3, "минг": 1e3, "ҳазор": 1e3,
    "тысяч": 1e3, "тысячи": 1e3, "thousand": 1e3, "tausend": 1e3, "mille": 1e3,
}  # fmt: skip
_SCALE_STEMS: Final = {
    "million": 1e6, "billion": 1e9, "trillion": 1e12, "milliard": 1e9, "milliarde": 1e9, "миллион": 1e6,
    "миллиард": 1e9, "триллион": 1e12, "млн": 1e6, "млрд": 1e9, "trilliard": 1e21, "mlrd": 1e9, "mln": 1e6,
}  # fmt: skip
_CURRENCY_WORDS: Final = _each(
    {
        "USD": "usd долл doları",
        "EUR": "eur",
        "GBP": "gbp sterling",
        "CHF": "chf francs franken",
        "CNY": "cny rmb",
        "KZT": "kzt",
        "UZS": "uzs soum soums sum sums сум сума сумов сумы сумами сумдан",
        "KGS": "kgs som soms сом сома сомов сомго сомдун сомду сомдон",
        "TJS": "tjs",
        "TMT": "tmt",
        "RUB": "rub руб",
        "KRW": "won вон",
        "JPY": "yen йен иен",
        "TRY": "lira liras лир",
        "INR": "rupees",
        "PLN": "zloty",
    }
)
# Stems: an ending of any language may follow.
_CURRENCY_STEMS: Final = _each(
    {
        "USD": "dollar доллар долар dolar",
        "EUR": "euro евро yevro ýewro еуро avro",
        "KZT": "tenge теңге тенге",
        "UZS": "so'm сўм",
        "TJS": "somoni сомон",
        "TMT": "manat манат",
        "CNY": "yuan юан ýuan renminbi",
        "RUB": "ruble rouble rubl рубл rubel",
        "AED": "dirham дирхам",
        "SAR": "riyal риял",
        "UAH": "hryvnia гривен гривн",
    }
)
# Words that may stand between the number and the currency, and whose dollar they make it ("-": the word
# says nothing new, as in "US dollars").
_BETWEEN: Final = _each(
    {
        "-": "us u s american of de американск aqsh ақш ақшның амер abş abd aqş амрикоӣ америкалық америка"
        " акш nyň japanese японск korean корейск south indian индийск swiss швейцарск pounds pound"
        " chinese китайск russian российск казахстанск узбекск кыргызск turkish турецк",
        "AUD": "australian австралийск",
        "CAD": "canadian канадск",
        "AZN": "azerbaijani азербайджанск",
        "HKD": "hong",
        "SGD": "singapore",
    }
)
_ONLY_SCALED: Final = frozenset({"won", "sum", "som", "вон", "lira"})
"""Also everyday words: money only after "million" and the like."""
_APOSTROPHES: Final = str.maketrans("’‘ʻʼ`", "'''''")


_Value = TypeVar("_Value")


class _Tail(NamedTuple):
    """What stands behind a number: how often it counts, of which currency, and where that ends."""

    scale: float
    currency: str
    end: int
    latin: bool


def amounts_of(article: Article) -> tuple[Money, ...]:
    """The amounts of money that an article names in its title and at the top of its text, in order."""
    return find_money(article.title, "title") + find_money(article.text[:FIGURES_END], "text")


def find_money(text: str, field: Field) -> tuple[Money, ...]:
    """The amounts of money in `text`, in order, with their exact places; no price of a unit is one.

    `amount` is in units of the currency. Of a range ("10-15 млрд долларов")
    the upper end is given. ISO 4217 codes; a bare "$" is a US dollar.

    >>> [(m.amount, m.currency) for m in find_money("a loan of US$2.6 bn", "text")]
    [(2600000000.0, 'USD')]
    """
    found: list[Money] = []
    for number in _NUMBER.finditer(text):
        start, end = number.span()
        before = _before(text, start)
        if before is None and not _promises(text, end):
            continue
        sign = _SYMBOLS.get(before.group().strip(), before.group().strip()) if before else ""
        lower = found[-1] if found and not sign and text[found[-1].end : start] in _TO else None
        tail = _tail(text, end, signed=bool(sign or lower))
        currency = sign or tail.currency or (lower.currency if lower else "")
        if not currency:
            continue
        value = _value(number.group(), scaled=tail.scale != 1, latin=tail.latin) * tail.scale
        if lower and not tail.currency:  # "$1-1.5 billion"
            start = found.pop().start
        found.append(
            Money(float(round(value, 2)), currency, field, before.start() if before else start, tail.end)
        )
    found += _in_words(text, field)
    return tuple(sorted((one for one in found if not _is_price(text, one)), key=lambda one: one.start))


def _in_words(text: str, field: Field) -> Iterator[Money]:
    """Amounts whose number is a word: "half a billion dollars", "полтора миллиарда тенге"."""
    for scale in chain.from_iterable(great.finditer(text) for great in _GREAT):
        first = begins = scale.start() - 1
        if text[begins : scale.start()] not in _GREAT_BEGIN:
            continue
        while first > 0 and begins - first < _LONGEST_ENDING and text[first - 1].isalpha():
            first -= 1
        if text[first - 2 : first - 1].isdigit() or text[first - 1 : first].isdigit():
            continue  # of most the number is in figures, and looked at already
        times, start, first = _times(text, first)
        tail = _tail(text, first, signed=False)
        if times and tail.currency:
            yield Money(float(round(times * tail.scale, 2)), tail.currency, field, start, tail.end)


def _times(text: str, at: int) -> tuple[float, int, int]:
    """How often the scale at `at` counts (0: not told), where that is said, and where the scale begins."""
    if text[at : at + 3].casefold() == "пол":
        return 0.5, at, at + 3
    words = _WORDS_BEFORE.search(text, max(0, at - _WINDOW_BEFORE_WORD), at)
    said = words.group().casefold().replace("-", " ").split() if words else []
    for many in range(len(said)):
        if times := _NUMBER_WORDS.get(" ".join(said[many:])):
            return times, _back(text, at, len(said) - many), at
    return float(text[at : at + 9].casefold() in _ONE), at, at


def _back(text: str, at: int, words: int) -> int:
    """Where the last `words` words before `at` begin."""
    start = at
    for _ in range(words):
        start = len(text[:start].rstrip(" \u00a0-"))
        while start > 0 and text[start - 1].isalpha():
            start -= 1
    return start


def _is_price(text: str, money: Money) -> bool:
    """Whether so much is paid for one of something: a ton, a pound, a barrel."""
    if _PER.match(text, money.end, money.end + _WINDOW_PRICE) is not None:
        return True
    if text[max(0, money.start - 3) : money.start].rstrip()[-1:] not in _EACH_ENDS:
        return False
    first = max(0, money.start - _WINDOW_PRICE)
    window = text[first : money.start].lower()
    if not any(stem in window for stem in _EACH_STEMS):  # far quicker than to search
        return False
    return _EACH.search(text, first, money.start) is not None


def _before(text: str, start: int) -> re.Match[str] | None:
    """The sign of a currency before a number; None: there is none."""
    last = text[start - 1 : start]
    if last in _SPACES:
        last = text[start - 2 : start - 1]
    if last not in _SIGNS_END:
        return None
    return _BEFORE.search(text, max(0, start - _WINDOW_BEFORE), start)


def _promises(text: str, at: int) -> bool:
    """Whether what stands behind a number may make it money: most numbers are years, shares and tonnes."""
    word = _WORD.match(text, at, at + _WINDOW_AFTER)
    if word is not None:
        if word[1] >= _HAN_FROM:
            return _HAN.match(text, at, at + _WINDOW_AFTER) is not None
        return _is_of_money(word[1])
    return not _SIGNS_BEGIN.isdisjoint(text[at : at + 2])


def _tail(text: str, at: int, *, signed: bool) -> _Tail:
    """Read scale and currency behind the number that ends at `at`."""
    until = min(len(text), at + _WINDOW_AFTER)
    if han := _HAN.match(text, at, until):
        return _Tail(_HAN_SCALES.get(han[2] or "", 1.0), _HAN_CURRENCIES[han[3]], han.end(), latin=False)
    scale, end, latin, dollar = 1.0, at, True, ""
    where = at
    for _ in range(5):
        if symbol := _SYMBOL_AFTER.match(text, where, until):
            return (
                _Tail(scale, _SYMBOLS[symbol[1]], symbol.end(), latin)
                if not signed
                else _Tail(scale, "", end, latin)
            )
        word = _WORD.match(text, where, until)
        if word is None:
            break
        form = word[1].casefold().translate(_APOSTROPHES).removeprefix("d'")
        if scale == 1.0 and (factor := _scale(form, signed=signed)):
            scale, latin = factor, form[0] < "\u0400"
            end = word.end(1)
        elif (currency := _currency(form)) and not (form in _ONLY_SCALED and scale == 1.0):
            return _Tail(scale, dollar or currency, word.end(1), latin)
        elif (kind := _between(form)) is not None:
            dollar = dollar or kind.strip("-")
        else:
            break
        where = word.end()
    return _Tail(scale, "", end, latin)


@lru_cache(maxsize=2048)
def _is_of_money(word: str) -> bool:
    """Whether a word may stand between a number and its currency, or be one."""
    form = word.casefold().translate(_APOSTROPHES).removeprefix("d'")
    return bool(_scale(form, signed=False) or _currency(form)) or _between(form) is not None


# News has few words behind numbers; hostile text has many, and the least used are forgotten.
@lru_cache(maxsize=2048)
def _scale(form: str, *, signed: bool) -> float:
    if signed and form in _LETTERS:
        return _LETTERS[form]
    return _SCALES.get(form) or _by_stem(form, _SCALE_STEMS) or 0.0


@lru_cache(maxsize=2048)
def _currency(form: str) -> str:
    return _CURRENCY_WORDS.get(form) or _by_stem(form, _CURRENCY_STEMS) or ""


@lru_cache(maxsize=2048)
def _between(form: str) -> str | None:
    found = _BETWEEN.get(form)
    return found if found is not None else _by_stem(form, _BETWEEN, shortest=6)


def _by_stem(form: str, stems: dict[str, _Value], shortest: int = 3) -> _Value | None:
    """The value of the longest stem that `form` begins with, when only an ending follows."""
    for length in range(len(form), max(shortest, len(form) - _LONGEST_ENDING) - 1, -1):
        if form[:length] in stems:
            return stems[form[:length]]
    return None


def _value(digits: str, *, scaled: bool, latin: bool) -> float:
    """Read a number as people write it: "1,1", "1.100", "21 000", "1,234.5"."""
    plain = (
        digits.replace("\u00a0", " ")
        .replace("\u202f", " ")
        .replace(" ", "")
        .replace("'", "")
        .replace("’", "")
    )
    marks = [c for c in plain if c in ".,"]
    if not marks:
        return float(plain)
    last = plain.rfind(marks[-1])
    decimals = len(plain) - last - 1
    thousands = decimals == 3 and (
        len(set(marks)) == 1 and (len(marks) > 1 or not scaled or (latin and marks[0] == ","))
    )
    if thousands:
        return float(plain.replace(".", "").replace(",", ""))
    return float(plain[:last].replace(".", "").replace(",", "") + "." + plain[last + 1 :])
