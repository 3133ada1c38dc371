"""Following feeds, and what is said of those that cannot be followed."""

from dataclasses import replace

import pytest

from bot.core.words import FIVE, FeedKind
from bot.errors import InputError, UserError
from bot.fetch import opml
from bot.fetch.opml import Outline
from bot.packs import starter
from bot.store.feeds import NewFeed
from bot.work.follow import absolute, follow, follow_all, look, of_list, of_starter
from tests.fetch.server import http, redirect
from tests.work.polls import NOON, Item, World, feed

HOME = b"""<html><head><title>Home</title>
<link rel="alternate" type="application/rss+xml" title="All" href="/feed"></head>
<body><a href="/ru/rss/">RSS</a></body></html>"""


def test_a_feed_gets_the_name_it_gives_itself(world: World) -> None:
    world.serve("a")

    known = follow(world.polling, NewFeed(f"  <{world.server.url('/feed')}> "), NOON, by="somebody")

    assert (known.name, known.url, known.origin) == ("Feed", world.server.url("/feed"), "user")
    assert world.poll().new == 1


def test_a_home_page_offers_its_feeds(world: World) -> None:
    url = world.server.page("/", http(HOME))

    with pytest.raises(UserError) as offered:
        follow(world.polling, NewFeed(url), NOON)

    assert world.server.url("/feed") in str(offered.value)
    assert world.server.url("/ru/rss/") in str(offered.value)
    assert world.addresses() == []


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.1/",
        "http://2130706433/",
        "http://nobody.invalid/feed",
        "http://[::ffff:169.254.169.254]/",
    ],
)
def test_what_is_inside_and_what_is_nowhere_are_refused_alike(world: World, url: str) -> None:
    with pytest.raises(UserError) as refused:
        follow(world.polling, NewFeed(url), NOON)

    assert "not allowed: no such host, or one inside" in str(refused.value)


@pytest.mark.parametrize(
    "url", ["", "ftp://a.test/", "javascript:alert(1)", "http://", "not a feed", "/etc/passwd"]
)
def test_what_is_no_address_is_refused(world: World, url: str) -> None:
    with pytest.raises(UserError):
        follow(world.polling, NewFeed(url), NOON, unseen=True)


def test_a_password_is_in_no_message(world: World) -> None:
    url = world.server.url("/gone").replace("//", "//me:hush-hush@")

    with pytest.raises(UserError) as refused:
        follow(world.polling, NewFeed(url), NOON)

    assert "hush" not in str(refused.value)


def test_an_address_without_a_scheme_is_meant_for_the_web() -> None:
    assert absolute("www.gazeta.uz/ru/rss/") == "https://www.gazeta.uz/ru/rss/"
    assert absolute("feed://a.test/rss") == "http://a.test/rss"
    assert (
        absolute("feed:https://a.test/rss") == absolute("feed://https://a.test/rss") == "https://a.test/rss"
    )


@pytest.mark.parametrize(
    ("answer", "reason", "advice"),
    [
        (http(b"<html><title>Just a moment...</title></html>"), "a bot check", "user_agent"),
        (http(b"<html><input type=password></html>"), "a login page", "account"),
        (http(b"<rss><channel><item><title>a & b</title>"), "broken", "asked again"),
        (http(status="404 Not Found"), "404", "home page"),
        (http(status="403 Forbidden"), "403", "user_agent"),
        (http(status="503 Busy"), "503", "left alone"),
        (b"SSH-2.0\r\n", "does not speak HTTP", "its port"),
        (http(b"<html><title>News</title><p>All of it.</p></html>"), "a web page", "names no feed"),
    ],
)
def test_a_look_says_what_is_wrong_and_what_to_do(
    world: World, answer: bytes, reason: str, advice: str
) -> None:
    found = look(world.polling, world.server.page("/feed", answer))

    assert not found.readable
    assert reason in found.reason
    assert advice in found.advice


def test_a_look_at_a_good_feed_says_what_it_is(world: World) -> None:
    world.server.page("/feed", redirect("/there", "301 Moved"))
    world.server.page("/there", http(feed("a", Item("b", date="Tue, 03 Mar 2026 09:00:00 GMT"))))

    found = look(world.polling, world.server.url("/feed"))

    assert (found.readable, found.format, found.entries, found.title) == (True, "rss20", 2, "Feed")
    assert found.newest is not None
    assert found.newest.day == 3
    assert found.moved_to == world.server.url("/there")


def test_a_list_is_followed_unseen_and_twice_changes_nothing(world: World) -> None:
    wanted = [NewFeed("http://a.test/feed"), NewFeed("nonsense"), NewFeed("http://b.test/feed")]

    added, refused = follow_all(world.polling, wanted, NOON)
    again, _ = follow_all(world.polling, wanted, NOON)

    assert [known.url for known in added] == ["http://a.test/feed", "http://b.test/feed"]
    assert len(refused) == 1
    assert again == []


def test_a_list_that_is_written_reads_the_same() -> None:
    feeds = [
        Outline('https://a.test/?x=1&y="2"', "A & <B>", "ru", "KZ", "state"),
        Outline("https://b.test/", "", "", "", ""),
    ]

    assert opml.read(opml.write(feeds, title="T & T").encode()) == tuple(feeds)


def test_lists_of_others_are_read_at_any_depth_and_each_feed_once() -> None:
    body = b"""<?xml version="1.0"?><opml version="1.0"><body>
    <outline text="Folder"><outline text="One" xmlUrl="http://a.test/"/>
    <outline title="Two" XMLURL="http://b.test/"/></outline>
    <outline xmlUrl="http://a.test/"/><outline text="x"/></body></opml>"""

    assert [(one.url, one.name) for one in opml.read(body)] == [
        ("http://a.test/", "One"),
        ("http://b.test/", "Two"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        b'\xef\xbb\xbf\n<?xml version="1.0"?><opml><outline text="A &amp; B" xmlUrl="%s"/></opml>',
        b'<opml><body><outline text="A & B" xmlUrl="%s"/></body></opml>',
        b'<OPML><BODY><OUTLINE TEXT="A &amp; B" XMLURL="%s"/></BODY></OPML>',
        b'<opml xmlns="http://opml.org/spec2"><!-- x --><outline title="A &amp; B" xmlUrl="%s"/></opml>',
    ],
)
def test_lists_are_read_as_people_write_them(body: bytes) -> None:
    (one,) = opml.read(
        body.replace(b"%s", b"http://a.test/?a=1&b=2" if b"A & B" in body else b"http://a.test/?a=1&amp;b=2")
    )

    assert (one.name, one.url) == ("A & B", "http://a.test/?a=1&b=2")


def test_what_a_list_says_that_makes_no_sense_keeps_no_feed_out() -> None:
    strange = Outline("http://a.test/", "n" * 999, "unknown", "Kasachstan", "blog")
    good = Outline("http://b.test/", "B", "ru", "KZ", "state")

    first, second = of_list([strange, good])

    assert (first.url, first.lang, first.country, first.kind) == ("http://a.test/", "", "", FeedKind.OTHER)
    assert (second.name, second.lang, second.country, second.kind) == ("B", "ru", "KZ", FeedKind.STATE)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"junk",
        b"<html/>",
        b"<opml><body>",
        b"<!DOCTYPE o [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
    ],
)
def test_what_is_no_list_is_said_in_one_line(body: bytes) -> None:
    with pytest.raises(InputError) as refused:
        opml.read(body)

    assert "\n" not in str(refused.value)
    assert "<string>" not in str(refused.value)


def test_the_starter_list_can_be_followed_as_a_whole_or_by_country(world: World) -> None:
    everything = starter.everything()

    assert len(everything) >= 60
    assert len({one.url for one in everything}) == len(everything)
    assert {one.country for one in everything} >= set(FIVE)
    assert {one.kind for one in everything} >= {
        FeedKind.OFFICIAL,
        FeedKind.AGENCY,
        FeedKind.STATE,
        FeedKind.TRADE,
    }
    assert all(one.lang and one.name for one in everything)
    kazakh = of_starter(starter.chosen(countries=["kz"], langs=["ru"]))
    added, refused = follow_all(world.polling, kazakh, NOON)
    assert refused == []
    assert len(added) == len(kazakh) > 3
    assert all(replace(one, id=0).country == "KZ" for one in added)
