"""Events keep their ids when stories are grouped anew, and are read whole."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from bot.core.actions.accounts import Account, Claim
from bot.core.events import Features
from bot.core.events.threads import Follows
from bot.core.story import Action, Money
from bot.core.subscription import Plan
from bot.core.words import FeedKind, Instrument, Stage, Tier
from bot.store import (
    deliveries,
    events,
    feeds,
    happenings,
    neighbours,
    stories,
    subscriptions,
    threads,
)
from bot.store.database import Database
from bot.store.events import Gathered, Record
from bot.store.feeds import NewFeed
from tests.store.given import NOON, decided, kept, minutes, story


def gathered(*ids: int, headline: str = "", **known: object) -> Gathered:
    usual: dict[str, object] = {
        "headline": headline or f"Event of {ids[0]}", "summary": "", "tier": Tier.CORE, "score": 1.0,
        "record": Record(),
    }  # fmt: skip
    return Gathered(ids, **(usual | known))  # type: ignore[arg-type]


def regroup(database: Database, *groups: Gathered) -> list[int]:
    with database.writing() as session:
        return events.regroup(session, groups, NOON)


def members(database: Database, *asked: int) -> dict[int, list[int]]:
    with database.reading() as session:
        return {
            event.id: [report.story for report in event.stories] for event in happenings.get(session, asked)
        }


def some(database: Database, count: int) -> list[int]:
    return kept(database, [story(f"s{n}", at=NOON + minutes(n)) for n in range(count)])


def test_an_event_is_read_as_it_was_gathered(database: Database) -> None:
    with database.writing() as session:
        feed = feeds.add(session, NewFeed("https://gov.test/feed", kind=FeedKind.OFFICIAL), NOON)
    lead = decided(minerals=("tungsten",))
    one, two = kept(
        database, [story("one", decision=lead, feed_id=feed.id), story("two", at=NOON + minutes(5))]
    )
    action = Action(
        Instrument.MOU, Stage.SIGNED, parties=("KZ", "US"), minerals=("tungsten",),
        amount=Money(1.1e9, "USD", "title", 3, 7), day=date(2026, 3, 1), sentence="They signed.",
    )  # fmt: skip
    stages = (Claim("signed", (one,)), Claim("announced", (two,)))
    account = Account(two, (one, two), stages, amounts=(Claim("1100000000 USD", (one,)),))
    record = Record(countries=("KZ",), minerals=("tungsten",), actions=(action,), accounts=(account,))

    (number,) = regroup(
        database, gathered(one, two, headline="They signed", record=record, copies={two: one})
    )

    with database.reading() as session:
        event = happenings.named(session, f"E{number}")
        assert event is not None
        assert (event.headline, event.tier, event.countries, event.actions) == (
            "They signed", Tier.CORE, ("KZ",), (action,),
        )  # fmt: skip
        assert [(report.story, report.kind, report.copy_of) for report in event.stories] == [
            (one, FeedKind.OFFICIAL, None),
            (two, FeedKind.OTHER, one),
        ]
        assert event.accounts == (account,)
        assert event.telling(0).story == two
        assert (event.first_at, event.last_at) == (NOON, NOON + minutes(5))
        assert event.why == lead.why
        assert events.of_stories(session, [one, two, 99]) == {one: number, two: number}
        assert happenings.named(session, "e999") is None
        assert happenings.named(session, "e" + "9" * 40) is None
        assert happenings.named(session, "nonsense") is None


def test_an_event_that_grows_keeps_its_id(database: Database) -> None:
    a, b, c = some(database, 3)
    (first,) = regroup(database, gathered(a, b))

    (second,) = regroup(database, gathered(c, a, b))

    assert second == first
    assert members(database, first) == {first: [c, a, b]}


def test_of_an_event_that_is_split_the_larger_half_keeps_the_id(database: Database) -> None:
    a, b, c = some(database, 3)
    (whole,) = regroup(database, gathered(a, b, c))

    small, large = regroup(database, gathered(a), gathered(b, c))

    assert large == whole
    assert small > whole
    assert members(database, small, large) == {small: [a], large: [b, c]}


@pytest.mark.parametrize("turned_round", [False, True])
def test_of_an_event_that_is_split_in_halves_that_with_the_headline_keeps_the_id(
    database: Database, turned_round: bool
) -> None:
    a, b, c, d = some(database, 4)
    (whole,) = regroup(database, gathered(c, a, b, d))
    halves = (gathered(a, b), gathered(c, d))

    found = regroup(database, *(reversed(halves) if turned_round else halves))

    assert members(database, whole) == {whole: [c, d]}
    assert whole in found


def test_more_of_one_text_goes_where_its_text_goes_and_has_no_say_in_which_id_stays(
    database: Database,
) -> None:
    a, b, c, *more = some(database, 9)
    elder, younger = regroup(database, gathered(a), gathered(b, c))
    with database.writing() as session:
        events.more_of_one_text(session, dict.fromkeys(more, b))
    assert members(database, younger) == {younger: [b, c, *more]}

    first, second = regroup(database, gathered(a, b), gathered(c))

    assert first == elder
    assert members(database, first, second) == {first: [a, b, *more], second: [c]}


def test_an_event_that_is_not_met_whole_keeps_its_id_and_what_is_left_of_it(database: Database) -> None:
    a, b, c = some(database, 3)
    elder, younger = regroup(database, gathered(a), gathered(b, c))

    assert regroup(database, gathered(a, b)) == [elder]

    assert members(database, elder, younger) == {elder: [a, b], younger: [c]}
    assert regroup(database, gathered(a, b, c)) == [elder]
    assert members(database, younger) == {elder: [a, b, c]}


def test_of_two_events_that_become_one_the_elder_id_stays_and_the_other_leads_there(
    database: Database,
) -> None:
    a, b, c, d = some(database, 4)
    elder, younger = regroup(database, gathered(a), gathered(b, c))
    (youngest,) = regroup(database, gathered(d))

    assert regroup(database, gathered(a, b, c)) == [elder]
    assert regroup(database, gathered(a, b, c, d)) == [elder]

    assert members(database, younger) == {elder: [a, b, c, d]}
    assert members(database, youngest, elder, younger) == {elder: [a, b, c, d]}
    with database.reading() as session:
        assert happenings.count(session) == 1


def test_an_event_that_was_folded_and_comes_apart_again_is_new(database: Database) -> None:
    a, b = some(database, 2)
    elder, younger = regroup(database, gathered(a), gathered(b))
    regroup(database, gathered(a, b))

    one, other = regroup(database, gathered(a), gathered(b))

    assert one == elder
    assert other > younger  # an id that was folded is not used again: it was told of with other stories
    assert members(database, younger, other) == {elder: [a], other: [b]}


def test_what_was_told_of_a_folded_event_was_told_of_the_one_it_became(database: Database) -> None:
    a, b = some(database, 2)
    elder, younger = regroup(database, gathered(a), gathered(b))
    with database.writing() as session:
        sub = subscriptions.add(session, Plan(name="digest", channel="C1"), NOON)
        post = deliveries.open_slot(
            session, sub.id, NOON, start=NOON, end=NOON, channel="C1", now=NOON, events=[younger, younger]
        )
        assert post is not None
    regroup(database, gathered(a, b))

    with database.writing() as session:
        assert deliveries.told(session, sub.id, [elder]) == {elder: post.id}
        deliveries.untell(session, post.id)
        assert deliveries.told(session, sub.id, [elder]) == {}


def test_an_event_whose_stories_left_is_gone(database: Database) -> None:
    a, b = some(database, 2)
    one, two = regroup(database, gathered(a), gathered(b))
    with database.writing() as session:
        events.leave(session, [a])

    assert members(database, one, two) == {two: [b]}


def test_a_window_holds_events_with_a_story_of_it_the_latest_first(database: Database) -> None:
    a, b, c = some(database, 3)  # at noon, a minute and two minutes after
    long, short = regroup(database, gathered(a, c), gathered(b))

    def within(start: float, end: float) -> Sequence[int]:
        with database.reading() as session:
            return [
                event.id for event in happenings.between(session, NOON + minutes(start), NOON + minutes(end))
            ]

    assert within(-1, 5) == [long, short]
    assert within(0, 1) == [short]  # the long one has stories before and after only
    assert within(1, 2) == [long]
    assert within(2, 9) == []
    with database.reading() as session:
        assert [event.id for event in happenings.latest(session, limit=1)] == [long]
        assert happenings.latest(session, limit=9, tiers=[Tier.REGION]) == []


def test_threads_are_followed_both_ways_and_through(database: Database) -> None:
    a, b, c, d = some(database, 4)
    one, two, three, alone = regroup(database, gathered(a), gathered(b), gathered(c), gathered(d))
    with database.writing() as session:
        threads.follow(session, two, Follows(one, two, 0.5, "proposed, then signed"))
        threads.follow(session, three, Follows(one, three, 0.2, "at first"))
        threads.follow(session, three, Follows(two, three, 0.5, "signed, then ratified"))

    with database.reading() as session:
        assert happenings.thread(session, one) == [one, two, three]
        assert happenings.thread(session, three) == [one, two, three]
        assert happenings.thread(session, alone) == [alone]
    with database.writing() as session:
        assert threads.earlier(session, [one, three]) == {three: (two, "signed, then ratified")}
        threads.follow(session, three, None)
        assert happenings.thread(session, one) == [one, two]


def test_the_last_word_on_two_stories_counts(database: Database) -> None:
    a, b, c = some(database, 3)
    with database.writing() as session:
        events.rule(session, b, a, same=True, by="U1", now=NOON)
        events.rule(session, a, b, same=False, by="U2", now=NOON)
        events.rule(session, b, c, same=True, by="U2", now=NOON)

    with database.reading() as session:
        assert events.rulings(session, [a]) == [(a, b, False)]
        assert events.rulings(session, [b]) == [(a, b, False), (b, c, True)]


def test_features_are_found_by_their_keys_and_replaced_when_a_story_changes(database: Database) -> None:
    a, b = some(database, 2)

    def features(name: str, *terms: str) -> Features:
        return Features(name, "en", "news.test", NOON, dict.fromkeys(terms, 2.0))

    def near(*terms: str) -> set[int]:
        with database.reading() as session:
            return {each.story for each in neighbours.neighbours(session, features("q", *terms))}

    with database.writing() as session:
        events.put_features(session, {a: features("a", "wx", "wy"), b: features("b", "wy", "wz")})
    before = near("wx", "wy")
    with database.writing() as session:
        events.put_features(session, {a: features("a", "wy", "wz")})

    assert before == {a}
    assert near("wx", "wy") == set()
    assert near("wy", "wz") == {a, b}


def test_a_story_that_is_removed_leaves_its_event(database: Database) -> None:
    a, b = some(database, 2)
    (number,) = regroup(database, gathered(a, b, copies={b: a}))
    with database.writing() as session:
        stories.remove(session, [a])

    assert members(database, number) == {number: [b]}
    with database.reading() as session:
        (event,) = happenings.get(session, [number])
        assert event.stories[0].copy_of is None
        assert event.last_at - event.first_at == timedelta(minutes=1)


def test_an_action_that_an_older_program_stored_is_told_by_the_first_story(database: Database) -> None:
    one, two = some(database, 2)
    record = Record(actions=(Action(Instrument.MOU, Stage.SIGNED),))
    (number,) = regroup(database, gathered(one, two, record=record))

    with database.reading() as session:
        event = happenings.get(session, [number])[0]

    assert event.account(0) is None
    assert event.telling(0).story == one
