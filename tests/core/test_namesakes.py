"""What is called by a metal, and stories on metals in which nobody leads."""

import pytest

from bot.core.words import Tier
from tests.core.reading import decide


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Bismuth Partners raises $40m fund for clinics",
            "The Leeds firm signed up the British Business Bank.",
        ),
        ("‘Niobium’ renewed for a third season", "The drama on a state ministry and its mine begins in May."),
        (
            "Antimony, a band from Leeds, signs with a label",
            "Antimony will tour and the council gave a grant.",
        ),
        ("Indium’s founder sells to a rival", "The app is banned in two states. Indium has 40 employees."),
    ],
)
def test_who_is_called_by_a_metal_makes_no_story_on_it(title: str, text: str) -> None:
    decision = decide(title, text)

    assert decision.tier is Tier.NONE
    assert "a name that borrows it" in {reason.note for reason in decision.against}


def test_a_firm_of_the_metal_tells_of_it_in_small_letters() -> None:
    decision = decide(
        "Ottawa lends Niobium West the cost of a mine",
        "The ministry said that niobium ore would stay at home.",
    )

    assert decision.tier is Tier.MINERALS
    assert decision.minerals == ("niobium",)


def test_a_title_in_large_letters_names_nothing_by_them() -> None:
    assert decide("Canada Bans Niobium Exports To China", "").tier is Tier.MINERALS


def test_a_metal_that_nobody_with_power_deals_in_makes_no_policy() -> None:
    text = "Divers bought the ore by the ton and sold it on, says a collector."

    assert decide("Why old anchors hold titanium", text).tier is Tier.NONE
    assert decide("Why parliament banned titanium anchors", text).tier is Tier.MINERALS


def test_a_market_title_is_policy_where_it_names_a_state() -> None:
    text = "Beijing had announced an export ban on the metal. Shares of producers were bought by funds."

    assert decide("Antimony futures hit record", text).tier is Tier.NONE
    assert decide("Antimony futures hit record after China bans exports", text).tier is Tier.MINERALS


def test_what_was_produced_is_news_of_ours_alone() -> None:
    text = "Production reached 23,000 tonnes last year, the company said."

    assert decide("Kazatomprom uranium output up 10%", text).tier is Tier.CORE
    assert decide("Cameco uranium output up 10%", text).tier is Tier.NONE


def test_noise_of_a_text_turns_no_metal_of_a_title_in_which_a_state_does_something() -> None:
    text = "Minister Aurora Williams said that companies may apply until June."

    assert decide("Chile opens tender for lithium salt flats", text).tier is Tier.MINERALS


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        (
            "The parish council gave a grant. Volunteers will sell bread and stamps all week. "
            + 60 * "-"
            + " An old zinc mine is near.",
            Tier.NONE,
        ),
        (
            "The parish council gave a grant. Volunteers sell cheese. The ministry put a tax on zinc.",
            Tier.MINERALS,
        ),
    ],
)
def test_who_leads_does_so_in_what_the_story_is_over(text: str, tier: Tier) -> None:
    assert decide("Zinc and cheese: how a hamlet bought its shop", text).tier is tier


def test_how_to_do_something_in_one_of_the_five_is_no_policy() -> None:
    text = "Согласие второго родителя заверяет нотариус. Закон действует с 2024 года."

    assert decide("Как оформить выезд ребёнка из Казахстана", text).tier is Tier.NONE
