"""How the closed vocabularies read to people. One place, so that Slack, terminal and page agree."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from bot.core.story import Action, Money
from bot.core.words import CENTRAL_ASIA, Instrument, Stage, Tier

TIER_HEADINGS: Final[dict[Tier, str]] = {
    Tier.CORE: "Central Asia and critical minerals",
    Tier.REGION: "Central Asia: policy",
    Tier.MINERALS: "Critical minerals elsewhere",
    Tier.NONE: "Not flagged",
}

INSTRUMENT_NAMES: Final[dict[Instrument, str]] = {
    Instrument.MOU: "MoU",
    Instrument.EXPORT_CONTROL: "export control",
    Instrument.JOINT_VENTURE: "joint venture",
    Instrument.STAKE_SALE: "stake sale",
}

STAGE_NAMES: Final[dict[Stage, str]] = {
    Stage.IN_FORCE: "in force",
}

MEETINGS: Final = (Instrument.SUMMIT, Instrument.VISIT)
DEEDS: Final = (
    *(Instrument.FINANCING, Instrument.INVESTMENT, Instrument.JOINT_VENTURE, Instrument.STAKE_SALE),
    *(Instrument.NATIONALISATION, Instrument.STOCKPILE, Instrument.DISCOVERY, Instrument.COURT),
    *(Instrument.INFRASTRUCTURE, Instrument.PRODUCTION, Instrument.APPOINTMENT, Instrument.TENDER),
)
HAPPENED: Final[Mapping[Instrument, str]] = dict.fromkeys(MEETINGS, "held") | dict.fromkeys(DEEDS, "done")
"""What `in_force` is called of what takes place and binds nobody: a visit is held, a plant's opening done."""

TOPIC_NAMES: Final = {CENTRAL_ASIA: "Central Asia"}

COUNTRY_NAMES: Final[dict[str, str]] = {
    "KZ": "Kazakhstan",
    "KG": "Kyrgyzstan",
    "TJ": "Tajikistan",
    "TM": "Turkmenistan",
    "UZ": "Uzbekistan",
}


def topic_name(topic: str) -> str:
    """As a reader writes it: "critical minerals", "Central Asia"."""
    return TOPIC_NAMES.get(topic, topic.replace("_", " "))


def instrument_name(instrument: Instrument) -> str:
    """As a reader writes it: "MoU", "export control"."""
    return INSTRUMENT_NAMES.get(instrument, str(instrument))


def stage_name(
    stage: Stage,
    of: Instrument | None = None,
    *,
    names: Mapping[Stage, str] = STAGE_NAMES,
    happened: Mapping[Instrument, str] = HAPPENED,
) -> str:
    """As a reader writes it: "in force", and "held" or "done" where `of` is something that only takes place.

    >>> stage_name(Stage.IN_FORCE, Instrument.LAW), stage_name(Stage.IN_FORCE, Instrument.SUMMIT)
    ('in force', 'held')
    """
    if stage is Stage.IN_FORCE and of is not None and of in happened:
        return happened[of]
    return names.get(stage, str(stage))


def country_name(code: str) -> str:
    """The five by name, others by their code."""
    return COUNTRY_NAMES.get(code, code)


def money(amount: Money, sizes: Sequence[str] = (" tn", " bn", " m", "k"), point: str = ".") -> str:
    """An amount, in the largest unit that keeps it above one.

    >>> money(Money(1_100_000_000, "USD", "text", 0, 0))
    'USD 1.1 bn'
    """
    for size, name in zip((1e12, 1e9, 1e6, 1e3), sizes, strict=True):
        if abs(amount.amount) >= size:
            return f"{amount.currency} {amount.amount / size:.4g}".replace(".", point) + name
    return f"{amount.currency} {amount.amount:.4g}".replace(".", point)


def action_line(
    action: Action,
    *,
    instruments: Mapping[Instrument, str] = INSTRUMENT_NAMES,
    stages: Mapping[Stage, str] = STAGE_NAMES,
    happened: Mapping[Instrument, str] = HAPPENED,
    amount: Callable[[Money], str] = money,
) -> str:
    """What was done, in a line: instrument, stage, parties, amount.

    >>> action_line(Action(Instrument.MOU, Stage.SIGNED, ("US", "UZ")))
    'MoU · signed · US, UZ'
    """
    parts = [instruments.get(action.instrument, str(action.instrument))]
    if action.stage is not Stage.NONE:
        parts.append(stage_name(action.stage, action.instrument, names=stages, happened=happened))
    if action.parties:
        parts.append(", ".join(action.parties))
    if action.amount is not None:
        parts.append(amount(action.amount))
    return " · ".join(parts)


def span_of_time(length: timedelta) -> str:
    """A length of time in its largest whole unit: "3 days", "5 hours", "1 minute"."""
    seconds = max(0, int(length.total_seconds()))
    for size, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            return many(seconds // size, name)
    return "less than a minute"


def capitalized(text: str) -> str:
    """The text with a capital at its beginning, and nothing else changed."""
    return text[:1].upper() + text[1:]


def many(count: int, noun: str, plural: str = "") -> str:
    """A count with its noun.

    >>> many(1, "event"), many(1200, "story", "stories")
    ('1 event', '1,200 stories')
    """
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def feeds_read(read: int, of: int, not_asked: int) -> str:
    """How many feeds can be read, in a line.

    >>> feeds_read(12, 14, 1), feeds_read(0, 0, 0)
    ('12 of 14 feeds read, 1 not asked yet', 'no feed is polled yet')
    """
    if not of:
        return "no feed is polled yet"
    waiting = f", {not_asked:,} not asked yet" if not_asked else ""
    return f"{read:,} of {many(of, 'feed')} read{waiting}"


def held(feed: str, count: int) -> str:
    """That stories of a feed that changed all its ids are held back, and what to do."""
    return f"{feed}: {many(count, 'story', 'stories')} held back; `feeds release {feed}` shows them"


def day(moment: datetime) -> str:
    """A day as people write it: "Fri 6 Feb 2026"."""
    return f"{moment:%a} {moment.day} {moment:%b %Y}"


def short_day(moment: date) -> str:
    """A day of a year that is known: "6 Feb"."""
    return f"{moment.day} {moment:%b}"


def date_said(moment: date) -> str:
    """A day without its weekday: "6 Feb 2026"."""
    return f"{short_day(moment)} {moment.year}"


def window(start: datetime, end: datetime, zone: tzinfo) -> str:
    """From when to when, on the clocks of those who read it.

    >>> from zoneinfo import ZoneInfo
    >>> friday = datetime(2026, 2, 6, 3, 30, tzinfo=UTC)
    >>> window(friday - timedelta(days=1), friday, ZoneInfo("Asia/Tashkent"))
    '5 Feb 2026 08:30 to 6 Feb 2026 08:30, Asia/Tashkent'
    >>> window(friday - timedelta(days=1), friday, UTC)
    '5 Feb 2026 03:30 UTC to 6 Feb 2026 03:30 UTC'
    """
    if (named := str(zone)) == "UTC":
        return f"{minute(start)} to {minute(end)}"
    first, last = (moment.astimezone(zone) for moment in (start, end))
    return f"{date_said(first)} {first:%H:%M} to {date_said(last)} {last:%H:%M}, {named}"


def sentences(texts: Iterable[str]) -> str:
    """Texts one after another, each ending as a sentence does.

    >>> sentences(["Who pays?", "", "Uzbekistan", "Signed."])
    'Who pays? Uzbekistan. Signed.'
    """
    return " ".join(text if text.endswith(_ENDS) else f"{text}." for text in texts if text)


_ENDS: Final = (".", "!", "?", "…", ":", "。", "！", "？")


def until(moment: datetime | None) -> str:
    """To when something lasts; None: to no set time."""
    return "until it is ended" if moment is None else f"until {minute(moment)}"


def minute(moment: datetime) -> str:
    """A moment as people write it, in UTC: "6 Feb 2026 09:00 UTC"."""
    moment = moment.astimezone(UTC)
    return f"{moment.day} {moment:%b %Y %H:%M} UTC"
