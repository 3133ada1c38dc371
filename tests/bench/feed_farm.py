"""A thousand feeds on loopback, served by a process of its own that costs as little as can be."""

import asyncio
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from subprocess import PIPE, Popen
from typing import Final
from urllib.request import urlopen

FEEDS: Final = 1000
ENTRIES: Final = 25
STEPS: Final = (  # of a measure: what is polled, and how the farm answers
    ("cold", "etags"),
    ("unchanged, by 304", "etags"),
    ("new in 5 % of the feeds", "more"),
    ("other answers, same entries", "plain"),
    ("the same bytes again", "plain"),
)
_TEXT: Final = """
    the government of a country said on Monday that it will build a new road between two cities and that works
    begin in spring after a tender in which nine firms took part while the ministry expects traffic
    to grow by a third over ten years because trade with neighbours grows faster than planned officials told
"""


class Farm:
    """What is served, and how; changed by asking for `/mode/...`."""

    def __init__(self) -> None:
        lot, words = random.Random(4), _TEXT.split()
        self.texts = [" ".join(lot.choice(words) for _ in range(330)) + "." for _ in range(ENTRIES * 4)]
        self.etags = True
        self.extra = 0  # entries more than at first in every twentieth feed

    def body(self, feed: int) -> bytes:
        """One feed: about 53 KB."""
        extra = self.extra if feed % 20 == 0 else 0
        items = []
        for entry in range(ENTRIES + extra):
            at = entry - extra
            text = self.texts[(feed * 7 + at) % len(self.texts)]
            items.append(
                f"<item><title>Story {at} of feed {feed}: {text[:60]}</title>"
                f"<link>http://site{feed}.test/story/{at}</link><guid>http://site{feed}.test/?p={at}</guid>"
                f"<pubDate>Mon, 0{1 + at % 7} Jun 2026 1{at % 10 % 10}:00:00 GMT</pubDate>"
                f"<description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"
            )
        head = f"<title>Feed {feed}</title><link>http://site{feed}.test/</link><description>d</description>"
        return f'<rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'.encode()


class Talk(asyncio.Protocol):
    """One connection."""

    def __init__(self, farm: Farm, kept: dict[tuple[int, int], bytes]) -> None:
        self.farm, self.kept = farm, kept
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
        body = self.kept.get((feed, extra))
        if body is None:
            body = self.kept[feed, extra] = self.farm.body(feed)
        said = f"ETag: {etag}\r\n" if self.farm.etags else ""
        return (
            f"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n{said}Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )


async def _serve() -> None:
    farm, kept = Farm(), dict[tuple[int, int], bytes]()
    for feed in range(FEEDS):
        kept[feed, 0] = farm.body(feed)
    server = await asyncio.get_running_loop().create_server(
        lambda: Talk(farm, kept), "127.0.0.1", 0, backlog=1024
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def farm() -> Iterator[str]:
    """The farm in a process of its own; gives its address."""
    with Popen([sys.executable, __file__], stdout=PIPE, text=True) as process:
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
    asyncio.run(_serve())
