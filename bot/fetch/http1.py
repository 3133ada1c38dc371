"""HTTP/1.1 as far as somebody needs it who asks one question and hangs up (RFC 9112).

What is said is read by llhttp, which reads for Node.js, through httptools. Lenient where servers
are careless and nothing can be misunderstood: on a connection with one answer, nothing can be
smuggled. What is cut short, or could be read in two ways, is an error of one line. Time and
bytes are the budget's to limit.
"""

import socket
from collections.abc import Iterator, Mapping
from typing import Final

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

from bot.errors import FetchError
from bot.fetch.budget import Budget

_HEAD: Final = 1 << 14  # bytes that are taken at once while the head comes: of most answers more than that
_PIECE: Final = 1 << 16
_SWITCHING: Final = 101
_CODINGS: Final = {"", "identity", "chunked"}
_CUT: Final = "answer broke off in the middle"

Fields = Mapping[str, str]
"""The header of an answer, by names in lower case. Fields of one name are one list (RFC 9110, 5.3)."""


class Answer:
    """An answer as far as it came: first its head, then its body, as somebody asks for it."""

    def __init__(self, sock: socket.socket, budget: Budget) -> None:
        self.status = 0  # 0: not said yet
        self.fields: dict[str, str] = {}
        self._sock = sock
        self._budget = budget
        self._body: list[bytes] = []  # what came and was not asked for yet
        self._whole = False
        self._parser = HttpResponseParser(self)
        self._parser.set_dangerous_leniencies(
            lenient_headers=True,
            lenient_chunked_length=True,
            lenient_keep_alive=True,
            lenient_transfer_encoding=True,
            lenient_version=True,
            lenient_optional_lf_after_cr=True,
            lenient_optional_cr_before_lf=True,
            lenient_spaces_after_chunk_size=True,
        )

    @property
    def length(self) -> int | None:
        """Bytes of the body as sent; None: nobody says."""
        length = self.fields.get("content-length", "")
        return int(length) if length else None

    def head(self) -> None:
        """Wait for the head. Raises FetchError, and OSError for what sockets do."""
        heard = False
        while not self.status:
            if not self._hear():
                raise FetchError(_CUT if heard else "closed the connection without an answer")
            heard = True

    def pieces(self) -> Iterator[bytes]:
        """The body as it was sent, piece by piece. Raises FetchError when it breaks off."""
        coding = self.fields.get("transfer-encoding", "").strip().lower()
        if coding not in _CODINGS:
            raise FetchError(f"sent in an encoding that was not asked for: {coding[:40]!r}")
        while True:
            come, self._body = self._body, []
            if come:
                yield b"".join(come)  # it may have come in chunks of one byte each
            if self._whole:
                return
            if not self._hear():
                if self.length is None and coding != "chunked":
                    return
                raise FetchError(_CUT)

    def _hear(self) -> int:
        """Take what comes next; how many bytes that was, 0 at the end."""
        self._sock.settimeout(self._budget.seconds())
        said = self._sock.recv(_PIECE if self.status else _HEAD)
        self._budget.take(len(said))
        try:
            self._parser.feed_data(said)
        except HttpParserUpgrade:  # to something that was not asked for: no answer goes on from there
            self._whole = True
        except HttpParserError as error:
            if not self._whole:  # what follows an answer is nobody's
                raise FetchError(f"does not speak HTTP: {error}") from None
        return len(said)

    # What the parser calls, in the order of what was said.

    def on_header(self, name: bytes, value: bytes) -> None:
        """A field of the head, or of what follows a chunked body and says nothing that is wanted."""
        if not self.status:
            called, told = name.decode("latin-1").strip().lower(), value.decode("latin-1").strip(" \t")
            self.fields[called] = f"{self.fields[called]}, {told}" if called in self.fields else told

    def on_headers_complete(self) -> None:
        """The head is there. What is sent ahead of an answer is none."""
        status = self._parser.get_status_code()
        if status // 100 == 1 and status != _SWITCHING:
            self.fields.clear()
        else:
            self.status = self.status or status

    def on_body(self, piece: bytes) -> None:
        """Some of the body."""
        if not self._whole:
            self._body.append(piece)

    def on_message_complete(self) -> None:
        """The end, of the answer or of what was sent ahead of it."""
        self._whole = self.status > 0


def request(path: str, host: str, headers: Fields, *, method: str = "GET") -> bytes:
    """The question. Raises FetchError when something in it cannot be sent."""
    lines = [
        f"{method} {path} HTTP/1.1",
        f"Host: {host}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    try:
        sent = "\r\n".join(lines).encode("latin-1")
    except UnicodeEncodeError:
        raise FetchError("cannot be asked: its user_agent has letters that HTTP cannot carry") from None
    if sent.count(b"\n") != len(lines) - 1 or sent.count(b"\r") != len(lines) - 1:
        raise FetchError("cannot be asked: a line break in what would be sent")
    return sent + b"\r\n\r\n"


def asked(sock: socket.socket, sent: bytes, budget: Budget) -> Answer:
    """Ask, and take the head of the answer. Raises FetchError, and OSError for what sockets do."""
    sock.settimeout(budget.seconds())
    sock.sendall(sent)
    answer = Answer(sock, budget)
    answer.head()
    return answer
