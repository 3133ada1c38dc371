from bot.core.measures import Judged, Label, calibration, macro_f1, measure
from bot.core.story import Decision
from bot.core.words import Tier


def judged(wanted: Tier, got: Tier, *, about: bool = True, score: float = 0.9) -> Judged:
    label = Label(wanted, {"policy": about}, frozenset({"KZ"}), frozenset(), "en")
    decision = Decision(
        got, ("policy",) if score >= 0.5 else (), {"policy": score}, "en", countries=("KZ", "UZ")
    )
    return Judged("id", "title", label, decision)


def test_a_tier_that_is_neither_wanted_nor_found_does_not_count() -> None:
    assert macro_f1([(Tier.NONE, Tier.NONE)] * 3 + [(Tier.CORE, Tier.CORE)]) == 1.0
    assert macro_f1([]) == 1.0


def test_flagged_asks_only_whether_people_would_see_it() -> None:
    measures = measure(
        [judged(Tier.CORE, Tier.REGION), judged(Tier.NONE, Tier.CORE), judged(Tier.MINERALS, Tier.NONE)]
    )

    assert measures.flagged.precision == measures.flagged.recall == 0.5
    assert len(measures.mistakes) == 3


def test_countries_are_counted_over_all_names() -> None:
    measures = measure([judged(Tier.CORE, Tier.CORE)])

    assert measures.countries is not None
    assert (measures.countries.precision, measures.countries.recall) == (0.5, 1.0)


def test_a_bin_says_how_often_its_scores_were_right() -> None:
    stories = [judged(Tier.NONE, Tier.NONE, about=n < 3, score=0.85) for n in range(4)]

    (one,) = calibration(stories, "policy")

    assert (one.low, one.high, one.count, one.right) == (0.8, 0.9, 4, 0.75)


def test_a_mistake_tells_what_the_decision_went_by() -> None:
    (mistake,) = measure([judged(Tier.NONE, Tier.CORE, about=False)]).mistakes

    assert "policy found wrongly at 0.90" in mistake.said[0]
