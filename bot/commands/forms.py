"""The forms of commands: what a subscription or a feed needs, ready to be filled in."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from bot.core.asking.forms import CHANNEL, WORDS, Choice, Field, Form, parted
from bot.core.asking.query import parse
from bot.core.asking.spoken import DAYS
from bot.core.countries import NAMES
from bot.core.reading.concepts import Packs
from bot.core.subscribing import holidays
from bot.core.subscription import Plan
from bot.core.telling.phrases import LANGUAGES
from bot.core.wording import TIER_HEADINGS, instrument_name
from bot.core.words import FIVE, FeedKind, Instrument, Tier

_FIVE: Final = "Central Asia"
_AT_ONCE: Final = 50
"""Choices that stand under one heading."""

_DAY_NAMES: Final = dict(
    zip(DAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True)
)
_LANGUAGES: Final = {
    "en": "English",
    "ru": "Russian",
    "kk": "Kazakh",
    "ky": "Kyrgyz",
    "tg": "Tajik",
    "tk": "Turkmen",
    "uz": "Uzbek",
    "zh": "Chinese",
    "de": "German",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "pl": "Polish",
    "pt": "Portuguese",
    "tr": "Turkish",
    "uk": "Ukrainian",
}
_COUNTS: Final = (5, 10, 15, 20, 30, 40)
_MORE: Final = "More: holidays, review, length, quiet days, language"
_ALERTS: Final = (Choice("In the digest only", "no"), Choice("At once as well, when it cannot wait", "yes"))
_TIERS: Final = tuple(Choice(TIER_HEADINGS[tier], tier.value) for tier in Tier if tier.flagged)


def subscription(packs: Packs, plan: Plan, usual: Plan, *, changes: bool = False) -> Form:
    """The form of a new subscription, or of changing the one that `plan` is.

    What few need is asked of those who ask for it, unless it is not as `usual`.
    """
    pickers = _pickers(packs)
    known = {name: {each.value for _, group in groups for each in group} for name, groups in pickers.items()}
    picked, words = parted(parse(plan.query), known)
    fields = [
        Field(name, label, "lists", pickers[name], picked.get(name, ()), tried=True)
        for name, label in (("country", "Countries"), ("mineral", "Minerals"), ("type", "Kinds of action"))
    ]
    fields += [
        Field(
            WORDS,
            "Other words",
            value=(words,) if words else (),
            hint='As in a search: "a phrase", OR, -not, source:gazeta.uz. Enter shows what it would tell.',
            example='tender -"football"',
            tried=True,
        ),
        Field(
            "tiers", "What it is about", "boxes", (("", _TIERS),), tuple(plan.tiers), needed=True, tried=True
        ),
        Field("at", "Time", "time", value=tuple(t.isoformat("minutes") for t in plan.times), needed=True),
        Field("zone", "Time zone", "zone", value=(plan.timezone,), needed=True),
        Field("on", "Days", "boxes", _days(), tuple(DAYS[day] for day in plan.weekdays), needed=True),
        Field(
            "alerts",
            "How it is told",
            "one",
            (("", _ALERTS),),
            ("yes" if plan.alerts else "no",),
            needed=True,
        ),
    ]
    fields += _rare(plan, usual)
    if changes:
        command = f'subscribe name:"{plan.name}"'
        trial = f'preview name:"{plan.name}"'
        return Form("Change a subscription", command, "Save", tuple(fields), trial, more=_MORE)
    fields += [
        Field(CHANNEL, "Channel", "channel", value=(plan.channel,) if plan.channel else (), needed=True),
        Field("name", "Name", value=(plan.name,) if plan.name else (), example="Tungsten desk"),
    ]
    return Form("New subscription", "subscribe", "Subscribe", tuple(fields), "preview", more=_MORE)


def _rare(plan: Plan, usual: Plan) -> list[Field]:
    """What is the same for nearly all subscriptions."""
    days = (Choice("No review", "no"), *(Choice(f"On {name}s", day) for day, name in _DAY_NAMES.items()))
    # Norway has to be left out: its code says no.
    away = (("No country", (Choice("None", "no"),)), *countries(holidays.known() - {"NO"}))
    counts = tuple(Choice(str(each), str(each)) for each in sorted({*_COUNTS, plan.most}))
    quiet = (Choice("Say so when there is nothing to tell", "yes"), Choice("Say nothing then", "no"))
    tongues = tuple(Choice(_LANGUAGES.get(code, code), code) for code in LANGUAGES)
    review = "no" if plan.review is None else DAYS[plan.review]
    fields = [
        Field(
            "skip",
            "Holidays that are skipped",
            "list",
            away,
            (plan.holidays.lower() or "no",),
        ),
        Field("review", "Review of the week", "list", (("Days", days),), (review,)),
        Field(
            "most",
            "Events in the main message; the others are in its thread",
            "list",
            (("Events", counts),),
            (str(plan.most),),
        ),
        Field("quiet", "Quiet days", "one", (("", quiet),), ("yes" if plan.on_quiet_days else "no",)),
        Field("headings", "Language of the headings", "list", (("Languages", tongues),), (plan.language,)),
    ]
    same = (plan.holidays, plan.review, plan.most, plan.on_quiet_days, plan.language) == (
        *(usual.holidays, usual.review, usual.most, usual.on_quiet_days, usual.language),
    )
    return [replace(each, rare=same, needed=True) for each in fields]


def _pickers(packs: Packs) -> dict[str, tuple[tuple[str, tuple[Choice, ...]], ...]]:
    return {
        "country": countries(packs.names("country")),
        "mineral": (("Minerals", tuple(Choice(name, name.casefold()) for name in packs.names("mineral"))),),
        "type": (
            ("Kinds of action", tuple(Choice(instrument_name(each), each.value) for each in Instrument)),
        ),
    }


def countries(codes: Iterable[str]) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """Countries by name, the five first, the others under their letters."""
    named = sorted((NAMES.get(code, code), code) for code in codes)
    five = tuple(Choice(name, code.casefold()) for name, code in named if code in FIVE)
    others = [Choice(name, code.casefold()) for name, code in named if code not in FIVE]
    parts = [tuple(others[start : start + _AT_ONCE]) for start in range(0, len(others), _AT_ONCE)]
    return ((_FIVE, five), *((f"{part[0].label[0]} to {part[-1].label[0]}", part) for part in parts))


def feed(packs: Packs, offers: Sequence[Choice] = ()) -> Form:
    """The form of a new feed; `offers` are those that were found on the page that was named."""
    kinds = tuple(Choice(kind.value.replace("_", " "), kind.value) for kind in FeedKind)
    languages = tuple(Choice(name, code) for code, name in _LANGUAGES.items() if code in packs.languages)
    address = Field(
        WORDS,
        "Address",
        hint="Of a feed, or of a page that names feeds. Enter shows what is there.",
        example="https://example.org/news",
        needed=True,
        tried=True,
    )
    only = (offers[0].value,) if len(offers) == 1 else ()
    pick = Field(WORDS, "Feeds that the page names", "one", (("", tuple(offers)),), only)
    fields = (
        address,
        *((pick,) if offers else ()),
        Field("kind", "Who speaks", "list", (("Kinds", kinds),)),
        Field("country", "Country", "list", countries(NAMES)),
        Field("lang", "Language", "list", (("Languages", languages),)),
        Field("name", "Name", hint="Without one it is called as it calls itself."),
    )
    return Form("Add a feed", "feeds add", "Add", fields, trial="feeds check")


def _days() -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    return (("", tuple(Choice(name, day) for day, name in _DAY_NAMES.items())),)
