"""What one exchange may cost, kept by the socket itself.

A timeout on a single read is not a deadline: a server that sends a byte a
second never meets it. So the sockets of an exchange share a budget, set their
own timeout to what is left of it before each read, and count what they read.
Slow headers, endless headers, drips and floods all end here, in one place.
"""

import socket
import ssl
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer


class Budget:
    """Time and bytes left to one exchange, redirects included."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self.too_long = f"took longer than {seconds:g} s"
        self._bytes = 0
        self._most = ""
        self.spent = ""  # why it ran out, in one line; "": it did not

    def allow(self, count: int, what: str) -> None:
        """From now on, at most `count` bytes; `what` names the limit for the message."""
        self._bytes = count
        self._most = what

    def seconds(self) -> float:
        """Seconds left. Raises TimeoutError when there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            self.spent = self.too_long
            raise TimeoutError(self.spent)
        return left

    def give(self, seconds: float) -> None:
        """Let time pass that is no fault of the other side's."""
        self._ends += seconds

    def take(self, count: int) -> None:
        """Count bytes that were read. Raises OSError when there were too many."""
        self._bytes -= count
        if self._bytes < 0:
            self.spent = f"sent more than {self._most}"
            raise OSError(self.spent)


class BudgetSocket(socket.socket):
    """A plain socket that keeps to its budget."""

    budget: Budget

    def recv_into(self, buffer: "WriteableBuffer", nbytes: int = 0, flags: int = 0) -> int:
        """Read within the budget."""
        self.settimeout(self.budget.seconds())
        count = super().recv_into(buffer, nbytes, flags)
        self.budget.take(count)
        return count

    def sendall(self, data: "ReadableBuffer", flags: int = 0) -> None:
        """Send within the budget; the timeout of sendall is for the whole of it."""
        self.settimeout(self.budget.seconds())
        super().sendall(data, flags)


class BudgetTLSSocket(ssl.SSLSocket):
    """A TLS socket that keeps to its budget. Made by the context; the budget is set after the handshake."""

    budget: Budget

    def recv_into(self, buffer: "WriteableBuffer", nbytes: int | None = None, flags: int = 0) -> int:
        """Read within the budget."""
        self.settimeout(self.budget.seconds())
        count = super().recv_into(buffer, nbytes, flags)
        self.budget.take(count)
        return count

    def sendall(self, data: "ReadableBuffer", flags: int = 0) -> None:
        """Send within the budget."""
        self.settimeout(self.budget.seconds())
        super().sendall(data, flags)


def trusted() -> ssl.SSLContext:
    """A context that verifies, with the machine's authorities, or certifi's where the machine has none.

    Costs 20 ms: make one and keep it.
    """
    context = ssl.create_default_context()
    if not context.get_ca_certs() and not ssl.get_default_verify_paths().capath:
        import certifi

        context.load_verify_locations(certifi.where())
    context.sslsocket_class = BudgetTLSSocket
    return context
