"""A person in the stand-in's workspace who opens the Home tab, fills in windows and takes shortcuts."""

import itertools
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.slack_standin.server import StandIn
from tests.slack_standin.view_limits import elements
from tests.slack_standin.visitors import Asked
from tests.slack_standin.windows import Shown

_numbers = itertools.count(10_000)

State = dict[str, dict[str, dict[str, Any]]]


@dataclass
class Person:
    """`send` carries what they do to the app: by socket, or over HTTP."""

    slack: StandIn
    send: Callable[[Asked], Asked] = Asked.over_socket
    id: str = "U1"
    typed: dict[str, State] = field(default_factory=dict)  # what they filled in, by view

    # The Home tab

    def opens_home(self, tab: str = "home") -> Asked:
        number = next(_numbers)
        event: dict[str, Any] = {
            "type": "app_home_opened",
            "user": self.id,
            "channel": f"D{self.id}",
            "tab": tab,
            "event_ts": f"{number}.0",
        }
        if self.id in self.slack.windows.homes and tab == "home":
            event["view"] = self.slack.windows.homes[self.id].payload
        payload = {"type": "event_callback", "event_id": f"Ev{number}", "team_id": "T1", "event": event}
        return self._sent(payload)

    @property
    def home(self) -> Shown:
        return self.slack.windows.homes[self.id]

    def sees_home(self, versions: int) -> Shown:
        """The Home tab once it was published so often."""
        homes = self.slack.windows.homes
        assert self.slack.wait_for(lambda: self.id in homes and len(homes[self.id].versions) >= versions), (
            self.slack.windows.refused
        )
        return self.home

    # Windows

    @property
    def window(self) -> Shown:
        found = self.slack.windows.top(self.id)
        assert found is not None, self.slack.windows.refused
        return found

    @property
    def facing(self) -> Shown:
        """What is before them: the window on top, or the Home tab."""
        return self.slack.windows.top(self.id) or self.home

    def sees(self, words: str) -> Shown:
        """The window on top, once it says these words."""
        if not self.slack.wait_for(lambda: words in self._said(), timeout=5):
            top = self.slack.windows.top(self.id)
            blocks = [each for each in top.view["blocks"] if each["type"] != "input"] if top else []
            raise AssertionError(f"{words!r} is not in {blocks}; refused: {self.slack.windows.refused}")
        return self.window

    def sees_nothing(self) -> None:
        """No window is open."""
        assert self.slack.wait_for(lambda: self.slack.windows.top(self.id) is None)

    def _said(self) -> str:
        top = self.slack.windows.top(self.id)
        return said(top.view) if top is not None else ""

    # What they do

    def presses(self, label: str, shown: Shown | None = None) -> Asked:
        """Press the button with this label, of the window or the Home tab."""
        shown = shown or self.facing
        button = buttons(shown.view)[label]
        action = {"type": "button", "action_id": button["action_id"], "value": button["value"]}
        return self._acts(shown, action, block_of(shown.view, button["action_id"]))

    def fills(self, name: str, value: Any, shown: Shown | None = None) -> Asked | None:
        """Fill in a field; the app is told where the field says so."""
        shown = shown or self.facing
        [block] = [b for b in shown.view["blocks"] if b.get("element", {}).get("action_id") == name]
        told = _told(block["element"], value)
        self.typed.setdefault(shown.id, {}).setdefault(block["block_id"], {})[name] = told
        if not block.get("dispatch_action"):
            return None
        return self._acts(shown, told | {"action_id": name}, block["block_id"])

    def sends(self, *, urls: Mapping[str, str] | None = None) -> Asked:
        """Send the form in the window, and see it closed or its mistakes."""
        shown = self.window
        number = next(_numbers)
        asked = Asked(self.slack, {}, envelope=f"envelope-{number}")
        chosen = [
            (block["block_id"], action, told["selected_conversation"])
            for block in shown.view["blocks"]
            if block.get("element", {}).get("response_url_enabled")
            for action, told in self.state(shown)[block["block_id"]].items()
            if told.get("selected_conversation")
        ]
        asked.payload = {
            "type": "view_submission",
            "team": {"id": "T1"},
            "user": {"id": self.id},
            "view": self._view(shown),
            "trigger_id": self.slack.windows.trigger(self.id),
            "response_urls": [
                {
                    "block_id": block,
                    "action_id": action,
                    "channel_id": channel,
                    "response_url": self.slack.response_url(f"r{number}", asked.take),
                }
                for block, action, channel in chosen
            ],
        }
        self.send(asked)
        return self.hears(asked, shown)

    def hears(self, asked: Asked, shown: Shown) -> Asked:
        """Do with the window what the acknowledgement of its form says."""
        told = asked.ack or {}
        if told.get("response_action") == "errors":
            inputs = {b["block_id"] for b in shown.view["blocks"] if b["type"] == "input"}
            assert set(told["errors"]) <= inputs, told
        else:
            assert not told, told
            with self.slack.lock:
                stack = self.slack.windows.stacks[self.id]
                if shown in stack:
                    stack.remove(shown)
        return asked

    def takes(self, shortcut: str, message: Mapping[str, Any] | None = None, **more: Any) -> Asked:
        """Take a shortcut: on a message, or a global one."""
        number = next(_numbers)
        asked = Asked(self.slack, {}, envelope=f"envelope-{number}")
        asked.payload = {
            "type": "shortcut" if message is None else "message_action",
            "callback_id": shortcut,
            "team": {"id": "T1"},
            "user": {"id": self.id},
            "action_ts": f"{number}.0",
            "trigger_id": self.slack.windows.trigger(self.id),
            **more,
        }
        if message is not None:
            asked.payload |= {
                "channel": {"id": "CPOLICY"},
                "message": dict(message),
                "message_ts": str(message.get("ts", "1.0")),
                "response_url": self.slack.response_url(f"r{number}", asked.take),
            }
        return self.send(asked)

    def offered(self, name: str, typed: str) -> list[str]:
        """What a field offers as one types in it."""
        number = next(_numbers)
        asked = Asked(self.slack, {}, envelope=f"envelope-{number}")
        asked.payload = {
            "type": "block_suggestion",
            "team": {"id": "T1"},
            "user": {"id": self.id},
            "action_id": name,
            "block_id": block_of(self.window.view, name),
            "value": typed,
            "view": self._view(self.window),
        }
        self.send(asked)
        return [option["value"] for option in asked.ack["options"]]

    def state(self, shown: Shown) -> State:
        """What stands in the fields of a view: what was filled in, else what it began with."""
        typed = self.typed.get(shown.id, {})
        return {
            block["block_id"]: {
                block["element"]["action_id"]: typed.get(block["block_id"], {}).get(
                    block["element"]["action_id"], _initial(block["element"])
                )
            }
            for block in shown.view["blocks"]
            if block["type"] == "input"
        }

    def _acts(self, shown: Shown, action: Mapping[str, Any], block: str) -> Asked:
        number = next(_numbers)
        payload = {
            "type": "block_actions",
            "team": {"id": "T1"},
            "user": {"id": self.id},
            "container": {"type": "view", "view_id": shown.id},
            "view": self._view(shown),
            "trigger_id": self.slack.windows.trigger(self.id, shown.id),
            "actions": [dict(action) | {"block_id": block, "action_ts": f"{number}.0"}],
        }
        return self._sent(payload)

    def _view(self, shown: Shown) -> dict[str, Any]:
        return shown.payload | {"state": {"values": self.state(shown)}}

    def _sent(self, payload: dict[str, Any]) -> Asked:
        return self.send(Asked(self.slack, payload, envelope=f"envelope-{next(_numbers)}"))


def said(view: Mapping[str, Any]) -> str:
    """A view as one text to look things up in."""
    return json.dumps(view, ensure_ascii=False)


def buttons(view: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The buttons of a view by their labels; of several with one label the first."""
    found = [each for each in elements(view["blocks"]) if each["type"] == "button"]
    return {each["text"]["text"]: dict(each) for each in reversed(found)}


def block_of(view: Mapping[str, Any], action_id: str) -> str:
    """The block that something stands in."""
    return next(
        str(block["block_id"])
        for block in view["blocks"]
        if any(each.get("action_id") == action_id for each in elements([block]))
    )


def _choices(element: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for group in element.get("option_groups", ()):
        yield from group["options"]
    yield from element.get("options", ())


def _told(element: Mapping[str, Any], value: Any) -> dict[str, Any]:
    """A value as the payload has it; what is chosen must be there to be chosen."""
    kind = element["type"]
    options = {option["value"]: option for option in _choices(element)}
    match kind:
        case "plain_text_input":
            return {"type": kind, "value": value or None}
        case "timepicker":
            return {"type": kind, "selected_time": value}
        case "conversations_select":
            return {"type": kind, "selected_conversation": value}
        case "external_select":
            text = {"type": "plain_text", "text": value}
            return {"type": kind, "selected_option": {"text": text, "value": value}}
        case "multi_static_select" | "checkboxes":
            return {"type": kind, "selected_options": [options[each] for each in value]}
        case _:
            return {"type": kind, "selected_option": options[value] if value else None}


def _initial(element: Mapping[str, Any]) -> dict[str, Any]:
    kind = element["type"]
    names = {
        "plain_text_input": ("value", "initial_value"),
        "timepicker": ("selected_time", "initial_time"),
        "conversations_select": ("selected_conversation", "initial_conversation"),
        "multi_static_select": ("selected_options", "initial_options"),
        "checkboxes": ("selected_options", "initial_options"),
    }
    name, begins = names.get(kind, ("selected_option", "initial_option"))
    return {"type": kind, name: element.get(begins, [] if name == "selected_options" else None)}
