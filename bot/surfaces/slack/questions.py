"""One question of a person: answered at the desk, and what they see when it cannot be."""

import hashlib
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from slack_bolt import Ack
from slack_sdk import WebClient

from bot.clock import Clock
from bot.commands.answer import Answer, Asker
from bot.core.documents import Button, Buttons, Document, Notice, Paragraph, Span, plain
from bot.errors import StoreError, UserError
from bot.surfaces.slack import files
from bot.surfaces.slack.desk import Desk, Job, Latest
from bot.surfaces.slack.elements import Block
from bot.surfaces.slack.pieces import BUTTON_VALUE_MOST
from bot.surfaces.slack.render import BELOW, Message, render
from bot.surfaces.slack.replies import Reply, Where

log = logging.getLogger(__name__)

Answerer = Callable[[str, Asker, datetime], Answer]
"""What was typed after /policy, who asks, and when, to an answer. Raises UserError for the asker."""

Checker = Callable[[str], None]
"""Looks at what would be typed, and at nothing else. Raises UserError where it makes no sense."""

COMMAND: Final = "/policy"

SHAREABLE: Final = frozenset(
    {"search", "latest", "ask", "digest", "event", "timeline", "trend", "why", "status", "actions", "near"}
)
"""Verbs that only read: sharing asks them again, for all to see."""

BUSY: Final = "Too much is being asked at the moment. Please ask again in a minute."
_USER: Final = re.compile(r"[UW][A-Z0-9]+")
_OUT_OF_REACH: Final = Document(
    "That did not work",
    (Notice("The database is busy or cannot be reached. Please ask again in a minute.", kind="error"),),
    gist="The database is busy or cannot be reached. Please ask again in a minute.",
)


@dataclass(frozen=True, slots=True)
class Door:
    """Where requests come in and become questions."""

    desk: Desk
    opener: Desk  # of windows, which cannot wait
    answer: Answerer
    check: Checker
    client: WebClient
    clock: Clock
    latest: Latest = field(default_factory=Latest)  # change of each form that is being filled in

    def take(self, ack: Ack, request: str, job: Job) -> None:
        """Acknowledge, and hand over what is new. Being full is told with the acknowledgement."""
        self._hand(self.desk, ack, request, job)

    def open(self, ack: Ack, request: str, opening: Job) -> None:
        """The same with a window to be opened."""
        self._hand(self.opener, ack, request, opening)

    def _hand(self, desk: Desk, ack: Ack, request: str, job: Job) -> None:
        if not self.desk.is_new(request) or desk.take(job):
            ack()
        else:
            ack(text=BUSY)

    def question(self, text: str, asker: Asker, reply: Reply, where: Where = "me") -> "Question":
        """What is asked, to be answered at the desk."""
        return Question(text, asker, reply, self.answer, self.client, self.clock.now(), where)


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
        found = heard(self.answer, self.text, self.asker, self.now)
        if isinstance(found, Document):
            self.reply.send(render(found).messages)
            return
        # A message that stays shares the pictures in it; any other shows what is the asker's own.
        theirs = "" if self.where == "channel" or self.reply.lasting else self.asker.user
        document = files.pictured(self.client, with_file(self.client, self.asker, found), to=theirs)
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


def heard(answer: Answerer, text: str, asker: Asker, now: datetime) -> Answer | Document:
    """The answer; or, as a document, what is wrong with the words, or that there can be none now."""
    try:
        return answer(text, asker, now)
    except UserError as error:
        return mistake(error, text)
    except StoreError as error:
        log.warning("slack.store_unusable", extra={"error": str(error)})
        return _OUT_OF_REACH


def with_file(client: WebClient, asker: Asker, found: Answer) -> Document:
    """The document of an answer. A file that goes with it is sent, and the document says how that went."""
    if found.file is None:
        return found.document
    told = files.send(client, asker.user, found.file)
    return replace(found.document, parts=(told, *found.document.parts))


def mistake(error: UserError, typed: str) -> Document:
    """What a person sees whose words make no sense or cannot be followed: why, where, what was meant."""
    message, at = str(error), error.at
    parts: list[Notice | Paragraph | Buttons] = [Notice(message, kind="error")]
    if at is not None and 0 <= at < len(typed):
        wrong, _, rest = typed[at:].partition(" ")
        before = Span(f"{COMMAND} {typed[:at]}", style="code")
        parts.append(Paragraph((before, Span(wrong or "?", style="strong"), Span(f" {rest}", style="code"))))
    if error.fix is not None and len(right := error.fix.of(typed)) <= BUTTON_VALUE_MOST:
        parts.append(Buttons((Button(right, right),)))
    parts.append(Paragraph(plain(f"{COMMAND} help shows what can be asked.")))
    title = "That was not understood" if error.made_no_sense else "That could not be done"
    title = title if error.fix is None else "Did you mean this?"
    return Document(title, tuple(parts), gist=message)


def apology(reference: str) -> Document:
    """What a person sees when the fault is ours."""
    told = f"Something went wrong here, not with what you typed. If it stays so, quote reference {reference}."
    return Document("That did not work", (Notice(told, kind="error"),), gist=told)


def fingerprint(body: Mapping[str, Any], *names: str) -> str:
    """What makes a request this one and no other; the same for each time that it is delivered."""
    told = "\x00".join(f"{name}={body.get(name) or ''}" for name in names)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _shareable(text: str) -> bool:
    verb = text.strip().partition(" ")[0].casefold()
    return verb in SHAREABLE and len(text) <= BUTTON_VALUE_MOST


def _has_share(document: Document) -> bool:
    rows = [part for part in document.parts if isinstance(part, Buttons)]
    return any(button.kind == "share" for row in rows for button in row.spelled)


def _with_share(document: Document, text: str) -> Document:
    row = Buttons((Button("Share in this channel", text, "share"),))
    return replace(document, parts=(*document.parts, row))


def _signed(message: Message, asker: Asker) -> Message:
    """For all to see: whose question it was, and no button that shares it again."""
    blocks = [left for block in message.blocks if (left := _unshared(block))]
    if _USER.fullmatch(asker.user):
        told = {"type": "mrkdwn", "text": f"Shared by <@{asker.user}> with {COMMAND}"}
        blocks.append({"type": "context", "elements": [told]})
    return Message(message.text, tuple(blocks))


def _unshared(block: Block) -> Block | None:
    """A row of buttons without the one that shares; None: nothing is left of it. Any other block as it is."""
    if block["type"] != "actions":
        return block
    left = [each for each in block["elements"] if not str(each.get("action_id", "")).startswith("share.")]
    return block | {"elements": left} if left else None
