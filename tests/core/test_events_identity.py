"""Which event keeps which id: of one that is split, the part that people saw."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import Group, keep_ids


def grouped(*keys: str) -> Group:
    return Group(tuple(sorted(keys)), min(keys))


def test_of_two_parts_as_large_that_with_the_headline_keeps_the_id_whichever_is_first() -> None:
    parts = [grouped("a", "b"), grouped("c", "d")]
    before = dict.fromkeys("abcd", 7)

    assert keep_ids(parts, before, leads={7: "d"}).ids == (None, 7)
    assert keep_ids(parts[::-1], before, leads={7: "d"}).ids == (7, None)


def test_what_says_something_else_now_takes_no_id_from_what_says_the_same() -> None:
    edited, others = grouped("a"), grouped("b")

    assert keep_ids([edited, others], {"a": 7, "b": 7}, leads={7: "a"}, changed={"a"}).ids == (None, 7)
    assert keep_ids([edited], {"a": 7}, leads={7: "a"}, changed={"a"}).ids == (7,)


@st.composite
def anew(draw: st.DrawFn) -> tuple[Sequence[Group], dict[str, int], dict[int, str], set[str]]:
    """Stories in groups, the events they were in, the leads of these, and who has changed."""
    place = draw(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 3), min_size=1))
    groups = [grouped(*(key for key in place if place[key] == at)) for at in sorted(set(place.values()))]
    before = {key: draw(st.integers(1, 3)) for key in place if draw(st.booleans())}
    stories = {event: [key for key in before if before[key] == event] for event in before.values()}
    leads = {event: draw(st.sampled_from(keys)) for event, keys in stories.items()}
    return groups, before, leads, draw(st.sets(st.sampled_from(sorted(place))))


@given(anew())
def test_an_id_goes_to_one_group_at_most_and_to_one_that_holds_a_story_of_it(
    case: tuple[Sequence[Group], dict[str, int], dict[int, str], set[str]],
) -> None:
    groups, before, leads, changed = case

    kept = keep_ids(groups, before, leads=leads, changed=changed)

    named = [event for event in kept.ids if event is not None]
    assert len(named) == len(set(named))
    assert set(named) | set(kept.became) == set(before.values())
    for made, event in zip(groups, kept.ids, strict=True):
        assert event is None or event in {before.get(key) for key in made.keys}
