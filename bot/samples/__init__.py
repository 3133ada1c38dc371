"""Sample feeds that ship with the project: ten invented outlets in five languages.

The happenings are real ones of 2022 to 2026 (a few are invented), told anew
for these samples; the outlets are invented and their hosts end in `.example`,
which nobody can own (RFC 2606). Moments in them are offsets, such as
`{{-9h}}`, that become dates when the feeds are rendered, so that a digest of
the last day always finds them fresh. `expected.jsonl` says for every item
which tier and which happening a careful reader would give it.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from threading import Thread
from typing import Final

from bot.core.words import FeedKind, Tier

_MOMENT: Final = re.compile(r"\{\{-(\d+)([mhd])(?:\|([^}]+))?\}\}")
_UNITS: Final = {"m": "minutes", "h": "hours", "d": "days"}
_ENCODING: Final = re.compile(r'<\?xml[^>]*encoding="([^"]+)"')
_MEDIA: Final = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "rdf": "application/rdf+xml",
}


@dataclass(frozen=True, slots=True)
class Outlet:
    """A sample feed and who speaks through it. `country` is ISO 3166-1 alpha-2, "" for none."""

    name: str
    form: str  # rss, atom or rdf
    title: str
    lang: str
    kind: FeedKind
    country: str = ""

    @property
    def file(self) -> str:
        """Its file, and its path on the sample server."""
        return f"{self.name}.{self.form}"


OUTLETS: Final = (
    Outlet("tashkent-courier", "rss", "Tashkent Courier", "en", FeedKind.INDEPENDENT, "UZ"),
    Outlet("potomac-wire", "rss", "Potomac Wire", "en", FeedKind.OFFICIAL, "US"),
    Outlet("steppe-business", "atom", "Steppe Business Review", "en", FeedKind.TRADE, "KZ"),
    Outlet("metals-monitor", "rss", "Metals Monitor", "en", FeedKind.TRADE),
    Outlet("vestnik-doliny", "rss", "Вестник долины", "ru", FeedKind.INDEPENDENT, "UZ"),
    Outlet("karavan-kz", "rdf", "Караван новостей", "ru", FeedKind.AGENCY, "KZ"),
    Outlet("xabar-uz", "atom", "Yangi Xabar", "uz", FeedKind.INDEPENDENT, "UZ"),
    Outlet("dala-habar", "rss", "Дала хабар", "kk", FeedKind.STATE, "KZ"),
    Outlet("ala-too-kabar", "rdf", "Ала-Тоо кабар", "ky", FeedKind.STATE, "KG"),
    Outlet("world-miscellany", "rss", "World Miscellany", "en", FeedKind.OTHER),
)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a careful reader makes of one item. `event` is a slug shared by all that tell a happening."""

    feed: str
    guid: str
    tier: Tier
    event: str = ""


def expected() -> tuple[Expected, ...]:
    """The manifest: one row for every item of every sample feed."""
    lines = (files(__name__) / "expected.jsonl").read_text("utf-8").splitlines()
    rows = (json.loads(line) for line in lines)
    return tuple(Expected(r["feed"], r["guid"], Tier(r["tier"]), r["event"] or "") for r in rows)


def render(now: datetime) -> dict[str, bytes]:
    """The sample feeds as they would read at `now`: file name -> document, in its declared encoding.

    Raises ValueError on a naive `now`.
    """
    if now.tzinfo is None:
        raise ValueError(f"now is naive: {now!r}")
    return {outlet.file: _render(outlet, now) for outlet in OUTLETS}


def _render(outlet: Outlet, now: datetime) -> bytes:
    def moment(found: re.Match[str]) -> str:
        amount, unit, form = found.groups()
        then = (now - timedelta(**{_UNITS[unit]: int(amount)})).replace(microsecond=0)
        if form:
            return then.strftime(form)
        return format_datetime(then) if outlet.form == "rss" else then.isoformat()

    template = (files(__name__) / "feeds" / outlet.file).read_text("utf-8")
    declared = _ENCODING.match(template)
    return _MOMENT.sub(moment, template).encode(declared[1] if declared else "utf-8")


@dataclass(frozen=True, slots=True)
class Served:
    """A running sample server."""

    base: str  # e.g. "http://127.0.0.1:40123"

    def url(self, outlet: Outlet) -> str:
        """Where an outlet's feed is."""
        return f"{self.base}/{outlet.file}"


@contextmanager
def serve(now: datetime) -> Iterator[Served]:
    """Serve the sample feeds of `now` over HTTP on the loopback until the block is left.

    The bodies do not change while it runs, so a second poll is answered 304.
    """
    bodies = {f"/{name}": body for name, body in render(now).items()}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name is http.server's
            body = bodies.get(self.path)
            if body is None:
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            tag = f'"{sha256(body).hexdigest()[:16]}"'
            fresh = self.headers.get("If-None-Match") == tag
            self.send_response(HTTPStatus.NOT_MODIFIED if fresh else HTTPStatus.OK)
            self.send_header("ETag", tag)
            if fresh:
                self.end_headers()
                return
            self.send_header("Content-Type", _MEDIA[self.path.rpartition(".")[2]])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
            """Say nothing: stderr is the reader's."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="samples", daemon=True)
    thread.start()
    try:
        yield Served(f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
