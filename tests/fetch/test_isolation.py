"""Parsing in child processes: what hangs is killed, what wants too much is refused, what is done is gone."""

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from multiprocessing.connection import Connection

import pytest

from bot.core import identity
from bot.core.new_story import Origin
from bot.core.story import Article, Entry
from bot.errors import FetchError
from bot.fetch.body import new_file, write
from bot.fetch.document import Problem, UnreadableError
from bot.fetch.isolation import Children, StoppedError
from tests.core.reading import understander
from tests.work.polls import NOON

FEED = b"<rss version='2.0'><channel><item><title>Tin</title></item></channel></rss>"
HANGS = b"<rss version='2.0'><channel><item><author>" + b"a" * 150_000 + b"</author></item></channel></rss>"
"""feedparser looks for a mail address in it, in time that grows with the square of its length."""


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    """A pool in a hurry."""
    with Children(seconds=0.7, per_megabyte=0.0) as made:
        yield made


def runs(pid: int) -> bool:
    """Whether there is such a process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_what_hangs_the_parser_is_killed_and_the_next_is_read(children: Children) -> None:
    began = time.monotonic()
    with pytest.raises(UnreadableError) as killed:
        children.read(HANGS, url="https://a.test/feed")

    assert killed.value.problem is Problem.TOO_SLOW
    assert time.monotonic() - began < 20
    assert children.read(FEED, url="https://a.test/feed").entries[0].title == "Tin"


def test_who_waits_when_all_is_closed_closes_their_own_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[str] = []
    close = Connection.close

    def noted(pipe: Connection) -> None:
        closed.append(threading.current_thread().name)
        close(pipe)

    monkeypatch.setattr(Connection, "close", noted)
    pool = Children(seconds=30.0)
    with ThreadPoolExecutor(1, thread_name_prefix="reader") as reading:
        waits = reading.submit(pool.read, HANGS, url="https://a.test/")
        while not pool.pids:
            wait([waits], timeout=0.01)
        pids = pool.pids
        pool.close()
        with pytest.raises(StoppedError):
            waits.result(10)

    assert closed == ["reader_0"]
    assert not any(map(runs, pids))


def test_who_brings_little_goes_before_those_who_bring_much() -> None:
    read: list[int] = []
    pool = Children(at_once=1, aside=0, seconds=0.5, per_megabyte=0.0)

    def reading(body: bytes) -> None:
        with suppress(FetchError):
            pool.read(body, url="https://a.test/")
        read.append(len(body))

    bodies = [FEED.replace(b"Tin", b"Tin " * many) for many in (10_000, 3_000, 1)]
    with pool, ThreadPoolExecutor(4) as threads:
        threads.submit(reading, HANGS)
        while not pool.pids:
            time.sleep(0)
        for at, body in enumerate(bodies, 1):
            threads.submit(reading, body)
            while pool.waiting < at:
                time.sleep(0)

    assert read == [len(HANGS), *map(len, reversed(bodies))]


def test_nobody_waits_for_one_who_hangs() -> None:
    said: list[str] = []

    pool = Children(at_once=1, aside=2, seconds=30.0)

    def hang() -> None:
        try:
            pool.read(HANGS, url="https://a.test/")
        except StoppedError as error:
            said.append(str(error))

    with pool:
        hanging = threading.Thread(target=hang)
        hanging.start()
        while not pool.pids:
            hanging.join(0.01)
        pool.read(FEED, url="https://a.test/")

        assert hanging.is_alive()
        pool.close()
        hanging.join(10)
        assert len(said) == 1


def test_children_are_used_again_and_all_are_gone_at_the_end() -> None:
    with Children() as children:
        with ThreadPoolExecutor(8) as threads:
            read = [*threads.map(lambda _: children.read(FEED, url="https://a.test/"), range(40))]
        used = children.pids

        assert len(read) == 40
        assert 1 <= len(used) <= 2
        assert all(map(runs, used))
    assert not any(map(runs, used))
    with pytest.raises(StoppedError):
        children.read(FEED, url="https://a.test/")


def test_a_child_that_ended_while_idle_is_replaced_without_a_word(children: Children) -> None:
    children.read(FEED, url="https://a.test/")
    (first,) = children.pids
    os.kill(first, signal.SIGKILL)

    assert children.read(FEED, url="https://a.test/").entries[0].title == "Tin"
    assert children.pids != (first,)


def test_an_error_comes_back_as_it_was_raised(children: Children) -> None:
    with pytest.raises(UnreadableError) as refused:
        children.read(b"<html><head><title>News</title></head></html>", url="https://a.test/")

    assert refused.value.problem is Problem.WEB_PAGE
    assert refused.value.detail == "News"


def test_what_wants_too_much_memory_is_refused() -> None:
    wide = b'{"version": "https://jsonfeed.org/version/1", "items": [' + b"{}," * 5_000_000 + b"{}]}"
    with Children(seconds=20.0) as children:
        with pytest.raises(FetchError):
            children.read(wide, url="https://a.test/")
        assert children.read(FEED, url="https://a.test/").entries[0].title == "Tin"


def test_many_stories_that_all_matter_are_decided_a_portion_at_a_time(children: Children) -> None:
    text = "Kazakhstan, Uzbekistan and Kyrgyzstan signed a memorandum on lithium, tungsten and rare earths."
    entries = [
        Entry(f"{n}", f"https://a.test/{n}", f"Uzbekistan signs memorandum {n}", text) for n in range(600)
    ]
    named = identity.identify(entries, feed="f1")
    origin = Origin(1, "https://a.test/feed", "", "en", NOON, backlog=True)

    made = children.make([(item, "") for item in named], origin)  # as one piece it would be killed

    assert [one.place for one in made] == [item.place for item in named]


def test_what_earlier_work_left_in_memory_is_held_against_no_later_document() -> None:
    wide = b'{"version": "https://jsonfeed.org/version/1", "items": [' + b"{}," * 55_000 + b"{}]}"
    with Children(at_once=1, seconds=20.0) as children:
        page = b"<html><body><article>" + b"<p>What reads an article stays loaded.</p>" * 50 + b"</article>"
        assert children.article(page, url="https://a.test/")
        (worn,) = children.pids

        assert len(children.read(wide, url="https://a.test/").entries) == 55_001
        assert worn not in children.pids


def test_a_child_that_gives_its_memory_not_back_ends() -> None:
    with Children(at_once=1) as children:
        # Of a page that says little, libraries are asked that take 35 MB to load.
        assert children.article(b"<html><body><p>Next to nothing.</p>", url="https://a.test/")
        (spent,) = children.pids

        assert children.read(FEED, url="https://a.test/").entries
        assert spent not in children.pids


def test_a_child_whose_parent_is_gone_ends(children: Children) -> None:
    children.read(FEED, url="https://a.test/")
    child = children._idle.pop()

    child.pipe.close()  # as the kernel does when the parent dies

    until = time.monotonic() + 5
    while not child.ends():
        assert time.monotonic() < until
    assert child.fate == 0


def test_the_mother_ends_with_the_pool_and_another_takes_the_place_of_one_that_died() -> None:
    with Children() as children:
        children.read(FEED, url="https://a.test/")
        first, (child,) = children.mother, children.pids
        assert first is not None
        os.kill(first, signal.SIGKILL)
        os.kill(child, signal.SIGKILL)

        assert children.read(FEED, url="https://a.test/").entries[0].title == "Tin"
        second = children.mother
        assert second not in {None, first}
    assert second is not None
    assert not runs(second)


def test_a_large_document_comes_from_its_file_and_back_in_parts(children: Children) -> None:
    items = [{"id": str(n), "title": f"Story number {n}", "content_text": "word " * 60} for n in range(2500)]
    document = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()
    origin = Origin(1, "https://a.test/feed", "other", "", NOON, backlog=True)
    with new_file() as file:
        write(file, document)

        reading = children.take(file, url="https://a.test/feed", content_type="", origin=origin)

    assert [item.entry.guid for item in reading.items] == [str(n) for n in range(2500)]
    assert (reading.head.format, reading.head.entries, reading.fresh) == ("json", (), ())


def test_a_child_decides_as_this_process_would(children: Children) -> None:
    articles = [
        Article(title="Uzbekistan and Japan sign a memorandum on tungsten", text="Tashkent, 2 March."),
        Article(title="A cat was found", text="It is well."),
    ]

    assert children.decide(articles) == [understander().decide(article) for article in articles]


def test_feeds_of_a_page_and_the_text_of_an_article_are_found_in_a_child(children: Children) -> None:
    page = b"""<html><head>
        <link rel="alternate" type="application/rss+xml" title="All news" href="/rss">
        </head><body><a href="/feed.xml">RSS</a><a href="javascript:feed">x</a></body></html>"""
    text = (
        b"The ministry signed a memorandum on tungsten with two firms on Monday, it said in a statement. " * 8
    )
    article = (
        b"<html><body><nav>Home</nav><article><h1>Tungsten</h1><p>" + text + b"</p></article></body></html>"
    )

    offers = children.offers(page, url="https://a.test/news/")

    assert [(offer.url, offer.title) for offer in offers] == [
        ("https://a.test/rss", "All news"), ("https://a.test/feed.xml", "RSS"),
    ]  # fmt: skip
    assert "memorandum on tungsten" in children.article(article, url="https://a.test/1")


def test_what_stands_on_lines_of_its_own_in_an_article_does(children: Children) -> None:
    said = "The ministry signed a memorandum on tungsten with two firms, it said in a statement. " * 4
    page = f"<html><body><article><h2>Who was there</h2><p>{said}</p><p>Photo: A.\n B.</p></article></body>"

    text = children.article(page.encode(), url="https://a.test/1")

    assert text.splitlines() == ["Who was there", said.strip(), "Photo: A. B."]
