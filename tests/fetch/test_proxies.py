"""Networks with one way out: feeds are read through the proxy that the environment names."""

import base64
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from bot.errors import ConfigError, FetchError
from bot.fetch.addresses import REFUSED, Network
from bot.fetch.proxies import Proxies
from bot.fetch.web import Limits, Web
from tests.fetch.certificates import AUTHORITY, issue, server_context, trusting
from tests.fetch.server import LOOPBACK, TLS, Answer, Server, Talk, http, serving

OPEN = b"HTTP/1.1 200 Connection established\r\n\r\n"


@pytest.fixture
def proxy() -> Iterator[Server]:
    """A server that is asked for others."""
    with serving() as made:
        yield made


def through(
    proxy: Server,
    *,
    user: str = "",
    no: str = "",
    tls: ssl.SSLContext = TLS,
    networks: Sequence[Network] = LOOPBACK,
) -> Web:
    """The web behind a proxy. Of its address, the scheme may be left out."""
    where = f"{user}{proxy.address}:{proxy.port}"
    proxies = Proxies({"http": f"http://{where}", "https": where, "no": no})
    return Web(user_agent="x", private_networks=networks, tls=tls, limits=Limits(), proxies=proxies)


def passing_on_to(server: Server) -> Answer:
    """A tunnel: what one side says, the other hears."""

    def pump(from_: socket.socket, to: socket.socket) -> None:
        with suppress(OSError):
            while piece := from_.recv(65536):
                to.sendall(piece)
        with suppress(OSError):
            to.shutdown(socket.SHUT_WR)

    def answer(talk: Talk) -> None:
        with socket.create_connection((server.address, server.port)) as there:
            talk.say(OPEN)
            back = threading.Thread(target=pump, args=(there, talk.conn))
            back.start()
            pump(talk.conn, there)
            back.join(5)

    return answer


def lead(monkeypatch: pytest.MonkeyPatch, name: str, address: str) -> None:
    """Let one name lead somewhere; the resolver knows all others."""
    resolve = socket.getaddrinfo

    def known(host: str, *args: Any, **options: Any) -> list[Any]:
        return resolve(address if host == name else host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", known)


def test_a_page_without_tls_is_asked_of_the_proxy_by_its_whole_address(proxy: Server) -> None:
    asked_for = "http://feeds.invalid/feed?a=1"  # a name that only the proxy can know
    proxy.page(asked_for, http(b"for you", ETag='"1"'))

    fetched = through(proxy, user="me:pass%20word@").get(asked_for)

    assert (fetched.body, fetched.url, fetched.etag) == (b"for you", asked_for, '"1"')
    told = proxy.asked[0].headers
    assert told["Host"] == "feeds.invalid"
    assert told["Proxy-Authorization"] == "Basic " + base64.b64encode(b"me:pass word").decode()
    assert "Authorization" not in told


def test_a_page_with_tls_is_verified_by_us_and_the_proxy_passes_bytes_on(
    proxy: Server, tmp_path: Path
) -> None:
    good = issue("good", AUTHORITY, address="feeds.invalid")
    with serving(server_context(good, tmp_path)) as server:
        server.page("/feed", http(b"secure"))
        proxy.page("feeds.invalid:443", passing_on_to(server))

        fetched = through(proxy, user="me:secret@", tls=trusting()).get("https://feeds.invalid/feed")
        with pytest.raises(FetchError, match="its certificate is not valid"):
            through(proxy).get("https://feeds.invalid/feed")

    assert fetched.body == b"secure"
    assert [asked.path for asked in proxy.asked] == ["feeds.invalid:443"] * 2
    assert "Proxy-Authorization" in proxy.asked[0].headers
    assert "Proxy-Authorization" not in server.asked[0].headers


@pytest.mark.parametrize("no", ["*", "inner.test", "other.example, inner.test", ".test", "INNER.test:{port}"])
def test_who_needs_no_proxy_is_asked_straight(
    proxy: Server, server: Server, monkeypatch: pytest.MonkeyPatch, no: str
) -> None:
    lead(monkeypatch, "inner.test", server.address)
    server.page("/feed", http(b"straight"))

    fetched = through(proxy, no=no.format(port=server.port)).get(server.url(host="inner.test"))

    assert (fetched.body, proxy.asked) == (b"straight", [])


@pytest.mark.parametrize("no", ["", "ner.test", "example.org", "inner.test:1"])
def test_everybody_else_is_asked_through_it(
    proxy: Server, server: Server, monkeypatch: pytest.MonkeyPatch, no: str
) -> None:
    lead(monkeypatch, "inner.test", server.address)
    proxy.page(server.url(host="inner.test"), http(b"through"))

    assert through(proxy, no=no).get(server.url(host="inner.test")).body == b"through"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST"])
def test_what_is_on_this_machine_is_never_asked_of_another(proxy: Server, server: Server, host: str) -> None:
    server.page("/feed", http(b"here"))

    assert through(proxy).get(server.url(host=host)).body == b"here"
    assert proxy.asked == []


def test_a_redirect_is_followed_through_the_proxy(proxy: Server) -> None:
    proxy.page("http://one.invalid/", http(status="301 Moved", Location="http://two.invalid/feed"))
    proxy.page("http://two.invalid/feed", http(b"there"))

    assert through(proxy).get("http://one.invalid/").moved_to == "http://two.invalid/feed"


@pytest.mark.parametrize("inner", ["http://10.0.0.1/", "https://169.254.169.254/", "http://inner.test/"])
def test_what_is_known_here_to_be_inside_is_not_asked_of_the_proxy_either(
    proxy: Server, monkeypatch: pytest.MonkeyPatch, inner: str
) -> None:
    lead(monkeypatch, "inner.test", "10.9.8.7")
    with pytest.raises(FetchError, match=REFUSED):
        through(proxy, networks=()).get(inner)
    assert proxy.asked == []


def test_a_proxy_that_refuses_is_named_as_who_refused(proxy: Server) -> None:
    proxy.page("feeds.invalid:443", http(status="403 Forbidden"))

    with pytest.raises(FetchError, match="the proxy does not let us through: it answered 403"):
        through(proxy).get("https://feeds.invalid/")


def test_a_proxy_that_is_not_there_is_named_as_what_is_missing(proxy: Server) -> None:
    proxy.stop()

    with pytest.raises(FetchError, match="the proxy cannot be reached: Connection refused"):
        through(proxy).get("http://feeds.invalid/")


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-OpenSSH\r\n"])
def test_what_is_no_proxy_at_all_is_not_mistaken_for_the_site(proxy: Server, answer: bytes) -> None:
    proxy.page("feeds.invalid:443", answer)

    with pytest.raises(FetchError, match="the proxy opened no way"):
        through(proxy).get("https://feeds.invalid/")


def test_a_proxy_whose_name_nobody_knows_is_named_as_such() -> None:
    web = Web(user_agent="x", tls=TLS, proxies=Proxies({"http": "http://no-such-proxy.invalid:3128"}))

    with pytest.raises(FetchError, match="the proxy cannot be reached: no such host: no-such-proxy"):
        web.get("http://feeds.invalid/")


@pytest.mark.parametrize(
    "address", ["socks5://me:hunter2@127.0.0.1:1080", "https://proxy:1", "http://proxy:x"]
)
def test_a_proxy_that_is_none_of_http_is_refused_at_once(address: str) -> None:
    with pytest.raises(ConfigError, match=r"^HTTPS_PROXY .*http://HOST:PORT") as refused:
        Proxies({"https": address})
    assert "hunter2" not in str(refused.value)


def test_one_proxy_may_be_for_all_and_the_environment_says_which(
    proxy: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{proxy.port}")
    proxy.page("http://feeds.invalid/", http(b"through"))

    web = Web(user_agent="x", tls=TLS, proxies=Proxies.of_environment())

    assert web.get("http://feeds.invalid/").body == b"through"
