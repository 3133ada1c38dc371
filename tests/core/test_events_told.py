"""How an event is told, weighed, kept and linked to what it follows."""

from datetime import timedelta

import pytest

from bot.core.events import (
    Follows,
    Group,
    Knot,
    Seen,
    Told,
    chains,
    headline,
    independent,
    keep_ids,
    rank,
    record,
    summary,
    threads,
)  # fmt: skip
from bot.core.story import Action, Decision, Money
from bot.core.words import FeedKind, Instrument, Stage, Tier
from tests.core.event_stories import at

SIGNED = Action(Instrument.MOU, Stage.SIGNED, parties=("US", "UZ"))
SAID = Action(Instrument.STATEMENT, Stage.NONE)


def told(
    key: str,
    title: str,
    text: str = "",
    *,
    lang: str = "en",
    kind: FeedKind = FeedKind.INDEPENDENT,
    day: str = "2026-02-05",
    copy_of: str | None = None,
    actions: tuple[Action, ...] = (SIGNED,),
    tier: Tier = Tier.CORE,
    source: str = "",
) -> Told:
    decision = Decision(tier, (), {}, lang, countries=("UZ",), minerals=("tungsten",), actions=actions)
    return Told(key, title, text, source or f"{key}.test", lang, at(day), decision, kind, copy_of)


EN = told(
    "en",
    "Uzbekistan and the US sign a memorandum on tungsten",
    "Uzbekistan and the United States signed a memorandum on tungsten in Washington on 4 February 2026. "
    "The weather was fine that day, and the delegation went to see a museum after lunch.",
)
ODD = told(
    "odd", "What does it all mean?", "Uzbekistan and the United States signed a memorandum on tungsten."
)
RU = told(
    "ru", "Узбекистан и США подписали меморандум по вольфраму", "Документ подписан 4 февраля.", lang="ru"
)


def test_the_headline_is_in_the_readers_language_when_there_is_one() -> None:
    assert headline([EN, ODD, RU], "ru").key == "ru"
    assert headline([EN, ODD, RU], "en").key == "en"
    assert headline([EN, ODD, RU], "kk").key == "en"


def test_a_headline_that_says_what_the_others_say_is_preferred_to_a_question() -> None:
    assert headline([ODD, EN], "en").key == "en"


def test_a_report_of_the_act_heads_the_event_before_an_official_read_out_of_the_talks() -> None:
    talks = Action(Instrument.SUMMIT, Stage.IN_FORCE, parties=("US", "UZ"))
    title = "Uzbekistan and the United States discuss tungsten in Washington"
    official = told("official", title, EN.text, kind=FeedKind.OFFICIAL, actions=(talks,))
    sealed = told("sealed", "Uzbekistan and the United States seal a tungsten pact", EN.text)

    assert headline([official, sealed], "en").key == "sealed"
    assert headline([official], "en").key == "official"


def test_the_summary_is_a_sentence_of_one_report_with_its_source() -> None:
    found = summary([EN, ODD], "en")

    assert found.text
    assert found.text in next(story.text for story in (EN, ODD) if story.key == found.key)
    assert "museum" not in found.text
    assert found.source == f"{found.key}.test"


@pytest.mark.parametrize(
    "whence", ["TASHKENT, Feb 5 (Reuters) - ", "Tashkent, July 2 (Trend) - ", "(UzA) – "]
)
def test_a_summary_begins_after_the_line_that_says_whence_it_is_reported(whence: str) -> None:
    agency = told("agency", EN.title, whence + EN.text)

    assert summary([agency], "en").text == summary([EN], "en").text


def test_the_summary_tells_what_the_headline_says_and_is_of_the_same_report() -> None:
    talks = (Action(Instrument.VISIT, Stage.IN_FORCE, parties=("US", "UZ")),)
    meeting = "The secretary received the foreign minister of Uzbekistan in Washington on 4 February 2026."
    read_out = told("read-out", "Two meet", meeting, kind=FeedKind.OFFICIAL, actions=talks)
    third = told("third", "In Washington", meeting, actions=talks)

    assert headline([read_out, EN, third], "en").key == "en"
    assert summary([read_out, EN, third], "en").key == "en"


def test_a_headline_whose_report_tells_something_else_is_summed_up_by_another_report() -> None:
    aside = told(
        "aside", EN.title, "The weather was fine that day, and lunch was late at the museum of arts."
    )

    assert headline([aside], "en").key == "aside"
    assert summary([aside, ODD], "en").key == "odd"


def test_an_event_without_stories_cannot_be_told() -> None:
    with pytest.raises(ValueError, match="no headline"):
        headline([], "en")


def test_copies_and_second_stories_of_a_source_are_no_independent_sources() -> None:
    stories = [EN, told("copy", EN.title, copy_of="en"), told("again", "More", source="en.test")]

    assert independent(stories) == ("en.test",)


def score(stories: list[Told], **changed: object) -> float:
    event = {
        "tier": Tier.CORE,
        "countries": ("UZ",),
        "minerals": ("tungsten",),
        "actions": (SIGNED,),
    } | changed
    return rank(stories, **event).value  # type: ignore[arg-type]


def test_the_score_is_the_sum_of_its_parts() -> None:
    found = rank([EN, RU], tier=Tier.CORE, countries=("UZ",), minerals=(), actions=(SIGNED,))

    assert found.value == pytest.approx(sum(part for _, part in found.parts))
    assert found.parts[0] == ("tier core", 40.0)


def test_money_that_is_promised_weighs_less_than_money_that_is_signed_for() -> None:
    def weight(stage: Stage) -> float:
        loan = Action(Instrument.FINANCING, stage, amount=Money(2.6e9, "USD", "text", 0, 1))
        found = rank([EN], tier=Tier.CORE, countries=("KZ",), minerals=(), actions=(loan,))
        return dict(found.parts)["amount"]

    assert weight(Stage.SIGNED) > weight(Stage.ANNOUNCED) > weight(Stage.PROPOSED)


def test_what_weighs_more_is_ranked_higher() -> None:
    rich = Action(Instrument.MOU, Stage.SIGNED, amount=Money(2.6e9, "USD", "text", 0, 1))
    before = Seen(("UZ",), ("tungsten",), Instrument.MOU)

    assert score([EN, RU]) > score([EN])  # more sources
    assert score([EN]) > score([EN], tier=Tier.REGION)
    assert score([EN]) > score([EN], actions=(SAID,))
    assert score([EN], actions=(rich,)) > score([EN])
    assert score([EN]) > score([EN], recent=[before])  # heard of late
    assert score([told("o", EN.title, kind=FeedKind.OFFICIAL)]) > score(
        [told("a", EN.title, kind=FeedKind.AGGREGATOR)]
    )


def test_a_record_does_not_depend_on_the_order_of_its_stories() -> None:
    stories = [EN, ODD, RU, told("copy", EN.title, copy_of="en", day="2026-02-06")]

    assert record(stories) == record(stories[::-1])


def test_a_record_puts_the_lead_first_and_copies_last() -> None:
    made = record([told("copy", EN.title, copy_of="en", day="2026-02-06"), ODD, EN])

    assert made.order[0] == made.lead == "en"
    assert made.order[-1] == "copy"
    assert made.copies == 1
    assert made.last_at - made.first_at == timedelta(days=1)
    assert (made.tier, made.countries, made.minerals) == (Tier.CORE, ("UZ",), ("tungsten",))


def test_the_main_act_is_the_one_that_most_reports_see() -> None:
    made = record([told("a", "A title of five words", actions=(SAID,)), EN, ODD])

    assert made.actions[0] == SIGNED
    assert SAID in made.actions


def grouped(*keys: str) -> Group:
    return Group(keys, keys[0])


def test_a_split_event_leaves_its_id_to_the_larger_half() -> None:
    kept = keep_ids([grouped("a"), grouped("b", "c")], {"a": 7, "b": 7, "c": 7})

    assert kept.ids == (None, 7)


def test_two_events_that_are_one_go_on_as_the_older() -> None:
    kept = keep_ids([grouped("a", "b", "c")], {"a": 9, "b": 9, "c": 4})

    assert kept.ids == (4,)
    assert kept.became == {9: 4}


def test_new_stories_alone_make_a_new_event() -> None:
    assert keep_ids([grouped("a")], {}).ids == (None,)


def knot(id: int, day: str, act: Instrument, stage: Stage, **terms: float) -> Knot:  # noqa: A002
    return Knot(id, at(day), ("UZ",), ("tungsten",), act, stage, terms or {"nangck": 2.0, "nlnd": 1.0})


def test_what_was_announced_signed_and_financed_is_one_thread() -> None:
    links = threads(
        [
            knot(3, "2026-06-01", Instrument.FINANCING, Stage.SIGNED),
            knot(1, "2026-01-10", Instrument.MOU, Stage.ANNOUNCED),
            knot(2, "2026-02-04", Instrument.MOU, Stage.SIGNED),
        ]
    )

    assert chains(links) == ((1, 2, 3),)
    assert links[0].why == "mou announced, then mou signed"


def test_events_that_share_nothing_rare_are_not_linked() -> None:
    one = knot(1, "2026-01-10", Instrument.MOU, Stage.SIGNED, nkmtr=2.0)
    other = knot(2, "2026-03-10", Instrument.FINANCING, Stage.SIGNED, nangck=2.0)

    assert threads([one, other]) == ()


def test_nothing_follows_what_came_years_before_or_what_comes_later() -> None:
    early = knot(1, "2022-01-10", Instrument.MOU, Stage.SIGNED)
    late = knot(2, "2026-03-10", Instrument.FINANCING, Stage.SIGNED)

    assert threads([late, early]) == ()


def test_chains_hold_what_links_connect() -> None:
    assert chains([Follows(5, 6, 1.0, ""), Follows(1, 2, 1.0, ""), Follows(2, 9, 1.0, "")]) == (
        (1, 2, 9),
        (5, 6),
    )
