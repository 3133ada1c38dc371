"""The way out of a network that has only one: the proxies that its environment names.

`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` mean what they mean to curl and to the
standard library, which reads them here; slack_sdk heeds them as well.
"""

from collections.abc import Mapping, Sequence
from typing import Final, Self
from urllib.request import getproxies_environment

from bot.errors import ConfigError, FetchError
from bot.fetch.addresses import literal
from bot.fetch.target import Target

_SCHEMES: Final = ("http", "https")


class Proxies:
    """Which proxy leads to an address, if one does."""

    def __init__(self, named: Mapping[str, str] | None = None) -> None:
        """`named` has a proxy's address by scheme (`http`, `https`, `all`), and under `no` who needs none.

        Raises ConfigError for a proxy that is not spoken to by HTTP.
        """
        named = named or {}
        every = named.get("all", "")
        self._to = {
            scheme: _proxy(scheme, address) for scheme in _SCHEMES if (address := named.get(scheme) or every)
        }
        self._direct = [
            one.strip().lower().lstrip(".") for one in named.get("no", "").split(",") if one.strip()
        ]

    @classmethod
    def of_environment(cls) -> Self:
        """Those of this process."""
        return cls(getproxies_environment())

    @property
    def names(self) -> Sequence[str]:
        """Host and port of each, without credentials."""
        return sorted({proxy.host_and_port for proxy in self._to.values()})

    def to(self, target: Target) -> Target | None:
        """The proxy to ask for a target; None: it is asked itself, as this machine always is."""
        proxy = self._to.get(target.scheme)
        if proxy is None or _is_here(target.host) or any(_covers(one, target) for one in self._direct):
            return None
        return proxy


def _proxy(scheme: str, address: str) -> Target:
    """A proxy by its address, of which `http://` may be left out."""
    try:
        proxy = Target.of(address if "://" in address else f"http://{address}")
    except FetchError:
        proxy = None
    if proxy is None or proxy.scheme != "http":
        named = f"{scheme.upper()}_PROXY (or ALL_PROXY)"
        raise ConfigError([f"{named}: not the address of an HTTP proxy; right would be http://HOST:PORT"])
    return proxy


def _is_here(host: str) -> bool:
    """Whether a host is this machine by its very name: to a proxy it would be another."""
    address = literal(host)
    return address.is_loopback if address else host.rstrip(".") == "localhost"


def _covers(one: str, target: Target) -> bool:
    """Whether a part of NO_PROXY is about a target: `*`, a name with all below it, host and port."""
    return one in {"*", target.host, target.host_and_port} or target.host.endswith(f".{one}")
