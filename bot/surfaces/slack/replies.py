"""Answers to the one who asked, by the response_url that came with the request.

Such an address takes five posts within half an hour, and whoever has it may
post: it never stands in a log.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, Final, Literal

from slack_sdk.errors import SlackClientError
from slack_sdk.webhook import WebhookClient

from bot.surfaces.slack.render import Message, shortened
from bot.surfaces.slack.wire import TIMEOUT

log = logging.getLogger(__name__)

POSTS_MOST: Final = 4
"""One of the five is kept back."""

_quiet = logging.getLogger("bot.slack.wire")

Where = Literal["me", "channel", "in place"]
"""Only the asker sees it; everybody in the channel does; it takes the place of what was there."""


@dataclass(frozen=True, slots=True)
class ReplyTo:
    """An address to answer at, and the thread that the question came from ("": none)."""

    url: str
    thread: str = ""

    def send(self, messages: Sequence[Message], where: Where = "me") -> bool:
        """Send messages in order, as many as the address takes; whether all of those arrived."""
        for number, message in enumerate(shortened(messages, POSTS_MOST)):
            body: dict[str, Any] = {
                "response_type": "in_channel" if where == "channel" else "ephemeral",
                "replace_original": where == "in place" and number == 0,
                "text": message.text,
                "unfurl_links": False,
                "unfurl_media": False,
            }
            if message.blocks:
                body["blocks"] = list(message.blocks)
            if self.thread:
                body["thread_ts"] = self.thread
            if not self._post(body):
                return False
        return True

    def _post(self, body: dict[str, Any]) -> bool:
        client = WebhookClient(self.url, timeout=TIMEOUT, retry_handlers=[], logger=_quiet)
        client.proxy = None  # urllib reads the same variables, and heeds no_proxy as well
        try:
            response = client.send_dict(body)
        except (OSError, HTTPException, SlackClientError, ValueError) as error:
            log.warning("slack.answer_lost", extra={"error": type(error).__name__})
            return False
        if response.status_code != 200:
            # Expired, used up, or the person left: there is nobody to tell.
            log.warning("slack.answer_refused", extra={"status": response.status_code})
            return False
        return True
