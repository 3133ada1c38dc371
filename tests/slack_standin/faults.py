"""What can go wrong with one call, told to the stand-in beforehand."""

import threading
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Error:
    """Refuse with this code; nothing is done."""

    code: str


@dataclass(frozen=True)
class Limit:
    """429: ask again after so many seconds; nothing is done."""

    seconds: int = 1


@dataclass(frozen=True)
class Drop:
    """Close the connection without an answer, before or after the call was carried out."""

    after_taking: bool = True


@dataclass(frozen=True)
class Garbage:
    """Answer something that makes no sense; the call is carried out when `after_taking`."""

    body: bytes = b"<html>Bad gateway</html>"
    status: int = 200
    content_type: str = "text/html"
    after_taking: bool = True


@dataclass(frozen=True)
class Hold:
    """Answer only when told to go on. `reached` is set when the call has come in."""

    go_on: threading.Event = field(default_factory=threading.Event)
    reached: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True)
class Taken:
    """Carry the call out and answer as usual: to let some pass before the next fault."""


Fault = Error | Limit | Drop | Garbage | Hold | Taken
