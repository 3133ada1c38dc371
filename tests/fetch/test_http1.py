"""Answers as servers send them: what is careless is read, what is cut or means two things is not."""

import socket
from http.client import HTTPResponse

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import FetchError
from bot.fetch.budget import Budget
from bot.fetch.http1 import asked
from tests.fetch.server import Server, Talk, http, web

SAME = b"<rss/>"
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
LENIENT = {
    "bare line feeds": b"HTTP/1.1 200 OK\nContent-Length: 6\n\n" + SAME,
    "no reason": b"HTTP/1.1 200\r\nContent-Length: 6\r\n\r\n" + SAME,
    "HTTP/1.0 without a length": b"HTTP/1.0 200 OK\r\n\r\n" + SAME,
    "more than it said": OK + b"Content-Length: 6\r\n\r\n" + SAME + b"<html>",
    "a folded line": OK + b"X: a\r\n\tb\r\nContent-Length: 6\r\n\r\n" + SAME,
    "a space before the colon": OK + b"Content-Length : 6\r\n\r\n" + SAME,
    "extensions and trailers": CHUNKED + b"2;a=b\r\n<r\r\n04 \r\nss/>\r\n0;x\r\nETag: 9\r\n\r\n",
    "chunks and a length": OK
    + b"Content-Length: 9\r\nTransfer-Encoding: Chunked\r\n\r\n6\r\n<rss/>\r\n0\r\n\r\n",
    "an answer after the answer": OK + b"Content-Length: 6\r\n\r\n" + SAME + OK + b"ETag: 9\r\n\r\n<x/>",
}


@pytest.mark.parametrize("case", LENIENT)
def test_carelessness_that_cannot_be_misunderstood_is_passed_over(server: Server, case: str) -> None:
    fetched = web().get(server.page("/feed", LENIENT[case]))

    assert (fetched.body, fetched.etag) == (SAME, "")


def test_nothing_is_read_after_an_answer_that_has_no_body(server: Server) -> None:
    def say_and_hang(talk: Talk) -> None:
        talk.say(b"HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n")
        talk.hang()

    assert web().get(server.page("/feed", say_and_hang)).body == b""


def test_an_answer_that_turns_to_something_else_is_the_whole_answer(server: Server) -> None:
    def say_and_hang(talk: Talk) -> None:
        talk.say(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n")
        talk.hang()

    assert web().get(server.page("/feed", say_and_hang)).status == 101


@pytest.mark.parametrize("agent", ["a\r\nX: y", "b\nX: y", "\u0431\u043e\u0442"])
def test_what_cannot_be_sent_is_not(server: Server, agent: str) -> None:
    with pytest.raises(FetchError, match="cannot be asked"):
        web().get(server.page("/feed", http(SAME)), user_agent=agent)
    assert server.asked == []


def ours(said: bytes) -> tuple[int, str | None, bytes] | None:
    """What we make of an answer; None: nothing."""
    here, there = socket.socketpair()
    with here, there:
        there.sendall(said)
        there.shutdown(socket.SHUT_WR)
        budget = Budget(5.0)
        budget.allow(1_000_000, "1 MB")
        try:
            answer = asked(here, b"", budget)
            return answer.status, answer.fields.get("x"), b"".join(answer.pieces())
        except FetchError:
            return None


def theirs(said: bytes) -> tuple[int, str | None, bytes]:
    """What the standard library makes of it."""
    here, there = socket.socketpair()
    with here, there:
        there.sendall(said)
        there.shutdown(socket.SHUT_WR)
        answer = HTTPResponse(here, method="GET")
        answer.begin()
        with answer:
            return answer.status, answer.headers.get("x"), answer.read()


BODIES = st.binary(max_size=300)
VALUES = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=20)


def in_chunks(body: bytes, sizes: list[int]) -> bytes:
    """The body in chunks of these sizes, and one for the rest."""
    said = b""
    for size in sizes:
        part, body = body[:size], body[size:]
        said += b"%x\r\n%s\r\n" % (len(part), part) if part else b""
    return said + (b"%X\r\n%s\r\n" % (len(body), body) if body else b"") + b"0\r\n\r\n"


@st.composite
def answers(draw: st.DrawFn) -> bytes:
    """A whole answer whose end it says itself."""
    status, body = draw(st.sampled_from([200, 204, 301, 304, 404, 503])), draw(BODIES)
    head = b"HTTP/1.1 100 Continue\r\n\r\n" * draw(st.integers(0, 2))
    head += f"HTTP/1.1 {status} So\r\nX: {draw(VALUES)}\r\n".encode()
    if status in {204, 304}:
        return head + b"\r\n"
    if draw(st.booleans()):
        return head + b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
    sizes = draw(st.lists(st.integers(1, 90), max_size=5))
    return head + b"Transfer-Encoding: chunked\r\n\r\n" + in_chunks(body, sizes)


@settings(max_examples=50)
@given(answers())
def test_an_answer_says_what_the_standard_library_hears(said: bytes) -> None:
    assert ours(said) == theirs(said)


@settings(max_examples=50)
@given(answers(), st.integers(3, 60))  # the last line break may be missing
def test_an_answer_that_is_cut_anywhere_is_none(said: bytes, missing: int) -> None:
    assert ours(said[: max(len(said) - missing, 0)]) is None
