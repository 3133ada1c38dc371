"""A file for the one who asked: sent as a direct message, so that nobody else's channel fills up."""

import logging
from collections.abc import Mapping
from typing import Final

from slack_sdk import WebClient

from bot.commands.answer import Attachment
from bot.core.documents import Notice
from bot.ports import Limited, Refused
from bot.surfaces.slack.wire import Failure, call

log = logging.getLogger(__name__)

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


def _upload(client: WebClient, user: str, file: Attachment) -> Failure | None:
    """None: it was sent."""
    opened = call(client.conversations_open, users=[user])
    if not isinstance(opened, Mapping):
        return opened
    channel = opened.get("channel")
    place = str(channel.get("id", "")) if isinstance(channel, Mapping) else ""
    told = call(
        client.files_upload_v2,
        content=file.body.encode("utf-8", "replace"),
        filename=file.name,
        title=file.title,
        channel=place,
    )
    return None if isinstance(told, Mapping) else told
