"""What ties an event to one of months before, and what does not."""

from datetime import UTC, datetime

import pytest

from bot.core.events import Knot, knot_terms, threads
from bot.core.words import Instrument, Stage


def knot(number: int, day: str, terms: dict[str, float], act: Instrument = Instrument.SUMMIT) -> Knot:
    return Knot(
        number, datetime.fromisoformat(day).replace(tzinfo=UTC), ("UZ",), (), act, Stage.SIGNED, terms
    )


def test_an_event_is_not_known_by_its_city_nor_by_the_kind_of_its_title() -> None:
    terms = {
        "nsmrknd": 3.0,
        "nmln": 2.0,
        "r": 0.1,
        "t+": 0.1,
        "o1 summit": 0.1,
        "wsummit": 1.0,
        "d05-29": 1.5,
    }

    assert knot_terms([terms]) == {"nmln": 2.0, "d05-29": 1.5}


@pytest.mark.parametrize(
    ("both", "follows"),
    [
        ({"nrgn": 3.0}, True),  # what both are about
        ({"d03-31": 1.5}, True),  # the day that the one foretold
        ({"nlns": 1.0}, False),  # a firm that both mention
        ({"nlns": 1.0, "nptrk": 1.0}, True),
    ],
)
def test_one_name_in_passing_ties_nothing(both: dict[str, float], follows: bool) -> None:
    earlier, later = knot(1, "2025-03-13", both), knot(2, "2025-06-01", both, Instrument.FINANCING)

    assert bool(threads([earlier, later])) == follows
