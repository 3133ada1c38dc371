"""A web server that says what it is told to, byte for byte: the odd ones out there are all of this kind."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_network

from bot.fetch.tls import trusted
from bot.fetch.web import Limits, Web

LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


@dataclass(frozen=True)
class Request:
    """What was asked, as it came."""

    path: str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Talk:
    """One connection: what was asked, and ways to answer. It ends when the server is stopped."""

    conn: socket.socket
    request: Request
    stopped: threading.Event
    sent: int = 0

    def say(self, data: bytes) -> None:
        """Send it all."""
        self.conn.sendall(data)
        self.sent += len(data)

    def drip(self, data: bytes, every: float) -> None:
        """Send byte by byte."""
        for at in range(len(data)):
            if self.stopped.wait(every):
                return
            self.say(data[at : at + 1])

    def flood(self, data: bytes) -> None:
        """Send it again and again until somebody has enough."""
        while not self.stopped.is_set():
            self.say(data)

    def hang(self) -> None:
        """Say nothing more."""
        self.stopped.wait(20)

    def reset(self) -> None:
        """Break the connection off as hard as can be."""
        self.conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")


Answer = bytes | Callable[[Talk], None]


class Server:
    """Serves answers by path; a path that it was not given is 404. Remembers who asked for what."""

    def __init__(self, *, tls: ssl.SSLContext | None = None, address: str = "127.0.0.1") -> None:
        self.pages: dict[str, Answer] = {}
        self.asked: list[Request] = []
        self.most_at_once = 0
        self.sent: dict[str, int] = {}
        self._tls = tls
        self._open = 0
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self._socket = socket.create_server((address, 0), family=family, backlog=128)
        self.address, self.port = self._socket.getsockname()[:2]
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def url(self, path: str = "/feed", *, host: str = "") -> str:
        """Where a page is."""
        return f"{'https' if self._tls else 'http'}://{host or self.address}:{self.port}{path}"

    def page(self, path: str, answer: Answer) -> str:
        """Serve an answer from now on; gives its address."""
        self.pages[path] = answer
        return self.url(path)

    def stop(self) -> None:
        """Let everybody go."""
        self._stopped.set()
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._accepting.join(5)
        for thread in self._threads:
            thread.join(5)

    def _accept(self) -> None:
        while not self._stopped.is_set():
            try:
                conn, _ = self._socket.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(conn,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, raw: socket.socket) -> None:
        with self._lock:
            self._open += 1
            self.most_at_once = max(self.most_at_once, self._open)
        try:
            conn = self._tls.wrap_socket(raw, server_side=True) if self._tls else raw
            with conn:
                request = _request(conn)
                if request is None:
                    return
                self.asked.append(request)
                answer = self.pages.get(request.path, NOT_FOUND)
                talk = Talk(conn, request, self._stopped)
                try:
                    talk.say(answer) if isinstance(answer, bytes) else answer(talk)
                finally:
                    self.sent[request.path] = talk.sent
        except (OSError, ValueError):
            raw.close()  # the client had enough
        finally:
            with self._lock:
                self._open -= 1


def _request(conn: socket.socket) -> Request | None:
    """What the client asks."""
    head = b""
    while b"\r\n\r\n" not in head:
        piece = conn.recv(65536)
        if not piece:
            return None
        if not head and piece[:1] == b"\x16":  # somebody speaks TLS to us, and we do not
            conn.sendall(http(status="400 Bad Request"))
            return None
        head += piece
    lines = head.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines[1:])
    return Request(lines[0].split(" ")[1], headers)


def http(body: bytes = b"", *, status: str = "200 OK", **headers: str) -> bytes:
    """An honest answer."""
    fields = {"Content-Length": str(len(body))} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + body


def redirect(to: str, status: str = "302 Found") -> bytes:
    """A redirect."""
    return http(status=status, Location=to)


NOT_FOUND = http(b"no such page", status="404 Not Found")


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server for the length of a test."""
    server = Server(tls=tls)
    try:
        yield server
    finally:
        server.stop()


TLS = trusted()  # 20 ms to make: the tests share one, as the bot does


def web(**limits: object) -> Web:
    """The web with loopback opened, in a hurry."""
    seconds = limits.pop("seconds", 5.0)
    assert isinstance(seconds, float)
    made = Limits(deadline=timedelta(seconds=seconds), **limits)  # type: ignore[arg-type]
    return Web(
        user_agent="Steppewatch/test (+https://example.org/contact)",
        limits=made,
        private_networks=LOOPBACK,
        tls=TLS,
    )
