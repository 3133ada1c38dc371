"""The WebSocket of Socket Mode: slack_sdk's own, that notices a lost connection sooner and ends sooner."""

import contextlib
import logging
import select
import socket
from typing import Final

from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import Connection

PING_EVERY: Final = 2.5
"""Seconds. A connection without an answer is given up after four of them: after 10 s, not 50."""

CONNECTING_MOST: Final = 3.0  # seconds

_CLOSED_THERE: Final = getattr(select, "POLLRDHUP", 0)  # Linux; elsewhere the fifth failed ping tells


class Link(SocketModeClient):
    """The connection with Slack. It connects again by itself until it is closed."""

    def __init__(
        self, app_token: str, web_client: WebClient, logger: logging.Logger, *, concurrency: int
    ) -> None:
        super().__init__(
            app_token,
            logger=logger,
            web_client=web_client,
            ping_interval=PING_EVERY,
            concurrency=concurrency,
        )

    def connect(self) -> None:
        """Connect, and then end the connection that there was.

        slack_sdk waits out a read for that, up to three seconds in which nobody
        reads the new connection.
        """
        if self.closed:
            return
        old = self.current_session
        if old is not None:
            old.close = lambda: _end(old)  # type: ignore[method-assign]
        super().connect()

    def _monitor_current_session(self) -> None:
        """Every few seconds: connect again when the connection is gone.

        slack_sdk takes the end of the stream for silence, and waits for five
        pings to fail before it believes that.
        """
        session = self.current_session
        if session is not None and session.sock is not None and _ended(session.sock):
            _disconnect(session)
        super()._monitor_current_session()  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """Close, without waiting out the three seconds that a read may take."""
        self.logger.setLevel(logging.CRITICAL)  # what breaks now is meant to
        self.closed = True  # from now on `connect` does nothing
        # A connection that is just being made would outlive us.
        made = self.connect_operation_lock.acquire(timeout=CONNECTING_MOST)
        self.current_session_state.terminated = True
        if self.current_session is not None:
            _end(self.current_session)
        if made:
            self.connect_operation_lock.release()
        self.message_queue.put(None)
        super().close()


def _end(session: Connection) -> None:
    """Close a connection, and wake whoever reads from it."""
    sock = session.sock
    if sock is not None:
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)
    _disconnect(session)


def _disconnect(session: Connection) -> None:
    """Close a connection that another thread may be closing too, as its reader does when it is woken.

    slack_sdk looks whether there is a socket before it waits for its locks; when it has them there may
    be none.
    """
    with contextlib.suppress(AttributeError):
        session.disconnect()


def _ended(sock: socket.socket) -> bool:
    """Whether the other side has closed. Nothing is read: that is another thread's business."""
    try:
        watched = select.poll()
        watched.register(sock, _CLOSED_THERE)
        return bool(watched.poll(0))  # hang-ups and errors are told unasked
    except (OSError, ValueError):
        return False  # closed by ourselves just now
