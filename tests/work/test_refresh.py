"""Polling: what answers, what fails, what moves and ends; and what is noted of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network

import pytest

from bot.core.understand import Lines
from bot.core.words import Tier
from bot.errors import UserError
from bot.fetch.isolation import Children
from bot.fetch.nursery import Mind
from bot.fetch.web import Limits, Web
from bot.store import decisions, feeds
from bot.store.database import Database
from bot.work.follow import look
from bot.work.refresh import refresh
from tests.fetch.server import LOOPBACK, Server, Talk, http, redirect
from tests.work import polls
from tests.work.polls import DAY, NEWS, Item, World, feed, statuses


def test_a_feed_that_fails_is_asked_less_and_less_and_its_stories_stay(world: World) -> None:
    world.follow()
    world.serve("a")
    world.poll()
    world.server.page("/feed", http(status="500 Oops"))

    waits = []
    for _ in range(4):
        failed = world.poll()
        waits.append(world.state().next_fetch_at - world.now)

    assert (failed.status, failed.reason) == ("failed", "answered 500 Internal Server Error")
    assert [round(wait / waits[0], 3) for wait in waits] == [1, 2, 4, 8]
    assert (world.state().failures, world.state().problem) == (4, failed.reason)
    assert world.names() == ["a"]
    world.serve("a")
    assert world.poll().status in {"ok", "unchanged"}
    assert (world.state().failures, world.state().problem, world.state().failing_since) == (0, None, None)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"", "closed the connection without an answer"),
        (http(b""), "answered with nothing at all"),
        (http(b"<html><body><input type='password'></body></html>"), "a login page instead of a feed"),
        (http(b"<html><title>Just a moment...</title></html>"), "a bot check instead of a feed"),
        (http(b"junk"), "not a feed"),
        (http(status="403 Forbidden"), "answered 403 Forbidden: some sites let only other user agents in"),
        (redirect("http://10.0.0.1/"), "not allowed"),
    ],
)
def test_a_feed_that_turns_into_something_else_and_back_loses_nothing(
    world: World, answer: bytes, reason: str
) -> None:
    world.follow()
    world.serve("a", ETag='"1"')
    world.poll()
    world.server.page("/feed", answer)
    failed = world.poll()
    world.serve("a", "b")

    assert failed.status == "failed"
    assert reason in failed.reason
    assert world.poll().new == 1
    assert world.names() == ["a", "b"]


def test_entries_with_nothing_to_show_are_left_out_and_that_is_said(world: World) -> None:
    world.follow()
    silent = "<item><pubDate>Mon, 02 Mar 2026 09:10:11 GMT</pubDate></item>"
    world.server.page("/feed", http(feed("a").replace(b"</channel>", silent.encode() + b"</channel>")))

    told = world.poll()

    assert (told.status, told.new, told.reason) == ("ok", 1, "1 entry without title, text and link left out")
    assert look(world.polling, world.server.url("/feed")).reason == told.reason


def test_of_a_broken_answer_no_validator_is_kept(world: World) -> None:
    world.follow()
    whole = feed("a", Item("b", text="long " * 50))
    world.server.page("/feed", http(whole[: whole.index(b"long")], ETag='"1"', Last_Modified="Mon"))
    broken = world.poll()

    assert (broken.status, broken.new) == ("ok", 1)
    assert "broken" in broken.reason
    world.server.page("/feed", http(whole, ETag='"1"', Last_Modified="Mon"))
    assert world.poll().new == 1
    assert "If-None-Match" not in world.server.asked[-1].headers
    assert "If-Modified-Since" not in world.server.asked[-1].headers


def test_an_answer_that_breaks_off_notes_no_validator(world: World) -> None:
    world.follow()
    world.server.page("/feed", http(feed("a"), ETag='"1"')[:-9])

    assert world.poll().status == "failed"
    assert world.state().etag is None


def test_a_server_that_asks_for_time_gets_it_and_that_is_stored(world: World) -> None:
    world.follow()
    world.server.page("/feed", http(status="429 Slow Down", Retry_After="36000"))

    assert world.poll().reason == "answered 429 Too Many Requests"
    assert world.state().next_fetch_at - world.now == timedelta(hours=10)
    assert refresh(world.polling, world.now + timedelta(hours=9)) == []


def test_a_feed_that_is_gone_is_asked_no_more_and_that_is_told(world: World) -> None:
    world.follow()
    world.server.page("/feed", http(status="410 Gone"))

    gone = world.poll()

    assert (gone.status, gone.reason) == ("stopped", feeds.GONE)
    assert world.told
    world.told = refresh(world.polling, world.now + DAY, everything=True)
    assert world.told == []
    with world.database.reading() as session:
        health = feeds.health(session)
    assert [(one.feed, one.reason) for one in health.failing] == [("feed", feeds.GONE)]


@pytest.mark.parametrize(
    ("status", "moves"), [("301 Moved", True), ("308 Permanent", True), ("302 Found", False)]
)
def test_a_permanent_move_is_noted_after_a_good_answer(world: World, status: str, moves: bool) -> None:
    world.follow()
    world.server.page("/feed", redirect("/there", status))
    assert world.poll().status == "failed"  # there is nothing there
    assert world.addresses() == [world.server.url("/feed")]

    world.serve("a", name="there")
    assert world.poll().new == 1
    assert world.addresses() == [world.server.url("/there" if moves else "/feed")]
    assert world.poll().new == 0
    assert world.server.asked[-1].path == "/there"
    assert world.names() == ["a"]


def test_a_moved_feed_of_the_configuration_keeps_its_address_there_and_is_asked_where_it_is(
    world: World,
) -> None:
    world.follow(origin="config")
    world.server.page("/feed", redirect("/there", "301 Moved"))
    world.serve("a", name="there")
    world.poll()
    asked = len(world.server.asked)
    world.poll()

    assert world.addresses() == [world.server.url("/feed")]
    assert [request.path for request in world.server.asked[asked:]] == ["/there"]
    world.server.page("/there", http(status="404 Not Found"))
    world.serve("b")
    world.poll()
    assert world.poll().new == 1  # the old address is tried again


def test_a_feed_that_moves_to_one_that_is_polled_makes_no_second_story(world: World) -> None:
    for name in ("feed", "there"):
        world.follow(name)
    world.server.page("/feed", redirect("/there", "301 Moved"))
    world.serve("a", name="there")
    world.poll()
    world.poll()

    assert len(world.addresses()) == 2
    assert world.names() == ["a"]


def test_only_what_is_due_is_asked_unless_everything_is(world: World) -> None:
    world.follow()
    world.serve("a")
    world.poll()

    assert refresh(world.polling, world.now + timedelta(minutes=5)) == []
    assert len(refresh(world.polling, world.now + timedelta(minutes=5), everything=True)) == 1
    assert len(refresh(world.polling, world.now + DAY)) == 1


def test_hostile_feeds_keep_no_healthy_one_waiting(
    database: Database, server: Server, children: Children
) -> None:
    children.decide([])  # the packs are there: loading them is not what the healthy ones wait for
    with polls.world(database, server, children, seconds=3.0, patience=0.05) as world:
        for n in range(16):
            world.follow(f"bad{n}")
            server.page(
                f"/bad{n}",
                [Talk.hang, lambda talk: talk.drip(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 99, 0.05)][n % 2],
            )
        for n in range(12):
            world.follow(f"good{n}")
            world.serve(f"story{n}", name=f"good{n}")
        world.poll()

    assert {status for name, status in statuses(world.told).items() if name.startswith("bad")} == {"failed"}
    assert {status for name, status in statuses(world.told).items() if name.startswith("good")} == {"ok"}
    assert [one.feed[:4] for one in world.told[:12]] == ["good"] * 12
    assert {one.reason for one in world.told[12:]} == {"took longer than 3 s"}


def test_a_worker_that_lost_its_lease_stores_nothing(world: World) -> None:
    known = world.follow()

    def taken_over(talk: Talk) -> None:
        with world.database.writing() as session:
            feeds.stop(session, known.id, "removed meanwhile")
        talk.say(http(feed("a")))

    world.server.page("/feed", taken_over)
    world.poll()

    assert world.told[0].status == "failed"
    assert world.names() == []


def test_two_workers_at_once_keep_each_story_once(world: World) -> None:
    import threading

    for n in range(6):
        world.follow(f"f{n}")
        world.serve("shared", f"own{n}", name=f"f{n}")
    workers = [threading.Thread(target=refresh, args=(world.polling, polls.NOON)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(world.names()) == sorted(["shared", *(f"own{n}" for n in range(6))])
    assert len(world.server.asked) == 6


def test_who_failed_last_time_is_asked_after_the_others(world: World) -> None:
    one_by_one = replace(world, polling=replace(world.polling, at_once=1))
    for name in ("down", "good"):
        world.follow(name)
    world.server.page("/down", http(status="500 Oops"))
    world.serve("a", name="good", Cache_Control="max-age=36000")  # so the other is due before it
    one_by_one.poll()
    world.server.asked.clear()

    one_by_one.poll(after=DAY)

    assert [request.path for request in world.server.asked] == ["/good", "/down"]


@pytest.fixture(scope="module")
def doubters() -> Iterator[Children]:
    """Children to whom nearly every story is in the grey band."""
    with Children(Mind(lines=Lines(grey=0.6))) as made:
        yield made


@pytest.mark.parametrize("allowed", [True, False])
def test_a_page_is_read_where_the_feed_says_too_little_and_the_site_lets_us(
    world: World, doubters: Children, allowed: bool
) -> None:
    doubting = replace(world, polling=replace(world.polling, full_text=True, children=doubters))
    page = f"<html><body><article><h1>Draft</h1><p>{(NEWS + '. ') * 12}</p></article></body></html>"
    rules = b"User-agent: *\nDisallow: " + (b"/private" if allowed else b"/")
    world.server.page("/robots.txt", http(rules))
    world.server.page("/story", http(page.encode(), Content_Type="text/html"))
    world.follow()
    world.serve("filler")
    doubting.poll()
    link = world.server.url("/story")
    world.serve(
        "filler", Item("a", title="Parliament backs the tungsten draft", link=link, text="More inside.")
    )
    doubting.poll()

    story = world.stories()[-1]
    asked = [request.path for request in world.server.asked]
    with world.database.reading() as session:
        decision = decisions.get(session, [story.id])[story.id]
    assert decision.basis == ("page" if allowed else "feed")
    assert (NEWS in story.text) is allowed
    assert ("/story" in asked) is allowed
    assert "/robots.txt" in asked
    assert (decision.tier is Tier.CORE) is allowed


def test_a_page_that_says_less_than_its_feed_changes_nothing(world: World, doubters: Children) -> None:
    doubting = replace(world, polling=replace(world.polling, full_text=True, children=doubters))
    world.server.page("/story", http(b"<html><body><article><p>Please log in.</p></article></body></html>"))
    world.follow()
    world.serve("filler")
    doubting.poll()
    teaser = "More on tungsten inside, for those who read on."
    link = world.server.url("/story")
    world.serve("filler", Item("a", title="Parliament backs the tungsten draft", link=link, text=teaser))
    doubting.poll()

    story = world.stories()[-1]
    with world.database.reading() as session:
        decision = decisions.get(session, [story.id])[story.id]
    assert "/story" in [request.path for request in world.server.asked]
    assert (story.text, decision.basis) == (teaser, "feed")


def test_a_page_that_leads_to_a_closed_one_is_not_read(world: World, doubters: Children) -> None:
    doubting = replace(world, polling=replace(world.polling, full_text=True, children=doubters))
    world.server.page("/robots.txt", http(b"User-agent: *\nDisallow: /private"))
    world.server.page("/story", redirect("/private/story"))
    world.server.page("/private/story", http(f"<html><body><p>{(NEWS + '. ') * 12}</p>".encode()))
    world.follow()
    world.serve("filler")
    doubting.poll()
    link = world.server.url("/story")
    world.serve("filler", Item("a", title="Parliament backs the tungsten draft", link=link, text="More."))
    doubting.poll()

    assert world.stories()[-1].text == "More."


def test_a_large_feed_for_which_there_is_no_room_is_due_as_before(world: World) -> None:
    world.follow()
    world.serve(Item("a", text="long " * 150_000))
    crowded = Web(
        user_agent="x",
        limits=Limits(deadline=timedelta(seconds=0.1), large_at_once=0),
        private_networks=LOOPBACK,
    )
    busy = refresh(replace(world.polling, web=crowded), world.now)

    assert (busy[0].status, "at the same time" in busy[0].reason) == ("failed", True)
    assert (world.state().failures, world.state().problem) == (0, None)
    assert [one.new for one in refresh(world.polling, world.now)] == [1]


def test_addresses_inside_are_refused_in_a_poll_as_everywhere(world: World) -> None:
    for n, url in enumerate(
        ("http://10.0.0.1:22/", "http://169.254.169.254/", "http://[::1]:1/", "http://0x7f.1/")
    ):
        world.follow(f"inner{n}", url=url)
    object.__setattr__(world.polling.web, "private_networks", (ip_network("192.168.0.0/16"),))

    world.poll()

    assert len({one.reason for one in world.told}) == 1
    assert "not allowed" in world.told[0].reason


def test_following_twice_is_refused(world: World) -> None:
    world.follow()

    with pytest.raises(UserError, match="polled already"):
        world.follow()
