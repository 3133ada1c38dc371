"""What people press: a button carries a command, and the answer goes where its kind says."""

import re
from typing import Any, Final

from slack_bolt import Ack, App

from bot.commands.answer import Asker
from bot.surfaces.slack import windows
from bot.surfaces.slack.placing import BUTTON, command, named, place
from bot.surfaces.slack.questions import Door, fingerprint
from bot.surfaces.slack.replies import ReplyTo, Where

_ANYTHING: Final = re.compile(".*", re.DOTALL)


def listen(bolt: App, door: Door) -> None:
    """Take in what is pressed."""

    @bolt.action(BUTTON)
    def on_button(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        kind, meant = place(str(action.get("action_id", "")))
        places: dict[str, Where] = {"more": "in place", "share": "channel"}
        container = body.get("container") or {}
        reply = ReplyTo(body.get("response_url", ""), container.get("thread_ts") or "")
        here = named(body, "channel") or container.get("channel_id", "")
        asker = Asker(user=named(body, "user"), channel=meant or here, here=meant in ("", here))
        text = command(action)
        pressed = {**body, "action_ts": action.get("action_ts"), "value": text}
        request = fingerprint(pressed, "trigger_id", "action_ts", "value", "response_url")
        where = places.get(kind, "me")
        if where == "me" and windows.wanted(text):
            trigger = str(body.get("trigger_id") or "")
            door.open(ack, request, windows.for_form(door, trigger, text, asker, reply))
            return
        door.take(ack, request, door.question(text, asker, reply, where))

    @bolt.action(_ANYTHING)
    def on_other_action(ack: Ack) -> None:
        ack()  # a link in a button is opened by Slack itself, and told to us all the same
