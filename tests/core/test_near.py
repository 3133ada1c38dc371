"""What fell just short of being told: by the least that was missing, the uncertain first."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.telling.near import (
    FARTHEST,
    NEEDS,
    Near,
    Scored,
    Short,
    as_json,
    item,
    nearest,
    section,
    short_of,
)
from bot.core.telling.phrases import phrases
from bot.core.words import TOPICS, Tier

NOON = datetime(2026, 2, 6, 12, tzinfo=UTC)
LINES = dict.fromkeys(TOPICS, 0.5)
FLAGGED = [tier for tier in Tier if tier.flagged]

scores = st.fixed_dictionaries({topic: st.floats(0, 1) for topic in TOPICS})
stories = st.lists(
    st.builds(Scored, st.integers(1, 99), scores, st.booleans(), st.just(NOON)), unique_by=lambda s: s.story
)


def scored(story: int, *values: float, grey: bool = False, hours: int = 0) -> Scored:
    return Scored(story, dict(zip(TOPICS, values, strict=True)), grey, NOON - timedelta(hours=hours))


@given(scores)
def test_what_reached_a_tier_missed_nothing(of: dict[str, float]) -> None:
    reached = [tier for tier in FLAGGED if all(of[topic] >= LINES[topic] for topic in NEEDS[tier])]

    assert (short_of(of, LINES, FLAGGED) is None) == bool(reached)


@given(stories)
def test_none_is_far_off_and_the_uncertain_come_first(some: list[Scored]) -> None:
    found = nearest(some, LINES, FLAGGED)

    assert all(0 < short.by <= FARTHEST for _, short in found)
    assert [each.grey for each, _ in found] == sorted((each.grey for each, _ in found), reverse=True)
    for grey in (True, False):
        by = [round(short.by, 6) for each, short in found if each.grey is grey]
        assert by == sorted(by)


def test_it_says_the_nearest_tier_and_what_was_lacking() -> None:
    short = short_of(dict(zip(TOPICS, (0.9, 0.1, 0.41), strict=True)), LINES, FLAGGED)

    assert short is not None
    assert short.tier is Tier.REGION
    assert [(lack.topic, lack.score) for lack in short.lacks] == [("policy", 0.41)]
    assert short.by == pytest.approx(0.09)


def test_only_tiers_that_are_told_count() -> None:
    of = dict(zip(TOPICS, (0.9, 0.45, 0.9), strict=True))

    assert short_of(of, LINES, [Tier.CORE]) == Short(Tier.CORE, short_of(of, LINES, [Tier.CORE]).lacks)  # type: ignore[union-attr]
    assert short_of(of, LINES, FLAGGED) is None, "it is told as region"
    assert short_of(of, LINES, []) is None


def test_of_two_as_near_the_newer_comes_first() -> None:
    found = nearest([scored(1, 0.9, 0, 0.4, hours=3), scored(2, 0.9, 0, 0.4)], LINES, FLAGGED)

    assert [each.story for each, _ in found] == [2, 1]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_near_miss_is_told_with_both_answers(language: str) -> None:
    short = short_of(dict(zip(TOPICS, (0.9, 0.1, 0.41), strict=True)), LINES, FLAGGED)
    assert short is not None
    near = Near(12, "A draft", "https://gov.kz/1", "gov.kz", ("KZ",), (), short)

    told = item(near, phrases(language))

    assert [button.command for button in told.menu] == ["useful s12", "useless s12", "why s12"]
    assert {"en": "0.41", "ru": "0,41"}[language] in told.note
    assert {"en": "0.50", "ru": "0,50"}[language] in told.note
    assert section(()) == ()
    assert as_json(near)["short"] == 0.09
