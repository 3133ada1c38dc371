"""The web through its one door, against a real server on loopback that misbehaves in every known way."""

import gzip
import tempfile
import time
import zlib
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import FetchError
from bot.fetch.body import NoRoomError, digest_of, size_of
from tests.fetch.server import Answer, Server, Talk, http, redirect, web

FEED = b"<rss version='2.0'><channel><title>x</title></channel></rss>"


def reason(server: Server, answer: Answer, **limits: object) -> str:
    """Why an answer is refused."""
    with pytest.raises(FetchError) as refused, ExitStack() as held:
        web(**limits).get(server.page("/feed", answer), held=held)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_an_answer_comes_whole_with_what_it_said_of_itself(server: Server) -> None:
    url = server.page(
        "/feed",
        http(FEED, Content_Type="text/xml; charset=utf-8", ETag='W/"a"', Last_Modified="some day",
             Cache_Control="max-age=60", Expires="0", Retry_After="7"),
    )  # fmt: skip

    fetched = web().get(url)

    assert (fetched.status, fetched.body, fetched.url, fetched.moved_to) == (200, FEED, url, "")
    assert (fetched.etag, fetched.last_modified) == ('W/"a"', "some day")
    assert (fetched.cache_control, fetched.expires, fetched.retry_after) == ("max-age=60", "0", "7")


def test_we_say_who_we_are_and_take_only_what_we_can_inflate_in_bounds(server: Server) -> None:
    web().get(server.page("/feed", http(FEED)))
    web().get(server.url("/feed"), user_agent="Another/1")

    first, second = server.asked
    assert "+https://example.org/contact" in first.headers["User-Agent"]
    assert second.headers["User-Agent"] == "Another/1"
    assert first.headers["Accept-Encoding"] == "gzip, deflate"
    assert "If-None-Match" not in first.headers


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(
        st.characters(min_codepoint=0x21, max_codepoint=0xFF, exclude_characters="\x7f"),
        min_size=1,
        max_size=80,
    )
)
def test_validators_go_back_byte_for_byte(server: Server, etag: str) -> None:
    url = server.page("/feed", http(FEED, ETag=etag, Last_Modified=etag))
    fetched = web().get(url)

    server.page("/feed", http(status="304 Not Modified"))
    again = web().get(url, etag=fetched.etag, last_modified=fetched.last_modified)

    assert again.status == 304
    sent = server.asked[-1].headers
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == (etag, etag)


@pytest.mark.parametrize("etag", ["x" * 301, "a\x01b", "a\tb"])
def test_a_validator_that_cannot_go_back_as_it_came_is_dropped(server: Server, etag: str) -> None:
    assert web().get(server.page("/feed", http(FEED, ETag=etag))).etag == ""


@pytest.mark.parametrize("ahead", ["100 Continue", "102 Processing", "103 Early Hints"])
def test_what_is_sent_ahead_of_an_answer_is_not_the_answer(server: Server, ahead: str) -> None:
    first = f"HTTP/1.1 {ahead}\r\nLink: </style.css>; rel=preload\r\n\r\n".encode()

    assert web().get(server.page("/feed", first * 3 + http(FEED))).body == FEED


OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def test_a_part_that_nobody_asked_for_brings_no_validators(server: Server) -> None:
    part = http(FEED, status="206 Partial Content", ETag='"1"', Last_Modified="Mon")

    fetched = web().get(server.page("/feed", part))

    assert (fetched.body, fetched.etag, fetched.last_modified) == (FEED, "", "")


def test_a_304_that_was_not_asked_for_is_an_error(server: Server) -> None:
    assert "304" in reason(server, http(status="304 Not Modified"))


@pytest.mark.parametrize(
    "status", ["404 Not Found", "410 Gone", "429 Slow Down", "503 Busy", "500 Oops", "599 Odd"]
)
def test_an_answer_of_any_status_is_an_answer(server: Server, status: str) -> None:
    fetched = web().get(server.page("/feed", http(b"sorry", status=status, Retry_After="9")))

    assert (fetched.status, fetched.body, fetched.retry_after) == (int(status[:3]), b"", "9")


def slowly(data: bytes) -> Callable[[Talk], None]:
    """Five bytes a second."""
    return lambda talk: talk.drip(data, 0.02)


def after(begin: bytes, then: Callable[[Talk], None]) -> Callable[[Talk], None]:
    """Say something, then do something."""

    def answer(talk: Talk) -> None:
        talk.say(begin)
        then(talk)

    return answer


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(slowly(http(FEED * 100)), id="drips its headers"),
        pytest.param(
            after(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", slowly(FEED * 100)), id="drips its body"
        ),
        pytest.param(Talk.hang, id="says nothing"),
        pytest.param(after(b"HTTP/1.1 200 OK\r\nA: b\r\n", Talk.hang), id="stalls in its headers"),
        pytest.param(
            after(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nab", Talk.hang), id="stalls in its body"
        ),
        pytest.param(
            after(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", Talk.hang),
            id="stalls in a chunk",
        ),
        pytest.param(
            lambda talk: talk.drip(b"HTTP/1.1 100 Continue\r\n\r\n" * 99, 0.01), id="never ends to continue"
        ),
    ],
)
def test_the_whole_exchange_has_one_deadline(server: Server, answer: Answer) -> None:
    began = time.monotonic()
    said = reason(server, answer, seconds=0.4)

    assert time.monotonic() - began < 5, "the server would have gone on for 20 s"
    assert said == "took longer than 0.4 s"


def test_redirects_share_the_deadline(server: Server) -> None:
    def round_and_round(talk: Talk) -> None:
        talk.stopped.wait(0.15)
        talk.say(redirect("/feed"))

    assert reason(server, round_and_round, seconds=0.4) == "took longer than 0.4 s"


def flood(begin: bytes, data: bytes) -> Callable[[Talk], None]:
    """Begin, and then the same for ever."""
    return after(begin, lambda talk: talk.flood(data))


BROKEN: dict[str, tuple[Answer, str]] = {
    "endless headers": (flood(OK, b"A: b\r\n" * 999), "header"),
    "a header of 1 MB": (OK + b"A: " + b"b" * 1_000_000 + b"\r\n\r\n", "header"),
    "100 Continue for ever": (flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 999), "header"),
    "endless body": (flood(OK + b"\r\n", b"x" * 65536), "0.5 MB"),
    "honest 200 MB": (OK + b"Content-Length: 200000000\r\n\r\n", "larger than 0.5 MB"),
    "not HTTP": (b"SSH-2.0-OpenSSH_9\r\n", "does not speak HTTP"),
    "binary": (b"\xff\xfe\x00" * 50, "does not speak HTTP"),
    "two lengths": (OK + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", "Duplicate Content-Length"),
    "a length that is no number": (OK + b"Content-Length: six\r\n\r\nabc", "in Content-Length"),
    "lines that are no fields": (OK + b"junk\r\n\r\nabc", "Invalid header token"),
    "no status": (b"HTTP/1.1 abc OK\r\n\r\n", "does not speak HTTP"),
    "closes at once": (b"", "closed the connection without an answer"),
    "ends early": (http(FEED)[:-9], "broke off"),
    "bad chunk": (CHUNKED + b"zz\r\nab", "in chunk size"),
    "a chunk of less than nothing": (CHUNKED + b"-5\r\nab", "in chunk size"),
    "short chunk": (CHUNKED + b"9\r\nab", "broke off"),
    "a chunk that goes on": (CHUNKED + b"2\r\nabcd\r\n0\r\n\r\n", "after chunk data"),
    "no last chunk": (CHUNKED + b"2\r\nab\r\n", "broke off"),
    "a coding of its way": (OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "not asked for"),
    "headers that end early": (OK + b"A: b\r\n", "broke off"),
    "RST": (after(OK + b"Content-Length: 9\r\n\r\nab", Talk.reset), "reset"),
    "brotli": (http(FEED, Content_Encoding="br"), "not asked for"),
    "stacked": (http(gzip.compress(FEED), Content_Encoding="gzip, gzip"), "not asked for"),
    "gzip ends early": (http(gzip.compress(FEED)[:-9], Content_Encoding="gzip"), "broke off"),
    "gzip junk": (http(b"\x1f\x8b" + b"x" * 99, Content_Encoding="gzip"), "broken"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_no_answer_is_said_in_one_line(server: Server, case: str) -> None:
    answer, said = BROKEN[case]

    assert said in reason(server, answer, largest_body=500_000)


def test_a_flood_is_cut_off_early(server: Server) -> None:
    reason(server, flood(OK + b"\r\n", b"x" * 65536), largest_body=500_000)
    server.stop()

    assert server.sent["/feed"] < 10_000_000  # what the kernel's buffers hold on both sides is sent as well


@pytest.mark.parametrize(
    "encoding",
    [
        "gzip",
        "x-gzip",
        "deflate",
        "raw deflate",
        "two members",
        "gzip and nothing",
        "said but not done",
        "done but not said",
        "no encoding at all",
    ],
)
def test_bodies_are_inflated_whatever_they_call_it(server: Server, encoding: str) -> None:
    raw = zlib.compressobj(wbits=-15)
    body, name = {
        "gzip": (gzip.compress(FEED), "gzip"),
        "x-gzip": (gzip.compress(FEED), "x-gzip"),
        "deflate": (zlib.compress(FEED), "deflate"),
        "raw deflate": (raw.compress(FEED) + raw.flush(), "deflate"),
        "two members": (gzip.compress(FEED[:9]) + gzip.compress(FEED[9:]), "gzip"),
        "gzip and nothing": (gzip.compress(FEED), "gzip, identity"),
        "said but not done": (FEED, "gzip"),
        "done but not said": (gzip.compress(FEED), "identity"),
        "no encoding at all": (FEED, "UTF-8"),
    }[encoding]

    assert web().get(server.page("/feed", http(body, Content_Encoding=name))).body == FEED


@pytest.mark.parametrize("squeeze", [gzip.compress, zlib.compress])
def test_a_bomb_stops_at_the_limit_and_not_in_memory(
    server: Server, squeeze: Callable[[bytes], bytes]
) -> None:
    bomb = squeeze(bytes(50_000_000))
    name = "gzip" if squeeze is gzip.compress else "deflate"

    assert "larger than 1 MB" in reason(server, http(bomb, Content_Encoding=name), largest_body=1_000_000)


def test_a_body_in_thousands_of_compressed_pieces_is_not_unpacked(server: Server) -> None:
    body = gzip.compress(b"") * 2000 + gzip.compress(FEED)

    assert "pieces" in reason(server, http(body, Content_Encoding="gzip"))


def test_a_large_body_lies_in_a_file_and_keeps_its_place_until_it_is_read(server: Server) -> None:
    url = server.page("/feed", http(b"x" * 600_000))
    small = server.page("/small", http(b"x" * 400_000))
    asking = web(seconds=0.3, large_at_once=1)

    with ExitStack() as held:
        fetched = asking.get(url, held=held)
        assert fetched.large is not None
        assert (fetched.body, size_of(fetched.content)) == (b"", 600_000)
        assert digest_of(fetched.content) == digest_of(b"x" * 600_000)
        with pytest.raises(NoRoomError, match="at the same time"), ExitStack() as other:
            asking.get(url, held=other)
        assert len(asking.get(small).body) == 400_000
    assert fetched.large.closed
    with ExitStack() as held:
        assert size_of(asking.get(url, held=held).content) == 600_000


def test_who_has_no_place_for_a_file_takes_no_large_body(server: Server) -> None:
    with pytest.raises(FetchError, match=r"body is larger than 0\.5 MB"):
        web().get(server.page("/feed", http(b"x" * 600_000)))
    with pytest.raises(FetchError, match=r"sent more than 0\.5 MB"):
        web().get(server.page("/feed", OK + b"\r\n" + b"x" * 600_000))


def test_a_large_body_that_finds_no_place_to_lie_is_said(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))

    with pytest.raises(NoRoomError, match="no room"), ExitStack() as held:
        web().get(server.page("/feed", http(b"x" * 600_000)), held=held)


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"])
def test_redirects_are_followed_with_the_validators(server: Server, status: str) -> None:
    server.page("/there", http(FEED))
    url = server.page("/feed", redirect("/there", status))

    fetched = web().get(url, etag='"x"')

    assert (fetched.url, fetched.body) == (server.url("/there"), FEED)
    assert server.asked[-1].headers["If-None-Match"] == '"x"'
    assert fetched.moved_to == (server.url("/there") if status[:3] in {"301", "308"} else "")


@pytest.mark.parametrize(
    ("hops", "moved"),
    [("301 308", "/2"), ("301 302", "/1"), ("302 301", ""), ("308 301 307", "/2")],
)
def test_only_permanent_redirects_from_the_first_on_move_a_feed(
    server: Server, hops: str, moved: str
) -> None:
    steps = hops.split()
    for at, status in enumerate(steps):
        server.page(f"/{at}", redirect(f"/{at + 1}", f"{status} X"))
    server.page(f"/{len(steps)}", http(FEED))

    assert urlsplit(web().get(server.url("/0")).moved_to).path == moved


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("/feed", "redirected more than 10 times"),
        ("", "without saying where to"),
        ("ftp://127.0.0.1/feed", "neither http nor https"),
        ("file:///etc/passwd", "neither http nor https"),
        ("gopher://127.0.0.1:11211/_stats", "neither http nor https"),
        ("javascript:alert(1)", "neither http nor https"),
        ("http://[::1/", "not allowed"),
        ("http://10.0.0.1/", "not allowed"),
        ("http://169.254.169.254/latest/meta-data/", "not allowed"),
        ("http://user@192.168.0.1/", "not allowed"),
        ("http://0x7f000001:99/", "not allowed"),
        ("//2130706433/", "not allowed"),
        ("http://[::ffff:10.0.0.1]/", "not allowed"),
    ],
)
def test_redirects_to_where_we_may_not_go_are_refused(server: Server, to: str, said: str) -> None:
    assert said in reason(server, redirect(to))


def test_a_redirect_may_name_its_target_in_utf_8(server: Server) -> None:
    server.page("/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8", http(FEED))
    url = server.page(
        "/feed", "HTTP/1.1 302 Found\r\nLocation: /новости\r\nContent-Length: 0\r\n\r\n".encode()
    )

    assert web().get(url).body == FEED


def test_a_password_goes_to_its_own_host_only_and_into_no_message(server: Server) -> None:
    server.page("/feed", redirect("/there"))
    server.page("/there", redirect(server.url("/end", host="localhost")))
    server.page("/end", http(FEED))

    fetched = web().get(server.url("/feed").replace("//", "//user:secret@"))

    sent = ["Authorization" in request.headers for request in server.asked]
    assert sent == [True, True, False]
    assert "secret" not in repr(fetched)


def test_nobody_listening_is_said(server: Server) -> None:
    url = server.url()
    server.stop()

    with pytest.raises(FetchError, match="connection refused"):
        web().get(url)
