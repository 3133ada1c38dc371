"""What was probably meant: other words for the verbs, and queries said in one's own words.

Where the right words are known they are offered as `Fix`, to be pressed; nothing is changed on a guess.
"""

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from bot.commands.answer import Ask
from bot.commands.room import Room
from bot.core.asking import spoken
from bot.core.asking.asked import LONGEST, filler, understand
from bot.core.asking.options import take
from bot.core.asking.query import And, Field, Word, fields_of, parse
from bot.core.subscribing import plans
from bot.core.text import fold
from bot.errors import Fix, UserError

NEAR: Final = 0.7
"""From here on a word is a verb that was mistyped; below, it may as well be something to ask for."""
FAR: Final = 0.5

_AROUND: Final = "\"'`*“”„«»‘’:.,;!?/#()<>"
_BEFORE: Final = re.compile(r"(?:\s|\ufeff|<@[^>\s]*>|@steppewatch(?=\s|$)|/?policy(?=\s|$))*", re.IGNORECASE)
_ID: Final = re.compile(r"[#(]?(?P<kind>[es]?)(?P<number>\d{1,18})[.,;!?)]*", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"<?(https?://[^\s|>]+)(?:\|[^>]*)?>?[.,;!?)]*", re.IGNORECASE)

_MEANT: Final = {
    "ask": "find query lookup поиск найти найди искать ищи іздеу qidirish",
    "latest": "news newest new recent today последние новости новое нового свежее",
    "why": "explain reason because почему объясни",
    "event": "open show story item событие покажи показать открой",
    "trend": "chart graph plot stats statistics график тренд динамика",
    "timeline": "history thread хронология",
    "actions": "deeds действия",
    "export": "csv download xlsx excel выгрузить выгрузи скачать скачай экспорт",
    "subscriptions": "subs list подписки",
    "mute list": "mutes muted",
    "watch list": "watches watchlist watching",
    "feeds": "sources outlets источники",
    "feeds add": "add",
    "status": "version health ping uptime about статус",
    "help": "commands hi hello hey thanks thank usage manual docs start помощь справка помоги привет спасибо",
    "home": "settings config dashboard preferences настройки",
    "digest": "brief briefing summary дайджест",
    "near": "missed",
    "review": "weekly week recap обзор",
    "subscribe": "sub follow подписаться подпиши подпишись подписать подписка",
    "unsubscribe": "unsub delete remove stop unfollow cancel отписаться отпиши отпишись удали удалить",
    "change": "edit modify измени изменить",
    "pause": "приостанови приостановить пауза",
    "resume": "continue возобнови возобновить",
    "mute": "snooze ignore block hide silence скрыть скрой заглуши заглушить",
    "unmute": "unhide unblock unsnooze",
    "watch": "alert alerts notify alarm track следить следи отслеживай отслеживать",
    "useful": "like upvote good полезно",
    "useless": "dislike downvote bad бесполезно",
    "undo": "revert restore отмени отменить",
    "join": "merge combine объедини объединить",
    "split": "separate unmerge раздели разделить",
    "changes": "audit log изменения журнал",
}
_VERB_OF: Final = {word: verb for verb, words in _MEANT.items() for word in words.split()}
_ALONE: Final = frozenset({"help", "mute list", "watch list", "status", "subscriptions", "home"})
"""What takes no words: those that stood behind are dropped."""

_ABOUT: Final = {"list": "subscriptions", "all": "subscriptions", "help": "help {}", "?": "help {}"}
_HERE: Final = re.compile(r"\s(?:to|in|for|into) (?:this |the )?channel\s*$", re.IGNORECASE)

_PLACE: Final = re.compile(
    r"(?<!\S)(?:channel:(\S+)|(?:(?:to|in|for|into) )?(<#[CG]\w+(?:\|[^>]*)?>)(?!\S))|^\s*(#[\w-]+)(?= \S)",
    re.IGNORECASE,
)
_THIS: Final = re.compile(
    r"^\s*(?:(?:this |the )?channel (?:to |for |about )?|(?:этот |наш )?канал (?:на |о |об )?)", re.IGNORECASE
)
_PAUSE: Final = re.compile(r'(?<!\S)([^\s:"]+|\d?\d:\d\d)[;,](?=\s)')

_JUDGED: Final = re.compile(
    r"(?P<no>not )?(?:(?P<good>useful|good|relevant|interesting|helpful)|(?:the )?same)(?P<rest>:? .+)",
    re.IGNORECASE,
)

_BEYOND: Final = ("type", "stage", "topic", "since", "before")
"""What a word alone does not stand for in a query, as it does for a country or a mineral."""

_GRAMMAR: Final = frozenset({"query", "queries", "language", "fields", "field", "syntax", "filters"})


def begins(typed: str) -> int:
    """Where what was typed begins, behind the name of the command or of the app."""
    found = _BEFORE.match(typed)
    return found.end() if found else 0


def plain_verb(word: str) -> str:
    """A verb as it is known, whatever was put around it."""
    return fold(word.strip(_AROUND)).text


def unquoted(typed: str, verbs: Collection[str]) -> tuple[str, int]:
    """What was typed, without quotes around all of it when a verb begins it, and how many letters went."""
    inside = typed.strip("\"'`*“”„«»‘’")
    if inside and inside != typed and typed[0] not in inside and plain_verb(inside.split()[0]) in verbs:
        before = typed.index(inside)
        return (inside, before) if before and before + len(inside) < len(typed) else (typed, 0)
    return typed, 0


def reference(words: str) -> tuple[str, str] | None:
    """The verb, and its words, for an event, a story or an address that stands alone; None: it is none."""
    if found := _ID.fullmatch(words.strip()):
        return ("why" if found["kind"].casefold() == "s" else "event", named(words))
    return ("why", found[1]) if (found := _ADDRESS.fullmatch(words.strip())) else None


def named(words: str) -> str:
    """An event or story that was named, as it is known: "e17" of "event #17." or "E17?"."""
    told = words.strip().casefold().removeprefix("event ").removeprefix("story ").strip()
    found = _ID.fullmatch(told)
    return f"{found['kind'] or 'e'}{found['number']}" if found else words.strip()


def references(words: str) -> Iterator[str]:
    """The addresses and ids in a sentence, in their order."""
    for word in words.split():
        if found := _ADDRESS.fullmatch(word.strip("\"'“”„«»‘’(`")):
            yield found[1].rstrip(".,;!?)\"'“”»’`")
        elif (one := _ID.fullmatch(word)) and one["kind"]:
            yield f"{one['kind'].casefold()}{one['number']}"


def unknown(words: str, verbs: Collection[str], *, at: int, cutoff: float = NEAR) -> UserError | None:
    """The mistake of words that begin with no verb, when it is known which one was meant."""
    typed = words.split()
    left = list(typed)
    while len(left) > 1 and filler(plain_verb(left[0])) and _VERB_OF.get(plain_verb(left[0])) != "help":
        del left[0]
    first, rest = plain_verb(left[0]), " ".join(left[1:])
    if plain_verb(typed[0]) in ("how", "как"):
        asked = next((plain_verb(each) for each in typed[1:] if plain_verb(each) in verbs), "")
        right = f"help {asked}".strip()
    elif first in verbs:
        right = f"{first} {rest}".strip()
    elif judged := _judged(words):
        right = judged
    elif found := reference(" ".join(left)) or (first in _VERB_OF and reference(rest)) or None:
        right = " ".join(found) if _VERB_OF.get(first) in (None, "event") else f"{_VERB_OF[first]} {found[1]}"
    elif first == "":
        right = "help"
    elif _VERB_OF.get(first, "ask") != "ask":
        verb = _VERB_OF[first]
        of = rest.removeprefix("feed ").removeprefix(verb)  # "remove feed X", "weekly review"
        if verb == "latest":
            of = " ".join(word for word in of.split() if not filler(plain_verb(word)))
        right = verb if verb in _ALONE else f"{verb} {of.strip()}".strip()
    else:
        near = difflib.get_close_matches(first, verbs, n=1, cutoff=cutoff)
        if not near or len(left) < len(typed) or first in _VERB_OF:
            return None
        right = f"{near[0]} {rest}".strip()
    short = right.removesuffix(f" {rest}") if rest and " ".join(typed[1:]) == rest else right
    short = short if len(short) <= 40 else short.split()[0]
    told = f"there is no verb {typed[0][:40]!r}; did you mean {short}?"
    return UserError(told, at=at, fix=Fix(at, None, right))


def _judged(words: str) -> str:
    """What was said of events in so many words ("not the same e17 s203"), as it is typed; "": nothing was."""
    if not (found := _JUDGED.fullmatch(words.strip())):
        return ""
    of = " ".join(references(re.sub("[,;]", " ", found["rest"])))
    if found["good"]:
        return f"{'useless' if found['no'] else 'useful'} {of}" if of else ""
    return f"{'split' if found['no'] else 'join'} {of}" if len(of.split()) == 2 else ""


def asks(room: Room, ask: Ask) -> bool:
    """Whether words that begin with no verb ask for something that the packs know."""
    try:
        query = understand(ask.words, room.understander.packs, ask.now).query
    except UserError:
        return True  # a field with a mistake in it: that is told
    parts = query.parts if isinstance(query, And) else (query,)
    known = any(isinstance(part, Field) and part.name not in ("since", "before") for part in parts)
    return known or (
        len(ask.words.split()) > 2 and query != And() and filler(plain_verb(ask.words.split()[0]))
    )


def topic_of_help(words: str, verbs: Collection[str]) -> str:
    """The verb that help is wanted for; "query": for the query language; "": for all."""
    for word in map(plain_verb, words.split()):
        if word in verbs:
            return word
        if word in _GRAMMAR:
            return "query"
        if word in _VERB_OF:
            return _VERB_OF[word].split()[0]
        if not filler(word) and (near := difflib.get_close_matches(word, verbs, n=1, cutoff=NEAR)):
            return near[0]
    return ""


def no_verb(words: str) -> str:
    """The first word of what help is wanted for that is not there to fill; "": all are."""
    return next((word for word in words.split() if not filler(plain_verb(word))), "")


def instead(room: Room, ask: Ask, words: str) -> str:
    """Words of a query, all to be found as they are, as the question that they may be; "": it is the same."""
    try:
        kept = parse(words, room.understander.packs)
        asked = understand(words, room.understander.packs, ask.now)
    except UserError:
        return ""
    parts = kept.parts if isinstance(kept, And) else (kept,)
    plain = all(isinstance(part, Word | Field) for part in parts) and any(isinstance(p, Word) for p in parts)
    more = any(len([*fields_of(asked.query, name)]) > len([*fields_of(kept, name)]) for name in _BEYOND)
    return str(asked.query) if plain and (more or (asked.dropped and asked.query != And())) else ""


def query(room: Room, ask: Ask, verb: str) -> None:
    """Look whether a query that is to be kept was said in one's own words.

    Raises UserError with what it would be: kept as it is, it would find nothing, every day, without a sound.
    """
    options = take(ask.words, (*plans.OPTIONS, "to"), also=plans.ALSO, begins=ask.begins)
    told = dict(options.values)
    at = ask.begins + len(options.rest) - len(options.rest.lstrip())
    if options.rest.strip().casefold() in _ABOUT:
        right = _ABOUT[options.rest.strip().casefold()].format(verb)
        raise UserError(f"did you mean {right}?", at=at, fix=Fix(0, None, right))
    rest = _PAUSE.sub(r"\1 ", options.rest) if ":" in options.rest or ";" in options.rest else options.rest
    rest = _THIS.sub("", rest)
    place = None if verb == "watch" else _PLACE.search(rest)
    if place:
        rest = f"{rest[: place.start()]} {rest[place.end() :]}".strip()
        told["in"] = place[1] or place[2] or place[3]
    if here := _HERE.search(rest):
        rest = rest[: here.start()]
        told |= {"to": "channel"} if verb == "watch" else {}
    said = spoken.timetable(rest, plans.zone)
    try:
        kept = parse(said.rest, room.understander.packs)
    except UserError:
        return  # told with its place by those who read the query
    parts = kept.parts if isinstance(kept, And) else (kept,)
    plain = all(isinstance(part, Word | Field) for part in parts) and len(said.rest) <= LONGEST
    understood = understand(said.rest, room.understander.packs, ask.now)
    spoke = plain and bool(understood.dropped)
    if not (said.options or here or place or spoke):
        return
    words_only = all(isinstance(part, Word) for part in parts) and len(parts) > 1
    wanted = str(understood.query if spoke or (plain and words_only) else kept)
    heard = _written(wanted, said.options)
    right = _written(f"{verb} {wanted}".strip(), {**said.options, **told})
    raise UserError(f"that is in your own words; as a query it is: {heard}", at=at, fix=Fix(0, None, right))


def _written(query: str, options: Mapping[str, str]) -> str:
    """A query with options, as they are typed."""
    told = (f'{name}:"{value}"' if " " in value else f"{name}:{value}" for name, value in options.items())
    return " ".join(filter(None, (query, *told)))
