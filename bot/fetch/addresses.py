"""Which addresses may be connected to: the public internet, and what the operator opened.

Names are not judged: a name says nothing about where it leads. What is judged
is each address that a name led to, on every hop, just before it is connected to.
The tables are IANA's special-purpose registries (RFC 6890 and its successors).
"""

import queue
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
)

from bot.errors import FetchError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

REFUSED = "not allowed: no such host, or one inside a network that poll.private_networks does not open"
"""One text for both, so that an answer never tells a stranger what exists inside."""

_INNER_V4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # carrier-grade NAT; some clouds keep their metadata here
            "127.0.0.0/8",  # loopback
            "169.254.0.0/16",  # link-local, cloud metadata
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments
            "192.0.2.0/24",  # documentation
            "192.31.196.0/24",  # AS112
            "192.52.193.0/24",  # AMT
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",  # private
            "192.175.48.0/24",  # AS112
            "198.18.0.0/15",  # benchmarking
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
            "168.63.129.16/32",  # Azure's host, a public number that is only ever inside
        ),
    )
)
_GLOBAL_V6 = IPv6Network("2000::/3")  # the only unicast space that is given out
_INNER_V6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocol assignments: Teredo, benchmarking, ORCHID
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4: any IPv4 address in disguise
            "2620:4f:8000::/48",  # AS112
            "3fff::/20",  # documentation
        ),
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
_ISATAP = {0x00005EFE, 0x02005EFE}  # under any prefix, before an IPv4 address (RFC 5214, 6.1)


class UnknownHostError(FetchError):
    """The resolver knows no such host. Says no more than is said of one that is inside."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address that may be connected to, as `socket.connect` takes it."""

    family: socket.AddressFamily
    sockaddr: tuple[str, int] | tuple[str, int, int, int]
    private: bool  # the operator opened it; it is not on the public internet


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public internet, however it is wrapped."""
    address = unwrapped(address)
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _INNER_V4)
    if int(address) >> 32 & 0xFFFFFFFF in _ISATAP and not is_public(IPv4Address(int(address) & 0xFFFFFFFF)):
        return False
    return address in _GLOBAL_V6 and not any(address in network for network in _INNER_V6)


def unwrapped(address: Address) -> Address:
    """The IPv4 address that an IPv6 one stands for on the wire, if it does (mapped, NAT64)."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in _NAT64:
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


@lru_cache(maxsize=1024)  # each turn of a feed asks several times
def literal(host: str) -> Address | None:
    """The address that a host spells, or None for a name.

    Raises FetchError for what only looks like an address: decimal, octal, hex
    and short forms, zone ids. The resolver would take them; nobody means them.
    """
    if ":" in host or "%" in host:
        try:
            address = ip_address(host)
        except ValueError:
            raise FetchError(REFUSED) from None
        if isinstance(address, IPv6Address) and address.scope_id:
            raise FetchError(REFUSED)
        return address
    last = host.rstrip(".").rpartition(".")[2].lower()
    if not (last.isdigit() or last.startswith("0x")):
        return None
    try:
        return IPv4Address(host.rstrip("."))
    except ValueError:
        raise FetchError(REFUSED) from None


def places(host: str, port: int, opened: tuple[Network, ...], *, timeout: float) -> list[Place]:
    """Where a host leads, every address checked; the order is the resolver's.

    One address that is not allowed refuses the whole host: an honest name does
    not lead inside and outside at once. Of a name that leads inside alone, as
    `localhost`, what is opened is left. Raises FetchError with REFUSED for that,
    UnknownHostError with the same words for a host that is not known, TimeoutError
    when the resolver is silent for `timeout` seconds.
    """
    address = literal(host)
    if address is not None:
        return [_checked(address, port, opened)]
    found = [ip_address(text) for text in _resolved(host, port, timeout)]
    ours = [address for address in found if _is_opened(address, opened)]
    inside = not any(is_public(address) for address in found)
    return [_checked(address, port, opened) for address in (ours if ours and inside else found)]


@lru_cache(maxsize=1024)
def _checked(address: Address, port: int, opened: tuple[Network, ...]) -> Place:
    """The address as a place, or FetchError."""
    private = _is_opened(address, opened)
    if not private and not is_public(address):
        raise FetchError(REFUSED)
    if isinstance(address, IPv4Address):
        return Place(socket.AF_INET, (str(address), port), private)
    return Place(socket.AF_INET6, (str(address), port, 0, 0), private)


def _is_opened(address: Address, opened: Sequence[Network]) -> bool:
    """Whether the operator opened it."""
    inner = unwrapped(address)
    return any(inner in network for network in opened if network.version == inner.version)


def _resolved(host: str, port: int, timeout: float) -> list[str]:
    """The addresses of a name. The system's resolver has no deadline of its own, so it is asked aside."""
    answer: queue.SimpleQueue[list[str] | None] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answer.put(list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found)))
        except (OSError, UnicodeError):
            answer.put(None)

    threading.Thread(target=ask, name="resolver", daemon=True).start()
    try:
        found = answer.get(timeout=timeout)
    except queue.Empty:
        raise TimeoutError from None
    if not found:
        raise UnknownHostError(REFUSED)
    if any("%" in text for text in found):  # a zone id: link-local
        raise FetchError(REFUSED)
    return found
