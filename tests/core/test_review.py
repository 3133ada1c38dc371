"""The review of the week as a document."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from bot.core.documents import Bullets, Heading, Part
from bot.core.event import Event
from bot.core.story import Action
from bot.core.telling.weekly import Counts, Week, document, moved
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


@pytest.mark.parametrize(
    ("before", "after", "went"),
    [
        (Stage.ANNOUNCED, Stage.SIGNED, True),
        (Stage.SIGNED, Stage.IN_FORCE, True),
        (Stage.IN_FORCE, Stage.SUSPENDED, True),
        (Stage.SUSPENDED, Stage.IN_FORCE, True),
        (Stage.ENDED, Stage.ANNOUNCED, True),
        (Stage.SIGNED, Stage.ANNOUNCED, False),
        (Stage.IN_FORCE, Stage.PROPOSED, False),
        (Stage.SIGNED, Stage.SIGNED, False),
        (Stage.NONE, Stage.SIGNED, False),
        (Stage.SIGNED, Stage.NONE, False),
    ],
)
def test_only_what_stands_further_on_has_moved_on(before: Stage, after: Stage, went: bool) -> None:
    earlier, later = (
        replace(event(n), actions=(Action(Instrument.AGREEMENT, stage),))
        for n, stage in ((1, before), (2, after))
    )

    assert bool(moved((later,), {2: earlier})) is went
