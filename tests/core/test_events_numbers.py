"""What numbers say of two stories: how rare they are, which are one sum, which only seem to differ."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import Features
from bot.core.events.common import number_rarity
from bot.core.events.likeness import likeness
from tests.core.test_events_alike import read


def told(key: str, title: str, text: str) -> Features:
    return read(key, title, text, day=None)


def test_a_large_round_number_that_two_reports_share_speaks_for_one_event() -> None:
    one = told("one", "Copper found", "The new deposit may hold 20 million tonnes of ore.")
    other = told("other", "Медь нашли", "Ресурсы нового месторождения оценили в 20 миллионов тонн руды.")
    days = told("days", "Copper search", "Geologists worked on the deposit for 20 days.")

    assert likeness(one, other).parts["numbers"] > 0
    assert "numbers" not in likeness(one, days).parts


def test_a_sum_of_money_is_counted_once() -> None:
    one = told("one", "Bank lends to Kyrgyzstan", "The bank approved $150 million for canals.")
    other = told("other", "Kyrgyz canals get loan", "A loan of $150 million will mend canals.")

    assert likeness(one, other).parts["amounts"] > 0
    assert "numbers" not in likeness(one, other).parts


def test_titles_that_count_two_things_do_not_contradict_each_other_where_one_story_tells_both() -> None:
    half = told("half", "Agency puts $75 million into fund", "With as much from Kyiv it has $150 million.")
    whole = told("whole", "$150 million for joint fund", "Both sides pay half.")
    another = told("another", "$40 million for joint fund", "Both sides pay half.")

    assert likeness(half, whole).parts["numbers in titles"] > 0
    assert likeness(half, another).parts["other numbers in titles"] < 0


@given(value=st.floats(10, 1e12), times=st.sampled_from([10, 100]))
def test_the_larger_of_two_numbers_of_the_same_digits_is_no_less_rare(value: float, times: int) -> None:
    whole = float(f"{value:.2g}")
    if 1900 <= whole <= 2100 or 1900 <= whole * times <= 2100:  # a year is no number
        return

    assert number_rarity(whole * times) >= number_rarity(whole)
