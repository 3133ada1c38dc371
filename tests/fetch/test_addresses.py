"""Where the web may go: never inside, however the way there is spelled; decided before connecting."""

import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import FetchError
from bot.fetch.addresses import is_public, places
from bot.fetch.target import Target
from bot.fetch.web import Limits, Web
from tests.fetch.server import TLS, Server, http, redirect, web

_connected: list[tuple[object, ...]] = []
_watching = False


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if _watching and event == "socket.connect":
        _connected.append(arguments)


sys.addaudithook(_hear)  # the interpreter itself says when a socket connects


@contextmanager
def connections() -> Iterator[list[tuple[object, ...]]]:
    """The connections that are tried meanwhile."""
    global _watching  # noqa: PLW0603 - a hook cannot be taken away again
    _connected.clear()
    _watching = True
    try:
        yield _connected
    finally:
        _watching = False


def words(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


V4 = words("""
    127.0.0.1 127.1.2.3 127.255.255.255 0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200
    100.127.255.254 169.254.0.1 169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192
    192.0.2.1 192.31.196.1 192.52.193.1 192.88.99.1 192.168.0.1 192.168.255.255 192.175.48.1 198.18.0.1
    198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 168.63.129.16
""")
V6 = words("""
    ::1 :: fe80::1 febf::1 fec0::1 fc00::1 fd00:ec2::254 fdff::1 ff02::1 ff05::1:3 100::1 2001:db8::1 3fff::1
    2001::1 2001:0:53aa:64c::1 2001:2::1 2001:10::1 2001:20::1 5f00::1 64:ff9b:1::7f00:1 4000::1 e000::1
    2620:4f:8000::1
""")
# 127.0.0.1, 10.0.0.1 and 169.254.169.254 inside an IPv6 address.
WRAPPED = words("""
    ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1 ::ffff:a9fe:a9fe ::127.0.0.1 ::7f00:1 ::ffff:0:7f00:1
    64:ff9b::127.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b::10.0.0.1 2002:7f00:1:: 2002:a00:1::1
    2002:a9fe:a9fe:: 0:0:0:0:0:ffff:127.0.0.1 0000:0000:0000:0000:0000:0000:0000:0001
    2a00:1450:4001:81b:0:5efe:127.0.0.1 2a00:1450:4001:81b:200:5efe:10.0.0.1 fe80::5efe:a9fe:a9fe
    64:ff9b:1:7f00:0:100:: 64:ff9b:1:7f:0:1:: 64:ff9b:1::7f:0:100:0 64:ff9b:1:fffe::7f00:1
    64:ff9b:1::127.0.0.1
""")
# The same addresses as resolvers and browsers would read them.
SPELLED = words("""
    2130706433 0x7f000001 0x7f.0.0.1 0x7f.1 0177.0.0.1 017700000001 127.1 127.0.1 0x7F000001 00000177.0.0.1
    3232235521 0xC0A80001 0300.0250.0.1 192.168.1 167772161 0xa000001 012.0.0.1 10.1 2852039166 0xa9fea9fe
    0251.0376.0251.0376 169.254.43518 0xa9.0xfe.0xa9.0xfe 127.0.0.1. 127.0.0.01 127.000.000.001 0 0x0 00
    localhost LOCALHOST localhost. 1.2.3.4.5 999.1.1.1 4294967297 0x100000001 0b1111111.0.0.1
    １２７.０.０.１ ①②⑦.⓪.⓪.① 127。0。0。1 127．0．0．1 ⓛⓞⓒⓐⓛⓗⓞⓢⓣ lo­calhost 𝟏𝟐𝟕.𝟎.𝟎.𝟏 ٣٢٣٢٢٣٥٥٢١
""")
TRICKS = [
    *words("http://user@127.0.0.1/ http://user:pass@10.0.0.1/ http://example.org@127.0.0.1/"),
    *words("http://example.org:80@127.0.0.1/ http://127.0.0.1#@example.org/ http://127.0.0.1?@example.org/"),
    *words("http://[fe80::1%25eth0]/ http://[fe80::1%eth0]/ http://[::1%25lo]/ http://[::ffff:127.0.0.1%25lo]/"),
    "http://127.0.0.1\\@example.org/", "http://example.org\\@127.0.0.1/", "http:\\\\127.0.0.1/", "http:///127.0.0.1/",
    "http:127.0.0.1/", "//127.0.0.1/", "http://127.0.0.1\t/", "http://127.0.0.1\n.example.org/", "http://[127.0.0.1]/",
    "http://127.0.0.1%00.example.org/", "http://%31%32%37.0.0.1/", "http://127.0.0.1%2f@example.org/", "http://[::1]:0/",
]  # fmt: skip
INNER = [
    *(f"http://{host}/" for host in (*V4, *SPELLED)),
    *(f"http://[{host}]/" for host in (*V6, *WRAPPED)),
    *(f"https://{host}:8443/feed" for host in V4),
    *(f"http://{host}:22/" for host in V4),
    *TRICKS,
]


@pytest.mark.parametrize("url", INNER)
def test_nothing_inside_is_ever_connected_to(url: str) -> None:
    closed = Web(user_agent="x", tls=TLS, limits=Limits())
    with connections() as tried, pytest.raises(FetchError) as refused:
        closed.get(url)

    assert tried == []
    assert str(refused.value).startswith("not allowed: ")


def test_there_are_more_forms_here_than_are_known_out_there() -> None:
    assert len(set(INNER)) > 184


def test_a_host_that_is_not_there_is_refused_in_the_same_words_as_one_that_is() -> None:
    said = set()
    for url in ("http://nobody.invalid/", "http://localhost:1/", "http://10.0.0.1:22/", "http://10.0.0.1:1/"):
        with pytest.raises(FetchError) as refused:
            Web(user_agent="x", tls=TLS).get(url)
        said.add(str(refused.value))

    assert len(said) == 1
    assert "not allowed" in said.pop()


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "1.1.1.1",
        "100.63.255.255",
        "172.32.0.1",
        "192.0.1.1",
        "198.20.0.1",
        "223.255.255.255",
        "91.212.89.1",
    ],
)
def test_public_addresses_are_let_through_in_every_wrapping(address: str) -> None:
    plain = IPv4Address(address)

    assert is_public(plain)
    assert is_public(IPv6Address(f"::ffff:{address}"))
    assert is_public(IPv6Address(f"64:ff9b::{address}"))
    assert is_public(IPv6Address(f"2a00:1450:4001:81b:0:5efe:{address}"))
    assert places(address, 80, (), timeout=1)[0].sockaddr == (address, 80)


@pytest.mark.parametrize(
    "address", ["2606:4700:4700::1111", "2a00:1450:4001::1", "2620:fe::fe", "2400:cb00::1"]
)
def test_public_addresses_of_ip_6_are_let_through(address: str) -> None:
    assert is_public(IPv6Address(address))


@given(st.ip_addresses(v=4))
def test_an_address_is_inside_if_python_says_so(address: IPv4Address) -> None:
    if not address.is_global or address.is_multicast:
        assert not is_public(address)


@given(st.ip_addresses(v=6))
def test_an_address_of_ip_6_is_inside_if_python_says_so(address: IPv6Address) -> None:
    if not address.is_global or address.is_multicast:
        assert (
            not is_public(address) or address.ipv4_mapped is not None or address in ip_network("64:ff9b::/96")
        )


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Let names lead where we want: the resolver is the machine's, and leaves the process."""
    asked: list[str] = []

    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        found = answers[min(len(asked), len(answers)) - 1]
        return [
            (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port))
            for one in found
        ]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


@pytest.mark.parametrize(
    "inside", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1", "::ffff:10.0.0.1"]
)
@pytest.mark.parametrize("outside", [[], ["8.8.8.8"]])
def test_a_name_that_leads_inside_is_refused_though_it_leads_outside_too(
    monkeypatch: pytest.MonkeyPatch, inside: str, outside: list[str]
) -> None:
    resolving(monkeypatch, [*outside, inside])
    with connections() as tried, pytest.raises(FetchError, match="not allowed"):
        Web(user_agent="x", tls=TLS).get("http://rebind.test/")

    assert tried == []


def test_a_name_is_resolved_once_and_what_was_checked_is_connected_to(
    monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    server.page("/feed", http(b"x"))
    asked = resolving(monkeypatch, ["127.0.0.1"], ["169.254.169.254"])

    assert web().get(f"http://rebind.test:{server.port}/feed").body == b"x"
    assert asked == ["rebind.test"]
    assert server.asked[0].headers["Host"] == f"rebind.test:{server.port}"


def test_a_name_is_checked_anew_on_every_hop(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    url = f"http://rebind.test:{server.port}/feed"
    server.page("/feed", redirect(url))
    resolving(monkeypatch, ["127.0.0.1"], ["169.254.169.254"])

    with connections() as tried, pytest.raises(FetchError, match="not allowed"):
        web().get(url)

    assert [arguments[1] for arguments in tried] == [("127.0.0.1", server.port)]


def test_a_resolver_that_is_silent_meets_the_deadline(
    monkeypatch: pytest.MonkeyPatch, server: Server
) -> None:
    silent = threading.Event()

    def resolve(*_: object, **__: object) -> list[object]:
        silent.wait(10)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    try:
        with pytest.raises(FetchError, match=r"took longer than 0\.2 s"):
            web(seconds=0.2).get("http://slow.test/")
    finally:
        silent.set()


def test_the_operator_opens_what_is_meant_to_be_open_and_nothing_beside(server: Server) -> None:
    server.page("/feed", http(b"x"))
    narrow = Web(user_agent="x", tls=TLS, private_networks=[ip_network("127.0.0.1/32")])

    assert narrow.get(server.url()).body == b"x"
    with pytest.raises(FetchError, match="not allowed"):
        narrow.get(f"http://127.0.0.2:{server.port}/feed")
    assert ip_address("127.0.0.1") in ip_network("127.0.0.1/32")


@pytest.mark.parametrize(
    ("leads_to", "reached"),
    [
        (["::1", "127.0.0.1"], True),
        (["127.0.0.1", "10.0.0.1"], True),
        (["127.0.0.1", "8.8.8.8", "10.0.0.1"], False),
        (["::1"], False),
    ],
)
def test_of_a_name_that_leads_inside_alone_only_what_is_opened_is_asked(
    monkeypatch: pytest.MonkeyPatch, server: Server, leads_to: list[str], *, reached: bool
) -> None:
    server.page("/feed", http(b"x"))
    resolving(monkeypatch, leads_to)
    narrow = Web(user_agent="x", tls=TLS, private_networks=[ip_network("127.0.0.0/8")])

    with connections() as tried:
        if reached:
            assert narrow.get(f"http://localhost:{server.port}/feed").body == b"x"
        else:
            with pytest.raises(FetchError, match="not allowed"):
                narrow.get(f"http://localhost:{server.port}/feed")

    assert [arguments[1] for arguments in tried] == [("127.0.0.1", server.port)] * reached


def test_a_server_of_ip_6_is_reached_when_it_is_opened() -> None:
    try:
        server = Server(address="::1")
    except OSError:
        pytest.skip("this machine has no IPv6")
    try:
        server.page("/feed", http(b"six"))
        assert web().get(f"http://[::1]:{server.port}/feed").body == b"six"
    finally:
        server.stop()


@given(st.text(max_size=60))
@example("\N{ONE DOT LEADER}")
def test_any_text_is_an_address_or_an_error_in_one_line(text: str) -> None:
    for url in (text, f"http://{text}/", f"http://example.org/{text}", f"http://example.org:{text}/"):
        try:
            target = Target.of(url)
        except FetchError as error:
            assert "\n" not in str(error)  # noqa: PT017
        else:
            assert target.url.isascii()
            assert not any(letter.isspace() for letter in target.url)
            assert Target.of(target.url) == Target(target.scheme, target.host, target.port, target.path)
