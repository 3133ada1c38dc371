"""Scores of groupings, against ones worked out by hand."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.scores import across_languages, bcubed, by_language_pair, in_several, pairwise

TRUE = {"a": "x", "b": "x", "c": "x", "d": "y", "e": "z"}
FOUND = {"a": 1, "b": 1, "c": 2, "d": 2, "e": 3}
LANG = {"a": "en", "b": "ru", "c": "en", "d": "ru", "e": "en"}


def test_pairs_are_told_apart_into_right_joined_and_split() -> None:
    pairs = pairwise(FOUND, TRUE)

    assert pairs.right == (("a", "b"),)
    assert pairs.joined == (("c", "d"),)
    assert pairs.split == (("a", "c"), ("b", "c"))
    assert (pairs.score.precision, pairs.score.recall) == (1 / 2, 1 / 3)


def test_b_cubed_is_the_mean_over_items() -> None:
    score = bcubed(FOUND, TRUE)

    assert score.precision == (1 + 1 + 1 / 2 + 1 / 2 + 1) / 5
    assert score.recall == (2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5


def test_only_the_items_of_events_told_twice_can_be_asked_for() -> None:
    assert in_several(TRUE) == {"a", "b", "c"}
    assert bcubed(FOUND, TRUE, in_several(TRUE)).recall == (2 / 3 + 2 / 3 + 1 / 3) / 3


def test_pairs_are_scored_by_their_two_languages() -> None:
    pairs = pairwise(FOUND, TRUE)

    assert set(by_language_pair(pairs, LANG)) == {("en", "en"), ("en", "ru")}
    assert across_languages(pairs, LANG).right == (("a", "b"),)


def test_with_nothing_to_find_nothing_is_wrong() -> None:
    assert pairwise({"a": 1}, {"a": "x"}).score.f1 == 1.0
    assert bcubed({}, {}).f1 == 1.0


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 3), max_size=12))
def test_a_grouping_agrees_with_itself_wholly(groups: dict[str, int]) -> None:
    assert pairwise(groups, groups).score.f1 == 1.0
    assert bcubed(groups, groups).f1 == 1.0
