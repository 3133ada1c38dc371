from hypothesis import given
from hypothesis import strategies as st

from bot.core.telling.spikes import LEAST, spikes

weeks = st.lists(st.integers(0, 60), max_size=30)


def test_a_week_far_above_those_before_it_stands_out() -> None:
    assert spikes([4, 5, 3, 6, 4, 19, 5]) == [False] * 5 + [True, False]


def test_chance_is_no_spike() -> None:
    assert not any(spikes([4, 5, 3, 6, 4, 8, 5]))
    assert not any(spikes([0, 0, 0, 1, 2]))


def test_what_went_on_for_long_is_usual_now() -> None:
    assert spikes([1] * 8 + [20] * 9)[-1] is False


@given(weeks)
def test_the_most_quiet_never_stand_out(counts: list[int]) -> None:
    for at, marked in enumerate(spikes(counts)):
        if marked:
            assert counts[at] >= LEAST
            assert counts[at] > min(counts[max(0, at - 8) : at])


@given(weeks, weeks)
def test_what_comes_later_changes_nothing(counts: list[int], later: list[int]) -> None:
    assert spikes(counts + later)[: len(counts)] == spikes(counts)
