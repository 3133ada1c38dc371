"""The review of the week as a document."""

from dataclasses import replace
from datetime import UTC, timedelta

from bot.core.documents import Bullets, Heading, Part
from bot.core.event import Event
from bot.core.story import Action
from bot.core.weekly import Counts, Week, document
from bot.core.words import Instrument, Stage
from tests.core.test_digest import NINE, event


def parts_of(*events: Event) -> tuple[Part, ...]:
    """The review of a week with these events."""
    week = Week("Desk", NINE - timedelta(days=7), NINE, events, (), Counts("", (0,)), (), (NINE,))
    return document(week, b"png", zone=UTC).parts


def told(*events: Event) -> list[str]:
    """The lines of what was done."""
    return [
        "".join(span.text for span in line)
        for part in parts_of(*events)
        if isinstance(part, Bullets)
        for line in part.lines
    ]


def test_what_one_event_did_about_one_mineral_is_one_line() -> None:
    signed = Action(Instrument.MOU, Stage.SIGNED, ("US", "UZ"))
    visit = Action(Instrument.VISIT, Stage.IN_FORCE, ("US",))
    loan = Action(Instrument.FINANCING, Stage.ANNOUNCED, ("US",), minerals=("copper",))

    lines = told(replace(event(1), actions=(signed, loan, visit)))

    assert lines == [
        "copper: financing · announced · US Headline 1 e1",
        "tungsten: MoU · signed · US, UZ; visit · held · US Headline 1 e1",
    ]


def test_where_no_mineral_is_named_none_is_spoken_of() -> None:
    law = Action(Instrument.LAW, Stage.SIGNED, ("UZ",))

    assert told(replace(event(1), minerals=(), actions=(law,))) == ["law · signed · UZ Headline 1 e1"]


def test_what_concerns_several_of_the_five_stands_once() -> None:
    law = Action(Instrument.LAW, Stage.SIGNED)
    bodies = (("UZ",), ("KZ", "UZ", "CN"), ("KZ", "CN"), ("CN",))

    parts = parts_of(*(replace(event(n), countries=each, actions=(law,)) for n, each in enumerate(bodies, 1)))

    headings = [part.text for part in parts if isinstance(part, Heading) and part.level == 3]
    refs = [line[-1].text.strip() for part in parts if isinstance(part, Bullets) for line in part.lines]
    assert headings == ["Kazakhstan", "Uzbekistan", "Several countries", "Elsewhere"]
    assert refs == ["e3", "e1", "e2", "e4"]
