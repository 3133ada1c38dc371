"""The web role: questions from Slack, by a connection of ours (Socket Mode) or by theirs (HTTP)."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import Final, Protocol

from pydantic import SecretStr
from slack_bolt import BoltRequest
from slack_bolt.adapter.socket_mode.internals import build_headers, send_response
from slack_sdk.errors import SlackClientError
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.clock import Clock
from bot.errors import ConfigError
from bot.ports import Refused
from bot.roles.link import Link
from bot.roles.listener import Listener
from bot.surfaces.slack.app import SlackApp, build_app
from bot.surfaces.slack.front import LARGEST_BODY, Front
from bot.surfaces.slack.questions import Answerer, Checker
from bot.surfaces.slack.wire import call, proxy_to, web_client

log = logging.getLogger(__name__)

FIRST_WAIT: Final = 1.0
LONGEST_WAIT: Final = 60.0
ACKNOWLEDGERS: Final = 16
STOPS_WITHIN: Final = 8.0
_NAMED: Final = "STEPPEWATCH_SLACK__"


class Slack(Protocol):
    """The settings that are needed here: the [slack] section."""

    @property
    def bot_token(self) -> SecretStr | None: ...
    @property
    def app_token(self) -> SecretStr | None: ...
    @property
    def signing_secret(self) -> SecretStr | None: ...
    @property
    def mode(self) -> str: ...
    @property
    def api_url(self) -> str: ...
    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...


def missing(slack: Slack) -> tuple[str, ...]:
    """The names of the settings that Slack needs and that are not set."""
    second = "app_token" if slack.mode == "socket" else "signing_secret"
    return tuple(name for name in ("bot_token", second) if not _secret(getattr(slack, name)))


def _passes(text: str) -> None:
    """For answers that say themselves what is wrong."""
    del text


class Web:
    """One connection with Slack. `start` it once, `stop` it once."""

    def __init__(self, slack: Slack, answer: Answerer, clock: Clock, *, check: Checker = _passes) -> None:
        """`check` looks at forms as they are sent. Raises ConfigError when a token or secret is not set."""
        if lacking := missing(slack):
            raise ConfigError([f"{_NAMED}{name.upper()} is not set" for name in lacking])
        self._slack = slack
        self._clock = clock
        self._client = web_client(_secret(slack.bot_token), slack.api_url)
        self._app: SlackApp = build_app(self._client, answer, clock, check)
        self._stopping = threading.Event()
        self._link: Link | None = None
        self._listener: Listener | None = None
        self._threads: list[threading.Thread] = []

    @property
    def connected(self) -> bool:
        """Whether questions can come in at this moment."""
        if self._slack.mode == "http":
            return self._listener is not None and not self._stopping.is_set()
        return self._link is not None and self._link.is_connected()

    @property
    def port(self) -> int:
        """Where it listens in http mode; 0 while it does not."""
        return self._listener.port if self._listener is not None else 0

    def start(self) -> None:
        """Start, and return. When Slack cannot be reached it is tried again in the background.

        Raises ConfigError when Slack refuses a token, or the port cannot be listened on.
        """
        known = self._introduce()
        if self._slack.mode == "http":
            self._listen()
            return
        if known and self._connect():
            return
        self._run(self._keep_connecting, "slack-connect")

    def stop(self, timeout: float = STOPS_WITHIN) -> None:
        """Take nothing more in, answer what was taken in, close; after `timeout` seconds let it be."""
        self._stopping.set()
        until = time.monotonic() + timeout
        if self._listener is not None:
            self._listener.stop(until - time.monotonic())
        self._app.close(max(0.0, until - time.monotonic()))
        closer = threading.Thread(target=self._close, daemon=True)
        closer.start()
        closer.join(max(1.0, until - time.monotonic()))

    def _introduce(self) -> bool:
        """Ask Slack who we are, which shows whether it takes the token; False when it cannot be asked."""
        told = call(self._client.auth_test)
        if isinstance(told, Refused):
            raise ConfigError([f"{_NAMED}BOT_TOKEN is not taken by Slack ({told.code}): {told.advice}"])
        if not isinstance(told, Mapping):
            log.warning("slack.unreachable", extra={"method": "auth.test"})
            return False
        log.info("slack.known", extra={"team": told.get("team_id"), "user": told.get("user_id")})
        return True

    def _connect(self) -> bool:
        """One attempt at Socket Mode; False when it should be tried again."""
        token = _secret(self._slack.app_token)
        opened = call(self._client.apps_connections_open, app_token=token)
        if isinstance(opened, Refused):
            advice = "it begins with xapp- and has the scope connections:write, and Socket Mode is on"
            raise ConfigError([f"{_NAMED}APP_TOKEN is not taken by Slack ({opened.code}): {advice}"])
        if not isinstance(opened, Mapping) or not isinstance(opened.get("url"), str):
            return False
        if self._link is None:
            self._link = Link(token, self._client, self._app.bolt.logger, concurrency=ACKNOWLEDGERS)
            self._link.socket_mode_request_listeners.append(self._take_in)
        link = self._link
        link.proxy = proxy_to(opened["url"])
        link.wss_uri = opened["url"]
        try:
            link.connect()
        except (OSError, SlackClientError) as error:
            log.warning("slack.unreachable", extra={"error": type(error).__name__})
            return False
        if not link.is_connected():
            return False
        log.info("slack.connected", extra={"mode": "socket"})
        return True

    def _take_in(self, link: BaseSocketModeClient, request: SocketModeRequest) -> None:
        """One envelope: have it taken in, acknowledge it."""
        taken = BoltRequest(mode="socket_mode", body=request.payload, headers=build_headers(request))
        send_response(link, request, self._app.dispatch(taken), start_time=0)

    def _keep_connecting(self) -> None:
        wait = FIRST_WAIT
        while not self._stopping.wait(wait):
            wait = min(wait * 2, LONGEST_WAIT)
            try:
                if self._introduce() and self._connect():
                    return
            except ConfigError as error:
                log.error("slack.refused", extra={"error": str(error)})  # noqa: TRY400
                return

    def _listen(self) -> None:
        front = Front(self._app, _secret(self._slack.signing_secret), self._clock)
        host, port = self._slack.host, self._slack.port
        try:
            self._listener = Listener(front, host, port, largest_body=LARGEST_BODY)
        except OSError as error:
            told = f"{host}:{port} cannot be listened on: {error.strerror}"
            raise ConfigError([f"slack.port: {told}"]) from error
        self._listener.start()
        log.info("slack.listening", extra={"port": self.port})

    def _run(self, target: Callable[[], None], name: str) -> None:
        thread = threading.Thread(target=target, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _close(self) -> None:
        if self._link is not None:
            self._link.close()
        for thread in self._threads:
            thread.join()


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value() if value is not None else ""
