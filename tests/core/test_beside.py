"""Metals that a story names beside its own."""

from tests.core.reading import decide


def test_what_was_banned_before_is_set_aside_and_says_why() -> None:
    decision = decide(
        "China curbs exports of antimony",
        "The commerce ministry had already restricted gallium and germanium.",
    )

    assert decision.minerals == ("antimony",)
    assert {r.phrase for r in decision.against if r.note == "in passing, beside the story's own"} == {
        "gallium",
        "germanium",
    }


def test_a_metal_that_is_told_elsewhere_too_stays() -> None:
    decision = decide(
        "China curbs exports of antimony and gallium", "It had already restricted gallium from mines abroad."
    )

    assert decision.minerals == ("antimony", "gallium")


def test_where_no_other_metal_is_named_none_is_in_passing() -> None:
    decision = decide(
        "Beijing weighs its export controls", "It had already restricted gallium and germanium."
    )

    assert decision.minerals == ("gallium", "germanium")


def test_what_else_a_sentence_says_ends_with_it() -> None:
    decision = decide(
        "China curbs exports of antimony", "It had already restricted gallium. Tungsten needs a licence too."
    )

    assert decision.minerals == ("antimony", "tungsten")


def test_of_two_metals_of_one_firm_neither_is_the_storys() -> None:
    decision = decide(
        "Chile hands lithium licence to Codelco", "The nickel and copper giant must pay a royalty on lithium."
    )

    assert decision.minerals == ("lithium",)


def test_a_firm_stands_for_its_metal_where_none_is_named() -> None:
    alone = decide("Kazatomprom cuts its output plan", "The national company told the ministry of mining.")
    beside = decide(
        "Kazatomprom to explore for tantalum", "The ministry gave a licence for the tantalum deposit."
    )

    assert alone.minerals in {(), ("uranium",)}
    assert beside.minerals == ("tantalum",)
