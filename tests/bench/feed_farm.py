"""A thousand feeds on loopback, served by a process of its own that costs as little as can be."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from subprocess import PIPE, Popen
from typing import Final
from urllib.request import urlopen

from tests.bench.feed_bodies import body

FEEDS: Final = 1000
STEPS: Final = (  # of a measure: what is polled, and how the farm answers
    ("cold", "etags"),
    ("unchanged, by 304", "etags"),
    ("new in 5 % of the feeds", "more"),
    ("other answers, same entries", "plain"),
    ("the same bytes again", "plain"),
)


class Farm:
    """What is served, and how; changed by asking for `/mode/...`."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.etags = True
        self.extra = 0  # entries more than at first in every twentieth feed
        self.kept: dict[tuple[int, int], bytes] = {}
        for feed in range(FEEDS):
            self.body(feed, 0)

    def body(self, feed: int, extra: int) -> bytes:
        """One feed with so many entries more than at first, made once."""
        if (feed, extra) not in self.kept:
            self.kept[feed, extra] = body(self.kind, feed, extra)
        return self.kept[feed, extra]


class Talk(asyncio.Protocol):
    """One connection."""

    def __init__(self, farm: Farm) -> None:
        self.farm = farm
        self.heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every whole request."""
        self.heard += data
        while b"\r\n\r\n" in self.heard:
            head, _, self.heard = self.heard.partition(b"\r\n\r\n")
            lowered = head.lower()
            self.transport.write(self.answer(head.split(b" ", 2)[1].decode(), lowered))
            if b"connection: close" in lowered:
                self.transport.close()

    def answer(self, path: str, head: bytes) -> bytes:
        """What is said to a request."""
        if path.startswith("/mode/"):
            mode = path.removeprefix("/mode/")
            self.farm.etags = mode == "etags"
            self.farm.extra += mode == "more"
            return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        feed = int(path.removeprefix("/feed/"))
        extra = self.farm.extra if feed % 20 == 0 else 0
        etag = f'"{feed}-{extra}"'
        if self.farm.etags and f"if-none-match: {etag}".encode() in head:
            return f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode()
        body = self.farm.body(feed, extra)
        said = f"ETag: {etag}\r\n" if self.farm.etags else ""
        return (
            f"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n{said}Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )


async def _serve(kind: str) -> None:
    farm = Farm(kind)
    server = await asyncio.get_running_loop().create_server(lambda: Talk(farm), "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def farm(kind: str = "bare") -> Iterator[str]:
    """The farm in a process of its own, with feeds of this kind (`feed_bodies`); gives its address."""
    with Popen([sys.executable, "-m", "tests.bench.feed_farm", kind], stdout=PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.kill()


def tell(address: str, mode: str) -> None:
    """Change how the farm answers: `etags`, `plain`, `more`."""
    with urlopen(f"{address}/mode/{mode}") as answer:
        answer.read()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1]))
