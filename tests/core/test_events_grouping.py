"""Stories into events: joined, kept apart, whatever the order, and as people ruled."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.events import (
    SHARED_KEYS,
    WINDOW_DAYS,
    Features,
    Group,
    Reach,
    Rulings,
    block_keys,
    features,
    group,
    pair,
    unpack,
)  # fmt: skip
from bot.core.events.likeness import FARTHEST, LIKEST, likeness
from bot.core.words import Instrument, Stage
from tests.core.event_stories import at, decided, story, uz_us_mou_2024, uz_us_mou_2026


def events(stories: Iterable[Features], ruled: Rulings | None = None) -> set[tuple[str, ...]]:
    return {made.keys for made in group(stories, ruled or Rulings())}


def test_reports_of_one_signing_in_two_languages_are_one_event() -> None:
    assert events(uz_us_mou_2026()) == {("mou-en-1", "mou-en-2", "mou-ru-1")}


def test_two_memoranda_of_the_same_states_are_two_events() -> None:
    found = events([*uz_us_mou_2026(), *uz_us_mou_2024()])

    assert found == {("mou-en-1", "mou-en-2", "mou-ru-1"), ("old-en-1", "old-en-2")}


def test_they_are_two_events_even_when_nobody_knows_when_the_stories_came() -> None:
    undated = [replace(told, when=None) for told in (*uz_us_mou_2026(), *uz_us_mou_2024())]

    found = events(undated)

    assert not any({"mou-en-1", "old-en-1"} <= set(keys) for keys in found)
    assert ("old-en-1", "old-en-2") in found


def test_two_papers_of_one_visit_are_two_events() -> None:
    rail = decided(concepts="country.KZ country.CN act.infra", act=(Instrument.AGREEMENT, Stage.SIGNED))
    gas = decided(
        concepts="country.KZ country.CN ore.oil act.offtake", act=(Instrument.OFFTAKE, Stage.SIGNED)
    )
    same_day = [
        story("rail-1", "Kazakhstan and China agree on a second track to Dostyk",
              "The railway agreement signed in Astana doubles the line from Moyynty to Dostyk.",
              day="2025-06-17", decision=rail),
        story("rail-2", "Moyynty line to get a second track under deal with China",
              "Kazakhstan Temir Zholy signed the agreement on the railway to Dostyk in Astana.",
              day="2025-06-17", decision=rail),
        story("gas-1", "QazaqGaz to sell PetroChina more gas",
              "The supply contract signed in Astana lets PetroChina take ten billion cubic metres a year.",
              day="2025-06-17", decision=gas),
        story("gas-2", "PetroChina signs for Kazakh gas",
              "QazaqGaz will supply ten billion cubic metres under the contract.",
              day="2025-06-17", decision=gas),
    ]  # fmt: skip

    assert events(same_day) == {("gas-1", "gas-2"), ("rail-1", "rail-2")}


def test_what_leaders_and_places_alone_share_joins_nothing() -> None:
    stories = [
        story("floods", "Tokayev visits flooded villages",
              "Kassym-Jomart Tokayev flew to Kulsary from Astana.",
              day="2024-04-14", decision=decided(concepts="country.KZ person.tokayev")),
        story("chess", "Tokayev opens chess olympiad",
              "In Astana Kassym-Jomart Tokayev greeted grandmasters.",
              day="2024-04-14", decision=decided(concepts="country.KZ person.tokayev")),
    ]  # fmt: skip

    assert len(group(stories)) == 2


def test_a_wire_text_under_another_address_is_a_copy_of_the_earlier_one() -> None:
    text = (
        "Kutessay II holds most of the rare earths of Kyrgyzstan, and the licence for it was sold at an "
        "auction on Thursday to a company from Kant that plans a plant near Orlovka by the end of next year."
    )
    first = story("b-wire", "Licence for Kutessay II sold", text, day="2026-01-15")
    second = story(
        "a-copy", "Licence for Kutessay sold at auction", text + " More follows.", day="2026-01-16"
    )

    (event,) = group([second, first])

    assert event.copies == {"a-copy": "b-wire"}


def test_a_join_says_what_both_stories_hold() -> None:
    (event,) = group(uz_us_mou_2026()[:2])

    (join,) = event.joins
    assert {join.one, join.other} == {"mou-en-1", "mou-en-2"}
    assert "person.saidov" in join.shared
    assert join.score > 0
    assert not join.ruled


def test_two_stories_of_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="two stories have the key"):
        group([uz_us_mou_2026()[0], uz_us_mou_2026()[0]])


def test_people_split_what_was_joined_and_join_what_was_split() -> None:
    stories = [*uz_us_mou_2026(), *uz_us_mou_2024()]
    ruled = Rulings(
        same=frozenset({pair("mou-en-1", "old-en-1")}), apart=frozenset({pair("mou-en-1", "mou-ru-1")})
    )

    found = events(stories, ruled)

    together = next(keys for keys in found if "mou-en-1" in keys)
    assert "old-en-1" in together
    assert "mou-ru-1" not in together


def test_a_ruling_that_two_are_the_same_reaches_over_years() -> None:
    far = [uz_us_mou_2026()[0], uz_us_mou_2024()[0]]

    (event,) = group(far, Rulings(same=frozenset({pair(far[0].key, far[1].key)})))

    assert event.joins[0].ruled


def test_features_survive_being_stored() -> None:
    for told in uz_us_mou_2026():
        assert unpack(told.packed()) == told


def test_features_of_another_version_are_made_anew() -> None:
    packed = uz_us_mou_2026()[0].packed()

    assert unpack(packed.replace('"v":', '"v":9')) is None


def test_a_naive_moment_is_refused() -> None:
    naive = at("2026-02-04").replace(tzinfo=None)

    with pytest.raises(ValueError, match="naive"):
        features(key="k", title="t", text="x", lang="en", source="s", when=naive, decision=decided())


_SAYING = (
    "auction licence Kutessay Kumtor Ingichka smelter quota royalty Navoi Pavlodar railway corridor reserve"
)
_WORDS = tuple(_SAYING.split())
_CONCEPTS = (
    "country.KZ",
    "country.UZ",
    "mineral.tungsten",
    "act.memo",
    "act.tender",
    "body.dfc",
    "person.saidov",
)


@st.composite
def many_stories(draw: st.DrawFn, most: int = 14) -> list[Features]:
    """Stories that share enough to be joined now and then, with and without dates.

    A number a story is drawn, and the rest made of it: to draw each word took longer than to group them.
    """
    numbers = draw(st.lists(st.integers(0, 2**32 - 1), min_size=2, max_size=most))
    return [_made_of(f"k{at:02}", number) for at, number in enumerate(numbers)]


def _made_of(key: str, number: int) -> Features:
    chance = random.Random(number)
    words = chance.sample(_WORDS, chance.randint(4, 8))
    concepts = chance.sample(_CONCEPTS, chance.randint(0, 4))
    day = chance.choice((None, chance.randint(1, 28)))
    return story(
        key,
        " ".join(words[:4]),
        f"It is about {' and '.join(words)}.",
        day=f"2026-02-{day:02}" if day else None,
        decision=decided(concepts=" ".join(sorted(concepts))),
    )


@settings(max_examples=60, deadline=None)
@given(many_stories(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(stories: list[Features], chance: random.Random) -> None:
    before = group(stories)
    chance.shuffle(stories)

    assert group(stories) == before


@settings(max_examples=60, deadline=None)
@given(many_stories(), many_stories(3))
def test_every_story_is_in_one_group_and_copies_point_into_it(
    stories: list[Features], more: list[Features]
) -> None:
    all_stories = [*stories, *(replace(told, key=f"m{told.key}") for told in more)]

    groups = group(all_stories)

    assert sorted(key for made in groups for key in made.keys) == sorted(told.key for told in all_stories)
    for made in groups:
        assert {*made.copies, *made.copies.values()} <= set(made.keys)
        assert made.component <= made.keys[0]
        assert len(made.joins) == len(made.keys) - 1


@settings(max_examples=60, deadline=None)
@given(many_stories(), st.randoms(use_true_random=False))
def test_one_story_after_another_gives_what_all_at_once_give(
    stories: list[Features], chance: random.Random
) -> None:
    chance.shuffle(stories)
    stored: dict[str, Features] = {}
    formed: dict[str, Group] = {}

    for new in stories:
        touched = Reach(lambda one: neighbours(one, stored.values())).component(new)
        stored[new.key] = new
        for made in group(touched):
            formed.update(dict.fromkeys(made.keys, made))

    assert {made.keys for made in formed.values()} == events(stories)


def neighbours(story: Features, stored: Iterable[Features]) -> list[Features]:
    """What a store finds: stories within the window that share enough keys."""
    window = timedelta(days=WINDOW_DAYS)
    return [
        other
        for other in stored
        if len(block_keys(story) & block_keys(other)) >= SHARED_KEYS
        and (story.when is None or other.when is None or abs(story.when - other.when) <= window)
    ]


@settings(max_examples=60, deadline=None)
@given(many_stories(5))
def test_likeness_is_the_same_from_both_sides_and_within_bounds(stories: list[Features]) -> None:
    for one in stories:
        for other in stories:
            found = likeness(one, other)
            assert found == likeness(other, one)
            assert FARTHEST <= found.score <= LIKEST
        assert likeness(one, one).copy


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.text(max_size=400), st.sampled_from(["en", "ru", "uz", "zh", "de", "und"]))
def test_any_text_can_be_grouped(title: str, text: str, lang: str) -> None:
    one = story("one", title, text, lang=lang)

    assert unpack(one.packed()) == one
    assert events([one, replace(one, key="two")]) in ({("one", "two")}, {("one",), ("two",)})
