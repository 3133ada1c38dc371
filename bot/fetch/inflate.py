"""Inflating with a limit: 763 bytes can become 300 MB in one call of a decoder."""

import io
import zlib
from collections.abc import Callable
from io import FileIO

from bot.errors import FetchError
from bot.fetch.body import SMALL, Body, write

_GZIP = 16 + zlib.MAX_WBITS
_STEP = 1 << 20  # inflated at once, so that the limit is met early
_NONE = {"", "identity", "none", "binary", "8bit", "utf-8"}  # names that servers send for no encoding at all
_MEMBERS = 1000  # of one body; each is dear to begin, and 16 MB hold 700,000 with nothing in them
_GZIPPED = b"\x1f\x8b"  # nothing that is read here begins so by itself


class Inflater:
    """Takes a body as it was sent, in pieces; keeps it as it was meant, never more than `largest` bytes.

    What is not small goes into the file that `room` gives.

    Takes gzip, also where nobody says so, and deflate, as zlib or raw, for both
    are sent under that name. Raises FetchError for any other encoding, for stacked
    ones, for what does not inflate, and as soon as the limit is passed.
    """

    def __init__(self, encoding: str, *, largest: int, room: Callable[[], FileIO]) -> None:
        names = [name for part in encoding.split(",") if (name := part.strip().lower()) not in _NONE]
        self._name = names[0] if names else ""
        if len(names) > 1 or self._name not in {"", "gzip", "x-gzip", "deflate"}:
            raise FetchError(f"sent in an encoding that was not asked for: {encoding[:40]!r}")
        self._largest = largest
        self._room = room
        self._whole: io.BytesIO | FileIO = io.BytesIO()  # its value is had without a copy
        self.size = 0  # bytes kept so far
        self._decoder: zlib._Decompress | None = None
        self._members = 1
        self._plain = False

    def add(self, piece: bytes) -> None:
        """Take the next piece as it was sent."""
        if self._decoder is None and not self._plain:
            self._begin(piece)
        if self._plain:
            self._keep(piece)
            return
        while piece and self._decoder is not None:
            try:
                self._keep(self._decoder.decompress(piece, _STEP))
            except zlib.error as error:
                raise FetchError(f"compressed body is broken: {error}") from None
            piece = self._decoder.unconsumed_tail
            if self._decoder.eof:  # gzip may have more members; anything else after the end is not ours
                piece = self._decoder.unused_data
                if not piece.startswith(_GZIPPED):
                    break
                self._members += 1
                if self._members > _MEMBERS:
                    raise FetchError(f"compressed body is broken: in more than {_MEMBERS:,} pieces")
                self._decoder = zlib.decompressobj(_GZIP)

    def whole(self) -> Body:
        """The body. Raises FetchError when it broke off."""
        if self._decoder is not None and not self._decoder.eof:
            raise FetchError("compressed body broke off")
        return self._whole.getvalue() if isinstance(self._whole, io.BytesIO) else self._whole

    def _begin(self, piece: bytes) -> None:
        """Choose the decoder by the first bytes: some name an encoding and use none, or the reverse."""
        if self._name != "deflate":
            if piece.startswith(_GZIPPED[: len(piece)]):
                self._decoder = zlib.decompressobj(_GZIP)
            else:
                self._plain = True
        else:
            # A zlib header (RFC 1950, 2.2) begins with the method in the low half of its first byte.
            wrapped = piece[0] & 0x0F == zlib.DEFLATED and int.from_bytes(piece[:2]) % 31 == 0
            self._decoder = zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)

    def _keep(self, piece: bytes) -> None:
        """Add inflated bytes, or refuse."""
        self.size += len(piece)
        if self.size > self._largest:
            raise FetchError(f"body is larger than {self._largest / 1e6:g} MB")
        if self.size > SMALL and isinstance(self._whole, io.BytesIO):
            begun, self._whole = self._whole.getvalue(), self._room()
            write(self._whole, begun)
        if isinstance(self._whole, io.BytesIO):
            self._whole.write(piece)
        else:
            write(self._whole, piece)
