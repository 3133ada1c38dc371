"""The WebSocket of Socket Mode: slack_sdk's own, that notices a lost connection sooner and ends sooner."""

import contextlib
import logging
import select
import socket
from typing import Final

from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient

PING_EVERY: Final = 2.5
"""Seconds. A connection without an answer is given up after four of them: after 10 s, not 50."""


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

    def _monitor_current_session(self) -> None:
        """Every few seconds: connect again when the connection is gone.

        slack_sdk takes the end of the stream for silence, and waits for five
        pings to fail before it believes that.
        """
        session = self.current_session
        if session is not None and session.sock is not None and _ended(session.sock):
            session.disconnect()
        super()._monitor_current_session()

    def close(self) -> None:
        """Close, without waiting out the three seconds that a read may take."""
        self.logger.setLevel(logging.CRITICAL)  # what breaks now is meant to
        self.closed = True
        self.auto_reconnect_enabled = False
        self.current_session_state.terminated = True
        self.message_queue.put(None)
        session = self.current_session
        if session is not None and session.sock is not None:
            with contextlib.suppress(OSError):
                session.sock.shutdown(socket.SHUT_RDWR)
        super().close()


def _ended(sock: socket.socket) -> bool:
    """Whether the other side has closed: there is something to read, and it is the end."""
    try:
        waiting = select.poll()
        waiting.register(sock, select.POLLIN)
        # Asked of the socket below TLS, which would not let us peek.
        return bool(waiting.poll(0)) and socket.socket.recv(sock, 1, socket.MSG_PEEK) == b""
    except (OSError, ValueError):
        return True
