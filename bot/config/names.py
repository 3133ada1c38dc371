"""Kinds of value that name something outside: zones, networks, folders, addresses, languages, secrets.

Made like the ones in `kinds`: the value, or ValueError saying what would be right.
"""

import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import PlainValidator, SecretStr

from bot.config.kinds import CONTROL, items, suggestion
from bot.core.subscribing.holidays import known as known_holidays
from bot.core.words import FeedKind
from bot.errors import UserError

Network = IPv4Network | IPv6Network


_LONGEST_CHANNEL: Final = 80  # characters


def zone() -> PlainValidator:
    """The name of a time zone in the IANA database."""

    def check(value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            raise ValueError('a time zone by its name, as in "Asia/Tashkent" or "UTC"')
        name = value.strip()
        try:
            ZoneInfo(name)
        except (ValueError, OSError, KeyError):
            known = available_timezones()
            cities = {zone.rpartition("/")[2].lower(): zone for zone in sorted(known) if "/" in zone}
            city = name.rpartition("/")[2].lower().replace(" ", "_")
            near = f"; did you mean {cities[city]}?" if city in cities else suggestion(name, known)
            raise ValueError(f'a time zone by its name, as in "Asia/Tashkent" or "UTC"{near}') from None
        return name

    return PlainValidator(check)


def networks() -> PlainValidator:
    """Networks in CIDR notation."""

    def check(value: object) -> tuple[Network, ...]:
        found: list[Network] = []
        right = 'a list of networks, as in ["10.1.0.0/16", "fd00::/8"]'
        for item in items(value, right):
            if not isinstance(item, str):
                raise ValueError(right)  # noqa: TRY004
            try:
                found.append(ip_network(item.strip()))
            except ValueError:
                raise ValueError(_network_hint(item.strip())) from None
        return tuple(found)

    return PlainValidator(check)


def _network_hint(item: str) -> str:
    try:
        wider = ip_network(item, strict=False)
    except ValueError:
        return 'a list of networks, as in ["10.1.0.0/16", "fd00::/8"]'
    return f"a network's first address, that is {wider}"


def folders() -> PlainValidator:
    """Folders that exist."""

    def check(value: object) -> tuple[Path, ...]:
        found = []
        right = 'a list of folders, as in ["/etc/steppewatch/packs"]'
        for item in items(value, right):
            if not isinstance(item, str) or not item.strip() or CONTROL.search(item):
                raise ValueError(right)
            folder = Path(item.strip()).expanduser()
            if not folder.is_dir():
                raise ValueError(f"folders that exist; there is no folder {folder}")
            found.append(folder)
        return tuple(found)

    return PlainValidator(check)


def web_address(*, password: bool = False) -> PlainValidator:
    """An absolute http or https address; with a name and password in it only where `password` lets it."""
    right = 'an address that begins with "https://" or "http://"'

    def check(value: object) -> str:
        if not isinstance(value, str):
            raise ValueError(right)  # noqa: TRY004
        value = value.strip()
        try:
            parts = urlsplit(value)
            _ = parts.port
        except ValueError:
            raise ValueError(right) from None
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(right)
        if len(value) > 2000 or CONTROL.search(value) or " " in value:
            raise ValueError(f"{right}, of at most 2000 characters and without spaces")
        if "@" in parts.netloc and not password:
            raise ValueError(f"{right}, without a name or password before the host")
        return str(value)

    return PlainValidator(check)


def database_url() -> PlainValidator:
    """Where the database is: an SQLite file or a PostgreSQL server."""
    right = '"sqlite:///FILE" or "postgresql://USER@HOST/NAME"'

    def check(value: object) -> str:
        if not isinstance(value, str) or CONTROL.search(value):
            raise ValueError(right)
        value = value.strip()
        scheme, _, rest = value.partition("://")
        if scheme in ("sqlite", "sqlite+pysqlite"):
            if not rest.startswith("/") or not rest.strip("/"):
                raise ValueError(f'{right}; the file follows three slashes, as in "sqlite:///steppewatch.db"')
        elif scheme not in ("postgresql", "postgres", "postgresql+psycopg") or not rest:
            raise ValueError(right + suggestion(scheme, ["sqlite", "postgresql"]))
        return str(value)

    return PlainValidator(check)


def secret(*, shape: str = "") -> PlainValidator:
    """A secret; `shape` is the beginning that tells it from another kind ("xapp-")."""

    def check(value: object) -> SecretStr:
        if not isinstance(value, str) or not value.strip():
            raise ValueError("a secret that is not empty")
        value = value.strip()
        if not value.isascii() or not value.isprintable() or " " in value:
            raise ValueError("a secret in one piece, without spaces or line breaks in it")
        if shape and value.startswith(("xoxb-", "xapp-", "xoxp-")) and not value.startswith(shape):
            raise ValueError(f"the token that begins with {shape}")
        return SecretStr(value)

    return PlainValidator(check)


def language() -> PlainValidator:
    """A language by its code, or "" for not said."""

    def check(value: object) -> str:
        if not isinstance(value, str) or not re.fullmatch(
            r"([A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,2})?", value.strip()
        ):
            raise ValueError('a language by its code, as in "ru" or "uz"')
        return value.strip().lower()

    return PlainValidator(check)


def country() -> PlainValidator:
    """A country by its two letters (ISO 3166-1, EU besides), or "" for not said."""

    def check(value: object) -> str:
        if not isinstance(value, str) or not re.fullmatch(r"([A-Za-z]{2})?", value.strip()):
            raise ValueError('a country by its two letters, as in "KZ"')
        return value.strip().upper()

    return PlainValidator(check)


def holidays() -> PlainValidator:
    """A country whose public holidays are known, by its two letters, or "" for none."""

    def check(value: object) -> str:
        code = value.strip().upper() if isinstance(value, str) else "?"
        if code and code not in known_holidays():
            raise ValueError('a country whose holidays are known, by its two letters, as in "UZ"')
        return code

    return PlainValidator(check)


def feed_kind() -> PlainValidator:
    """Who speaks through a feed."""
    words = [kind.value for kind in FeedKind]

    def check(value: object) -> FeedKind:
        word = value.strip().lower().replace("-", "_").replace(" ", "_") if isinstance(value, str) else ""
        if word not in words:
            raise ValueError("one of " + ", ".join(words) + (suggestion(word, words) if word else ""))
        return FeedKind(word)

    return PlainValidator(check)


def people() -> PlainValidator:
    """Slack's ids of people."""

    def check(value: object) -> tuple[str, ...]:
        right = 'a list of user ids, as in ["U0123456789"]: a profile in Slack shows its own'
        found = [item.strip() if isinstance(item, str) else "" for item in items(value, right)]
        if not all(re.fullmatch(r"[UW][A-Z0-9]{2,20}", one) for one in found):
            raise ValueError(right)
        return tuple(dict.fromkeys(found))

    return PlainValidator(check)


def channel() -> PlainValidator:
    """A channel of Slack's: its id; a name passes too, and can be posted to."""

    def check(value: object) -> str:
        found = value.strip() if isinstance(value, str) else ""
        if not found:
            raise ValueError("text that is not empty" if isinstance(value, str) else "text in quotes")
        if len(found) > _LONGEST_CHANNEL or found.startswith("@") or re.search(r"[\s\x00-\x1f\x7f<>]", found):
            raise ValueError('a channel by its id, as in "C0123456789": its details in Slack show it')
        return found

    return PlainValidator(check)


def header(most: int) -> PlainValidator:
    """Text that can stand in a header of HTTP, or "" for the usual."""

    def check(value: object) -> str:
        if not isinstance(value, str) or not value.isascii() or CONTROL.search(value) or len(value) > most:
            raise ValueError(f"plain text on one line in Latin letters, of at most {most} characters")
        return value.strip()

    return PlainValidator(check)


def query() -> PlainValidator:
    """A search, in the words of `/policy search`."""

    def check(value: object) -> str:
        from bot.core.asking.query import parse

        if not isinstance(value, str) or CONTROL.search(value):
            raise ValueError("a search in quotes, as in 'country:uz mineral:tungsten'")
        try:
            parse(value)
        except UserError as error:
            raise ValueError(f"a search that makes sense: {error}") from None
        return value.strip()

    return PlainValidator(check)
