"""The Bolt app: what comes in from Slack, and where it goes. One for Socket Mode and for HTTP.

A listener acknowledges and hands over; the work is done at the desk. That is
not Bolt's `lazy`: lazy functions share their threads with acknowledgements, so
a few slow searches would keep the next command waiting past its three seconds.
"""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient

from bot.clock import Clock
from bot.surfaces.slack import pressing, shortcuts, speaking, viewing
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.questions import Answerer, Checker, Door

log = logging.getLogger(__name__)

ACKNOWLEDGERS: Final = 16
OPENERS: Final = 4
"""Windows opened at the same time: each is one call to Slack."""


class SlackApp:
    """The Bolt app with its desks behind it."""

    def __init__(self, bolt: App, *desks: Desk) -> None:
        self.bolt = bolt
        self._desks = desks

    def close(self, timeout: float) -> None:
        """Take nothing more in, finish what was taken in, for at most `timeout` seconds."""
        until = time.monotonic() + timeout
        for desk in self._desks:
            desk.close(max(0.0, until - time.monotonic()))

    def dispatch(self, request: BoltRequest) -> BoltResponse:
        """Have a proven request taken in. What Bolt itself stumbles over is logged and let go."""
        try:
            return self.bolt.dispatch(request)
        except Exception:
            log.exception("slack.unreadable")
            return BoltResponse(status=200, body="")


def build_app(client: WebClient, answer: Answerer, clock: Clock, check: Checker) -> SlackApp:
    """Build the app. Nothing is asked of Slack, here or on the way of a request.

    `client` carries the bot token (`wire.web_client`). Requests are taken as
    proven: Socket Mode proves them by its connection, `front.py` by their signature.
    """
    desk, opener = Desk(clock.now), Desk(clock.now, at_once=OPENERS)
    token = client.token or ""
    installed = AuthorizeResult(enterprise_id=None, team_id=None, bot_token=token)
    bolt_log = logging.getLogger("bot.slack.bolt")
    bolt_log.setLevel(logging.ERROR)  # its warnings quote what people wrote
    bolt = App(
        name="steppewatch",
        client=client,
        authorize=lambda: installed,
        logger=bolt_log,
        listener_executor=ThreadPoolExecutor(ACKNOWLEDGERS, "slack-ack"),
        request_verification_enabled=False,
        raise_error_for_unhandled_request=True,
    )
    door = Door(desk, opener, answer, check, client, clock)
    speaking.listen(bolt, door)
    viewing.listen(bolt, door)
    shortcuts.listen(bolt, door)
    pressing.listen(bolt, door)

    @bolt.error
    def on_error(error: Exception) -> BoltResponse:
        if isinstance(error, BoltUnhandledRequestError):
            log.debug("slack.not_ours")
        else:
            log.error("slack.listener_failed", exc_info=error)
        return BoltResponse(status=200, body="")  # to be sent it again would help nobody

    return SlackApp(bolt, opener, desk)
