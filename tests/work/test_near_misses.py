"""The near misses of a week: in the review of those that have one, and where somebody asks."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.commands.answer import Answer, Asker
from bot.commands.registry import answer
from bot.core.documents import Item
from bot.core.understand import Lines
from bot.core.words import Tier
from bot.store import events
from bot.store.database import Database
from bot.work import weekly
from bot.work.deliver import deliver
from tests.commands.newsroom import Newsroom
from tests.core.reading import understander
from tests.slack_standin import StandIn
from tests.store.given import decided, kept, story
from tests.store.test_events import gathered
from tests.work.posting import MONDAY, SetClock, poster_to, subscribe, telling

NOW = MONDAY + timedelta(hours=1)


def keep(database: Database, name: str, policy: float, *, grey: bool = False, **how: Any) -> int:
    """A story of Kazakhstan that was not flagged for want of policy."""
    scores = {"central_asia": 0.9, "critical_minerals": 0.0, "policy": policy}
    decision = decided(Tier.NONE, scores=scores, review=grey, countries=("KZ",), places=("KZ",))
    known = {"at": NOW - timedelta(hours=2), "decision": decision} | how
    return kept(database, [story(name, **known)], NOW)[0]


@pytest.fixture
def week(database: Database) -> Database:
    """Seven stories that fell short, by more and more; one that did by far."""
    for number in range(7):
        keep(database, f"short {number}", 0.45 - number / 50)
    keep(database, "far", 0.1)
    keep(database, "grey", 0.3, grey=True)
    return database


def ask(database: Database, text: str, *, channel: str = "CPOLICY", now: datetime = NOW) -> Answer:
    return answer(Newsroom(database), text, Asker(user="U1", channel=channel), now)


def named(found: Answer) -> list[str]:
    return [part.headline.text for part in found.document.parts if isinstance(part, Item)]


def test_five_are_told_the_uncertain_first_and_then_the_nearest(week: Database) -> None:
    assert named(ask(week, "near")) == [
        f"Title of {name}" for name in ("grey", *(f"short {n}" for n in range(4)))
    ]


def test_what_is_voted_on_is_not_asked_again_in_that_channel(week: Database) -> None:
    first: Any = ask(week, "near").data["near"]
    ask(week, f"useful {first[0]['story']}")

    assert named(ask(week, "near"))[0] == "Title of short 0"
    assert named(ask(week, "near", channel="COTHER"))[0] == "Title of grey"


def test_what_is_muted_or_does_not_match_is_not_asked(week: Database) -> None:
    assert named(ask(week, "near country:uz")) == []
    assert len(named(ask(week, "near country:kz"))) == 5
    ask(week, "mute source:news.test")
    assert named(ask(week, "near")) == []


def test_copies_repeats_what_was_told_and_what_is_old_are_left_out(database: Database) -> None:
    one = keep(database, "one", 0.45)
    copy = keep(database, "copy", 0.45)
    told = keep(database, "told", 0.45, grey=True)
    flagged = kept(database, [story("flagged", at=NOW - timedelta(hours=2))], NOW)[0]
    keep(database, "repeat", 0.44, title="Title of ONE")
    keep(database, "old", 0.45, at=NOW - timedelta(days=8))
    keep(database, "backlog", 0.45, backlog=True)
    with database.writing() as session:
        events.regroup(
            session,
            [gathered(one, copy, tier=Tier.NONE, copies={copy: one}), gathered(flagged, told)],
            NOW,
        )

    assert named(ask(database, "near")) == ["Title of one"]


def test_votes_on_near_misses_teach_as_others_do(week: Database) -> None:
    found: Any = ask(week, "near").data["near"]
    for each in found[:3]:
        ask(week, f"useful {each['story']}")

    lessons: Any = ask(week, "learned").data["lessons"]
    assert {each["of"]: each["shift"] for each in lessons} == {"source:news.test": 0.1, "country:kz": 0.1}


def test_the_review_of_the_week_asks_for_a_vote(week: Database, slack: StandIn, clock: SetClock) -> None:
    subscribe(week, review=0, now=MONDAY - timedelta(days=1))
    subscribe(week, "none", channel="CMINERALS", now=MONDAY - timedelta(days=1))
    clock.moment = NOW
    review = weekly.composer(week, understander().packs, Lines())
    poster = poster_to(slack)

    for _ in range(3):
        deliver(week, poster, telling(), clock, review=review)
        clock.go(seconds=10)

    told = [message for message in slack.posted("CPOLICY") if "useful s" in str(message.blocks)]
    assert len(told) == 1
    assert "Should have been told" in str(told[0].blocks)
    assert not [message for message in slack.posted("CMINERALS") if "useful s" in str(message.blocks)]
