"""The policy record of an event: every value that was told, the best told one first."""

from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.actions.accounts import Account, Claim, disagreement
from bot.core.actions.merging import ActionRecord, Telling, accounts, merge_all
from bot.core.story import Action, Money
from bot.core.words import Instrument, Stage


def action(
    instrument: Instrument, stage: Stage, *, amount: float = 0, day: date | None = None, said: str = ""
) -> Action:
    money = Money(amount, "USD", "text", 0, 1) if amount else None
    return Action(
        instrument, stage, ("US", "UZ"), minerals=("tungsten",), amount=money, day=day, sentence=said
    )


SIGNED = action(Instrument.MOU, Stage.SIGNED, said="They signed it.")
PLANNED = action(Instrument.MOU, Stage.ANNOUNCED, said="They will sign it.")
VISIT = action(Instrument.VISIT, Stage.IN_FORCE, said="He came.")
TALK = action(Instrument.STATEMENT, Stage.NONE, said="He spoke.")


def record(*stories: tuple[Action, ...]) -> ActionRecord:
    return merge_all(Telling(f"s{n}", f"outlet{n}.test", told) for n, told in enumerate(stories))[0]


def test_what_most_stories_tell_first_is_believed() -> None:
    merged = record((SIGNED, VISIT), (SIGNED,), (VISIT,))

    assert (merged.instrument, merged.stage) == (Instrument.MOU, Stage.SIGNED)
    assert [claim.value for claim in merged.instruments] == [Instrument.MOU, Instrument.VISIT]


def test_a_contradiction_stays_visible_with_who_says_it() -> None:
    merged = record((SIGNED,), (SIGNED,), (PLANNED,))

    assert [claim.value for claim in merged.stages] == [Stage.SIGNED, Stage.ANNOUNCED]
    assert merged.contradicted == ("stage",)
    (said,) = merged.stages[1].said
    assert (said.story, said.source, said.sentence) == ("s2", "outlet2.test", "They will sign it.")


def test_a_day_that_only_stories_about_another_side_name_is_filled_in() -> None:
    dated = replace(VISIT, day=date(2026, 2, 4))

    assert record((SIGNED,), (SIGNED,), (dated,)).action.day == date(2026, 2, 4)
    assert record((replace(SIGNED, day=date(2026, 2, 5)),), (SIGNED,), (dated,)).action.day == date(
        2026, 2, 5
    )


def test_amounts_are_listed_and_never_averaged() -> None:
    loans = [action(Instrument.FINANCING, Stage.SIGNED, amount=amount) for amount in (2.3e9, 2.3e9, 4.7e9)]
    merged = record(*[(loan,) for loan in loans])

    assert [claim.value for claim in merged.amounts] == [(2.3e9, "USD"), (4.7e9, "USD")]
    assert [len(claim.said) for claim in merged.amounts] == [2, 1]
    assert "amount" in merged.contradicted


def test_where_as_many_tell_each_the_further_stage_is_believed() -> None:
    assert record((PLANNED,), (SIGNED,)).stage is Stage.SIGNED


def test_one_story_that_tells_of_a_deed_outweighs_one_that_only_talks() -> None:
    assert record((TALK,), (VISIT,)).instrument is Instrument.VISIT


def test_a_copy_has_no_vote_but_is_listed() -> None:
    merged, *_ = merge_all(
        [
            Telling("a", "a.test", (SIGNED,)),
            *(Telling(f"b{n}", "b.test", (VISIT,), weight=0) for n in range(5)),
        ]
    )

    assert merged.instrument is Instrument.MOU
    assert len(merged.instruments[1].said) == 5


def test_the_action_is_told_in_the_words_of_one_who_says_what_is_believed() -> None:
    loan = action(Instrument.MOU, Stage.SIGNED, amount=4e8, day=date(2026, 6, 3), said="$400 million it is.")
    merged = record((PLANNED,), (loan,), (SIGNED,))

    assert merged.action.sentence == merged.said[0].sentence == "$400 million it is."
    assert (merged.said[0].story, len(merged.said)) == ("s1", 3)


def test_what_the_chosen_words_leave_open_is_told_by_others() -> None:
    planned = action(Instrument.MOU, Stage.ANNOUNCED, amount=4e8, day=date(2026, 6, 3))
    merged = record((SIGNED,), (SIGNED,), (planned,))

    assert merged.action.sentence == SIGNED.sentence
    assert merged.action.amount == planned.amount
    assert merged.action.day == planned.day


def test_a_state_that_few_name_is_no_party() -> None:
    odd = replace(SIGNED, parties=("TR", "US", "UZ"))

    assert record((SIGNED,), (SIGNED,), (SIGNED,), (odd,)).action.parties == ("US", "UZ")


def test_each_instrument_is_an_action_of_its_own_unless_hardly_anyone_tells_of_it() -> None:
    def told(*stories: tuple[Action, ...]) -> list[Instrument]:
        tellings = [Telling(f"s{n}", f"outlet{n}.test", acts) for n, acts in enumerate(stories)]
        return [one.action.instrument for one in merge_all(tellings)]

    assert told((SIGNED, VISIT)) == [Instrument.MOU, Instrument.VISIT]
    assert told((SIGNED,), (PLANNED,)) == [Instrument.MOU]
    assert told((SIGNED, VISIT), (SIGNED,), (SIGNED,)) == [Instrument.MOU]
    assert told() == []


def test_an_account_says_by_the_ids_of_stories_who_tells_what() -> None:
    loan = action(Instrument.MOU, Stage.SIGNED, amount=2.3e9, day=date(2026, 6, 3))
    tellings = [Telling("a", "a.test", (PLANNED,)), Telling("b", "b.test", (loan,))]

    (account,) = accounts(merge_all(tellings), {"a": 7, "b": 8})

    assert (account.story, account.stories) == (8, (8, 7))
    assert account.stages == (Claim("signed", (8,)), Claim("announced", (7,)))
    assert account.amounts == (Claim("2300000000 USD", (8,)),)
    assert account.days == (Claim("2026-06-03", (8,)),)
    assert account.contradicted == ("stage",)


def test_a_story_that_names_the_believed_amount_beside_another_does_not_contradict_it() -> None:
    loan, cost = (action(Instrument.FINANCING, Stage.ANNOUNCED, amount=sum_) for sum_ in (9e8, 1.1e9))
    sums = tuple(money for one in (loan, cost) if (money := one.amount))
    lenders = [Telling(name, f"{name}.test", (loan,)) for name in "ab"]

    (both,) = merge_all([*lenders, Telling("c", "c.test", (cost,), sums=sums)])
    (other,) = merge_all([*lenders, Telling("c", "c.test", (cost,), sums=sums[1:])])

    assert [(claim.value, len(claim.said)) for claim in both.amounts] == [((9e8, "USD"), 3)]
    assert both.contradicted == ()
    assert other.contradicted == ("amount",)


def test_what_is_told_differently_is_counted_by_outlets_and_not_by_stories() -> None:
    stages = (Claim("signed", (1, 2)), Claim("negotiated", (3, 9)))
    amounts = (Claim("2300000000 USD", (1,)), Claim("4700000000 USD", (3,)), Claim("4.7 EUR", (3,)))
    account = Account(1, (1, 2, 3), stages, amounts)

    said = disagreement(account, {1: "a.test", 2: "a.test", 3: "b.test"}, {})

    assert said == (
        "amount: USD 2.3 bn (1 source), USD 4.7 bn (1 source); "
        "stage: signed (1 source), negotiated (1 source)"
    )
    assert disagreement(Account(1, (1,), stages[:1]), {1: "a.test"}, {}) == ""


@pytest.mark.parametrize(
    ("believed", "other", "contradicts"),
    [
        ("signed", "announced", False),
        ("ratified", "announced", False),
        ("signed", "negotiated", True),
        ("in_force", "suspended", True),
        ("in_force", "proposed", True),
        ("in_force", "announced", False),
        ("suspended", "announced", False),
        ("signed", "in_force", False),
        ("signed", "none", False),
    ],
)
def test_a_stage_contradicts_another_unless_both_can_be_so_or_news_went_on(
    believed: str, other: str, contradicts: bool
) -> None:
    account = Account(1, (1, 2), (Claim(believed, (1,)), Claim(other, (2,))))
    sources = {1: "a.test", 2: "b.test"}
    early, late = datetime(2026, 2, 4, tzinfo=UTC), datetime(2026, 2, 5, tzinfo=UTC)

    together = disagreement(account, sources, {1: late, 2: late})
    ends = believed == "in_force" and other == "suspended"
    overtaken = disagreement(account, sources, {1: early, 2: late} if ends else {1: late, 2: early})

    assert bool(together) is contradicts
    assert overtaken == ""


def test_an_event_without_any_action_has_no_record() -> None:
    assert merge_all([Telling("s0", "outlet0.test", ()), Telling("s1", "outlet1.test", ())]) == ()


stories = st.lists(
    st.lists(st.sampled_from([SIGNED, PLANNED, VISIT, TALK]), min_size=1, max_size=3).map(tuple),
    min_size=1,
    max_size=6,
)


@given(stories, st.randoms(use_true_random=False))
def test_the_order_of_the_stories_does_not_matter(told: list[tuple[Action, ...]], random: Random) -> None:
    tellings = [Telling(f"s{n}", "x.test", actions) for n, actions in enumerate(told)]
    shuffled = list(tellings)
    random.shuffle(shuffled)

    merged = merge_all(tellings)
    assert merge_all(shuffled) == merged
    everything = sum(len(actions) for actions in told)
    assert sum(len(claim.said) for claim in merged[0].instruments) == everything
