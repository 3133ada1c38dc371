"""What was joined early is looked at again when all is joined: a story goes to the group it is likest to."""

from dataclasses import replace
from datetime import timedelta

from bot.core.events import Features, Rulings, group, pair
from bot.core.events.likeness import Likeness
from tests.core.event_stories import uz_us_mou_2026

LIKE = {"ab": 3.0, "be": 2.9, "cd": 2.5, "ac": 2.4, "ad": 2.4, "ae": -1.0}
"""a and b are the likest pair; but e, which joins them late, is unlike a, and c and d are like it."""


def compare(one: Features, other: Features) -> Likeness:
    return Likeness(LIKE.get("".join(pair(one.key, other.key)), -4.0), {})


def found(ruled: Rulings | None = None) -> set[str]:
    stories = [replace(uz_us_mou_2026()[0], key=key) for key in "abcde"]
    return {"".join(made.keys) for made in group(stories, ruled or Rulings(), compare=compare)}


def test_a_story_goes_to_the_group_that_it_is_likest_to_when_all_is_joined() -> None:
    assert found() == {"acd", "be"}


def test_what_people_put_together_stays_together() -> None:
    assert found(Rulings(same=frozenset({("a", "b")}))) == {"abe", "cd"}


def test_what_people_ruled_on_goes_nowhere_by_itself() -> None:
    assert found(Rulings(apart=frozenset({("a", "c")}))) == {"abe", "cd"}


def test_the_joins_of_a_group_tie_all_its_stories_by_the_likest_pairs() -> None:
    stories = [replace(uz_us_mou_2026()[0], key=key) for key in "abcde"]

    made = next(one for one in group(stories, compare=compare) if "a" in one.keys)

    assert [(join.one, join.other, join.score) for join in made.joins] == [("c", "d", 2.5), ("a", "c", 2.4)]


def test_no_event_lasts_longer_than_one_can_whatever_undated_story_stands_between() -> None:
    first = uz_us_mou_2026()[0]
    assert first.when is not None
    stories = [
        replace(first, key="a"),
        replace(first, key="b", when=None),
        replace(first, key="c", when=first.when + timedelta(days=30)),
    ]

    def alike(one: Features, other: Features) -> Likeness:
        return Likeness(1.0 if "a" in (one.key, other.key) else 0.9, {})

    together = group(stories, compare=alike)
    ruled = group(stories, Rulings(same=frozenset({("a", "c")})), compare=alike)

    assert [made.keys for made in together] == [("a", "b"), ("c",)]
    assert [made.keys for made in ruled] == [("a", "b", "c")]  # unless people say so
