"""Answers to the one who asked, by the response_url that came with the request.

Such an address takes five posts within half an hour, and whoever has it may
post: it never stands in a log.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, Final, Literal, Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from slack_sdk.webhook import WebhookClient

from bot.ports import Refused
from bot.surfaces.slack.refusals import RESHAPE
from bot.surfaces.slack.render import Message, shortened, without_pictures
from bot.surfaces.slack.wire import TIMEOUT, Failure, call, direct, proxy_to

log = logging.getLogger(__name__)

POSTS_MOST: Final = 4
"""One of the five is kept back."""

_NOT_EPHEMERAL: Final = ("mrkdwn", "unfurl_links", "unfurl_media")
"""Arguments of chat.postMessage that chat.postEphemeral does not know."""

_quiet = logging.getLogger("bot.slack.wire")

Where = Literal["me", "channel", "in place"]
"""Only the asker sees it; everybody in the channel does; it takes the place of what was there."""


class Reply(Protocol):
    """A way back to the one who asked."""

    @property
    def lasting(self) -> bool:
        """Whether what it sends stays as a message: such a one shares the pictures that it shows."""

    def send(self, messages: Sequence[Message], where: Where = "me") -> bool:
        """Send messages in order; whether all of them arrived."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """The place where a person spoke to the app: its direct messages, or a channel that named it.

    In a channel only the asker sees the answer, as that of a command.
    """

    client: WebClient
    channel: str
    user: str
    thread: str = ""

    @property
    def lasting(self) -> bool:
        """In the app's own direct messages it stays."""
        return not self.channel.startswith(("C", "G"))

    def send(self, messages: Sequence[Message], where: Where = "me") -> bool:
        """Send messages in order. `where` is for buttons, which do not come this way."""
        del where
        for message in messages:
            outcome = self._post(message)
            if isinstance(outcome, Refused) and outcome.code in RESHAPE and message.pictures:
                outcome = self._post(without_pictures(message))
            if not isinstance(outcome, Mapping):
                log.warning("slack.answer_lost", extra={"error": type(outcome).__name__})
                return False
        return True

    def _post(self, message: Message) -> Mapping[str, Any] | Failure:
        method = self.client.chat_postMessage if self.lasting else self.client.chat_postEphemeral
        told: dict[str, Any] = {"channel": self.channel, **message.payload()}
        if not self.lasting:
            told = {name: value for name, value in told.items() if name not in _NOT_EPHEMERAL}
            told["user"] = self.user
        if self.thread:
            told["thread_ts"] = self.thread
        return call(method, **told)


@dataclass(frozen=True, slots=True)
class Direct:
    """A direct message to the one who asked, for what was asked in no channel."""

    client: WebClient
    user: str

    @property
    def lasting(self) -> bool:
        """It does."""
        return True

    def send(self, messages: Sequence[Message], where: Where = "me") -> bool:
        """Send messages in order."""
        opened = direct(self.client, self.user)
        # Without im:write Slack still takes the person's own id as a place.
        place = opened if isinstance(opened, str) and opened else self.user
        return Conversation(self.client, place, self.user).send(messages, where)


@dataclass(frozen=True, slots=True)
class ReplyTo:
    """An address to answer at, and the thread that the question came from ("": none)."""

    url: str
    thread: str = ""

    @property
    def lasting(self) -> bool:
        """Only what is shared does, and that is said when it is sent."""
        return False

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
            arrived = self._post(body)
            if arrived is False and message.pictures:
                arrived = self._post(body | {"blocks": list(without_pictures(message).blocks)})
            if not arrived:
                return False
        return True

    def _post(self, body: dict[str, Any]) -> bool | None:
        """Whether Slack took it; None: nobody knows."""
        client = WebhookClient(self.url, timeout=TIMEOUT, retry_handlers=[], logger=_quiet)
        client.proxy = proxy_to(self.url)
        try:
            response = client.send_dict(body)
        except (OSError, HTTPException, SlackClientError, ValueError) as error:
            log.warning("slack.answer_lost", extra={"error": type(error).__name__})
            return None
        if response.status_code != 200:
            # Expired, used up, or the person left: there is nobody to tell.
            log.warning("slack.answer_refused", extra={"status": response.status_code})
            return False
        return True
