"""What people press: a button carries a command, and the answer goes where its kind says."""

import re
from typing import Any, Final

from slack_bolt import Ack, App

from bot.commands.answer import Asker
from bot.surfaces.slack import windows
from bot.surfaces.slack.placing import place
from bot.surfaces.slack.questions import Door, fingerprint
from bot.surfaces.slack.replies import ReplyTo, Where

_BUTTON: Final = re.compile(r"(run|more|share)\.\d+")
_ANYTHING: Final = re.compile(".*", re.DOTALL)


def listen(bolt: App, door: Door) -> None:
    """Take in what is pressed."""

    @bolt.action(_BUTTON)
    def on_button(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        kind, named = place(str(action.get("action_id", "")))
        places: dict[str, Where] = {"more": "in place", "share": "channel"}
        container = body.get("container") or {}
        reply = ReplyTo(body.get("response_url", ""), container.get("thread_ts") or "")
        user, channel = (body.get("user") or {}).get("id", ""), (body.get("channel") or {}).get("id", "")
        here = channel or container.get("channel_id", "")
        asker = Asker(user=user, channel=named or here, here=named in ("", here))
        value = action.get("value") or (action.get("selected_option") or {}).get("value")
        pressed = {**body, "action_ts": action.get("action_ts"), "value": value}
        request = fingerprint(pressed, "trigger_id", "action_ts", "value", "response_url")
        where = places.get(kind, "me")
        if where == "me" and windows.wanted(str(value or "")):
            trigger = str(body.get("trigger_id") or "")
            door.open(ack, request, windows.for_form(door, trigger, str(value), asker, reply))
            return
        door.take(ack, request, str(value or ""), asker=asker, reply=reply, where=where)

    @bolt.action(_ANYTHING)
    def on_other_action(ack: Ack) -> None:
        ack()  # a link in a button is opened by Slack itself, and told to us all the same
