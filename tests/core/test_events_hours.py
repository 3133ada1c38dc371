"""When two stories came: what happened is told within hours, or on the day after."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import Features, features, group
from bot.core.events.likeness import likeness
from bot.core.story import Article
from tests.core.event_stories import at
from tests.core.reading import understander
from tests.core.test_events_alike import read

HOURS = st.integers(0, 24 * 13)


def told(key: str, title: str, text: str, later: timedelta = timedelta()) -> Features:
    decision = understander().decide(Article(title, text))
    when = at("2026-03-02") + later
    return features(
        key=key,
        title=title,
        text=text,
        lang=decision.lang,
        source=f"{key}.test",
        when=when,
        decision=decision,
    )


def strike(later: timedelta) -> tuple[Features, Features]:
    """Two short reports that share who and where, and hardly a word."""
    return (
        told("a", "Kyrgyzstan opens tender for Teskei gold mine",
             "The ministry of natural resources in Bishkek said that bids are taken until June."),
        told("b", "Who will dig at Teskei?",
             "Investors were invited to a tender in Kyrgyzstan. Cyanide will not be allowed.", later),
    )  # fmt: skip


def test_short_reports_are_one_event_within_hours_and_two_where_days_lie_between() -> None:
    assert [len(made.keys) for made in group(strike(timedelta(hours=3)))] == [2]
    assert [len(made.keys) for made in group(strike(timedelta(days=4)))] == [1, 1]


@given(hours=HOURS, more=HOURS)
def test_the_later_it_came_the_less_alike_it_is(hours: int, more: int) -> None:
    sooner, later = (likeness(*strike(timedelta(hours=it))).score for it in sorted((hours, more)))

    assert sooner >= later


def test_hours_tell_nothing_where_a_moment_is_not_known() -> None:
    one, other = strike(timedelta(hours=3))
    undated = features(
        key="c", title="Teskei loses its licence", text="", lang="en", source="c.test", when=None,
        decision=understander().decide(Article("Teskei loses its licence", "")),
    )  # fmt: skip

    assert "same day" in likeness(one, other).parts
    assert likeness(one, undated).parts.keys().isdisjoint({"same day", "came apart"})


@pytest.mark.parametrize(
    ("years", "speaks"),
    [
        ("In 2010 it had joined the protocol.", False),  # what was before
        ("It may run again in 2029.", False),  # what is planned
        ("It was first told in 2024.", True),
        ("It should begin in 2027.", True),
    ],
)
def test_a_year_far_from_the_day_the_other_came_is_told_beside(years: str, *, speaks: bool) -> None:
    dated = read(
        "dated", "Kyrgyz court rejects change", "It ruled in Bishkek on 10 December.", day="2026-02-10"
    )
    undated = read("undated", "Kyrgyzstan: judges close a door", years, day=None)

    assert ("other year" in likeness(dated, undated).parts) == speaks
    assert likeness(dated, undated) == likeness(undated, dated)
