"""The stand-in's side of Socket Mode: a WebSocket server that sends envelopes and hears their acks."""

import json
import threading
import time
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve


class Sockets:
    """The connections of one app."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._live: list[ServerConnection] = []
        self._acks: dict[str, tuple[float, dict[str, Any]]] = {}
        self.opened = 0
        self._server: Server | None = None

    def open(self) -> None:
        self._server = serve(self._talk, "127.0.0.1", 0)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        assert self._server is not None
        self._server.shutdown()
        self.cut()

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"ws://127.0.0.1:{self._server.socket.getsockname()[1]}/link?ticket=secret-ticket"

    def wait_connections(self, opened: int, timeout: float = 20) -> bool:
        """Wait until so many connections were opened, and one of them lives."""
        with self._changed:
            return self._changed.wait_for(lambda: self.opened >= opened and bool(self._live), timeout)

    def send(self, envelope: dict[str, Any]) -> float:
        """Send an envelope over the newest connection; when it was sent."""
        with self._changed:
            assert self._live, "nobody is connected"
            connection = self._live[-1]
        sent = time.monotonic()
        connection.send(json.dumps(envelope))
        return sent

    def wait_ack(self, envelope: str, timeout: float = 10) -> tuple[float, dict[str, Any]] | None:
        """When an envelope was acknowledged, and with what; None when it was not in time."""
        with self._changed:
            self._changed.wait_for(lambda: envelope in self._acks, timeout)
            return self._acks.get(envelope)

    def forget_ack(self, envelope: str) -> None:
        with self._changed:
            self._acks.pop(envelope, None)

    def refresh(self) -> None:
        """Ask for a new connection, as Slack does every few hours."""
        with self._changed:
            live = [*self._live]
        for connection in live:
            connection.send(json.dumps({"type": "disconnect", "reason": "refresh_requested"}))

    def cut(self) -> None:
        """Close every connection without a word."""
        with self._changed:
            live = [*self._live]
        for connection in live:
            connection.close_socket()

    def _talk(self, connection: ServerConnection) -> None:
        with self._changed:
            self._live.append(connection)
            self.opened += 1
            self._changed.notify_all()
        try:
            connection.send(json.dumps({"type": "hello", "num_connections": len(self._live)}))
            for frame in connection:
                heard = json.loads(frame)
                with self._changed:
                    self._acks[heard["envelope_id"]] = (time.monotonic(), heard.get("payload") or {})
                    self._changed.notify_all()
        except (ConnectionClosed, OSError):
            pass
        finally:
            with self._changed:
                self._live.remove(connection)
                self._changed.notify_all()
