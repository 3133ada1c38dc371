"""Files and pictures for the one who asked: sent as direct messages, so that no channel fills up.

A file cannot be shared with an answer that only one person sees. What was sent to them as a
direct message is theirs, and an answer may show it.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from slack_sdk import WebClient

from bot.commands.answer import Attachment
from bot.core.documents import Document, Image, Notice, Part
from bot.ports import Limited, Refused
from bot.surfaces.slack.elements import raw
from bot.surfaces.slack.pieces import ALT_MOST, HEADLINE_MOST
from bot.surfaces.slack.wire import Failure, call, direct

log = logging.getLogger(__name__)

PICTURE_READY: Final = timedelta(seconds=2)
"""Slack takes a moment to look at an upload; a message that shows it earlier is refused."""

_SENT: Final = "The file is in your direct messages with this app."
_IN_A_TERMINAL: Final = "In a terminal `steppewatch export` writes the same."


def send(client: WebClient, user: str, file: Attachment) -> Notice:
    """Send a file to a person; gives what there is to say of it."""
    outcome = _upload(client, user, file)
    if outcome is None:
        return Notice(_SENT)
    match outcome:
        case Refused(code, advice):
            why = f"Slack did not take the file ({code}). {advice}"
        case Limited():
            why = "Slack could not take the file now: please ask again in a minute."
        case _:
            why = "Whether Slack took the file is not known: look in your direct messages with this app."
    log.warning("slack.file_not_sent", extra={"outcome": type(outcome).__name__})
    return Notice(f"{why} {_IN_A_TERMINAL}", kind="warning")


def pictured(
    client: WebClient,
    document: Document,
    *,
    to: str = "",
    pause: Callable[[float], object] = time.sleep,
) -> Document:
    """The document with its pictures uploaded; words take the place of one that cannot be.

    `to` is the person whose they are; without one they are nobody's yet, and the message that shows
    them shares them. `pause` waits for so many seconds.
    """
    if not any(isinstance(part, Image) for part in (*document.parts, *document.more)):
        return document
    place = direct(client, to) if to else ""

    def uploaded(part: Part) -> Part:
        if not isinstance(part, Image) or not isinstance(place, str):
            return part
        title, alt = raw(part.title, HEADLINE_MOST), raw(part.alt, ALT_MOST)
        shared = {"channel": place} if place else {}
        answer = call(
            client.files_upload_v2, content=part.png, filename="chart.png", title=title, alt_txt=alt, **shared
        )
        files = answer.get("files") if isinstance(answer, Mapping) else None
        first = files[0] if isinstance(files, list) and files else None
        return replace(part, file=str(first.get("id", ""))) if isinstance(first, Mapping) else part

    parts, more = tuple(map(uploaded, document.parts)), tuple(map(uploaded, document.more))
    if any(isinstance(part, Image) and part.file for part in (*parts, *more)):
        pause(PICTURE_READY.total_seconds())
    return replace(document, parts=parts, more=more)


def _upload(client: WebClient, user: str, file: Attachment) -> Failure | None:
    """None: it was sent."""
    place = direct(client, user)
    if not isinstance(place, str):
        return place
    told = call(
        client.files_upload_v2,
        content=file.body.encode("utf-8", "replace"),
        filename=file.name,
        title=file.title,
        channel=place,
    )
    return None if isinstance(told, Mapping) else told
