"""What people type: the slash command, and their own words, to the app alone or by its name in a channel."""

import re
from collections.abc import Mapping
from typing import Any, Final

from slack_bolt import Ack, App

from bot.commands.answer import Asker
from bot.surfaces.slack import windows
from bot.surfaces.slack.questions import COMMAND, Door, fingerprint
from bot.surfaces.slack.replies import Conversation, ReplyTo

_MENTION: Final = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^>]*)?>")


def listen(bolt: App, door: Door) -> None:
    """Take in what is typed. One listener a door: Bolt runs only the first that matches."""

    @bolt.command(COMMAND)
    def on_command(ack: Ack, command: dict[str, Any]) -> None:
        reply = ReplyTo(command.get("response_url", ""), command.get("thread_ts") or "")
        request = fingerprint(command, "trigger_id", "command", "text", "user_id", "response_url")
        asker = Asker(user=str(command.get("user_id") or ""), channel=str(command.get("channel_id") or ""))
        text, trigger = _said(command), str(command.get("trigger_id") or "")
        if trigger and windows.wanted(text):
            door.open(ack, request, windows.for_form(door, trigger, text, asker, reply))
        else:
            door.take(ack, request, door.question(text, asker, reply))

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
        words = _MENTION.sub(" ", _said(event)).strip()
        # A mention in a direct message comes twice, as that and as a message, under one ts.
        request = fingerprint(event, "channel", "ts", "user")
        door.take(ack, request, door.question(f"ask {words}" if words else "help", asker, reply))


def _said(body: Mapping[str, Any]) -> str:
    """What was typed: of it Slack spells three letters otherwise, which its own marks are made of."""
    text = str(body.get("text") or "")
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
