import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.event import Event, Report
from bot.core.subscribing.muting import Muted, hiding, read
from bot.core.words import Tier
from bot.errors import UserError
from tests.core.reading import understander

NOON = datetime(2026, 2, 6, 12, tzinfo=UTC)
PACKS = understander().packs


def report(source: str, story: int = 1) -> Report:
    return Report(story, f"https://{source}/1", "Title", source, "en", NOON, NOON)


EVENT = Event(
    id=17,
    headline="Uzbekistan and France sign a uranium deal",
    summary="",
    tier=Tier.CORE,
    countries=("UZ",),
    minerals=("uranium",),
    actions=(),
    score=60.0,
    stories=(report("en.gazeta.uz"), report("wire.example", 2)),
    why=(),
    first_at=NOON,
    last_at=NOON,
)


def mutes(*things: tuple[str, str]) -> list[Muted]:
    return [Muted(n, "C1", kind, value, None, "U1", NOON) for n, (kind, value) in enumerate(things, 1)]


def hides(*things: tuple[str, str], event: Event = EVENT) -> bool:
    return bool(hiding(event, mutes(*things)))


def test_an_event_stays_while_one_source_is_left() -> None:
    assert not hides(("source", "gazeta.uz"))
    assert not hides(("source", "uz"), ("source", "a.wire.example"))
    assert hides(("source", "gazeta.uz"), ("source", "wire.example"))


def test_an_event_stays_while_one_of_the_five_it_is_about_is_left() -> None:
    both = replace(EVENT, countries=("KZ", "UZ"))

    assert hides(("country", "uz"))
    assert not hides(("country", "fr"))
    assert not hides(("country", "uz"), event=both)
    assert hides(("country", "uz"), ("country", "kz"), event=both)
    assert hides(("country", "uz"), event=replace(EVENT, countries=("FR", "UZ"))), "with whom is no matter"
    assert hides(("country", "fr"), event=replace(EVENT, countries=("FR",)))
    assert not hides(("country", "fr"), event=replace(EVENT, countries=()))


def test_a_mineral_an_event_and_words_of_the_headline_hide() -> None:
    assert hides(("mineral", "uranium"))
    assert not hides(("mineral", "uranium"), event=replace(EVENT, minerals=("uranium", "gold")))
    assert hides(("event", "17"))
    assert not hides(("event", "1"))
    assert hides(("words", "uranium deal"))
    assert not hides(("words", "uranium sign"))
    assert not hides(("words", "ran"))


@pytest.mark.parametrize(
    ("typed", "things", "days"),
    [
        ("source:Sputnik.kg for:7d", [("source", "sputnik.kg")], 7),
        ("country:Узбекистан,kz for:2w", [("country", "uz"), ("country", "kz")], 14),
        ("mineral:вольфрам", [("mineral", "tungsten")], 7),
        ("e17 for:12h", [("event", "17")], 0.5),
        ('"Football Cup" for:1m', [("words", "football cup")], 30),
        ("football cup", [("words", "football cup")], 7),
        ("sputnik.kg until 2026-02-08", [("source", "sputnik.kg")], 1.5),
        ("sputnik.kg until tomorrow", [("source", "sputnik.kg")], 0.5),
        ("sputnik.kg until Monday", [("source", "sputnik.kg")], 2.5),
        ("sputnik.kg until fri", [("source", "sputnik.kg")], 6.5),
    ],
)
def test_what_is_typed_is_understood(typed: str, things: list[tuple[str, str]], days: float) -> None:
    wish = read(typed, NOON, PACKS)

    assert list(wish.things) == things
    assert wish.length == timedelta(days=days)
    assert read(f"{re.split(' for:| until ', typed)[0]} for:ever", NOON, PACKS).length is None


@pytest.mark.parametrize(
    "typed",
    ["", "for:7d", "e17 for:soon", "e17 for:0d", "e17 for:9999m", "type:mou", "-gold", "gold OR tin", "!!!",
     "e17 until 2026-02-06", "e17 until 9999-12-31", "e17 until soon", "e17 for:7d until 2026-02-08",
     "e17 for 9999 years", "sputnik.kg for 0 days",
     "country:nowhere", '"', "tin country:kz", "e17 for:7d for:8d", "(country:kz OR country:uz)"],
)  # fmt: skip
def test_what_makes_no_sense_is_answered_with_what_would(typed: str) -> None:
    with pytest.raises(UserError):
        read(typed, NOON, PACKS)


def test_a_mute_reads_as_it_is_typed() -> None:
    for mute in mutes(
        ("source", "a.kg"), ("mineral", "rare earths"), ("event", "17"), ("words", "gold price")
    ):
        assert read(mute.thing, NOON, PACKS).things == ((mute.kind, mute.value),)
