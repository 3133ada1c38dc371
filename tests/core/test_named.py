"""What a story names: in any punctuation, in passing, in one breath with something else."""

import pytest

from bot.core.story import Article
from tests.core.reading import decide, understander


@pytest.mark.parametrize("after", ["", "»", ",", ".", ")", "?", ": дата названа", " – дата названа"])
def test_a_name_with_a_number_is_found_whatever_follows_it(after: str) -> None:
    title = f"Правительство сдаст в эксплуатацию Ёшлик-1{after}"

    found = [m for m in understander().mentions(Article(title, "", lang="ru")) if m.concept.kind == "mineral"]

    assert [(title[m.start : m.end], m.concept.value) for m in found] == [("Ёшлик-1", "copper")]


def test_a_neighbour_named_once_late_and_alone_is_in_passing_and_early_it_is_not() -> None:
    title = "Kyrgyzstan restarts its antimony smelter"
    rest = (
        "The cabinet paid off the debts of the works and put the state geology company in charge of them. "
        "Furnaces were lit on Monday after three idle years, and two hundred workers were called back."
    )

    late = decide(title, f"{rest} Concentrate comes from Tajikistan.")
    early = decide(title, f"Tajikistan sends the concentrate. {rest}")
    together = decide(title, f"{rest} Kyrgyzstan and Tajikistan share the costs.")

    assert late.countries == ("KG",)
    assert any(r.phrase == "Tajikistan" and "once and late" in r.note for r in late.against)
    assert early.countries == together.countries == ("KG", "TJ")


def test_two_common_metals_in_one_breath_open_a_story_and_one_alone_does_not() -> None:
    title = "Tajikistan offers its great silver deposit again"

    both = decide(title, "The ministry of industry counts on lead and zinc, too, says the tender.")
    one = decide(title, "The ministry of industry counts on zinc, too, says the tender.")

    assert both.minerals == ("lead", "silver", "zinc")
    assert one.minerals == ("silver",)


def test_a_mine_stands_for_its_metal_where_no_metal_is_named_outright() -> None:
    title = "Uzbekistan offers germanium from ash heaps at tender"
    beside = decide(
        title, "The ministry of geology lists heaps at Ingichka and Angren; germanium is in both."
    )
    alone = decide(
        "Uzbekistan offers ore heaps at tender", "The ministry of geology lists those of Ingichka."
    )
    titled = decide("Uzbekistan offers germanium and Ingichka's heaps at tender", "The ministry lists both.")

    assert beside.minerals == ("germanium",)
    assert alone.minerals == ("tungsten",)
    assert titled.minerals == ("germanium", "tungsten")


def test_a_story_on_the_region_is_about_the_two_or_three_that_it_names() -> None:
    title = "Congress moves to scrap a trade curb on Central Asia"
    two = decide(
        title, "The bill ends the Jackson-Vanik amendment for Kazakhstan and Uzbekistan, senators said."
    )
    none = decide(title, "The bill ends the Jackson-Vanik amendment for Central Asian states, senators said.")
    meeting = decide(
        "Congress hosts Central Asia summit", "Ministers of Kazakhstan and Uzbekistan spoke first."
    )

    assert two.countries == ("KZ", "UZ")
    assert none.countries == meeting.countries == ("KZ", "KG", "TJ", "TM", "UZ")


def test_a_city_where_a_match_is_played_says_nothing_of_its_country() -> None:
    played = decide("Judoka wins gold in Tashkent", "He gave Kazakhstan's team its third medal on the mats.")
    signed = decide(
        "Ministers sign power deal in Tashkent",
        "Kazakhstan's energy minister signed an agreement on exports of electricity with Tashkent.",
    )

    assert played.countries == ("KZ",)
    assert signed.countries == ("KZ", "UZ")


@pytest.mark.parametrize(("of", "told"), [("Tajikistan", ("TJ",)), ("Uzbekistan", ("UZ",))])
def test_a_town_that_two_states_have_is_of_the_one_that_is_named(of: str, told: tuple[str, ...]) -> None:
    decision = decide(
        f"ADB lends {of} $80 million for a power line",
        f"The board approved a loan to the government of {of} for a line to Nurobod.",
    )

    assert decision.countries == told


def test_a_text_of_two_sentences_names_a_neighbour_in_passing_too() -> None:
    short = decide(
        "Tajikistan summons Russian ambassador over migrants",
        "The ministry handed him a note: in a week a thousand citizens were turned away at the airport, "
        "the minister said. There were like complaints in Kyrgyzstan.",
    )

    assert short.countries == ("TJ",)
