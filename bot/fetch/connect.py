"""Sockets to where we may go: straight there, or by the one way out that a network has."""

import socket
from contextlib import ExitStack
from ipaddress import ip_network
from typing import Final

from bot.errors import FetchError
from bot.fetch.addresses import REFUSED, Network, UnknownHostError, places
from bot.fetch.budget import Budget
from bot.fetch.http1 import Fields, asked, request
from bot.fetch.target import Target

_EVERYWHERE: Final = (ip_network("0.0.0.0/0"), ip_network("::/0"))
_RESOLVER: Final = 3.0  # seconds that a network without names of its own is given to say so


def straight(target: Target, opened: tuple[Network, ...], budget: Budget) -> socket.socket:
    """A socket connected to the first address of the host that answers.

    Raises FetchError where none may be connected to, OSError where none answers.
    """
    found = places(target.host, target.port, opened, timeout=budget.seconds())
    failure: OSError = OSError(REFUSED)
    for left, place in zip(range(len(found), 0, -1), found, strict=True):
        sock = socket.socket(place.family, socket.SOCK_STREAM)
        try:
            sock.settimeout(budget.seconds() / left)  # a dead address leaves time for the next
            sock.connect(place.sockaddr)
        except OSError as error:
            sock.close()
            failure = error
        except FetchError:
            sock.close()
            raise
        else:
            return sock
    raise failure


def through(proxy: Target, target: Target, opened: tuple[Network, ...], budget: Budget) -> socket.socket:
    """A socket to a proxy; for https, one on which the target is spoken to (RFC 9110, 9.3.6).

    What is known here to be inside is refused as ever; of a name that is not known here, the proxy
    decides where it leads. Raises FetchError, also where the proxy cannot be used.
    """
    _refuse_inner(target, opened, budget)
    with ExitStack() as undone:
        try:
            sock = undone.enter_context(straight(proxy, _EVERYWHERE, budget))  # the operator's own choice
            if target.scheme == "https":
                _tunnel(sock, proxy, target, budget)
        except UnknownHostError:
            raise FetchError(f"the proxy cannot be reached: no such host: {proxy.host}") from None
        except OSError as error:
            raise FetchError(
                f"the proxy cannot be reached: {error.strerror or 'it does not answer'}"
            ) from None
        undone.pop_all()
        return sock


def credentials(proxy: Target) -> Fields:
    """What a proxy wants to know of whoever asks it."""
    return {"Proxy-Authorization": proxy.authorization} if proxy.authorization else {}


def _refuse_inner(target: Target, opened: tuple[Network, ...], budget: Budget) -> None:
    """Raise FetchError for a target that leads, as far as is known here, where it may not."""
    try:
        places(target.host, target.port, opened, timeout=min(_RESOLVER, budget.seconds()))
    except (UnknownHostError, TimeoutError):
        return


def _tunnel(sock: socket.socket, proxy: Target, target: Target, budget: Budget) -> None:
    """Have the proxy pass on what is said from now on."""
    there = target.host_and_port
    try:
        answer = asked(sock, request(there, there, credentials(proxy), method="CONNECT"), budget)
    except FetchError as error:
        raise FetchError(f"the proxy opened no way: {error}") from None
    if answer.status // 100 != 2:
        raise FetchError(f"the proxy does not let us through: it answered {answer.status}")
