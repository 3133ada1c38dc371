"""Votes order what a channel is told, within bounds, and hide nothing."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.event import Event, Report
from bot.core.story import Action
from bot.core.subscribing.learned import MOST, Ballot, Feature, Lesson, features_of, learn, ordered, shift
from bot.core.words import Instrument, Stage, Tier

NOON = datetime(2026, 2, 6, 12, tzinfo=UTC)

values = st.sampled_from(
    [
        Feature("source", "gazeta.uz"),
        Feature("source", "sputnik.kg"),
        Feature("country", "kz"),
        Feature("country", "uz"),
        Feature("mineral", "tungsten"),
        Feature("mineral", "uranium"),
        Feature("type", "mou"),
    ]
)
ballots = st.lists(
    st.builds(
        Ballot,
        thing=st.sampled_from([f"e{n}" for n in range(6)]),
        person=st.sampled_from(["U1", "U2", "U3"]),
        useful=st.booleans(),
        at=st.integers(0, 20).map(lambda n: NOON + timedelta(minutes=n)),
        features=st.frozensets(values, max_size=4),
    ),
    max_size=40,
)


def event(
    number: int,
    score: float,
    tier: Tier = Tier.REGION,
    *,
    source: str = "gazeta.uz",
    country: str = "KZ",
    mineral: str = "tungsten",
    instrument: Instrument = Instrument.MOU,
) -> Event:
    report = Report(number, f"https://{source}/{number}", f"Headline {number}", source, "en", None, NOON)
    return Event(
        id=number,
        headline=report.title,
        summary="",
        tier=tier,
        countries=(country,),
        minerals=(mineral,),
        actions=(Action(instrument, Stage.SIGNED),),
        score=score,
        stories=(report,),
        why=(),
        first_at=NOON,
        last_at=NOON,
    )


@st.composite
def days(draw: st.DrawFn) -> list[Event]:
    """The events of a day, no two of one id."""
    scores = draw(st.lists(st.floats(0, 100), max_size=14))
    return [
        event(
            number,
            score,
            draw(st.sampled_from([Tier.CORE, Tier.REGION, Tier.MINERALS])),
            source=draw(st.sampled_from(["gazeta.uz", "sputnik.kg"])),
            country=draw(st.sampled_from(["KZ", "UZ"])),
            mineral=draw(st.sampled_from(["tungsten", "uranium"])),
        )
        for number, score in enumerate(scores)
    ]


def cast(*words: bool, of: Feature = Feature("source", "gazeta.uz"), person: str = "U1") -> list[Ballot]:  # noqa: B008 - frozen
    return [
        Ballot(f"e{n}", person, useful=useful, at=NOON, features=frozenset([of]))
        for n, useful in enumerate(words)
    ]


@given(ballots, days())
def test_the_weight_is_shifted_by_a_fifth_at_most(votes: list[Ballot], day: list[Event]) -> None:
    lessons = learn(votes)

    assert all(-MOST <= lesson.lift <= MOST for lesson in lessons)
    assert all(-MOST <= shift(features_of(each), lessons) <= MOST for each in day)


@given(ballots, days(), st.none() | st.integers(1, 14))
def test_nothing_vanishes_and_nothing_core_is_pushed_out(
    votes: list[Ballot], day: list[Event], most: int | None
) -> None:
    usual, told = ordered(day), ordered(day, learn(votes), most=most)

    assert sorted(each.id for each in told) == sorted(each.id for each in day)
    core = {each.id for each in usual[:most] if each.tier is Tier.CORE}
    assert most is None or core <= {each.id for each in told[:most]}


@given(st.data(), ballots)
def test_the_same_votes_teach_the_same_in_any_order(data: st.DataObject, votes: list[Ballot]) -> None:
    assert learn(data.draw(st.permutations(votes))) == learn(votes)


@given(ballots, days())
def test_forgetting_everything_gives_the_order_of_before(votes: list[Ballot], day: list[Event]) -> None:
    lessons = learn(votes, {None: NOON + timedelta(hours=1)})

    assert lessons == ()
    assert ordered(day, lessons) == ordered(day)


@given(ballots, values)
def test_forgetting_one_thing_leaves_the_others(votes: list[Ballot], gone: Feature) -> None:
    left = learn(votes, {gone: NOON + timedelta(hours=1)})

    assert left == tuple(lesson for lesson in learn(votes) if lesson.feature != gone)


def lifts(lessons: Sequence[Lesson]) -> dict[str, float]:
    return {str(lesson.feature): lesson.lift for lesson in lessons}


def test_it_takes_three_votes_on_two_events() -> None:
    assert lifts(learn(cast(True, True))) == {}
    assert lifts(learn([*cast(True), *cast(True, person="U2"), *cast(True, person="U3")])) == {}
    assert lifts(learn(cast(True, True, True))) == {"source:gazeta.uz": 0.1}


def test_contrary_votes_weigh_each_other_up() -> None:
    assert lifts(learn(cast(True, False, True, False))) == {}
    assert lifts(learn(cast(False, False, False, True))) == {"source:gazeta.uz": -0.05}


def test_however_many_agree_the_lift_is_bounded() -> None:
    assert lifts(learn(cast(*[False] * 200))) == {"source:gazeta.uz": -MOST}


def test_the_last_word_of_a_person_on_a_thing_counts() -> None:
    changed = [
        Ballot(each.thing, each.person, useful=False, at=NOON + timedelta(hours=1), features=each.features)
        for each in cast(True, True, True)
    ]

    assert lifts(learn([*changed, *cast(True, True, True)])) == {"source:gazeta.uz": -0.1}


def test_votes_after_the_forgetting_teach_again() -> None:
    of = Feature("source", "gazeta.uz")
    later = [
        Ballot(f"e{n}", "U1", useful=False, at=NOON + timedelta(hours=2), features=frozenset([of]))
        for n in range(10, 13)
    ]

    assert lifts(learn([*cast(True, True, True), *later], {of: NOON + timedelta(hours=1)})) == {
        "source:gazeta.uz": -0.1
    }


def test_what_is_wanted_more_comes_before_what_weighs_a_little_more() -> None:
    wanted, other = event(1, 50.0), event(2, 54.0, source="sputnik.kg")

    assert ordered([other, wanted], learn(cast(True, True, True))) == (wanted, other)
    assert ordered([other, wanted]) == (other, wanted)
