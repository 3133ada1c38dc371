"""An address taken apart once, so that what is checked is what is asked."""

import base64
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote, urljoin, urlsplit

from bot.errors import FetchError
from bot.fetch.addresses import literal

_LONGEST = 2000
_UNSENDABLE = re.compile(r"[\x00-\x20\x7f\\]")
_PORTS = {"http": 80, "https": 443}
_SENSELESS = "not allowed: an address whose host or port makes no sense"


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart once, so that what is checked is what is asked."""

    scheme: str
    host: str  # ASCII, lower case, without brackets
    port: int
    path: str  # with query, percent-encoded
    authorization: str = ""

    @classmethod
    @lru_cache(maxsize=1024)  # asked for its host, and again when its turn has come
    def of(cls, url: str) -> "Target":
        """Take an address apart. Raises FetchError for what is not an http or https address."""
        url = url.strip()
        if len(url) > _LONGEST:
            raise FetchError(f"not allowed: an address of more than {_LONGEST} characters")
        if _UNSENDABLE.search(url.replace(" ", "")):
            raise FetchError("not allowed: an address with control characters or backslashes")
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname else ""
            host.encode("idna")  # again, for a letter may have become a dot: one of no name
            port = parts.port
        except ValueError:  # UnicodeError among them
            raise FetchError(_SENSELESS) from None
        if parts.scheme not in {"http", "https"}:
            raise FetchError(f"not allowed: neither http nor https: {parts.scheme[:20] or 'no scheme'}")
        if not host or _UNSENDABLE.search(host) or port == 0:
            raise FetchError(_SENSELESS)
        literal(host)  # refuses what only looks like an address
        authorization = ""
        if parts.username is not None:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            authorization = "Basic " + base64.b64encode(pair.encode()).decode()
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]|") if parts.query else ""
        return cls(parts.scheme, host.lower(), port or _PORTS[parts.scheme], path + query, authorization)

    @property
    def url(self) -> str:
        """The address again, without credentials."""
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def authority(self) -> str:
        """Host and port as the Host field wants them."""
        return self.host_and_port.removesuffix(f":{_PORTS[self.scheme]}")

    @property
    def host_and_port(self) -> str:
        """Host and port, also where the port is the usual one: what CONNECT asks for."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def onward(self, location: str) -> "Target":
        """Where a redirect leads. Credentials stay with the host they were given for."""
        with suppress(UnicodeError):  # header fields come as Latin-1; addresses in them are often UTF-8
            location = location.encode("latin-1").decode("utf-8")
        try:
            there = Target.of(urljoin(self.url, location.strip()))
        except ValueError:
            raise FetchError("not allowed: redirected to something that is not an address") from None
        same = (there.scheme, there.host, there.port) == (self.scheme, self.host, self.port)
        return Target(there.scheme, there.host, there.port, there.path, self.authorization if same else "")
