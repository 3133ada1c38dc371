"""The review of the week as a document."""

from dataclasses import replace
from datetime import UTC, timedelta

from bot.core.documents import Bullets
from bot.core.event import Event
from bot.core.story import Action
from bot.core.weekly import Counts, Week, document
from bot.core.words import Instrument, Stage
from tests.core.test_digest import NINE, event


def told(*events: Event) -> list[str]:
    """The lines of what was done."""
    week = Week("Desk", NINE - timedelta(days=7), NINE, events, (), Counts("", (0,)), (), (NINE,))
    parts = document(week, b"png", zone=UTC).parts
    return [
        "".join(span.text for span in line)
        for part in parts
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
        "tungsten: MoU · signed · US, UZ; visit · in force · US Headline 1 e1",
    ]


def test_where_no_mineral_is_named_none_is_spoken_of() -> None:
    law = Action(Instrument.LAW, Stage.SIGNED, ("UZ",))

    assert told(replace(event(1), minerals=(), actions=(law,))) == ["law · signed · UZ Headline 1 e1"]
