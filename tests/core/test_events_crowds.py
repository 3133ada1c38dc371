"""Very many stories that are alike: how much is compared, and what becomes of them."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.events import Features, Group, Reach, Rulings, block_keys, crowds, group, pair
from bot.core.events.likeness import FARTHEST, Likeness, likeness
from bot.core.words import Instrument, Stage
from tests.core.event_stories import decided, features_of, story
from tests.core.test_events_grouping import many_stories, neighbours

ON = decided(
    concepts="country.UZ country.US mineral.tungsten act.memo act.sign", act=(Instrument.MOU, Stage.SIGNED)
)
START = datetime(2026, 2, 1, tzinfo=UTC)
SYLLABLES = "ka to ri ba zhen ol mur gan sai tash ber kul ny or da lim sho ven pra gul".split()  # noqa: SIM905


def told(number: int, title: str, text: str) -> Features:
    return features_of(f"k{number:05}", title, text, START + timedelta(minutes=number), ON)


def a_name(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=4)).capitalize()


def of_one_kind(count: int) -> list[Features]:
    """Of the same states, mineral and act, each with names of its own."""
    chance = random.Random(1)
    stories = []
    for number in range(count):
        names = [a_name(chance) for _ in range(6)]
        text = f"In {names[2]} {names[3]} signed a memorandum with {names[4]} on the deposit at {names[5]}."
        stories.append(told(number, f"{names[0]} and {names[1]} agree on tungsten", text))
    return stories


def decrees(count: int) -> list[Features]:
    return [
        told(
            number, f"Decree No. {number} on tungsten signed", f"The ministry published decree No. {number}."
        )
        for number in range(1, count + 1)
    ]


def copies(count: int) -> list[Features]:
    text = "The ministry of geology said that the auction of the deposits in the north ended early on Monday."
    return [
        told(number, "Auction of northern deposits ends early, says ministry", text)
        for number in range(count)
    ]


def chain(count: int) -> list[Features]:
    """Each is like the next ones, and the first is like nothing of the last."""
    chance = random.Random(2)
    names = [a_name(chance) for _ in range(count + 12)]
    return [
        told(
            at,
            f"Uzbekistan signs on tungsten with {names[at]} and {names[at + 1]}",
            f"A memorandum was signed with {', '.join(names[at : at + 12])}.",
        )
        for at in range(count)
    ]  # fmt: skip


def counted(stories: Iterable[Features]) -> tuple[tuple[Group, ...], int]:
    """The groups, and how many pairs were compared."""
    pairs = []

    def compare(one: Features, other: Features) -> Likeness:
        pairs.append(pair(one.key, other.key))
        return likeness(one, other)

    groups = group(stories, compare=compare)
    assert len(pairs) == len(set(pairs)), "no pair is compared twice"
    return groups, len(pairs)


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is a crowd here would be none in earnest."""
    monkeypatch.setattr(crowds, "NEAREST", 8)
    monkeypatch.setattr(crowds, "OF_ONE_TEXT", 4)
    monkeypatch.setattr(crowds, "MOST_TOGETHER", 12)


@pytest.mark.parametrize("make", [of_one_kind, decrees, copies, chain])
def test_what_a_story_costs_does_not_grow_with_how_many_there_are(
    make: Callable[[int], list[Features]],
) -> None:
    few, many = counted(make(60))[1], counted(make(120))[1]

    assert few > 0
    assert many - few <= 1.2 * few


def test_a_series_that_differs_in_its_numbers_is_as_many_events() -> None:
    groups, _ = counted(decrees(40))

    assert len(groups) == 40


def test_a_text_that_comes_again_and_again_is_one_event_of_the_earliest_and_its_copies() -> None:
    (event,), compared = counted(copies(50))

    assert len(event.keys) == 50
    assert set(event.copies.values()) == {"k00000"}
    assert len(event.joins) == 49
    assert compared <= 50 * crowds.OF_ONE_TEXT


def test_one_happening_is_found_across_a_crowd_by_the_rare_words_it_shares() -> None:
    crowd = of_one_kind(40)
    text = "Kutessay and Orlovka: the memorandum of Zhanibek Dzhumagulov with Bolnisi covers Aktyuz as well."
    first = told(0, "Kutessay memorandum signed by Dzhumagulov", text)
    last = told(99, "Dzhumagulov and Bolnisi sign on Kutessay", "A memorandum on Kutessay, Orlovka, Aktyuz.")
    crowd = [replace(other, key=f"m{other.key}") for other in crowd]

    groups = group([first, *crowd, last])

    assert (first.key, last.key) in {made.keys for made in groups}


@pytest.mark.parametrize("make", [of_one_kind, copies, chain])
def test_the_order_in_which_a_crowd_is_given_changes_nothing(make: Callable[[int], list[Features]]) -> None:
    stories = make(60)
    before = group(stories)

    random.Random(3).shuffle(stories)

    assert group(stories) == before


def test_a_chain_without_end_is_taken_apart() -> None:
    groups = group(chain(60))

    sizes = [sum(len(made.keys) for made in groups if made.component == each.component) for each in groups]
    assert max(sizes) <= crowds.MOST_TOGETHER
    assert sorted(key for made in groups for key in made.keys) == [each.key for each in chain(60)]


def test_what_nothing_tells_apart_is_taken_apart_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowds, "OF_ONE_TEXT", 99)
    monkeypatch.setattr(crowds, "NEAREST", 99)

    groups = group(copies(60))

    assert max(len(made.keys) for made in groups) <= crowds.MOST_TOGETHER
    assert sum(len(made.keys) for made in groups) == 60


def test_one_copy_of_many_that_people_took_out_is_alone_and_the_others_stay_together() -> None:
    stories = copies(20)
    out = stories[9].key
    apart = frozenset(pair(out, other.key) for other in stories if other.key != out)

    groups = group(stories, Rulings(apart=apart))

    assert sorted(len(made.keys) for made in groups) == [1, 19]
    assert (out,) in {made.keys for made in groups}


def test_a_copy_that_people_joined_with_something_else_takes_the_others_along() -> None:
    stories = copies(20)
    (other,) = decrees(1)
    other = replace(other, key="other")

    (event,) = group([*stories, other], Rulings(same=frozenset({pair(stories[15].key, "other")})))

    assert len(event.keys) == 21


@settings(max_examples=60, deadline=None)
@given(many_stories(), st.randoms(use_true_random=False), st.integers(2, 5))
def test_one_after_another_gives_what_all_give_where_components_are_taken_apart(
    stories: list[Features], chance: random.Random, most: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crowds, "NEAREST", 99)
        patch.setattr(crowds, "OF_ONE_TEXT", 99)
        patch.setattr(crowds, "MOST_TOGETHER", most)
        chance.shuffle(stories)
        sizes = [chance.randint(1, 3) for _ in stories]

        formed = arriving(stories, sizes)

        assert {made.keys for made in formed.values()} == {made.keys for made in group(stories)}


def arriving(stories: Sequence[Features], sizes: Iterable[int]) -> dict[str, Group]:
    """The groups when so many come at a time, and only what they touch is grouped anew."""
    stored: dict[str, Features] = {}
    formed: dict[str, Group] = {}

    def near(one: Features) -> list[Features]:
        return neighbours(one, stored.values())

    at = 0
    for size in sizes:
        fresh = stories[at : at + size]
        at += size
        stored |= {each.key: each for each in fresh}
        reach, new = Reach(near), {each.key for each in fresh}
        worlds = [reach.component(each) for each in fresh]
        worlds += [reach.component(other) for each in fresh for other in reach.shaken(each, new)]
        for world in worlds:
            for made in group(world):
                formed.update(dict.fromkeys(made.keys, made))
    return formed


def test_stories_that_say_the_same_but_for_a_number_are_of_a_series_and_else_of_one_text() -> None:
    one, other = decrees(2)

    assert likeness(one, other).score == FARTHEST
    assert likeness(one, replace(one, key="again")).copy


def test_a_story_far_from_the_crowd_shares_too_few_keys_to_be_compared() -> None:
    lone = story("lone", "Tobol wins in Kostanay", "The derby in Kostanay was watched by thousands of fans.")

    assert all(len(block_keys(lone) & block_keys(other)) < 2 for other in of_one_kind(5))
