"""Fitting the weights of events: what speaks for one event stays so, and what is measured was not seen."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.core.events.likeness import WEIGHTS
from bot.work.fit_events import HELD, Labelled, fit, labelled, left_out
from tests.core.reading import understander

DEPOSITS = (
    ("Karatas", "tungsten", "Kazakhstan"),
    ("Sarykul", "copper", "Uzbekistan"),
    ("Teskei", "antimony", "Kyrgyzstan"),
    ("Zeravkan", "lithium", "Tajikistan"),
)
TOLD = (  # of each deposit two things are told, twice each
    (
        "signed",
        "{country} signs agreement on {place} {mineral}",
        "The government of {country} signed on {day} March.",
    ),
    (
        "signed",
        "Agreement on {mineral} of {place} is signed",
        "{country} and its partner signed it on {day} March.",
    ),
    (
        "lent",
        "Bank lends $8{day} million for {place} {mineral}",
        "The loan of $8{day} million goes to {country}.",
    ),
    ("lent", "{place} in {country} gets $8{day} million", "A loan of $8{day} million is for its {mineral}."),
)


@pytest.fixture(scope="module")
def files() -> list[Labelled]:
    rows: list[dict[str, Any]] = [
        {
            "id": f"{place}-{number}",
            "title": title.format(place=place, mineral=mineral, country=country, day=day),
            "text": text.format(mineral=mineral, country=country, day=day),
            "published": f"2026-03-{day:02}",
            "event": f"{place} {what}",
        }
        for day, (place, mineral, country) in enumerate(DEPOSITS, 2)
        for number, (what, title, text) in enumerate(TOLD)
    ]
    return list(labelled("made up", rows, understander()))


def test_no_kind_of_evidence_changes_sides_and_what_was_set_by_hand_stays(files: list[Labelled]) -> None:
    fitted = fit([case for file in files for case in file.cases])

    assert fitted.keys() == {*WEIGHTS, "before"}
    assert all(fitted[kind] * weight >= 0 for kind, weight in WEIGHTS.items())
    assert {kind: fitted[kind] for kind in HELD} == {kind: WEIGHTS[kind] for kind in HELD}
    assert fitted["rare terms"] > 0 > fitted["before"]


def test_each_setting_of_dates_is_measured_with_its_events_left_out(files: list[Labelled]) -> None:
    found = left_out(files)

    assert list(found) == [f"made up, {setting}" for setting in ("own dates", "no dates", "one week")]
    assert all(of_all.f1 > 0.5 for of_all, _ in found.values())


def test_in_one_week_the_reports_of_an_event_keep_the_days_between_them(files: list[Labelled]) -> None:
    (week,) = (file for file in files if file.name == "made up, one week")
    came: dict[str, list[datetime]] = {}
    for story in week.stories:
        assert story.when is not None
        came.setdefault(week.true[story.key], []).append(story.when)

    assert all(max(moments) - min(moments) < timedelta(days=1) for moments in came.values())
    assert len({min(moments).date() for moments in came.values()}) > 1
