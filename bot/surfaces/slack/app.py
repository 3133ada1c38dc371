"""The Bolt app: what comes in from Slack, and where it goes. One for Socket Mode and for HTTP.

A listener acknowledges and hands over; the work is done at the desk. That is
not Bolt's `lazy`: lazy functions share their threads with acknowledgements, so
a few slow searches would keep the next command waiting past its three seconds.
"""

import hashlib
import logging
import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from slack_bolt import Ack, App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient

from bot.clock import Clock
from bot.commands.answer import Answer, Asker
from bot.core.documents import Button, Buttons, Document, Notice, Paragraph, Span, plain
from bot.errors import StoreError, UserError
from bot.surfaces.slack import files
from bot.surfaces.slack.desk import Desk
from bot.surfaces.slack.pieces import BUTTON_VALUE_MOST, Block
from bot.surfaces.slack.render import BELOW, Message, render
from bot.surfaces.slack.replies import Conversation, Reply, ReplyTo, Where

log = logging.getLogger(__name__)

Answerer = Callable[[str, Asker, datetime], Answer]
"""What was typed after /policy, who asks, and when, to an answer. Raises UserError for the asker."""

COMMAND: Final = "/policy"

SHAREABLE: Final = frozenset(
    {"search", "latest", "ask", "digest", "event", "timeline", "trend", "why", "status", "actions"}
)
"""Verbs that only read: sharing asks them again, for all to see."""

ACKNOWLEDGERS: Final = 16
_BUTTON: Final = re.compile(r"(run|more|share)\.\d+")
_ANYTHING: Final = re.compile(".*", re.DOTALL)
_MENTION: Final = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^>]*)?>")
_USER: Final = re.compile(r"[UW][A-Z0-9]+")
_BUSY: Final = "Too much is being asked at the moment. Please ask again in a minute."
_OUT_OF_REACH: Final = Document(
    "That did not work",
    (Notice("The database is busy or cannot be reached. Please ask again in a minute.", kind="error"),),
    gist="The database is busy or cannot be reached. Please ask again in a minute.",
)


@dataclass(frozen=True, slots=True)
class Question:
    """One request of a person: a command typed, or a button that carries one."""

    text: str
    asker: Asker
    reply: Reply
    answer: Answerer
    client: WebClient
    now: datetime
    where: Where = "me"

    def run(self) -> None:
        """Answer it."""
        try:
            found = self.answer(self.text, self.asker, self.now)
        except UserError as error:
            self.reply.send(render(mistake(str(error), self.text, error.at)).messages)
            return
        except StoreError as error:
            log.warning("slack.store_unusable", extra={"error": str(error)})
            self.reply.send(render(_OUT_OF_REACH).messages)
            return
        document = found.document
        if found.file is not None:
            told = files.send(self.client, self.asker.user, found.file)
            document = replace(document, parts=(told, *document.parts))
        if self.where == "channel":
            # One message and no more: the others did not ask.
            main = render(document, follows=f"For more: {COMMAND} {self.text}").main
            self.reply.send([_signed(main, self.asker)], "channel")
            return
        if not _has_share(document) and _shareable(self.text):
            document = _with_share(document, self.text)
        self.reply.send(render(document, follows=BELOW).messages, self.where)

    def failed(self, reference: str) -> None:
        """Say that it did not work, and what to quote. The cause is in the log beside the reference."""
        self.reply.send(render(apology(reference)).messages)


class SlackApp:
    """The Bolt app with the desk behind it."""

    def __init__(self, bolt: App, desk: Desk) -> None:
        self.bolt = bolt
        self.desk = desk

    def dispatch(self, request: BoltRequest) -> BoltResponse:
        """Have a proven request taken in. What Bolt itself stumbles over is logged and let go."""
        try:
            return self.bolt.dispatch(request)
        except Exception:
            log.exception("slack.unreadable")
            return BoltResponse(status=200, body="")


def build_app(client: WebClient, answer: Answerer, clock: Clock) -> SlackApp:
    """Build the app. Nothing is asked of Slack, here or on the way of a request.

    `client` carries the bot token (`wire.web_client`). Requests are taken as
    proven: Socket Mode proves them by its connection, `front.py` by their signature.
    """
    desk = Desk(clock.now)
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
    door = _Door(desk, answer, client, clock)
    _listen(bolt, door)
    _converse(bolt, door)
    return SlackApp(bolt, desk)


@dataclass(frozen=True, slots=True)
class _Door:
    """Where requests come in and become questions."""

    desk: Desk
    answer: Answerer
    client: WebClient
    clock: Clock

    def take(
        self, ack: Ack, request: str, text: str, *, asker: Asker, reply: Reply, where: Where = "me"
    ) -> None:
        """Acknowledge, and hand over what is new. Being full is told with the acknowledgement."""
        question = Question(text, asker, reply, self.answer, self.client, self.clock.now(), where)
        if not self.desk.is_new(request) or self.desk.take(question):
            ack()
        else:
            ack(text=_BUSY)


def _listen(bolt: App, door: _Door) -> None:
    """One listener a door: Bolt runs only the first that matches."""

    @bolt.command(COMMAND)
    def on_command(ack: Ack, command: dict[str, Any]) -> None:
        reply = ReplyTo(command.get("response_url", ""), command.get("thread_ts") or "")
        request = fingerprint(command, "trigger_id", "command", "text", "user_id", "response_url")
        door.take(ack, request, str(command.get("text") or ""), asker=_asker(command), reply=reply)

    @bolt.action(_BUTTON)
    def on_button(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        kind = str(action.get("action_id", "")).partition(".")[0]
        places: dict[str, Where] = {"more": "in place", "share": "channel"}
        container = body.get("container") or {}
        reply = ReplyTo(body.get("response_url", ""), container.get("thread_ts") or "")
        user, channel = (body.get("user") or {}).get("id", ""), (body.get("channel") or {}).get("id", "")
        asker = Asker(user=user, channel=channel or container.get("channel_id", ""))
        pressed = {**body, "action_ts": action.get("action_ts"), "value": action.get("value")}
        request = fingerprint(pressed, "trigger_id", "action_ts", "value", "response_url")
        where = places.get(kind, "me")
        door.take(ack, request, str(action.get("value") or ""), asker=asker, reply=reply, where=where)

    @bolt.action(_ANYTHING)
    def on_other_action(ack: Ack) -> None:
        ack()  # a link in a button is opened by Slack itself, and told to us all the same

    @bolt.error
    def on_error(error: Exception) -> BoltResponse:
        if isinstance(error, BoltUnhandledRequestError):
            log.debug("slack.not_ours")
        else:
            log.error("slack.listener_failed", exc_info=error)
        return BoltResponse(status=200, body="")  # to be sent it again would help nobody


def _converse(bolt: App, door: _Door) -> None:
    """What a person says to the app in their own words: in a channel by its name, or to it alone."""

    @bolt.event("app_mention")
    def on_mention(ack: Ack, event: dict[str, Any]) -> None:
        hear(ack, event)

    @bolt.event("message")
    def on_message(ack: Ack, event: dict[str, Any]) -> None:
        if event.get("channel_type") == "im":
            hear(ack, event)
        else:
            ack()

    def hear(ack: Ack, event: dict[str, Any]) -> None:
        if event.get("bot_id") or event.get("subtype") or not event.get("user"):
            ack()  # its own messages, and edits, are no questions
            return
        asker = Asker(user=str(event["user"]), channel=str(event.get("channel") or ""))
        reply = Conversation(door.client, asker.channel, asker.user, str(event.get("thread_ts") or ""))
        words = _MENTION.sub(" ", str(event.get("text") or "")).strip()
        # A mention in a direct message comes twice, as that and as a message, under one ts.
        request = fingerprint(event, "channel", "ts", "user")
        door.take(ack, request, f"ask {words}" if words else "help", asker=asker, reply=reply)


def mistake(message: str, typed: str, at: int | None) -> Document:
    """What a person sees who typed something that makes no sense: what is wrong, and where."""
    parts: list[Notice | Paragraph] = [Notice(message, kind="error")]
    if at is not None and 0 <= at < len(typed):
        wrong, _, rest = typed[at:].partition(" ")
        before = Span(f"{COMMAND} {typed[:at]}", style="code")
        parts.append(Paragraph((before, Span(wrong or "?", style="strong"), Span(f" {rest}", style="code"))))
    parts.append(Paragraph(plain(f"{COMMAND} help shows what can be asked.")))
    return Document("That was not understood", tuple(parts), gist=message)


def apology(reference: str) -> Document:
    """What a person sees when the fault is ours."""
    told = f"Something went wrong here, not with what you typed. If it stays so, quote reference {reference}."
    return Document("That did not work", (Notice(told, kind="error"),), gist=told)


def fingerprint(body: Mapping[str, Any], *names: str) -> str:
    """What makes a request this one and no other; the same for each time that it is delivered."""
    told = "\x00".join(f"{name}={body.get(name) or ''}" for name in names)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _asker(command: Mapping[str, Any]) -> Asker:
    return Asker(user=str(command.get("user_id") or ""), channel=str(command.get("channel_id") or ""))


def _shareable(text: str) -> bool:
    verb = text.strip().partition(" ")[0].casefold()
    return verb in SHAREABLE and len(text) <= BUTTON_VALUE_MOST


def _has_share(document: Document) -> bool:
    rows = [part for part in document.parts if isinstance(part, Buttons)]
    return any(button.kind == "share" for row in rows for button in row.buttons)


def _with_share(document: Document, text: str) -> Document:
    row = Buttons((Button("Share in this channel", text, "share"),))
    return Document(document.title, (*document.parts, row), document.gist, document.more)


def _signed(message: Message, asker: Asker) -> Message:
    """For all to see: whose question it was, and no button that shares it again."""
    blocks = [block for block in message.blocks if not _shares(block)]
    if _USER.fullmatch(asker.user):
        told = {"type": "mrkdwn", "text": f"Shared by <@{asker.user}> with {COMMAND}"}
        blocks.append({"type": "context", "elements": [told]})
    return Message(message.text, tuple(blocks))


def _shares(block: Block) -> bool:
    return any(str(each.get("action_id", "")).startswith("share.") for each in block.get("elements", ()))
