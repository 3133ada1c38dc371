"""What the names of titles say of two stories, and what one reading of an act says in several ways."""

from itertools import permutations

import pytest

from bot.core.events import Features, group, headline
from bot.core.events.likeness import WEIGHTS, likeness
from bot.core.words import Instrument, Stage
from tests.core.event_stories import decided, story
from tests.core.test_events_alike import read
from tests.core.test_events_told import told as report

DAY = "2025-09-09"


def told(key: str, title: str, text: str, *, day: str | None = DAY) -> Features:
    return read(key, title, text, day=day)


def deal(day: str | None = DAY) -> Features:
    return told(
        "deal", "Borealia agrees merger with Teckland", "The two want to dig copper together.", day=day
    )


def doubt(day: str | None = None) -> Features:
    return told(
        "doubt", "Minister looks closely at the deal", "Head offices of Teckland have to stay.", day=day
    )


@pytest.mark.parametrize(
    ("one", "other", "speaks"),
    [
        (DAY, None, True),
        (DAY, "2025-09-11", True),
        (None, None, False),  # it may be of any year
        (DAY, "2025-09-15", False),
    ],
)
def test_a_name_of_a_title_that_the_other_story_tells_speaks_for_one_event(
    one: str | None, other: str | None, speaks: bool
) -> None:
    parts = likeness(deal(one), doubt(other)).parts

    assert parts.get("name in a title", 0.0) == (WEIGHTS["name in a title"] if speaks else 0.0)


def test_two_titles_that_name_two_bodies_are_not_joined_by_the_one_that_both_tell() -> None:
    halts = told("halts", "Bank halts the cards of Visana", "Keremeta was put under sanctions.")
    listed = told("listed", "Treasury lists the bank of Keremeta", "It helped to evade sanctions.")

    assert "name in a title" not in likeness(halts, listed).parts


def test_a_name_that_begins_a_sentence_is_no_other_name() -> None:
    whole = told(
        "whole",
        "Three firms told to sell",
        "Among them are Ultra of Alberton, Lacroix and Brunswik. Sinomin too.",
    )
    part = told(
        "part", "Miner told to part with owner", "The shares of Sinomin, of Lakevil and of Casemont must go."
    )

    assert "other names" not in likeness(whole, part).parts


def test_the_number_of_a_conference_is_no_count() -> None:
    one = told("one", "Talks on joining go on", "They want to join before the 14th ministerial conference.")
    other = told("other", "Protocol with partner signed", "It is to join by the 14th ministerial conference.")
    counts = told("counts", "Fourteen wells", "They drilled 14 wells before the conference.")

    assert "numbers" not in likeness(one, other).parts
    assert "numbers" not in likeness(one, counts).parts


def test_pounds_of_ore_contradict_no_profit_and_another_profit_does() -> None:
    ore = told("ore", "Output falls", "It will dig 8 million pounds less.")
    profit = told("profit", "Output falls", "Profit fell to 263 billion.")
    another = told("another", "Output falls", "Profit fell to 190 billion that year.")

    assert "other amounts" not in likeness(ore, profit).parts
    assert likeness(profit, another).parts["other amounts"] < 0


def test_what_one_reading_of_the_act_says_in_several_ways_counts_once() -> None:
    law = story(
        "law", "Law on mines", "", decision=decided(act=(Instrument.LAW, Stage.SIGNED), parties=("KZ",))
    )
    loan = story(
        "loan",
        "Loan for mines",
        "",
        decision=decided(act=(Instrument.FINANCING, Stage.SIGNED), parties=("US",)),
    )

    parts = likeness(law, loan).parts
    assert parts["other parties"] == WEIGHTS["other parties"]
    assert WEIGHTS["other acts"] < parts["other acts"] < 0
    assert parts == likeness(loan, law).parts


def test_names_of_titles_group_the_same_in_any_order() -> None:
    stories = [deal(), doubt(), told("price", "Shares of Teckland leap", "Borealia gains as well.")]

    first, *others = [group(order) for order in permutations(stories)]

    assert all(made == first for made in others)


def test_a_remark_heads_no_event_that_another_report_tells() -> None:
    news = report("news", "Pentagon to become largest shareholder in rare earth miner")
    shares = report("shares", "Rare earth miner soars on move by Pentagon to become shareholder")

    assert headline([shares, news], "en") is news
    assert headline([shares], "en") is shares
