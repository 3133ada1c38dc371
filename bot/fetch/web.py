"""The web as we meet it: one exchange at a time, within limits, only to where we may go.

How an answer is read is `http1`'s; the rest is decided here: where to connect
(`addresses`), how long and how much (`budget`), how far to inflate (`inflate`),
and every hop of a redirect.
"""

import socket
import ssl
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from io import FileIO
from typing import Final

from bot.errors import FetchError
from bot.fetch.addresses import Network
from bot.fetch.body import SMALL, Body, NoRoomError, new_file
from bot.fetch.budget import Budget
from bot.fetch.connect import credentials, straight, through
from bot.fetch.http1 import Answer, Fields, asked, request
from bot.fetch.inflate import Inflater
from bot.fetch.proxies import Proxies
from bot.fetch.target import Target
from bot.fetch.tls import trusted

FEEDS: Final = (
    "application/atom+xml, application/rss+xml, application/feed+json;q=0.9, application/xml;q=0.9, */*;q=0.5"
)
PAGES: Final = "text/html, application/xhtml+xml, */*;q=0.5"

_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT = {301, 308}
_PARTIAL, _NOT_MODIFIED = 206, 304
_LONGEST_FIELD = 300


@dataclass(frozen=True, slots=True)
class Limits:
    """What one exchange may take, redirects included."""

    deadline: timedelta = timedelta(seconds=30)
    largest_header: int = 64_000  # bytes before the body, of each hop
    largest_body: int = 16_000_000  # bytes, as sent and as inflated
    hops: int = 10
    large_at_once: int = 8  # bodies over 0.5 MB that lie in files at the same time


@dataclass(frozen=True, slots=True)
class Fetched:
    """A whole answer. Header fields are as the server sent them; "" where it sent none."""

    status: int
    url: str  # that answered, after all hops
    body: bytes = b""  # inflated; only of a 2xx answer
    large: FileIO | None = None  # in its place, when it is larger than 0.5 MB
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    retry_after: str = ""
    cache_control: str = ""
    expires: str = ""
    date: str = ""
    moved_to: str = (
        ""  # where the address asked for now lives, by permanent redirects only; "": it did not move
    )

    @property
    def content(self) -> Body:
        """The body, wherever it is."""
        return self.large or self.body


class Web:
    """Asks servers. Safe to share between threads; keeps one TLS context."""

    def __init__(
        self,
        *,
        user_agent: str,
        limits: Limits | None = None,
        private_networks: Sequence[Network] = (),
        tls: ssl.SSLContext | None = None,
        proxies: Proxies | None = None,
    ) -> None:
        self._user_agent = user_agent
        self.limits = limits or Limits()
        self.private_networks = tuple(private_networks)
        self._tls = tls or trusted()
        self._proxies = proxies or Proxies()
        self._large = threading.BoundedSemaphore(self.limits.large_at_once)

    def get(
        self,
        url: str,
        *,
        etag: str = "",
        last_modified: str = "",
        user_agent: str = "",
        accept: str = FEEDS,
        held: ExitStack | None = None,
    ) -> Fetched:
        """Ask for a page, following redirects.

        With `held`, a body over 0.5 MB comes as a file, which is there until that is closed; there is
        room for a few. Without, such a body is refused as too large.

        `etag` and `last_modified` are sent back byte for byte as they were
        received. An answer of any status is returned; FetchError, with a reason
        of one line that never holds a password, is for where there was none.
        """
        headers = {
            "User-Agent": user_agent or self._user_agent,
            "Accept": accept,
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        }
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        budget = Budget(self.limits.deadline.total_seconds())
        moved_to, moving = "", True
        here = Target.of(url)
        for _ in range(self.limits.hops + 1):
            fetched, location = self._exchange(here, headers, budget, held)
            if not location:
                if fetched.status == _NOT_MODIFIED and not (etag or last_modified):
                    raise FetchError("answered 304 (not modified) although nothing was known of it yet")
                return replace(fetched, moved_to=moved_to) if moved_to else fetched
            moving = moving and fetched.status in _PERMANENT
            here = here.onward(location)
            if moving:
                moved_to = here.url
        raise FetchError(f"redirected more than {self.limits.hops} times")

    def _exchange(
        self, target: Target, headers: Fields, budget: Budget, held: ExitStack | None
    ) -> tuple[Fetched, str]:
        """One hop: the answer, and where it sends us on to ("": nowhere)."""
        if target.authorization:
            headers = {**headers, "Authorization": target.authorization}
        proxy = self._proxies.to(target)
        sent = _question(target, proxy, headers)
        budget.allow(self.limits.largest_header, f"{self.limits.largest_header / 1000:g} kB of headers")
        try:
            with closing(self._connected(target, proxy, budget)) as sock:
                answer = asked(sock, sent, budget)
                body = self._body(answer, budget, held) if answer.status // 100 == 2 else b""
        except (OSError, ValueError) as error:  # a name that no certificate can have is a ValueError
            raise FetchError(_reason(error, budget)) from None
        return _facts(answer, target.url, body), _location(answer)

    def _connected(self, target: Target, proxy: Target | None, budget: Budget) -> socket.socket:
        """A socket to an address that was checked: to that very address, not to the name again.

        With https it is verified, for the name of the host.
        """
        if proxy is None:
            sock = straight(target, self.private_networks, budget)
        else:
            sock = through(proxy, target, self.private_networks, budget)
        if target.scheme != "https":
            return sock
        with closing(sock):  # which is empty when the other has taken it over
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # the question follows the handshake
            sock.settimeout(budget.seconds())
            # A name may be written with the dot of the root; no certificate is.
            return self._tls.wrap_socket(sock, server_hostname=target.host.rstrip("."))

    def _body(self, answer: Answer, budget: Budget, held: ExitStack | None) -> Body:
        """The body, whole and inflated."""
        largest = self.limits.largest_body if held is not None else min(self.limits.largest_body, SMALL)
        budget.allow(largest, f"{largest / 1e6:g} MB")
        if (answer.length or 0) > largest:
            raise FetchError(f"body is larger than {largest / 1e6:g} MB")
        room = partial(self._room, budget, held or ExitStack())
        body = Inflater(answer.fields.get("content-encoding", ""), largest=largest, room=room)
        for piece in answer.pieces():
            body.add(piece)
        return body.whole()

    def _room(self, budget: Budget, held: ExitStack) -> FileIO:
        """A file for a large body, when there is room for one; waiting is taken off no deadline."""
        began = time.monotonic()
        if not self._large.acquire(timeout=2 * self.limits.deadline.total_seconds()):
            raise NoRoomError("too many as large as this one came at the same time")
        held.callback(self._large.release)
        budget.give(time.monotonic() - began)
        return held.enter_context(new_file())


def _question(target: Target, proxy: Target | None, headers: Fields) -> bytes:
    """What is said. A proxy that asks for us, as with http, takes the whole address (RFC 9112, 3.2.2)."""
    if proxy is None or target.scheme == "https":
        return request(target.path, target.authority, headers)
    return request(target.url, target.authority, {**headers, **credentials(proxy)})


def _facts(answer: Answer, url: str, body: Body) -> Fetched:
    """What we keep of an answer."""
    field = answer.fields.get
    whole = answer.status != _PARTIAL  # nobody asked for a part
    return Fetched(
        status=answer.status,
        url=url,
        body=body if isinstance(body, bytes) else b"",
        large=None if isinstance(body, bytes) else body,
        content_type=field("content-type", "")[:_LONGEST_FIELD],
        etag=_validator(field("etag", "")) if whole else "",
        last_modified=_validator(field("last-modified", "")) if whole else "",
        retry_after=field("retry-after", "")[:_LONGEST_FIELD],
        cache_control=field("cache-control", "")[:_LONGEST_FIELD],
        expires=field("expires", "")[:_LONGEST_FIELD],
        date=field("date", "")[:_LONGEST_FIELD],
    )


def _location(answer: Answer) -> str:
    """Where a redirect leads; "" for an answer that is none."""
    if answer.status not in _REDIRECTS:
        return ""
    location = answer.fields.get("location", "")
    if not location:
        raise FetchError(f"answered {answer.status} without saying where to")
    return location


def _validator(text: str) -> str:
    """A validator as it came, or none: one that could not be sent back byte for byte is worth nothing."""
    return "" if len(text) > _LONGEST_FIELD or any(c < " " or c == "\x7f" for c in text) else text


def _reason(error: OSError | ValueError, budget: Budget) -> str:
    """One line that says what went wrong with a connection, in our words where the library's are obscure."""
    if isinstance(error, TimeoutError):
        return budget.too_long
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid: {error.verify_message}"
    if isinstance(error, ssl.SSLError):
        return f"no secure connection: {error.reason or 'TLS failed'}"
    if isinstance(error, ConnectionRefusedError):
        return "connection refused"
    if isinstance(error, ConnectionResetError | BrokenPipeError):
        return "connection was reset"
    return "cannot be reached"
