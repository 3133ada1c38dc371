"""HTTP/1.1 as far as somebody needs it who asks one question and hangs up (RFC 9112).

Lenient where servers are careless and nothing can be misunderstood: bare line feeds, folded
lines, lines that are no fields, lengths that are no numbers. What is cut short, or could be
read in two ways, is an error of one line. Time and bytes are the budget's to limit.
"""

import re
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.errors import FetchError
from bot.fetch.budget import Budget

_STATUS: Final = re.compile(rb"HTTP/1\.\d[ \t]+([1-9]\d\d)(?:[ \t].*)?\r?\n?")
_HEX: Final = re.compile(rb"[0-9A-Fa-f]{1,15}")
_PIECE: Final = 1 << 16
_HEAD: Final = 1 << 14  # bytes that are taken at first: of most answers more than the head
_LONGEST_LINE: Final = 1 << 16
_SWITCHING: Final = 101
_BODILESS: Final = (204, 304)
_CUT: Final = "answer broke off in the middle"

Fields = Mapping[str, str]
"""The header of an answer, by names in lower case."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose body is still to come. Fields of one name are one list (RFC 9110, 5.3)."""

    status: int
    fields: Fields
    _stream: "_Stream"

    @property
    def length(self) -> int | None:
        """Bytes of the body as sent; None: nobody says. Raises FetchError when two lengths are said."""
        length = self.fields.get("content-length", "")
        if "," in length:
            said = {part.strip() for part in length.split(",")}
            if len(said) > 1:
                raise FetchError("sent two different lengths")  # one of them is wrong
            (length,) = said
        return int(length) if length.isascii() and length.isdigit() and len(length) < 16 else None

    def pieces(self) -> Iterator[bytes]:
        """The body as it was sent, piece by piece. Raises FetchError when it breaks off."""
        if self.status in _BODILESS:
            return iter(())
        coding = self.fields.get("transfer-encoding", "").strip().lower()
        if coding == "chunked":
            return self._stream.chunks()
        if coding not in {"", "identity"}:
            raise FetchError(f"sent in an encoding that was not asked for: {coding[:40]!r}")
        length = self.length
        return self._stream.rest() if length is None else self._stream.exactly(length)


def request(path: str, host: str, headers: Fields) -> bytes:
    """The question. Raises FetchError when something in it cannot be sent."""
    lines = [
        f"GET {path} HTTP/1.1",
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
    stream = _Stream(sock, budget)
    while True:
        status = _status(stream.line())
        fields = _fields(stream)
        if status // 100 != 1 or status == _SWITCHING:  # what is sent ahead of an answer is none
            return Answer(status, fields, stream)


class _Stream:
    """What a socket brings, by lines and by pieces, within a budget."""

    def __init__(self, sock: socket.socket, budget: Budget) -> None:
        self._sock = sock
        self._budget = budget
        self._held = b""
        self._at = 0

    def line(self) -> bytes:
        """The next line, with its end; what is left where there is none."""
        while (end := self._held.find(b"\n", self._at)) < 0:
            more = self._received(_HEAD)
            if not more:
                end = len(self._held) - 1
                break
            self._held = self._held[self._at :] + more
            self._at = 0
            if len(self._held) > _LONGEST_LINE + _HEAD:
                raise FetchError("sent a header line longer than 64 kB")
        line = self._held[self._at : end + 1]
        self._at = end + 1
        self._budget.take(len(line))
        return line

    def exactly(self, count: int) -> Iterator[bytes]:
        """So many bytes."""
        while count:
            piece = self._piece(count)
            if not piece:
                raise FetchError(_CUT)
            count -= len(piece)
            yield piece

    def rest(self) -> Iterator[bytes]:
        """All up to the end of the connection."""
        while piece := self._piece(_PIECE):
            yield piece

    def chunks(self) -> Iterator[bytes]:
        """A chunked body. What follows it says nothing that is wanted, and is not read."""
        while True:
            line = self.line()
            size = line.partition(b";")[0].strip()
            if not line.endswith(b"\n"):
                raise FetchError(_CUT)
            if not _HEX.fullmatch(size):
                raise FetchError("sent a chunk without a length")
            if not int(size, 16):
                return
            yield from self.exactly(int(size, 16))
            if self.line().strip(b"\r\n"):
                raise FetchError("sent a chunk longer than it said")

    def _piece(self, most: int) -> bytes:
        """Some bytes; none at the end."""
        if self._at < len(self._held):
            piece = self._held[self._at : self._at + most]
            self._at += len(piece)
        else:
            piece = self._received(min(most, _PIECE))
        self._budget.take(len(piece))
        return piece

    def _received(self, most: int) -> bytes:
        self._sock.settimeout(self._budget.seconds())
        return self._sock.recv(most)


def _status(line: bytes) -> int:
    if not line:
        raise FetchError("closed the connection without an answer")
    found = _STATUS.fullmatch(line)
    if not found:
        raise FetchError("does not speak HTTP")
    return int(found[1])


def _fields(stream: _Stream) -> dict[str, str]:
    fields: dict[str, str] = {}
    name = ""
    while True:
        raw = stream.line()
        if not raw.endswith(b"\n"):
            raise FetchError(_CUT)
        line = raw.decode("latin-1").rstrip("\r\n")
        if not line:
            return fields
        if line[0] in " \t":  # goes on with the line before
            if name:
                fields[name] = f"{fields[name]} {line.strip()}".strip()
            continue
        called, colon, value = line.partition(":")
        name = called.strip(" \t").lower() if colon else ""
        value = value.strip(" \t")
        if name:
            fields[name] = f"{fields[name]}, {value}" if name in fields else value
