"""What an edit does to events: who says something else goes elsewhere, and the others stay together."""

from collections import defaultdict
from collections.abc import Mapping
from random import Random

import pytest

from bot.core.event import Event
from bot.core.events import crowds
from bot.store import happenings
from tests.work.polls import Item, World

TEXTS: Mapping[str, tuple[str, str]] = {
    "tungsten": (
        "Uzbekistan and the United States sign memorandum on tungsten",
        """The two governments signed a memorandum of understanding on tungsten in Tashkent on Monday; a mine
        in the Navoi region is to supply American plants from next year, the ministry of mining said.""",
    ),
    "lithium": (
        "Kazakhstan ratifies lithium treaty with Germany",
        """The senate of Kazakhstan ratified a treaty with Germany on the mining of lithium; Berlin will buy
        what the plant in East Kazakhstan makes for its factories of batteries, senators were told.""",
    ),
    "football": (
        "Astana beat Tobol in the football derby",
        "A late goal by the striker gave Astana the win in front of twelve thousand people.",
    ),
}
NEWS = ("tungsten", "lithium")


@pytest.fixture(autouse=True)
def few_of_one_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is a crowd here would be none in earnest."""
    monkeypatch.setattr(crowds, "OF_ONE_TEXT", 3)


def serve(world: World, told: Mapping[int, str]) -> None:
    """Stories by number, each with one of the texts, in this order; what changed since is an edit."""
    items = [
        Item(f"n{n}", title=TEXTS[what][0], text=TEXTS[what][1], date=f"Mon, 02 Mar 2026 09:{n:02}:11 GMT")
        for n, what in told.items()
    ]
    world.serve(*items)
    assert world.poll().status == "ok"


def events(world: World) -> list[Event]:
    with world.database.reading() as session:
        return happenings.latest(session, limit=99)


def held(event: Event) -> list[int]:
    """The numbers of an event's stories."""
    return sorted(int(report.url.rpartition("/n")[2]) for report in event.stories)


def by_headline(world: World) -> dict[str, list[int]]:
    return {event.headline: held(event) for event in events(world)}


@pytest.mark.parametrize("count", [2, 3, 9], ids=["two", "few", "crowd"])
def test_who_tells_of_something_else_now_leaves_the_event_to_the_others(world: World, count: int) -> None:
    world.follow()
    serve(world, dict.fromkeys(range(count), "tungsten"))
    (before,) = events(world)

    serve(world, dict.fromkeys(range(count), "tungsten") | {0: "lithium"})

    assert by_headline(world) == {TEXTS["lithium"][0]: [0], TEXTS["tungsten"][0]: list(range(1, count))}
    (left,) = [event for event in events(world) if event.id == before.id]
    assert held(left) == list(range(1, count))
    assert [report.copy_of is None for report in left.stories].count(True) == 1


@pytest.mark.parametrize("count", [3, 9], ids=["few", "crowd"])
def test_who_tells_of_nothing_now_gives_no_headline_and_no_text_to_the_others(
    world: World, count: int
) -> None:
    world.follow()
    serve(world, dict.fromkeys(range(count), "tungsten"))
    first = next(story.id for story in world.stories() if story.guid == "n0")

    serve(world, dict.fromkeys(range(count), "tungsten") | {0: "football"})

    (left,) = events(world)
    assert held(left) == list(range(1, count))
    assert first not in {report.copy_of for report in left.stories}
    assert [report.copy_of is None for report in left.stories].count(True) == 1


def test_when_all_that_were_looked_at_say_something_else_the_others_of_their_text_stay(world: World) -> None:
    world.follow()
    serve(world, dict.fromkeys(range(9), "tungsten"))

    serve(world, {n: "lithium" if n < 3 else "tungsten" for n in range(9)})

    assert by_headline(world) == {TEXTS["lithium"][0]: [0, 1, 2], TEXTS["tungsten"][0]: [3, 4, 5, 6, 7, 8]}


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_edited_and_in_whatever_order_stories_of_one_text_are_one_event(
    world: World, seed: int
) -> None:
    random = Random(seed)
    told: dict[int, str] = {}
    world.follow()
    for _ in range(14):
        changed = random.sample(range(11), 3)
        told |= {n: random.choice((*TEXTS, *NEWS)) for n in changed}
        serve(world, dict(random.sample(sorted(told.items()), len(told))))

        of: dict[str, list[int]] = defaultdict(list)
        for n, what in sorted(told.items()):
            of[what].append(n)
        assert by_headline(world) == {TEXTS[what][0]: of[what] for what in NEWS if of[what]}
