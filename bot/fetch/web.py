"""The web as we meet it: one exchange at a time, within limits, only to where we may go.

The standard library speaks HTTP; everything it leaves open is decided here:
where to connect (`addresses`), how long and how much (`budget`), how far to
inflate (`inflate`), and every hop of a redirect.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import timedelta
from http.client import HTTPConnection, HTTPException, HTTPResponse, IncompleteRead
from typing import Final

from bot.errors import FetchError
from bot.fetch.addresses import REFUSED, Network, places
from bot.fetch.budget import Budget, BudgetSocket, BudgetTLSSocket, trusted
from bot.fetch.inflate import Inflater
from bot.fetch.target import Target

FEEDS: Final = (
    "application/atom+xml, application/rss+xml, application/feed+json;q=0.9, application/xml;q=0.9, */*;q=0.5"
)
PAGES: Final = "text/html, application/xhtml+xml, */*;q=0.5"

_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT = {301, 308}
_SWITCHING, _PARTIAL, _NOT_MODIFIED = 101, 206, 304
_LONGEST_FIELD = 300
_PIECE = 1 << 16
_SMALL_BODY = 1 << 19


Fields = Mapping[str, str]
"""The header of an answer, by names in lower case."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one exchange may take, redirects included."""

    deadline: timedelta = timedelta(seconds=30)
    largest_header: int = 64_000  # bytes before the body, of each hop
    largest_body: int = 16_000_000  # bytes, as sent and as inflated
    hops: int = 10
    large_at_once: int = 2  # bodies over 0.5 MB held in memory at the same time


@dataclass(frozen=True, slots=True)
class Fetched:
    """A whole answer. Header fields are as the server sent them; "" where it sent none."""

    status: int
    url: str  # that answered, after all hops
    body: bytes = b""  # inflated; only of a 2xx answer
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


class BusyError(FetchError):
    """There was no room for a large body. That is no fault of its server's."""


class Web:
    """Asks servers. Safe to share between threads; keeps one TLS context."""

    def __init__(
        self,
        *,
        user_agent: str,
        limits: Limits | None = None,
        private_networks: Sequence[Network] = (),
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._user_agent = user_agent
        self.limits = limits or Limits()
        self.private_networks = tuple(private_networks)
        self._tls = tls or trusted()
        self._tls.sslsocket_class = BudgetTLSSocket
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

        Of large bodies only a few are in memory at a time. What is to be read takes
        longer to read than to come: with `held`, its place is free again when that is closed.

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
            with ExitStack() as place:
                fetched, location = self._exchange(here, headers, budget, place)
                if held is not None:
                    held.push(place.pop_all())
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
        self, target: Target, headers: Mapping[str, str], budget: Budget, place: ExitStack
    ) -> tuple[Fetched, str]:
        """One hop: the answer, and where it sends us on to ("": nowhere)."""
        connection = self._connection(target, budget)
        try:
            budget.allow(self.limits.largest_header, f"{self.limits.largest_header / 1000:g} kB of headers")
            extra = {"Authorization": target.authorization} if target.authorization else {}
            connection.request("GET", target.path, headers={**headers, **extra})
            # Closed by us: a response holds the socket open, and an error on its way up holds the response.
            with closing(connection.getresponse()) as response:
                fields = _fields(response)
                body = self._body(response, fields, budget, place) if response.status // 100 == 2 else b""
                return _facts(response.status, fields, target.url, body), _location(response.status, fields)
        except FetchError:
            raise
        except (HTTPException, OSError, ValueError) as error:
            raise FetchError(budget.spent or _reason(error, budget)) from None
        finally:
            connection.close()

    def _connection(self, target: Target, budget: Budget) -> HTTPConnection:
        """A connection to an address that was checked: to that very address, not to the name again."""
        try:
            sock = _connected(target, self.private_networks, budget)
        except FetchError:
            raise
        except OSError as error:
            raise FetchError(budget.spent or _reason(error, budget)) from None
        return _Pinned(target, sock, budget, self._tls if target.scheme == "https" else None)

    def _body(self, response: HTTPResponse, fields: Fields, budget: Budget, place: ExitStack) -> bytes:
        """The body, whole and inflated; a large one waits for its place, free when `place` is closed."""
        largest = self.limits.largest_body
        budget.allow(largest, f"{largest / 1e6:g} MB")
        if len({length.strip() for length in fields.get("content-length", "").split(",")}) > 1:
            raise HTTPException("two lengths")  # RFC 9112, 6.3: one of them is wrong
        if (response.length or 0) > largest:
            raise FetchError(f"body is larger than {largest / 1e6:g} MB")
        body = Inflater(fields.get("content-encoding", ""), largest=largest)
        small = True
        while piece := response.read(_PIECE):
            body.add(piece)
            if small and body.size > _SMALL_BODY:
                small = False
                budget.give(self._waited())
                place.callback(self._large.release)
        if response.length:  # the library says so only of a body that is read at once
            raise IncompleteRead(b"", response.length)
        return body.whole()

    def _waited(self) -> float:
        """Wait for a place for a large body, and give the seconds that took. Raises BusyError."""
        began = time.monotonic()
        if not self._large.acquire(timeout=2 * self.limits.deadline.total_seconds()):
            raise BusyError("too many as large as this one were read at the same time")
        return time.monotonic() - began


class _LastWord(HTTPResponse):
    """An answer after whatever was sent ahead of it: the library knows only "100 Continue"."""

    def _read_status(self) -> tuple[str, int, str]:
        version, status, reason = super()._read_status()  # type: ignore[misc]
        ahead = status // 100 == 1 and status != _SWITCHING
        return version, http.client.CONTINUE if ahead else status, reason


class _Pinned(HTTPConnection):
    """A connection over a socket that is open already; with `tls`, verified for the name of the host."""

    response_class = _LastWord

    def __init__(
        self, target: Target, sock: BudgetSocket, budget: Budget, tls: ssl.SSLContext | None
    ) -> None:
        self.default_port = 443 if tls else 80
        super().__init__(target.host, target.port)
        self._ready = sock
        self._budget = budget
        self._tls = tls

    def connect(self) -> None:
        """Shake hands, if at all, within the budget, and keep to it afterwards."""
        self.sock = self._ready
        if self._tls is None:
            return
        self._ready.settimeout(self._budget.seconds())
        # A name may be written with the dot of the root; no certificate is.
        secured = self._tls.wrap_socket(self._ready, server_hostname=self.host.rstrip("."))
        assert isinstance(secured, BudgetTLSSocket)
        secured.budget = self._budget
        self.sock = secured


def _connected(target: Target, opened: Sequence[Network], budget: Budget) -> BudgetSocket:
    """A socket connected to the first address of the host that answers.

    Raises FetchError where none may be connected to, OSError where none answers.
    """
    found = places(target.host, target.port, opened, timeout=budget.seconds())
    failure: OSError = OSError(REFUSED)
    for left, place in zip(range(len(found), 0, -1), found, strict=True):
        sock = BudgetSocket(place.family, socket.SOCK_STREAM)
        sock.budget = budget
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(budget.seconds() / left)  # a dead address leaves time for the next
            sock.connect(place.sockaddr)
        except OSError as error:
            sock.close()
            failure = error
        else:
            return sock
    raise failure


def _facts(status: int, fields: Fields, url: str, body: bytes) -> Fetched:
    """What we keep of an answer."""
    field = fields.get
    whole = status != _PARTIAL  # nobody asked for a part
    return Fetched(
        status=status,
        url=url,
        body=body,
        content_type=field("content-type", "")[:_LONGEST_FIELD],
        etag=_validator(field("etag", "")) if whole else "",
        last_modified=_validator(field("last-modified", "")) if whole else "",
        retry_after=field("retry-after", "")[:_LONGEST_FIELD],
        cache_control=field("cache-control", "")[:_LONGEST_FIELD],
        expires=field("expires", "")[:_LONGEST_FIELD],
        date=field("date", "")[:_LONGEST_FIELD],
    )


def _fields(response: HTTPResponse) -> Fields:
    """The fields of the header; one that is sent several times is one list (RFC 9110, 5.3)."""
    fields: dict[str, str] = {}
    for called, value in response.headers.items():
        name = called.lower()
        fields[name] = f"{fields[name]}, {value}" if name in fields else value
    return fields


def _location(status: int, fields: Fields) -> str:
    """Where a redirect leads; "" for an answer that is none."""
    if status not in _REDIRECTS:
        return ""
    location = fields.get("location", "")
    if not location:
        raise FetchError(f"answered {status} without saying where to")
    return location


def _validator(text: str) -> str:
    """A validator as it came, or none: one that could not be sent back byte for byte is worth nothing."""
    return "" if len(text) > _LONGEST_FIELD or any(c < " " or c == "\x7f" for c in text) else text


def _reason(error: Exception, budget: Budget) -> str:
    """One line that says what went wrong with a connection, in our words where the library's are obscure."""
    chain = [error, error.__cause__, error.__context__, *(a for a in error.args if isinstance(a, Exception))]
    for cause in filter(None, chain):
        if isinstance(cause, TimeoutError):
            return budget.too_long
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate is not valid: {cause.verify_message}"
        if isinstance(cause, ssl.SSLError):
            return f"no secure connection: {cause.reason or 'TLS failed'}"
        for kind, words in _WORDS:
            if isinstance(cause, kind):
                return words
    return f"broken answer: {type(error).__name__}"


_WORDS: tuple[tuple[type[BaseException], str], ...] = (
    (http.client.RemoteDisconnected, "closed the connection without an answer"),
    (ConnectionRefusedError, "connection refused"),
    (ConnectionResetError, "connection was reset"),
    (BrokenPipeError, "connection was reset"),
    (http.client.BadStatusLine, "does not speak HTTP"),
    (http.client.LineTooLong, "sent a header line longer than 64 kB"),
    (IncompleteRead, "answer broke off in the middle"),
    (OSError, "cannot be reached"),
    (HTTPException, "sent headers that make no sense"),
    (ValueError, "does not speak HTTP"),  # a chunk of less than nothing
)
